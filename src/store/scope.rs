//! What a list may hold: a query over many rows takes it in its signature, so that an unscoped one does not compile.

use crate::domain::conflict::{CaseRef, Kept};
use crate::domain::id::OrganisationId;

/// Whose rows somebody may see in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One association's own.
    Association(OrganisationId),
    /// Everybody's, save what a member of the staff must keep away from (jäv).
    Staff {
        /// The associations and cases left out.
        except: Kept,
    },
}

impl Scope {
    /// Whether a row that belongs to an association and to no case may be seen.
    #[must_use]
    pub fn holds(&self, organisation: OrganisationId) -> bool {
        match self {
            Self::Association(own) => *own == organisation,
            Self::Staff { except } => !except.from_organisation(organisation),
        }
    }

    /// Whether a row of a case may be seen.
    #[must_use]
    pub fn holds_case(&self, about: CaseRef) -> bool {
        match self {
            Self::Association(own) => *own == about.applicant,
            Self::Staff { except } => !except.from_case(about),
        }
    }
}

/// Rows of a case say which: what must be known to tell who is kept from it.
macro_rules! about_a_case {
    ($($row:ty: $case:ident),* $(,)?) => {$(
        impl $row {
            /// Whose case it is about: what must be known to tell who is kept from it.
            #[must_use]
            pub const fn about(&self) -> CaseRef {
                CaseRef { case: self.$case, applicant: self.organisation_id }
            }
        }
    )*};
}

about_a_case! {
    super::agenda::WaitingRow: case_id,
    super::cases::CaseRow: id,
    super::cases::NotAgainRow: case_id,
    super::decisions::ReportedRow: case_id,
    super::payment_lists::OrderLine: case_id,
    super::payments::OrderRow: case_id,
    super::queue::Standing: case_id,
    super::rankings::ListedRow: case_id,
}
