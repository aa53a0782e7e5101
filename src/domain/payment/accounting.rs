//! The accounting string (kodsträng) that a payment line is booked on.

use serde::{Deserialize, Serialize};

use crate::domain::Localized;

/// Where an amount is booked. Only the account is always there; the rest follows the municipality's own code plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct AccountingString {
    account: String,
    cost_centre: Option<String>,
    activity: Option<String>,
    project: Option<String>,
    counterpart: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Parts {
    account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost_centre: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    activity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counterpart: Option<String>,
}

/// Why a code is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountingError {
    /// The account is missing.
    #[error("the account is missing")]
    NoAccount,
    /// A code holds something else than letters, digits, points, hyphens and underscores, or is longer than 20.
    #[error("{0:?} is no code")]
    Code(String),
}

impl AccountingError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> Localized {
        match self {
            Self::NoAccount => Localized::both(
                "Konto saknas i kodsträngen. Fyll i det konto beloppet ska bokföras på.",
                "The accounting string has no account. Fill in the account to book on.",
            ),
            Self::Code(code) => Localized::both(
                format!("”{code}” kan inte vara en kod. Använd högst 20 bokstäver, siffror, punkter, bindestreck och understreck."),
                format!("“{code}” cannot be a code. Use at most 20 letters, digits, points, hyphens and underscores."),
            ),
        }
    }
}

/// The longest code the ledgers known to us take.
const LONGEST: usize = 20;

impl AccountingString {
    /// A string with an account alone.
    ///
    /// # Errors
    /// When the account is empty or no code.
    pub fn new(account: &str) -> Result<Self, AccountingError> {
        let account = code(account)?.ok_or(AccountingError::NoAccount)?;
        Ok(Self { account, cost_centre: None, activity: None, project: None, counterpart: None })
    }

    /// The same with a cost centre (ansvar, kostnadsställe); empty takes it away.
    ///
    /// # Errors
    /// When it is no code.
    pub fn with_cost_centre(self, text: &str) -> Result<Self, AccountingError> {
        Ok(Self { cost_centre: code(text)?, ..self })
    }

    /// The same with an activity (verksamhet); empty takes it away.
    ///
    /// # Errors
    /// When it is no code.
    pub fn with_activity(self, text: &str) -> Result<Self, AccountingError> {
        Ok(Self { activity: code(text)?, ..self })
    }

    /// The same with a project; empty takes it away.
    ///
    /// # Errors
    /// When it is no code.
    pub fn with_project(self, text: &str) -> Result<Self, AccountingError> {
        Ok(Self { project: code(text)?, ..self })
    }

    /// The same with a counterpart (motpart; Kommun-Bas: 85 is associations and foundations); empty takes it away.
    ///
    /// # Errors
    /// When it is no code.
    pub fn with_counterpart(self, text: &str) -> Result<Self, AccountingError> {
        Ok(Self { counterpart: code(text)?, ..self })
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The cost centre, when there is one.
    #[must_use]
    pub fn cost_centre(&self) -> Option<&str> {
        self.cost_centre.as_deref()
    }

    /// The activity, when there is one.
    #[must_use]
    pub fn activity(&self) -> Option<&str> {
        self.activity.as_deref()
    }

    /// The project, when there is one.
    #[must_use]
    pub fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    /// The counterpart, when there is one.
    #[must_use]
    pub fn counterpart(&self) -> Option<&str> {
        self.counterpart.as_deref()
    }
}

fn code(text: &str) -> Result<Option<String>, AccountingError> {
    let text = text.trim();
    let right = text.chars().count() <= LONGEST && text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_'));
    // A code that begins with a hyphen would be taken for a formula in a spreadsheet.
    if !right || text.starts_with('-') {
        return Err(AccountingError::Code(text.to_owned()));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

impl TryFrom<Parts> for AccountingString {
    type Error = AccountingError;

    fn try_from(parts: Parts) -> Result<Self, AccountingError> {
        Self::new(&parts.account)?
            .with_cost_centre(parts.cost_centre.as_deref().unwrap_or_default())?
            .with_activity(parts.activity.as_deref().unwrap_or_default())?
            .with_project(parts.project.as_deref().unwrap_or_default())?
            .with_counterpart(parts.counterpart.as_deref().unwrap_or_default())
    }
}

impl From<AccountingString> for Parts {
    fn from(string: AccountingString) -> Self {
        let AccountingString { account, cost_centre, activity, project, counterpart } = string;
        Self { account, cost_centre, activity, project, counterpart }
    }
}
