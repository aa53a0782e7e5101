//! Reporting delegated decisions to the committee, and the announcement that starts the time for appeal.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::domain::period::DateRange;
use crate::domain::{Localized, clock};
use crate::letters::{DelegatedDecision, DelegationList, NameShown, Official};
use crate::services::actor::{Action, authorize};
use crate::services::conflicts::minutes;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages, payments, protection};
pub use crate::store::decisions::MeetingRow;
use crate::store::decisions::{self as rows, Listed, ReportedRow};
use crate::store::scope::Scope;
use crate::store::{Tx, agenda};

mod correcting;

pub use correcting::{Correction, correct};

/// Reports every delegated decision that was sent and that no meeting has been told of (kommunallagen 6 kap. 40 §).
///
/// # Errors
/// [`ServiceError::Refused`] when the actor may not, and when the minutes are announced already;
/// [`ServiceError::Invalid`] for a committee that is none.
pub async fn report(
    tenant: &Tenant,
    actor: &Actor,
    committee: &str,
    held_on: NaiveDate,
    paragraph: Option<&str>,
) -> ServiceResult<MeetingRow> {
    authorize(actor, Action::Administer)?;
    if tenant.profile.committee(committee).is_none() {
        return Err(ServiceError::invalid("namnd", "unknown", Localized::both("Välj en nämnd.", "Choose a committee.")));
    }
    let mut tx = tenant.db.write().await?;
    let mut meeting = on(&mut tx, tenant, committee, None, held_on).await?;
    if meeting.announced_on.is_some() {
        return Err(ServiceError::refused(
            "Sammanträdets protokoll är redan anslaget. Anmäl besluten till nästa sammanträde.",
            "The minutes of the meeting are already announced. Report the decisions to the next meeting.",
        ));
    }
    meeting.paragraph = paragraph.map(str::to_owned).or(meeting.paragraph);
    rows::put_meeting(&mut tx, &meeting).await?;
    // A meeting is told of what was decided until its day.
    let until = held_on.succ_opt().map_or_else(|| tenant.clock.now(), |next| tenant.clock.now().min(clock::midnight(next)));
    let decisions = rows::unreported(&mut tx, committee, until).await?;
    if decisions.is_empty() && !rows::unreported(&mut tx, committee, tenant.clock.now()).await?.is_empty() {
        let message = Localized::both(
            "Besluten som väntar fattades efter den dagen. Välj ett sammanträde efter dem.",
            "The decisions that wait were made after that day. Choose a meeting after them.",
        );
        return Err(ServiceError::invalid("dag", "too_early", message));
    }
    for decision in &decisions {
        rows::report(&mut tx, decision.id, meeting.id).await?;
    }
    let ids: Vec<_> = decisions.iter().map(|decision| decision.id).collect();
    let body = json!({ "committee": committee, "held_on": held_on, "paragraph": meeting.paragraph, "decisions": ids });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "meeting.reported", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// The meeting of a committee, or of a body that prepares its cases, on a day: the one that is planned, or a new one that nobody
/// has written yet.
///
/// # Errors
/// When the database refuses.
pub(in crate::services) async fn on(
    tx: &mut Tx,
    tenant: &Tenant,
    committee: &str,
    stage: Option<&str>,
    held_on: NaiveDate,
) -> ServiceResult<MeetingRow> {
    let known = rows::meeting(tx, committee, stage, held_on).await?;
    Ok(known.unwrap_or_else(|| MeetingRow {
        id: tenant.ids.uuid(),
        committee: committee.to_owned(),
        stage: stage.map(str::to_owned),
        held_on,
        paragraph: None,
        announced_on: None,
        removed_on: None,
        stop_on: None,
    }))
}

/// Records when the adjusted minutes were announced and taken down: the time for appeal runs from the announcement,
/// and payments held for it are released when it is over.
///
/// # Errors
/// [`ServiceError::Invalid`] when it went up before the meeting or after today, or was taken down before three weeks had passed
/// (kommunallagen 13 kap. 5 §); [`ServiceError::Refused`] when it is told already.
pub async fn announce(
    tenant: &Tenant,
    actor: &Actor,
    committee: &str,
    held_on: NaiveDate,
    announced_on: NaiveDate,
    removed_on: NaiveDate,
) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let last = correcting::check(tenant, held_on, announced_on, removed_on)?;
    let mut tx = tenant.db.write().await?;
    let mut meeting = rows::meeting(&mut tx, committee, None, held_on).await?.ok_or(ServiceError::NotFound)?;
    if meeting.announced_on.is_some() {
        return Err(ServiceError::refused(
            "Anslaget är redan infört. Rätta uppgifterna om de är fel.",
            "The announcement is entered already. Correct it where it is wrong.",
        ));
    }
    let open = agenda::unsettled(&mut tx, meeting.id).await?;
    if !open.is_empty() {
        let open = open.join(", ");
        return Err(ServiceError::refused(
            format!("Skriv först in vad protokollet säger om {open}, eller ta bort det från föredragningslistan."),
            format!("Write in first what the minutes say of {open}, or take it off the agenda."),
        ));
    }
    meeting.announced_on = Some(announced_on);
    meeting.removed_on = Some(removed_on);
    rows::put_meeting(&mut tx, &meeting).await?;
    for decision in rows::reported_to(&mut tx, meeting.id).await? {
        payments::announced(&mut tx, tenant, decision.case_id, last).await?;
    }
    let body = json!({ "committee": committee, "held_on": held_on, "announced_on": announced_on, "removed_on": removed_on });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "meeting.announced", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// The list of a meeting's delegated decisions, for page, PDF and CSV.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx, tenant: &Tenant, meeting: &MeetingRow) -> ServiceResult<DelegationList> {
    let found = rows::listed(tx, Listed::Meeting(meeting.id), tenant.clock.today()).await?;
    list_of(tx, tenant, &meeting.committee, meeting.held_on, found).await
}

