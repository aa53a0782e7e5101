//! Attendance files that are larger than anything an association sends.

use std::io::{self, Cursor, Read, Write};

use bifall::attendance::dak::{self, Options};
use bifall::attendance::finding::FindingCode;
use chrono::NaiveDate;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::memory::growth_mib;
use crate::support::{TestTenant, on_both};

/// What reading may take beside the program itself: buffers, and the model of what was read so far.
const MOST_MIB: u64 = 64;
const MB: usize = 1_000_000;

fn options() -> Options {
    Options::on(NaiveDate::from_ymd_opt(2026, 8, 20).unwrap())
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Aktivitetskort \
    xmlns=\"http://sverigesforeningssystem.se/importSchema.xsd\"><Kommun kommunID=\"1480\" version=\"2.2\">\
    <Foerening foereningsID=\"4711\"><Naervarokort NaervarokortNummer=\"1\"><Aktivitet>Fotboll</Aktivitet>\
    <Lokal>Hallen</Lokal><Sammankomster>";

/// A small gzip file that inflates to so many MB: its head, then the same packed member over and over.
fn bomb(megabytes: usize) -> Vec<u8> {
    let member = |text: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text).unwrap();
        packed.finish().unwrap()
    };
    let mut bytes = member(HEAD.as_bytes());
    let mut filler = b"<!--".to_vec();
    filler.resize(MB - 3, b' ');
    filler.extend_from_slice(b"-->");
    let filler = member(&filler);
    for _ in 0..megabytes {
        bytes.extend_from_slice(&filler);
    }
    bytes
}

/// Occasions with marks without end, as they would come over a wire; every code is new.
struct Endless {
    piece: Cursor<Vec<u8>>,
    next: u32,
}

impl Endless {
    fn new() -> Self {
        Self { piece: Cursor::new(HEAD.as_bytes().to_vec()), next: 0 }
    }

    /// An occasion of 40 marks, spread out by blanks as some exporters do: 80 kB.
    fn occasion(number: u32) -> Vec<u8> {
        let mut text = format!(
            "<Sammankomst Datum=\"2026-02-03\" kod=\"k{number:09}\"><StartTid>18:00:00</StartTid><StoppTid>19:00:00</StoppTid>\
             <Aktivitet>Match</Aktivitet><Lokal>Hallen</Lokal><Typ>Match</Typ><Metod>Add</Metod><DeltagarLista>"
        );
        for person in 0..40 {
            text += &format!(
                "<Deltagare id=\"p{person:03}\">{:2000}<Handikapp>false</Handikapp><Naervarande>true</Naervarande></Deltagare>",
                ""
            );
        }
        text += "</DeltagarLista></Sammankomst>";
        text.into_bytes()
    }
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.piece.read(into)? {
            0 => {
                self.piece = Cursor::new(Self::occasion(self.next));
                self.next += 1;
                self.piece.read(into)
            }
            count => Ok(count),
        }
    }
}

#[test]
fn a_file_of_201_mb_is_refused_and_never_held() {
    let grew = growth_mib("limits::attendance::a_file_of_201_mb_is_refused_and_never_held", || {
        let outcome = dak::read(Endless::new().take(201_000_000), &options()).unwrap();
        assert!(outcome.file.is_none());
        let codes: Vec<FindingCode> = outcome.report.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [FindingCode::TooLarge]);
        let message = &outcome.report.findings[0].message;
        assert_eq!(message.sv, "Filen är större än 200 MB. Dela upp den, till exempel i en fil per närvarokort.");
        assert!(outcome.report.receipt.occasions > 2_000, "it was read as far as 200 MB: {:?}", outcome.report.receipt);
    });
    assert!(grew.is_none_or(|grew| grew < MOST_MIB), "resident memory grew by {grew:?} MiB");
}

#[test]
fn a_small_file_that_inflates_to_201_mb_is_refused_and_never_held() {
    let grew = growth_mib("limits::attendance::a_small_file_that_inflates_to_201_mb_is_refused_and_never_held", || {
        let packed = bomb(201);
        assert!(packed.len() < 2 * MB, "{} bytes", packed.len());
        let outcome = dak::read(packed.as_slice(), &options()).unwrap();
        assert!(outcome.file.is_none());
        assert_eq!(outcome.report.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [FindingCode::TooLarge]);
    });
    assert!(grew.is_none_or(|grew| grew < MOST_MIB), "resident memory grew by {grew:?} MiB");
}

#[test]
fn what_inflates_to_less_than_the_limit_is_read_to_its_end() {
    let outcome = dak::read(bomb(3).as_slice(), &Options { max_bytes: 4_000_000, ..options() }).unwrap();
    let codes: Vec<FindingCode> = outcome.report.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::NotWellFormed], "cut off, not too large");
}

async fn refused_and_kept(t: TestTenant) {
    let t = t.staffed().await;
    let scouts = t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let packed = bomb(201);
    let imported = scouts.upload(packed.clone()).await;
    assert!(!imported.report.accepted);
    assert_eq!(imported.report.findings[0].code, FindingCode::TooLarge);
    assert_eq!((imported.written, imported.withdrawn), (0, 0));
    let mut tx = t.tenant.db.read().await.unwrap();
    let rows = bifall::store::attendance::imports(&mut tx, scouts.id).await.unwrap();
    assert!(!rows[0].accepted);
    let kept = bifall::services::diary::read_file(&mut tx, &t.tenant, rows[0].file_id).await.unwrap();
    assert_eq!(kept, packed, "a refused file is a public record too: kept as it came");
}

#[test]
fn a_refused_upload_is_kept_as_it_came_and_changes_nothing() {
    on_both(refused_and_kept);
}
