//! The two attests: what was shown is what is attested, and who is tied to a payee sees nothing of her.

use bifall::domain::account_number::{AccountKind, parse};
use bifall::services::payments::views::{self, List};
use bifall::services::payments::{Attest, Channel, Seen, attest_seen};
use bifall::services::{Actor, ServiceError, organisations, payments};

use super::payments::{attested, build, granted};
use crate::support::{TestTenant, on_both};

async fn list(t: &TestTenant, actor: &Actor, list: List) -> Vec<views::OrderShown> {
    views::page(&t.tenant, actor, list, None).await.unwrap().orders
}

fn seen(orders: &[views::OrderShown]) -> Vec<Seen> {
    orders.iter().map(|order| Seen { order: order.line.id, hash: order.seen.clone() }).collect()
}

async fn change_account(t: &TestTenant, club: &crate::support::actors::Association<'_>) {
    let account = parse(AccountKind::Plusgiro, "28 65 43-4").unwrap().number;
    organisations::set_account(&t.tenant, &club.actor, club.id, &account).await.unwrap();
}

#[test]
fn what_has_changed_since_it_was_shown_is_refused_and_the_others_go_on() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 3).await;
        let bo = t.officer("bo").await.actor;
        let shown = list(&t, &bo, List::Review).await;
        assert_eq!(shown.len(), 3);
        change_account(&t, &clubs[1].0).await;
        let done = attest_seen(&t.tenant, &bo, Attest::Review, &seen(&shown)).await.unwrap();
        let refused: Vec<_> = done.iter().filter(|one| one.result.is_err()).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].order, t.orders(clubs[1].1).await[0].id);
        let Err(ServiceError::Refused(text)) = &refused[0].result else { panic!("{refused:?}") };
        assert!(text.sv.contains("28 65 43-4"), "{}", text.sv);
        let states = [0, 1, 2].map(|at| clubs[at].1);
        assert_eq!(t.orders(states[0]).await[0].state, "reviewed");
        assert_eq!(t.orders(states[1]).await[0].state, "draft");
        assert_eq!(t.orders(states[2]).await[0].state, "reviewed");
        t.history_holds().await;
    });
}

#[test]
fn an_account_changed_between_the_attests_sends_the_order_back_to_be_reviewed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, case) = granted(&t, 1).await.remove(0);
        t.officer("bo").await.review_all().await;
        change_account(&t, &club).await;
        let cilla = t.officer("cilla").await.actor;
        // She sees the new account, and still: the reviewer vouched for the old one.
        let shown = list(&t, &cilla, List::Attest).await;
        let done = attest_seen(&t.tenant, &cilla, Attest::Payment, &seen(&shown)).await.unwrap();
        assert!(matches!(done[0].result, Err(ServiceError::Refused(_))), "{done:?}");
        let order = t.orders(case).await.remove(0);
        assert_eq!((order.state.as_str(), order.reviewed_by, order.reviewed_hash), ("draft", None, None));
    });
}

#[test]
fn what_changed_since_it_was_attested_is_named_when_the_files_are_made() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 2).await;
        attested(&t).await;
        change_account(&t, &clubs[0].0).await;
        let cilla = t.officer("cilla").await.actor;
        let made = payments::make(&t.tenant, &cilla, Channel::Bank, None).await.unwrap();
        let order = t.orders(clubs[0].1).await.remove(0);
        assert_eq!((made.sent_back.as_slice(), order.state.as_str()), ([order.id].as_slice(), "draft"));
        assert_eq!(t.orders(clubs[1].1).await[0].batch_id, made.batch);
        let named = views::some(&t.tenant, &cilla, &made.sent_back).await.unwrap();
        assert_eq!(named.iter().map(|one| one.line.case_id).collect::<Vec<_>>(), [clubs[0].1]);
        // Who is tied to the payee is told nothing of her.
        let bo = t.officer("bo").await.actor.person().unwrap();
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, bo, clubs[0].0.id, "Kassör.").await;
        assert!(views::some(&t.tenant, &t.officer("bo").await.actor, &made.sent_back).await.unwrap().is_empty());
    });
}

