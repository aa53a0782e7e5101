//! Conflict of interest (jäv, förvaltningslagen 16–18 §§): what keeps a person away from an association or a case, and
//! what lets her back.
//!
//! Three facts bear on it: a tie to an association, with its days; what she has declared in one case; and an override
//! that another person has given her for one case. [`Kept::of`] makes one answer of them, and everything that asks whether
//! she may see or do something asks that answer.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::id::{CaseId, OrganisationId};

/// Which case, and who applies: what must be known to say whether somebody is kept from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseRef {
    /// The case.
    pub case: CaseId,
    /// Who applies, or is paid.
    pub applicant: OrganisationId,
}

/// What somebody would see or do something with: an association and all that belongs to no case of hers, or one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What belongs to an association: the register, its papers and attendance, its drafts.
    Association(OrganisationId),
    /// A case.
    Case(CaseRef),
}

impl About {
    /// The association it concerns.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        match self {
            Self::Association(organisation) => *organisation,
            Self::Case(about) => about.applicant,
        }
    }
}

/// The ground of a conflict in a case (förvaltningslagen 16 § 1 st., kommunallagen 6 kap. 28 §).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// She is a party, or concerned by how it comes out (1).
    Concerned,
    /// Somebody close to her is (1, 2).
    Close,
    /// She represents or has represented the party or another who is concerned (2).
    Represents,
    /// She took part in the case in another instance (3).
    EarlierInstance,
    /// Another circumstance for which her impartiality can be questioned (4).
    Other,
}

impl Ground {
    /// Every ground, in the order of the law.
    pub const ALL: [Self; 5] = [Self::Concerned, Self::Close, Self::Represents, Self::EarlierInstance, Self::Other];
}

/// What ties a person to an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// On its board, its auditor or on its nomination committee.
    Board,
    /// A member.
    Member,
    /// Employed or paid by it.
    Employed,
    /// Somebody close to her is.
    Relative,
    /// Anything else.
    Other,
}

impl TieKind {
    /// Every kind, the closest first.
    pub const ALL: [Self; 5] = [Self::Board, Self::Member, Self::Employed, Self::Relative, Self::Other];
}

/// Why somebody may take part all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverrideWhy {
    /// The question of impartiality is obviously without importance (förvaltningslagen 16 § 2 st.).
    NoImportance,
    /// Nobody else can without undue delay (förvaltningslagen 17 §).
    NobodyElse,
}

impl OverrideWhy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NoImportance, Self::NobodyElse];
}

/// A tie to an association, with its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// To whom.
    pub organisation: OrganisationId,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// When it was entered; none for what has always been known.
    pub entered: Option<DateTime<Utc>>,
}

impl Tie {
    /// Whether it holds on a day; the last day is one of them.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from <= on && self.to.is_none_or(|last| on <= last)
    }
}

/// What she has declared in a case. It is never taken back: only another person can let her take part again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// In which case.
    pub about: CaseRef,
    /// When.
    pub at: DateTime<Utc>,
}

/// An override that another person has given her in a case, and that nobody has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifted {
    /// In which case.
    pub about: CaseRef,
    /// When.
    pub at: DateTime<Utc>,
}

/// What one person must keep away from at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    organisations: BTreeSet<OrganisationId>,
    cases: BTreeSet<CaseId>,
    lifted: BTreeSet<CaseId>,
}

impl Kept {
    /// What holds on a day. An override covers what was known when it was given: what she declares later, and a tie that is
    /// entered later, keep her away again.
    #[must_use]
    pub fn of(ties: &[Tie], declared: &[Declared], overrides: &[Lifted], today: NaiveDate) -> Self {
        let covers = |given: &Lifted| {
            let declared_since = declared.iter().any(|one| one.about.case == given.about.case && one.at > given.at);
            let to_applicant = ties.iter().filter(|tie| tie.organisation == given.about.applicant && tie.holds(today));
            let tied_since = to_applicant.into_iter().any(|tie| tie.entered.is_some_and(|entered| entered > given.at));
            !declared_since && !tied_since
        };
        let lifted: BTreeSet<CaseId> = overrides.iter().filter(|given| covers(given)).map(|given| given.about.case).collect();
        Self {
            organisations: ties.iter().filter(|tie| tie.holds(today)).map(|tie| tie.organisation).collect(),
            cases: declared.iter().map(|one| one.about.case).filter(|case| !lifted.contains(case)).collect(),
            lifted,
        }
    }

    /// Whoever keeps away from some associations and from no case besides.
    #[must_use]
    pub fn away_from(organisations: impl IntoIterator<Item = OrganisationId>) -> Self {
        Self { organisations: organisations.into_iter().collect(), ..Self::default() }
    }

    /// Whether there is nothing that she must keep away from.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.organisations.is_empty() && self.cases.is_empty()
    }

    /// Whether she is kept from a case.
    #[must_use]
    pub fn from_case(&self, about: CaseRef) -> bool {
        self.cases.contains(&about.case) || (self.organisations.contains(&about.applicant) && !self.lifted.contains(&about.case))
    }

    /// Whether she is kept from what belongs to an association and to no case.
    #[must_use]
    pub fn from_organisation(&self, organisation: OrganisationId) -> bool {
        self.organisations.contains(&organisation)
    }

    /// Whether she is kept from something.
    #[must_use]
    pub fn from_any(&self, about: About) -> bool {
        match about {
            About::Association(organisation) => self.from_organisation(organisation),
            About::Case(about) => self.from_case(about),
        }
    }

    /// The associations she keeps away from.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> {
        self.organisations.iter().copied()
    }

    /// The cases she keeps away from for what she has declared in them.
    pub fn cases(&self) -> impl Iterator<Item = CaseId> {
        self.cases.iter().copied()
    }

    /// The cases of those associations that she may take part in all the same.
    pub fn lifted(&self) -> impl Iterator<Item = CaseId> {
        self.lifted.iter().copied()
    }
}
