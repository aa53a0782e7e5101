//! Pages of text that the law wants.

pub(in crate::web) mod handlers;

use askama::Template;

use crate::web::Page;
use crate::web::parts::{Action, FieldKind};

/// Headed texts.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/text.html")]
pub struct TextPage {
    /// The page around it.
    pub page: Page,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A heading and its paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// What can be sent from here.
    pub form: Option<Action>,
}
