//! A decision that takes the place of an earlier one: corrected or changed, as the law allows, with what that makes of letter,
//! budget and payments.

use bifall::domain::Money;
use bifall::domain::change::{ChangeGround, ChangeKind, ChangeRefused, Reservation, Weighed};
use bifall::domain::grant::Outcome;
use bifall::domain::id::{CaseId, DecisionId};
use bifall::services::decisions::changing::{self, Wanted};
use bifall::services::payments::Channel;
use bifall::services::{Actor, ServiceError, ServiceResult, budgets, decisions, replay, verify};
use bifall::store::decisions::{self as rows, DecisionRow};
use proptest::prelude::*;

use super::payments::{attested, build, granted};
use crate::support::actors::{activity_answers, tie};
use crate::support::{TestTenant, on_both};

async fn all(t: &TestTenant, case: CaseId) -> Vec<DecisionRow> {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::of_case(&mut tx, case).await.unwrap()
}

async fn standing(t: &TestTenant, case: CaseId) -> DecisionRow {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::standing(&mut tx, case).await.unwrap().unwrap()
}

fn to(ground: ChangeGround, kronor: i64) -> Wanted<'static> {
    let amount = Some(Money::from_kronor(kronor).unwrap());
    Wanted { ground, why: "Uppgiften om lokalen var fel.", amount, motivation: "Föreningen har haft fem flickor i åldern." }
}

async fn change(t: &TestTenant, case: CaseId, wanted: Wanted<'_>) -> ServiceResult<DecisionId> {
    let seen = standing(t, case).await.id;
    changing::change(&t.tenant, &t.officer("anna").await.actor, case, seen, wanted).await
}

async fn sent(t: &TestTenant) {
    t.clock.forward(chrono::TimeDelta::minutes(31));
    t.work().await;
}

/// What still counts of the orders of a case: state and öre.
async fn orders(t: &TestTenant, case: CaseId) -> Vec<(String, i64)> {
    let mut found: Vec<_> = t.orders(case).await.into_iter().map(|order| (order.state, order.amount_ore.ore())).collect();
    found.sort();
    found
}

async fn sound(t: &TestTenant) {
    let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
    assert_eq!(report.wrong, []);
    let mut tx = t.tenant.db.read().await.unwrap();
    let decided = rows::all_standing(&mut tx).await.unwrap();
    drop(tx);
    for decision in decided {
        assert_eq!(replay::replay(&t.tenant, &decision).await.unwrap().answer, replay::Answer::Same);
    }
}

fn refused<T: std::fmt::Debug>(result: ServiceResult<T>, word: &str) {
    assert!(matches!(&result, Err(ServiceError::Refused(text)) if text.sv.contains(word)), "{word}: {result:?}");
}

fn invalid<T: std::fmt::Debug>(result: ServiceResult<T>, place: &str) {
    assert!(matches!(&result, Err(ServiceError::Invalid(found)) if found.iter().any(|one| one.place == place)), "{place}: {result:?}");
}

