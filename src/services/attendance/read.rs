//! Stored attendance as a calculation wants it: one association, one period, in the total order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::Serialize;

use super::{day_number, kind_of};
use crate::app::Tenant;
use crate::attendance::codec;
use crate::domain::attendance::{AttendanceData, Mark, OccasionFacts, PersonFacts, PersonNo};
use crate::domain::canonical::Sha;
use crate::domain::clock;
use crate::domain::id::SnapshotId;
use crate::domain::period::DateRange;
use crate::packages::Package;
use crate::services::{Claim, ServiceError, ServiceResult, clashes, periods};
use crate::store::attendance::{self, CardRow, OccasionRow};
use crate::store::counters::{self, Counter};
use crate::store::persons::{self, FactKind};
use crate::store::{Tx, earlier, organisations, snapshots};

/// Attendance and where it was read from.
#[derive(Clone, Debug)]
pub struct Read {
    /// What was read.
    pub data: AttendanceData,
    /// The last import, while the period is open.
    pub watermark: Option<i64>,
    /// The snapshot, once it is closed.
    pub snapshot: Option<SnapshotId>,
}

/// The attendance behind a claim: from the locked snapshot, or as far as it has come in.
///
/// # Errors
/// When the database refuses or stored data cannot be read.
pub async fn of(tx: &mut Tx, tenant: &Tenant, package: &Package, claim: &Claim<'_>) -> ServiceResult<Read> {
    let covers = package.form.period(claim.period).ok_or_else(|| anyhow::anyhow!("no period {}", claim.period))?.covers;
    if let Some(snapshot) = snapshots::of_period(tx, claim.grant_type, claim.period).await? {
        let Some(part) = snapshots::part(tx, snapshot.id, claim.organisation).await? else {
            return Ok(Read { data: AttendanceData::default(), watermark: None, snapshot: Some(snapshot.id) });
        };
        let part = periods::Part::read(&part.body)?;
        let rows = attendance::occasions_by_id(tx, &part.occasions).await?;
        let data = assemble(tx, rows, &part.lost_set(), &Residence::Known(part.residents()), Registration::of(package)).await?;
        return Ok(Read { data, watermark: None, snapshot: Some(snapshot.id) });
    }
    let watermark = counters::last(tx, Counter::Import).await?;
    let organisation = organisations::by_id(tx, claim.organisation).await?.ok_or(ServiceError::NotFound)?;
    let rows = in_days(tx, organisation.no, covers, watermark).await?;
    let valid: HashSet<i64> = rows.iter().map(|row| row.id).collect();
    let lost = clashes::lost_so_far(tx, package, claim, &valid).await?;
    let residence = Residence::AsOf(covers.to, tenant.profile.code.clone());
    let data = assemble(tx, rows, &lost, &residence, Registration::of(package)).await?;
    Ok(Read { data, watermark: Some(watermark), snapshot: None })
}

/// An association's valid occasions in a span of days.
///
/// # Errors
/// When the database refuses.
pub async fn in_days(tx: &mut Tx, organisation_no: i64, span: DateRange, watermark: i64) -> ServiceResult<Vec<OccasionRow>> {
    let cards: Vec<i64> = attendance::cards(tx, organisation_no).await?.into_iter().map(|card| card.no).collect();
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    Ok(attendance::occasions(tx, &cards, (day_number(span.from), day_number(span.to)), watermark).await?)
}

/// Where residence is read from.
#[derive(Clone, Debug)]
pub enum Residence {
    /// Dated facts of a day; the municipality's code tells who is resident.
    AsOf(NaiveDate, String),
    /// As a snapshot has it: persons whose residence is known, and whether it is here.
    Known(BTreeMap<i64, bool>),
}

/// Whether it is looked up when occasions were first sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// The grant's rules ask for it.
    Asked,
    /// They do not, and it is no part of what they rest on.
    NotAsked,
}

impl Registration {
    /// What a grant type's rules ask for.
    #[must_use]
    pub fn of(package: &Package) -> Self {
        if package.rules.reads().registration { Self::Asked } else { Self::NotAsked }
    }
}

/// Puts stored occasions into the form calculations read, in the total order: date, start, card, code, person.
///
/// # Errors
/// When stored marks cannot be read or a person is not there.
pub async fn assemble(
    tx: &mut Tx,
    rows: Vec<OccasionRow>,
    lost: &HashSet<(i64, i64)>,
    residence: &Residence,
    registration: Registration,
) -> ServiceResult<AttendanceData> {
    let mut facts = facts(tx, &rows).await?;
    if registration == Registration::Asked {
        note_registration(tx, &rows, &mut facts).await?;
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| (facts[at].start, facts[at].card, facts[at].code.as_str(), rows[at].id);
        key(*a).cmp(&key(*b))
    });
    let mut marks_of = Vec::with_capacity(rows.len());
    let mut numbers: BTreeSet<PersonNo> = BTreeSet::new();
    for row in &rows {
        let marks =
            codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("the marks of occasion {} cannot be read: {error}", row.id))?;
        numbers.extend(marks.iter().map(|(person, _)| *person));
        marks_of.push(marks);
    }
    let numbers: Vec<PersonNo> = numbers.into_iter().collect();
    let persons = people(tx, &numbers, residence).await?;
    let index: HashMap<PersonNo, u32> = (0_u32..).zip(&persons).map(|(at, person)| (person.no, at)).collect();
    let mut data = AttendanceData { occasions: Vec::with_capacity(rows.len()), persons, marks: Vec::new() };
    for (occasion, at) in (0_u32..).zip(order) {
        data.occasions.push(facts[at].clone());
        let mut marks = Vec::with_capacity(marks_of[at].len());
        for (person, class) in &marks_of[at] {
            let lost_clash = lost.contains(&(rows[at].id, person.0));
            let person = *index.get(person).ok_or_else(|| anyhow::anyhow!("person {} is not there", person.0))?;
            marks.push(Mark { occasion, person, class: *class, lost_clash });
        }
        marks.sort_by_key(|mark| (mark.person, mark.class.is_leader(), mark.class));
        data.marks.extend(marks);
    }
    Ok(data)
}

