//! "Which grants can we apply for?": the packages' own pre-checks on what a visitor says of her association.
//!
//! Nothing is hard-coded: a question is asked only when some package's answer depends on it, which is found by running
//! the pre-check with and without it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{Offer, ServiceResult, offer, versions};
use crate::app::Tenant;
use crate::domain::attendance::Sex;
use crate::domain::calculation::{Check, CheckStatus};
use crate::domain::grant::{ApplicantKind, GrantKind};
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::inputs::{Approval, Inputs, MemberCount, OrganisationFacts};
use crate::domain::{Localized, calendar};
use crate::packages::Package;
use crate::rules::{RuleError, Value, evaluate_eligible};
use crate::services::actor::{About, Action, authorize};
use crate::services::{Actor, ServiceError};
use crate::store::{cases, organisations};
use crate::text::order;

/// An age band that some rule tells apart from its neighbours, in calendar-year age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    /// The lowest age.
    pub from: i32,
    /// The highest; none for everybody older.
    pub to: Option<i32>,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// Whether the kind of applicant matters.
    pub kinds: Vec<ApplicantKind>,
    /// Approvals that matter: id and name.
    pub approvals: Vec<(String, Localized)>,
    /// The bands that members are counted in; empty when members do not matter.
    pub bands: Vec<Band>,
    /// Whether the day of founding matters.
    pub founded: bool,
}

/// What a visitor says of her association; what she leaves out is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What she applies as.
    pub kind: Option<ApplicantKind>,
    /// Approvals she has or has not.
    pub approvals: BTreeMap<String, bool>,
    /// Members, in the order of [`Questions::bands`].
    pub members: Option<Vec<i64>>,
    /// When the association was founded.
    pub founded: Option<NaiveDate>,
}

/// What the rules say of a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// She may apply.
    Can,
    /// She may not, as things are: what is in the way.
    Cannot(Vec<Check>),
    /// It is not for applicants of her kind.
    OtherApplicants,
    /// It depends on something that was not told.
    CannotTell(Vec<Check>),
}

/// A grant and what the rules say.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The grant.
    pub offer: Offer,
    /// Whether it is an approval, which opens the way to others.
    pub approval: bool,
    /// What the rules say.
    pub verdict: Verdict,
    /// What she has of it already; only where the association is known.
    pub has: Option<Has>,
}

/// What an association has of a grant already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Has {
    /// An approval that holds, until a day.
    Approved(NaiveDate),
    /// An application for the open period, by its diary number.
    Applied(CaseId, String),
}

/// What must be asked for the grants of today.
///
/// # Errors
/// When the database cannot be read or a rule is at fault.
pub async fn questions(tenant: &Tenant) -> ServiceResult<Questions> {
    let packages = packages(tenant).await?;
    questions_of(&packages, tenant.clock.today())
}

/// What the rules say of every grant, what she can apply for first.
///
/// # Errors
/// When the database cannot be read or a rule is at fault.
pub async fn answers(tenant: &Tenant, told: &Told) -> ServiceResult<Vec<Answer>> {
    let today = tenant.clock.today();
    let packages = packages(tenant).await?;
    let asked = questions_of(&packages, today)?;
    let facts = facts_of(told, &asked.bands, today);
    let approvals = told.approvals.iter().filter(|(_, has)| **has).map(|(id, _)| (id.clone(), always())).collect();
    let unknown: BTreeSet<&str> =
        asked.approvals.iter().map(|(id, _)| id.as_str()).filter(|id| !told.approvals.contains_key(*id)).collect();
    judge(&packages, told.kind, &facts, &approvals, &unknown, today)
}

