//! The committee's meetings: planned with a stop day, cases put on the agenda, and what the minutes say written back in,
//! each case its own decision.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::actor::{Action, authorize};
use super::cases::{overrides, queue};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, decisions, flow, packages};
use crate::app::Tenant;
use crate::domain::committee::Done;
use crate::domain::grant::DecisionMode;
use crate::domain::id::{CaseId, DecisionId};
use crate::domain::localized::Language;
use crate::domain::{Localized, Money};
use crate::packages::Package;
use crate::store::agenda::{self, ItemRow};
use crate::store::cases::{self, CaseRow};
use crate::store::decisions::{self as rows, MeetingRow};
use crate::store::{Tx, calculations};
use crate::text::number;
use crate::workflows::StateKind;
use crate::workflows::machine::Outcome;

pub mod bundle;
pub mod memo;
pub(crate) mod stages;
pub mod views;

/// What the minutes say of one case.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    /// The case.
    pub case: CaseId,
    /// What came of it.
    pub done: Done,
    /// The amount, where it is another than proposed.
    pub amount: Option<Money>,
    /// Why, where it is not as proposed.
    pub reason: &'a str,
    /// A reservation that a member had minuted; empty for none.
    pub reservation: &'a str,
    /// The paragraph of the minutes; empty for the meeting's own.
    pub paragraph: &'a str,
}

