//! Experts from outside: asked to score one case, with only what they may see of it.

mod ways;

use bifall::domain::canonical::Sha;
use bifall::domain::conflict::Ground;
use bifall::domain::id::{CaseId, InvitationId};
use bifall::domain::inputs::{Answer, Attachment};
use bifall::domain::mandate::Mandate;
use bifall::services::cases::list::Waits;
use bifall::services::cases::views;
use bifall::services::diary::{NewDocument, register, store_file};
use bifall::services::experts::views::{Standing, file, invitation, mine, of_case};
use bifall::services::experts::{Invited, declare, finish, invite, revoke, save};
use bifall::services::staff::{self, Grant};
use bifall::services::tasks::{Filled, Score};
use bifall::services::{Actor, ServiceError, ServiceResult, assessments, conflicts, documents, mandates, ranking, sessions, tasks, verify};
use bifall::store::diary::Direction;
use bifall::store::files;
use bifall::store::users::{self, Role};
use chrono::{Days, NaiveDate};

use super::assessment::{GRANT, assess, kr, places, project, scored, task, to_assess, with_assessors};
use crate::support::actors::{Association, day};
use crate::support::{TestTenant, on_both};

const EMAIL: &str = "ines@konst.example";

fn in_days(t: &TestTenant, days: u64) -> NaiveDate {
    t.tenant.clock.today().checked_add_days(Days::new(days)).unwrap()
}

async fn ask(t: &TestTenant, who: &str, case: CaseId) -> ServiceResult<InvitationId> {
    let invited = Invited { name: "Ines Öberg", email: EMAIL, last_day: in_days(t, 10) };
    invite(&t.tenant, &t.officer(who).await.actor, case, &invited).await
}

/// A person from outside, by her address.
async fn outsider(t: &TestTenant, email: &str) -> Actor {
    let mut tx = t.tenant.db.read().await.unwrap();
    Actor::Person { user: users::by_email(&mut tx, email).await.unwrap().unwrap() }
}

/// A case that two officers and an expert, who has said that she has no conflict of interest, are to assess.
async fn with_expert(t: &TestTenant, club: &Association<'_>) -> (CaseId, InvitationId, Actor) {
    let case = to_assess(t, club, 50_000, "norr").await;
    let id = ask(t, "anna", case).await.unwrap();
    let ines = outsider(t, EMAIL).await;
    declare(&t.tenant, &ines, id, None).await.unwrap();
    (case, id, ines)
}

async fn both_officers_assess(t: &TestTenant, case: CaseId) {
    assess(t, "anna", case, &scored([3, 2, 1], Some(40_000), "Så ser jag det.")).await.unwrap();
    assess(t, "eva", case, &scored([1, 2, 2], Some(40_000), "Så ser jag det.")).await.unwrap();
}

fn absent<T: std::fmt::Debug>(result: ServiceResult<T>) {
    assert!(matches!(result, Err(ServiceError::NotFound | ServiceError::KeptAway(_))), "{result:?}");
}

