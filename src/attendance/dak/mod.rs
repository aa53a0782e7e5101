//! The reader of DAK, the interchange format of attendance systems: versions 2.1, 2.2 and the files of 2016 without namespace.
//!
//! The file is streamed: neither its bytes nor its tags are ever in memory at once. The published
//! schemas' key rules select nothing, so every reference is checked here. The order of elements is
//! not enforced, since no meaning depends on it; their presence and number are.

mod builder;
mod content;
mod draft;
mod register;
mod resolve;
mod tag;
mod value;
mod write;

use std::io::{self, Read};

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::errors::{Error as XmlError, SyntaxError};
use quick_xml::events::Event;

use super::file::AttendanceFile;
use super::finding::FindingCode;
use super::report::Report;
use super::source::{Source, SourceError, newlines};
use crate::domain::Localized;
use builder::Builder;
pub use write::write;

/// How to judge a file.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day that later occasions lie in the future of.
    pub today: NaiveDate,
    /// The municipality that receives, four digits; without it files for any are taken.
    pub municipality: Option<String>,
    /// What a missing or invalid personal number does.
    pub strictness: Strictness,
    /// The most text that is read, in bytes after unpacking.
    pub max_bytes: u64,
}

/// What a missing or invalid personal number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// That person's marks are left out, with a row in the report.
    ExcludePersons,
    /// The file is refused.
    RefuseFile,
}

/// The most text that is read when nothing else is said: 200 MB, about a million marks.
pub const DEFAULT_MAX_BYTES: u64 = 200_000_000;

impl Options {
    /// What an upload is judged by on a day.
    #[must_use]
    pub fn on(today: NaiveDate) -> Self {
        Self { today, municipality: None, strictness: Strictness::ExcludePersons, max_bytes: DEFAULT_MAX_BYTES }
    }
}

/// What came of reading a file: always a report, and the file only when it was accepted.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the file says; `None` when it was refused.
    pub file: Option<AttendanceFile>,
    /// What was found.
    pub report: Report,
}

/// Reads a file, gzipped or not, to its end and judges it.
///
/// # Errors
/// Only when the bytes cannot be had; a broken file is an [`Outcome`].
pub fn read(raw: impl Read, options: &Options) -> io::Result<Outcome> {
    let mut builder = Builder::new(options);
    match Source::open(raw, options.max_bytes) {
        Ok(source) => pull(source, &mut builder)?,
        Err(error) => broken_source(&mut builder, 0, error)?,
    }
    Ok(builder.finish())
}

/// Where the reader stands, asked only when somebody wants to know.
struct Here<'a, 's> {
    source: &'a mut Source<'s>,
    piece: &'a str,
}

impl Here<'_, '_> {
    /// The line that the tag or text just read began on.
    fn line(&mut self) -> u64 {
        let line = self.source.line();
        line.saturating_sub(newlines(self.piece.as_bytes())).max(1)
    }
}

fn pull(source: Source<'_>, builder: &mut Builder<'_>) -> io::Result<()> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().begin_piece();
        // Blanks between tags are half of what a file says; inside values they count, also around `&amp;`.
        reader.config_mut().trim_text_start = !builder.in_value();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => {
                let line = reader.get_mut().line();
                return broken_xml(builder, line, error);
            }
        };
        let flow = match &event {
            Event::Start(start) => builder.start(start, &mut Here { source: reader.get_mut(), piece: start }),
            Event::End(_) => builder.end(&mut Here { source: reader.get_mut(), piece: "" }),
            Event::Text(text) => builder.text(text, &mut Here { source: reader.get_mut(), piece: text }),
            Event::CData(text) => builder.text(text, &mut Here { source: reader.get_mut(), piece: text }),
            Event::GeneralRef(reference) => builder.reference(reference, &mut Here { source: reader.get_mut(), piece: "" }),
            Event::DocType(_) => {
                let line = reader.get_mut().line();
                builder.refuse(line, FindingCode::Doctype, doctype_text())
            }
            Event::Eof => {
                let line = reader.get_mut().line();
                builder.end_of_file(line);
                Flow::Stop
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Flow::Go,
        };
        if flow == Flow::Stop {
            return Ok(());
        }
    }
}

