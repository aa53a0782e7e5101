//! What a list may hold: a query over many rows takes it in its signature, so that an unscoped one does not compile.

use crate::domain::id::OrganisationId;

/// Whose rows somebody may see in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One association's own.
    Association(OrganisationId),
    /// Everybody's, save those a member of the staff must keep away from (jäv).
    Staff {
        /// The associations left out.
        except: Vec<OrganisationId>,
    },
}

impl Scope {
    /// Whether a row of an association may be seen.
    #[must_use]
    pub fn holds(&self, organisation: OrganisationId) -> bool {
        match self {
            Self::Association(own) => *own == organisation,
            Self::Staff { except } => !except.contains(&organisation),
        }
    }
}
