//! Files that people hand in: streamed to the sealed store, judged by what is in them, never by their name.

use std::io::{Cursor, Write};

use super::{ServiceError, ServiceResult};
use crate::app::Tenant;
use crate::app::files::Writing;
use crate::app::keys::Secret;
use crate::domain::Localized;
use crate::domain::id::FileId;
use crate::forms::{Accept, AttachmentField};
use crate::store::files::FileRow;

/// How much of a file is looked at to tell what it is, in bytes.
const HEAD: usize = 4096;
/// How much an office document may hold when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 400_000_000;
/// How long a file's name is kept, in characters.
const NAME: usize = 100;

/// A file on its way in. Dropped before its end it leaves nothing.
#[derive(Debug)]
pub(super) struct Incoming {
    place: String,
    settings: AttachmentField,
    id: FileId,
    key: Secret,
    writing: Writing,
    head: Vec<u8>,
    size: u64,
}

impl Incoming {
    /// Begins to take in a file; what is wrong with it is told at `place`.
    pub(super) fn begin(tenant: &Tenant, place: &str, settings: AttachmentField) -> ServiceResult<Self> {
        let (id, key) = (FileId(tenant.ids.uuid()), Secret::random());
        let writing = tenant.files.create(id.0, &key)?;
        Ok(Self { place: place.to_owned(), settings, id, key, writing, head: Vec::new(), size: 0 })
    }

    /// Takes in a piece; an error as soon as it is larger than what is taken.
    pub(super) fn write(&mut self, piece: &[u8]) -> ServiceResult<()> {
        self.size += piece.len() as u64;
        if self.size > self.settings.max_bytes {
            return Err(too_large(&self.place, self.settings.max_bytes));
        }
        let more = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..more]);
        self.writing.write_all(piece)?;
        Ok(())
    }

    /// The stored file, if it is of a kind that is taken. Whoever does not note it removes it.
    pub(super) fn finish(self, tenant: &Tenant) -> ServiceResult<FileRow> {
        let Self { place, settings, id, key, writing, head, size } = self;
        if size == 0 {
            let message = Localized::both("Filen är tom. Välj en annan fil.", "The file is empty. Choose another file.");
            return Err(ServiceError::invalid(&place, "empty", message));
        }
        let stored = writing.finish()?;
        let kind = match sniff(&head) {
            Sniffed::Zip => office(tenant.files.get(&stored.name, &key)?),
            Sniffed::Is(kind) => Some(kind),
            Sniffed::Unknown => None,
        };
        let Some(kind) = kind.filter(|kind| settings.accept.contains(&kind.accept())) else {
            tenant.files.remove(&stored.name)?;
            return Err(wrong_kind(&place, &settings));
        };
        Ok(FileRow {
            id,
            name: stored.name.clone(),
            sha256: stored.sha256.hex(),
            size: i64::try_from(stored.size).map_err(anyhow::Error::from)?,
            media_type: kind.media_type().to_owned(),
            data_key_id: None,
            wrapped_key: tenant.keys.file.seal(id.0.as_bytes(), key.bytes()),
            stored_at: tenant.clock.now(),
        })
    }
}

/// What is said of a file above the limit.
#[must_use]
pub(super) fn too_large(field: &str, most: u64) -> ServiceError {
    let megabytes = most / 1_000_000;
    ServiceError::invalid(
        field,
        "too_large",
        Localized::both(
            format!("Filen är större än {megabytes} MB, som är det mesta. Skanna eller spara den med lägre upplösning och välj den igen."),
            format!(
                "The file is larger than {megabytes} MB, which is the most. Scan or save it at a lower resolution and choose it again."
            ),
        ),
    )
}

/// A name without folders and without characters that hide or turn text.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain =
        |c: char| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let kept: String = last.chars().filter(|c| plain(*c)).take(NAME).collect();
    if kept.trim().is_empty() { "fil".to_owned() } else { kept.trim().to_owned() }
}

/// A kind of file, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pdf,
    Png,
    Jpeg,
    Docx,
    Odt,
    Xlsx,
    Ods,
    Csv,
}

enum Sniffed {
    Is(Kind),
    Zip,
    Unknown,
}

impl Kind {
    const fn accept(self) -> Accept {
        match self {
            Self::Pdf => Accept::Pdf,
            Self::Png | Self::Jpeg => Accept::Image,
            Self::Docx | Self::Odt => Accept::Document,
            Self::Xlsx | Self::Ods | Self::Csv => Accept::Sheet,
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
        }
    }
}

fn sniff(head: &[u8]) -> Sniffed {
    if head.starts_with(b"%PDF-") {
        Sniffed::Is(Kind::Pdf)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Sniffed::Is(Kind::Png)
    } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
        Sniffed::Is(Kind::Jpeg)
    } else if head.starts_with(b"PK\x03\x04") {
        Sniffed::Zip
    } else if is_table(head) {
        Sniffed::Is(Kind::Csv)
    } else {
        Sniffed::Unknown
    }
}

/// Text in lines whose first one has a separator; a page of a browser's language is none.
fn is_table(head: &[u8]) -> bool {
    let text = head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\r' | b'\n'));
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let start = head.iter().find(|byte| !byte.is_ascii_whitespace());
    text && start != Some(&b'<') && first.iter().any(|byte| matches!(byte, b';' | b',' | b'\t'))
}

/// Which office document a packed file is, by what it holds.
fn office(bytes: Vec<u8>) -> Option<Kind> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let unpacked = archive.decompressed_size().unwrap_or(u128::MAX);
    if unpacked > u128::from(MOST_UNPACKED) {
        return None;
    }
    let has = |archive: &zip::ZipArchive<Cursor<Vec<u8>>>, name: &str| archive.index_for_name(name).is_some();
    if has(&archive, "word/document.xml") {
        return Some(Kind::Docx);
    }
    if has(&archive, "xl/workbook.xml") {
        return Some(Kind::Xlsx);
    }
    let mut word = String::new();
    let mimetype = archive.by_name("mimetype").ok()?;
    std::io::Read::read_to_string(&mut std::io::Read::take(mimetype, 100), &mut word).ok()?;
    [Kind::Odt, Kind::Ods].into_iter().find(|kind| word.trim() == kind.media_type())
}

fn wrong_kind(place: &str, settings: &AttachmentField) -> ServiceError {
    let words = |pick: fn(&Accept) -> &'static str| settings.accept.iter().map(pick).collect::<Vec<_>>();
    let sv = words(|accept| match accept {
        Accept::Pdf => "PDF",
        Accept::Image => "bild (PNG eller JPEG)",
        Accept::Document => "textdokument (DOCX eller ODT)",
        Accept::Sheet => "kalkylark (XLSX, ODS eller CSV)",
    });
    let en = words(|accept| match accept {
        Accept::Pdf => "PDF",
        Accept::Image => "picture (PNG or JPEG)",
        Accept::Document => "text document (DOCX or ODT)",
        Accept::Sheet => "spreadsheet (XLSX, ODS or CSV)",
    });
    let (sv, en) = (sv.join(", "), en.join(", "));
    ServiceError::invalid(
        place,
        "wrong_kind",
        Localized::both(
            format!("Filen går inte att ta emot här. Det här går bra: {sv}. Spara om filen i något av formaten och välj den igen."),
            format!("The file cannot be taken here. These are fine: {en}. Save the file in one of these forms and choose it again."),
        ),
    )
}
