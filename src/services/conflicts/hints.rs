//! "Is it you?": a name in an association's register that equals that of a member of the staff. A hint hinders nothing by
//! itself: she answers, and only a yes becomes a tie.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::ties;
use crate::app::Tenant;
use crate::domain::conflict::TieKind;
use crate::domain::id::OrganisationId;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::conflicts::{self as rows, NamedRow, TieRow};
use crate::store::users::UserRow;
use crate::store::{Tx, organisations};
use crate::text::folding;

/// A name that may be hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// In whose register.
    pub organisation: OrganisationId,
    /// The association.
    pub association: String,
    /// As what, as the register says it: `chair`, `kassör`, `signatory`.
    pub roles: Vec<String>,
}

/// What a name is compared by: without case, marks and superfluous spaces, whatever order its parts stand in.
fn key(name: &str) -> String {
    let mut words: Vec<String> = folding::fold(name).split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.join(" ")
}

/// The hints for somebody in all registers: those she has not answered and is not tied to already.
pub(in crate::services) async fn of(tx: &mut Tx, user: &UserRow, today: NaiveDate) -> ServiceResult<Vec<Hint>> {
    let named = rows::named(tx, today).await?;
    told(tx, user, named, today).await
}

/// The hint for somebody in one association's register.
pub(in crate::services) async fn in_one(
    tx: &mut Tx,
    user: &UserRow,
    organisation: OrganisationId,
    today: NaiveDate,
) -> ServiceResult<Option<Hint>> {
    let named = rows::named_in(tx, organisation, today).await?;
    Ok(told(tx, user, named, today).await?.pop())
}

async fn told(tx: &mut Tx, user: &UserRow, named: Vec<NamedRow>, today: NaiveDate) -> ServiceResult<Vec<Hint>> {
    let own = key(&user.name);
    let mut found: BTreeMap<OrganisationId, Vec<String>> = BTreeMap::new();
    for row in named.into_iter().filter(|row| key(&row.name) == own) {
        found.entry(row.organisation_id).or_default().push(row.role);
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let answered = rows::hint_answers(tx, user.id).await?;
    let tied = rows::ties_of(tx, user.id).await?;
    let mut hints = Vec::new();
    for (organisation, roles) in found {
        let said_no = answered.iter().any(|(whose, name)| *whose == organisation && *name == own);
        let known = tied.iter().any(|row| row.organisation_id == organisation && row.tie().holds(today));
        if !said_no && !known {
            hints.push(Hint { organisation, association: organisations::name(tx, organisation, today).await?, roles });
        }
    }
    Ok(hints)
}

/// Answers a hint: yes makes it a tie from today, no is remembered.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such hint for the actor.
pub async fn answer(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, is_hers: bool) -> ServiceResult<()> {
    let Actor::Staff { user, .. } = actor else { return Err(ServiceError::NotFound) };
    let today = tenant.clock.today();
    let mut tx = tenant.db.write().await?;
    let hint = in_one(&mut tx, user, organisation, today).await?.ok_or(ServiceError::NotFound)?;
    if is_hers {
        let row = TieRow {
            id: tenant.ids.uuid(),
            user_id: user.id,
            organisation_id: organisation,
            kind: TieKind::Board,
            reason: "Står i föreningens register.".to_owned(),
            valid_from: today,
            valid_to: None,
            entered_at: Some(tenant.clock.now()),
        };
        ties::put(&mut tx, tenant, actor, &row).await?;
    } else {
        rows::put_hint_answer(&mut tx, user.id, hint.organisation, &key(&user.name), tenant.clock.now()).await?;
        let event = Event { kind: "user.tie_hint_refused", body: json!({ "organisation": organisation }), texts: &[] };
        history::record(&mut tx, tenant, Stream::User(user.id), actor, event).await?;
    }
    tx.commit().await?;
    Ok(())
}
