//! What kinds of grant and decision there are.

use serde::{Deserialize, Serialize};

/// How a grant is decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// By rule: who meets the requirements gets what the rule says.
    General,
    /// By judgement against a budget.
    Selective,
    /// No money: the yearly approval of an association.
    Approval,
    /// A report of how another grant was used, or a requisition of a part of it: it gives no money of its own.
    Report,
}

impl GrantKind {
    /// Whether it gives money of its own: what applies to budgets, statistics and the public list of grants.
    #[must_use]
    pub const fn gives_money(self) -> bool {
        match self {
            Self::General | Self::Selective => true,
            Self::Approval | Self::Report => false,
        }
    }
}

/// How the decision is appealed. It decides the appeal text and what may be automatic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealForm {
    /// Legality review, kommunallagen 13 kap.; never a fully automatic decision (kommunallagen 6 kap. 38 §).
    Laglighetsprovning,
    /// Appeal under förvaltningslagen 40-47 §§.
    Forvaltningsbesvar,
}

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionMode {
    /// A named delegate, many cases in one sitting, each its own decision.
    BatchDelegate,
    /// The service itself; only where the appeal form allows it.
    Automatic,
    /// One officer within her delegation.
    Officer,
    /// The committee.
    Committee,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Granted as calculated or applied for.
    Bifall,
    /// Granted in part.
    DelvisBifall,
    /// Refused.
    Avslag,
    /// Not tried.
    Avvisning,
    /// Closed without trial, as when the application was withdrawn.
    Avskrivning,
}

/// Who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// An association (förening).
    Association,
    /// A company or foundation.
    Company,
    /// A single person.
    Person,
}

/// Who must sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedBy {
    /// Anybody with the role of applicant for the association.
    Role,
    /// One signatory alone.
    OneSignatory,
    /// As the association's signatory rule (firmateckning) says.
    Firmateckning,
}
