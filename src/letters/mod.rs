//! Letters: decisions and the other letters of a case, as HTML (the primary accessible form) and as
//! tagged PDF/UA-1 (the archive form); the list of delegated decisions and the memo to a committee, which is also a Word
//! document to be pasted elsewhere.
//!
//! A letter is pure data ([`DecisionLetter`], [`Notice`], [`DelegationList`], [`Memo`]). It becomes one
//! [`document::Document`], every word in place, and all forms are made of that, so they cannot
//! differ. The same data gives the same bytes: no clock, no random ids.

pub mod appeal;
mod calculation;
pub mod decision;
mod decision_text;
pub mod delegation_list;
pub mod document;
mod docx;
mod figures;
mod html;
pub mod mail;
pub mod memo;
pub mod notice;
pub mod parts;
mod pdf;
mod settlement_text;
pub mod words;

pub use appeal::{Appeal, Legality};
pub use decision::{Decider, DecisionLetter, LegalBasis, PartTime, Payment, PaymentTime, Record, RuleVersion, SettledGrant};
pub use delegation_list::{DelegatedDecision, DelegationList};
pub use document::Document;
pub use html::STYLESHEET;
pub use memo::{Memo, MemoLine, MemoSection};
pub use notice::{Notice, PaymentLine, PaymentNotice, Receipt};
pub use parts::{Channel, Contact, Head, MaskedAccount, NameShown, Official, Recipient};

use crate::domain::Money;
use crate::domain::money::MoneyError;

/// Why a letter cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The Word document's archive cannot be written.
    #[error(transparent)]
    Archive(#[from] zip::result::ZipError),
    /// Something the letter must say is empty; the name of the field.
    #[error("the letter lacks {0}")]
    Missing(&'static str),
    /// A decision that is subject to legality review was made by the service itself (kommunallagen 6 kap. 38 §).
    #[error("an automatic decision cannot be subject to legality review")]
    AutomaticUnderLegalityReview,
    /// A decision that is not fully favourable gives no reason (förvaltningslagen 32 §).
    #[error("the decision gives no reason for what it refuses")]
    NoReason,
    /// A decision grants nothing but has an amount or a payment, or grants and has none.
    #[error("outcome and amount do not go together")]
    OutcomeAndAmount,
    /// The rows sum to something else than the decision.
    #[error("the rows say {rows} but the decision says {decided}")]
    Sum {
        /// The value of the total row, or what the lines sum to.
        rows: rust_decimal::Decimal,
        /// The amount decided.
        decided: Money,
    },
    /// The official's name is to be omitted, but the e-mail address contains it.
    #[error("the contact's e-mail address gives away a name that is to be omitted")]
    NameInContact,
    /// The last day to answer is not after the letter's date.
    #[error("the last day to answer is not after the letter's date")]
    NoTimeToAnswer,
    /// A sum does not fit.
    #[error("a sum is too large")]
    Money(#[from] MoneyError),
    /// The HTML form failed.
    #[error("the HTML form could not be made: {0}")]
    Html(#[from] askama::Error),
    /// The PDF form failed; what the compiler says.
    #[error("the PDF form could not be made: {0}")]
    Pdf(String),
    /// The CSV form failed.
    #[error("the CSV form could not be made: {0}")]
    Csv(#[from] csv::Error),
}

/// Data that is a letter.
pub trait Letter {
    /// The letter, every word in place.
    ///
    /// # Errors
    /// [`LetterError`] when the data contradicts itself or lacks what the law demands.
    fn document(&self) -> Result<Document, LetterError>;
}

/// The letter as an HTML fragment (`<article class="letter">`) to put in a page; style it with [`STYLESHEET`].
///
/// # Errors
/// [`LetterError`] when the data contradicts itself or lacks what the law demands.
pub fn html(letter: &impl Letter) -> Result<String, LetterError> {
    html::fragment(&letter.document()?)
}

/// The letter as an HTML document of its own, to print or keep; the style sheet is inside.
///
/// # Errors
/// As [`html`].
pub fn html_document(letter: &impl Letter) -> Result<String, LetterError> {
    html::standalone(&letter.document()?)
}

/// The letter as a Word document (.docx), to be pasted into another system. The same data gives the same bytes.
///
/// # Errors
/// As [`html`]; [`LetterError::Archive`] when the file cannot be written.
pub fn docx(letter: &impl Letter) -> Result<Vec<u8>, LetterError> {
    docx::render(&letter.document()?)
}

/// The letter as tagged PDF/UA-1. The same data gives the same bytes.
///
/// Works for tens of milliseconds without yielding: async callers use `spawn_blocking`.
///
/// # Errors
/// As [`html`]; [`LetterError::Pdf`] also when the document would not be accessible.
pub fn pdf(letter: &impl Letter) -> Result<Vec<u8>, LetterError> {
    pdf::render(letter.document()?)
}
