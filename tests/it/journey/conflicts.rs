//! Conflict of interest: who has one is kept from the case in every role and list, and only somebody else lets her back.

use bifall::domain::Money;
use bifall::domain::conflict::{Ground, OverrideWhy, TieKind};
use bifall::domain::id::{CaseId, UserId};
use bifall::services::actor::{About, CaseRef};
use bifall::services::cases::list::{self, Filter, Which};
use bifall::services::cases::{handing_over, views};
use bifall::services::conflicts::declaring::{self, Declaration};
use bifall::services::conflicts::ties::{self, NewTie};
use bifall::services::conflicts::views::of_case;
use bifall::services::conflicts::{hints, overriding, register};
use bifall::services::decisions::{batch, meetings};
use bifall::services::payments::{self, Channel, views as paying};
use bifall::services::staff::{self, Grant};
use bifall::services::{Actor, ServiceError, ServiceResult, associations, decisions, documents, tasks};
use bifall::store::users::Role;
use chrono::{Days, TimeDelta};

use super::payments::{granted, ready};
use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

/// One more of the staff.
async fn hire(t: &TestTenant, name: &str, committee: &str, roles: &[Role]) -> UserId {
    let up_to = Some(Money::from_kronor(1_000_000).unwrap());
    let grants: Vec<Grant<'_>> =
        roles.iter().map(|role| Grant { role: *role, committee, up_to, reference: Some("punkt 4.2"), from: day("2020-01-01") }).collect();
    staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &grants).await.unwrap()
}

async fn named(t: &TestTenant, name: &str) -> Actor {
    Actor::staff_named(&t.tenant, name).await.unwrap()
}

fn id(actor: &Actor) -> UserId {
    actor.person().unwrap()
}

/// Somebody declares a conflict, a minute later.
async fn declare(t: &TestTenant, name: &str, case: CaseId, ground: Ground, to: Option<UserId>) -> ServiceResult<()> {
    t.clock.forward(TimeDelta::minutes(1));
    let said = Declaration { ground: Some(ground), words: "Min bror är kassör.", to };
    declaring::declare(&t.tenant, &named(t, name).await, case, &said).await
}

/// Somebody lets another take part, a minute later.
async fn lift(t: &TestTenant, by: &str, case: CaseId, whom: UserId) -> ServiceResult<()> {
    t.clock.forward(TimeDelta::minutes(1));
    let why = Some(OverrideWhy::NoImportance);
    overriding::give(&t.tenant, &named(t, by).await, case, Some(whom), why, "Bara medlem på pappret.").await
}

async fn tie(t: &TestTenant, name: &str, club: &Association<'_>, from: chrono::NaiveDate, to: Option<chrono::NaiveDate>) {
    t.clock.forward(TimeDelta::minutes(1));
    let actor = named(t, name).await;
    let new = NewTie { organisation: club.id, kind: Some(TieKind::Board), reason: "", from, to };
    ties::enter(&t.tenant, &actor, id(&actor), &new).await.unwrap();
}

async fn decide(t: &TestTenant, name: &str, case: CaseId) -> ServiceResult<()> {
    decisions::decide(&t.tenant, &named(t, name).await, case, &[]).await.map(|_| ())
}

fn is_kept<T: std::fmt::Debug>(result: &ServiceResult<T>) -> bool {
    matches!(result, Err(ServiceError::KeptAway(_)))
}

fn is_refused<T: std::fmt::Debug>(result: &ServiceResult<T>) -> bool {
    matches!(result, Err(ServiceError::Refused(_)))
}

/// Whether a case is in somebody's list and its page opens; both or neither.
async fn sees(t: &TestTenant, name: &str, case: CaseId) -> bool {
    let actor = named(t, name).await;
    let filter = Filter { which: Which::All, ..Filter::default() };
    let (lines, _) = list::page(&t.tenant, &actor, &filter, None, 100).await.unwrap();
    let listed = lines.iter().any(|line| line.row.standing.case_id == case);
    let opened = views::case(&t.tenant, &actor, case).await;
    assert_eq!(listed, opened.is_ok(), "{name}: the list and the page disagree");
    assert!(listed || is_kept(&opened));
    listed
}

