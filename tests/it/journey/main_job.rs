//! Import, apply, pipeline, close, decide, attest, pay: on both engines, with sums that an independent calculation gave.

use bifall::domain::Money;
use bifall::services::calculation;
use bifall::services::payments::{self, Channel};
use bifall::store::{calculations, cases, decisions};

use crate::support::actors::activity_answers;
use crate::support::{TestTenant, on_both};

const SMALL: &[u8] = include_bytes!("../../fixtures/attendance/dak22_skojjt-v1_small.xml");

async fn run(t: TestTenant) {
    let t = t.staffed().await;
    let scouts = t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let imported = scouts.upload(SMALL).await;
    assert!(imported.report.accepted, "{:#?}", imported.report.findings);
    let receipt = scouts.apply(&activity_answers(), "key-1").await;
    assert_eq!(receipt.number, "KFN 2026/2-1");
    t.work().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    let case = cases::by_id(&mut tx, receipt.case).await.unwrap().unwrap();
    let provisional = calculations::newest(&mut tx, case.id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(provisional.total_ore, Money::from_ore(205_000), "{:#?}", calculation::evaluation(&provisional).unwrap());
    assert_eq!(case.state, "awaiting_close");

    t.clock.set("2026-08-26 08:00");
    let closed = t.officer("dag").await.close_period().await;
    assert_eq!((closed.associations, closed.cases), (1, 1));
    t.work().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    let case = cases::by_id(&mut tx, receipt.case).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(case.state, "proposed");

    let decided = t.officer("anna").await.decide(&[case.id]).await;
    assert!(decided[0].result.is_ok(), "{:?}", decided[0].result);
    t.work().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    assert_eq!(cases::by_id(&mut tx, case.id).await.unwrap().unwrap().state, "proposed", "sent before the time to undo was over");
    drop(tx);
    t.clock.set("2026-08-26 09:00");
    t.work().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    assert_eq!(cases::by_id(&mut tx, case.id).await.unwrap().unwrap().state, "closed");
    let decision = decisions::standing(&mut tx, case.id).await.unwrap().unwrap();
    assert_eq!(decision.amount_ore, Money::from_ore(205_000));
    drop(tx);

    t.officer("bo").await.review_all().await;
    let cilla = t.officer("cilla").await;
    cilla.attest_all().await;
    let batch = payments::build(&t.tenant, &cilla.actor, Channel::Bank, None).await.unwrap().expect("something to pay");
    assert_eq!(payments::build(&t.tenant, &cilla.actor, Channel::Bank, None).await.unwrap(), None, "paid twice");
    let mut tx = t.tenant.db.read().await.unwrap();
    let files = bifall::store::payments::files(&mut tx, batch).await.unwrap();
    let again = payments::regenerate(&mut tx, &t.tenant, batch).await.unwrap();
    assert_eq!(files.len(), 2);
    for (file, again) in files.iter().zip(&again) {
        assert_eq!(file.bytes, again.bytes, "{} differs when made again", file.name);
    }
    let pain = String::from_utf8(files[0].bytes.clone()).unwrap();
    assert!(pain.contains("<CtrlSum>2050.00</CtrlSum>"), "{pain}");
    let report = bifall::services::history::verify(&mut tx).await.unwrap();
    assert_eq!(report.broken, []);
}

#[test]
fn an_associations_half_year_becomes_a_paid_grant() {
    on_both(run);
}
