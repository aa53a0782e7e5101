use crate::support::{TestTenant, on_both};
use bifall::demo;
use bifall::store::{cases, organisations};

async fn show(t: TestTenant) {
    let begun = std::time::Instant::now();
    let seeded = demo::seed(&t.tenant).await.unwrap();
    eprintln!("{seeded:?} {:?}", begun.elapsed());
    let mut tx = t.tenant.db.read().await.unwrap();
    for case in cases::all(&mut tx).await.unwrap() {
        let name = organisations::name(&mut tx, case.organisation_id, "2026-08-20".parse().unwrap()).await.unwrap();
        let points = cases::checkpoints(&mut tx, case.id).await.unwrap();
        eprintln!(
            "{} {} {} {} {} {:?} {:?} {:?}",
            case.number, case.grant_type, name, case.state, case.received_at, case.amount_ore, case.outcome, points
        );
    }
}

#[test]
fn show_it() {
    on_both(show);
}
