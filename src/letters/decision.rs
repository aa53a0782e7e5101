//! The decision letter's data and what must hold for it to be sent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::calculation::{AccountLine, Check, CheckStatus, PaidWhen, Row, RowKind};
use crate::domain::change::ChangeGround;
use crate::domain::grant::{AppealForm, GrantKind, Outcome};
use crate::domain::report::Settled;
use crate::domain::{Localized, Money};

use super::parts::{Head, MaskedAccount, Official, require};
use super::{Appeal, Document, Letter, LetterError, decision_text};

/// A decision as it is sent to the party (förvaltningslagen 31-33 §§).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLetter {
    /// Who writes, to whom, about what; its date is the date of the decision.
    pub head: Head,
    /// General, selective or approval: an approval has no amount.
    pub kind: GrantKind,
    /// How the case ended.
    pub outcome: Outcome,
    /// What is granted; none where nothing is, and for approvals.
    pub amount: Option<Money>,
    /// What was applied for, when the application names an amount.
    pub applied: Option<Money>,
    /// The requirements and how they came out; those that failed are given as reasons.
    pub checks: Vec<Check>,
    /// The calculation; the last row of kind total must be `amount`.
    pub rows: Vec<Row>,
    /// From imported to paid marks, when attendance was used.
    pub account: Vec<AccountLine>,
    /// What the officer or committee wrote as reasons, one paragraph each.
    pub motivation: Vec<String>,
    /// The provisions and the rules applied.
    pub basis: LegalBasis,
    /// Conditions of the grant.
    pub conditions: Vec<Localized>,
    /// Reservation that the decision may be changed or money recovered (återkallelseförbehåll,
    /// förvaltningslagen 37 § second paragraph 1); recovery is impossible without it.
    pub revocation: Option<Localized>,
    /// When and where the money comes; none where none does.
    pub payment: Option<Payment>,
    /// What a report makes of the grant that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<SettledGrant>,
    /// Who decided and who took part.
    pub record: Record,
    /// How the decision is appealed.
    pub appeal: Appeal,
    /// The decision it takes the place of, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaces>,
}

/// The decision that another takes the place of, and why (förvaltningslagen 36-39 §§).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// The day it was made.
    pub date: NaiveDate,
    /// Why it is replaced.
    pub ground: ChangeGround,
    /// The same in the decider's own words, where the reasons do not say it.
    pub why: Option<String>,
    /// What it granted.
    pub before: Money,
}

/// The provisions and the municipal rules a decision rests on (förvaltningslagen 32 §).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Provisions in words, as `2 kap. 3 § kommunallagen (likställighet)`; may be none.
    pub provisions: Vec<Localized>,
    /// The municipality's rules.
    pub rules: RuleVersion,
}

/// The municipality's rules and who decided them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVersion {
    /// The rules' title, as `Bestämmelser för aktivitetsstöd`.
    pub title: Localized,
    /// The version's name, as `2026.2`.
    pub version: String,
    /// The body that decided them.
    pub decided_by: String,
    /// When.
    pub decided_on: NaiveDate,
    /// The § of the minutes.
    pub paragraph: Option<String>,
    /// The diary number of that decision.
    pub diary_number: Option<String>,
}

/// Who decided, who reported and who took part (förvaltningslagen 31 § 3-5; the date and the content, 1-2,
/// are [`DecisionLetter::decided_on`], outcome and amount).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who decided.
    pub decided_by: Decider,
    /// Who reported the case (föredragande), when somebody did.
    pub rapporteurs: Vec<Official>,
    /// Others who took part in the final handling without deciding.
    pub present: Vec<Official>,
}

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decider {
    /// A named delegate.
    Delegate {
        /// The delegate.
        official: Official,
        /// The point of the delegation order, as `punkt 4.2`.
        delegation_point: String,
    },
    /// The committee at a meeting.
    Committee {
        /// The meeting's date.
        meeting: NaiveDate,
        /// The § of the minutes.
        paragraph: String,
    },
    /// The service itself; only where the appeal form allows it.
    Automatic,
}

/// A grant as its report settles it, and until when what is claimed back is to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledGrant {
    /// The amounts.
    #[serde(flatten)]
    pub amounts: Settled,
    /// The last day to pay back; none where nothing is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_back_by: Option<NaiveDate>,
}

