//! Taking in attendance, the whole path: stored sealed, read, judged, versions compared, written, committed.
//!
//! The floor pulls the same bytes through quick-xml and does nothing with them, file by file in turn with the import,
//! so that both meet the same machine.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use bifall::app::Tenant;
use bifall::domain::id::OrganisationId;
use bifall::services::Actor;
use bifall::services::attendance::{Imported, Received, import};
use bifall::services::organisations::{self, NewOrganisation};
use bifall::store::attendance::SourceKind;

use crate::city::{self, City};
use crate::measure::{judge, median, millions_a_second, peak_mib, tell, timed, times_as_long};
use crate::place::{self, Engine, Place, date, scratch, treasurer};
use crate::{floor, place::register};

/// The day of the imports: after the year they are about.
const TODAY: &str = "2027-01-15";
const ROUNDS: usize = 15;

/// The sample of a real exporter: 20 238 participant marks, gzipped.
pub async fn sample(engine: Engine) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/attendance/dak22_skojjt-v1_large.xml.gz");
    let (mut floors, mut imports, mut marks, mut bytes) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..ROUNDS {
        let place = Place::new(engine, "sample");
        place.clear().await;
        let tenant = place.open(TODAY).await;
        place::with_packages(&tenant).await;
        let scouts = scouts(&tenant).await;
        let (pulled, floor) = timed(|| floor::pull(&path));
        let (done, time) = take_in(&tenant, scouts, &path).await;
        marks = done.report.receipt.participant_marks + done.report.receipt.leader_marks;
        bytes = pulled;
        floors.push(floor);
        imports.push(time);
        tenant.db.close().await;
    }
    report(&format!("import of the large sample, {}", engine.name()), marks, bytes, median(floors), median(imports));
}

/// The year of a city, file by file.
pub async fn year(engine: Engine) {
    let city = City::at(&scratch().join(format!("city-{}", city::associations())));
    let place = Place::new(engine, "city");
    place.clear().await;
    let tenant = place.open(TODAY).await;
    place::with_packages(&tenant).await;
    let mut associations = Vec::new();
    for number in 0..city::associations() {
        associations.push(register(&tenant, number).await);
    }
    let (mut floor_time, mut import_time, mut bytes, mut marks) = (Duration::ZERO, Duration::ZERO, 0, 0);
    for (number, association) in (0_u32..).zip(&associations) {
        let path = city.file(number);
        let (pulled, floor) = timed(|| floor::pull(&path));
        let (done, time) = take_in(&tenant, *association, &path).await;
        bytes += pulled;
        marks += done.report.receipt.participant_marks + done.report.receipt.leader_marks;
        floor_time += floor;
        import_time += time;
    }
    assert_eq!(marks, city.marks, "every mark of the city is taken in");
    tenant.db.close().await;
    let what = format!("import of a city year, {}", engine.name());
    report(&what, marks, bytes, floor_time, import_time);
    let peak = peak_mib();
    judge(&format!("{what}: peak resident"), format!("{peak} MiB"), "under 300 MiB", peak < 300);
    let stored = place.bytes_of("occasion").await;
    let each = stored as f64 / marks as f64;
    judge(&format!("{what}: occasions and marks on disk"), format!("{each:.2} bytes a mark"), "under 10", each < 10.0);
    for table in ["person", "person_secret"] {
        tell(&format!("{what}: {table}, told apart"), format!("{:.2} bytes a mark", place.bytes_of(table).await as f64 / marks as f64));
    }
}

fn report(what: &str, marks: u64, bytes: u64, floor: Duration, time: Duration) {
    let ratio = times_as_long(floor, time);
    let megabytes = millions_a_second(bytes, time);
    tell(
        &format!("{what}: {marks} marks, {} MB", bytes / 1_000_000),
        format!("{megabytes:.0} MB/s, {:.2} M marks/s", millions_a_second(marks, time)),
    );
    tell(&format!("{what}: floor"), format!("{:.0} MB/s", millions_a_second(bytes, floor)));
    judge(&format!("{what}: speed to the floor"), format!("{ratio:.2}x"), "at least 0.4x of a quick-xml pull", ratio >= 0.4);
}

async fn take_in(tenant: &Tenant, organisation: OrganisationId, path: &Path) -> (Imported, Duration) {
    let begun = std::time::Instant::now();
    let received = Received::new(organisation, SourceKind::Upload, File::open(path).unwrap());
    let imported = import(tenant, &treasurer(organisation), received).await.unwrap();
    let time = begun.elapsed();
    assert!(imported.report.accepted, "{:#?}", imported.report.findings);
    (imported, time)
}

async fn scouts(tenant: &Tenant) -> OrganisationId {
    let new = NewOrganisation {
        number: "802999-9904",
        name: "Ängsholmens Scoutkår",
        kind: bifall::domain::grant::ApplicantKind::Association,
        category: Some("ungdom"),
        founded: None,
        town: "Exempelstad",
        since: date("2000-01-01"),
    };
    let id = organisations::register(tenant, &Actor::Service, new).await.unwrap();
    organisations::link(tenant, &Actor::Service, id, "dak", "4711", date("2000-01-01")).await.unwrap();
    id
}
