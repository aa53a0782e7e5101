//! What a committee does with a case at a meeting.

/// What came of a case on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Decided as proposed.
    AsProposed,
    /// Granted another amount than proposed.
    Changed,
    /// Refused.
    Refused,
    /// Sent back to be prepared further (återremiss).
    ReferredBack,
    /// Left for another meeting (bordläggning).
    Tabled,
}

impl Done {
    /// Whether a decision in the case came of it.
    #[must_use]
    pub fn decides(self) -> bool {
        match self {
            Self::AsProposed | Self::Changed | Self::Refused => true,
            Self::ReferredBack | Self::Tabled => false,
        }
    }

    /// Whether it needs reasons of its own.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        match self {
            Self::Changed | Self::Refused | Self::ReferredBack => true,
            Self::AsProposed | Self::Tabled => false,
        }
    }
}

/// How the memos (tjänsteskrivelser) among a meeting's papers are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Memos {
    /// One a grant, with its applications as an annex.
    ByGrant,
    /// One a case.
    ByCase,
}
