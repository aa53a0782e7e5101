//! What an association is asked about its own registrations.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::policy;
use crate::app::Tenant;
use crate::attendance::codec;
use crate::attendance::collisions::Verdict;
use crate::domain::Localized;
use crate::domain::attendance::PersonNo;
use crate::domain::id::{ClashId, OrganisationId};
use crate::domain::period::DateRange;
use crate::services::actor::{About, Action, authorize};
use crate::services::attendance::{facts, half_year, names};
use crate::services::{Actor, ServiceResult, packages};
use crate::store::attendance::{self, OccasionRow};
use crate::store::clashes::{self as rows, ClashAnswer, ClashRow};
use crate::store::{Tx, snapshots};

/// A registration of the association's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// When it began.
    pub start: NaiveDateTime,
    /// When it ended.
    pub stop: NaiveDateTime,
    /// What it was called.
    pub activity: String,
    /// Where.
    pub place: String,
    /// The group.
    pub group: String,
    /// Whether the person led.
    pub leads: bool,
}

/// One question: this registration of yours overlaps with another. Never which other association, never a protected person.
#[derive(Clone, Debug)]
pub struct Question {
    /// The clash.
    pub id: ClashId,
    /// The grant it concerns.
    pub grant: Localized,
    /// The grant's id.
    pub grant_type: String,
    /// The person's number within the service; never shown.
    pub person: PersonNo,
    /// Who, as the association itself has sent her name; `None` where the names are disposed of.
    pub name: Option<String>,
    /// The association's own registration: the first one where both are hers.
    pub own: Registration,
    /// The other one, where it is hers too.
    pub other: Option<Registration>,
    /// The last day to answer.
    pub answer_by: NaiveDate,
    /// What she has answered about her own, the first one where both are hers.
    pub answer: Option<ClashAnswer>,
    /// What holds where nobody answers.
    pub default: Verdict,
    /// Whether the period is locked: there is nothing to answer any more.
    pub locked: bool,
}

impl Question {
    /// Whether it waits for her answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && !self.locked
    }

    /// Whether one answer can settle this question and another: both open, about the same person and another association.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let single = |question: &Self| question.is_open() && question.other.is_none();
        single(self) && single(other) && (self.person, &self.grant_type) == (other.person, &other.grant_type)
    }
}

/// The questions of an association about the days of a span, by day; answered ones too. Whatever was sent anew since is left out.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::services::ServiceError::NotFound) when they are not the actor's to see.
pub async fn questions(tenant: &Tenant, actor: &Actor, organisation: OrganisationId, span: DateRange) -> ServiceResult<Vec<Question>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let mut tx = tenant.db.read().await?;
    let mut found = Vec::new();
    for (_, active) in packages::active(&mut tx, tenant).await? {
        for period in active.form.periods.iter().map(|period| &period.dates) {
            if !active.form.uses_attendance() || period.covers.to < span.from || period.covers.from > span.to {
                continue;
            }
            let Some((_, package)) = packages::governing(&mut tx, tenant, &active.id, &period.id).await? else { continue };
            let asked = rows::of_organisation(&mut tx, organisation, &active.id, &period.id).await?;
            let asked: Vec<ClashRow> = asked.into_iter().filter(|row| row.asked).collect();
            let locked = snapshots::of_period(&mut tx, &active.id, &period.id).await?.is_some();
            let default = policy(&package).default;
            for (row, sides) in with_sides(&mut tx, organisation, asked, span).await? {
                let answer = answer_of(&row, organisation);
                let (own, other) = sides;
                found.push((
                    row.person_no,
                    Question {
                        id: row.id,
                        grant: package.form.title.clone(),
                        grant_type: active.id.clone(),
                        person: row.person_no,
                        name: None,
                        own,
                        other,
                        answer_by: row.answer_by,
                        answer,
                        default,
                        locked,
                    },
                ));
            }
        }
    }
    let persons: Vec<PersonNo> = found.iter().map(|(person, _)| *person).collect();
    let names = names(&mut tx, tenant, organisation, &persons).await?;
    let mut questions: Vec<Question> = found
        .into_iter()
        .map(|(person, question)| Question { name: names.get(&person).map(crate::attendance::finding::PersonName::whole), ..question })
        .collect();
    questions.sort_by_key(|question| (question.own.start, question.id));
    Ok(questions)
}

