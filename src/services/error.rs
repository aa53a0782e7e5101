//! What a user action can answer instead of success.

use crate::domain::conflict::About;
use crate::domain::{Localized, Problem};
use crate::store::StoreError;

/// Why an action was not carried out. Nothing is then changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// What was written must be corrected; each finding names its place.
    #[error("{} must be corrected", .0.len())]
    Invalid(Vec<Finding>),
    /// The actor may not, or the thing is not there: the same answer, so that nobody learns what exists.
    #[error("not found")]
    NotFound,
    /// The actor must keep away from it (jäv): to her the same answer as if it were not there, and the attempt is noted.
    #[error("not found")]
    KeptAway(Box<About>),
    /// The actor may see it but not do this; the reason is for her.
    #[error("refused: {}", .0.sv)]
    Refused(Localized),
    /// Somebody else changed it meanwhile.
    #[error("changed meanwhile")]
    Stale,
    /// A definition is at fault.
    #[error("{} problems in the definition", .0.len())]
    Definition(Vec<Problem>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else: disk, keys, a bug.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

/// Something to correct, at its place.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The field, file or row; empty when it concerns the whole.
    pub place: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: Localized,
}

/// Result of an action.
pub type ServiceResult<T> = Result<T, ServiceError>;

impl ServiceError {
    /// A refusal in both languages.
    pub fn refused(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Refused(Localized::both(sv, en))
    }

    /// One thing to correct.
    pub fn invalid(place: &str, code: &str, message: Localized) -> Self {
        Self::Invalid(vec![Finding { place: place.to_owned(), code: code.to_owned(), message }])
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<std::io::Error> for ServiceError {
    fn from(error: std::io::Error) -> Self {
        Self::Internal(error.into())
    }
}
