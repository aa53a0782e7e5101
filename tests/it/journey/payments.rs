//! Payment: set-off, holds, attests, channels, files.

use bifall::domain::Money;
use bifall::domain::account_number::{AccountKind, parse};
use bifall::domain::id::CaseId;
use bifall::services::payments::{self, Channel};
use bifall::services::staff::{self, Grant};
use bifall::services::standing::{NewStatus, enter_debt, set_status};
use bifall::services::{Actor, ServiceError, organisations};
use bifall::store::payments::{self as rows, FileKind};
use bifall::store::standing::{self, Status};
use bifall::store::users::Role;

use crate::support::actors::{Association, activity_answers, day};
use crate::support::dak::{adult, girls, occasion};
use crate::support::{TestTenant, on_both};

/// Clubs with 57 kr each, whose cases are ready for decision on 26 August.
pub async fn ready(t: &TestTenant, count: u32) -> Vec<(Association<'_>, CaseId)> {
    let mut found = Vec::new();
    for no in 1..=count {
        let club = t.club(no).await;
        club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
        let case = club.apply(&activity_answers(), &format!("k{no}")).await.case;
        found.push((club, case));
    }
    t.work().await;
    t.closed().await;
    found
}

/// The same, decided and sent.
pub async fn granted(t: &TestTenant, count: u32) -> Vec<(Association<'_>, CaseId)> {
    let found = ready(t, count).await;
    let cases: Vec<CaseId> = found.iter().map(|(_, case)| *case).collect();
    assert!(t.officer("anna").await.decide(&cases).await.iter().all(|one| one.result.is_ok()));
    t.clock.forward(chrono::TimeDelta::minutes(31));
    t.work().await;
    found
}

pub async fn attested(t: &TestTenant) {
    t.officer("bo").await.review_all().await;
    t.officer("cilla").await.attest_all().await;
}

pub async fn build(t: &TestTenant, channel: Channel) -> Option<bifall::domain::id::PaymentBatchId> {
    payments::build(&t.tenant, &t.officer("cilla").await.actor, channel, None).await.unwrap()
}

async fn owe(t: &TestTenant, club: &Association<'_>, kronor: i64) {
    let amount = Money::from_kronor(kronor).unwrap();
    enter_debt(&t.tenant, &Actor::Service, club.id, amount, "Återkrav KFN 2025/9").await.unwrap();
}

fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>) {
    assert!(matches!(result, Err(ServiceError::Refused(_))), "{result:?}");
}

#[test]
fn a_debt_larger_than_the_grant_takes_it_whole_and_the_rest_of_the_batch_leaves() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        owe(&t, &one, 100).await;
        owe(&t, &two, 20).await;
        let mut cases = Vec::new();
        for (no, club) in [(1_u32, &one), (2, &two)] {
            club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
            cases.push(club.apply(&activity_answers(), &format!("k{no}")).await.case);
        }
        t.work().await;
        t.closed().await;
        t.officer("anna").await.decide(&cases).await;
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        // 57 − 100 leaves 43 owed and nothing to pay; 57 − 20 leaves 37 to pay.
        let orders = (t.orders(cases[0]).await.remove(0), t.orders(cases[1]).await.remove(0));
        assert_eq!((orders.0.amount_ore.ore(), orders.1.amount_ore.ore()), (0, 3_700));
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(standing::debts(&mut tx, one.id).await.unwrap()[0].remaining_ore.ore(), 4_300);
        assert!(standing::debts(&mut tx, two.id).await.unwrap().is_empty());
        for (order, decision) in [(&orders.0, 5_700), (&orders.1, 5_700)] {
            let lines = rows::lines(&mut tx, order.id).await.unwrap();
            assert_eq!(lines.iter().map(|line| line.amount_ore.ore()).sum::<i64>(), order.amount_ore.ore());
            assert_eq!(lines[0].amount_ore.ore(), decision);
        }
        drop(tx);
        attested(&t).await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let files = rows::files(&mut tx, batch).await.unwrap();
        let pain = String::from_utf8(files.iter().find(|file| file.kind == FileKind::Pain001).unwrap().bytes.clone()).unwrap();
        assert!(pain.contains("<CtrlSum>37.00</CtrlSum>") && pain.contains("<NbOfTxs>1</NbOfTxs>"), "{pain}");
        let again = payments::regenerate(&mut tx, &t.tenant, batch).await.unwrap();
        assert_eq!(files.iter().map(|file| &file.bytes).collect::<Vec<_>>(), again.iter().map(|file| &file.bytes).collect::<Vec<_>>());
        // The set-off is booked: one voucher each.
        let sie = files.iter().find(|file| file.kind == FileKind::Sie4i).unwrap();
        assert_eq!(sie.bytes.windows(5).filter(|window| *window == b"#VER ").count(), 2);
    });
}

