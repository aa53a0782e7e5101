//! A letter of a case, as it was sent.

pub(in crate::web) mod handlers;

use askama::Template;
use askama::filters::HtmlSafe;

use crate::letters::{self, Letter};
use crate::web::parts::{Link, State};
use crate::web::{Error, Page};

/// The letter inside the page.
#[derive(Clone, Debug, Template)]
#[template(path = "public/letter.html")]
pub struct LetterPage {
    /// The page around it. The letter brings its own heading.
    pub page: Page,
    /// Whether it has been sent; a decision can be taken back until then.
    pub state: State,
    /// When it leaves or left, in a sentence.
    pub sending: String,
    /// The archive form.
    pub pdf: Option<Link>,
    /// The letter.
    pub body: LetterBody,
}

/// A letter's HTML as the letters' own templates made it: every inserted word is escaped there.
#[derive(Clone, Debug)]
pub struct LetterBody(String);

impl LetterBody {
    /// The letter, made now.
    ///
    /// # Errors
    /// [`Error::Internal`] when the letter contradicts itself or lacks what the law demands.
    pub fn of(letter: &impl Letter) -> Result<Self, Error> {
        letters::html(letter).map(Self).map_err(Error::internal)
    }

    /// The letter as [`letters::html`] made it once and the store has kept it, its hash verified.
    /// Never anything that a visitor wrote.
    #[must_use]
    pub fn kept(html: String) -> Self {
        Self(html)
    }
}

impl std::fmt::Display for LetterBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for LetterBody {}
