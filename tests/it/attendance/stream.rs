//! Large files are streamed, whatever pieces they come in.

use std::io::{self, Read, Write};

use bifall::attendance::dak;
use bifall::attendance::finding::FindingCode;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::generate;
use super::samples::options;

/// Gives a few bytes at a time, of changing number, as a slow network does.
struct Trickle<'a> {
    rest: &'a [u8],
    turn: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.turn += 1;
        if self.turn.is_multiple_of(7) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = (self.turn % 977 + 1).min(into.len()).min(self.rest.len());
        let (now, rest) = self.rest.split_at(count);
        into[..count].copy_from_slice(now);
        self.rest = rest;
        Ok(count)
    }
}

#[test]
fn three_hundred_thousand_marks_in_small_pieces() {
    let mut text = Vec::new();
    let written = generate::dak22(&mut text, 300_000).unwrap();
    let outcome = dak::read(Trickle { rest: &text, turn: 0 }, &options()).unwrap();
    assert!(outcome.report.findings.is_empty(), "{:?}", outcome.report.findings.first());
    let receipt = outcome.report.receipt;
    assert_eq!(
        (receipt.occasions, receipt.participant_marks, receipt.leader_marks, receipt.persons),
        (written.occasions, written.participant_marks, written.leader_marks, written.persons)
    );
    // Lines are counted block by block; the last occasion's line is where the text has it.
    let last = outcome.file.as_ref().unwrap().occasions().last().unwrap().1;
    let line = String::from_utf8(text).unwrap().lines().position(|line| line.contains(&format!("kod=\"{}\"", last.facts.code))).unwrap();
    assert_eq!(last.line, u64::try_from(line + 1).unwrap());
}

#[test]
fn gzip_in_small_pieces_says_the_same() {
    let mut text = Vec::new();
    generate::dak22(&mut text, 2_000).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&text).unwrap();
    let packed = packed.finish().unwrap();
    let plain = dak::read(&*text, &options()).unwrap();
    let unpacked = dak::read(Trickle { rest: &packed, turn: 0 }, &options()).unwrap();
    assert_eq!(plain.file, unpacked.file);
    let cut = dak::read(&packed[..packed.len() / 2], &options()).unwrap();
    assert_eq!(cut.report.findings.last().unwrap().code, FindingCode::DamagedArchive);
}

#[test]
fn a_value_without_end_does_not_fill_the_memory() {
    let head = b"<Aktivitetskort><Kommun kommunID=\"1480\"><Foerening foereningsID=\"".as_slice();
    let outcome = dak::read(head.chain(io::repeat(b'a')), &options()).unwrap();
    assert_eq!(outcome.report.findings[0].code, FindingCode::BadLength);
}

#[test]
fn failing_sources_are_no_verdict() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let error = dak::read(b"<Aktivitetskort>".chain(Broken), &options()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}
