//! Every mark that does not count, with the rule that cut it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::names;
use crate::app::Tenant;
use crate::domain::attendance::{MarkClass, PersonNo};
use crate::domain::calculation::AccountLine;
use crate::rules::{self, Mode};
use crate::services::actor::{About, Action, authorize};
use crate::services::calculation::rule_error;
use crate::services::{Actor, Claim, ServiceResult, population, preliminary};

/// How many rows a page holds.
pub const PAGE: usize = 50;

/// A mark that does not count.
#[derive(Clone, Debug)]
pub struct CutMark {
    /// When the occasion began.
    pub start: NaiveDateTime,
    /// When it ended.
    pub stop: NaiveDateTime,
    /// What it was called.
    pub activity: String,
    /// Where.
    pub place: String,
    /// Who, as the association sent her; `None` where her name is not shown.
    pub name: Option<String>,
    /// What the mark said.
    pub class: MarkClass,
    /// The line of the account it belongs to.
    pub line: String,
}

/// A page of them.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The account: the lines that cut are what one may choose between.
    pub account: Vec<AccountLine>,
    /// The rows, by date, occasion and person.
    pub rows: Vec<CutMark>,
    /// Where the next page begins, where there is one.
    pub next: Option<usize>,
}

/// The marks that do not count, as the rules stand now, a page from a place on; of one line of the account or of all.
///
/// # Errors
/// [`NotFound`](crate::services::ServiceError::NotFound) when they are not the actor's to see.
pub async fn listing(tenant: &Tenant, actor: &Actor, claim: &Claim<'_>, line: Option<&str>, from: usize) -> ServiceResult<Listing> {
    authorize(actor, Action::Read(About::Association(claim.organisation)))?;
    let mut tx = tenant.db.read().await?;
    let answers = preliminary::handed_in(&mut tx, claim).await?;
    let ready = preliminary::gather(&mut tx, tenant, claim, &answers).await?;
    drop(tx);
    let Some(data) = ready.data.clone() else { return Ok(Listing::default()) };
    let run = tokio::task::spawn_blocking(move || {
        let account = rules::evaluate(&ready.package.rules, &ready.inputs, ready.data.clone(), Mode::Plain)?.evaluation.account;
        let selection = rules::selection(&ready.package.rules, &ready.inputs, ready.data)?;
        let cuts: BTreeMap<usize, String> =
            selection.map(|selection| selection.cuts().map(|(at, step)| (at, step.to_owned())).collect()).unwrap_or_default();
        Ok((account, cuts))
    });
    let (account, cuts) = run.await.map_err(|error| anyhow::anyhow!("the rule run was not carried out: {error}"))?.map_err(rule_error)?;
    let mut found: Vec<(usize, String)> = cuts
        .range(from..)
        .filter(|(_, step)| line.is_none_or(|line| line == step.as_str()))
        .take(PAGE + 1)
        .map(|(at, step)| (*at, step.clone()))
        .collect();
    let next = if found.len() > PAGE { found.pop().map(|(at, _)| at) } else { None };
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let person = |at: usize| data.persons[index(data.marks[at].person)].no;
    let persons: Vec<PersonNo> = found.iter().map(|(at, _)| person(*at)).collect();
    let shown = shown(tenant, claim, &persons, ready_on(&data, tenant)).await?;
    let rows = found
        .iter()
        .map(|(at, step)| {
            let mark = data.marks[*at];
            let occasion = &data.occasions[index(mark.occasion)];
            CutMark {
                start: occasion.start,
                stop: occasion.stop,
                activity: occasion.activity.clone(),
                place: occasion.place.clone(),
                name: shown.get(&person(*at)).cloned(),
                class: mark.class,
                line: step.clone(),
            }
        })
        .collect();
    Ok(Listing { account, rows, next })
}

/// The day whose register entries tell who is protected.
fn ready_on(data: &crate::domain::attendance::AttendanceData, tenant: &Tenant) -> chrono::NaiveDate {
    data.occasions.last().map_or_else(|| tenant.clock.today(), crate::domain::attendance::OccasionFacts::date)
}

/// Names of those who may stand in a list: the register is asked about whom nobody has asked about yet.
async fn shown(
    tenant: &Tenant,
    claim: &Claim<'_>,
    persons: &[PersonNo],
    on: chrono::NaiveDate,
) -> ServiceResult<BTreeMap<PersonNo, String>> {
    let known = population::look_up_persons(tenant, persons, on).await?;
    let mut tx = tenant.db.read().await?;
    let names = names(&mut tx, tenant, claim.organisation, persons).await?;
    Ok(names.into_iter().filter(|(person, _)| !known.protects(*person)).map(|(person, name)| (person, name.whole())).collect())
}
