//! The population register: who lives where, and who is protected.
//!
//! A register in service answers for personal numbers; the embedded default is a table of keyed hashes.

use std::pin::Pin;

use chrono::NaiveDate;

use crate::store::{Db, persons};

/// What a register is asked about a person: her keyed hash, and her number where the register needs it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Keyed hash of the personal number, 16 bytes.
    pub hmac: Vec<u8>,
}

/// Why a person's data are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Sekretessmarkering: a warning that secrecy may hold (OSL 22 kap. 1 §).
    Marked,
    /// Skyddad folkbokföring: registered in another municipality than she lives in (folkbokföringslagen 16 §).
    Registered,
}

impl Protection {
    /// The word a fact is stored as.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Marked => "sekretessmarkering",
            Self::Registered => "skyddad_folkbokforing",
        }
    }
}

/// What the register says of a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Municipality of residence, four digits. Not told of a protected person: where she is registered says nothing of
    /// where she lives, and must not be shown.
    pub municipality: Option<String>,
    /// Why her data are protected.
    pub protection: Option<Protection>,
}

/// The answer to one lookup, in the order asked; `None` for who is not in the register.
pub type Answers = Vec<Option<Record>>;

/// A register.
pub trait PopulationRegister: Send + Sync + std::fmt::Debug {
    /// Its name, noted as the source of every fact.
    fn name(&self) -> &'static str;

    /// What it says of persons on a day.
    fn look_up<'a>(&'a self, wanted: &'a [Wanted], on: NaiveDate) -> Pin<Box<dyn Future<Output = anyhow::Result<Answers>> + Send + 'a>>;
}

/// The embedded register, filled by import.
#[derive(Clone, Debug)]
pub struct Embedded(pub Db);

impl PopulationRegister for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn look_up<'a>(&'a self, wanted: &'a [Wanted], on: NaiveDate) -> Pin<Box<dyn Future<Output = anyhow::Result<Answers>> + Send + 'a>> {
        Box::pin(async move {
            let hmacs: Vec<Vec<u8>> = wanted.iter().map(|one| one.hmac.clone()).collect();
            let mut tx = self.0.read().await?;
            let mut rows = persons::population(&mut tx, &hmacs).await?;
            // The newest row that held on the day.
            rows.retain(|row| row.as_of <= on);
            rows.sort_by(|a, b| (&a.hmac, a.as_of).cmp(&(&b.hmac, b.as_of)));
            let index: std::collections::HashMap<&[u8], usize> =
                rows.iter().enumerate().map(|(at, row)| (row.hmac.as_slice(), at)).collect();
            Ok(hmacs.iter().map(|hmac| index.get(hmac.as_slice()).map(|at| record(&rows[*at]))).collect())
        })
    }
}

fn record(row: &persons::PopulationRow) -> Record {
    let protection = match row.protection.as_deref() {
        None => None,
        Some("skyddad_folkbokforing") => Some(Protection::Registered),
        // A flag we do not know protects too.
        Some(_) => Some(Protection::Marked),
    };
    let municipality = row.municipality.clone().filter(|_| protection.is_none() && row.deregistered.is_none());
    Record { municipality, protection }
}
