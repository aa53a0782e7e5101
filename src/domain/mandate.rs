//! What a person may do for an association. The association hands it out itself.

/// How far somebody may act for an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mandate {
    /// Reads what the association has sent and received.
    Reader,
    /// Also fills in applications and hands in attendance and papers.
    Writer,
    /// Also signs, hands out mandates and changes the account.
    Signatory,
}

impl Mandate {
    /// Every mandate, the widest first.
    pub const ALL: [Self; 3] = [Self::Signatory, Self::Writer, Self::Reader];

    /// Whether it allows what another one allows.
    #[must_use]
    pub fn covers(self, needed: Self) -> bool {
        self >= needed
    }
}
