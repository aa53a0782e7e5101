//! How a grant type's cases are handled: approval, clashes, payment, diary, checkpoints.

use crate::domain::condition::Written;
use crate::domain::{Localized, Place};
use crate::text::definition::Located;

/// How long an approval holds, for `kind = "approval"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalSettings {
    /// The date field with the end of the association's financial year; the period's last day where none.
    pub year_end: Option<Located<String>>,
    /// How many months it holds after the end of the association's own financial year (verksamhetsår).
    pub months_after_year_end: u32,
    /// How many days before its end the association is reminded, the longest first.
    pub remind_days: Vec<u32>,
}

impl Default for ApprovalSettings {
    fn default() -> Self {
        Self { year_end: None, months_after_year_end: 18, remind_days: vec![60, 14] }
    }
}

/// What a report is about, and when it is to come, for `kind = "report"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSettings {
    /// The grant type it reports on.
    pub of: Located<String>,
    /// What its acceptance lets go of.
    pub releases: Releases,
    /// What its last day is counted from.
    pub due_after: DueAfter,
    /// How many days after that the last day is.
    pub due_days: u32,
    /// How many days before the last day the association is reminded, the longest first.
    pub remind_days: Vec<u32>,
    /// How many days after the decision what is claimed back is to be paid.
    pub pay_back_days: u32,
}

/// Which part of a grant's payment is let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Releases {
    /// What is paid on an accepted requisition; the grant stays as it was decided.
    Requisition,
    /// What is left; the report settles the grant.
    Report,
}

/// What the last day of a report is counted from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueAfter {
    /// The day the grant was decided.
    Decision,
    /// The last day of the grant's period.
    Period,
    /// A date that was answered in the grant's application, or the last day of a span of dates.
    Answer(Located<String>),
}

/// What a round's applications are ranked against the budget by. The points come from the assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The money field with what was applied for.
    pub applied: Located<String>,
    /// The choice that says what kind of application it is, such as art form.
    pub category: Option<Located<String>>,
    /// The choice that says where in the municipality, for a spread over districts.
    pub district: Option<Located<String>>,
}

/// What an expert from outside the municipality (sakkunnig) may read of an application that she is asked to score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experts {
    /// The sections, by id; never empty.
    pub sections: Vec<Located<String>>,
    /// Where it is declared.
    pub place: Place,
}

/// How registrations of one person that overlap between associations are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which registrations are compared.
    pub scope: ClashScope,
    /// How many days the associations have to answer.
    pub answer_days: u32,
    /// What applies when nobody answers.
    pub default: ClashDefault,
}

/// Which registrations are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClashScope {
    /// Overlapping time within one association.
    Within,
    /// Overlapping time within one association and between two.
    Everywhere,
}

/// What applies when nobody answers about a clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClashDefault {
    /// No registration counts.
    None,
    /// The one that began first counts.
    First,
    /// Both count.
    Both,
    /// An officer decides.
    Officer,
}

/// When and how the grant is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentSettings {
    /// When it is paid.
    pub when: PayWhen,
    /// Which way it leaves unless the payment officer chooses another.
    pub channel: PaymentChannel,
    /// The accounting string.
    pub account: AccountString,
}

/// When a granted amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayWhen {
    /// As soon as it is attested.
    AtOnce,
    /// When the time of appeal has passed.
    AfterLegalForce,
    /// When a payment officer releases it, such as after a report.
    Manual,
}

/// Which way a payment leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentChannel {
    /// A bank file (pain.001) with a ledger file (SIE 4I).
    Bank,
    /// One file to the ledger, which pays.
    Ledger,
    /// A list paid by hand.
    List,
}

/// The accounting string (kodsträng); parts the municipality does not use are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountString {
    /// Account (konto).
    pub account: Option<String>,
    /// Cost centre (ansvar).
    pub cost_centre: Option<String>,
    /// Activity (verksamhet).
    pub activity: Option<String>,
    /// Counterpart (motpart).
    pub counterpart: Option<String>,
}

/// How cases and documents are registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiarySettings {
    /// The committee's code in diary numbers, such as `KFN`.
    pub committee: String,
    /// One diary case per application or one per round.
    pub register: Register,
    /// The classification code of the municipality's plan, such as `3.4.1`.
    pub classification: Option<String>,
    /// Document types and what becomes of them.
    pub documents: Vec<DocumentType>,
}

impl Default for DiarySettings {
    fn default() -> Self {
        Self { committee: "KFN".to_owned(), register: Register::CaseEach, classification: None, documents: Vec::new() }
    }
}

/// How applications become diary cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Each application is its own diary case.
    CaseEach,
    /// A round is one diary case, with the applications as documents in it.
    CasePerRound,
}

/// A type of document and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentType {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
    /// Kept, or disposed of when.
    pub retention: Retention,
    /// The decision or plan that says so (gallringsbeslut, dokumenthanteringsplan).
    pub reference: String,
}

/// What becomes of a type of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retention {
    /// Kept for ever (bevaras).
    Keep,
    /// Disposed of (gallras) after so many years.
    Dispose {
        /// Whole years after the case was closed.
        years: u32,
    },
}

/// What sends a case to an officer although the rules could settle it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checkpoints {
    /// The share of cases drawn at random, in whole percent (0 to 100).
    pub sample_percent: u32,
    /// Conditions on answers and facts, each with the reason shown to the officer.
    pub risks: Vec<Risk>,
}

/// A risk rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// Stable id.
    pub id: String,
    /// When the case goes to an officer.
    pub when: Located<Written>,
    /// The reason in words.
    pub reason: Localized,
}

/// How a case gets its officer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// By what.
    pub by: AssignedBy,
    /// Which unit's officers come in question: the first route whose guard holds. All of the committee's where none does.
    pub routes: Vec<Route>,
}

/// By what a case gets its officer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AssignedBy {
    /// By nothing: an officer takes it.
    #[default]
    Nothing,
    /// By load: whoever has the fewest open cases gets it when a task of an officer opens.
    Load,
}

/// Which cases go to a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Which cases: a condition on answers and facts.
    pub guard: Located<Written>,
    /// The unit's id in the municipality's settings.
    pub unit: Located<String>,
}

/// Who decided the rules a version carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The body, such as `Kultur- och fritidsnämnden`.
    pub body: String,
    /// The day of the decision.
    pub date: chrono::NaiveDate,
    /// The § of the minutes.
    pub paragraph: Option<String>,
    /// The diary number of the decision.
    pub diary_number: Option<String>,
}