#[test]
fn twelve_cases_of_conflict_and_more() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let erik = hire(&t, "erik", "KFN", &[Role::Officer, Role::Delegate, Role::ProtectedIdentities]).await;
        hire(&t, "fia", "BUN", &[Role::Officer, Role::Delegate]).await;
        let clubs = ready(&t, 12).await;
        let case = |no: usize| clubs[no].1;
        let (anna, dag) = (id(&named(&t, "anna").await), named(&t, "dag").await);
        // 1–5: each ground keeps her from reading, finding and deciding; a colleague decides.
        for (no, ground) in Ground::ALL.into_iter().enumerate() {
            assert!(sees(&t, "anna", case(no)).await);
            declare(&t, "anna", case(no), ground, None).await.unwrap();
            assert!(!sees(&t, "anna", case(no)).await, "{ground:?}");
            assert!(is_kept(&decide(&t, "anna", case(no)).await), "{ground:?}");
            assert!(sees(&t, "erik", case(no)).await, "{ground:?}");
            decide(&t, "erik", case(no)).await.unwrap();
        }
        // 6: a tie that begins tomorrow hinders from tomorrow.
        let today = t.tenant.clock.today();
        tie(&t, "anna", &clubs[5].0, today.succ_opt().unwrap(), None).await;
        assert!(sees(&t, "anna", case(5)).await);
        t.clock.forward(TimeDelta::days(1));
        assert!(!sees(&t, "anna", case(5)).await && is_kept(&decide(&t, "anna", case(5)).await));
        // 7: a tie that ends today hinders today, and no longer than that.
        let today = t.tenant.clock.today();
        tie(&t, "anna", &clubs[6].0, today - Days::new(9), None).await;
        let hers = ties::mine(&t.tenant, &named(&t, "anna").await).await.unwrap();
        let of = hers.ties.iter().find(|line| line.row.organisation_id == clubs[6].0.id).unwrap().row.id;
        let backwards = ties::end(&t.tenant, &named(&t, "anna").await, anna, of, today - Days::new(1)).await;
        assert!(matches!(backwards, Err(ServiceError::Invalid(_))), "nobody frees herself backwards in time: {backwards:?}");
        ties::end(&t.tenant, &named(&t, "anna").await, anna, of, today).await.unwrap();
        assert!(is_kept(&decide(&t, "anna", case(6)).await));
        t.clock.forward(TimeDelta::days(1));
        decide(&t, "anna", case(6)).await.unwrap();
        // 8: another person lets her take part, in that case alone, and takes it back.
        tie(&t, "anna", &clubs[7].0, t.tenant.clock.today(), None).await;
        lift(&t, "dag", case(7), anna).await.unwrap();
        assert!(sees(&t, "anna", case(7)).await);
        overriding::end(&t.tenant, &dag, case(7), anna).await.unwrap();
        assert!(is_kept(&decide(&t, "anna", case(7)).await));
        lift(&t, "dag", case(7), anna).await.unwrap();
        decide(&t, "anna", case(7)).await.unwrap();
        // 9: nobody lets herself, whether she is kept away or was let back before.
        declare(&t, "anna", case(8), Ground::Close, None).await.unwrap();
        assert!(is_kept(&lift(&t, "anna", case(8), anna).await));
        assert!(is_refused(&lift(&t, "anna", case(9), anna).await));
        lift(&t, "dag", case(8), anna).await.unwrap();
        assert!(is_refused(&lift(&t, "anna", case(8), anna).await));
        // What she declares after that was not known to whoever let her.
        declare(&t, "anna", case(8), Ground::Other, None).await.unwrap();
        assert!(is_kept(&decide(&t, "anna", case(8)).await));
        // 10: a delegate of the committee may let her; one of another committee may not.
        assert!(is_refused(&lift(&t, "fia", case(8), anna).await));
        lift(&t, "erik", case(8), anna).await.unwrap();
        decide(&t, "anna", case(8)).await.unwrap();
        // 11: an officer of another committee reads what all staff read, until she declares.
        assert!(sees(&t, "fia", case(9)).await);
        declare(&t, "fia", case(9), Ground::Represents, None).await.unwrap();
        assert!(!sees(&t, "fia", case(9)).await);
        // 12: who may see protected identities is kept from a protected case like any other.
        t.execute(format!("update cases set protected = true where number = '{}'", t.case(case(10)).await.number)).await.unwrap();
        declare(&t, "erik", case(10), Ground::Close, None).await.unwrap();
        assert!(!sees(&t, "erik", case(10)).await && is_kept(&decide(&t, "erik", case(10)).await));
        // Her officer's cases go to whom she names, or to nobody; not to who is kept away herself.
        let number = case(11);
        handing_over::hand_over(&t.tenant, &named(&t, "anna").await, number, Some(anna), "").await.unwrap();
        declare(&t, "erik", number, Ground::Other, None).await.unwrap();
        assert!(matches!(declare(&t, "anna", number, Ground::Close, Some(erik)).await, Err(ServiceError::Invalid(_))));
        declare(&t, "anna", number, Ground::Close, None).await.unwrap();
        assert_eq!(of_case(&t.tenant, &dag, number).await.unwrap().people.len(), 2);
        assert_eq!(handling(&t, number).await, None);
        t.history_holds().await;
    });
}

