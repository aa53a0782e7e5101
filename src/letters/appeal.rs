//! How a decision is appealed: two regimes that never mix.
//!
//! The texts follow kommunallagen 1 kap. 5 § and 13 kap. 1-8 §§ (legality review), förvaltningslagen
//! 33 § second paragraph and 40-47 §§ (appeal), and förvaltningsprocesslagen 3-4 §§ (what to write).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::grant::{AppealForm, ApplicantKind};
use crate::text::fluent::{Arg, plain, t};

use super::LetterError;
use super::document::Block;
use super::parts::{Head, paragraph, require};

/// How a decision is appealed, with what the text needs to be complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Appeal {
    /// Legality review: filed with the administrative court, three weeks from the announcement that
    /// the minutes are approved (kommunallagen 13 kap. 4-5 §§).
    Laglighetsprovning {
        /// The administrative court's name.
        court: String,
        /// The court's address, e-mail included, line by line.
        court_address: Vec<String>,
        /// Which minutes start the clock.
        minutes: Legality,
        /// The last day, once the announcement is known; already moved past weekends and holidays.
        last_day: Option<NaiveDate>,
    },
    /// Appeal: addressed to the court but filed with the deciding authority, three weeks from when
    /// the party received the decision (förvaltningslagen 43-44 §§).
    Forvaltningsbesvar {
        /// The administrative court's name.
        court: String,
        /// The deciding authority, as `kultur- och fritidsnämnden`.
        authority: String,
        /// The authority's address, e-mail included, line by line.
        authority_address: Vec<String>,
        /// The last day, when the day of receipt is known.
        last_day: Option<NaiveDate>,
    },
}

/// Which minutes start the clock of a legality review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Legality {
    /// A delegated decision whose meeting is not set yet.
    ToBeReported,
    /// A delegated decision that is reported at a meeting; the § is known after it.
    Reported {
        /// The meeting's date.
        meeting: NaiveDate,
        /// The § of the minutes, as `§ 57`.
        paragraph: Option<String>,
    },
    /// A decision of the committee itself.
    Decided {
        /// The meeting's date.
        meeting: NaiveDate,
        /// The § of the minutes.
        paragraph: String,
    },
}

impl Appeal {
    /// Which of the two regimes.
    #[must_use]
    pub fn form(&self) -> AppealForm {
        match self {
            Self::Laglighetsprovning { .. } => AppealForm::Laglighetsprovning,
            Self::Forvaltningsbesvar { .. } => AppealForm::Forvaltningsbesvar,
        }
    }
}

/// The appeal text: form, content, addressee and deadline.
pub(super) fn blocks(head: &Head, decided_on: NaiveDate, appeal: &Appeal) -> Result<Vec<Block>, LetterError> {
    let mut blocks = vec![Block::Annex { text: plain(head.language, "heading-appeal") }];
    match appeal {
        Appeal::Laglighetsprovning { court, court_address, minutes, last_day } => {
            require("appeal.court", court)?;
            require("appeal.court_address", &court_address.concat())?;
            blocks.extend(legality(head, decided_on, minutes, *last_day, court, court_address));
        }
        Appeal::Forvaltningsbesvar { court, authority, authority_address, last_day } => {
            require("appeal.court", court)?;
            require("appeal.authority", authority)?;
            require("appeal.authority_address", &authority_address.concat())?;
            blocks.extend(complaint(head, decided_on, court, authority, authority_address, *last_day));
        }
    }
    Ok(blocks)
}

