//! Clashes: found while the period is open, asked about, answered or left to the grant type's default.
//!
//! Each association sees only its own marks and "en annan registrering"; a protected person is never asked about.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Days, NaiveDate};

use super::attendance::{day_number, facts};
use super::{Claim, ServiceError, ServiceResult, messages, population};
use crate::app::Tenant;
use crate::attendance::codec;
use crate::attendance::collisions::{self, Answer, Arrival, Clash, DayOccasion, Knowledge, OccasionRef, Policy, Reach, Verdict};
use crate::domain::attendance::{MarkClass, OccasionFacts, PersonNo};
use crate::domain::id::{ClashId, OrganisationId};
use crate::domain::period::DateRange;
use crate::forms::{self, ClashDefault};
use crate::packages::Package;
use crate::store::attendance::{self, OccasionRow};
use crate::store::cases::{self, CaseRow};
pub use crate::store::clashes::ClashAnswer;
use crate::store::clashes::{self as rows, ClashRow, Scope};
use crate::store::counters::{self, Counter};
use crate::store::persons::{self, FactKind};
use crate::store::{Tx, organisations, snapshots};

mod answering;
pub mod views;

pub use answering::{Side, answer, answer_all, answer_for_person};

/// How a grant type that says nothing of clashes treats them: across associations nobody's mark counts before she has
/// answered, within one the first does not count twice either.
const QUIET: forms::Clash = forms::Clash { scope: forms::ClashScope::Everywhere, answer_days: 14, default: ClashDefault::None };

/// A clash with its two occasion versions, as it was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Who.
    pub person: PersonNo,
    /// Occasion version and its association.
    pub a: (i64, OrganisationId),
    /// Occasion version and its association.
    pub b: (i64, OrganisationId),
    /// Whether each of the two was there when the period was locked.
    pub arrivals: (Arrival, Arrival),
    /// Within or across.
    pub scope: Scope,
}

/// Occasions that came after a period was locked, beside those that were there.
#[derive(Clone, Copy, Debug)]
pub struct Late<'a> {
    /// The last import before the lock.
    pub lock: i64,
    /// The occasions that came after it.
    pub rows: &'a [OccasionRow],
}

/// The city's occasions of some days, ready for comparison.
pub struct City {
    rows: Vec<OccasionRow>,
    facts: Vec<OccasionFacts>,
    marks: Vec<Vec<(PersonNo, MarkClass)>>,
    owners: Vec<(u32, OrganisationId)>,
    late_after: Option<i64>,
}

/// Whose occasions are looked through.
#[derive(Clone, Copy, Debug)]
pub enum Among<'a> {
    /// Every association's.
    Everyone,
    /// Those of some cards.
    Cards(&'a [i64]),
}

/// Looks for clashes that concern the association behind a claim, a day at a time over the cards that share people with hers.
///
/// # Errors
/// When the database refuses or stored marks cannot be read.
pub async fn search(tx: &mut Tx, package: &Package, claim: &Claim<'_>) -> ServiceResult<Vec<Found>> {
    let covers = package.form.period(claim.period).ok_or_else(|| anyhow::anyhow!("no period {}", claim.period))?.covers;
    search_within(tx, claim, covers).await
}

/// The same in some days of the period.
async fn search_within(tx: &mut Tx, claim: &Claim<'_>, span: DateRange) -> ServiceResult<Vec<Found>> {
    let watermark = counters::last(tx, Counter::Import).await?;
    let own = claim.organisation;
    let organisation = organisations::by_id(tx, own).await?.ok_or(ServiceError::NotFound)?;
    let cards = attendance::cards_sharing_people(tx, organisation.no).await?;
    let mut found = Vec::new();
    each_day(tx, Among::Cards(&cards), span, watermark, None, |city, day| {
        found.extend(city.clashes(day).into_iter().map(|clash| city.found(&clash)).filter(|one| one.a.1 == own || one.b.1 == own));
    })
    .await?;
    Ok(found)
}

