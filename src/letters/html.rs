//! The HTML form.

use askama::Template;

use super::LetterError;
use super::document::{Align, Block, Document, Paper, Weight};

/// The letters' style sheet, for pages that show a fragment. It styles only `.letter`.
pub const STYLESHEET: &str = include_str!("../../templates/letters/letter.css");

#[derive(Template)]
#[template(path = "letters/fragment.html")]
struct Fragment<'a> {
    document: &'a Document,
}

#[derive(Template)]
#[template(path = "letters/standalone.html")]
struct Standalone<'a> {
    document: &'a Document,
    stylesheet: &'static str,
}

pub(super) fn fragment(document: &Document) -> Result<String, LetterError> {
    Ok(Fragment { document }.render()?)
}

pub(super) fn standalone(document: &Document) -> Result<String, LetterError> {
    Ok(Standalone { document, stylesheet: STYLESHEET }.render()?)
}

impl Align {
    /// The class of the column's cells.
    fn class(self) -> &'static str {
        match self {
            Self::Words => "letter-words",
            Self::Short => "letter-short",
            Self::Figures => "letter-figures",
        }
    }
}

impl Weight {
    /// The class of the row.
    fn class(self) -> &'static str {
        match self {
            Self::Quiet => "letter-quiet",
            Self::Plain => "letter-plain",
            Self::Subtotal => "letter-subtotal",
            Self::Total => "letter-total",
        }
    }
}

impl Paper {
    /// The class of the letter.
    fn class(self) -> &'static str {
        match self {
            Self::Portrait => "letter",
            Self::Landscape => "letter letter-wide",
        }
    }
}
