//! The occasions of a card: saved as a file of its own kind, read back from what was stored.

use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use uuid::Uuid;

use super::{Disability, Member, Membership, members, own_group, text};
use crate::app::Tenant;
use crate::attendance::codec;
use crate::attendance::dak;
use crate::attendance::file::{AttendanceFile, FileAssociation, FileCard, FileMark, FileOccasion, FilePerson, Method};
use crate::domain::Localized;
use crate::domain::attendance::{ActivityKind, MarkClass, OccasionFacts, PersonNo};
use crate::domain::id::{ImportId, OrganisationId};
use crate::services::actor::{About, Action, authorize};
use crate::services::attendance::{Received, Replaces, day_number, facts, span_of, take_in};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError, ServiceResult};
use crate::store::attendance::{self, OccasionRow, SourceKind};
use crate::store::counters::{self, Counter};
use crate::store::hand::{GroupRole, GroupRow};
use crate::store::{Tx, organisations, persons};

/// An occasion as somebody writes it down.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The day, as a date field sends it.
    pub date: String,
    /// When it began, as `18.00` or `18:00`.
    pub start: String,
    /// When it ended.
    pub stop: String,
    /// What it was.
    pub kind: ActivityKind,
    /// What was done.
    pub activity: String,
    /// Where.
    pub place: String,
    /// Who was there.
    pub present: BTreeSet<Uuid>,
    /// Whether this may take the place of what another source has sent for the half-year.
    pub replaces: bool,
}

/// Who was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Her identity in the association's register.
    pub person: Uuid,
    /// Whether she led.
    pub role: GroupRole,
}

/// An occasion as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its code.
    pub code: String,
    /// Its facts.
    pub facts: OccasionFacts,
    /// Who was there and is known to the register.
    pub marked: Vec<Marked>,
}

/// What a new occasion begins with: the last one's times, place and people.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The day, a week after the last one, or today.
    pub date: NaiveDate,
    /// The times, where there was one before.
    pub times: Option<(NaiveTime, NaiveTime)>,
    /// What it was.
    pub kind: ActivityKind,
    /// What was done.
    pub activity: String,
    /// Where.
    pub place: String,
    /// Who was there last time.
    pub present: BTreeSet<Uuid>,
}

/// A group's card of a half-year: the group, who is on it, and its occasions by day.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn card(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    group: Uuid,
) -> ServiceResult<(GroupRow, Vec<Member>, Vec<Kept>)> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let row = own_group(&mut tx, organisation, group).await?;
    let members = members(&mut tx, tenant, group).await?;
    let kept = occasions(&mut tx, organisation, half, &row, &members).await?;
    Ok((row, members, kept))
}

/// One occasion of a card.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not the actor's to see.
pub async fn kept(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    group: Uuid,
    code: &str,
) -> ServiceResult<(GroupRow, Vec<Member>, Kept)> {
    let (row, members, kept) = card(tenant, actor, organisation, half, group).await?;
    let one = kept.into_iter().find(|one| one.code == code).ok_or(ServiceError::NotFound)?;
    Ok((row, members, one))
}

/// What a new occasion of a card begins with.
#[must_use]
pub fn suggestion(tenant: &Tenant, group: &GroupRow, half: &str, members: &[Member], kept: &[Kept]) -> Suggestion {
    let span = span_of(half);
    let today = tenant.clock.today();
    let last = kept.last();
    let next = last.and_then(|last| last.facts.date().checked_add_days(Days::new(7))).unwrap_or(today).min(today);
    let date = span.map_or(next, |span| next.clamp(span.from, span.to));
    let now: BTreeSet<Uuid> = members.iter().filter(|member| member.present == Membership::Now).map(|member| member.id).collect();
    Suggestion {
        date,
        times: last.map(|last| (last.facts.start.time(), last.facts.stop.time())),
        kind: last.map_or(ActivityKind::Training, |last| last.facts.kind),
        activity: last.map_or_else(|| group.activity.clone(), |last| last.facts.activity.clone()),
        place: last.map_or_else(|| group.place.clone(), |last| last.facts.place.clone()),
        present: last
            .map(|last| last.marked.iter().map(|mark| mark.person).filter(|person| now.contains(person)).collect())
            .unwrap_or_default(),
    }
}

/// Saves an occasion: a new one, or another version of the one with a code.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per field; [`ServiceError::NotFound`] when the group or occasion is not hers.
pub async fn save(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    group: Uuid,
    code: Option<&str>,
    entry: &Entry,
) -> ServiceResult<ImportId> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let (row, members, kept) = card(tenant, actor, organisation, half, group).await?;
    let before = match code {
        Some(code) => Some(kept.iter().find(|one| one.code == code).ok_or(ServiceError::NotFound)?),
        None => None,
    };
    let facts = judge(tenant, half, &row, entry, &kept, before)?;
    other_source(tenant, organisation, half, entry).await?;
    let mut file_persons = Vec::new();
    let mut marks = Vec::new();
    for member in members.iter().filter(|member| entry.present.contains(&member.id)) {
        let mut class = if member.role == GroupRole::Leader { MarkClass::LEADER_PRESENT } else { MarkClass::PARTICIPANT };
        if member.disability == Disability::Yes {
            class = class.disability();
        }
        marks.push(FileMark { person: u32::try_from(file_persons.len()).map_err(anyhow::Error::from)?, class });
        file_persons.push(FilePerson { number: member.number, name: member.name.clone() });
    }
    let occasions = vec![FileOccasion { facts, method: Method::Add, line: 0, marks }];
    send(tenant, actor, organisation, half, &row, occasions, file_persons).await
}