/// Calls `visit` with every day of a span and the occasions that touch it: those valid at a watermark, and late ones
/// beside them. Memory holds one week of the city.
///
/// # Errors
/// When the database refuses or stored marks cannot be read.
pub async fn each_day(
    tx: &mut Tx,
    among: Among<'_>,
    span: DateRange,
    watermark: i64,
    late: Option<Late<'_>>,
    mut visit: impl FnMut(&City, NaiveDate),
) -> ServiceResult<()> {
    if matches!(among, Among::Cards([])) && late.is_none_or(|late| late.rows.is_empty()) {
        return Ok(());
    }
    let owners = owners(tx, among, late).await?;
    let mut from = span.from;
    while from <= span.to {
        let to = from.checked_add_days(Days::new(6)).map_or(span.to, |to| to.min(span.to));
        let before = from.pred_opt().unwrap_or(from);
        let days = (day_number(before), day_number(to));
        let mut rows = match among {
            Among::Everyone => attendance::occasions_on(tx, days, watermark).await?,
            Among::Cards(cards) => attendance::occasions(tx, cards, days, watermark).await?,
        };
        if let Some(late) = late {
            rows.extend(late.rows.iter().filter(|row| (days.0..=days.1).contains(&row.day)).cloned());
        }
        let city = City::new(tx, rows, &owners, late.map(|late| late.lock)).await?;
        for day in from.iter_days().take_while(|day| *day <= to) {
            visit(&city, day);
        }
        from = match to.succ_opt() {
            Some(next) => next,
            None => break,
        };
    }
    Ok(())
}

/// Which association each card that is looked through belongs to, and her place among theirs by number.
async fn owners(tx: &mut Tx, among: Among<'_>, late: Option<Late<'_>>) -> ServiceResult<HashMap<i64, (u32, OrganisationId)>> {
    let cards = match among {
        Among::Everyone => attendance::all_cards(tx).await?,
        Among::Cards(cards) => {
            let late = late.iter().flat_map(|late| late.rows).map(|row| row.card_no);
            let wanted: BTreeSet<i64> = cards.iter().copied().chain(late).collect();
            attendance::cards_by_no(tx, &wanted.into_iter().collect::<Vec<_>>()).await?
        }
    };
    let numbers: BTreeSet<i64> = cards.iter().map(|card| card.organisation_no).collect();
    let organisations = organisations::by_no(tx, &numbers.into_iter().collect::<Vec<_>>()).await?;
    let by_no: HashMap<i64, (u32, OrganisationId)> =
        (0_u32..).zip(&organisations).map(|(at, organisation)| (organisation.no, (at, organisation.id))).collect();
    Ok(cards.into_iter().filter_map(|card| by_no.get(&card.organisation_no).map(|owner| (card.no, *owner))).collect())
}

impl City {
    async fn new(
        tx: &mut Tx,
        rows: Vec<OccasionRow>,
        owners: &HashMap<i64, (u32, OrganisationId)>,
        late_after: Option<i64>,
    ) -> ServiceResult<Self> {
        let facts = facts(tx, &rows).await?;
        let mut marks = Vec::with_capacity(rows.len());
        let mut belongs = Vec::with_capacity(rows.len());
        for row in &rows {
            marks.push(codec::decode(&row.marks).map_err(|error| anyhow::anyhow!("occasion {}: {error}", row.id))?);
            belongs.push(*owners.get(&row.card_no).ok_or_else(|| anyhow::anyhow!("card {} belongs to nobody", row.card_no))?);
        }
        Ok(Self { rows, facts, marks, owners: belongs, late_after })
    }

