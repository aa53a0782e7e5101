//! What became of payments: the bank's report, what is entered by hand, and what is made again.

use bifall::domain::id::PaymentBatchId;
use bifall::services::payments::views::{self, List};
use bifall::services::payments::{self, Channel, Told, import_report, mark, pay_again};
use bifall::services::{ServiceError, verify};
use bifall::store::payments as rows;

use super::payments::{attested, build, granted};
use crate::support::{TestTenant, on_both};

/// A status report as banks write it, with a group status and a status for some payments.
fn report(batch: &str, group: &str, payments: &[(&str, &str, &str)]) -> Vec<u8> {
    let told = payments.iter().map(|(reference, status, code)| {
        let reason = if code.is_empty() {
            String::new()
        } else {
            format!("<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn><AddtlInf>Kontot är avslutat</AddtlInf></StsRsnInf>")
        };
        format!("<TxInfAndSts><OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>{reason}</TxInfAndSts>")
    });
    let status = if group.is_empty() { String::new() } else { format!("<GrpSts>{group}</GrpSts>") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>BANK1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{batch}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>{status}\
         </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch}-P1</OrgnlPmtInfId>{}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>",
        told.collect::<String>()
    )
    .into_bytes()
}

async fn number(t: &TestTenant, batch: PaymentBatchId) -> String {
    let mut tx = t.tenant.db.read().await.unwrap();
    rows::batch_by_id(&mut tx, batch).await.unwrap().unwrap().number
}

async fn verified(t: &TestTenant) {
    let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
    assert!(report.sound(), "{:#?}", report.wrong);
}

#[test]
fn a_report_settles_each_payment_and_a_refusal_becomes_a_task_and_a_payment_of_its_own() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 3).await;
        attested(&t).await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        let number = number(&t, batch).await;
        let cilla = t.officer("cilla").await.actor;
        let reference = |order: &rows::OrderRow| order.end_to_end_id.clone();
        let (one, two) = (t.orders(clubs[0].1).await.remove(0), t.orders(clubs[1].1).await.remove(0));
        let file = report(&number, "PART", &[(&reference(&one), "ACSC", ""), (&reference(&two), "RJCT", "AC04"), ("BFOKAND", "ACCP", "")]);
        let imported = import_report(&t.tenant, &cilla, &file).await.unwrap();
        assert_eq!((imported.accepted, imported.rejected, imported.unchanged), (1, 1, 1));
        assert_eq!(imported.foreign, ["BFOKAND"]);
        assert_eq!(t.orders(clubs[0].1).await[0].state, "booked");
        assert_eq!(t.orders(clubs[1].1).await[0].state, "rejected");
        assert_eq!(t.orders(clubs[2].1).await[0].state, "exported", "nothing was said of it");
        let tasks = t.open_tasks(clubs[1].1).await;
        assert_eq!(tasks.iter().map(|task| task.task.as_str()).collect::<Vec<_>>(), ["failed_payment"]);
        let shown = views::page(&t.tenant, &cilla, List::Trouble, None).await.unwrap().orders.remove(0);
        let told = shown.outcome.unwrap();
        assert_eq!((told.code.as_deref(), told.reason.as_str()), (Some("AC04"), "Kontot är avslutat"));

        // The same file once more changes nothing.
        let again = import_report(&t.tenant, &cilla, &file).await.unwrap();
        assert_eq!((again.accepted, again.rejected), (0, 0));
        assert_eq!(t.open_tasks(clubs[1].1).await.len(), 1);

        // Nothing is sent again by itself; by hand it is a new order with a reference of its own.
        assert_eq!(build(&t, Channel::Bank).await, None);
        let new = pay_again(&t.tenant, &cilla, two.id).await.unwrap();
        assert!(matches!(pay_again(&t.tenant, &cilla, two.id).await, Err(ServiceError::Refused(_))), "once");
        let orders = t.orders(clubs[1].1).await;
        assert_eq!(orders.iter().map(|order| order.state.as_str()).collect::<Vec<_>>(), ["rejected", "draft"]);
        assert_eq!((orders[1].id, orders[1].amount_ore, orders[1].replaces), (new, two.amount_ore, Some(two.id)));
        assert_ne!(orders[1].end_to_end_id, two.end_to_end_id);
        assert_eq!(views::standing(&t.tenant, &cilla).await.unwrap().of("trouble").0, 0);
        attested(&t).await;
        let second = build(&t, Channel::Bank).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let sent = rows::of_batch(&mut tx, second).await.unwrap();
        assert_eq!(sent.iter().map(|order| order.id).collect::<Vec<_>>(), [new]);
        drop(tx);
        // The first batch reconciles: 57 paid, 57 open, 57 refused.
        let shown = views::batch(&t.tenant, &cilla, batch).await.unwrap();
        let mut states: Vec<_> = shown.states.iter().map(|(state, count, sum)| (state.code(), *count, sum.ore())).collect();
        states.sort_unstable();
        assert_eq!(states, [("booked", 1, 5_700), ("exported", 1, 5_700), ("rejected", 1, 5_700)]);
        t.history_holds().await;
        verified(&t).await;
    });
}

