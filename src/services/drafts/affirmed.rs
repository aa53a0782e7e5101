//! What an applicant has affirmed of her attendance holds for the attendance she saw: new attendance asks her anew.

use super::{Written, about, seal};
use crate::app::Tenant;
use crate::domain::draft::AnswerSource;
use crate::domain::id::OrganisationId;
use crate::forms::{Entry, FieldKind};
use crate::services::attendance::day_number;
use crate::services::{ServiceResult, packages};
use crate::store::drafts::{self, AnswerRow};
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
        for answer in drafts::answers(tx, draft.id).await? {
            let field = package.form.field(&answer.field);
            if field.is_some_and(|field| matches!(field.kind, FieldKind::AttendancePeriod)) {
                let content = seal(tenant, &about(draft.id, &answer.field), &Entry::One(String::new()))?;
                let (version, written_at) = (answer.version + 1, tenant.clock.now());
                let row = AnswerRow { version, source: AnswerSource::Typed, content, written_by: None, written_at, ..answer };
                drafts::put_answer(tx, &row).await?;
            }
        }
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
