//! Reporting delegated decisions to the committee, and the announcement that starts the time for appeal.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::period::DateRange;
use crate::letters::{DelegatedDecision, DelegationList, NameShown, Official};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages, payments, protection};
use crate::store::decisions::{self as rows, DecisionRow, MeetingRow};
use crate::store::{Tx, cases, organisations, users};

/// Reports every delegated decision that was sent and that no meeting has been told of (kommunallagen 6 kap. 40 §).
///
/// # Errors
/// [`ServiceError::Refused`] when the actor may not, and when the minutes are announced already.
pub async fn report(
    tenant: &Tenant,
    actor: &Actor,
    committee: &str,
    held_on: NaiveDate,
    paragraph: Option<&str>,
) -> ServiceResult<MeetingRow> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let known = rows::meeting(&mut tx, committee, held_on).await?;
    let mut meeting = known.unwrap_or_else(|| MeetingRow {
        id: tenant.ids.uuid(),
        committee: committee.to_owned(),
        held_on,
        paragraph: None,
        announced_on: None,
        removed_on: None,
    });
    if meeting.announced_on.is_some() {
        return Err(ServiceError::refused(
            "Sammanträdets protokoll är redan anslaget. Anmäl besluten till nästa sammanträde.",
            "The minutes of the meeting are already announced. Report the decisions to the next meeting.",
        ));
    }
    meeting.paragraph = paragraph.map(str::to_owned).or(meeting.paragraph);
    rows::put_meeting(&mut tx, &meeting).await?;
    let decisions = rows::unreported(&mut tx, committee, tenant.clock.now()).await?;
    for decision in &decisions {
        rows::report(&mut tx, decision.id, meeting.id).await?;
    }
    let ids: Vec<_> = decisions.iter().map(|decision| decision.id).collect();
    let body = json!({ "committee": committee, "held_on": held_on, "paragraph": meeting.paragraph, "decisions": ids });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "meeting.reported", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(meeting)
}

/// Records when the adjusted minutes were announced and taken down: the time for appeal runs from the announcement,
/// and payments held for it are released when it is over.
///
/// # Errors
/// [`ServiceError::Invalid`] when it was taken down before three weeks had passed (kommunallagen 13 kap. 5 §).
pub async fn announce(
    tenant: &Tenant,
    actor: &Actor,
    committee: &str,
    held_on: NaiveDate,
    announced_on: NaiveDate,
    removed_on: NaiveDate,
) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let last = crate::domain::calendar::last_day_to_appeal(announced_on);
    if removed_on <= last {
        let message = crate::domain::Localized::both(
            format!("Anslaget måste sitta uppe hela överklagandetiden, till och med {last}."),
            format!("The announcement must stay up for the whole time of appeal, until {last}."),
        );
        return Err(ServiceError::invalid("removed_on", "too_early", message));
    }
    let mut tx = tenant.db.write().await?;
    let mut meeting = rows::meeting(&mut tx, committee, held_on).await?.ok_or(ServiceError::NotFound)?;
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
    let mut decisions = Vec::new();
    for row in rows::reported_to(tx, meeting.id).await? {
        decisions.push(line(tx, tenant, &row).await?);
    }
    let dates = || decisions.iter().map(|decision: &DelegatedDecision| decision.date);
    let period = DateRange { from: dates().min().unwrap_or(meeting.held_on), to: dates().max().unwrap_or(meeting.held_on) };
    let committee = tenant.profile.committee(&meeting.committee);
    Ok(DelegationList {
        language: crate::domain::localized::Language::Sv,
        municipality: tenant.profile.name.clone(),
        committee: committee.map_or_else(|| meeting.committee.clone(), |committee| committee.name.clone()),
        meeting: meeting.held_on,
        period,
        decisions,
    })
}

async fn line(tx: &mut Tx, tenant: &Tenant, row: &DecisionRow) -> ServiceResult<DelegatedDecision> {
    let case = case(tx, row.case_id).await?;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let name = organisations::name(tx, case.organisation_id, tenant.clock.today()).await?;
    let hidden = protection::masks_party(tx, &case).await?;
    let user = match row.decided_by {
        Some(user) => users::by_id(tx, user).await?,
        None => None,
    };
    // The list is the committee's own: names stand in it even where a letter leaves them out.
    let delegate = Official {
        name: user.map_or_else(String::new, |user| user.name),
        role: crate::domain::Localized::sv("Delegat"),
        shown: NameShown::Shown,
    };
    Ok(DelegatedDecision {
        diary_number: case.number.clone(),
        date: crate::domain::clock::swedish_date(row.decided_at),
        delegate,
        delegation_point: row.delegation.clone().unwrap_or_default(),
        subject: if hidden { "Skyddad uppgift".to_owned() } else { format!("{} {}, {name}", package.form.title.sv, case.period) },
        outcome: row.outcome,
        amount: row.amount_ore.is_positive().then_some(row.amount_ore),
    })
}

async fn case(tx: &mut Tx, id: CaseId) -> ServiceResult<cases::CaseRow> {
    cases::by_id(tx, id).await?.ok_or(ServiceError::NotFound)
}