async fn list_of(tx: &mut Tx, tenant: &Tenant, committee: &str, day: NaiveDate, found: Vec<ReportedRow>) -> ServiceResult<DelegationList> {
    let mut decisions = Vec::with_capacity(found.len());
    for row in found {
        decisions.push(line(tx, tenant, row).await?);
    }
    let dates = || decisions.iter().map(|decision: &DelegatedDecision| decision.date);
    let period = DateRange { from: dates().min().unwrap_or(day), to: dates().max().unwrap_or(day) };
    let known = tenant.profile.committee(committee);
    Ok(DelegationList {
        language: Language::Sv,
        municipality: tenant.profile.name.clone(),
        committee: known.map_or_else(|| committee.to_owned(), |known| known.name.clone()),
        meeting: day,
        period,
        decisions,
    })
}

async fn line(tx: &mut Tx, tenant: &Tenant, row: ReportedRow) -> ServiceResult<DelegatedDecision> {
    let package = packages::version(tx, tenant, row.package_version_id).await?;
    // The list is the committee's own: names stand in it even where a letter leaves them out.
    let delegate = Official { name: row.delegate.unwrap_or_default(), role: Localized::sv("Delegat"), shown: NameShown::Shown };
    let hidden = protection::hides(row.protected, row.kind);
    Ok(DelegatedDecision {
        diary_number: row.number,
        date: crate::domain::clock::swedish_date(row.decided_at),
        delegate,
        delegation_point: row.delegation.unwrap_or_default(),
        subject: if hidden {
            "Skyddad uppgift".to_owned()
        } else {
            format!("{} {}, {}", package.form.title.sv, package.form.period_words(&row.period).sv, row.applicant)
        },
        outcome: row.outcome,
        amount: row.amount_ore.is_positive().then_some(row.amount_ore),
    })
}

/// The meetings, and what waits for one.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Meetings, the newest first, with how many decisions each was told of.
    pub meetings: Vec<(MeetingRow, i64)>,
    /// Committees with how many decisions no meeting has been told of.
    pub waiting: Vec<(String, i64)>,
    /// Whether the actor may plan meetings of one of the committees.
    pub may_plan: bool,
    /// Whether the actor may report and announce.
    pub may_report: bool,
}