/// Takes an occasion away.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or not hers.
pub async fn remove(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    group: Uuid,
    code: &str,
) -> ServiceResult<ImportId> {
    authorize(actor, Action::ActFor(About::Association(organisation)))?;
    let (row, _, before) = kept(tenant, actor, organisation, half, group, code).await?;
    let gone = FileOccasion { facts: before.facts, method: Method::Remove, line: 0, marks: Vec::new() };
    send(tenant, actor, organisation, half, &row, vec![gone], Vec::new()).await
}

/// What was written, as the facts of an occasion.
fn judge(
    tenant: &Tenant,
    half: &str,
    group: &GroupRow,
    entry: &Entry,
    kept: &[Kept],
    before: Option<&Kept>,
) -> ServiceResult<OccasionFacts> {
    let mut findings = Vec::new();
    let span = span_of(half).ok_or(ServiceError::NotFound)?;
    let date: Option<NaiveDate> = entry.date.trim().parse().ok();
    let mut fault = |place: &str, code: &str, sv: &str, en: &str| {
        findings.push(Finding { place: place.to_owned(), code: code.to_owned(), message: Localized::both(sv, en) });
    };
    match date {
        None => fault("datum", "date", "Välj vilken dag det var.", "Choose which day it was."),
        Some(date) if date > tenant.clock.today() => {
            fault("datum", "future", "Dagen har inte varit än. Skriv in närvaron när ni har träffats.", "That day has not been yet.");
        }
        Some(date) if !span.contains(date) => fault(
            "datum",
            "outside",
            "Dagen ligger utanför perioden. Öppna den period som dagen hör till.",
            "The day lies outside the period. Open the period it belongs to.",
        ),
        Some(_) => {}
    }
    let (start, stop) = (time(&entry.start), time(&entry.stop));
    if start.is_none() {
        fault("start", "time", "Skriv när ni började, till exempel 18.00.", "Write when you began, such as 18:00.");
    }
    if stop.is_none() {
        fault("slut", "time", "Skriv när ni slutade, till exempel 19.30.", "Write when you ended, such as 19:30.");
    }
    if let (Some(start), Some(stop)) = (start, stop)
        && stop < start
        && (start - stop).num_minutes() < LONGEST_NIGHT
    {
        fault(
            "slut",
            "order",
            "Sluttiden är före starttiden. Rätta den tid som är fel.",
            "It ends before it begins. Put right the time that is wrong.",
        );
    }
    if start.is_some() && start == stop {
        fault("slut", "length", "Sluttiden är samma som starttiden.", "It ends when it begins.");
    }
    if entry.present.is_empty() {
        fault("narvarande", "nobody", "Kryssa i vilka som var med.", "Tick who was there.");
    }
    let activity = text(&mut findings, "aktivitet", &entry.activity, 150, ("Skriv vad ni gjorde.", "Write what you did."));
    let place = text(&mut findings, "plats", &entry.place, 150, ("Skriv var ni var.", "Write where you were."));
    let times = date.zip(start.zip(stop)).and_then(|(date, (start, stop))| times(date, start, stop));
    let Some((starts, stops)) = times.filter(|_| findings.is_empty()) else { return Err(ServiceError::Invalid(findings)) };
    let own = before.map(|before| before.code.as_str());
    if kept.iter().any(|one| Some(one.code.as_str()) != own && one.facts.start == starts) {
        let message = Localized::both(
            "Gruppen har redan en sammankomst som började då. Öppna den om något ska ändras.",
            "The group has an occasion that began then already. Open it if something is to be changed.",
        );
        return Err(ServiceError::invalid("start", "there", message));
    }
    // A period lies within a year, so that the code stays unique whatever day is chosen.
    let code = own.map_or_else(|| tenant.ids.uuid().simple().to_string(), str::to_owned);
    let card = i32::try_from(group.card).map_err(anyhow::Error::from)?;
    Ok(OccasionFacts { card, code, start: starts, stop: stops, kind: entry.kind, activity, place, team_sport: None, registered: None })
}

/// What ends less than this before it begins, in minutes, is a slip and no night: it would last more than sixteen hours.
const LONGEST_NIGHT: i64 = 8 * 60;

/// What ends before it begins ends the next day; who writes 18 and 17 by mistake sees so many hours on the card.
fn times(date: NaiveDate, start: NaiveTime, stop: NaiveTime) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let last = if stop < start { date.checked_add_days(Days::new(1))? } else { date };
    Some((date.and_time(start), last.and_time(stop)))
}

