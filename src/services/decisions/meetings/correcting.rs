//! What was entered wrong of a meeting: its day, paragraph and announcement, corrected as a new event with its reason.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::{MeetingRow, rows};
use crate::app::Tenant;
use crate::domain::grant::DecisionMode;
use crate::domain::localized::Language;
use crate::domain::{Localized, calendar, clock};
use crate::services::actor::{Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, free_text, payments};
use crate::store::Tx;
use crate::text::number;

/// What a meeting's entry should say.
#[derive(Clone, Debug)]
pub struct Correction<'a> {
    /// The day it was held.
    pub held_on: NaiveDate,
    /// The paragraph of the minutes.
    pub paragraph: Option<&'a str>,
    /// When the minutes were announced and taken down; none where that is not told yet.
    pub announced: Option<(NaiveDate, NaiveDate)>,
    /// Why it is corrected.
    pub reason: &'a str,
}

/// Corrects what was entered of a meeting. The time for appeal, and the payments held for it, follow the new day.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything to correct; [`ServiceError::Refused`] when the time for appeal has run out or a
/// payment that was held for it has been released.
pub async fn correct(tenant: &Tenant, actor: &Actor, id: Uuid, new: &Correction<'_>) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let mut tx = tenant.db.write().await?;
    let before = rows::meeting_by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    if let Some(why) = closed(&mut tx, tenant, &before).await? {
        return Err(ServiceError::Refused(why));
    }
    if new.reason.trim().is_empty() {
        let message = Localized::both("Skriv varför uppgifterna rättas.", "Write why this is corrected.");
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    free_text::refuse_person_numbers("reason", new.reason)?;
    let decided = rows::reported_to(&mut tx, id).await?;
    let taken = rows::meeting(&mut tx, &before.committee, before.stage.as_deref(), new.held_on).await?.is_some_and(|other| other.id != id);
    if taken {
        let message = Localized::both("Nämnden har redan ett sammanträde den dagen.", "The committee has a meeting on that day already.");
        return Err(ServiceError::invalid("held_on", "taken", message));
    }
    // What the committee decided itself it decided at the meeting, whenever that was written in.
    let delegated = decided.iter().filter(|decision| decision.mode != DecisionMode::Committee);
    if delegated.map(|decision| clock::swedish_date(decision.decided_at)).any(|day| day > new.held_on) {
        let message = Localized::both(
            "Besluten som är anmälda fattades efter den dagen. Välj en dag efter dem.",
            "The decisions that were reported were made after that day. Choose a day after them.",
        );
        return Err(ServiceError::invalid("held_on", "too_early", message));
    }
    let after = MeetingRow {
        held_on: new.held_on,
        paragraph: new.paragraph.map(str::to_owned),
        announced_on: new.announced.map(|(up, _)| up),
        removed_on: new.announced.map(|(_, down)| down),
        ..before.clone()
    };
    match (before.announced_on, new.announced) {
        (Some(_), Some((up, down))) => {
            let last = check(tenant, new.held_on, up, down)?;
            for decision in &decided {
                payments::announced_anew(&mut tx, tenant, decision.case_id, last).await?;
            }
        }
        (None, None) => {}
        (Some(_), None) | (None, Some(_)) => {
            let message = Localized::both("Välj en dag.", "Choose a day.");
            return Err(ServiceError::invalid("announced_on", "missing", message));
        }
    }
    rows::correct_meeting(&mut tx, &after).await?;
    let said = |row: &MeetingRow| json!({ "held_on": row.held_on, "paragraph": row.paragraph, "announced_on": row.announced_on, "removed_on": row.removed_on });
    let body = json!({ "meeting": id, "committee": before.committee, "before": said(&before), "after": said(&after) });
    let event = Event { kind: "meeting.corrected", body, texts: &[("reason", new.reason.trim())] };
    history::record(&mut tx, tenant, Stream::System, actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// Why a meeting's entry cannot be corrected any more; nothing where it can.
pub(super) async fn closed(tx: &mut Tx, tenant: &Tenant, meeting: &MeetingRow) -> ServiceResult<Option<Localized>> {
    let Some(announced) = meeting.announced_on else { return Ok(None) };
    let last = calendar::last_day_to_appeal(announced);
    if last < tenant.clock.today() {
        return Ok(Some(Localized::both(
            format!("Överklagandetiden gick ut {}. Uppgifterna kan inte rättas längre.", number::date(last, Language::Sv)),
            format!("The time for appeal ran out on {}. This can no longer be corrected.", number::date(last, Language::En)),
        )));
    }
    for decision in rows::reported_to(tx, meeting.id).await? {
        if payments::appeal_hold_released(tx, decision.case_id).await? {
            return Ok(Some(Localized::both(
                "En utbetalning som väntade på överklagandetiden är släppt. Uppgifterna kan inte rättas längre.",
                "A payment that waited for the time of appeal has been released. This can no longer be corrected.",
            )));
        }
    }
    Ok(None)
}

/// Judges the days of an announcement; answers the last day to appeal.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything to correct.
pub(super) fn check(tenant: &Tenant, held: NaiveDate, up: NaiveDate, down: NaiveDate) -> ServiceResult<NaiveDate> {
    let last = calendar::last_day_to_appeal(up);
    let mut findings = Vec::new();
    let mut fault = |place: &str, code: &str, message: Localized| {
        findings.push(Finding { place: place.to_owned(), code: code.to_owned(), message });
    };
    if up < held {
        let message =
            Localized::both("Protokollet kan inte anslås före sammanträdet.", "The minutes cannot be announced before the meeting.");
        fault("announced_on", "too_early", message);
    } else if up > tenant.clock.today() {
        // The time for appeal runs from what has happened (kommunallagen 8 kap. 9 §), never from what is planned.
        let message = Localized::both(
            "Dagen har inte varit än. Fyll i anslaget när protokollet sitter uppe.",
            "The day has not been yet. Enter the announcement when the minutes are up.",
        );
        fault("announced_on", "future", message);
    }
    if down <= last {
        let message = Localized::both(
            format!("Anslaget måste sitta uppe hela överklagandetiden, till och med {}.", number::date(last, Language::Sv)),
            format!("The announcement must stay up for the whole time of appeal, until {}.", number::date(last, Language::En)),
        );
        fault("removed_on", "too_early", message);
    }
    if findings.is_empty() { Ok(last) } else { Err(ServiceError::Invalid(findings)) }
}