/// The meetings as a member of the staff sees them; decisions about those she is tied to are not counted.
///
/// # Errors
/// [`ServiceError::NotFound`] for who is not of the staff.
pub async fn overview(tenant: &Tenant, actor: &Actor) -> ServiceResult<Overview> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let counts = rows::reported_counts(&mut tx, &actor.scope()?).await?;
    let count = |meeting: &MeetingRow| counts.iter().find(|(id, _)| *id == meeting.id).map_or(0, |(_, count)| *count);
    let meetings = rows::meetings(&mut tx).await?.into_iter().map(|meeting| (count(&meeting), meeting));
    let meetings = meetings.map(|(count, meeting)| (meeting, count)).collect();
    let known = rows::unreported_counts(&mut tx).await?;
    let waiting = tenant.profile.committees.iter().map(|committee| {
        let count = known.iter().find(|(code, _)| *code == committee.code).map_or(0, |(_, count)| *count);
        (committee.code.clone(), count)
    });
    let may_plan = tenant.profile.committees.iter().any(|one| authorize(actor, Action::Prepare { committee: &one.code }).is_ok());
    Ok(Overview { meetings, may_plan, waiting: waiting.collect(), may_report: authorize(actor, Action::Administer).is_ok() })
}

/// Delegated decisions as a member of the staff sees them.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The decisions without those about whom the actor is tied to.
    pub list: DelegationList,
    /// The cases of the decisions, in the same order.
    pub cases: Vec<CaseId>,
    /// How many were left out.
    pub left_out: usize,
    /// What the minutes say of who has a conflict of interest in which of the cases.
    pub conflicts: Vec<String>,
}

/// A meeting with its list as a member of the staff sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The meeting.
    pub meeting: MeetingRow,
    /// What it was told of.
    pub seen: Seen,
    /// Whether the actor may announce.
    pub may_announce: bool,
    /// Whether she may correct what was entered.
    pub may_correct: bool,
    /// Why nobody may correct it any more.
    pub closed: Option<Localized>,
}

/// The list of one meeting.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting, or for who is not of the staff.
pub async fn of(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<Shown> {
    authorize(actor, Action::Browse)?;
    let scope = actor.scope()?;
    let mut tx = tenant.db.read().await?;
    let meeting = rows::meeting_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    let found = rows::listed(&mut tx, Listed::Meeting(id), tenant.clock.today()).await?;
    // A body that prepares decides nothing, so that there is nothing to appeal against (kommunallagen 13 kap. 5 §).
    let may_announce = meeting.stage.is_none() && meeting.announced_on.is_none() && authorize(actor, Action::Administer).is_ok();
    let closed = correcting::closed(&mut tx, tenant, &meeting).await?;
    let may_correct = closed.is_none() && authorize(actor, Action::Administer).is_ok();
    let seen = seen(&mut tx, tenant, &scope, (&meeting.committee, meeting.held_on), found).await?;
    Ok(Shown { meeting, seen, may_announce, may_correct, closed })
}

/// What a committee has not been told of yet, as a list of today.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such committee, or for who is not of the staff.
pub async fn waiting(tenant: &Tenant, actor: &Actor, committee: &str) -> ServiceResult<Seen> {
    authorize(actor, Action::Browse)?;
    let committee = tenant.profile.committee(committee).ok_or(ServiceError::NotFound)?;
    let (scope, today) = (actor.scope()?, tenant.clock.today());
    let mut tx = tenant.db.read().await?;
    let found = rows::listed(&mut tx, Listed::Unreported(&committee.code), today).await?;
    seen(&mut tx, tenant, &scope, (&committee.code, today), found).await
}

/// A list without those about whom the actor is tied to.
async fn seen(
    tx: &mut Tx,
    tenant: &Tenant,
    scope: &Scope,
    (committee, day): (&str, NaiveDate),
    mut found: Vec<ReportedRow>,
) -> ServiceResult<Seen> {
    let all = found.len();
    found.retain(|row| scope.holds_case(row.about()));
    let left_out = all - found.len();
    let cases = found.iter().map(|row| row.case_id).collect();
    let numbered: Vec<_> = found.iter().map(|row| (row.number.clone(), row.about())).collect();
    let conflicts = minutes::of_cases(tx, &numbered, day).await?;
    let list = list_of(tx, tenant, committee, day, found).await?;
    Ok(Seen { list, cases, left_out, conflicts })
}

/// The list as a document for the committee's papers.
///
/// # Errors
/// When it cannot be drawn.
pub async fn pdf(list: DelegationList) -> ServiceResult<Vec<u8>> {
    let drawn =
        tokio::task::spawn_blocking(move || crate::letters::pdf(&list)).await.map_err(|error| anyhow::anyhow!("no list: {error}"))?;
    Ok(drawn.map_err(anyhow::Error::from)?)
}
