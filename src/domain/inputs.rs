//! Everything a rule run may see. A calculation is reproducible because its inputs are stored whole:
//! the canonical bytes of [`Inputs`] plus the hash of the attendance give the input hash.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::attendance::Sex;
use super::grant::ApplicantKind;
use super::period::{ActivityPeriod, DateRange};
use super::{Localized, Money};

/// An answer to a field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Answer {
    /// Short or long text, e-mail, phone, address and the like.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// One choice, by id.
    Choice(String),
    /// Many choices, by id.
    Choices(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// An amount.
    Money(Money),
    /// A date.
    Date(NaiveDate),
    /// A span of dates.
    DateRange(DateRange),
    /// An attachment, and how it comes.
    Attachment(Attachment),
    /// A repeating group, one map a repetition.
    Group(Vec<BTreeMap<String, Answer>>),
    /// A table of costs and incomes.
    Budget(Budget),
    /// Members by birth year, sex and residence.
    Members(Vec<MemberCount>),
}

/// How an attachment comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// Sent with the application: SHA-256 of the file in hexadecimal.
    Uploaded(String),
    /// Already handed in this year: SHA-256 of that file.
    OnFile(String),
    /// Promised for later.
    Later,
}

/// A table of costs and incomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Costs, in the order they were written.
    pub costs: Vec<BudgetLine>,
    /// Incomes, in the order they were written.
    pub incomes: Vec<BudgetLine>,
}

/// A line of a table of costs and incomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// What it is.
    pub text: String,
    /// How much.
    pub amount: Money,
}

/// How many members were born in a year, of a sex, resident or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCount {
    /// Year of birth.
    pub birth_year: i32,
    /// Legal sex.
    pub sex: Sex,
    /// Whether registered in the municipality.
    pub resident: bool,
    /// How many.
    pub count: i64,
}

/// The applicant as the register knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationFacts {
    /// Organisation number, ten digits.
    pub number: String,
    /// What it is.
    pub kind: ApplicantKind,
    /// When it was founded, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<NaiveDate>,
    /// The municipality of its seat, four digits, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Members as last reported; `None` when nothing was reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<MemberCount>>,
    /// Free classification in the register, such as `ungdom` or `pensionar`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// A fact about the case from elsewhere: a register, a reference table, an earlier decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Fact {
    /// Yes or no.
    YesNo(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// An amount.
    Money(Money),
    /// A date.
    Date(NaiveDate),
    /// A word.
    Text(String),
}

/// An approval that was granted, and its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The first day it holds.
    pub from: NaiveDate,
    /// The last day it holds.
    pub to: NaiveDate,
}

/// A grant that was decided earlier for the same applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierGrant {
    /// The grant type's id.
    pub grant_type: String,
    /// The period's id.
    pub period: String,
    /// What was granted.
    pub amount_ore: Money,
    /// The day of the decision, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<NaiveDate>,
}

/// An officer's change of the sum, with her reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What the sum shall be.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// What a rule run sees besides attendance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The grant type's id.
    pub grant_type: String,
    /// The period applied for.
    pub period: ActivityPeriod,
    /// The Swedish date the application was received.
    pub received: NaiveDate,
    /// The Swedish date the application was complete, when a supplement was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<NaiveDate>,
    /// The last day to be in time for this applicant: the period's, moved by weekend rule and extension.
    pub due: NaiveDate,
    /// The applicant.
    pub organisation: OrganisationFacts,
    /// What was answered; what is absent is unanswered or hidden.
    pub answers: BTreeMap<String, Answer>,
    /// Approvals, by the approval grant type's id.
    #[serde(default)]
    pub approvals: BTreeMap<String, Approval>,
    /// Facts by id.
    #[serde(default)]
    pub facts: BTreeMap<String, Fact>,
    /// Earlier grants.
    #[serde(default)]
    pub earlier: Vec<EarlierGrant>,
    /// Reference tables as frozen for this case: table id, then key, then value.
    #[serde(default)]
    pub tables: BTreeMap<String, BTreeMap<String, Decimal>>,
    /// Amount an officer has proposed for a selective grant, with her reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Proposed>,
    /// What an officer has changed the sum to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
    /// The case's part of its round's pot, once the round is shared; below zero when all sums had to be scaled down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocated: Option<Money>,
    /// What was granted by the decision that a report is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Money>,
}

/// A copy to share, for who has only borrowed them.
impl From<&Inputs> for Arc<Inputs> {
    fn from(inputs: &Inputs) -> Self {
        Self::new(inputs.clone())
    }
}

/// An officer's proposed amount for a selective grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: Localized,
}
