//! An association's answers to what it is asked about its own registrations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::views;
use crate::app::Tenant;
use crate::domain::id::{ClashId, OrganisationId};
use crate::domain::period::DateRange;
use crate::services::actor::{About, Action, authorize};
use crate::services::drafts::affirmed;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages, periods};
use crate::store::cases;
use crate::store::clashes::{self as rows, ClashAnswer, ClashRow};
use crate::store::{Tx, snapshots};
use crate::workflows::Step;

/// Which of two registrations an answer is about, where both are the same association's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that began first.
    First,
    /// The other.
    Second,
}

/// Answers a question for an association. It can be answered anew until the period is locked.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not hers; [`ServiceError::Refused`] when the period is locked.
pub async fn answer(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    id: ClashId,
    side: Side,
    answer: ClashAnswer,
) -> ServiceResult<()> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let mut tx = tenant.db.write().await?;
    let row = open_row(&mut tx, id).await?;
    note(&mut tx, tenant, actor, organisation, &row, side, answer).await?;
    calculate_again(&mut tx, tenant, &[row], answer).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives the same answer to a question and to every other one about the same person that is not answered yet; how many it
/// answered. Questions between two registrations of the association's own are left: there each day is its own choice.
///
/// # Errors
/// As [`answer`].
pub async fn answer_for_person(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    id: ClashId,
    answer: ClashAnswer,
) -> ServiceResult<usize> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let mut tx = tenant.db.write().await?;
    let first = open_row(&mut tx, id).await?;
    note(&mut tx, tenant, actor, organisation, &first, Side::First, answer).await?;
    let unanswered = |row: &ClashRow| match (row.organisation_a == organisation, row.organisation_b == organisation) {
        (true, true) | (false, false) => false,
        (true, false) => row.answer_a.is_none(),
        (false, true) => row.answer_b.is_none(),
    };
    let mut answered = vec![first];
    for row in rows::of_organisation(&mut tx, organisation, &answered[0].grant_type, &answered[0].period).await? {
        if row.asked && row.id != id && row.person_no == answered[0].person_no && unanswered(&row) {
            note(&mut tx, tenant, actor, organisation, &row, Side::First, answer).await?;
            answered.push(row);
        }
    }
    calculate_again(&mut tx, tenant, &answered, answer).await?;
    tx.commit().await?;
    Ok(answered.len())
}

/// Gives the same answer to every question of a span of days that is not answered yet and is about one registration of the
/// association's own; how many it answered. Each is an answer of its own and can be changed like any other.
///
/// # Errors
/// [`ServiceError::NotFound`] when they are not the actor's to answer.
pub async fn answer_all(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    span: DateRange,
    answer: ClashAnswer,
) -> ServiceResult<usize> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let open = views::questions(tenant, actor, organisation, span).await?;
    let open = open.into_iter().filter(|question| question.is_open() && question.other.is_none());
    let mut tx = tenant.db.write().await?;
    let mut answered: BTreeMap<(String, String), Vec<ClashRow>> = BTreeMap::new();
    for question in open {
        let row = open_row(&mut tx, question.id).await?;
        note(&mut tx, tenant, actor, organisation, &row, Side::First, answer).await?;
        answered.entry((row.grant_type.clone(), row.period.clone())).or_default().push(row);
    }
    for rows in answered.values() {
        calculate_again(&mut tx, tenant, rows, answer).await?;
    }
    tx.commit().await?;
    Ok(answered.values().map(Vec::len).sum())
}

/// A question that can still be answered.
async fn open_row(tx: &mut Tx, id: ClashId) -> ServiceResult<ClashRow> {
    let row = rows::by_id(tx, id).await?.filter(|row| row.asked).ok_or(ServiceError::NotFound)?;
    if snapshots::of_period(tx, &row.grant_type, &row.period).await?.is_some() {
        return Err(ServiceError::refused(
            "Perioden är låst. Det som gällde då har använts.",
            "The period is locked. What held then was used.",
        ));
    }
    Ok(row)
}

async fn note(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    row: &ClashRow,
    side: Side,
    answer: ClashAnswer,
) -> ServiceResult<()> {
    let other = match answer {
        ClashAnswer::Keep => ClashAnswer::Withdraw,
        ClashAnswer::Withdraw => ClashAnswer::Keep,
    };
    let mine = (row.organisation_a == organisation, row.organisation_b == organisation);
    let (a, b) = match (mine, side) {
        // Both registrations are hers: what she says of one she says of the other.
        ((true, true), Side::First) => (Some(answer), Some(other)),
        ((true, true), Side::Second) => (Some(other), Some(answer)),
        ((true, false), _) => (Some(answer), None),
        ((false, true), _) => (None, Some(answer)),
        ((false, false), _) => return Err(ServiceError::NotFound),
    };
    let said = |new: Option<ClashAnswer>, stands: Option<ClashAnswer>| new.is_some() && new != stands;
    if said(a, row.answer_a) || said(b, row.answer_b) {
        affirmed::clash_answered(tx, tenant, organisation, &row.grant_type, &row.period).await?;
    }
    rows::answer(tx, row.id, a, b).await?;
    let body = json!({ "clash": row.id, "answer": answer.word() });
    let event = Event { kind: "clash.answered", body, texts: &[] };
    history::record(tx, tenant, Stream::Organisation(organisation), actor, event).await
}

/// What answers do to the preliminary amounts is reckoned at once, on both sides, once a case.
async fn calculate_again(tx: &mut Tx, tenant: &Tenant, answered: &[ClashRow], answer: ClashAnswer) -> ServiceResult<()> {
    let Some(first) = answered.first() else { return Ok(()) };
    let concerned: BTreeSet<OrganisationId> = answered.iter().flat_map(|row| [row.organisation_a, row.organisation_b]).collect();
    for organisation in concerned {
        if let Some(case) = cases::open_of(tx, organisation, &first.grant_type, &first.period).await? {
            let package = packages::version(tx, tenant, case.package_version_id).await?;
            let cause = format!("clash-{}-{}-{}", first.id, answer.word(), tenant.ids.uuid());
            periods::again(tx, tenant, &package, &case, &[Step::Calculate], &cause).await?;
        }
    }
    Ok(())
}