/// Plans a meeting of a committee, or of a body that prepares its cases, or moves the stop day of one.
///
/// # Errors
/// [`ServiceError::Invalid`] for a committee or a body that is none, a day that has been, or a stop day after the meeting;
/// [`ServiceError::Refused`] when the minutes are announced already.
pub async fn plan(
    tenant: &Tenant,
    actor: &Actor,
    (committee, stage): (&str, Option<&str>),
    held_on: NaiveDate,
    stop_on: Option<NaiveDate>,
) -> ServiceResult<MeetingRow> {
    let known = tenant.profile.committee(committee);
    if known.is_none_or(|known| stage.is_some_and(|stage| !known.stages.iter().any(|one| one.id == stage))) {
        return Err(ServiceError::invalid("namnd", "unknown", Localized::both("Välj en nämnd.", "Choose a committee.")));
    }
    authorize(actor, Action::Prepare { committee })?;
    if held_on < tenant.clock.today() {
        let message = Localized::both("Sammanträdets dag har redan varit.", "The day of the meeting has been.");
        return Err(ServiceError::invalid("dag", "past", message));
    }
    if stop_on.is_some_and(|stop_on| stop_on > held_on) {
        let message = Localized::both("Stoppdagen kan inte ligga efter sammanträdet.", "The stop day cannot be after the meeting.");
        return Err(ServiceError::invalid("stopp", "too_late", message));
    }
    let mut tx = tenant.db.write().await?;
    let mut meeting = decisions::meetings::on(&mut tx, tenant, committee, stage, held_on).await?;
    if meeting.announced_on.is_some() {
        return Err(announced());
    }
    meeting.stop_on = stop_on;
    rows::put_meeting(&mut tx, &meeting).await?;
    let body = json!({ "meeting": meeting.id, "committee": committee, "stage": stage, "held_on": held_on, "stop_on": stop_on });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "meeting.planned", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// Puts cases on a meeting's agenda. One that cannot be is told with its reason; the others stand.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting; [`ServiceError::Refused`] when its stop day has passed.
pub async fn put_on_agenda(
    tenant: &Tenant,
    actor: &Actor,
    meeting: Uuid,
    list: &[CaseId],
) -> ServiceResult<Vec<(CaseId, ServiceResult<()>)>> {
    let mut tx = tenant.db.write().await?;
    let meeting = prepared(&mut tx, actor, meeting).await?;
    if meeting.stop_on.is_some_and(|stop_on| tenant.clock.today() > stop_on) {
        let stop_on = meeting.stop_on.map_or_else(String::new, |day| number::date(day, Language::Sv));
        return Err(ServiceError::refused(
            format!("Stoppdagen var {stop_on}. Lägg ärendet på nästa sammanträde, eller flytta stoppdagen."),
            format!("The stop day was {stop_on}. Put the case on the next meeting, or move the stop day."),
        ));
    }
    let mut done = Vec::with_capacity(list.len());
    for case in list {
        let result = put(&mut tx, tenant, actor, &meeting, *case).await;
        match result {
            Err(error @ (ServiceError::Store(_) | ServiceError::Internal(_))) => return Err(error),
            told => done.push((*case, told)),
        }
    }
    tx.commit().await?;
    Ok(done)
}

async fn put(tx: &mut Tx, tenant: &Tenant, actor: &Actor, meeting: &MeetingRow, id: CaseId) -> ServiceResult<()> {
    let case = cases::lock(tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    if case.committee != meeting.committee || !is_for_committee(tx, &package, &case).await? {
        return Err(ServiceError::refused("Ärendet väntar inte på nämndens beslut.", "The case does not wait for the committee."));
    }
    if let Some(missing) = stages::missing(tx, tenant, meeting, id).await? {
        return Err(ServiceError::refused(
            format!("{} har inte berett ärendet. Lägg det på ett sammanträde där först.", missing.name),
            format!("{} has not prepared the case. Put it on a meeting there first.", missing.name),
        ));
    }
    let row = ItemRow {
        id: tenant.ids.uuid(),
        meeting_id: meeting.id,
        case_id: id,
        no: agenda::next_no(tx, meeting.id).await?,
        added_by: actor.user().ok_or(ServiceError::NotFound)?.id,
        added_at: tenant.clock.now(),
        outcome: None,
        paragraph: None,
        reason: None,
        reservation: None,
        decision_id: None,
        settled_by: None,
        settled_at: None,
    };
    if !agenda::add(tx, &row).await? {
        return Err(ServiceError::refused("Ärendet står redan på en föredragningslista.", "The case is on an agenda already."));
    }
    let body = json!({ "meeting": meeting.id, "stage": stages::of(tenant, meeting).map(|stage| &stage.name), "held_on": meeting.held_on, "no": row.no });
    history::record(tx, tenant, Stream::Case(id), actor, Event { kind: "case.on_agenda", body, texts: &[] }).await
}

/// Takes a case off an agenda on which nothing was done with it.
///
/// # Errors
/// [`ServiceError::Stale`] when it is not there, or the minutes are written in.
pub async fn take_off_agenda(tenant: &Tenant, actor: &Actor, meeting: Uuid, id: CaseId) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let meeting = of(&mut tx, actor, meeting).await?;
    let case = cases::lock(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    if !agenda::remove(&mut tx, meeting.id, id).await? {
        return Err(ServiceError::Stale);
    }
    let body = json!({ "meeting": meeting.id, "stage": stages::of(tenant, &meeting).map(|stage| &stage.name), "held_on": meeting.held_on });
    history::record(&mut tx, tenant, Stream::Case(id), actor, Event { kind: "case.off_agenda", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes in what the minutes say: the committee's of each case its own decision, a preparing body's what it proposes. One that cannot be is told with its reason; the others stand.
///
/// # Errors
/// [`ServiceError::Refused`] before the meeting's day.
pub async fn write_in(
    tenant: &Tenant,
    actor: &Actor,
    meeting: Uuid,
    rulings: &[Ruling<'_>],
) -> ServiceResult<Vec<(CaseId, ServiceResult<Option<DecisionId>>)>> {
    let mut read = tenant.db.read().await?;
    // Of an announced meeting too: a decision that was taken back before its letter left is written in again.
    let meeting = of(&mut read, actor, meeting).await?;
    drop(read);
    if tenant.clock.today() < meeting.held_on {
        return Err(ServiceError::refused(
            "Sammanträdet har inte hållits än. Det som står i protokollet skrivs in efteråt.",
            "The meeting has not been held. What the minutes say is written in afterwards.",
        ));
    }
    let mut done = Vec::with_capacity(rulings.len());
    for ruling in rulings {
        done.push((ruling.case, one(tenant, actor, &meeting, ruling).await));
    }
    let mut tx = tenant.db.write().await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(done)
}

async fn one(tenant: &Tenant, actor: &Actor, meeting: &MeetingRow, ruling: &Ruling<'_>) -> ServiceResult<Option<DecisionId>> {
    let reason = ruling.reason.trim();
    if ruling.done.needs_reason() && reason.is_empty() {
        let message = Localized::both("Skriv skälen, som de står i protokollet.", "Write the reasons as the minutes have them.");
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    let own = paragraph(ruling.paragraph);
    let Some(paragraph) = own.as_deref().or(meeting.paragraph.as_deref()) else {
        let message = Localized::both("Skriv paragrafen i protokollet, som § 42.", "Write the paragraph of the minutes, such as § 42.");
        return Err(ServiceError::invalid("paragraf", "missing", message));
    };
    let mut read = tenant.db.read().await?;
    let item = agenda::item(&mut read, meeting.id, ruling.case).await?.ok_or(ServiceError::NotFound)?;
    let case = cases::by_id(&mut read, ruling.case).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })?;
    if item.outcome.is_some() {
        return Err(ServiceError::refused(
            "Protokollet är redan inskrivet för ärendet.",
            "The minutes are written in for this case already.",
        ));
    }
    drop(read);
    let tried = match other_amount(ruling)? {
        Some(amount) => Some(overrides::try_out(tenant, actor, ruling.case, Some(amount), reason).await?),
        None => None,
    };
    let mut tx = tenant.db.write().await?;
    // In one transaction with the decision: what cannot be decided changes nothing.
    if let Some(tried) = &tried {
        overrides::keep(&mut tx, tenant, actor, tried).await?;
    }
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let decision = match ruling.done {
        // What a preparing body proposes binds nobody: the committee decides.
        Done::AsProposed | Done::Changed | Done::Refused if meeting.stage.is_some() => None,
        Done::AsProposed | Done::Changed | Done::Refused => {
            let by = decisions::By::Committee { meeting: meeting.id, held_on: meeting.held_on, paragraph };
            let own: Vec<String> = std::iter::once(reason).filter(|text| !text.is_empty()).map(str::to_owned).collect();
            Some(decisions::decide_in_committee(&mut tx, tenant, actor, ruling.case, by, &own).await?)
        }
        Done::ReferredBack => {
            refer_back(&mut tx, tenant, actor, ruling.case, reason).await?;
            None
        }
        Done::Tabled => None,
    };
    let settled = ItemRow {
        outcome: Some(ruling.done),
        paragraph: Some(paragraph.to_owned()),
        reason: Some(reason).filter(|text| !text.is_empty()).map(str::to_owned),
        reservation: Some(ruling.reservation.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
        decision_id: decision,
        settled_by: Some(user),
        settled_at: Some(tenant.clock.now()),
        ..item
    };
    if !agenda::settle(&mut tx, &settled).await? {
        return Err(ServiceError::Stale);
    }
    let body = json!({
        "meeting": meeting.id, "stage": stages::of(tenant, meeting).map(|stage| &stage.name), "held_on": meeting.held_on, "outcome": ruling.done, "paragraph": paragraph,
        "decision": decision,
    });
    let texts = [("reason", reason), ("reservation", ruling.reservation.trim())];
    let texts: Vec<_> = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    history::record(&mut tx, tenant, Stream::Case(ruling.case), actor, Event { kind: "case.in_committee", body, texts: &texts }).await?;
    queue::refresh(&mut tx, tenant, ruling.case).await?;
    tx.commit().await?;
    Ok(decision)
}

/// A paragraph as minutes name it: `42` is § 42.
fn paragraph(typed: &str) -> Option<String> {
    let typed = typed.trim();
    match typed.strip_prefix('§').map_or(typed, str::trim) {
        "" => None,
        number if number.starts_with(|first: char| first.is_ascii_digit()) => Some(format!("§ {number}")),
        _ => Some(typed.to_owned()),
    }
}

/// The amount that the committee set in the place of the proposed one.
fn other_amount(ruling: &Ruling<'_>) -> ServiceResult<Option<Money>> {
    match (ruling.done, ruling.amount) {
        (Done::Changed, Some(amount)) if amount.is_positive() => Ok(Some(amount)),
        (Done::Changed, _) => {
            let message = Localized::both("Skriv det belopp som nämnden beviljade.", "Write the amount that the committee granted.");
            Err(ServiceError::invalid("belopp", "missing", message))
        }
        (Done::Refused, _) => Ok(Some(Money::ZERO)),
        (Done::AsProposed | Done::ReferredBack | Done::Tabled, _) => Ok(None),
    }
}

async fn refer_back(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: CaseId, reason: &str) -> ServiceResult<()> {
    let mut case = cases::lock(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let leads_back = package
        .workflow
        .state(&case.state)
        .is_some_and(|state| state.next.iter().any(|next| next.when == Some(crate::workflows::AutomaticCondition::ReferredBack)));
    if !leads_back {
        return Err(ServiceError::refused(
            "Bidragets arbetsflöde har ingen väg tillbaka från nämnden. Bordlägg ärendet i stället.",
            "The grant's workflow has no way back from the committee. Table the case instead.",
        ));
    }
    flow::advance(tx, tenant, &package, &mut case, actor, &Outcome::ReferredBack, Some(reason)).await
}

/// Whether a case waits for the committee: by its grant's decision mode, or because its rules send it there.
async fn is_for_committee(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<bool> {
    let waits = package.workflow.state(&case.state).is_some_and(|state| matches!(state.kind, StateKind::Decision));
    if !waits || case.outcome.is_some() {
        return Ok(false);
    }
    if package.form.decision_mode == DecisionMode::Committee {
        return Ok(true);
    }
    let Some(newest) = calculations::newest(tx, case.id).await? else { return Ok(false) };
    Ok(super::calculation::evaluation(&newest)?.route.is_some())
}

async fn of(tx: &mut Tx, actor: &Actor, meeting: Uuid) -> ServiceResult<MeetingRow> {
    let meeting = rows::meeting_by_id(tx, meeting).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Prepare { committee: &meeting.committee })?;
    Ok(meeting)
}

async fn prepared(tx: &mut Tx, actor: &Actor, meeting: Uuid) -> ServiceResult<MeetingRow> {
    let meeting = of(tx, actor, meeting).await?;
    if meeting.announced_on.is_some() {
        return Err(announced());
    }
    Ok(meeting)
}

fn announced() -> ServiceError {
    ServiceError::refused("Sammanträdets protokoll är redan anslaget.", "The minutes of the meeting are announced already.")
}