#[test]
fn a_batch_that_only_sets_off_is_booked_without_a_bank_file() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        owe(&t, &club, 57).await;
        club.send(&[occasion("2026-02-03", "a", &girls(10, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        t.decided(case).await;
        attested(&t).await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let files = rows::files(&mut tx, batch).await.unwrap();
        assert_eq!(files.iter().map(|file| file.kind).collect::<Vec<_>>(), [FileKind::Sie4i]);
    });
}

#[test]
fn a_changed_account_holds_what_was_ordered_before_and_three_days_after_it_is_confirmed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        // Changed after the attest: it must not leave.
        let account = parse(AccountKind::Plusgiro, "28 65 43-4").unwrap().number;
        organisations::set_account(&t.tenant, &club.actor, club.id, &account).await.unwrap();
        assert_eq!(build(&t, Channel::Bank).await, None);
        t.clock.set("2026-09-20 10:00");
        assert_eq!(build(&t, Channel::Bank).await, None, "held until somebody confirms it");
        let own = organisations::confirm_account(&t.tenant, &club.actor, club.id).await;
        assert!(own.is_err(), "confirmed by who changed it");
        organisations::confirm_account(&t.tenant, &t.officer("cilla").await.actor, club.id).await.unwrap();
        t.clock.set("2026-09-23 23:59");
        assert_eq!(build(&t, Channel::Bank).await, None);
        t.clock.set("2026-09-24 00:01");
        // What was attested was the old account: somebody looks at the new one first.
        assert_eq!(build(&t, Channel::Bank).await, None);
        assert_eq!(t.orders(case).await[0].state, "draft");
        attested(&t).await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let order = rows::of_batch(&mut tx, batch).await.unwrap().remove(0);
        assert_eq!((order.case_id, payments::account_number(&order.account.unwrap()).unwrap()), (case, account));
        drop(tx);
        // Changing it once more does not touch what has left.
        let back = parse(AccountKind::Bankgiro, "5012-3454").unwrap().number;
        organisations::set_account(&t.tenant, &club.actor, club.id, &back).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let files = rows::files(&mut tx, batch).await.unwrap();
        let again = payments::regenerate(&mut tx, &t.tenant, batch).await.unwrap();
        assert_eq!(files.iter().map(|file| &file.bytes).collect::<Vec<_>>(), again.iter().map(|file| &file.bytes).collect::<Vec<_>>());
        drop(tx);
        t.history_holds().await;
    });
}

#[test]
fn a_lapsed_approval_holds_and_a_new_one_lets_go() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, _) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        t.clock.set("2027-07-01 10:00");
        assert_eq!(build(&t, Channel::Bank).await, None, "the approval ended on 30 June 2027");
        let service = Actor::Service;
        organisations::take_over_approval(&t.tenant, &service, club.id, "godkand-forening", day("2027-01-01"), day("2028-06-30"))
            .await
            .unwrap();
        assert!(build(&t, Channel::Bank).await.is_some());
    });
}

#[test]
fn a_bankruptcy_holds_until_somebody_releases_it_with_a_reason() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        let bankrupt = NewStatus { status: Status::Bankruptcy, from: day("2026-08-26"), source: "Tingsrätten" };
        set_status(&t.tenant, &t.officer("dag").await.actor, club.id, &bankrupt).await.unwrap();
        assert_eq!(build(&t, Channel::Bank).await, None);
        let mut tx = t.tenant.db.read().await.unwrap();
        let hold = rows::holds(&mut tx, t.orders(case).await[0].id).await.unwrap().remove(0);
        drop(tx);
        assert_eq!(hold.reason, "bankruptcy");
        let cilla = t.officer("cilla").await;
        let silent = payments::release(&t.tenant, &cilla.actor, hold.id, " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        refused(payments::release(&t.tenant, &t.officer("anna").await.actor, hold.id, "Ja").await);
        payments::release(&t.tenant, &cilla.actor, hold.id, "Konkursförvaltaren har godkänt.").await.unwrap();
        assert!(build(&t, Channel::Bank).await.is_some());
    });
}

async fn hire(t: &TestTenant, name: &str, roles: &[(Role, i64)]) -> Actor {
    let grants: Vec<Grant<'_>> = roles
        .iter()
        .map(|(role, ore)| Grant {
            role: *role,
            committee: "KFN",
            up_to: Some(Money::from_ore(*ore)),
            reference: Some("punkt 9"),
            from: day("2026-01-01"),
        })
        .collect();
    staff::add(&t.tenant, &Actor::Service, name, &format!("{name}@exempelstad.example"), &grants).await.unwrap();
    Actor::staff_named(&t.tenant, name).await.unwrap()
}

