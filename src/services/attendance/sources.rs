//! Which source counts, and going back to one that did.

use serde_json::json;

use super::{day_number, span_of};
use crate::app::Tenant;
use crate::domain::id::{ImportId, OrganisationId};
use crate::services::actor::{About, Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, periods};
use crate::store::attendance::{self as rows, ImportRow, NewOccasion, SourceKind};
use crate::store::counters::{self, Counter};
use crate::store::{organisations, own_attendance};

/// Makes a source count again that another one took the place of: what it had then is valid anew, and what counts now is withdrawn.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's association; [`ServiceError::Refused`] when the source has nothing to go
/// back to or counts already.
pub async fn use_again(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    source: SourceKind,
) -> ServiceResult<ImportId> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let span = span_of(half).ok_or(ServiceError::NotFound)?;
    let days = (day_number(span.from), day_number(span.to));
    let mut tx = tenant.db.write().await?;
    let organisation = organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let no = counters::draw(&mut tx, Counter::Import, 1).await?;
    let active = rows::active_source(&mut tx, organisation.id, half).await?;
    let before = own_attendance::withdrawn(&mut tx, organisation.no, source, days).await?;
    if active == Some(source) || before.is_empty() {
        return Err(nothing_to_use());
    }
    let imports = rows::imports(&mut tx, organisation.id).await?;
    let newest = before.iter().map(|row| row.from_import).max();
    let origin = imports.into_iter().find(|import| Some(import.no) == newest).ok_or_else(nothing_to_use)?;
    let cards: Vec<i64> =
        rows::cards(&mut tx, organisation.no).await?.into_iter().filter(|card| Some(card.source) == active).map(|card| card.no).collect();
    let current: Vec<i64> = rows::occasions(&mut tx, &cards, days, no).await?.into_iter().map(|row| row.id).collect();
    rows::replace_occasions(&mut tx, &current, no).await?;
    let anew: Vec<NewOccasion> = before.into_iter().map(|row| NewOccasion { id: 0, from_import: no, replaced_by: None, ..row }).collect();
    rows::insert_occasions(&mut tx, &anew).await?;
    rows::set_active_source(&mut tx, organisation.id, half, source, no).await?;
    let import =
        ImportRow { no, id: ImportId(tenant.ids.uuid()), period: half.to_owned(), at: tenant.clock.now(), actor: actor.code(), ..origin };
    rows::insert_import(&mut tx, &import).await?;
    periods::attendance_came(&mut tx, tenant, actor, &organisation, &import).await?;
    let body = json!({
        "import": import.id, "no": no, "half_year": half, "source": source.word(), "occasions": anew.len(), "withdrawn": current.len(),
    });
    let event = Event { kind: "attendance.source_changed", body, texts: &[] };
    history::record(&mut tx, tenant, Stream::Organisation(organisation.id), actor, event).await?;
    tx.commit().await?;
    super::look_for_clashes(tenant, organisation.id, no).await?;
    Ok(import.id)
}

fn nothing_to_use() -> ServiceError {
    ServiceError::refused(
        "Den närvaron används redan, eller så finns den inte längre. Ladda om sidan och se hur det står.",
        "That attendance is used already, or is not there any more. Reload the page to see how it stands.",
    )
}
