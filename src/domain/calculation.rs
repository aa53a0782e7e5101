//! Checks, rows and the account of marks: the contract between rules, pages, letters, payment and statistics.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::grant::{GrantKind, Outcome};
use super::{Localized, Money};

/// What part a row plays in a calculation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A value from the application, the register or the attendance.
    Input,
    /// A value from the parameters, shown for its own sake.
    Parameter,
    /// Quantity times rate, or a share: adds to the sum.
    Factor,
    /// The sum so far.
    Subtotal,
    /// A reduction to the highest allowed amount.
    Cap,
    /// A reduction by rule.
    Deduction,
    /// A visible rounding difference.
    Rounding,
    /// An officer's change with a reason.
    Override,
    /// The sum.
    Total,
}

impl RowKind {
    /// Whether the row's value is added to the sum; the others show figures.
    #[must_use]
    pub fn adds(self) -> bool {
        match self {
            Self::Factor | Self::Cap | Self::Deduction | Self::Rounding | Self::Override => true,
            Self::Input | Self::Parameter | Self::Subtotal | Self::Total => false,
        }
    }
}

/// One line of a calculation. Append-only: an override is a further row, never an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Stable id, the key into the grant type's texts.
    pub id: String,
    /// What part the row plays.
    pub kind: RowKind,
    /// How the row came about, in words with the case's own numbers.
    pub text: Localized,
    /// How many, where the row multiplies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Decimal>,
    /// The rate per one, where the row multiplies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
    /// The row's value in `unit`; exact.
    pub value: Decimal,
    /// `kr`, or the unit of a figure.
    pub unit: String,
    /// The paragraph of the municipality's rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// What the row rests on: ids of parameters, answers and facts, as `parameter:belopp_flicka`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<String>,
    /// Why, for an officer's override and for a row that reduces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Localized>,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// The requirement is met.
    Ok,
    /// Something an officer should look at; it does not refuse.
    Soft,
    /// Not known; goes to an officer.
    Unknown,
    /// The requirement is not met.
    Fail,
}

/// A requirement and how it came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Stable id, the key into the grant type's texts.
    pub id: String,
    /// How it came out.
    pub status: CheckStatus,
    /// What was checked, with the case's own numbers.
    pub text: Localized,
    /// What the decision says when the check fails (förvaltningslagen 32 §).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motivation: Option<Localized>,
    /// The paragraph of the municipality's rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
    /// The form field the check concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// One line of the account of marks: from imported to paid, like a bank account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// Stable id: `imported`, the filter's id, or `paid`.
    pub id: String,
    /// In words.
    pub text: Localized,
    /// Marks: positive for the first and last line, negative for what a filter cut (0 when it cut none).
    pub marks: i64,
    /// The paragraph of the filter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<String>,
}

/// When a part of the granted sum is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidWhen {
    /// On the decision.
    Decision,
    /// On an approved requisition (rekvisition) of costs.
    Requisition,
    /// On an approved report (redovisning).
    Report,
}

/// A part of the granted sum that is paid at its own time. The parts of a calculation sum to its total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutPart {
    /// Stable id, the key into the grant type's texts.
    pub id: String,
    /// What it is, in words with the case's own numbers.
    pub text: Localized,
    /// When it is paid.
    pub when: PaidWhen,
    /// How much, in öre.
    pub amount_ore: Money,
}

/// What one rule run says. The same structure serves preview, test, simulation and decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Requirements, in the order the rules put them.
    pub checks: Vec<Check>,
    /// The calculation, in the order the rules put it; the last row is the total.
    pub rows: Vec<Row>,
    /// The account of marks, when the rules used attendance.
    pub account: Vec<AccountLine>,
    /// The sum in öre.
    pub total_ore: Money,
    /// Where the rules route the case (`route` hook), when they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Parts that are paid at their own time; empty when all is paid on the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payouts: Vec<PayoutPart>,
    /// The checks by which the application is not to be tried at all (avvisning), where one of them failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dismissed: Vec<String>,
}

impl Evaluation {
    /// The sum changed by an officer: a row with her reason and a new total after it. No row is edited.
    pub fn change(&mut self, amount: Money, reason: &str) {
        let row = |id: &str, kind, text: Localized, value| Row {
            id: id.to_owned(),
            kind,
            text,
            quantity: None,
            rate: None,
            value,
            unit: "kr".to_owned(),
            paragraph: None,
            refs: Vec::new(),
            reason: None,
        };
        let text = Localized::both("Ändrat belopp", "Changed amount");
        let change = row("andring", RowKind::Override, text, amount.kronor() - self.total_ore.kronor());
        self.rows.push(Row { reason: Some(Localized::sv(reason)), ..change });
        self.rows.push(row(
            "summa_efter_andring",
            RowKind::Total,
            Localized::both("Summa efter ändring", "Sum after the change"),
            amount.kronor(),
        ));
        self.total_ore = amount;
    }

    /// How a case comes out by this calculation: the one place that gives a decision its word.
    ///
    /// A sum is granted in part when it is less than what was reckoned before anything was taken off, by rule or by an officer.
    /// What an officer gives back of a reduction is taken off no more.
    #[must_use]
    pub fn outcome(&self, kind: GrantKind) -> Outcome {
        let failed = self.checks.iter().any(|check| check.status == CheckStatus::Fail);
        match kind {
            _ if !self.dismissed.is_empty() => Outcome::Avvisning,
            _ if failed => Outcome::Avslag,
            GrantKind::Approval => Outcome::Bifall,
            GrantKind::General | GrantKind::Selective | GrantKind::Report if !self.total_ore.is_positive() => Outcome::Avslag,
            GrantKind::General | GrantKind::Selective | GrantKind::Report if self.is_reduced() => Outcome::DelvisBifall,
            GrantKind::General | GrantKind::Selective | GrantKind::Report => Outcome::Bifall,
        }
    }

    /// Whether the sum is less than it would be without what was taken off. A part of a krona that rounding takes is no reduction.
    fn is_reduced(&self) -> bool {
        let of = |wanted: &[RowKind]| self.rows.iter().filter(|row| wanted.contains(&row.kind)).map(|row| row.value).sum::<Decimal>();
        let (taken_off, rounding) = (of(&[RowKind::Deduction, RowKind::Override]), of(&[RowKind::Rounding]));
        let exact = self.total_ore.kronor() - taken_off - rounding;
        let decimals = if self.total_ore.ore() % 100 == 0 && !rounding.is_zero() { 0 } else { 2 };
        let reckoned = exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        taken_off < Decimal::ZERO && self.total_ore.kronor() < reckoned
    }

    /// The gravest status among the checks.
    #[must_use]
    pub fn worst(&self) -> CheckStatus {
        self.checks.iter().map(|check| check.status).max().unwrap_or(CheckStatus::Ok)
    }
}