#[test]
fn an_invited_expert_scores_and_the_mean_counts_her() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        both_officers_assess(&t, case).await;
        // Two officers still do it, as the setting says, and the case waits for her.
        assert_eq!(t.case(case).await.state, "assess");
        let view = views::case(&t.tenant, &t.officer("fia").await.actor, case).await.unwrap();
        assert_eq!((view.line.waits, view.line.why.as_deref()), (Waits::Time, Some("Väntar på bedömning av en sakkunnig")));
        let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
        assert!(report.sound(), "{:#?}", report.wrong);

        let sheet = invitation(&t.tenant, &ines, id).await.unwrap().scoring.unwrap().sheet;
        assert_eq!((sheet.scales.len(), sheet.scales[0].levels.len(), sheet.scales[0].weight, sheet.assessors), (3, 4, 3, 3));
        assert!(sheet.scales.iter().all(|scale| scale.given.is_empty()) && sheet.judgements.is_empty() && sheet.amount_label.is_none());

        let refused = finish(&t.tenant, &ines, id, &scored([3, 3, 9], None, " "), "").await;
        assert_eq!(places(refused), ["skal_kvalitet", "skal_delaktighet", "niva_genomforbarhet"]);
        let half = Filled { scores: [("kvalitet".to_owned(), Score { level: 2, why: String::new() })].into(), ..Filled::default() };
        save(&t.tenant, &ines, id, &half, "Halvvägs").await.unwrap();
        let kept = invitation(&t.tenant, &ines, id).await.unwrap().scoring.unwrap().sheet;
        assert_eq!((kept.filled, kept.comment.as_str()), (half, "Halvvägs"));

        finish(&t.tenant, &ines, id, &scored([2, 2, 3], None, "Min bedömning."), "Stark idé.").await.unwrap();
        assert_eq!(t.case(case).await.state, "moderate");
        let fia = t.officer("fia").await.actor;
        let weigh = assessments::views::sheet(&t.tenant, &fia, case, task(&t, case).await).await.unwrap();
        // 14, 9 and 13 of 18.
        let judged: Vec<_> = weigh.judgements.iter().map(|one| (one.who.as_str(), one.expert, one.points.unwrap().hundredths())).collect();
        assert_eq!(judged, [("anna", false, 7_778), ("eva", false, 5_000), ("Ines Öberg", true, 7_222)]);
        assert_eq!(
            weigh.scales.iter().map(|scale| (scale.given.len(), scale.disagreed)).collect::<Vec<_>>(),
            [(3, true), (3, false), (3, true)]
        );
        // The officers agree about the amount, and an expert proposes none.
        assert_eq!(weigh.filled.amount, Some(kr(40_000)));

        let mut weighed = scored([2, 2, 2], Some(40_000), "Mellan de tre.");
        weighed.scores.get_mut("delaktighet").unwrap().why = String::new();
        tasks::complete(&t.tenant, &fia, task(&t, case).await, "weighed", &weighed, "Mellan de tre.").await.unwrap();
        let round = ranking::views::round(&t.tenant, &fia, GRANT, "2026-HOST", None).await.unwrap();
        assert_eq!(round.rows.iter().map(|row| row.points.hundredths()).collect::<Vec<_>>(), [6_667]);
        let done = invitation(&t.tenant, &ines, id).await.unwrap();
        assert!(matches!(done.line.standing, Standing::Done(_)) && done.scoring.is_none() && done.applicant.is_empty());
        absent(finish(&t.tenant, &ines, id, &scored([1, 1, 1], None, "Igen."), "").await);
        t.history_holds().await;
    });
}

#[test]
fn somebody_who_acts_for_another_association_scores_and_for_the_applicant_does_not() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let (club, other) = (t.club(1).await, t.club(2).await);
        let (case, id, ines) = with_expert(&t, &club).await;
        let (user, dag) = (ines.person().unwrap(), t.officer("dag").await.actor);
        mandates::give(&t.tenant, &dag, other.id, user, Mandate::Signatory).await.unwrap();
        let logged_in = sessions::by_token(&t.tenant, &sessions::log_in(&t.tenant, user).await.unwrap()).await.unwrap().unwrap();
        assert!(matches!(logged_in.actor, Actor::Association { .. }) && logged_in.invited);
        save(&t.tenant, &logged_in.actor, id, &Filled::default(), "Som ordförande i en annan förening.").await.unwrap();
        // On the applicant's side she is kept away from this moment.
        mandates::give(&t.tenant, &dag, club.id, user, Mandate::Reader).await.unwrap();
        absent(invitation(&t.tenant, &ines, id).await);
        absent(finish(&t.tenant, &ines, id, &scored([3, 3, 3], None, "Bra."), "").await);
        // The officers see that it stands still, and take it back.
        revoke(&t.tenant, &t.officer("anna").await.actor, case, id).await.unwrap();
    });
}

#[test]
fn the_mail_says_that_there_is_something_to_assess_and_not_whose() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let id = ask(&t, "anna", case).await.unwrap();
        let mails = t.mails(case).await;
        let mail = mails.iter().find(|mail| mail.to == EMAIL).expect("a mail to her");
        for text in [&mail.subject, &mail.text, &mail.html] {
            assert!(!text.contains("Klubb 1") && !text.contains("Dansa") && !text.contains("Ines"), "{text}");
        }
        assert!(mail.text.contains(&format!("/sakkunnig/{id}")) && mail.subject.contains("bedömningsuppdrag"), "{mail:?}");
        // Known again by her address, she is the same person the next time.
        let second = to_assess(&t, &t.club(2).await, 40_000, "soder").await;
        let again = Invited { name: "I. Öberg", email: "INES@konst.example", last_day: in_days(&t, 10) };
        invite(&t.tenant, &t.officer("eva").await.actor, second, &again).await.unwrap();
        let ines = outsider(&t, EMAIL).await;
        let hers: Vec<_> = mine(&t.tenant, &ines).await.unwrap().into_iter().map(|line| (line.number, line.standing)).collect();
        let numbers = [t.case(second).await.number, t.case(case).await.number];
        assert_eq!(hers, numbers.map(|number| (number, Standing::Asked)));
    });
}