#[test]
fn what_nobody_knows_the_outcome_of_is_never_sent_again() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        build(&t, Channel::Bank).await.unwrap();
        let cilla = t.officer("cilla").await.actor;
        let order = t.orders(case).await.remove(0);
        mark(&t.tenant, &cilla, order.id, Some(Told::Unknown), "Banken svarar inte.").await.unwrap();
        assert_eq!(build(&t, Channel::Bank).await, None);
        assert!(matches!(pay_again(&t.tenant, &cilla, order.id).await, Err(ServiceError::Refused(_))));
        attested(&t).await;
        assert_eq!(build(&t, Channel::Bank).await, None);
        // The answer came late after all.
        mark(&t.tenant, &cilla, order.id, Some(Told::Booked), "").await.unwrap();
        assert_eq!(t.orders(case).await.len(), 1);
        assert!(
            matches!(mark(&t.tenant, &cilla, order.id, Some(Told::Rejected), "Nej").await, Err(ServiceError::Refused(_))),
            "paid is paid"
        );
    });
}

#[test]
fn a_return_is_told_with_its_reason_by_whoever_makes_payments() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, case) = granted(&t, 1).await.remove(0);
        attested(&t).await;
        build(&t, Channel::Manual).await.unwrap();
        let order = t.orders(case).await.remove(0).id;
        let cilla = t.officer("cilla").await.actor;
        mark(&t.tenant, &cilla, order, Some(Told::Booked), "").await.unwrap();
        for (told, reason) in [(None, "Ja"), (Some(Told::Returned), "  ")] {
            let refused = mark(&t.tenant, &cilla, order, told, reason).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        }
        let anna = t.officer("anna").await.actor;
        assert!(matches!(mark(&t.tenant, &anna, order, Some(Told::Returned), "Ja").await, Err(ServiceError::Refused(_))));
        mark(&t.tenant, &cilla, order, Some(Told::Returned), "Kontot är avslutat.").await.unwrap();
        assert_eq!(t.open_tasks(case).await.len(), 1);
        pay_again(&t.tenant, &cilla, order).await.unwrap();
        verified(&t).await;
    });
}

#[test]
fn a_refused_file_refuses_every_payment_in_it_and_what_is_no_report_changes_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let clubs = granted(&t, 2).await;
        attested(&t).await;
        let batch = build(&t, Channel::Bank).await.unwrap();
        let number = number(&t, batch).await;
        let bo = t.officer("bo").await.actor;
        let good = report(&number, "RJCT", &[]);
        let cut = &good[..good.len() - 30];
        let doctype = [b"<!DOCTYPE a [<!ENTITY x \"y\">]>".as_slice(), &good[38..]].concat();
        for bad in [b"".as_slice(), b"hej", cut, &doctype, b"<Document/>", &report("UTB-2026-999999", "RJCT", &[])] {
            let refused = import_report(&t.tenant, &bo, bad).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{refused:?}");
        }
        assert_eq!(t.orders(clubs[0].1).await[0].state, "exported");
        // A code nobody knows settles nothing.
        let odd = import_report(&t.tenant, &bo, &report(&number, "XXXX", &[])).await.unwrap();
        assert_eq!((odd.accepted, odd.rejected, odd.unchanged), (0, 0, 2));
        let imported = import_report(&t.tenant, &bo, &good).await.unwrap();
        assert_eq!((imported.accepted, imported.rejected), (0, 2));
        assert!(matches!(payments::import_report(&t.tenant, &t.officer("dag").await.actor, &good).await, Err(ServiceError::Refused(_))));
    });
}
