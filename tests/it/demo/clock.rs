use bifall::demo::DemoClock;
use bifall::demo::clock::{days_from, on_the_wall, swedish};
use bifall::domain::Clock;
use bifall::services::{Actor, ServiceError, packages};
use chrono::{NaiveDateTime, TimeDelta};

use crate::support::db::moment;
use crate::support::{TestTenant, on_both};

/// The demo's clock runs with the machine's, so a moment is right to within the time a test takes.
fn near(clock: &DemoClock, text: &str) {
    let ahead = clock.now() - moment(text);
    assert!(ahead >= TimeDelta::zero() && ahead < TimeDelta::minutes(1), "{} is not {text}", clock.now());
}

async fn moves(t: TestTenant) {
    let clock = DemoClock::open(&t.tenant.db).await.unwrap();
    near(&clock, "2026-08-20 10:00");
    let tenant = t.tenant.clone().with_clock(clock.clone());
    clock.move_by(&tenant, 6).await.unwrap();
    near(&clock, "2026-08-26 10:00");
    // Another process finds the clock where it was left, and follows when told to look.
    let other = DemoClock::open(&t.tenant.db).await.unwrap();
    near(&other, "2026-08-26 10:00");
    clock.move_to(&tenant, moment("2026-09-01 07:30")).await.unwrap();
    near(&other, "2026-08-26 10:00");
    other.refresh(&t.tenant.db).await.unwrap();
    near(&other, "2026-09-01 07:30");
    // Backwards is allowed as long as nothing has happened.
    clock.move_to(&tenant, moment("2026-08-20 10:00")).await.unwrap();
    packages::import_builtin(&tenant).await.unwrap();
    let refused = clock.move_to(&tenant, moment("2026-08-20 09:59")).await;
    let Err(ServiceError::Refused(why)) = refused else { panic!("{refused:?}") };
    assert!(why.sv.starts_with("Klockan kan inte gå bakåt förbi det senaste som har hänt (2026-08-20 10:00)"), "{}", why.sv);
    near(&clock, "2026-08-20 10:00");
    clock.move_by(&tenant, -1).await.unwrap_err();
    assert!(matches!(clock.move_by(&tenant, i32::MAX).await, Err(ServiceError::Refused(_))));
    assert_eq!(Actor::Service.code(), "service");
}

#[test]
fn the_clock_moves_for_all_and_never_back_beyond_what_has_happened() {
    on_both(moves);
}

/// Summer time begins on 2026-03-29 at 02:00 and ends on 2026-10-25 at 03:00 (förordning 1979:988).
#[test]
fn days_keep_the_time_on_the_wall_over_changes_of_the_clock() {
    let utc = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc();
    assert_eq!(swedish("2026-08-20 10:00").unwrap(), utc("2026-08-20 08:00"));
    assert_eq!(days_from(utc("2026-03-28 09:00"), 1), Some(utc("2026-03-29 08:00")));
    assert_eq!(days_from(utc("2026-10-24 08:00"), 1), Some(utc("2026-10-25 09:00")));
    assert_eq!(days_from(utc("2026-10-25 09:00"), -1), Some(utc("2026-10-24 08:00")));
    let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    // 02:30 is left out in spring: walls show 03:30. In autumn it comes twice: the first, still summer time.
    assert_eq!(on_the_wall(local("2026-03-29 02:30")), utc("2026-03-29 01:30"));
    assert_eq!(on_the_wall(local("2026-10-25 02:30")), utc("2026-10-25 00:30"));
    assert!(swedish("i morgon").is_err());
}
