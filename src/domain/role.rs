//! What a member of the staff or an elected person may do.

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Handles cases.
    Officer,
    /// Decides within a delegation.
    Delegate,
    /// Granskningsattest.
    Reviewer,
    /// Beslutsattest.
    Attester,
    /// Configures grant types, closes periods.
    Administrator,
    /// Reads.
    Auditor,
    /// May see protected identities.
    ProtectedIdentities,
}