/// The clashes that stand, with the registrations that are hers.
async fn with_sides(
    tx: &mut Tx,
    organisation: OrganisationId,
    asked: Vec<ClashRow>,
    span: DateRange,
) -> ServiceResult<Vec<(ClashRow, (Registration, Option<Registration>))>> {
    let ids: Vec<i64> = asked.iter().flat_map(|row| [row.occasion_a, row.occasion_b]).collect();
    let occasions: Vec<OccasionRow> =
        attendance::occasions_by_id(tx, &ids).await?.into_iter().filter(|row| row.replaced_by.is_none()).collect();
    let facts = facts(tx, &occasions).await?;
    let cards: Vec<i64> = occasions.iter().map(|row| row.card_no).collect();
    let cards = attendance::cards_by_no(tx, &cards).await?;
    let side = |occasion: i64, person: PersonNo| -> Option<Registration> {
        let at = occasions.iter().position(|row| row.id == occasion)?;
        let marks = codec::decode(&occasions[at].marks).ok()?;
        Some(Registration {
            start: facts[at].start,
            stop: facts[at].stop,
            activity: facts[at].activity.clone(),
            place: facts[at].place.clone(),
            group: cards.iter().find(|card| card.no == occasions[at].card_no).map(|card| card.name.clone()).unwrap_or_default(),
            leads: marks.iter().any(|(who, class)| *who == person && class.is_leader()),
        })
    };
    let mut standing = Vec::with_capacity(asked.len());
    for row in asked {
        let (Some(a), Some(b)) = (side(row.occasion_a, row.person_no), side(row.occasion_b, row.person_no)) else { continue };
        let sides = match (row.organisation_a == organisation, row.organisation_b == organisation) {
            (true, true) => (a, Some(b)),
            (true, false) => (a, None),
            (false, true) => (b, None),
            (false, false) => continue,
        };
        if (span.from..=span.to).contains(&sides.0.start.date()) {
            standing.push((row, sides));
        }
    }
    Ok(standing)
}

/// Questions that wait for an association, half-year by half-year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// As `2026-H1`.
    pub half: String,
    /// How many.
    pub count: usize,
    /// The first last day to answer.
    pub answer_by: NaiveDate,
}

/// What waits for an association's answer in every period that is not locked, without opening any name.
pub(in crate::services) async fn waiting(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<Vec<Waiting>> {
    let mut found: BTreeMap<String, Waiting> = BTreeMap::new();
    for (_, active) in packages::active(tx, tenant).await? {
        for period in active.form.periods.iter().map(|period| &period.dates).filter(|_| active.form.uses_attendance()) {
            if snapshots::of_period(tx, &active.id, &period.id).await?.is_some() {
                continue;
            }
            let asked = rows::of_organisation(tx, organisation, &active.id, &period.id).await?;
            let open = asked.into_iter().filter(|row| row.asked && answer_of(row, organisation).is_none()).collect();
            for (row, (own, _)) in with_sides(tx, organisation, open, period.covers).await? {
                let half = half_year(own.start.date());
                let waiting = found.entry(half.clone()).or_insert(Waiting { half, count: 0, answer_by: row.answer_by });
                waiting.count += 1;
                waiting.answer_by = waiting.answer_by.min(row.answer_by);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// What she has answered about her own registration, the first one where both are hers.
fn answer_of(row: &ClashRow, organisation: OrganisationId) -> Option<ClashAnswer> {
    if row.organisation_a == organisation { row.answer_a } else { row.answer_b }
}

/// Questions that wait for an association's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// How many.
    pub count: usize,
    /// How many of them are between two registrations of her own.
    pub own: usize,
}

/// How many questions wait for an association's answer in a span of days, without opening any name.
pub(in crate::services) async fn open_count(
    tx: &mut Tx,
    tenant: &Tenant,
    organisation: OrganisationId,
    span: DateRange,
) -> ServiceResult<Open> {
    let mut found = Open::default();
    for (_, active) in packages::active(tx, tenant).await? {
        for period in active.form.periods.iter().map(|period| &period.dates) {
            if !active.form.uses_attendance() || period.covers.to < span.from || period.covers.from > span.to {
                continue;
            }
            if snapshots::of_period(tx, &active.id, &period.id).await?.is_some() {
                continue;
            }
            let asked = rows::of_organisation(tx, organisation, &active.id, &period.id).await?;
            let open = asked.into_iter().filter(|row| row.asked && answer_of(row, organisation).is_none());
            for (_, (_, other)) in with_sides(tx, organisation, open.collect(), span).await? {
                found.count += 1;
                found.own += usize::from(other.is_some());
            }
        }
    }
    Ok(found)
}