/// Whether reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Go,
    Stop,
}

fn broken_xml(builder: &mut Builder<'_>, line: u64, error: XmlError) -> io::Result<()> {
    match error {
        XmlError::Io(error) => {
            let kind = error.kind();
            match std::sync::Arc::try_unwrap(error) {
                Ok(error) => broken_source(builder, line, error),
                Err(shared) => Err(io::Error::new(kind, shared)),
            }
        }
        XmlError::Encoding(_) => {
            builder.refuse(line, FindingCode::Encoding, encoding_text());
            Ok(())
        }
        XmlError::Syntax(fault) => {
            let text = if fault == SyntaxError::InvalidBangMarkup { not_well_formed_text() } else { cut_off_text() };
            builder.refuse(line, FindingCode::NotWellFormed, text);
            Ok(())
        }
        XmlError::IllFormed(_) | XmlError::InvalidAttr(_) | XmlError::Escape(_) | XmlError::Namespace(_) => {
            builder.refuse(line, FindingCode::NotWellFormed, not_well_formed_text());
            Ok(())
        }
    }
}

fn broken_source(builder: &mut Builder<'_>, line: u64, error: io::Error) -> io::Result<()> {
    let (code, text) = match error.get_ref().and_then(|inner| inner.downcast_ref::<SourceError>()) {
        None => return Err(error),
        Some(SourceError::TooLarge(limit)) => (
            FindingCode::TooLarge,
            Localized::both(
                format!("Filen är större än {} MB. Dela upp den, till exempel i en fil per närvarokort.", limit / 1_000_000),
                format!("The file is larger than {} MB. Split it, for instance into one file per attendance card.", limit / 1_000_000),
            ),
        ),
        Some(SourceError::PieceTooLong) => (
            FindingCode::BadLength,
            Localized::both(
                "Ett enda värde i filen är längre än 1 MB. Filen är troligen skadad.",
                "A single value is longer than 1 MB. The file is probably damaged.",
            ),
        ),
        Some(SourceError::DamagedArchive) => (
            FindingCode::DamagedArchive,
            Localized::both(
                "Den komprimerade filen är skadad eller avbruten. Skapa filen på nytt och skicka den igen.",
                "The compressed file is damaged or cut off. Make the file again and send it once more.",
            ),
        ),
        Some(SourceError::UnknownEncoding) => (FindingCode::Encoding, encoding_text()),
    };
    builder.refuse(line, code, text);
    Ok(())
}

fn doctype_text() -> Localized {
    Localized::both(
        "Filen innehåller en dokumenttypsdeklaration (DOCTYPE), som inte tas emot av säkerhetsskäl. Ta bort raden och skicka filen igen.",
        "The file has a document type declaration (DOCTYPE), which is not received for reasons of security. Remove it and send again.",
    )
}

fn encoding_text() -> Localized {
    Localized::both(
        "Filens tecken går inte att läsa: teckenkodningen stämmer inte med vad filen själv säger. Spara filen som UTF-8.",
        "The characters of the file cannot be read: its encoding is not what it says. Save the file as UTF-8.",
    )
}

fn not_well_formed_text() -> Localized {
    Localized::both(
        "Filen är inte giltig XML här: en tagg är felskriven, saknar slut eller stängs i fel ordning. Skapa filen på nytt i ert närvarosystem.",
        "The file is not valid XML here: a tag is misspelt, lacks its end or is closed out of order. Make the file again in your attendance system.",
    )
}

fn cut_off_text() -> Localized {
    Localized::both(
        "Filen är avbruten: den slutar innan alla taggar är stängda. Skapa filen på nytt och kontrollera att hela kom med.",
        "The file is cut off: it ends before all tags are closed. Make the file again and see that all of it is sent.",
    )
}