#[test]
fn she_reads_nothing_before_she_has_said_that_she_has_no_conflict_of_interest() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let id = ask(&t, "anna", case).await.unwrap();
        let ines = outsider(&t, EMAIL).await;
        let before = invitation(&t.tenant, &ines, id).await.unwrap();
        assert_eq!((before.applicant.as_str(), before.scoring.is_none(), before.line.standing), ("Klubb 1", true, Standing::Asked));
        absent(file(&t.tenant, &ines, id, "medverkande").await);
        absent(save(&t.tenant, &ines, id, &Filled::default(), "").await);
        absent(finish(&t.tenant, &ines, id, &scored([3, 3, 3], None, "Bra."), "").await);

        declare(&t.tenant, &ines, id, None).await.unwrap();
        let after = invitation(&t.tenant, &ines, id).await.unwrap().scoring.unwrap();
        let questions: Vec<_> =
            after.sections.iter().flat_map(|section| &section.answers).map(|(question, _)| question.sv.clone()).collect();
        let all = questions.join("\n");
        assert!(all.contains("Beskriv projektet") && all.contains("Kostnader och intäkter"), "{all}");
        // The account stands in a section that she may read, and is not shown.
        assert!(!all.contains("bankgiro") && !all.contains("intygar"), "{all}");
        let answers = format!("{:?}", after.sections);
        assert!(answers.contains("Vi dansar i parken.") && !answers.contains("5012"), "{answers}");
        assert!(matches!(declare(&t.tenant, &ines, id, Some(Ground::Close)).await, Err(ServiceError::Stale)));
    });
}

#[test]
fn a_conflict_of_interest_keeps_her_away_for_good() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let id = ask(&t, "anna", case).await.unwrap();
        let ines = outsider(&t, EMAIL).await;
        both_officers_assess(&t, case).await;
        assert_eq!(t.case(case).await.state, "assess");
        declare(&t.tenant, &ines, id, Some(Ground::Close)).await.unwrap();
        // The case does not wait for her, and nothing of it is hers.
        assert_eq!(t.case(case).await.state, "moderate");
        absent(invitation(&t.tenant, &ines, id).await);
        absent(finish(&t.tenant, &ines, id, &scored([3, 3, 3], None, "Bra."), "").await);
        assert!(mine(&t.tenant, &ines).await.unwrap().is_empty());
        // The officers see it, in the panel and among the case's conflicts.
        let anna = t.officer("anna").await.actor;
        assert_eq!(of_case(&t.tenant, &anna, case).await.unwrap().invited[0].standing, Standing::Tied);
        let people = conflicts::views::of_case(&t.tenant, &anna, case).await.unwrap().people;
        assert_eq!(people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Ines Öberg"]);
        t.history_holds().await;
    });
}

#[test]
fn whoever_declared_a_conflict_is_not_invited_again() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let id = ask(&t, "anna", case).await.unwrap();
        assert_eq!(places(ask(&t, "anna", case).await.map(drop)), ["epost"]);
        declare(&t.tenant, &outsider(&t, EMAIL).await, id, Some(Ground::Represents)).await.unwrap();
        let again = ask(&t, "anna", case).await;
        assert!(matches!(&again, Err(ServiceError::Invalid(found)) if found[0].code == "tied"), "{again:?}");
    });
}

#[test]
fn without_an_open_invitation_there_is_nothing() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        mandates::add_person(&t.tenant, &t.officer("dag").await.actor, "Otto", Some("otto@konst.example")).await.unwrap();
        let otto = outsider(&t, "otto@konst.example").await;
        // Not even an officer of the case acts on somebody else's invitation.
        for other in [&otto, &t.officer("anna").await.actor, &club.actor] {
            absent(invitation(&t.tenant, other, id).await);
            absent(file(&t.tenant, other, id, "medverkande").await);
            absent(declare(&t.tenant, other, id, None).await);
            absent(finish(&t.tenant, other, id, &scored([3, 3, 3], None, "Bra."), "").await);
        }
        // Her own opens nothing of the officers': not the case, its documents, the others' sheets.
        absent(views::case(&t.tenant, &ines, case).await);
        absent(assessments::views::sheet(&t.tenant, &ines, case, task(&t, case).await).await);
        absent(tasks::complete(&t.tenant, &ines, task(&t, case).await, "assessed", &scored([1, 1, 1], Some(1), "Jag."), "Jag.").await);
        for document in t.documents(case).await {
            absent(documents::read(&t.tenant, &ines, case, document.id).await);
        }

        revoke(&t.tenant, &t.officer("eva").await.actor, case, id).await.unwrap();
        absent(invitation(&t.tenant, &ines, id).await);
        absent(save(&t.tenant, &ines, id, &Filled::default(), "").await);
        let twice = revoke(&t.tenant, &t.officer("eva").await.actor, case, id).await;
        assert!(matches!(&twice, Err(ServiceError::Refused(_))), "{twice:?}");
        assert!(mine(&t.tenant, &ines).await.unwrap().is_empty());
        // Taken back is not for good: she may be asked again, and says again that she has no conflict of interest.
        let new = ask(&t, "anna", case).await.unwrap();
        assert!(invitation(&t.tenant, &ines, new).await.unwrap().scoring.is_none());
        t.history_holds().await;
    });
}

