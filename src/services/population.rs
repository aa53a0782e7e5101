//! Residence and protection of everyone in a period's attendance: asked once a person and reference day, kept as dated
//! facts with their source.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{Action, authorize};
use super::attendance::{identities, in_days};
use super::error::ServiceError;
use super::history::{self, Event, Stream};
use super::{Actor, ServiceResult, protection};
use crate::app::Tenant;
use crate::attendance::identity::person_hmac;
use crate::domain::attendance::PersonNo;
use crate::domain::inputs::Answer;
use crate::domain::person_number::PersonNumber;
use crate::integrations::population::{Protection, Wanted};
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::counters::{self, Counter};
use crate::store::persons::{self, FactKind, PersonFactRow, PersonRow, PopulationRow};
use crate::store::{Tx, organisations};

/// What a lookup found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The reference day: the period's last.
    pub as_of: NaiveDate,
    /// How many persons were asked about.
    pub asked: usize,
    /// How many were known already.
    pub known_before: usize,
    /// Whether somebody whom the case's material names is protected.
    pub protected: bool,
    facts: Vec<PersonFactRow>,
}

impl Found {
    /// Whether the register protects somebody who was asked about.
    #[must_use]
    pub fn protects(&self, person: PersonNo) -> bool {
        self.facts.iter().any(|fact| fact.person_no == person && fact.kind == FactKind::Protection)
    }
}

/// Asks the register about everyone in the attendance not asked about yet, and about those whom answers name.
///
/// # Errors
/// When the register or the database cannot be reached; the step is then tried again.
pub async fn look_up(tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<Found> {
    let covers = package.form.period(&case.period).ok_or(ServiceError::NotFound)?.covers;
    let as_of = covers.to;
    let protected = names_protected(tenant, package, case).await?;
    if !package.form.uses_attendance() {
        return Ok(Found { as_of, asked: 0, known_before: 0, protected, facts: Vec::new() });
    }
    let mut tx = tenant.db.read().await?;
    let organisation = organisations::by_id(&mut tx, case.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let watermark = counters::last(&mut tx, Counter::Import).await?;
    let numbers = identities(&in_days(&mut tx, organisation.no, covers, watermark).await?)?;
    drop(tx);
    let own = look_up_persons(tenant, &numbers, as_of).await?;
    Ok(Found { protected: own.protected || protected, ..own })
}

/// Asks the register about those of some persons whom nobody has asked about for a day.
///
/// # Errors
/// When the register or the database cannot be reached.
pub async fn look_up_persons(tenant: &Tenant, numbers: &[PersonNo], as_of: NaiveDate) -> ServiceResult<Found> {
    let mut found = Found { as_of, asked: 0, known_before: 0, protected: false, facts: Vec::new() };
    let mut tx = tenant.db.read().await?;
    let rows = unasked(&mut tx, numbers, &mut found).await?;
    drop(tx);
    found.asked = rows.len();
    let wanted: Vec<Wanted> = rows.iter().map(|row| Wanted { hmac: row.hmac.clone() }).collect();
    let answers = tenant.population.look_up(&wanted, as_of).await?;
    let fact = |no: PersonNo, kind: FactKind, value: &str| PersonFactRow {
        person_no: no,
        kind,
        value: value.to_owned(),
        as_of,
        source: tenant.population.name().to_owned(),
        fetched_at: tenant.clock.now(),
    };
    for (row, answer) in rows.iter().zip(answers) {
        let Some(answer) = answer else { continue };
        if let Some(municipality) = &answer.municipality {
            found.facts.push(fact(row.no, FactKind::Residence, municipality));
        }
        if let Some(protection) = answer.protection {
            found.protected = true;
            found.facts.push(fact(row.no, FactKind::Protection, protection.word()));
        }
    }
    Ok(found)
}

/// Whether the register protects somebody whose personal number stands in the case's answers. Nothing of it is kept.
///
/// # Errors
/// When the register or the database cannot be reached.
pub async fn names_protected(tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<bool> {
    let mut tx = tenant.db.read().await?;
    let application = cases::application(&mut tx, case.id).await?;
    drop(tx);
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&application.answers)?;
    let key = tenant.keys.person.bytes();
    let named = protection::named(&package.form, &answers);
    let wanted: Vec<Wanted> = named.iter().map(|number| Wanted { hmac: person_hmac(key, *number).to_vec() }).collect();
    if wanted.is_empty() {
        return Ok(false);
    }
    let found = tenant.population.look_up(&wanted, tenant.clock.today()).await?;
    Ok(found.iter().flatten().any(|record| record.protection.is_some()))
}

/// Those of some persons whom nobody has asked about for the reference day.
async fn unasked(tx: &mut Tx, numbers: &[PersonNo], found: &mut Found) -> ServiceResult<Vec<PersonRow>> {
    let known = persons::facts_on(tx, numbers, found.as_of).await?;
    found.protected |= known.iter().any(|fact| fact.kind == FactKind::Protection);
    let known: HashSet<PersonNo> = known.into_iter().map(|fact| fact.person_no).collect();
    let missing: Vec<PersonNo> = numbers.iter().copied().filter(|no| !known.contains(no)).collect();
    found.known_before = numbers.len() - missing.len();
    Ok(persons::by_no(tx, &missing).await?)
}

/// Keeps what was found of persons whom no case names yet.
///
/// # Errors
/// When the database refuses.
pub async fn keep_facts(tx: &mut Tx, found: &Found) -> ServiceResult<()> {
    Ok(persons::insert_facts(tx, &found.facts).await?)
}

/// Keeps what was found, and marks a case whose material names somebody protected (the caller writes the case).
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut Tx, case: &mut CaseRow, found: &Found) -> ServiceResult<()> {
    persons::insert_facts(tx, &found.facts).await?;
    if found.protected { protection::mark(tx, case).await } else { Ok(()) }
}

/// What the embedded register is to say of somebody from a day.
#[derive(Clone, Debug)]
pub struct Resident {
    /// Who.
    pub number: PersonNumber,
    /// From which day.
    pub as_of: NaiveDate,
    /// Municipality of residence, four digits.
    pub municipality: Option<String>,
    /// Why her data are protected.
    pub protection: Option<Protection>,
}

/// Fills the embedded register; what it says already for a day stays. Only keyed hashes of the numbers are kept.
///
/// # Errors
/// [`ServiceError::Refused`] when the actor may not.
pub async fn fill(tenant: &Tenant, actor: &Actor, residents: &[Resident]) -> ServiceResult<()> {
    authorize(actor, Action::Administer)?;
    let key = tenant.keys.person.bytes();
    let rows: Vec<PopulationRow> = residents
        .iter()
        .map(|resident| PopulationRow {
            hmac: person_hmac(key, resident.number).to_vec(),
            as_of: resident.as_of,
            municipality: resident.municipality.clone(),
            protection: resident.protection.map(|protection| protection.word().to_owned()),
            deregistered: None,
        })
        .collect();
    let mut tx = tenant.db.write().await?;
    persons::insert_population(&mut tx, &rows).await?;
    let body = json!({ "persons": rows.len() });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "population.filled", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}
