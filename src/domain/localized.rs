//! Texts in Swedish with an English twin.

use serde::{Deserialize, Serialize};

/// The two languages of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Swedish, the language of the authority (språklagen 10 §).
    #[default]
    Sv,
    /// English.
    En,
}

/// A text as a grant type or the service writes it: Swedish always, English where somebody wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Localized {
    /// The Swedish text.
    pub sv: String,
    /// The English text, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// A text in Swedish alone.
    pub fn sv(text: impl Into<String>) -> Self {
        Self { sv: text.into(), en: None }
    }

    /// A text in both languages.
    pub fn both(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { sv: sv.into(), en: Some(en.into()) }
    }

    /// The text in the wanted language, Swedish where no other was written.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(en)) => en,
            (Language::En | Language::Sv, _) => &self.sv,
        }
    }
}
