//! The demonstration's mailbox: what the service would have sent.

use askama::Template;

use crate::web::Page;
use crate::web::parts::Link;

/// The mailbox.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/mailbox.html")]
pub struct MailboxPage {
    /// The page around it.
    pub page: Page,
    /// The mails, the latest first.
    pub mails: Vec<MailRow>,
    /// The one that is open.
    pub open: Option<OpenMail>,
}

/// A mail in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailRow {
    /// Where it opens.
    pub href: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When it was sent.
    pub when: String,
    /// Whether it is the one that is open.
    pub current: bool,
}

/// The mail that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenMail {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When it was sent.
    pub when: String,
    /// The text, line breaks as sent.
    pub text: String,
    /// What is attached.
    pub attachments: Vec<Link>,
}
