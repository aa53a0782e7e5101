//! Who asks for which grant in which period: what a case and a draft have in common.

use crate::domain::id::OrganisationId;
use crate::store::cases::CaseRow;

/// Who asks for which grant in which period, handed in or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Who.
    pub organisation: OrganisationId,
    /// For which grant.
    pub grant_type: &'a str,
    /// In which period.
    pub period: &'a str,
}

impl<'a> Claim<'a> {
    /// What a case asks for.
    #[must_use]
    pub fn of(case: &'a CaseRow) -> Self {
        Self { organisation: case.organisation_id, grant_type: &case.grant_type, period: &case.period }
    }
}
