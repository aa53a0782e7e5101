//! Declaring a conflict of interest in one case (förvaltningslagen 18 § 1 st.): from that moment it is not there for her.

use serde_json::json;

use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::conflict::Ground;
use crate::domain::id::{CaseId, UserId};
use crate::services::actor::{About, Action, authorize};
use crate::services::cases::handing_over;
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::cases::{self, CaseRow};
use crate::store::conflicts::{self as rows, DeclarationRow};
use crate::store::{Tx, queue};

/// What somebody declares.
#[derive(Clone, Copy, Debug, Default)]
pub struct Declaration<'a> {
    /// On which ground; none when nothing was chosen.
    pub ground: Option<Ground>,
    /// In her own words.
    pub words: &'a str,
    /// Which colleague takes over, where she handled it; none to leave it to anybody.
    pub to: Option<UserId>,
}

/// The text of an event that holds somebody's own words. It is kept beside the chain and can be disposed of.
pub(super) const WORDS: &str = "words";

/// The event of a declaration.
pub(super) const DECLARED: &str = "case.conflict_declared";

/// Declares that the actor has a conflict of interest in a case. Where she handled it, a colleague whom she names does from
/// now on, or nobody yet.
///
/// # Errors
/// [`ServiceError::Invalid`] without a ground, without words where the ground needs them, or for a colleague who cannot handle
/// the case; [`ServiceError::NotFound`] where the case is not hers to read.
pub async fn declare(tenant: &Tenant, actor: &Actor, id: CaseId, said: &Declaration<'_>) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let ground = checked(said)?;
    let handled = queue::handling(&mut tx, id).await?.officer_id == Some(user);
    let to = said.to.filter(|_| handled);
    if let Some(to) = to {
        let able = to != user && handing_over::colleagues(&mut tx, tenant, &case).await?.iter().any(|colleague| colleague.id == to);
        if !able {
            let message = Localized::both(
                "Kollegan kan inte handlägga det här ärendet. Välj någon annan.",
                "The colleague cannot handle this case. Choose somebody else.",
            );
            return Err(ServiceError::invalid("till", "not_able", message));
        }
    }
    let now = tenant.clock.now();
    let row = DeclarationRow {
        id: tenant.ids.uuid(),
        case_id: id,
        organisation_id: case.organisation_id,
        user_id: user,
        ground,
        declared_at: now,
    };
    rows::insert_declaration(&mut tx, &row).await?;
    // What she says now was not known to whoever let her take part before.
    rows::end_override(&mut tx, id, user, user, now).await?;
    let body = json!({ "declaration": row.id, "user": user, "ground": ground.word() });
    let words = [(WORDS, said.words.trim())];
    let texts = if words[0].1.is_empty() { &words[..0] } else { &words[..] };
    history::record(&mut tx, tenant, Stream::Case(id), actor, Event { kind: DECLARED, body, texts }).await?;
    if handled {
        queue::assign(&mut tx, id, to).await?;
        // What she has put away would stay out of her colleagues' sight.
        queue::snooze(&mut tx, id, None).await?;
        if to.is_some() {
            let body = json!({ "from": user, "to": to });
            history::record(&mut tx, tenant, Stream::Case(id), actor, Event { kind: "case.handed_over", body, texts: &[] }).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Notes that an invited expert has a conflict of interest in a case. She has no part in it besides, so nobody takes over.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn of_expert(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    case: &CaseRow,
    ground: Ground,
) -> ServiceResult<()> {
    let user = actor.person().ok_or(ServiceError::NotFound)?;
    let row = DeclarationRow {
        id: tenant.ids.uuid(),
        case_id: case.id,
        organisation_id: case.organisation_id,
        user_id: user,
        ground,
        declared_at: tenant.clock.now(),
    };
    rows::insert_declaration(tx, &row).await?;
    let body = json!({ "declaration": row.id, "user": user, "ground": ground.word() });
    history::record(tx, tenant, Stream::Case(case.id), actor, Event { kind: DECLARED, body, texts: &[] }).await
}

/// Whoever has declared a conflict of interest in a case has it in what follows from it too, such as the report on a grant.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn follow(tx: &mut Tx, tenant: &Tenant, from: CaseId, to: CaseId) -> ServiceResult<()> {
    for before in rows::declarations_in(tx, from).await? {
        let row = DeclarationRow { id: tenant.ids.uuid(), case_id: to, ..before };
        rows::insert_declaration(tx, &row).await?;
        let body = json!({ "declaration": row.id, "user": row.user_id, "ground": row.ground.word(), "follows": before.id });
        history::record(tx, tenant, Stream::Case(to), &Actor::Service, Event { kind: DECLARED, body, texts: &[] }).await?;
    }
    Ok(())
}

fn checked(said: &Declaration<'_>) -> ServiceResult<Ground> {
    let finding =
        |place: &str, sv: &str, en: &str| Finding { place: place.to_owned(), code: "missing".to_owned(), message: Localized::both(sv, en) };
    match said.ground {
        None => Err(ServiceError::Invalid(vec![finding("grund", "Välj vad jävet beror på.", "Choose what the conflict is.")])),
        Some(Ground::Other) if said.words.trim().is_empty() => Err(ServiceError::Invalid(vec![finding(
            "ord",
            "Skriv vilken omständighet det är. En mening räcker.",
            "Write which circumstance it is. One sentence is enough.",
        )])),
        Some(ground) => Ok(ground),
    }
}