#[test]
fn the_case_goes_on_when_the_last_day_has_passed() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        both_officers_assess(&t, case).await;
        t.clock.set(&format!("{} 23:59", in_days(&t, 10)));
        t.work().await;
        assert_eq!(t.case(case).await.state, "assess");
        assert!(invitation(&t.tenant, &ines, id).await.is_ok());
        t.clock.set(&format!("{} 00:01", in_days(&t, 1)));
        // She is late even before anybody has noted it.
        absent(finish(&t.tenant, &ines, id, &scored([3, 3, 3], None, "Sent."), "").await);
        t.work().await;
        assert_eq!(t.case(case).await.state, "moderate");
        absent(invitation(&t.tenant, &ines, id).await);
        let anna = t.officer("anna").await.actor;
        assert_eq!(of_case(&t.tenant, &anna, case).await.unwrap().invited[0].standing, Standing::Over);
        let weigh = assessments::views::sheet(&t.tenant, &t.officer("fia").await.actor, case, task(&t, case).await).await.unwrap();
        assert_eq!(weigh.judgements.len(), 2);
        t.history_holds().await;
    });
}

#[test]
fn officers_go_on_after_her_last_day_and_nobody_takes_her_place() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, ..) = with_expert(&t, &club).await;
        // Anna asks for the expert's place and gets one of the two that are the officers'.
        let place = t.open_tasks(case).await.into_iter().find(|task| task.role == "expert").unwrap();
        let anna = t.officer("anna").await.actor;
        let own = scored([3, 2, 1], Some(40_000), "Så ser jag det.");
        tasks::complete(&t.tenant, &anna, place.id, "assessed", &own, "Bra.").await.unwrap();
        assert_eq!(t.open_tasks(case).await.iter().filter(|task| task.role == "expert").count(), 1);
        t.clock.set(&format!("{} 08:00", in_days(&t, 11)));
        t.work().await;
        assert_eq!((t.case(case).await.state.as_str(), t.open_tasks(case).await.len()), ("assess", 1));
        assess(&t, "eva", case, &scored([1, 2, 2], Some(40_000), "Så ser jag det.")).await.unwrap();
        assert_eq!(t.case(case).await.state, "moderate");
    });
}

#[test]
fn the_officers_judge_blind_until_she_is_done_or_they_have_judged() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (case, id, ines) = with_expert(&t, &club).await;
        finish(&t.tenant, &ines, id, &scored([3, 2, 3], None, "HEMLIGT"), "HEMLIG helhet").await.unwrap();
        assert_eq!(t.case(case).await.state, "assess");
        let shown = async |who: &str| {
            let view = views::case(&t.tenant, &t.officer(who).await.actor, case).await.unwrap();
            format!("{:?} {:?}", view.tasks.iter().map(|task| &task.done).collect::<Vec<_>>(), view.events)
        };
        assert!(!shown("anna").await.contains("HEMLIG"));
        assess(&t, "anna", case, &scored([3, 2, 1], Some(40_000), "Så ser jag det.")).await.unwrap();
        assert!(shown("anna").await.contains("HEMLIG helhet") && !shown("eva").await.contains("HEMLIG"));
    });
}

