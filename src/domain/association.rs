//! What an association says of itself: its board, its auditor and how it signs.

/// A place on the board, or the auditor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoardRole {
    /// Ordförande.
    Chair,
    /// Vice ordförande.
    ViceChair,
    /// Kassör.
    Treasurer,
    /// Sekreterare.
    Secretary,
    /// Ledamot.
    Member,
    /// Suppleant.
    Deputy,
    /// Revisor: elected by the members, never on the board.
    Auditor,
}

impl BoardRole {
    /// Every role, in the order a board is written.
    pub const ALL: [Self; 7] = [Self::Chair, Self::ViceChair, Self::Treasurer, Self::Secretary, Self::Member, Self::Deputy, Self::Auditor];
}

/// How an association signs (firmateckning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SigningRule {
    /// Each signatory alone (var för sig).
    Each,
    /// Two together (två i förening).
    TwoTogether,
}

impl SigningRule {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::Each, Self::TwoTogether];
}