#[test]
fn no_one_attests_what_she_decided_or_reviewed_or_above_her_limit() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(10, 5))]).await;
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        t.closed().await;
        let all = [(Role::Delegate, 1_000_000), (Role::Reviewer, 1_000_000), (Role::Attester, 1_000_000)];
        let one = hire(&t, "ett", &all).await;
        let two = hire(&t, "tva", &all[1..]).await;
        let low = hire(&t, "lag", &[(Role::Reviewer, 5_699), (Role::Attester, 5_699)]).await;
        bifall::services::decisions::decide(&t.tenant, &one, case, &[]).await.unwrap();
        t.clock.forward(chrono::TimeDelta::minutes(31));
        t.work().await;
        let order = t.orders(case).await.remove(0).id;
        refused(payments::review(&t.tenant, &one, order).await);
        refused(payments::review(&t.tenant, &low, order).await);
        refused(payments::attest(&t.tenant, &two, order).await);
        refused(payments::review(&t.tenant, &t.officer("anna").await.actor, order).await);
        payments::review(&t.tenant, &two, order).await.unwrap();
        refused(payments::review(&t.tenant, &t.officer("bo").await.actor, order).await);
        refused(payments::attest(&t.tenant, &two, order).await);
        refused(payments::attest(&t.tenant, &one, order).await);
        refused(payments::attest(&t.tenant, &low, order).await);
        // Past every service, the database says the same.
        for who in ["decided_by", "reviewed_by"] {
            assert!(t.execute(format!("update payment_order set state = 'attested', attested_by = {who}")).await.is_err(), "{who}");
        }
        assert!(t.execute("update payment_order set reviewed_by = decided_by".to_owned()).await.is_err());
        assert!(t.execute("update payment_order set state = 'attested'".to_owned()).await.is_err());
        assert!(t.execute("update payment_line set amount_ore = 1".to_owned()).await.is_err());
        assert!(t.execute("delete from payment_line".to_owned()).await.is_err());
        payments::attest(&t.tenant, &t.officer("cilla").await.actor, order).await.unwrap();
        assert!(build(&t, Channel::Bank).await.is_some());
    });
}

#[test]
fn two_who_build_at_once_send_nothing_twice() {
    on_both(|t| async move {
        let t = t.staffed().await;
        granted(&t, 4).await;
        attested(&t).await;
        let cilla = t.officer("cilla").await.actor;
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (tenant, actor) = (t.tenant.clone(), cilla.clone());
            running.spawn(async move { payments::build(&tenant, &actor, Channel::Bank, None).await });
        }
        let built: Vec<_> = running.join_all().await.into_iter().filter_map(|result| result.ok().flatten()).collect();
        assert_eq!(built.len(), 1);
        let mut tx = t.tenant.db.read().await.unwrap();
        let batches = rows::batches(&mut tx).await.unwrap();
        assert_eq!((batches.len(), batches[0].orders, batches[0].total_ore.ore()), (1, 4, 4 * 5_700));
        let paid: i64 = rows::all(&mut tx).await.unwrap().iter().map(|order| order.amount_ore.ore()).sum();
        assert_eq!(paid, 4 * 5_700);
    });
}

#[test]
fn the_ledger_and_the_list_for_hand_leave_too_and_can_be_made_again() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let cases = granted(&t, 2).await;
        t.officer("bo").await.review_all().await;
        let cilla = t.officer("cilla").await;
        for ((_, case), (channel, kind)) in cases.iter().zip([(Channel::Ledger, FileKind::Ledger), (Channel::Manual, FileKind::Manual)]) {
            let order = t.orders(*case).await.remove(0);
            payments::attest(&t.tenant, &cilla.actor, order.id).await.unwrap();
            let batch = build(&t, channel).await.unwrap();
            let mut tx = t.tenant.db.read().await.unwrap();
            let files = rows::files(&mut tx, batch).await.unwrap();
            assert_eq!(files.iter().map(|file| file.kind).collect::<Vec<_>>(), [kind]);
            assert!(String::from_utf8_lossy(&files[0].bytes).contains("57,00"), "{}", String::from_utf8_lossy(&files[0].bytes));
            let again = payments::regenerate(&mut tx, &t.tenant, batch).await.unwrap();
            assert_eq!(files[0].bytes, again[0].bytes);
        }
    });
}
