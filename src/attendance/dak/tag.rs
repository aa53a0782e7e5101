//! The elements of the attendance format and where each may stand.

/// An element where it stands: the same name means different things in different places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    Root,
    Municipality,
    Association,
    Card,
    CardActivity,
    CardPlace,
    CardName,
    Occasions,
    Occasion,
    Start,
    Stop,
    StopDate,
    Activity,
    Place,
    Kind,
    Method,
    TeamSport,
    Participants,
    Leaders,
    Participant,
    Leader,
    Disability,
    Present,
    TemporaryLeader,
    ParticipantRegister,
    LeaderRegister,
    RegisteredParticipant,
    RegisteredLeader,
    GivenName,
    FamilyName,
    PersonalNumber,
    /// E-mail, telephone and sex: read past and never kept.
    Dropped,
    /// `BorttagnaSammankomster` of the 2016 files, whose content nobody described.
    Removed,
    /// Anything below an element that is not read.
    Skipped,
}

impl Tag {
    /// A bit of its own, for sets of elements.
    pub(super) const fn bit(self) -> u64 {
        1 << (self as u8)
    }

    /// What an element of this name is below another; `None` where it has no place.
    pub(super) fn child(self, name: &str) -> Option<Self> {
        let child = match (self, name) {
            (Self::Root, "Kommun") => Self::Municipality,
            (Self::Root, "DeltagarRegister") => Self::ParticipantRegister,
            (Self::Root, "LedarRegister") => Self::LeaderRegister,
            (Self::Municipality, "Foerening") => Self::Association,
            (Self::Association, "Naervarokort") => Self::Card,
            (Self::Root | Self::Municipality | Self::Association | Self::Card, "BorttagnaSammankomster") => Self::Removed,
            (Self::Card, "Aktivitet") => Self::CardActivity,
            (Self::Card, "Lokal") => Self::CardPlace,
            (Self::Card, "NamnPaaKort") => Self::CardName,
            (Self::Card, "Sammankomster") => Self::Occasions,
            (Self::Occasions, "Sammankomst") => Self::Occasion,
            (Self::Occasion, "StartTid") => Self::Start,
            (Self::Occasion, "StoppTid") => Self::Stop,
            (Self::Occasion, "StoppDatum") => Self::StopDate,
            (Self::Occasion, "Aktivitet") => Self::Activity,
            (Self::Occasion, "Lokal") => Self::Place,
            (Self::Occasion, "Typ") => Self::Kind,
            (Self::Occasion, "Metod") => Self::Method,
            (Self::Occasion, "Lagidrott") => Self::TeamSport,
            (Self::Occasion, "DeltagarLista") => Self::Participants,
            (Self::Occasion, "LedarLista") => Self::Leaders,
            (Self::Participants, "Deltagare") => Self::Participant,
            (Self::Leaders, "Ledare") => Self::Leader,
            (Self::Participant | Self::Leader, "Handikapp") => Self::Disability,
            (Self::Participant | Self::Leader, "Naervarande") => Self::Present,
            (Self::Participant, "TillfaelligLedare") => Self::TemporaryLeader,
            (Self::ParticipantRegister, "Deltagare") => Self::RegisteredParticipant,
            (Self::LeaderRegister, "Ledare") => Self::RegisteredLeader,
            (Self::RegisteredParticipant | Self::RegisteredLeader, "Foernamn") => Self::GivenName,
            (Self::RegisteredParticipant | Self::RegisteredLeader, "Efternamn") => Self::FamilyName,
            (Self::RegisteredParticipant | Self::RegisteredLeader, "Personnummer") => Self::PersonalNumber,
            (Self::RegisteredParticipant | Self::RegisteredLeader, "Epost" | "MobilNr" | "Kon") => Self::Dropped,
            (Self::Removed | Self::Skipped | Self::Dropped, _) => Self::Skipped,
            _ => return None,
        };
        Some(child)
    }

    /// Whether it holds text and no elements.
    pub(super) const fn is_leaf(self) -> bool {
        const LEAVES: u64 = Tag::CardActivity.bit()
            | Tag::CardPlace.bit()
            | Tag::CardName.bit()
            | Tag::Start.bit()
            | Tag::Stop.bit()
            | Tag::StopDate.bit()
            | Tag::Activity.bit()
            | Tag::Place.bit()
            | Tag::Kind.bit()
            | Tag::Method.bit()
            | Tag::TeamSport.bit()
            | Tag::Disability.bit()
            | Tag::Present.bit()
            | Tag::TemporaryLeader.bit()
            | Tag::GivenName.bit()
            | Tag::FamilyName.bit()
            | Tag::PersonalNumber.bit();
        LEAVES & self.bit() != 0
    }

    /// Whether its text and elements are read past.
    pub(super) const fn is_unread(self) -> bool {
        matches!(self, Self::Dropped | Self::Removed | Self::Skipped)
    }

    /// Whether it may stand more than once below the same element.
    pub(super) const fn is_repeatable(self) -> bool {
        matches!(
            self,
            Self::Association
                | Self::Card
                | Self::Occasion
                | Self::Participant
                | Self::Leader
                | Self::RegisteredParticipant
                | Self::RegisteredLeader
                | Self::Dropped
                | Self::Removed
                | Self::Skipped
        )
    }

    /// What must stand below it, with the names a sender knows.
    pub(super) const fn required(self) -> &'static [(Self, &'static str)] {
        match self {
            Self::Root => &[(Self::Municipality, "Kommun")],
            Self::Municipality => &[(Self::Association, "Foerening")],
            Self::Card => &[(Self::CardActivity, "Aktivitet"), (Self::CardPlace, "Lokal"), (Self::Occasions, "Sammankomster")],
            Self::Occasion => &[
                (Self::Start, "StartTid"),
                (Self::Stop, "StoppTid"),
                (Self::Activity, "Aktivitet"),
                (Self::Place, "Lokal"),
                (Self::Kind, "Typ"),
                (Self::Method, "Metod"),
            ],
            Self::Participant | Self::Leader => &[(Self::Disability, "Handikapp"), (Self::Present, "Naervarande")],
            Self::RegisteredParticipant | Self::RegisteredLeader => {
                &[(Self::GivenName, "Foernamn"), (Self::FamilyName, "Efternamn"), (Self::PersonalNumber, "Personnummer")]
            }
            _ => &[],
        }
    }
}