/// A time of day as people and time fields write it: `18:00`, `18.00`, `1800`, `18`.
fn time(written: &str) -> Option<NaiveTime> {
    let written = written.trim().replace('.', ":");
    let (hour, minute) = match written.split_once(':') {
        Some((hour, rest)) => (hour.to_owned(), rest.split(':').next().unwrap_or_default().to_owned()),
        None if written.len() == 4 && written.is_ascii() => (written[..2].to_owned(), written[2..].to_owned()),
        None => (written.clone(), "0".to_owned()),
    };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// What another source has sent is only taken the place of by somebody who says so.
async fn other_source(tenant: &Tenant, organisation: OrganisationId, half: &str, entry: &Entry) -> ServiceResult<()> {
    let mut tx = tenant.db.read().await?;
    let active = attendance::active_source(&mut tx, organisation, half).await?;
    if entry.replaces || active.is_none_or(|active| active == SourceKind::Hand) {
        return Ok(());
    }
    let message = Localized::both(
        "Ni har redan närvaro från en fil för perioden. Kryssa i att närvarokortet ska användas i stället.",
        "You have attendance from a file for this period. Tick that the card is to be used instead.",
    );
    Err(ServiceError::invalid("byt", "other_source", message))
}

async fn send(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    half: &str,
    group: &GroupRow,
    occasions: Vec<FileOccasion>,
    persons: Vec<FilePerson>,
) -> ServiceResult<ImportId> {
    let mut tx = tenant.db.read().await?;
    let own = organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let known_as = organisations::external_ids(&mut tx, organisation, tenant.clock.today()).await?;
    drop(tx);
    let card = FileCard {
        number: i32::try_from(group.card).map_err(anyhow::Error::from)?,
        name: Some(group.name.clone()),
        activity: group.activity.clone(),
        place: group.place.clone(),
        occasions,
    };
    let association = FileAssociation {
        id: known_as.into_iter().next().unwrap_or_else(|| own.number.clone()),
        name: None,
        organisation_number: own.number.parse().ok(),
        cards: vec![card],
    };
    let file = AttendanceFile { municipality: tenant.profile.code.clone(), associations: vec![association], persons };
    let mut bytes = Vec::new();
    dak::write(&mut bytes, &file)?;
    let received = Received::new(organisation, SourceKind::Hand, Cursor::new(bytes));
    let received = Received { replaces: Replaces::Only(vec![half.to_owned()]), ..received };
    let imported = take_in(tenant, actor, received).await?;
    if imported.report.accepted {
        return Ok(imported.id);
    }
    let findings = imported.report.errors();
    Err(ServiceError::Invalid(
        findings
            .map(|finding| Finding { place: String::new(), code: finding.code.as_str().to_owned(), message: finding.message.clone() })
            .collect(),
    ))
}

/// The stored occasions of a card in a half-year, by day.
async fn occasions(
    tx: &mut Tx,
    organisation: OrganisationId,
    half: &str,
    group: &GroupRow,
    members: &[Member],
) -> ServiceResult<Vec<Kept>> {
    let span = span_of(half).ok_or(ServiceError::NotFound)?;
    let no = organisations::by_id(tx, organisation).await?.ok_or(ServiceError::NotFound)?.no;
    let cards = attendance::cards(tx, no).await?;
    let Some(card) = cards.into_iter().find(|card| card.source == SourceKind::Hand && card.card == group.card) else {
        return Ok(Vec::new());
    };
    let watermark = counters::last(tx, Counter::Import).await?;
    let days = (day_number(span.from), day_number(span.to));
    let stored: Vec<OccasionRow> = attendance::occasions(tx, &[card.no], days, watermark).await?;
    let facts = facts(tx, &stored).await?;
    let mut marks = Vec::with_capacity(stored.len());
    let mut numbers: BTreeSet<PersonNo> = BTreeSet::new();
    for row in &stored {
        let decoded = codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("occasion {}: {error}", row.id))?;
        numbers.extend(decoded.iter().map(|(person, _)| *person));
        marks.push(decoded);
    }
    let known = persons::by_no(tx, &numbers.into_iter().collect::<Vec<_>>()).await?;
    let by_hmac: HashMap<&[u8], Uuid> = members.iter().map(|member| (member.hmac.as_slice(), member.id)).collect();
    let identity: HashMap<PersonNo, Uuid> = known.iter().filter_map(|row| Some((row.no, *by_hmac.get(row.hmac.as_slice())?))).collect();
    let mut found: Vec<Kept> = stored
        .into_iter()
        .zip(facts)
        .zip(marks)
        .map(|((row, facts), marks)| Kept {
            code: row.code,
            facts,
            marked: marks
                .into_iter()
                .filter(|(_, class)| class.is_present())
                .filter_map(|(person, class)| {
                    let role = if class.is_leader() { GroupRole::Leader } else { GroupRole::Participant };
                    Some(Marked { person: *identity.get(&person)?, role })
                })
                .collect(),
        })
        .collect();
    found.sort_by_key(|kept| (kept.facts.start, kept.code.clone()));
    Ok(found)
}