#[test]
fn a_correction_keeps_outcome_and_amount_and_puts_a_letter_in_the_place_of_the_first() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        let first = standing(&t, case).await;
        let before = orders(&t, case).await;
        let silent = Wanted { why: " ", motivation: "", ..to(ChangeGround::Misspelt, 0) };
        invalid(change(&t, case, silent).await, "why");
        invalid(change(&t, case, silent).await, "motivation");
        let number = format!("Rätt är {}.", crate::support::dak::girl(7).number());
        invalid(change(&t, case, Wanted { why: &number, ..to(ChangeGround::Misspelt, 0) }).await, "why");
        let id = change(&t, case, to(ChangeGround::Misspelt, 999)).await.unwrap();
        sent(&t).await;
        let now = standing(&t, case).await;
        assert_eq!((now.id, now.version, now.changes, now.change_kind), (id, 2, Some(first.id), Some(ChangeKind::Correction)));
        assert_eq!((now.outcome, now.amount_ore, now.calculation_id), (Outcome::Bifall, first.amount_ore, first.calculation_id));
        let letter = decisions::html(&now).unwrap();
        for words in ["ersätter vårt beslut den 26 augusti 2026", "skrivfel", "Uppgiften om lokalen var fel.", "fem flickor i åldern"] {
            assert!(letter.contains(words), "{words}: {letter}");
        }
        assert!(!letter.contains("betalar"), "nothing more is paid: {letter}");
        let kept = all(&t, case).await.remove(0);
        assert_eq!((kept.letter, kept.replaced_at.is_some(), kept.undone_at), (first.letter, true, None));
        let document = t.documents(case).await.pop().unwrap();
        assert_eq!((document.subject.as_str(), Some(document.id)), ("Rättat beslut: bifall", now.document_id));
        assert_eq!(orders(&t, case).await, before);
        assert_eq!(t.mails(case).await.len(), 2, "the party is told of both");
        sound(&t).await;
    });
}

#[test]
fn a_higher_amount_calls_off_what_has_not_left_and_orders_the_whole() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        attested(&t).await;
        change(&t, case, to(ChangeGround::Favourable, 100)).await.unwrap();
        assert!(build(&t, Channel::Manual).await.is_none(), "nothing leaves while the change is on its way");
        assert_eq!(t.case(case).await.amount_ore.map(Money::ore), Some(10_000));
        sound(&t).await;
        sent(&t).await;
        let expected = [("cancelled", 5_700), ("draft", 10_000)].map(|(state, ore)| (state.to_owned(), ore));
        assert_eq!(orders(&t, case).await, expected);
        let letter = decisions::html(&standing(&t, case).await).unwrap();
        assert!(letter.contains("höjs med 43") && letter.contains("till er fördel"), "{letter}");
        sound(&t).await;
        attested(&t).await;
        assert!(build(&t, Channel::Manual).await.is_some());
        sound(&t).await;
    });
}

#[test]
fn what_has_left_is_not_paid_again_and_no_change_goes_below_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        attested(&t).await;
        assert!(build(&t, Channel::Manual).await.is_some());
        refused(change(&t, case, to(ChangeGround::Misled, 20)).await, "Återkrav");
        change(&t, case, to(ChangeGround::Favourable, 100)).await.unwrap();
        sent(&t).await;
        // 100 less the 57 that have left.
        let ordered = orders(&t, case).await;
        assert!(ordered.contains(&("draft".to_owned(), 4_300)) && ordered.len() == 2, "{ordered:?}");
        sound(&t).await;
        // And down again, but never below what is out: the 43 that have not left are called off.
        change(&t, case, to(ChangeGround::Misled, 60)).await.unwrap();
        sent(&t).await;
        let ordered = orders(&t, case).await;
        assert!(ordered.contains(&("cancelled".to_owned(), 4_300)) && ordered.contains(&("draft".to_owned(), 300)), "{ordered:?}");
        assert!(decisions::html(&standing(&t, case).await).unwrap().contains("vilseledande"));
        sound(&t).await;
    });
}

