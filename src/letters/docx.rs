//! The Word form: for a secretary who pastes a memo into the committee's own system. Headings, lists and tables are real
//! ones, so that the paste keeps them; the archive's form is the PDF.

use std::io::{Cursor, Write};

use askama::Template;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::LetterError;
use super::document::{Align, Block, Document, Weight};

#[derive(Template)]
#[template(path = "letters/docx/document.xml")]
struct Body<'a> {
    document: &'a Document,
}

#[derive(Template)]
#[template(path = "letters/docx/styles.xml")]
struct Styles<'a> {
    document: &'a Document,
}

#[derive(Template)]
#[template(path = "letters/docx/core.xml")]
struct Core<'a> {
    document: &'a Document,
}

/// What never differs between documents.
const FIXED: [(&str, &str); 4] = [
    ("[Content_Types].xml", include_str!("../../templates/letters/docx/content_types.xml")),
    ("_rels/.rels", include_str!("../../templates/letters/docx/rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("../../templates/letters/docx/document_rels.xml")),
    ("word/numbering.xml", include_str!("../../templates/letters/docx/numbering.xml")),
];

/// A document as a .docx file. The same document gives the same bytes.
pub(super) fn render(document: &Document) -> Result<Vec<u8>, LetterError> {
    let own = [
        ("word/document.xml", Body { document }.render()?),
        ("word/styles.xml", Styles { document }.render()?),
        ("docProps/core.xml", Core { document }.render()?),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in FIXED.into_iter().chain(own.iter().map(|(name, text)| (*name, text.as_str()))) {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes()).map_err(zip::result::ZipError::Io)?;
    }
    Ok(archive.finish()?.into_inner())
}

impl Align {
    /// How the cells of such a column are set.
    fn justification(self) -> &'static str {
        match self {
            Self::Words | Self::Short => "left",
            Self::Figures => "right",
        }
    }
}

impl Weight {
    /// Whether the row is set in bold.
    fn is_bold(self) -> bool {
        match self {
            Self::Subtotal | Self::Total => true,
            Self::Quiet | Self::Plain => false,
        }
    }
}
