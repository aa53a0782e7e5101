//! Persons as numbers, their dated facts, their secrets and the embedded population register.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::attendance::{PersonNo, Sex};
use crate::domain::id::OrganisationId;

/// How many values one statement may bind; SQLite stops at 32,766.
const MOST_BINDS: usize = 30_000;

/// A person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonRow {
    /// Our number.
    pub no: PersonNo,
    /// Keyed hash of the personal number, 16 bytes.
    pub hmac: Vec<u8>,
    /// Date of birth.
    pub birth: NaiveDate,
    /// Legal sex.
    pub sex: Sex,
}

/// What kind of dated fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// Municipality of residence, four digits.
    Residence,
    /// Kind of protection.
    Protection,
}

stored_words! { FactKind { Residence = "residence", Protection = "protection" } }

/// A dated fact with its source.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonFactRow {
    /// Who.
    pub person_no: PersonNo,
    /// What.
    pub kind: FactKind,
    /// The value.
    pub value: String,
    /// On which day it held.
    pub as_of: NaiveDate,
    /// From where.
    pub source: String,
    /// When it was fetched.
    pub fetched_at: DateTime<Utc>,
}

/// A person's number and name as one import sent them, sealed under the data key.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SecretRow {
    /// Import.
    pub import_no: i64,
    /// Who.
    pub person_no: PersonNo,
    /// Sealed canonical JSON.
    pub ciphertext: Vec<u8>,
}

/// A data key.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DataKeyRow {
    /// Identity.
    pub id: Uuid,
    /// Whose data.
    pub organisation_id: OrganisationId,
    /// Of which half-year.
    pub period: String,
    /// The key, wrapped by the tenant's; `None` after disposal.
    pub wrapped: Option<Vec<u8>>,
    /// When it was destroyed.
    pub destroyed_at: Option<DateTime<Utc>>,
}

/// What the embedded population register says of a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PopulationRow {
    /// Keyed hash of the personal number.
    pub hmac: Vec<u8>,
    /// From which day it holds.
    pub as_of: NaiveDate,
    /// Municipality of residence, four digits.
    pub municipality: Option<String>,
    /// Kind of protection.
    pub protection: Option<String>,
    /// Why deregistered.
    pub deregistered: Option<String>,
}

/// Adds persons; those already there stay as they are.
pub async fn insert(tx: &mut Tx, persons: &[PersonRow]) -> Result<()> {
    for chunk in persons.chunks(MOST_BINDS / 4) {
        build!(tx, "insert into person (no, hmac, birth, sex) ", query => {
            query.push_values(chunk, |mut row, person| {
                row.push_bind(person.no).push_bind(&person.hmac).push_bind(person.birth).push_bind(person.sex);
            });
            query.push(" on conflict (hmac) do nothing");
        }, execute)?;
    }
    Ok(())
}

/// The persons with these hashes.
pub async fn by_hmac(tx: &mut Tx, hmacs: &[Vec<u8>]) -> Result<Vec<PersonRow>> {
    let mut found = Vec::with_capacity(hmacs.len());
    for chunk in hmacs.chunks(MOST_BINDS) {
        found.extend(build!(tx, "select no, hmac, birth, sex from person where hmac in (", query => {
            let mut list = query.separated(", ");
            for hmac in chunk {
                list.push_bind(hmac);
            }
            query.push(")");
        }, all PersonRow)?);
    }
    Ok(found)
}

