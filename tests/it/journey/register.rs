//! The register of associations: accounts and who vouches for them, dated status, debts.

use bifall::domain::Money;
use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::grant::ApplicantKind;
use bifall::services::associations::views;
use bifall::services::organisations::NewOrganisation;
use bifall::services::payments::{self, Channel};
use bifall::services::staff::{self, Grant};
use bifall::services::standing::{self, NewStatus};
use bifall::services::verify::verify;
use bifall::services::{Actor, ServiceError, organisations};
use bifall::store::standing::Status;
use bifall::store::users::Role;
use bifall::store::{events, payments as rows};
use bifall::text::order;

use super::payments::{attested, build, granted};
use crate::support::actors::{Association, activity_answers, day, invented};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

#[test]
fn whoever_entered_an_account_neither_confirms_it_nor_lets_a_payment_go_to_it() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        // Cilla administers too: she enters what came on paper.
        let cilla = t.officer("cilla").await.actor.user().unwrap().id;
        let role = |role| Grant { role, committee: "KFN", up_to: None, reference: None, from: day("2020-01-01") };
        let roles = [role(Role::Administrator), role(Role::Attester)];
        let eva = staff::add(&t.tenant, &Actor::Service, "eva", "eva@exempelstad.example", &roles).await.unwrap();
        let eva = Actor::staff(&t.tenant, eva).await.unwrap();
        let account = parse(AccountKind::Plusgiro, "28 65 43-4").unwrap().number;
        organisations::set_account(&t.tenant, &eva, club.id, &account).await.unwrap();
        assert_eq!(build(&t, Channel::Bank).await, None);

        let Err(ServiceError::Refused(text)) = organisations::confirm_account(&t.tenant, &eva, club.id).await else { panic!("confirmed") };
        assert!(text.sv.starts_with("Du har själv lagt in kontot."), "{}", text.sv);
        let order = t.orders(case).await[0].id;
        let mut tx = t.tenant.db.read().await.unwrap();
        let hold = rows::holds(&mut tx, order).await.unwrap().into_iter().find(|hold| hold.reason == "new_account").unwrap().id;
        drop(tx);
        let released = payments::release(&t.tenant, &eva, hold, "Kontrollerat per telefon").await;
        assert!(matches!(released, Err(ServiceError::Refused(_))), "{released:?}");
        // Not by the way around the service either.
        let now = if t.tenant.db.engine() == "sqlite" { "'2026-08-27T10:00:00+00:00'" } else { "now()" };
        let id = |id: uuid::Uuid| if t.tenant.db.engine() == "sqlite" { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
        let own = format!("confirmed_at = {now}, confirmed_by = {}", id(eva.user().unwrap().id.0));
        for set in [own, format!("confirmed_at = {now}")] {
            let past = t.execute(format!("update bank_account set {set} where replaced_at is null")).await;
            assert!(past.is_err(), "{set} was written");
        }
        let by_another = format!("confirmed_at = {now}, confirmed_by = {}", id(cilla.0));
        let where_it_is = "where replaced_at is null and entered_by is not null";
        assert_eq!(t.execute(format!("update bank_account set {by_another} {where_it_is}")).await.unwrap(), 1);
        assert_eq!(t.execute(format!("update bank_account set confirmed_at = null, confirmed_by = null {where_it_is}")).await.unwrap(), 1);

        organisations::confirm_account(&t.tenant, &t.officer("cilla").await.actor, club.id).await.unwrap();
        t.clock.set("2026-09-20 10:00");
        // What was attested was attested to the old account: both look once more.
        assert!(build(&t, Channel::Bank).await.is_none());
        attested(&t).await;
        assert!(build(&t, Channel::Bank).await.is_some());
        t.history_holds().await;
    });
}

#[test]
fn a_first_account_counts_at_once_only_when_nobody_entered_it_by_hand() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let dag = t.officer("dag").await.actor;
        let account = parse(AccountKind::Bankgiro, "5012-3454").unwrap().number;
        let in_force = async |id| {
            let mut tx = t.tenant.db.read().await.unwrap();
            bifall::store::organisations::account(&mut tx, id).await.unwrap().unwrap()
        };
        let taken_over = t.club(1).await;
        let row = in_force(taken_over.id).await;
        assert!(row.confirmed_at.is_some() && row.entered_by.is_none());
        let new = NewOrganisation {
            number: &invented(2),
            name: "Klubb 2",
            kind: ApplicantKind::Association,
            category: None,
            founded: None,
            town: "Exempelstad",
            since: day("2026-01-01"),
        };
        let id = organisations::register(&t.tenant, &dag, new).await.unwrap();
        organisations::set_account(&t.tenant, &dag, id, &account).await.unwrap();
        assert_eq!(in_force(id).await.confirmed_at, None);
        organisations::confirm_account(&t.tenant, &t.officer("bo").await.actor, id).await.unwrap();
        let row = in_force(id).await;
        assert!(row.confirmed_at.is_some());
        assert_eq!((row.hold_until, row.entered_by == row.confirmed_by), (None, false), "there is nobody to warn");
    });
}

