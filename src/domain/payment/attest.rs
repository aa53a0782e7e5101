//! Who may attest a payment: four eyes, and limits by amount and date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::id::UserId;
use crate::domain::{Localized, Money};

/// The two attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttestKind {
    /// Granskningsattest: the order agrees with its grounds.
    Review,
    /// Beslutsattest: the order may be paid.
    Payment,
}

/// A person's right to attest, as the attest list of the committee has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AttestAuthority {
    /// Who.
    pub person: UserId,
    /// Which attest.
    pub kind: AttestKind,
    /// The largest order; `None` without limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
    /// The first day it holds.
    pub from: NaiveDate,
    /// The last day it holds; `None` until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl AttestAuthority {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What the rules look at in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AttestBasis {
    /// Who decided the grant; `None` when a committee or the service did.
    pub decided_by: Option<UserId>,
    /// Who gave the granskningsattest, once it is given.
    pub reviewed_by: Option<UserId>,
    /// What is to be paid.
    pub payable: Money,
}

/// Why somebody may not attest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttestRefused {
    /// No one attests what she decided.
    #[error("the person decided the grant")]
    DecidedIt,
    /// The beslutsattest is another's than the granskningsattest.
    #[error("the person gave the first attest")]
    ReviewedIt,
    /// The granskningsattest comes first.
    #[error("the first attest is missing")]
    NotReviewed,
    /// The person has no such right on the day.
    #[error("the person has no right to attest on the day")]
    NoAuthority,
    /// The order is larger than the person may attest.
    #[error("the order is above the person's limit of {limit}")]
    AboveLimit {
        /// The most she may attest on the day.
        limit: Money,
    },
}

impl AttestRefused {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(self) -> Localized {
        match self {
            Self::DecidedIt => Localized::both(
                "Du har själv fattat beslutet och kan därför inte attestera utbetalningen. Be en kollega.",
                "You made the decision yourself and cannot attest the payment. Ask a colleague.",
            ),
            Self::ReviewedIt => Localized::both(
                "Du har själv granskat utbetalningen. Beslutsattesten måste göras av någon annan.",
                "You reviewed the payment yourself. Somebody else must release it.",
            ),
            Self::NotReviewed => Localized::both(
                "Utbetalningen är inte granskad än. Den ska granskas innan den attesteras.",
                "The payment has not been reviewed. It must be reviewed before it is released.",
            ),
            Self::NoAuthority => Localized::both(
                "Du har ingen attesträtt som gäller i dag. Kontakta den som ansvarar för attestförteckningen.",
                "You have no right to attest today. Contact whoever keeps the attest list.",
            ),
            Self::AboveLimit { limit } => {
                let limit = limit.to_string().replace('.', ",");
                Localized::both(
                    format!("Beloppet är högre än din attesträtt, som går till {limit} kr. Be någon med högre attesträtt."),
                    format!("The amount is above your limit of SEK {limit}. Ask somebody with a higher limit."),
                )
            }
        }
    }
}

/// Whether a person may give an attest on a day. Four eyes come before authority: they are what the law asks of the
/// municipality's internal control (kommunallagen 6 kap. 6 §) and hold for those without any limit too.
///
/// # Errors
/// The first [`AttestRefused`] that applies.
pub fn may_attest(
    kind: AttestKind,
    person: UserId,
    basis: &AttestBasis,
    authorities: &[AttestAuthority],
    day: NaiveDate,
) -> Result<(), AttestRefused> {
    if basis.decided_by == Some(person) {
        return Err(AttestRefused::DecidedIt);
    }
    match (kind, basis.reviewed_by) {
        (AttestKind::Payment, None) => return Err(AttestRefused::NotReviewed),
        (AttestKind::Payment, Some(reviewer)) if reviewer == person => return Err(AttestRefused::ReviewedIt),
        (AttestKind::Payment | AttestKind::Review, _) => {}
    }
    let valid = || authorities.iter().filter(|right| right.person == person && right.kind == kind && right.holds_on(day));
    if valid().any(|right| right.up_to.is_none_or(|limit| basis.payable <= limit)) {
        return Ok(());
    }
    match valid().filter_map(|right| right.up_to).max() {
        Some(limit) => Err(AttestRefused::AboveLimit { limit }),
        None => Err(AttestRefused::NoAuthority),
    }
}
