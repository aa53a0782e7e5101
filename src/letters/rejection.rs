//! The decision that an appeal is rejected, for it came too late (avvisning, förvaltningslagen 45 §).

use chrono::NaiveDate;

use super::document::{Block, Document, Fact};
use super::parts::{Head, Official, heading, paragraph, require};
use super::{Appeal, Letter, LetterError, appeal};
use crate::text::fluent::{Arg, plain, t};

/// The rejection of an appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealRejection {
    /// Who writes, to whom, about what.
    pub head: Head,
    /// The day of the decision that was appealed.
    pub decided: NaiveDate,
    /// Who appealed.
    pub appellant: String,
    /// The day the party received the decision.
    pub served: NaiveDate,
    /// The last day to appeal it.
    pub last_day: NaiveDate,
    /// The day the appeal came in.
    pub received: NaiveDate,
    /// Why it is rejected, in the decider's words.
    pub reason: String,
    /// Who decided.
    pub official: Official,
    /// The point of the delegation order.
    pub delegation_point: String,
    /// How the rejection itself is appealed.
    pub appeal: Appeal,
}

impl Letter for AppealRejection {
    fn document(&self) -> Result<Document, LetterError> {
        require("reason", &self.reason)?;
        require("official", &self.official.name)?;
        let head = &self.head;
        let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
        let fact = |key: &str, value: String| Fact { label: plain(head.language, key), value };
        let what = [("date", head.day(self.decided).into()), ("appellant", self.appellant.as_str().into())];
        let point = [("committee", head.committee.as_str().into()), ("point", self.delegation_point.as_str().into())];
        let mut blocks = vec![
            Block::Lead { text: say("rejection-lead", &[]) },
            paragraph(say("rejection-what", &what)),
            heading(say("heading-reasons", &[])),
            paragraph(say("rejection-time", &[("to", head.to().into())])),
            Block::Facts {
                items: vec![
                    fact("label-served", head.day(self.served)),
                    fact("label-last-day", head.day(self.last_day)),
                    fact("label-appeal-came", head.day(self.received)),
                ],
            },
            paragraph(self.reason.clone()),
            heading(say("heading-record", &[])),
            Block::Facts {
                items: vec![
                    fact("label-decided-on", head.day(head.date)),
                    fact("label-decided-by", self.official.text(head.language)),
                    fact("label-delegation", say("delegation-point", &point)),
                ],
            },
            paragraph(say("no-signature", &[])),
        ];
        blocks.extend(appeal::blocks(head, head.date, &self.appeal)?);
        let title = t(head.language, "title-rejection", &[("subject", head.subject().into())]);
        head.document(plain(head.language, "kind-decision"), title, blocks)
    }
}
