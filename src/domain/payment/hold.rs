//! What stops a payment although the decision stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::Localized;

/// Why a payment is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The payee has a new account that nobody has confirmed.
    NewAccount,
    /// The association's yearly approval has lapsed.
    MissingApproval,
    /// A report of an earlier grant has not come in time.
    ReportOverdue,
    /// The part is paid when its requisition is accepted.
    Requisition,
    /// The part is paid when the report is accepted.
    Report,
    /// The payee owes the municipality.
    Debt,
    /// The payee is bankrupt or in liquidation.
    Bankruptcy,
    /// The announcement of the minutes has not run its time.
    AnnouncementPending,
    /// The decision is appealed before it was paid (kommunallagen 13 kap. 14 §, förvaltningslagen 35 §).
    Appealed,
    /// An officer stopped it, with words of her own.
    Manual,
}

impl HoldReason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::NewAccount,
        Self::MissingApproval,
        Self::ReportOverdue,
        Self::Requisition,
        Self::Report,
        Self::Debt,
        Self::Bankruptcy,
        Self::AnnouncementPending,
        Self::Appealed,
        Self::Manual,
    ];

    /// The word it is stored as.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NewAccount => "new_account",
            Self::MissingApproval => "missing_approval",
            Self::ReportOverdue => "report_overdue",
            Self::Requisition => "requisition",
            Self::Report => "report",
            Self::Debt => "debt",
            Self::Bankruptcy => "bankruptcy",
            Self::AnnouncementPending => "announcement_pending",
            Self::Appealed => "appealed",
            Self::Manual => "manual",
        }
    }

    /// The reason stored as a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// What it means and what releases it.
    #[must_use]
    pub fn message(self) -> Localized {
        match self {
            Self::NewAccount => Localized::both(
                "Mottagaren har ett nytt konto. Kontrollera kontot med föreningen och häv sedan spärren.",
                "The payee has a new account. Confirm it with the association, then release the hold.",
            ),
            Self::MissingApproval => Localized::both(
                "Föreningens godkännande har gått ut. Spärren hävs när föreningen är godkänd igen.",
                "The association's approval has lapsed. The hold is released when it is approved again.",
            ),
            Self::ReportOverdue => Localized::both(
                "Redovisningen av ett tidigare bidrag är försenad. Spärren hävs när den har kommit in.",
                "The report of an earlier grant is overdue. The hold is released when it has come in.",
            ),
            Self::Requisition => {
                Localized::both("Delen betalas när rekvisitionen är godkänd.", "The part is paid when the requisition is accepted.")
            }
            Self::Report => Localized::both("Delen betalas när redovisningen är godkänd.", "The part is paid when the report is accepted."),
            Self::Debt => Localized::both(
                "Mottagaren har en skuld till kommunen. Avgör om skulden ska kvittas och häv sedan spärren.",
                "The payee owes the municipality. Decide whether to set the debt off, then release the hold.",
            ),
            Self::Bankruptcy => Localized::both(
                "Mottagaren är i konkurs eller likvidation. Kontakta konkursförvaltaren eller likvidatorn innan något betalas.",
                "The payee is bankrupt or in liquidation. Contact the trustee or liquidator before anything is paid.",
            ),
            Self::AnnouncementPending => Localized::both(
                "Beslutets anslagstid har inte gått ut. Spärren hävs av sig själv när den har det.",
                "The announcement of the decision has not run its time. The hold is released by itself when it has.",
            ),
            Self::Appealed => Localized::both(
                "Beslutet är överklagat. Den som har rätt att besluta om verkställighet häver spärren.",
                "The decision is appealed. Whoever may decide on execution releases the hold.",
            ),
            Self::Manual => Localized::both(
                "En handläggare har stoppat utbetalningen. Läs anteckningen och häv spärren när skälet inte finns kvar.",
                "An officer stopped the payment. Read the note and release the hold when the reason is gone.",
            ),
        }
    }
}

/// A hold on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub reason: HoldReason,
    /// The last day it holds; `None` until somebody releases it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Hold {
    /// Whether it stops a payment on a day.
    #[must_use]
    pub fn stops_on(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}