#[test]
fn a_change_that_is_undone_leaves_everything_as_it_was() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let dag = t.officer("dag").await;
        let which = budgets::Which { grant_type: "aktivitetsstod", unit: "KFN", year: 2026 };
        budgets::set(&t.tenant, &dag.actor, which, Money::from_kronor(120).unwrap()).await.unwrap();
        let used = || async { budgets::list(&t.tenant, &dag.actor).await.unwrap()[0].used_ore.ore() };
        let case = granted(&t, 1).await[0].1;
        let first = standing(&t, case).await;
        refused(change(&t, case, to(ChangeGround::Favourable, 121)).await, "Budgeten");
        assert_eq!((standing(&t, case).await.id, used().await), (first.id, 5_700), "nothing half-written");
        for (ground, kronor) in [(ChangeGround::Favourable, 100), (ChangeGround::Reservation, 30), (ChangeGround::Misled, 0)] {
            t.clock.forward(chrono::TimeDelta::minutes(1));
            let id = change(&t, case, to(ground, kronor)).await.unwrap();
            assert_eq!(used().await, kronor * 100);
            decisions::undo(&t.tenant, &t.officer("anna").await.actor, id, "Fel ärende").await.unwrap();
            let again = standing(&t, case).await;
            assert_eq!((again.id, again.replaced_at, used().await), (first.id, None, 5_700));
            let row = t.case(case).await;
            assert_eq!((row.outcome, row.amount_ore.map(Money::ore), t.total(case).await), (Some(Outcome::Bifall), Some(5_700), 5_700));
            sound(&t).await;
        }
        sent(&t).await;
        assert_eq!(orders(&t, case).await, [("draft".to_owned(), 5_700)]);
        attested(&t).await;
        t.clock.forward(chrono::TimeDelta::days(1));
        assert!(build(&t, Channel::Manual).await.is_some(), "payments go on");
        change(&t, case, to(ChangeGround::Favourable, 100)).await.unwrap();
        sent(&t).await;
        assert_eq!(used().await, 10_000);
    });
}

#[test]
fn a_refusal_can_be_changed_to_a_grant_although_a_requirement_was_not_met() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        t.execute("delete from approval".to_owned()).await.unwrap();
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        assert_eq!(standing(&t, case).await.outcome, Outcome::Avslag);
        change(&t, case, to(ChangeGround::Favourable, 57)).await.unwrap();
        sent(&t).await;
        let now = standing(&t, case).await;
        assert_eq!((now.outcome, now.amount_ore.ore()), (Outcome::Bifall, 5_700));
        assert!(!decisions::html(&now).unwrap().contains("godkän"), "what was tried anew stands against nothing");
        assert_eq!(orders(&t, case).await, [("draft".to_owned(), 5_700)]);
        sound(&t).await;
    });
}

#[test]
fn only_who_may_decide_changes_and_nobody_with_a_conflict_of_interest() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 1).await;
        let (club, case) = (&clubs[0].0, clubs[0].1);
        let seen = standing(&t, case).await.id;
        let wanted = to(ChangeGround::Favourable, 100);
        for name in ["bo", "dag"] {
            refused(changing::change(&t.tenant, &t.officer(name).await.actor, case, seen, wanted).await, "behörighet");
        }
        let service = changing::change(&t.tenant, &Actor::Service, case, seen, wanted).await;
        assert!(matches!(service, Err(ServiceError::Refused(_))), "{service:?}");
        refused(change(&t, case, to(ChangeGround::Favourable, 200_001)).await, "delegation");
        refused(change(&t, case, to(ChangeGround::Reconsidered, 100)).await, "överklagande");
        let anna = t.officer("anna").await.actor;
        let stale = changing::change(&t.tenant, &anna, case, DecisionId(uuid::Uuid::nil()), wanted).await;
        assert!(matches!(stale, Err(ServiceError::Stale)), "{stale:?}");
        tie(&t.tenant, &t.officer("dag").await.actor, anna.user().unwrap().id, club.id, "Kassör.").await;
        for actor in [anna, t.officer("anna").await.actor] {
            let tied = changing::change(&t.tenant, &actor, case, seen, wanted).await;
            assert!(matches!(tied, Err(ServiceError::KeptAway(_))), "{tied:?}");
        }
        assert_eq!(standing(&t, case).await.id, seen);
    });
}

#[test]
fn the_committees_decision_is_changed_by_the_committee_alone() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        let first = standing(&t, case).await;
        // As if the committee had made it: the trigger that keeps decisions as they are is about what is written, not who by.
        let trigger =
            if t.tenant.db.engine() == "sqlite" { "drop trigger decision_content" } else { "drop trigger decision_content on decision" };
        t.execute(trigger.to_owned()).await.unwrap();
        t.execute("update decision set mode = 'committee'".to_owned()).await.unwrap();
        refused(change(&t, case, to(ChangeGround::Favourable, 100)).await, "sammanträde");
        refused(change(&t, case, to(ChangeGround::Misspelt, 57)).await, "sammanträde");
        assert_eq!(standing(&t, case).await.id, first.id);
    });
}