/// The same for an association that is known: on what the register says.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not the actor's to read.
pub async fn answers_for(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<Vec<Answer>> {
    authorize(actor, Action::Read(About::Association(organisation)))?;
    let today = tenant.clock.today();
    let packages = packages(tenant).await?;
    let mut tx = tenant.db.read().await?;
    let row = organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let mut approvals = BTreeMap::new();
    for approval in organisations::approvals(&mut tx, organisation).await? {
        approvals.entry(approval.grant_type).or_insert(Approval { from: approval.valid_from, to: approval.valid_to });
    }
    let facts = OrganisationFacts {
        number: row.number,
        kind: row.kind,
        founded: row.founded,
        seat: row.seat,
        members: organisations::members(&mut tx, organisation, today).await?,
        category: row.category,
    };
    let mut answers = judge(&packages, Some(facts.kind), &facts, &approvals, &BTreeSet::new(), today)?;
    for answer in &mut answers {
        let holds = approvals.get(&answer.offer.id).filter(|approval| (approval.from..=approval.to).contains(&today));
        answer.has = match (holds, &answer.offer.open) {
            (Some(approval), _) => Some(Has::Approved(approval.to)),
            (None, Some(open)) => cases::open_of(&mut tx, organisation, &answer.offer.id, &open.period.id)
                .await?
                .map(|case| Has::Applied(case.id, case.number)),
            (None, None) => None,
        };
    }
    Ok(answers)
}

async fn packages(tenant: &Tenant) -> ServiceResult<Vec<std::sync::Arc<Package>>> {
    let mut tx = tenant.db.read().await?;
    Ok(versions::offered(&mut tx, tenant).await?.into_iter().map(|(_, package)| package).collect())
}

fn judge(
    packages: &[std::sync::Arc<Package>],
    kind: Option<ApplicantKind>,
    facts: &OrganisationFacts,
    approvals: &BTreeMap<String, Approval>,
    unknown_approvals: &BTreeSet<&str>,
    today: NaiveDate,
) -> ServiceResult<Vec<Answer>> {
    let mut answers = Vec::new();
    for package in packages {
        let verdict = if kind.is_some_and(|kind| !package.form.applicants.contains(&kind)) {
            Verdict::OtherApplicants
        } else {
            verdict(package, facts, approvals, unknown_approvals, today)?
        };
        answers.push(Answer { offer: offer(package, today), approval: package.form.kind == GrantKind::Approval, verdict, has: None });
    }
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Can => 0,
        Verdict::CannotTell(_) => 1,
        Verdict::Cannot(_) => 2,
        Verdict::OtherApplicants => 3,
    };
    answers.sort_by_cached_key(|answer| (rank(&answer.verdict), order::key(&answer.offer.title.sv)));
    Ok(answers)
}

fn verdict(
    package: &Package,
    facts: &OrganisationFacts,
    approvals: &BTreeMap<String, Approval>,
    unknown_approvals: &BTreeSet<&str>,
    today: NaiveDate,
) -> ServiceResult<Verdict> {
    let checks = run(package, facts, approvals, today)?;
    // A check that an approval not told about would turn is not known yet.
    let mut with: BTreeMap<String, Approval> = approvals.clone();
    with.extend(unknown_approvals.iter().map(|id| ((*id).to_owned(), always())));
    let hopeful = run(package, facts, &with, today)?;
    let turned = |check: &Check| hopeful.iter().any(|other| other.id == check.id && other.status != check.status);
    let (open, failed): (Vec<Check>, Vec<Check>) = checks
        .into_iter()
        .filter(|check| check.status >= CheckStatus::Unknown)
        .partition(|check| check.status == CheckStatus::Unknown || turned(check));
    Ok(match (failed.is_empty(), open.is_empty()) {
        (false, _) => Verdict::Cannot(failed),
        (true, false) => Verdict::CannotTell(open),
        (true, true) => Verdict::Can,
    })
}

fn questions_of(packages: &[std::sync::Arc<Package>], today: NaiveDate) -> ServiceResult<Questions> {
    let mut asked = Questions::default();
    let mut edges = BTreeSet::new();
    let nobody = facts_of(&Told::default(), &[], today);
    let approvals: Vec<(String, Localized)> = packages
        .iter()
        .filter(|package| package.form.kind == GrantKind::Approval)
        .map(|package| (package.id.clone(), package.form.title.clone()))
        .collect();
    let kinds: BTreeSet<_> = packages.iter().flat_map(|package| package.form.applicants.iter().map(|kind| kind_rank(*kind))).collect();
    if kinds.len() > 1 {
        asked.kinds = [ApplicantKind::Association, ApplicantKind::Company, ApplicantKind::Person]
            .into_iter()
            .filter(|kind| kinds.contains(&kind_rank(*kind)))
            .collect();
    }
    for package in packages {
        let without = statuses(package, &nobody, &BTreeMap::new(), today)?;
        for (id, title) in &approvals {
            let with = statuses(package, &nobody, &BTreeMap::from([(id.clone(), always())]), today)?;
            if with != without && !asked.approvals.iter().any(|(known, _)| known == id) {
                asked.approvals.push((id.clone(), title.clone()));
            }
        }
        let founded = OrganisationFacts { founded: Some(today), ..nobody.clone() };
        asked.founded |= statuses(package, &founded, &BTreeMap::new(), today)? != without;
        let counted = OrganisationFacts { members: Some(Vec::new()), ..nobody.clone() };
        if statuses(package, &counted, &BTreeMap::new(), today)? != without {
            edges.extend(age_edges(package));
        }
    }
    if !edges.is_empty() {
        edges.insert(0);
        let edges: Vec<i32> = edges.into_iter().collect();
        asked.bands = edges.iter().enumerate().map(|(at, from)| Band { from: *from, to: edges.get(at + 1).map(|next| next - 1) }).collect();
    }
    Ok(asked)
}