fn legality(
    head: &Head,
    decided_on: NaiveDate,
    minutes: &Legality,
    last_day: Option<NaiveDate>,
    court: &str,
    address: &[String],
) -> Vec<Block> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let sub = |key: &str| Block::Subheading { text: plain(head.language, key) };
    let committee = || head.committee.as_str().into();
    let mut who = plain(head.language, "legality-who");
    if matches!(head.recipient.kind, ApplicantKind::Association | ApplicantKind::Company) {
        who = format!("{who} {}", plain(head.language, "legality-who-association"));
    }
    let meeting = match minutes {
        Legality::ToBeReported => say("legality-to-be-reported", &[("committee", committee())]),
        Legality::Reported { meeting, paragraph: None } => {
            say("legality-reported", &[("committee", committee()), ("date", head.day(*meeting).into())])
        }
        Legality::Reported { meeting, paragraph: Some(paragraph) } => {
            let args = [("committee", committee()), ("date", head.day(*meeting).into()), ("paragraph", paragraph.as_str().into())];
            say("legality-reported-at", &args)
        }
        Legality::Decided { meeting, paragraph } => {
            let args = [("committee", committee()), ("date", head.day(*meeting).into()), ("paragraph", paragraph.as_str().into())];
            say("legality-decided-at", &args)
        }
    };
    let deadline = match last_day {
        Some(day) => say("legality-last-day", &[("date", head.day(day).into())]),
        None => format!("{} {}", say("legality-last-day-later", &[]), say("appeal-weekend", &[])),
    };
    let mut lines = vec![court.to_owned()];
    lines.extend_from_slice(address);
    vec![
        paragraph(say("legality-what", &[])),
        sub("legality-heading-who"),
        paragraph(who),
        sub("legality-heading-tested"),
        paragraph(say("legality-tested", &[])),
        Block::List {
            items: vec![
                say("legality-ground-order", &[]),
                say("legality-ground-matter", &[]),
                say("legality-ground-power", &[]),
                say("legality-ground-law", &[]),
            ],
        },
        sub("legality-heading-when"),
        paragraph(format!("{meeting} {} {}", say("legality-clock", &[]), say("legality-arrive", &[]))),
        paragraph(deadline),
        sub("legality-heading-where"),
        paragraph(say("legality-where", &[])),
        Block::Address { lines },
        sub("legality-heading-content"),
        paragraph(say("legality-content", &[])),
        Block::List {
            items: vec![
                say("legality-content-decision", &decision_args(head, decided_on)),
                say("legality-content-grounds", &[]),
                say("legality-content-evidence", &[]),
                say("legality-content-identity", &[]),
            ],
        },
    ]
}

fn complaint(
    head: &Head,
    decided_on: NaiveDate,
    court: &str,
    authority: &str,
    address: &[String],
    last_day: Option<NaiveDate>,
) -> Vec<Block> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let sub = |key: &str| Block::Subheading { text: plain(head.language, key) };
    let to = [("to", head.to().into())];
    let deadline = match last_day {
        Some(day) => say("complaint-last-day", &[("date", head.day(day).into())]),
        None => say("appeal-weekend", &[]),
    };
    let mut lines = vec![authority.to_owned()];
    lines.extend_from_slice(address);
    vec![
        paragraph(say("complaint-what", &[("court", court.into())])),
        sub("complaint-heading-who"),
        paragraph(say("complaint-who", &to)),
        sub("complaint-heading-when"),
        paragraph(say("complaint-clock", &[("authority", authority.into()), ("to", head.to().into())])),
        paragraph(deadline),
        sub("complaint-heading-where"),
        paragraph(say("complaint-where", &[("court", court.into()), ("authority", authority.into())])),
        Block::Address { lines },
        sub("complaint-heading-content"),
        paragraph(say("complaint-content", &[])),
        Block::List {
            items: vec![
                say("complaint-content-decision", &decision_args(head, decided_on)),
                say("complaint-content-change", &[]),
                say("complaint-content-reasons", &[]),
                say("complaint-content-evidence", &[]),
                say("complaint-content-identity", &to),
            ],
        },
        paragraph(say("complaint-signature", &to)),
        sub("complaint-heading-next"),
        paragraph(say("complaint-next", &[("court", court.into())])),
    ]
}

fn decision_args(head: &Head, decided_on: NaiveDate) -> [Arg<'_>; 2] {
    [("diary_number", head.diary_number.as_str().into()), ("date", head.day(decided_on).into())]
}
