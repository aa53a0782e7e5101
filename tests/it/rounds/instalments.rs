//! A grant that is paid in parts: each has its order, and what waits for a requisition or a report waits.

use bifall::letters::{DecisionLetter, Letter};
use bifall::services::payments::{self, Channel};
use bifall::services::standing::enter_debt;
use bifall::services::{Actor, ServiceError, verify};
use bifall::store::payments as rows;

use super::support::{applied, closed, take_into_use};
use crate::support::{TestTenant, on_both};

const GRANT: &str = "delbidrag";

/// 10,01 kr a participation; 90 percent at once, the rest when the report is approved.
const SCRIPT: &str = r#"
fn calculate(application) {
    let a = application.attendance.eligible_only("alder");
    row("deltagare", a.participants, "belopp");
    round_to("ore");
    payout_share("vid_beslutet", "andel", "decision");
    payout_rest("efter_redovisning", "report");
}
"#;

const TEXTS: &str = r#"
[deltagare]
text = "{quantity} deltagare à {rate}"
[vid_beslutet]
text = "90 procent vid beslutet"
[efter_redovisning]
text = "Resten efter redovisningen"
"#;

async fn in_use(t: &TestTenant) {
    let parameter = |id: &str, kind: &str, value: &str| {
        format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 2\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
    };
    let parameters = [
        parameter("alder", "range", "[7, 25]"),
        parameter("belopp", "money", "\"10.01\""),
        parameter("ore", "money", "\"0.01\""),
        parameter("andel", "percent", "90"),
    ];
    take_into_use(t, GRANT, SCRIPT, &parameters.concat(), TEXTS).await;
}

async fn leaves(t: &TestTenant) -> Option<i64> {
    let batch = payments::build(&t.tenant, &t.officer("cilla").await.actor, Channel::Manual, None).await.unwrap()?;
    let mut tx = t.tenant.db.read().await.unwrap();
    let orders = rows::of_batch(&mut tx, batch).await.unwrap();
    Some(orders.iter().map(|order| order.amount_ore.ore()).sum())
}

#[test]
fn ninety_percent_leaves_at_once_and_the_rest_when_somebody_says_that_the_report_is_approved() {
    on_both(|t| async move {
        let t = t.staffed().await;
        in_use(&t).await;
        let case = applied(&t, 1, GRANT, &["2026-02-03"], 3).await;
        let club = t.case(case).await.organisation_id;
        enter_debt(&t.tenant, &Actor::Service, club, bifall::domain::Money::from_kronor(5).unwrap(), "Återkrav KFN 2025/9").await.unwrap();
        t.work().await;
        closed(&t, GRANT).await;
        t.decided(case).await;
        // 3 x 10,01 = 30,03; 90 percent of it is 27,027, which is 27,03, less the debt of 5: 22,03. The rest is 3,00.
        let mut tx = t.tenant.db.read().await.unwrap();
        let decision = bifall::store::decisions::standing(&mut tx, case).await.unwrap().unwrap();
        drop(tx);
        let letter: DecisionLetter = serde_json::from_slice(&decision.letter).unwrap();
        let said = letter.document().unwrap();
        let said = format!("{said:?}").replace("\\u{a0}", " ");
        for words in ["Vi betalar 27,03 kr efter beslutet.", "Vi betalar 3 kr när er redovisning är godkänd."] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let orders = t.orders(case).await;
        assert_eq!(orders.iter().map(|order| (order.instalment, order.amount_ore.ore())).collect::<Vec<_>>(), [(1, 2_203), (2, 300)]);
        assert_ne!(orders[0].end_to_end_id, orders[1].end_to_end_id);
        let mut tx = t.tenant.db.read().await.unwrap();
        let texts: Vec<String> = rows::lines(&mut tx, orders[1].id).await.unwrap().into_iter().map(|line| line.text).collect();
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert!(texts[0].ends_with("2026-H1: Resten efter redovisningen"), "{texts:?}");
        drop(tx);

        t.officer("bo").await.review_all().await;
        t.officer("cilla").await.attest_all().await;
        assert_eq!(leaves(&t).await, Some(2_203));
        assert_eq!(leaves(&t).await, None, "the rest waits");
        let mut tx = t.tenant.db.read().await.unwrap();
        let holds = rows::holds(&mut tx, orders[1].id).await.unwrap();
        drop(tx);
        let [hold] = holds.as_slice() else { panic!("{holds:#?}") };
        assert_eq!(hold.note, "Delen betalas när redovisningen är godkänd.");
        let cilla = t.officer("cilla").await.actor;
        let silent = payments::release(&t.tenant, &cilla, hold.id, " ").await;
        assert!(matches!(silent, Err(ServiceError::Invalid(_))), "{silent:?}");
        payments::release(&t.tenant, &cilla, hold.id, "Redovisningen godkändes den 1 september.").await.unwrap();
        assert_eq!(leaves(&t).await, Some(300));
        let report = verify::verify(&t.tenant, &|_| ()).await.unwrap();
        assert!(report.sound(), "{:#?}", report.wrong);
    });
}