/// The ages at which the package's rules begin and cease to count somebody.
fn age_edges(package: &Package) -> impl Iterator<Item = i32> {
    package.rules.parameters().iter().filter(|(_, parameter)| parameter.unit == "år").flat_map(|(_, parameter)| {
        let value = parameter.values.last().map(|dated| &dated.value);
        match value {
            Some(Value::Range(from, to)) => vec![i32::try_from(*from).ok(), i32::try_from(*to).ok().and_then(|to| to.checked_add(1))],
            Some(Value::Integer(age)) => vec![i32::try_from(*age).ok()],
            _ => Vec::new(),
        }
        .into_iter()
        .flatten()
    })
}

fn statuses(
    package: &Package,
    facts: &OrganisationFacts,
    approvals: &BTreeMap<String, Approval>,
    today: NaiveDate,
) -> ServiceResult<Vec<(String, CheckStatus)>> {
    Ok(run(package, facts, approvals, today)?.into_iter().map(|check| (check.id, check.status)).collect())
}

/// The pre-check of the period one would apply for today.
fn run(
    package: &Package,
    facts: &OrganisationFacts,
    approvals: &BTreeMap<String, Approval>,
    today: NaiveDate,
) -> ServiceResult<Vec<Check>> {
    let mut periods: Vec<_> = package.form.periods.iter().map(|period| &period.dates).collect();
    periods.sort_by_key(|period| period.opens);
    let open = periods.iter().find(|period| today <= calendar::last_day(period)).or(periods.last());
    let Some(period) = open else { return Ok(Vec::new()) };
    let received = today.max(period.opens);
    let inputs = Inputs {
        grant_type: package.id.clone(),
        received,
        complete: None,
        due: calendar::last_day(period),
        organisation: facts.clone(),
        answers: BTreeMap::new(),
        approvals: approvals.clone(),
        facts: BTreeMap::new(),
        earlier: Vec::new(),
        tables: BTreeMap::new(),
        proposed: None,
        allocated: None,
        granted: None,
        changed: None,
        period: (*period).clone(),
    };
    match evaluate_eligible(&package.rules, &inputs) {
        Ok(done) => Ok(done.evaluation.checks),
        Err(RuleError::Fault(problem)) => Err(ServiceError::Definition(vec![*problem])),
        Err(RuleError::Deadline) => Err(ServiceError::Internal(anyhow::anyhow!("the pre-check of {} did not finish in time", package.id))),
    }
}

fn facts_of(told: &Told, bands: &[Band], today: NaiveDate) -> OrganisationFacts {
    let members = told.members.as_ref().map(|counts| {
        // What a pre-check asks of members is their age; nobody is asked for more than that.
        let member = |(band, count): (&Band, &i64)| MemberCount {
            birth_year: today.year() - band.from,
            sex: Sex::Female,
            resident: true,
            count: *count,
        };
        bands.iter().zip(counts).map(member).collect()
    });
    OrganisationFacts {
        number: String::new(),
        kind: told.kind.unwrap_or(ApplicantKind::Association),
        founded: told.founded,
        seat: None,
        members,
        category: None,
    }
}

fn always() -> Approval {
    Approval { from: NaiveDate::MIN, to: NaiveDate::MAX }
}

const fn kind_rank(kind: ApplicantKind) -> u8 {
    match kind {
        ApplicantKind::Association => 0,
        ApplicantKind::Company => 1,
        ApplicantKind::Person => 2,
    }
}