    /// The clashes that begin on a day.
    #[must_use]
    pub fn clashes(&self, day: NaiveDate) -> Vec<Clash> {
        let touching: Vec<DayOccasion<'_>> = (0..self.rows.len())
            .filter(|at| self.facts[*at].start.date() == day || (self.facts[*at].start.date() < day && self.facts[*at].stop.date() >= day))
            .map(|at| DayOccasion {
                occasion: self.reference(at),
                start: self.facts[at].start,
                stop: self.facts[at].stop,
                card: self.facts[at].card,
                code: &self.facts[at].code,
                arrival: if self.is_late(at) { Arrival::AfterLock } else { Arrival::InTime },
                marks: &self.marks[at],
            })
            .collect();
        collisions::find(day, &touching)
    }

    /// A clash with the ids of its occasion versions.
    #[must_use]
    pub fn found(&self, clash: &Clash) -> Found {
        let side = |reference: OccasionRef| {
            let at = usize::try_from(reference.occasion).unwrap_or(usize::MAX);
            (self.rows[at].id, self.owners[at].1)
        };
        let scope = match clash.scope {
            collisions::Scope::Within => Scope::Within,
            collisions::Scope::Across => Scope::Across,
        };
        Found { person: clash.person, a: side(clash.a), b: side(clash.b), arrivals: clash.arrivals, scope }
    }

    fn reference(&self, at: usize) -> OccasionRef {
        OccasionRef { association: self.owners[at].0, occasion: u32::try_from(at).unwrap_or(u32::MAX) }
    }

    fn is_late(&self, at: usize) -> bool {
        self.late_after.is_some_and(|lock| self.rows[at].from_import > lock)
    }
}

/// Records clashes that are new and asks both associations, each as soon as she has a case; answers how many were new.
///
/// # Errors
/// When the database refuses.
pub async fn ask(tx: &mut Tx, tenant: &Tenant, package: &Package, claim: &Claim<'_>, found: &[Found]) -> ServiceResult<usize> {
    let settings = package.form.clash.unwrap_or(QUIET);
    let today = tenant.clock.today();
    let answer_by = today.checked_add_days(Days::new(u64::from(settings.answer_days))).unwrap_or(today);
    let numbers: Vec<PersonNo> = found.iter().map(|one| one.person).collect();
    let protected = protected(tx, package, claim, &numbers).await?;
    let mut new = 0;
    for one in found {
        let row = ClashRow {
            id: ClashId(tenant.ids.uuid()),
            grant_type: claim.grant_type.to_owned(),
            period: claim.period.to_owned(),
            person_no: one.person,
            occasion_a: one.a.0,
            organisation_a: one.a.1,
            occasion_b: one.b.0,
            organisation_b: one.b.1,
            scope: one.scope,
            asked: !protected.contains(&one.person),
            found_at: tenant.clock.now(),
            answer_by,
            answer_a: None,
            answer_b: None,
        };
        if rows::insert(tx, &row).await? {
            new += usize::from(row.asked);
        }
    }
    let mut concerned: BTreeSet<OrganisationId> = found.iter().flat_map(|one| [one.a.1, one.b.1]).collect();
    concerned.insert(claim.organisation);
    for organisation in concerned {
        if let Some(case) = cases::open_of(tx, organisation, claim.grant_type, claim.period).await? {
            tell(tx, tenant, &case).await?;
        }
    }
    Ok(new)
}