async fn handling(t: &TestTenant, case: CaseId) -> Option<UserId> {
    let mut tx = t.tenant.db.read().await.unwrap();
    bifall::store::queue::handling(&mut tx, case).await.unwrap().officer_id
}

#[test]
fn an_officer_hands_her_case_over_when_she_declares_and_it_comes_back_from_where_she_put_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let erik = hire(&t, "erik", "KFN", &[Role::Officer]).await;
        let clubs = ready(&t, 2).await;
        let anna = named(&t, "anna").await;
        for (_, case) in &clubs {
            handing_over::hand_over(&t.tenant, &anna, *case, Some(id(&anna)), "").await.unwrap();
            list::snooze(&t.tenant, &anna, *case, Some(t.tenant.clock.today() + Days::new(9))).await.unwrap();
        }
        declare(&t, "anna", clubs[0].1, Ground::Concerned, Some(erik)).await.unwrap();
        assert_eq!(handling(&t, clubs[0].1).await, Some(erik));
        // A tie frees what she handles of the association's.
        tie(&t, "anna", &clubs[1].0, t.tenant.clock.today(), None).await;
        assert_eq!(handling(&t, clubs[1].1).await, None);
        for (_, case) in &clubs {
            let mut tx = t.tenant.db.read().await.unwrap();
            assert_eq!(bifall::store::queue::handling(&mut tx, *case).await.unwrap().snoozed_until, None);
        }
        let events = views::case(&t.tenant, &named(&t, "erik").await, clubs[0].1).await.unwrap().events;
        let declared = events.iter().find(|event| event.kind == "case.conflict_declared").unwrap();
        assert_eq!((declared.who.as_str(), declared.texts.len()), ("anna", 0), "her words are for those who judge them");
        assert!(!declared.body.to_string().contains("bror"), "words never lie in the chain");
        let told = of_case(&t.tenant, &named(&t, "dag").await, clubs[0].1).await.unwrap();
        assert_eq!(told.people[0].words, ["Min bror är kassör."]);
        assert!(of_case(&t.tenant, &named(&t, "erik").await, clubs[0].1).await.unwrap().people[0].words.is_empty());
        let number = t.case(clubs[0].1).await.number;
        assert_eq!(told.minutes, [format!("Ärende {number}: anna anmäler jäv och deltar varken i handläggning eller beslut i ärendet.")]);
        t.history_holds().await;
    });
}

#[test]
fn reviewers_and_attesters_are_kept_away_and_a_substitute_pays() {
    on_both(|t| async move {
        let t = t.staffed().await;
        hire(&t, "sven", "KFN", &[Role::Attester]).await;
        hire(&t, "rut", "KFN", &[Role::Reviewer]).await;
        let clubs = granted(&t, 2).await;
        let order = t.orders(clubs[0].1).await.remove(0).id;
        declare(&t, "bo", clubs[0].1, Ground::Concerned, None).await.unwrap();
        let bo = named(&t, "bo").await;
        assert!(is_kept(&payments::review(&t.tenant, &bo, order).await));
        assert_eq!(paying::page(&t.tenant, &bo, paying::List::Review, None).await.unwrap().orders.len(), 1);
        payments::review(&t.tenant, &named(&t, "rut").await, order).await.unwrap();
        // Who opened the page before she declared is turned away all the same.
        let before = named(&t, "cilla").await;
        declare(&t, "cilla", clubs[0].1, Ground::Close, None).await.unwrap();
        assert!(is_kept(&payments::attest(&t.tenant, &before, order).await));
        payments::attest(&t.tenant, &named(&t, "sven").await, order).await.unwrap();
        // She makes no payment file with it either; a colleague does, and that batch is closed to her.
        let cilla = named(&t, "cilla").await;
        assert_eq!(payments::build(&t.tenant, &cilla, Channel::Bank, None).await.unwrap(), None);
        let made = payments::build(&t.tenant, &named(&t, "sven").await, Channel::Bank, None).await.unwrap().unwrap();
        assert!(matches!(paying::batch(&t.tenant, &cilla, made).await, Err(ServiceError::NotFound)));
        assert!(paying::file(&t.tenant, &named(&t, "sven").await, made, "pain001").await.is_ok());
    });
}