#[test]
fn a_decision_that_has_not_left_is_taken_back_and_not_changed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = super::payments::ready(&t, 1).await[0].1;
        t.officer("anna").await.decide(&[case]).await;
        refused(change(&t, case, to(ChangeGround::Favourable, 100)).await, "Ta tillbaka");
    });
}

#[test]
fn the_database_itself_lets_one_decision_stand_and_no_change_be_edited() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        change(&t, case, to(ChangeGround::Favourable, 100)).await.unwrap();
        for sql in [
            "update decision set replaced_at = null",
            "update decision set change_ground = 'vilselett' where changes is not null",
            "update decision set changes = null where changes is not null",
        ] {
            assert!(t.execute(sql.to_owned()).await.is_err(), "{sql}");
        }
    });
}

/// The service holds every ground against a lower amount: what the law does not allow leaves no trace.
#[test]
fn no_ground_but_three_lowers_an_amount() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let case = granted(&t, 1).await[0].1;
        let first = standing(&t, case).await;
        for ground in [ChangeGround::Favourable, ChangeGround::Reconsidered] {
            for kronor in [0, 1, 30, 56] {
                refused(change(&t, case, to(ground, kronor)).await, "37 §");
            }
        }
        // The letter's reservation is taken out, as if the first decision had none.
        let trigger =
            if t.tenant.db.engine() == "sqlite" { "drop trigger decision_content" } else { "drop trigger decision_content on decision" };
        t.execute(trigger.to_owned()).await.unwrap();
        let mut letter: bifall::letters::DecisionLetter = serde_json::from_slice(&first.letter).unwrap();
        assert!(letter.revocation.take().is_some());
        let hex: String = serde_json::to_vec(&letter).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
        let bytes = if t.tenant.db.engine() == "sqlite" { format!("x'{hex}'") } else { format!("decode('{hex}', 'hex')") };
        t.execute(format!("update decision set letter = {bytes}")).await.unwrap();
        refused(change(&t, case, to(ChangeGround::Reservation, 30)).await, "förbehåll");
        assert_eq!(all(&t, case).await.len(), 1);
        change(&t, case, to(ChangeGround::Safety, 30)).await.unwrap();
    });
}

proptest! {
    /// Förvaltningslagen 37 §: whatever the amounts, what lowers a decision rests on one of three grounds.
    #[test]
    fn a_change_to_the_detriment_without_its_ground_never_goes_through(
        at in 0_usize..8, before in 0_i64..1_000_000, after in 0_i64..1_000_000, paid in 0_i64..1_000_000, made in any::<bool>(),
    ) {
        let ground = ChangeGround::ALL[at];
        let reservation = if made { Reservation::Made } else { Reservation::Missing };
        let money = Money::from_ore;
        let answer = Weighed { ground, before: money(before), after: money(after), reservation, paid: money(paid) }.may();
        if after < before {
            let allowed = matches!(ground, ChangeGround::Safety | ChangeGround::Misled) || (ground == ChangeGround::Reservation && made);
            prop_assert!(allowed || answer.is_err(), "{ground:?} lowered it");
            prop_assert!(!allowed || paid > after || answer.is_ok(), "{answer:?}");
            prop_assert!(after >= paid || answer.is_err(), "below what is paid");
        }
        if answer.is_ok() {
            prop_assert_eq!(ground.kind() == ChangeKind::Correction, after == before);
        }
        if ground.kind() == ChangeKind::Correction && after != before {
            prop_assert_eq!(answer, Err(ChangeRefused::CorrectionOfAmount));
        }
    }
}