/// Notes the Swedish day each occasion was first sent; a later version of it changes nothing.
async fn note_registration(tx: &mut Tx, rows: &[OccasionRow], facts: &mut [OccasionFacts]) -> ServiceResult<()> {
    let cards: BTreeSet<i64> = rows.iter().map(|row| row.card_no).collect();
    let sent = earlier::first_sent(tx, &cards.into_iter().collect::<Vec<_>>()).await?;
    for (row, facts) in rows.iter().zip(facts) {
        facts.registered = sent.get(&(row.card_no, row.code.clone())).copied().map(clock::swedish_date);
    }
    Ok(())
}

/// The hash of what a calculation sees of attendance.
#[must_use]
pub fn hash(data: &AttendanceData) -> Sha {
    #[derive(Serialize)]
    struct Whole<'a> {
        occasions: &'a [OccasionFacts],
        persons: &'a [PersonFacts],
        marks: Vec<(u32, u32, u8, bool)>,
    }
    let marks = data.marks.iter().map(|mark| (mark.occasion, mark.person, mark.class.bits(), mark.lost_clash)).collect();
    let whole = Whole { occasions: &data.occasions, persons: &data.persons, marks };
    Sha::of(&serde_json::to_vec(&whole).unwrap_or_default())
}

/// The numbers of everyone in some occasions.
///
/// # Errors
/// When stored marks cannot be read.
pub fn identities(rows: &[OccasionRow]) -> ServiceResult<Vec<PersonNo>> {
    let mut numbers: BTreeSet<PersonNo> = BTreeSet::new();
    for row in rows {
        let marks =
            codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("the marks of occasion {} cannot be read: {error}", row.id))?;
        numbers.extend(marks.into_iter().map(|(person, _)| person));
    }
    Ok(numbers.into_iter().collect())
}

/// The facts of stored occasions, in their order.
///
/// # Errors
/// When the database refuses or a stored occasion cannot be read.
pub async fn facts(tx: &mut Tx, rows: &[OccasionRow]) -> ServiceResult<Vec<OccasionFacts>> {
    let words: BTreeSet<i64> = rows.iter().flat_map(|row| [i64::from(row.activity_word), i64::from(row.place_word)]).collect();
    let words = attendance::words_by_no(tx, &words.into_iter().collect::<Vec<_>>()).await?;
    let cards: BTreeSet<i64> = rows.iter().map(|row| row.card_no).collect();
    let cards: HashMap<i64, CardRow> =
        attendance::cards_by_no(tx, &cards.into_iter().collect::<Vec<_>>()).await?.into_iter().map(|card| (card.no, card)).collect();
    let word = |number: i32| words.get(&i64::from(number)).cloned().unwrap_or_default();
    rows.iter()
        .map(|row| {
            let card = cards.get(&row.card_no).ok_or_else(|| anyhow::anyhow!("card {} is not there", row.card_no))?;
            let date = NaiveDate::from_epoch_days(row.day).ok_or_else(|| anyhow::anyhow!("occasion {} has no date", row.id))?;
            let start = date.and_time(NaiveTime::MIN) + TimeDelta::seconds(i64::from(row.start_second));
            Ok(OccasionFacts {
                card: i32::try_from(card.card).map_err(anyhow::Error::from)?,
                code: row.code.clone(),
                start,
                stop: start + TimeDelta::seconds(i64::from(row.length_second)),
                kind: kind_of(row.kind),
                activity: word(row.activity_word),
                place: word(row.place_word),
                team_sport: row.team_sport.map(|sport| sport == 1),
                registered: None,
            })
        })
        .collect()
}

async fn people(tx: &mut Tx, numbers: &[PersonNo], residence: &Residence) -> ServiceResult<Vec<PersonFacts>> {
    let rows = persons::by_no(tx, numbers).await?;
    let resident: BTreeMap<i64, bool> = match residence {
        Residence::Known(known) => known.clone(),
        Residence::AsOf(day, code) => {
            let known = persons::facts_on(tx, numbers, *day).await?;
            known.into_iter().filter(|fact| fact.kind == FactKind::Residence).map(|fact| (fact.person_no.0, fact.value == *code)).collect()
        }
    };
    Ok(rows
        .into_iter()
        .map(|row| PersonFacts { no: row.no, birth: row.birth, sex: row.sex, resident: resident.get(&row.no.0).copied() })
        .collect())
}
