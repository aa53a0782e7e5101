//! Applications that are being written.

/// What a draft will become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftKind {
    /// An application.
    Application,
    /// An application in the place of one that was handed in.
    Replacement,
    /// An answer to a request for a supplement.
    Supplement,
}

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnswerSource {
    /// Somebody wrote it, or went through it and let it stand.
    Typed,
    /// An earlier application; nobody has gone through it yet.
    Earlier,
    /// The register; nobody has gone through it yet.
    Register,
}

impl AnswerSource {
    /// Whether somebody still has to go through it.
    #[must_use]
    pub fn is_unread(self) -> bool {
        match self {
            Self::Typed => false,
            Self::Earlier | Self::Register => true,
        }
    }
}

/// How far a section of an application has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionState {
    /// Whether it is asked rests on something not yet answered, or everything else must be done first.
    CannotStartYet,
    /// Nothing is filled in.
    NotStarted,
    /// Something is filled in.
    InProgress,
    /// Everything that must be answered is, and can be read.
    Done,
    /// The answers elsewhere have made it needless.
    NotNeeded,
    /// The municipality has asked for a change here.
    ChangeRequested,
    /// It was changed since.
    Changed,
}

impl SectionState {
    /// Whether nothing more is needed here before it can be handed in.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            Self::Done | Self::NotNeeded | Self::Changed => true,
            Self::CannotStartYet | Self::NotStarted | Self::InProgress | Self::ChangeRequested => false,
        }
    }
}
