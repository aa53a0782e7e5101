//! A page of text.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;

/// Paragraphs under a heading, and whom to ask.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/text.html")]
pub struct TextPage {
    /// The page around it.
    pub page: Page,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// Phone and e-mail.
    pub contact: String,
}