async fn stands(t: &TestTenant, club: &Association<'_>, status: Status, from: &str) {
    let new = NewStatus { status, from: day(from), source: "Post- och Inrikes Tidningar" };
    standing::set_status(&t.tenant, &t.officer("dag").await.actor, club.id, &new).await.unwrap();
}

#[test]
fn a_bankruptcy_holds_from_its_day_and_a_released_liquidation_forgives_it_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 4).await;
        attested(&t).await;
        // 27 August: the first is in liquidation since yesterday, the second is bankrupt in a week, the third sleeps, and
        // of the fourth somebody wrote the wrong thing and put it right.
        t.clock.set("2026-08-27 09:00");
        stands(&t, &clubs[0].0, Status::Liquidation, "2026-08-26").await;
        stands(&t, &clubs[1].0, Status::Bankruptcy, "2026-09-03").await;
        stands(&t, &clubs[2].0, Status::Dormant, "2026-08-01").await;
        stands(&t, &clubs[3].0, Status::Dissolved, "2026-08-27").await;
        t.clock.set("2026-08-27 09:05");
        stands(&t, &clubs[3].0, Status::Active, "2026-08-27").await;
        let paid = async |t: &TestTenant| {
            let mut left = Vec::new();
            for (at, (_, case)) in clubs.iter().enumerate() {
                if t.orders(*case).await[0].state == "exported" {
                    left.push(at);
                }
            }
            left
        };
        // The wrong hold held through the day before it was put right; nothing of it is left today.
        let batch = build(&t, Channel::Bank).await;
        assert!(batch.is_some());
        assert_eq!(paid(&t).await, [1, 2, 3]);

        // A trustee's word lets the liquidation's payment go; the bankruptcy that follows is another matter.
        let order = t.orders(clubs[0].1).await[0].id;
        let mut tx = t.tenant.db.read().await.unwrap();
        let hold = rows::holds(&mut tx, order).await.unwrap().into_iter().find(|hold| hold.reason == "bankruptcy").unwrap().id;
        drop(tx);
        payments::release(&t.tenant, &t.officer("cilla").await.actor, hold, "Likvidatorn tar emot").await.unwrap();
        t.clock.set("2026-08-28 09:00");
        stands(&t, &clubs[0].0, Status::Bankruptcy, "2026-08-28").await;
        assert_eq!(build(&t, Channel::Bank).await, None);
        let all = standing::statuses(&t.tenant, &clubs[0].0.actor, clubs[0].0.id).await.unwrap();
        assert_eq!(all.iter().map(|row| row.status).collect::<Vec<_>>(), [Status::Bankruptcy, Status::Liquidation, Status::Active]);
        t.history_holds().await;
    });
}

#[test]
fn a_bankruptcy_to_come_holds_on_its_day_without_anybody_doing_anything() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        stands(&t, &club, Status::Bankruptcy, "2026-09-03").await;
        attested(&t).await;
        t.clock.set("2026-09-03 00:00");
        assert_eq!(build(&t, Channel::Bank).await, None);
        assert_eq!(t.orders(case).await[0].state, "attested");
        // What was entered is there for good.
        for sql in ["update organisation_status set status = 'active'", "delete from organisation_status"] {
            assert!(t.execute(sql.to_owned()).await.is_err(), "{sql}");
        }
        let missing = NewStatus { status: Status::Active, from: day("2026-09-03"), source: " " };
        let refused = standing::set_status(&t.tenant, &t.officer("dag").await.actor, club.id, &missing).await;
        assert!(matches!(&refused, Err(ServiceError::Invalid(found)) if found[0].place == "source"), "{refused:?}");
        assert!(standing::set_status(&t.tenant, &t.officer("anna").await.actor, club.id, &missing).await.is_err());
    });
}

