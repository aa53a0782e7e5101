//! What differs between two versions of the answers, in words: for the second signer, and for the officer after a
//! replacement or a supplement.

use std::collections::BTreeMap;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::id::CaseId;
use crate::domain::inputs::Answer;
use crate::forms::Form;
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError, ServiceResult, packages};
use crate::store::cases;

/// An answer that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The section's id.
    pub section: String,
    /// The field's id.
    pub field: String,
    /// The question.
    pub label: Localized,
    /// What stood there; none when it was not answered.
    pub before: Option<Answer>,
    /// What stands there now; none when it is not answered any more.
    pub after: Option<Answer>,
}

/// What the newest version of a case's answers changed of the one before it; empty when there is but one.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to read.
pub async fn of(tenant: &Tenant, actor: &Actor, case: CaseId) -> ServiceResult<Vec<Change>> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let all = cases::applications(&mut tx, case.id).await?;
    let Some((now, earlier)) = all.split_last() else { return Ok(Vec::new()) };
    let Some(before) = earlier.last() else { return Ok(Vec::new()) };
    Ok(between(&package.form, &serde_json::from_slice(&before.answers)?, &serde_json::from_slice(&now.answers)?))
}

/// What differs, in the order of the form.
pub(super) fn between(form: &Form, before: &BTreeMap<String, Answer>, after: &BTreeMap<String, Answer>) -> Vec<Change> {
    let mut found = Vec::new();
    for section in &form.sections {
        for field in section.fields.iter().filter(|field| before.get(&field.id) != after.get(&field.id)) {
            found.push(Change {
                section: section.id.clone(),
                field: field.id.clone(),
                label: field.label.clone(),
                before: before.get(&field.id).cloned(),
                after: after.get(&field.id).cloned(),
            });
        }
    }
    found
}
