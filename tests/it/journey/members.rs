//! Member lists: kept sealed, judged by row, counted as dated facts.

use std::io::Cursor;

use bifall::attendance::finding::FindingCode;
use bifall::domain::attendance::Sex;
use bifall::domain::inputs::MemberCount;
use bifall::domain::person_number::PersonNumber;
use bifall::integrations::population::Protection;
use bifall::services::members::{self, Imported, Received};
use bifall::services::population::{self, Resident};
use bifall::services::verify::verify;
use bifall::services::{Actor, ServiceError, ServiceResult};
use bifall::store::{members as rows, organisations};
use encoding_rs::WINDOWS_1252;

use crate::support::actors::{Association, day};
use crate::support::dak::{Person, boy, girl, girls};
use crate::support::{TestTenant, on_both};

const SAMPLE: &str = include_str!("../../fixtures/attendance/medlemmar_goteborg_skojjt-v1_6kol.csv");
const HEAD_2026: &str = "Förnamn;Efternamn;Personnummer;Har funktionsnedsättning";

async fn send_as(t: &TestTenant, actor: &Actor, club: &Association<'_>, as_of: &str, list: impl Into<Vec<u8>>) -> ServiceResult<Imported> {
    let received = Received { organisation: club.id, as_of: day(as_of), bytes: Box::new(Cursor::new(list.into())) };
    members::import(&t.tenant, actor, received).await
}

async fn send(t: &TestTenant, club: &Association<'_>, as_of: &str, list: impl Into<Vec<u8>>) -> Imported {
    send_as(t, &club.actor, club, as_of, list).await.unwrap()
}

async fn counted(t: &TestTenant, club: &Association<'_>, on: &str) -> Vec<MemberCount> {
    let mut tx = t.tenant.db.read().await.unwrap();
    organisations::members(&mut tx, club.id, day(on)).await.unwrap().unwrap_or_default()
}

fn of(birth_year: i32, sex: Sex, resident: bool, count: i64) -> MemberCount {
    MemberCount { birth_year, sex, resident, count }
}

/// A list as the exporters of 2026 write it.
fn list_of(persons: &[Person]) -> String {
    let rows = persons.iter().map(|person| {
        let number = person.number();
        format!("Åsa;Öberg;{}-{};Ja\r\n", &number[..8], &number[8..])
    });
    format!("\u{feff}{HEAD_2026}\r\n{}", rows.collect::<String>())
}

#[test]
fn the_list_of_2023_is_counted_the_same_in_every_encoding() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let forms: [(&str, Vec<u8>); 4] = [
            ("2025-12-28", SAMPLE.as_bytes().to_vec()),
            ("2025-12-29", [b"\xEF\xBB\xBF", SAMPLE.as_bytes()].concat()),
            ("2025-12-30", WINDOWS_1252.encode(SAMPLE).0.into_owned()),
            ("2025-12-31", SAMPLE.replace('\n', "\r\n").into_bytes()),
        ];
        for (as_of, bytes) in forms {
            let report = send(&t, &club, as_of, bytes).await.report;
            assert!(report.accepted && report.findings.is_empty(), "{as_of}: {:#?}", report.findings);
            assert_eq!(report.members, 22);
            // By hand from the file: the register knows nobody of them, so the list's own word on residence counts.
            assert_eq!(counted(&t, &club, as_of).await, sample_counts(), "{as_of}");
        }
        assert!(counted(&t, &club, "2025-12-27").await.is_empty(), "counted for a day before the list");
        assert!(verify(&t.tenant, &|_| {}).await.unwrap().sound());
    });
}

#[test]
fn the_list_of_2026_is_counted_by_what_the_register_says_of_residence() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let says = |person: Person, municipality: &str, protection| Resident {
            number: PersonNumber::parse(&person.number()).unwrap(),
            as_of: day("2020-01-01"),
            municipality: Some(municipality.to_owned()),
            protection,
        };
        let register = [
            says(girl(0), "1480", None),
            says(girl(1), "1480", None),
            says(girl(2), "1402", None),
            // Registered here, but nobody may tell: she is counted as anybody whom the register does not know.
            says(boy(3), "1480", Some(Protection::Marked)),
        ];
        population::fill(&t.tenant, &Actor::Service, &register).await.unwrap();
        let report = send(&t, &club, "2026-06-30", list_of(&[girl(0), girl(1), girl(2), boy(3), boy(4)])).await.report;
        assert_eq!((report.accepted, report.members, report.findings.len()), (true, 5, 0));
        let expected = [of(2014, Sex::Male, false, 2), of(2014, Sex::Female, false, 1), of(2014, Sex::Female, true, 2)];
        assert_eq!(counted(&t, &club, "2026-06-30").await, expected);
        // A list of the same day takes the place of the one before.
        send(&t, &club, "2026-06-30", list_of(&[girl(0)])).await;
        assert_eq!(counted(&t, &club, "2026-12-31").await, [of(2014, Sex::Female, true, 1)]);
    });
}