#[test]
fn the_row_shows_the_account_paid_before_and_who_confirmed_the_new_one() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (club, _) = granted(&t, 1).await.remove(0);
        let bo = t.officer("bo").await.actor;
        let before = list(&t, &bo, List::Review).await.remove(0);
        assert_eq!((before.account.as_deref(), before.account_before), (Some("Bankgiro 5012-3454"), None));
        change_account(&t, &club).await;
        organisations::confirm_account(&t.tenant, &t.officer("cilla").await.actor, club.id).await.unwrap();
        let after = list(&t, &bo, List::Review).await.remove(0);
        assert_eq!(after.account_before.as_deref(), Some("Bankgiro 5012-3454"));
        assert_eq!(after.line.account_confirmer.as_deref(), Some("cilla"));
        assert_ne!(after.seen, before.seen);
        assert_eq!(after.holds.len(), 1, "a new account holds");
        assert_eq!(list(&t, &bo, List::Held).await.len(), 1);
    });
}

#[test]
fn who_is_tied_to_a_payee_neither_sees_nor_attests_nor_pays_her() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 2).await;
        let tied = t.officer("bo").await.actor.person().unwrap();
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, tied, clubs[0].0.id, "Sitter i styrelsen.").await;
        let bo = t.officer("bo").await.actor;
        let shown = list(&t, &bo, List::Review).await;
        assert_eq!(shown.iter().map(|order| order.line.organisation_id).collect::<Vec<_>>(), [clubs[1].0.id]);
        assert_eq!(views::standing(&t.tenant, &bo).await.unwrap().of("review").0, 1);
        let hers = Seen { order: t.orders(clubs[0].1).await[0].id, hash: String::new() };
        let done = attest_seen(&t.tenant, &bo, Attest::Review, &[hers]).await.unwrap();
        assert!(matches!(done[0].result, Err(ServiceError::KeptAway(_))) && done[0].number.is_empty(), "{done:?}");
        t.execute("delete from conflict_of_interest".to_owned()).await.unwrap();
        attested(&t).await;
        let cilla = t.officer("cilla").await.actor.person().unwrap();
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, cilla, clubs[0].0.id, "Syskon.").await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        assert_eq!(t.orders(clubs[0].1).await[0].state, "attested", "a colleague pays her");
        assert_eq!(t.orders(clubs[1].1).await[0].batch_id, Some(batch));
        // A batch that pays her is closed to whoever is tied to her.
        crate::support::actors::tie(&t.tenant, &t.officer("dag").await.actor, tied, clubs[1].0.id, "Kassör.").await;
        let bo = t.officer("bo").await.actor;
        assert!(matches!(views::file(&t.tenant, &bo, batch, "pain001").await, Err(ServiceError::NotFound)));
        assert!(matches!(views::batch(&t.tenant, &bo, batch).await, Err(ServiceError::NotFound)));
        assert!(views::batch_page(&t.tenant, &bo, None).await.unwrap().0[0].closed);
    });
}

#[test]
fn lists_go_page_by_page_without_gap_or_repeat() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, case) = granted(&t, 1).await.remove(0);
        // 119 more orders of the same moment, past every service: 50, 50 and 20.
        let order = t.orders(case).await.remove(0);
        for no in 2..=120_u8 {
            let id = bifall::domain::id::PaymentOrderId(uuid::Uuid::from_u128(u128::from(no)));
            let row =
                bifall::store::payments::OrderRow { id, instalment: i64::from(no), end_to_end_id: format!("BF{no}"), ..order.clone() };
            let mut tx = t.tenant.db.write().await.unwrap();
            bifall::store::payments::insert(&mut tx, &row).await.unwrap();
            tx.commit().await.unwrap();
        }
        let bo = t.officer("bo").await.actor;
        let (mut after, mut sizes, mut all) = (None, Vec::new(), std::collections::BTreeSet::new());
        loop {
            let page = views::page(&t.tenant, &bo, List::Review, after).await.unwrap();
            sizes.push(page.orders.len());
            all.extend(page.orders.iter().map(|order| order.line.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((sizes, all.len()), (vec![50, 50, 20], 120));
        // 120 times 57 kr.
        let (count, sum) = views::standing(&t.tenant, &bo).await.unwrap().of("review");
        assert_eq!((count, sum.ore()), (120, 120 * 5_700));
    });
}