#[test]
fn the_batch_the_meetings_and_the_association_leave_out_a_declared_case() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = ready(&t, 3).await;
        let anna = named(&t, "anna").await;
        let round = batch::Round::default();
        let before = batch::shown(&t.tenant, &anna, round, None, 50).await.unwrap();
        assert_eq!((before.ready.len(), before.conflicts), (3, 0));
        declare(&t, "anna", clubs[0].1, Ground::Other, None).await.unwrap();
        let anna = named(&t, "anna").await;
        let shown = batch::shown(&t.tenant, &anna, round, None, 50).await.unwrap();
        assert_eq!((shown.ready.len(), shown.conflicts), (2, 1));
        // A form from before, with the case ticked: the others are decided, this one is not there.
        let reviewed = batch::Reviewed {
            shown: before.ready.iter().map(|one| (one.case, one.mark.clone())).collect(),
            chosen: before.ready.iter().map(|one| one.case).collect(),
        };
        let done = batch::decide_reviewed(&t.tenant, &anna, &reviewed).await.unwrap();
        for one in &done {
            assert_eq!(is_kept(&one.result), one.case == clubs[0].1, "{one:?}");
        }
        let of = associations::views::of(&t.tenant, &anna, clubs[0].0.id).await.unwrap();
        assert!(of.cases.is_empty(), "the association's page does not name it");
        let document = t.documents(clubs[0].1).await.remove(0).id;
        assert!(is_kept(&documents::read(&t.tenant, &anna, clubs[0].1, document).await));
        let papers = [tasks::request_supplement(
            &t.tenant,
            &anna,
            clubs[0].1,
            &tasks::SupplementRequest { missing: "x", last_day: day("2026-12-01"), consequence: "y", sections: &[] },
        )
        .await];
        assert!(papers.iter().all(is_kept));
        // Another decides it, and the meeting's list leaves it out for her alone.
        hire(&t, "erik", "KFN", &[Role::Officer, Role::Delegate]).await;
        decide(&t, "erik", clubs[0].1).await.unwrap();
        t.clock.forward(TimeDelta::minutes(31));
        t.work().await;
        let dag = named(&t, "dag").await;
        let meeting = meetings::report(&t.tenant, &dag, "KFN", t.tenant.clock.today(), Some("§ 88")).await.unwrap();
        let hers = meetings::of(&t.tenant, &anna, meeting.id).await.unwrap().seen;
        assert_eq!((hers.cases.len(), hers.left_out, hers.conflicts.len()), (2, 1, 0));
        let all = meetings::of(&t.tenant, &dag, meeting.id).await.unwrap().seen;
        assert_eq!((all.cases.len(), all.conflicts.len()), (3, 1));
        assert!(all.conflicts[0].contains("anna anmäler jäv"), "{:?}", all.conflicts);
        // What she reached for stands in the register, without anything of what is in the case.
        let found = register::read(&t.tenant, &dag).await.unwrap();
        let person = found.people.iter().find(|person| person.user.name == "anna").unwrap();
        assert_eq!(person.turned_away, 1, "the form is one attempt; what services answered here nobody sent");
        assert!(matches!(register::read(&t.tenant, &anna).await, Err(ServiceError::NotFound)));
    });
}

#[test]
fn the_database_itself_takes_no_decision_from_who_has_declared() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = ready(&t, 2).await;
        let anna = named(&t, "anna").await;
        decide(&t, "anna", clubs[0].1).await.unwrap();
        declare(&t, "anna", clubs[1].1, Ground::Concerned, None).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let like = bifall::store::decisions::standing(&mut tx, clubs[0].1).await.unwrap().unwrap();
        drop(tx);
        let mut row = bifall::store::decisions::DecisionRow { case_id: clubs[1].1, ..like };
        row.id = bifall::domain::id::DecisionId(t.tenant.ids.uuid());
        row.calculation_id = t.newest(clubs[1].1).await.id;
        let mut tx = t.tenant.db.write().await.unwrap();
        let refused = bifall::store::decisions::insert(&mut tx, &row).await.unwrap_err();
        assert!(format!("{refused:?}").contains("does not decide"), "{refused:?}");
        drop(tx);
        row.decided_by = Some(id(&named(&t, "dag").await));
        let mut tx = t.tenant.db.write().await.unwrap();
        bifall::store::decisions::insert(&mut tx, &row).await.unwrap();
        let about = CaseRef { case: clubs[1].1, applicant: clubs[1].0.id };
        assert!(named(&t, "anna").await.is_kept_from(About::Case(about)) && !anna.is_kept_from(About::Case(about)));
    });
}