#[test]
fn a_debt_is_reduced_by_what_is_set_off_and_by_what_is_paid_and_never_below_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let kronor = |kronor| Money::from_kronor(kronor).unwrap();
        let club = t.club(1).await;
        let (bo, anna) = (t.officer("bo").await.actor, t.officer("anna").await.actor);
        let old = standing::enter_debt(&t.tenant, &bo, club.id, kronor(30), "Återkrav KFN 2025/9").await.unwrap();
        t.clock.forward(chrono::TimeDelta::minutes(1));
        let new = standing::enter_debt(&t.tenant, &bo, club.id, kronor(100), "Hyra").await.unwrap();
        standing::reduce_debt(&t.tenant, &bo, new, kronor(40), "Betalt till bankgiro").await.unwrap();
        for (amount, reason, place) in [(kronor(61), "För mycket", "amount"), (Money::ZERO, "Inget", "amount"), (kronor(1), "", "reason")]
        {
            let refused = standing::reduce_debt(&t.tenant, &bo, new, amount, reason).await;
            assert!(matches!(&refused, Err(ServiceError::Invalid(found)) if found[0].place == place), "{refused:?}");
        }
        let empty = standing::enter_debt(&t.tenant, &bo, club.id, Money::ZERO, "").await;
        assert!(matches!(&empty, Err(ServiceError::Invalid(found)) if found.len() == 2), "{empty:?}");
        assert!(standing::enter_debt(&t.tenant, &anna, club.id, kronor(1), "Inte hennes").await.is_err());

        club.send(&[occasion("2026-02-03", "a", &girls(10, 5)).led_by(adult(1))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        // 57 kr: 30 for the old debt, 27 of the 60 that were left of the new one.
        assert_eq!(t.orders(case).await[0].amount_ore, Money::ZERO);
        let left = standing::debts(&t.tenant, &club.actor, club.id).await.unwrap();
        assert_eq!(left.iter().map(|debt| (debt.id, debt.remaining_ore)).collect::<Vec<_>>(), [(new, kronor(33))]);
        let mut tx = t.tenant.db.read().await.unwrap();
        let told = events::of_stream(&mut tx, "organisation", club.id.0).await.unwrap();
        drop(tx);
        let told: Vec<(String, i64)> = told
            .iter()
            .filter(|event| event.kind.starts_with("debt."))
            .map(|event| {
                let body: serde_json::Value = serde_json::from_slice(&event.body).unwrap();
                let which = if body["debt"] == old.to_string() { "old" } else { "new" };
                (format!("{} {which}", event.kind), body["amount_ore"].as_i64().unwrap())
            })
            .collect();
        let expected = [
            ("debt.entered old", 3_000),
            ("debt.entered new", 10_000),
            ("debt.reduced new", 4_000),
            ("debt.set_off old", 3_000),
            ("debt.set_off new", 2_700),
        ];
        assert_eq!(told, expected.map(|(kind, ore)| (kind.to_owned(), ore)));
        assert!(verify(&t.tenant, &|_| {}).await.unwrap().sound());
        t.execute("update debt set remaining_ore = 0 where remaining_ore > 0".to_owned()).await.unwrap();
        let wrong = verify(&t.tenant, &|_| {}).await.unwrap().wrong;
        assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["debt_changed"]);
    });
}

#[test]
fn the_register_stands_in_swedish_order_on_both_engines() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let wanted = ["Alvik", "alviks IK", "Éclair", "Zenit", "Ål", "åsa", "Äpple", "Öst"];
        for (name, no) in wanted.iter().rev().zip(1..) {
            t.association(&invented(no), name, &format!("K{no}")).await;
        }
        let anna = t.officer("anna").await.actor;
        let names = async |word: &str, after: Option<(&str, bifall::domain::id::OrganisationId)>| {
            let found = views::list(&t.tenant, &anna, word, after, 4).await.unwrap();
            let last = found.last().map(|row| (row.sort_key.clone(), row.id));
            (found.into_iter().map(|row| row.name).collect::<Vec<_>>(), last)
        };
        let (first, last) = names("", None).await;
        assert_eq!(first, wanted[..4]);
        let (key, id) = last.unwrap();
        assert_eq!(names("", Some((&key, id))).await.0, wanted[4..], "the next page goes on where the first ended");
        assert_eq!(names("Å", None).await.0, ["Ål", "åsa"]);
        assert_eq!(names("ecl", None).await.0, ["Éclair"]);
        assert_eq!(names("%", None).await.0.len(), 4, "a sign that is no letter asks for nothing");
    });
}

#[test]
fn names_have_a_key_that_stands_in_swedish_order() {
    let wanted = ["1:a kåren", "Alvik", "alviks IK", "Andra", "Éclair", "Edsvik", "IF Ä", "IF-Öst", "Zenit", "Ål", "åsa", "Äpple", "Öst"];
    let mut names = wanted;
    names.reverse();
    names.sort_by_cached_key(|name| order::key(name));
    assert_eq!(names, wanted);
    assert_eq!(order::key("ÅSA  Öst-"), order::key("åsa öst"));
    assert_eq!(order::key("%_'"), "");
}