/// The persons with these numbers, by number.
pub async fn by_no(tx: &mut Tx, numbers: &[PersonNo]) -> Result<Vec<PersonRow>> {
    let mut found = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(MOST_BINDS) {
        found.extend(build!(tx, "select no, hmac, birth, sex from person where no in (", query => {
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all PersonRow)?);
    }
    found.sort_by_key(|person| person.no);
    Ok(found)
}

/// Adds dated facts; one already known for the day stays.
pub async fn insert_facts(tx: &mut Tx, facts: &[PersonFactRow]) -> Result<()> {
    for chunk in facts.chunks(MOST_BINDS / 6) {
        build!(tx, "insert into person_fact (person_no, kind, value, as_of, source, fetched_at) ", query => {
            query.push_values(chunk, |mut row, fact| {
                row.push_bind(fact.person_no).push_bind(fact.kind).push_bind(&fact.value).push_bind(fact.as_of)
                    .push_bind(&fact.source).push_bind(fact.fetched_at);
            });
            query.push(" on conflict (person_no, kind, as_of) do nothing");
        }, execute)?;
    }
    Ok(())
}

/// The facts of these persons that were fetched for a day.
pub async fn facts_on(tx: &mut Tx, numbers: &[PersonNo], as_of: NaiveDate) -> Result<Vec<PersonFactRow>> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(MOST_BINDS - 1) {
        found.extend(build!(tx, "select * from person_fact where as_of = ", query => {
            query.push_bind(as_of);
            query.push(" and person_no in (");
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all PersonFactRow)?);
    }
    Ok(found)
}

/// Those of some persons of whom any fact says that they are protected.
pub async fn protected(tx: &mut Tx, numbers: &[PersonNo]) -> Result<std::collections::HashSet<PersonNo>> {
    let mut found = std::collections::HashSet::new();
    for chunk in numbers.chunks(MOST_BINDS) {
        let rows = build!(tx, "select distinct person_no from person_fact where kind = 'protection' and person_no in (", query => {
            let mut list = query.separated(", ");
            for no in chunk {
                list.push_bind(*no);
            }
            query.push(")");
        }, all (PersonNo,))?;
        found.extend(rows.into_iter().map(|(no,)| no));
    }
    Ok(found)
}

/// Whether somebody of an import is known to be protected, on whatever day.
pub async fn import_names_protected(tx: &mut Tx, import_no: i64) -> Result<bool> {
    let count = scalar!(
        tx,
        i64,
        "select count(*) from person_secret s join person_fact f on f.person_no = s.person_no and f.kind = 'protection' where s.import_no = $1",
        import_no
    )?;
    Ok(count > 0)
}

/// Stores sealed numbers and names.
pub async fn insert_secrets(tx: &mut Tx, secrets: &[SecretRow]) -> Result<()> {
    for chunk in secrets.chunks(MOST_BINDS / 3) {
        build!(tx, "insert into person_secret (import_no, person_no, ciphertext) ", query => {
            query.push_values(chunk, |mut row, secret| {
                row.push_bind(secret.import_no).push_bind(secret.person_no).push_bind(&secret.ciphertext);
            });
        }, execute)?;
    }
    Ok(())
}

/// The sealed numbers and names of an import.
pub async fn secrets(tx: &mut Tx, import_no: i64) -> Result<Vec<SecretRow>> {
    all!(tx, SecretRow, "select * from person_secret where import_no = $1 order by person_no", import_no)
}

/// The data key of an organisation and half-year.
pub async fn data_key(tx: &mut Tx, organisation: OrganisationId, period: &str) -> Result<Option<DataKeyRow>> {
    optional!(tx, DataKeyRow, "select * from data_key where organisation_id = $1 and period = $2", organisation, period)
}

/// A data key.
pub async fn data_key_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<DataKeyRow>> {
    optional!(tx, DataKeyRow, "select * from data_key where id = $1", id)
}

/// Adds a data key.
pub async fn insert_data_key(tx: &mut Tx, key: &DataKeyRow) -> Result<()> {
    run!(
        tx,
        "insert into data_key (id, organisation_id, period, wrapped) values ($1, $2, $3, $4)",
        key.id,
        key.organisation_id,
        &key.period,
        key.wrapped.as_deref()
    )?;
    Ok(())
}

/// Destroys a data key: what it sealed can never be read again.
pub async fn destroy_data_key(tx: &mut Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update data_key set wrapped = null, destroyed_at = $2 where id = $1", id, at)?;
    Ok(())
}

/// Fills the embedded population register.
pub async fn insert_population(tx: &mut Tx, rows: &[PopulationRow]) -> Result<()> {
    for chunk in rows.chunks(MOST_BINDS / 5) {
        build!(tx, "insert into population (hmac, as_of, municipality, protection, deregistered) ", query => {
            query.push_values(chunk, |mut row, person| {
                row.push_bind(&person.hmac).push_bind(person.as_of).push_bind(person.municipality.as_deref())
                    .push_bind(person.protection.as_deref()).push_bind(person.deregistered.as_deref());
            });
            query.push(" on conflict (hmac, as_of) do nothing");
        }, execute)?;
    }
    Ok(())
}

/// What the embedded register says of these persons, every dated row.
pub async fn population(tx: &mut Tx, hmacs: &[Vec<u8>]) -> Result<Vec<PopulationRow>> {
    let mut found = Vec::with_capacity(hmacs.len());
    for chunk in hmacs.chunks(MOST_BINDS) {
        found.extend(build!(tx, "select * from population where hmac in (", query => {
            let mut list = query.separated(", ");
            for hmac in chunk {
                list.push_bind(hmac);
            }
            query.push(")");
        }, all PopulationRow)?);
    }
    Ok(found)
}
