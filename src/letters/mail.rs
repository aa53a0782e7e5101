//! E-mail that says only that there is something to read: municipality, case reference and where to
//! log in. No name, no grant, no amount, no outcome: mail travels in the open.

use askama::Template;
use serde::Serialize;

use crate::domain::localized::Language;
use crate::text::fluent::{plain, t};

use super::LetterError;
use super::parts::language_tag;
use super::words::clean;

/// What an e-mail asks its reader to do. It decides subject, first sentence and the words of its one link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// To read what was written.
    #[default]
    Read,
    /// Nothing: her application has come.
    Received,
    /// To sign beside somebody else.
    Sign,
    /// To report on a grant.
    Report,
    /// To score a case, from outside the municipality.
    Assess,
}

impl Asks {
    const fn keys(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Read => ("mail-subject", "mail-message", "mail-link"),
            Self::Received => ("mail-received-subject", "mail-received-message", "mail-received-link"),
            Self::Sign => ("mail-sign-subject", "mail-sign-message", "mail-sign-link"),
            Self::Report => ("mail-report-subject", "mail-report-message", "mail-report-link"),
            Self::Assess => ("mail-assess-subject", "mail-assess-message", "mail-assess-link"),
        }
    }
}

/// What an e-mail may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The reader's language.
    pub language: Language,
    /// What its reader is to do.
    pub asks: Asks,
    /// The municipality's name.
    pub municipality: String,
    /// The case's diary number.
    pub reference: String,
    /// Where its link leads, below the address from configuration: `https://…`. Who is not logged in logs in there.
    pub login: String,
}

#[derive(Template)]
#[template(path = "letters/mail.html")]
struct Html<'a> {
    language: &'static str,
    subject: &'a str,
    greeting: String,
    message: String,
    login: &'a str,
    link: String,
    no_reply: String,
    safety: String,
    municipality: String,
}

/// The subject line, one line whatever the data.
#[must_use]
pub fn subject(mail: &Mail) -> String {
    let (municipality, reference) = (clean(&mail.municipality), clean(&mail.reference));
    t(mail.language, mail.asks.keys().0, &[("municipality", municipality.into()), ("reference", reference.into())])
}

/// The plain-text body.
#[must_use]
pub fn text(mail: &Mail) -> String {
    let say = |key| plain(mail.language, key);
    format!(
        "{}\n\n{}\n\n{}: {}\n\n{}\n{}\n\n{}\n",
        say("mail-greeting"),
        message(mail),
        say(mail.asks.keys().2),
        clean(&mail.login),
        say("mail-no-reply"),
        say("mail-safety"),
        clean(&mail.municipality),
    )
}

/// The HTML body, with the same words.
///
/// # Errors
/// [`LetterError::Html`] when the template fails, [`LetterError::Missing`] when the log-in address is no
/// web address (a `javascript:` link must never go out).
pub fn html(mail: &Mail) -> Result<String, LetterError> {
    if !(mail.login.starts_with("https://") || mail.login.starts_with("http://")) {
        return Err(LetterError::Missing("login"));
    }
    let say = |key| plain(mail.language, key);
    Ok(Html {
        language: language_tag(mail.language),
        subject: &subject(mail),
        greeting: say("mail-greeting"),
        message: message(mail),
        login: &mail.login,
        link: say(mail.asks.keys().2),
        no_reply: say("mail-no-reply"),
        safety: say("mail-safety"),
        municipality: clean(&mail.municipality),
    }
    .render()?)
}

fn message(mail: &Mail) -> String {
    t(mail.language, mail.asks.keys().1, &[("reference", clean(&mail.reference).into())])
}

/// A plain text as HTML: its paragraphs, with nothing in them that a mail program could run.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    safe.split("\n\n").map(|paragraph| format!("<p>{}</p>\n", paragraph.trim().replace('\n', "<br>"))).collect()
}