/// Looks for clashes of what an association has sent, in every period that is over and not locked, and asks about them: she
/// need not have applied yet. Sent again, nothing is asked twice.
///
/// # Errors
/// When the register of the population or the database cannot be reached.
pub async fn look(tenant: &Tenant, organisation: OrganisationId, span: DateRange) -> ServiceResult<usize> {
    let mut new = 0;
    let mut tx = tenant.db.read().await?;
    let active = super::packages::active(&mut tx, tenant).await?;
    drop(tx);
    for (_, package) in active.iter().filter(|(_, package)| package.form.uses_attendance()) {
        for period in package.form.periods.iter().map(|period| &period.dates) {
            let over = period.covers.to < tenant.clock.today();
            let within = DateRange { from: period.covers.from.max(span.from), to: period.covers.to.min(span.to) };
            if !over || within.from > within.to {
                continue;
            }
            let claim = Claim { organisation, grant_type: &package.id, period: &period.id };
            let mut tx = tenant.db.read().await?;
            if snapshots::of_period(&mut tx, claim.grant_type, claim.period).await?.is_some() {
                continue;
            }
            let Some((_, governing)) = super::packages::governing(&mut tx, tenant, claim.grant_type, claim.period).await? else { continue };
            let found = search_within(&mut tx, &claim, within).await?;
            drop(tx);
            if found.is_empty() {
                continue;
            }
            // Nobody is asked about before it is known whether she is protected.
            let numbers: BTreeSet<PersonNo> = found.iter().map(|one| one.person).collect();
            let known = population::look_up_persons(tenant, &numbers.into_iter().collect::<Vec<_>>(), period.covers.to).await?;
            let mut tx = tenant.db.write().await?;
            population::keep_facts(&mut tx, &known).await?;
            new += ask(&mut tx, tenant, &governing, &claim, &found).await?;
            tx.commit().await?;
        }
    }
    Ok(new)
}

/// Tells a case's applicant that she is asked, once for what is asked now.
async fn tell(tx: &mut Tx, tenant: &Tenant, case: &CaseRow) -> ServiceResult<()> {
    let own = case.organisation_id;
    let mut open: Vec<ClashId> = rows::of_organisation(tx, own, &case.grant_type, &case.period)
        .await?
        .into_iter()
        .filter(|row| row.asked)
        .filter(|row| (row.organisation_a == own && row.answer_a.is_none()) || (row.organisation_b == own && row.answer_b.is_none()))
        .map(|row| row.id)
        .collect();
    open.sort_unstable();
    // Identities sort by time: a newer question is a new cause to write.
    let Some(newest) = open.last() else { return Ok(()) };
    messages::queue_once(tx, tenant, case, messages::About::Clash, &newest.to_string()).await
}

/// The marks that would be lost if the period were locked now: occasion version and person.
///
/// # Errors
/// When the database refuses.
pub async fn lost_so_far(tx: &mut Tx, package: &Package, claim: &Claim<'_>, valid: &HashSet<i64>) -> ServiceResult<HashSet<(i64, i64)>> {
    let stored = rows::of_organisation(tx, claim.organisation, claim.grant_type, claim.period).await?;
    // A clash of a version that was replaced is settled by the new version.
    let mut order: Vec<&ClashRow> = stored
        .iter()
        .filter(|row| {
            (row.organisation_a != claim.organisation || valid.contains(&row.occasion_a))
                && (row.organisation_b != claim.organisation || valid.contains(&row.occasion_b))
        })
        .collect();
    // The other side may have sent anew as well.
    let others: Vec<i64> =
        order.iter().map(|row| if row.organisation_a == claim.organisation { row.occasion_b } else { row.occasion_a }).collect();
    let standing: HashSet<i64> = standing(tx, &others).await?;
    order.retain(|row| {
        (row.organisation_a == claim.organisation || standing.contains(&row.occasion_a))
            && (row.organisation_b == claim.organisation || standing.contains(&row.occasion_b))
    });
    order.sort_by_key(|row| (row.person_no, row.occasion_a, row.occasion_b));
    let mut ids: Vec<i64> = order.iter().flat_map(|row| [row.occasion_a, row.occasion_b]).collect();
    ids.sort_unstable();
    ids.dedup();
    let reference = |id: i64, organisation: OrganisationId| OccasionRef {
        association: u32::from(organisation != claim.organisation),
        occasion: ids.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX),
    };
    let clashes: Vec<Clash> = order
        .iter()
        .map(|row| Clash {
            person: row.person_no,
            a: reference(row.occasion_a, row.organisation_a),
            b: reference(row.occasion_b, row.organisation_b),
            arrivals: (Arrival::InTime, Arrival::InTime),
            scope: if row.scope == Scope::Within { collisions::Scope::Within } else { collisions::Scope::Across },
            kind: collisions::Kind::Participant,
        })
        .collect();
    let mut knowledge = Knowledge::default();
    for (row, clash) in order.iter().zip(&clashes) {
        if let Some(answer) = settled(row.answer_a, row.answer_b) {
            knowledge.answers.insert((clash.person, clash.a, clash.b), answer);
        }
        if !row.asked {
            knowledge.protected.insert(row.person_no);
        }
    }
    let resolution = collisions::resolve(&clashes, policy(package), &knowledge);
    let id_of = |reference: OccasionRef| usize::try_from(reference.occasion).ok().and_then(|at| ids.get(at).copied());
    Ok(resolution.lost.iter().filter_map(|(reference, person)| id_of(*reference).map(|id| (id, person.0))).collect())
}

