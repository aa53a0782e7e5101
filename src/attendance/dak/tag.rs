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
        // By parent first: four of five tags are a mark's, and this is asked for every tag.
        let child = match self {
            Self::Participants => match name {
                "Deltagare" => Self::Participant,
                _ => return None,
            },
            Self::Leaders => match name {
                "Ledare" => Self::Leader,
                _ => return None,
            },
            Self::Participant | Self::Leader => match name {
                "Handikapp" => Self::Disability,
                "Naervarande" => Self::Present,
                "TillfaelligLedare" if self == Self::Participant => Self::TemporaryLeader,
                _ => return None,
            },
            Self::Occasion => match name {
                "StartTid" => Self::Start,
                "StoppTid" => Self::Stop,
                "StoppDatum" => Self::StopDate,
                "Aktivitet" => Self::Activity,
                "Lokal" => Self::Place,
                "Typ" => Self::Kind,
                "Metod" => Self::Method,
                "Lagidrott" => Self::TeamSport,
                "DeltagarLista" => Self::Participants,
                "LedarLista" => Self::Leaders,
                _ => return None,
            },
            Self::RegisteredParticipant | Self::RegisteredLeader => match name {
                "Foernamn" => Self::GivenName,
                "Efternamn" => Self::FamilyName,
                "Personnummer" => Self::PersonalNumber,
                "Epost" | "MobilNr" | "Kon" => Self::Dropped,
                _ => return None,
            },
            Self::Occasions => match name {
                "Sammankomst" => Self::Occasion,
                _ => return None,
            },
            Self::ParticipantRegister => match name {
                "Deltagare" => Self::RegisteredParticipant,
                _ => return None,
            },
            Self::LeaderRegister => match name {
                "Ledare" => Self::RegisteredLeader,
                _ => return None,
            },
            Self::Root => match name {
                "Kommun" => Self::Municipality,
                "DeltagarRegister" => Self::ParticipantRegister,
                "LedarRegister" => Self::LeaderRegister,
                "BorttagnaSammankomster" => Self::Removed,
                _ => return None,
            },
            Self::Municipality => match name {
                "Foerening" => Self::Association,
                "BorttagnaSammankomster" => Self::Removed,
                _ => return None,
            },
            Self::Association => match name {
                "Naervarokort" => Self::Card,
                "BorttagnaSammankomster" => Self::Removed,
                _ => return None,
            },
            Self::Card => match name {
                "Aktivitet" => Self::CardActivity,
                "Lokal" => Self::CardPlace,
                "NamnPaaKort" => Self::CardName,
                "Sammankomster" => Self::Occasions,
                "BorttagnaSammankomster" => Self::Removed,
                _ => return None,
            },
            Self::Removed | Self::Skipped | Self::Dropped => Self::Skipped,
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
