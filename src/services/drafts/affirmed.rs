//! What an applicant has affirmed of her attendance holds for the attendance she saw: new attendance, and an answer about a clash, ask her anew.

use super::{Written, about, seal, unseal};
use crate::app::Tenant;
use crate::domain::draft::AnswerSource;
use crate::domain::id::OrganisationId;
use crate::forms::{Entry, FieldKind};
use crate::packages::Package;
use crate::services::attendance::day_number;
use crate::services::{ServiceResult, packages};
use crate::store::drafts::{self, AnswerRow, DraftRow};
use crate::store::{Tx, attendance};

/// Takes back what the open drafts of an association affirm of attendance that an import has changed.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn attendance_came(
    tx: &mut Tx,
    tenant: &Tenant,
    organisation: OrganisationId,
    import_no: i64,
) -> ServiceResult<()> {
    let open = drafts::open(tx, organisation).await?;
    if open.is_empty() {
        return Ok(());
    }
    let touched = attendance::occasions_of_import(tx, import_no).await?;
    for draft in open {
        let Some((_, package)) = packages::governing(tx, tenant, &draft.grant_type, &draft.period).await? else { continue };
        let Some(covers) = package.form.period(&draft.period).map(|period| period.covers) else { continue };
        let days = day_number(covers.from)..=day_number(covers.to);
        if !touched.iter().any(|day| days.contains(day)) {
            continue;
        }
        take_back(tx, tenant, &draft, &package).await?;
    }
    Ok(())
}

/// Takes back what the open draft of a grant and period affirms: an answer about a clash changes what counts.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn clash_answered(
    tx: &mut Tx,
    tenant: &Tenant,
    organisation: OrganisationId,
    grant_type: &str,
    period: &str,
) -> ServiceResult<()> {
    for draft in drafts::open(tx, organisation).await? {
        if draft.grant_type != grant_type || draft.period != period {
            continue;
        }
        let Some((_, package)) = packages::governing(tx, tenant, &draft.grant_type, &draft.period).await? else { continue };
        take_back(tx, tenant, &draft, &package).await?;
    }
    Ok(())
}

async fn take_back(tx: &mut Tx, tenant: &Tenant, draft: &DraftRow, package: &Package) -> ServiceResult<()> {
    let nothing = Entry::One(String::new());
    for answer in drafts::answers(tx, draft.id).await? {
        let field = package.form.field(&answer.field);
        if !field.is_some_and(|field| matches!(field.kind, FieldKind::AttendancePeriod)) {
            continue;
        }
        let place = about(draft.id, &answer.field);
        let stands: Entry = unseal(tenant, &place, &answer.content)?;
        if stands == nothing {
            continue;
        }
        let content = seal(tenant, &place, &nothing)?;
        let (version, written_at) = (answer.version + 1, tenant.clock.now());
        let row = AnswerRow { version, source: AnswerSource::Typed, content, written_by: None, written_at, ..answer };
        drafts::put_answer(tx, &row).await?;
    }
    Ok(())
}

impl Written {
    /// Whether the service itself took it back because what it was about has changed.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        self.version > 1 && self.by.is_empty() && self.entry == Entry::One(String::new())
    }
}
