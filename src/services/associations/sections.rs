//! The sections of an association: added and ended by itself.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::{finding, may_write, record};
use crate::app::Tenant;
use crate::domain::id::OrganisationId;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::organisations;
use crate::store::sections::{self as rows, SectionRow};

/// A section, as written.
#[derive(Clone, Debug)]
pub struct NewSection<'a> {
    /// Name.
    pub name: &'a str,
    /// The sport or activity.
    pub activity: &'a str,
    /// Who answers for it, and how she is reached.
    pub contact: &'a str,
    /// First day.
    pub from: NaiveDate,
}

/// Adds a section.
///
/// # Errors
/// [`ServiceError::Invalid`] for what must be corrected; [`ServiceError::NotFound`] for another's association.
pub async fn add(tenant: &Tenant, actor: &Actor, id: OrganisationId, new: &NewSection<'_>) -> ServiceResult<()> {
    may_write(actor, id)?;
    let (name, activity) = (new.name.trim(), new.activity.trim());
    let mut findings = Vec::new();
    if name.is_empty() {
        findings.push(finding("name", "Skriv vad sektionen heter.", "Write what the section is called."));
    }
    if activity.is_empty() {
        findings.push(finding(
            "activity",
            "Skriv idrott eller verksamhet, till exempel fotboll.",
            "Write a sport or activity, such as football.",
        ));
    }
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    let today = tenant.clock.today();
    let known = rows::of_organisation(&mut tx, id).await?;
    let going = known.iter().filter(|row| row.valid_to.is_none_or(|last| last >= today));
    if going.into_iter().any(|row| row.name.to_lowercase() == name.to_lowercase()) {
        findings.push(finding(
            "name",
            "Det finns redan en sektion med det namnet. Avsluta den först eller skriv ett annat namn.",
            "There is a section of that name already. End it first or write another name.",
        ));
    }
    if !findings.is_empty() {
        return Err(ServiceError::Invalid(findings));
    }
    let row = SectionRow {
        id: tenant.ids.uuid(),
        organisation_id: id,
        name: name.to_owned(),
        activity: activity.to_owned(),
        contact: new.contact.trim().to_owned(),
        valid_from: new.from,
        valid_to: None,
        entered_by: actor.person(),
        entered_at: tenant.clock.now(),
    };
    rows::insert(&mut tx, &row).await?;
    let body = json!({ "section": row.id, "from": row.valid_from });
    record(&mut tx, tenant, actor, id, "organisation.section_added", body, &[("name", name)]).await?;
    tx.commit().await?;
    Ok(())
}

/// A section ends with today.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or has ended.
pub async fn end(tenant: &Tenant, actor: &Actor, id: OrganisationId, section: Uuid) -> ServiceResult<()> {
    may_write(actor, id)?;
    let mut tx = tenant.db.write().await?;
    organisations::lock(&mut tx, id).await?;
    if !rows::end(&mut tx, id, section, tenant.clock.today()).await? {
        return Err(ServiceError::NotFound);
    }
    record(&mut tx, tenant, actor, id, "organisation.section_ended", json!({ "section": section }), &[]).await?;
    tx.commit().await?;
    Ok(())
}