#[test]
fn only_a_free_officer_of_the_committee_invites() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let role = Grant { role: Role::Officer, committee: "UTN", up_to: None, reference: None, from: day("2020-01-01") };
        staff::add(&t.tenant, &Actor::Service, "ulla", "ulla@exempelstad.example", &[role]).await.unwrap();
        for who in ["ulla", "dag"] {
            assert!(matches!(ask(&t, who, case).await, Err(ServiceError::Refused(_))), "{who}");
        }
        absent(invite(&t.tenant, &club.actor, case, &Invited { name: "Ines", email: EMAIL, last_day: in_days(&t, 5) }).await);
        let eva = t.officer("eva").await.actor;
        crate::support::actors::tie(&t.tenant, &eva, eva.person().unwrap(), club.id, "Styrelsen").await;
        absent(ask(&t, "eva", case).await);
        absent(of_case(&t.tenant, &t.officer("eva").await.actor, case).await);
        assert!(of_case(&t.tenant, &t.officer("anna").await.actor, case).await.unwrap().open);
        let ulla = of_case(&t.tenant, &t.officer("ulla").await.actor, case).await.unwrap();
        assert!(!ulla.open);
    });
}

#[test]
fn whom_one_cannot_invite_is_told_at_the_place() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let case = to_assess(&t, &club, 50_000, "norr").await;
        let anna = t.officer("anna").await.actor;
        let told = async |name: &str, email: &str, last_day: NaiveDate| {
            places(invite(&t.tenant, &anna, case, &Invited { name, email, last_day }).await.map(drop))
        };
        assert_eq!(told(" ", "ines", t.tenant.clock.today()).await, ["namn", "epost", "senast"]);
        assert_eq!(told("Ines", EMAIL, in_days(&t, 400)).await, ["senast"]);
        // One of the staff, and somebody who acts for the applicant.
        assert_eq!(told("Eva", "eva@exempelstad.example", in_days(&t, 5)).await, ["epost"]);
        let dag = t.officer("dag").await.actor;
        let chair = mandates::add_person(&t.tenant, &dag, "Ordföranden", Some("ordf@forening.example")).await.unwrap();
        mandates::give(&t.tenant, &dag, club.id, chair, Mandate::Reader).await.unwrap();
        assert_eq!(told("Ordföranden", "ordf@forening.example", in_days(&t, 5)).await, ["epost"]);
        assert!(of_case(&t.tenant, &anna, case).await.unwrap().invited.is_empty() && t.open_tasks(case).await.len() == 2);
    });
}

#[test]
fn she_reads_the_files_of_the_listed_sections_and_no_others() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let club = t.club(1).await;
        let (bytes, other) = (b"%PDF-1.7 medverkande", b"%PDF-1.7 annat");
        let mut answers = project(50_000, "norr");
        answers.insert("medverkande".to_owned(), Answer::Attachment(Attachment::Uploaded(Sha::of(bytes).hex())));
        let case = club.submit(GRANT, "2026-HOST", &answers, "with-file").await.unwrap().case;
        let row = t.case(case).await;
        let mut tx = t.tenant.db.write().await.unwrap();
        for content in [&bytes[..], &other[..]] {
            let stored = store_file(&t.tenant, content, "application/pdf").unwrap();
            files::insert(&mut tx, &stored).await.unwrap();
            let new = NewDocument {
                diary_case: row.diary_case_id,
                case: Some(case),
                direction: Direction::In,
                party: None,
                subject: "Bilaga",
                masked: false,
                document_type: "bilaga",
                file: Some(stored.id),
            };
            register(&mut tx, &t.tenant, &bifall::forms::DiarySettings::default(), new).await.unwrap();
        }
        tx.commit().await.unwrap();
        t.work().await;
        let ticked = [("kalkyl", true), ("annat_stod", true)].map(|(id, on)| (id.to_owned(), on)).into();
        let filled = Filled { checked: ticked, ..Filled::default() };
        tasks::complete(&t.tenant, &t.officer("anna").await.actor, task(&t, case).await, "complete", &filled, "").await.unwrap();
        let id = ask(&t, "anna", case).await.unwrap();
        let ines = outsider(&t, EMAIL).await;
        absent(file(&t.tenant, &ines, id, "medverkande").await);
        declare(&t.tenant, &ines, id, None).await.unwrap();
        let found = invitation(&t.tenant, &ines, id).await.unwrap().scoring.unwrap();
        let files: Vec<_> = found.sections.iter().flat_map(|section| &section.files).map(|(field, _)| field.as_str()).collect();
        assert_eq!(files, ["medverkande"]);
        assert_eq!(file(&t.tenant, &ines, id, "medverkande").await.unwrap().bytes, bytes);
        for field in ["kalkyl", "kontonummer", "annat", ""] {
            absent(file(&t.tenant, &ines, id, field).await);
        }
        for document in t.documents(case).await {
            absent(documents::read(&t.tenant, &ines, case, document.id).await);
        }
    });
}
