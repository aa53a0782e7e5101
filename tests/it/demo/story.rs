use bifall::demo::DemoClock;
use bifall::demo::story::next_milestones;
use bifall::services::packages;
use chrono::TimeDelta;

use crate::support::db::moment;
use crate::support::{TestTenant, on_both};

async fn ahead(t: TestTenant) {
    packages::import_builtin(&t.tenant).await.unwrap();
    let clock = DemoClock::open(&t.tenant.db).await.unwrap();
    let tenant = t.tenant.clone().with_clock(clock.clone());
    let found = next_milestones(&tenant).await.unwrap();
    assert_eq!(found[0].moment, moment("2026-08-25 08:00"));
    assert_eq!(found[0].label, "Sista ansökningsdag för aktivitetsstöd 2026-H1");
    assert_eq!(found[1].moment, moment("2026-08-26 08:00"));
    assert_eq!(found[1].label, "Dagen efter sista ansökningsdag: aktivitetsstöd 2026-H1 kan stängas");
    // Nothing that has passed, and nothing of the seed's story where nothing was seeded.
    clock.move_to(&tenant, found[1].moment + TimeDelta::minutes(1)).await.unwrap();
    let left = next_milestones(&tenant).await.unwrap();
    assert_eq!(left[0].label, "Sista ansökningsdag för projektbidrag kultur 2026-HOST");
    assert!(left.is_sorted());
    // Only what waits for its round to close can be closed: start-up grants are decided as they come.
    assert!(!left.iter().any(|milestone| milestone.label.contains("startbidrag") && milestone.label.contains("kan stängas")));
}

#[test]
fn milestones_lie_ahead_nearest_first() {
    on_both(ahead);
}
