//! The PDF form: typst with our own fonts, one template and the letter as one JSON file.
//!
//! The letter's words reach the template as data and are set as text; they are never read as
//! markup, so no name can become code. There is no network, no package and no clock in this world.

use std::sync::LazyLock;

use chrono::Datelike;
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::domain::canonical::{self, Sha};

use super::LetterError;
use super::document::Document;
use super::words;

const TEMPLATE: &str = include_str!("../../templates/letters/letter.typ");

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 2] =
        [include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf"), include_bytes!("../../assets/fonts/SourceSans3-SemiBold.ttf")];
    files.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("letter.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| file_id("letter.json"));

/// Everything the template can reach.
struct LetterWorld {
    source: Source,
    json: Bytes,
}

impl World for LetterWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The document as PDF/UA-1.
pub(super) fn render(document: Document) -> Result<Vec<u8>, LetterError> {
    let date = document.date;
    let document = document.map_text(|text| words::settable(text, has_glyph));
    let json = canonical::to_bytes(&document).map_err(|error| LetterError::Pdf(error.to_string()))?;
    let ident = Sha::of(&json).hex();
    let world = LetterWorld { source: Source::new(*MAIN, TEMPLATE.to_owned()), json: Bytes::new(json) };
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Bifall".to_owned())),
        timestamp: noon(date).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| LetterError::Pdf(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let compiled = typst::compile(&world);
    let pdf = compiled.output.and_then(|pages| typst_pdf::pdf(&pages, &options));
    // The compiler remembers what it has laid out. The template is worth remembering, a letter is not:
    // what the last few letters did not use is forgotten, so that memory does not grow with them.
    comemo::evict(4);
    pdf.map_err(|errors| LetterError::Pdf(describe(&errors)))
}

fn noon(date: chrono::NaiveDate) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year(), month, day, 12, 0, 0)
}

fn has_glyph(c: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a valid path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn describe(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}