/// Those of some occasion versions that nothing has replaced.
async fn standing(tx: &mut Tx, ids: &[i64]) -> ServiceResult<HashSet<i64>> {
    let rows = attendance::occasions_by_id(tx, ids).await?;
    Ok(rows.into_iter().filter(|row| row.replaced_by.is_none()).map(|row| row.id).collect())
}

/// What two answers come to; `None` where they contradict each other or nobody answered. Silence against an answer
/// gives way to it.
#[must_use]
pub fn settled(a: Option<ClashAnswer>, b: Option<ClashAnswer>) -> Option<Answer> {
    match (a, b) {
        (Some(ClashAnswer::Keep), Some(ClashAnswer::Withdraw) | None) => Some(Answer::A),
        (Some(ClashAnswer::Withdraw) | None, Some(ClashAnswer::Keep)) => Some(Answer::B),
        (Some(ClashAnswer::Withdraw), Some(ClashAnswer::Withdraw)) => Some(Answer::Neither),
        (Some(ClashAnswer::Withdraw), None) => Some(Answer::B),
        (None, Some(ClashAnswer::Withdraw)) => Some(Answer::A),
        (Some(ClashAnswer::Keep), Some(ClashAnswer::Keep)) | (None, None) => None,
    }
}

/// The grant type's policy in the terms of the comparison.
#[must_use]
pub fn policy(package: &Package) -> Policy {
    let settings = package.form.clash.unwrap_or(QUIET);
    Policy {
        reach: match settings.scope {
            forms::ClashScope::Within => Reach::Within,
            forms::ClashScope::Everywhere => Reach::Everywhere,
        },
        default: match settings.default {
            ClashDefault::None => Verdict::None,
            ClashDefault::First => Verdict::First,
            ClashDefault::Both => Verdict::Both,
            ClashDefault::Officer => Verdict::Officer,
        },
    }
}

/// The answers of a period, by person and occasion versions, and whom nobody is asked about.
///
/// # Errors
/// When the database refuses.
pub async fn answers(tx: &mut Tx, grant_type: &str, period: &str) -> ServiceResult<BTreeMap<(PersonNo, i64, i64), Answer>> {
    let stored = rows::of_period(tx, grant_type, period).await?;
    Ok(stored
        .into_iter()
        .filter_map(|row| settled(row.answer_a, row.answer_b).map(|answer| ((row.person_no, row.occasion_a, row.occasion_b), answer)))
        .collect())
}

async fn protected(tx: &mut Tx, package: &Package, claim: &Claim<'_>, numbers: &[PersonNo]) -> ServiceResult<HashSet<PersonNo>> {
    let covers = package.form.period(claim.period).ok_or_else(|| anyhow::anyhow!("no period {}", claim.period))?.covers;
    let known = persons::facts_on(tx, numbers, covers.to).await?;
    Ok(known.into_iter().filter(|fact| fact.kind == FactKind::Protection).map(|fact| fact.person_no).collect())
}