#[test]
fn rows_that_cannot_count_are_named_by_line_and_the_others_count() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let (good, wrong) = (girl(0).number(), format!("{}9", &boy(1).number()[..11]));
        let text = format!("{HEAD_2026}\nÅsa;Öberg;{good};Nej\nBo;Ek;;Nej\nCia;Ek;{wrong};Nej\nÅsa;Öberg;{good};Nej\n");
        let report = send(&t, &club, "2026-06-30", text.clone()).await.report;
        assert_eq!((report.accepted, report.members), (true, 1));
        let found: Vec<(u64, FindingCode)> = report.findings.iter().map(|finding| (finding.line, finding.code)).collect();
        let codes = [FindingCode::PersonNumberMissing, FindingCode::PersonNumberInvalid, FindingCode::DuplicateMark];
        assert_eq!(found, [(3, codes[0]), (4, codes[1]), (5, codes[2])]);
        assert!(report.findings.iter().all(|finding| !finding.message.sv.contains(&good[8..])), "a whole number is told");
        // She who sent it sees whom it was about; the staff and the report that stays do not.
        assert_eq!(report.findings[0].name.as_ref().unwrap().given, "Bo");
        let keyed = send_as(&t, &t.officer("anna").await.actor, &club, "2026-06-30", text).await.unwrap();
        assert!(keyed.report.findings.iter().all(|finding| finding.name.is_none()));
        let (row, stays) = members::report(&t.tenant, &club.actor, keyed.id).await.unwrap();
        assert_eq!(stays.findings.len(), 3);
        assert!(!String::from_utf8(row.report).unwrap().contains("Cia"));
        assert_eq!(counted(&t, &club, "2026-06-30").await, [of(2014, Sex::Female, false, 1)]);
    });
}

#[test]
fn a_refused_list_is_kept_and_changes_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        send(&t, &club, "2026-06-30", list_of(&girls(0, 20))).await;
        let before = counted(&t, &club, "2026-08-20").await;
        for (bytes, code) in [
            ("Namn;Nummer\nÅsa;1\n".to_owned(), FindingCode::Missing),
            (format!("{HEAD_2026}\nÅsa;Öberg;20140101;Nej\n"), FindingCode::PersonNumberInvalid),
            (String::new(), FindingCode::Missing),
        ] {
            let report = send(&t, &club, "2026-08-20", bytes).await.report;
            assert!(!report.accepted && report.members == 0);
            assert!(report.findings.iter().any(|finding| finding.code == code), "{:#?}", report.findings);
        }
        assert_eq!(counted(&t, &club, "2026-08-20").await, before);
        let future = send_as(&t, &club.actor, &club, "2026-08-21", list_of(&girls(0, 2))).await;
        assert!(matches!(&future, Err(ServiceError::Invalid(found)) if found[0].place == "as_of"), "{future:?}");
        let stranger = t.club(2).await;
        let foreign = send_as(&t, &stranger.actor, &club, "2026-08-20", list_of(&girls(0, 2))).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)));
        let mut tx = t.tenant.db.read().await.unwrap();
        let kept = rows::of_organisation(&mut tx, club.id).await.unwrap();
        assert_eq!(kept.iter().map(|row| row.accepted).collect::<Vec<_>>(), [false, false, false, true]);
        drop(tx);
        let report = verify(&t.tenant, &|_| {}).await.unwrap();
        assert!(report.sound() && report.files >= 4, "{:#?}", report.wrong);
        t.history_holds().await;
    });
}

#[test]
fn nothing_of_a_list_is_readable_and_disposal_takes_the_file() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        send(&t, &club, "2026-06-30", list_of(&girls(0, 20))).await;
        for entry in std::fs::read_dir(t.folder.path().join("files")).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(8).any(|window| window == &girl(0).number().as_bytes()[..8]), "a birth date can be read");
        }
        let destroyed = "update data_key set wrapped = null, destroyed_at = '2036-01-01 00:00:00+00:00'";
        t.execute(destroyed.to_owned()).await.unwrap();
        let report = verify(&t.tenant, &|_| {}).await.unwrap();
        assert_eq!((report.sound(), report.files_disposed), (true, 1));
        assert_eq!(counted(&t, &club, "2026-06-30").await.iter().map(|count| count.count).sum::<i64>(), 20);
    });
}

#[test]
fn a_list_that_names_a_protected_person_is_reserved() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let protected = Resident {
            number: PersonNumber::parse(&girl(1).number()).unwrap(),
            as_of: day("2020-01-01"),
            municipality: None,
            protection: Some(Protection::Registered),
        };
        population::fill(&t.tenant, &Actor::Service, &[protected]).await.unwrap();
        let (hers, other) =
            (send(&t, &club, "2026-06-30", list_of(&girls(0, 3))).await, send(&t, &club, "2026-06-30", list_of(&girls(5, 3))).await);
        let anna = t.officer("anna").await.actor;
        assert!(matches!(members::report(&t.tenant, &anna, hers.id).await, Err(ServiceError::Refused(_))));
        members::report(&t.tenant, &anna, other.id).await.unwrap();
        members::report(&t.tenant, &club.actor, hers.id).await.unwrap();
        let listed = members::lists(&t.tenant, &anna, club.id).await.unwrap();
        assert_eq!(listed.iter().filter(|row| row.report.is_empty()).count(), 1);
    });
}

/// The sample's 22 members: no two of the same year, sex and residence. Reckoned from the file by another program.
fn sample_counts() -> Vec<MemberCount> {
    let (f, m) = (Sex::Female, Sex::Male);
    let members = [
        (1971, m, true),
        (1984, f, true),
        (1999, m, false),
        (2004, m, true),
        (2011, m, true),
        (2011, f, true),
        (2012, f, true),
        (2013, m, false),
        (2014, m, true),
        (2014, f, false),
        (2015, m, true),
        (2015, f, false),
        (2015, f, true),
        (2016, m, false),
        (2016, m, true),
        (2016, f, true),
        (2017, m, false),
        (2017, f, true),
        (2018, m, true),
        (2018, f, false),
        (2019, f, true),
        (2020, f, true),
    ];
    members.map(|(year, sex, resident)| of(year, sex, resident, 1)).to_vec()
}
