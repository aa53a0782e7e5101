//! A fault in something a person wrote, with its place and a way out.

use serde::{Deserialize, Serialize};

use super::Localized;

/// Where in a source a fault is. Lines and columns count from one, columns in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the package root, with forward slashes.
    pub file: String,
    /// The line, from 1; 0 when the fault concerns the whole file.
    pub line: usize,
    /// The column in characters, from 1; 0 when the fault concerns the whole line.
    pub column: usize,
}

/// How grave a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The source cannot be used.
    Error,
    /// The source can be used, yet somebody should look.
    Warning,
}

/// A fault with file, line, column, a stable code, an explanation and a hint in Swedish and English.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Stable code, `[a-z][a-z0-9_]*`, for tests and documentation.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Localized,
    /// What to do about it.
    pub hint: Localized,
}

impl Problem {
    /// An error at a place.
    pub fn error(place: Place, code: &str, message: Localized, hint: Localized) -> Self {
        Self { place, code: code.to_owned(), severity: Severity::Error, message, hint }
    }

    /// A warning at a place.
    pub fn warning(place: Place, code: &str, message: Localized, hint: Localized) -> Self {
        Self { place, code: code.to_owned(), severity: Severity::Warning, message, hint }
    }

    /// Whether the source cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