#[test]
fn a_name_in_a_register_is_asked_about_once_and_only_yes_is_a_tie() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = ready(&t, 2).await;
        hire(&t, "Åsa Öst", "KFN", &[Role::Officer, Role::Delegate]).await;
        // Written otherwise: without rings and dots, the surname first.
        for (club, _) in &clubs {
            let name = "ost, asa";
            bifall::services::organisations::add_contact(&t.tenant, &Actor::Service, club.id, name, "asa@forening.example", "kassör")
                .await
                .unwrap();
        }
        let asa = named(&t, "Åsa Öst").await;
        let mine = ties::mine(&t.tenant, &asa).await.unwrap();
        assert_eq!(mine.hints.len(), 2);
        assert_eq!(mine.hints[0].roles, ["kassör"]);
        // It hinders nothing, but it is said on the case and in the batch.
        assert!(of_case(&t.tenant, &asa, clubs[0].1).await.unwrap().hint.is_some());
        let shown = batch::shown(&t.tenant, &asa, batch::Round::default(), None, 50).await.unwrap();
        assert!(shown.ready.len() == 2 && shown.ready.iter().all(|row| row.remarks.iter().any(|text| text.contains("samma namn"))));
        hints::answer(&t.tenant, &asa, clubs[0].0.id, false).await.unwrap();
        hints::answer(&t.tenant, &asa, clubs[1].0.id, true).await.unwrap();
        assert!(matches!(hints::answer(&t.tenant, &asa, clubs[0].0.id, true).await, Err(ServiceError::NotFound)), "it was answered");
        let asa = named(&t, "Åsa Öst").await;
        let mine = ties::mine(&t.tenant, &asa).await.unwrap();
        assert_eq!((mine.hints.len(), mine.ties.len()), (0, 1));
        assert!(sees(&t, "Åsa Öst", clubs[0].1).await && !sees(&t, "Åsa Öst", clubs[1].1).await);
        // Nobody else is asked.
        assert!(ties::mine(&t.tenant, &named(&t, "anna").await).await.unwrap().hints.is_empty());
    });
}

#[test]
fn ties_are_gone_through_every_year_and_the_register_says_by_whom() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let (anna, dag) = (named(&t, "anna").await, named(&t, "dag").await);
        let year = chrono::Datelike::year(&t.tenant.clock.today());
        assert_eq!(ties::asked(&t.tenant, &anna).await.unwrap(), Some(year));
        ties::confirm(&t.tenant, &anna).await.unwrap();
        assert_eq!(ties::asked(&t.tenant, &anna).await.unwrap(), None);
        let found = register::read(&t.tenant, &dag).await.unwrap();
        let gone: Vec<_> =
            found.people.iter().filter(|person| person.confirmed.is_some()).map(|person| person.user.name.as_str()).collect();
        assert_eq!((gone, found.people.len()), (vec!["anna"], 4));
        t.clock.forward(TimeDelta::days(366));
        assert_eq!(ties::asked(&t.tenant, &anna).await.unwrap(), Some(year + 1));
        // A tie needs a kind, and words where the kind says nothing; whom it is to may be written as a name or a number.
        let today = t.tenant.clock.today();
        let new = |kind, reason| NewTie { organisation: club.id, kind, reason, from: today, to: None };
        for wrong in [new(None, ""), new(Some(TieKind::Other), " ")] {
            assert!(matches!(ties::enter(&t.tenant, &anna, id(&anna), &wrong).await, Err(ServiceError::Invalid(_))));
        }
        assert_eq!(ties::meant(&t.tenant, &anna, "klubb 1").await.unwrap(), club.id);
        assert_eq!(ties::meant(&t.tenant, &anna, &club.number).await.unwrap(), club.id);
        assert!(matches!(ties::meant(&t.tenant, &anna, "finns inte").await, Err(ServiceError::Invalid(_))));
        // Others' ties are entered by an administrator alone.
        let bo = named(&t, "bo").await;
        assert!(is_refused(&ties::enter(&t.tenant, &bo, id(&anna), &new(Some(TieKind::Member), "")).await));
        ties::enter(&t.tenant, &dag, id(&anna), &new(Some(TieKind::Member), "")).await.unwrap();
        assert!(named(&t, "anna").await.is_kept_from(About::Association(club.id)));
    });
}