/// What is said about the payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// When the money comes.
    pub when: PaymentTime,
    /// Where it comes, masked.
    pub account: Option<MaskedAccount>,
    /// Whether the recipient owes the municipality something that is taken off what is paid.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub set_off: bool,
}

/// When the money comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PaymentTime {
    /// Around a date.
    Around {
        /// The date.
        date: NaiveDate,
    },
    /// When the time for appeal has passed.
    AfterAppeal,
    /// In parts, each at its own time.
    InParts {
        /// The parts, which sum to what is granted.
        parts: Vec<PartTime>,
    },
    /// It waits for something the party can do.
    Held {
        /// For what, as a whole sentence.
        reason: Localized,
    },
}

/// A part of the grant and when it is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartTime {
    /// When.
    pub when: PaidWhen,
    /// How much.
    pub amount: Money,
}

impl Letter for DecisionLetter {
    fn document(&self) -> Result<Document, LetterError> {
        self.check()?;
        decision_text::document(self)
    }
}

impl DecisionLetter {
    /// The requirements that were not met.
    pub(super) fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.status == CheckStatus::Fail)
    }

    /// The rows that lowered the amount.
    pub(super) fn reductions(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| match row.kind {
            RowKind::Cap | RowKind::Deduction | RowKind::Override => row.value.is_sign_negative() && !row.value.is_zero(),
            RowKind::Input | RowKind::Parameter | RowKind::Factor | RowKind::Subtotal | RowKind::Rounding | RowKind::Total => false,
        })
    }

    /// The day it was decided (förvaltningslagen 31 § 1): the meeting's where the committee did, else the letter's own.
    #[must_use]
    pub fn decided_on(&self) -> NaiveDate {
        match self.record.decided_by {
            Decider::Committee { meeting, .. } => meeting,
            Decider::Delegate { .. } | Decider::Automatic => self.head.date,
        }
    }

    fn check(&self) -> Result<(), LetterError> {
        if self.appeal.form() == AppealForm::Laglighetsprovning && self.record.decided_by == Decider::Automatic {
            return Err(LetterError::AutomaticUnderLegalityReview);
        }
        if let Decider::Delegate { official, delegation_point } = &self.record.decided_by {
            require("record.decided_by", &official.name)?;
            require("record.delegation_point", delegation_point)?;
        }
        require("basis.rules.title", &self.basis.rules.title.sv)?;
        require("basis.rules.version", &self.basis.rules.version)?;
        require("basis.rules.decided_by", &self.basis.rules.decided_by)?;
        self.check_amount()?;
        self.check_reasons()
    }

    fn check_amount(&self) -> Result<(), LetterError> {
        let granted = match self.outcome {
            Outcome::Bifall | Outcome::DelvisBifall => true,
            Outcome::Avslag | Outcome::Avvisning | Outcome::Avskrivning => false,
        };
        let money = match self.kind {
            GrantKind::General | GrantKind::Selective | GrantKind::Report => true,
            GrantKind::Approval => false,
        };
        match self.amount {
            Some(amount) if !(granted && money && amount.is_positive()) => return Err(LetterError::OutcomeAndAmount),
            None if granted && money => return Err(LetterError::OutcomeAndAmount),
            Some(_) | None => {}
        }
        if self.amount.is_none() && self.payment.is_some() {
            return Err(LetterError::OutcomeAndAmount);
        }
        let total = self.rows.iter().rev().find(|row| row.kind == RowKind::Total);
        match (total, self.amount) {
            (Some(total), Some(decided)) if total.value != decided.kronor() => Err(LetterError::Sum { rows: total.value, decided }),
            (Some(_) | None, Some(_) | None) => Ok(()),
        }
    }

    fn check_reasons(&self) -> Result<(), LetterError> {
        let favourable = self.outcome == Outcome::Bifall;
        let written = self.motivation.iter().any(|paragraph| !paragraph.trim().is_empty());
        if favourable || written || self.failed().next().is_some() || self.reductions().next().is_some() {
            Ok(())
        } else {
            Err(LetterError::NoReason)
        }
    }
}
