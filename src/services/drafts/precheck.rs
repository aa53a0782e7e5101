//! Before one begins: may we apply, what is needed, and what else fits where we may not.

use chrono::{DateTime, NaiveDate, Utc};

use super::own;
use crate::app::Tenant;
use crate::domain::calculation::{Check, CheckStatus};
use crate::domain::draft::DraftKind;
use crate::domain::grant::{GrantKind, SignedBy};
use crate::domain::id::{CaseId, DraftId, OrganisationId};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, calendar};
use crate::forms::{FieldKind, Form, PayWhen, Requirement};
use crate::packages::Package;
use crate::rules;
use crate::services::actor::{About, Action};
use crate::services::calculation::{Asked, inputs_of, rule_error};
use crate::services::reports::claiming;
use crate::services::{Actor, Claim, ServiceError, ServiceResult, extensions, packages, tables};
use crate::store::{Tx, cases, drafts, organisations};
use crate::text::fluent::Wording;
use crate::text::order;

/// What somebody reads before she begins.
#[derive(Clone, Debug)]
pub struct Precheck {
    /// The grant's name.
    pub title: Localized,
    /// What it is for.
    pub summary: Option<Localized>,
    /// What kind of grant it is.
    pub kind: GrantKind,
    /// The words for what is handed in.
    pub wording: Wording,
    /// The applicant's name.
    pub applicant: String,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to be in time.
    pub last_day: NaiveDate,
    /// The requirements that can be judged before anything is filled in.
    pub checks: Vec<Check>,
    /// Other grants that can be applied for now, where this one cannot.
    pub others: Vec<Other>,
    /// What was begun or handed in already.
    pub earlier: Earlier,
    /// Documents that are asked for.
    pub needed: Vec<Needed>,
    /// Whether the form asks for the period's attendance.
    pub attendance: bool,
    /// Who signs.
    pub signed_by: SignedBy,
    /// When it is paid.
    pub pays: PayWhen,
    /// How many sections the form has.
    pub sections: usize,
}

impl Precheck {
    /// Whether a requirement is not met.
    #[must_use]
    pub fn refused(&self) -> bool {
        self.checks.iter().any(|check| check.status == CheckStatus::Fail)
    }
}

/// Another grant that can be applied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The grant type.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// What it is for.
    pub summary: Option<Localized>,
    /// The open period.
    pub period: ActivityPeriod,
    /// The last day to be in time.
    pub last_day: NaiveDate,
}

/// What there is already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing.
    Nothing,
    /// A draft.
    Draft {
        /// Which.
        id: DraftId,
        /// When it was begun.
        begun: DateTime<Utc>,
        /// When somebody last changed it.
        touched: DateTime<Utc>,
    },
    /// An application that was handed in.
    Case {
        /// Which.
        id: CaseId,
        /// Its diary number.
        number: String,
    },
}

/// A document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// What it is.
    pub label: Localized,
    /// Whether it may be promised for later.
    pub later: bool,
    /// Whether it is asked for only with certain answers.
    pub depends: bool,
}

/// Whether an association may apply for a grant's period, as far as can be told before anything is filled in.
///
/// # Errors
/// [`ServiceError::NotFound`] when she is not the actor's, or there is no such grant or period.
pub async fn precheck(
    tenant: &Tenant,
    actor: &Actor,
    organisation: OrganisationId,
    grant_type: &str,
    period: &str,
) -> ServiceResult<Precheck> {
    own(actor, Action::Read(About::Association(organisation)))?;
    let claim = Claim { organisation, grant_type, period };
    let mut tx = tenant.db.read().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    let dates = package.form.period(period).ok_or(ServiceError::NotFound)?.clone();
    let checks = judge(&mut tx, tenant, &package, claim).await?;
    let refused = checks.iter().any(|check| check.status == CheckStatus::Fail);
    let others = if refused { others(&mut tx, tenant, organisation, grant_type).await? } else { Vec::new() };
    let mut open = cases::open_of(&mut tx, organisation, grant_type, period).await?;
    if let Some(case) = &open {
        // A claim that no report has come into is nothing that she has handed in.
        if claiming::takes_report(&mut tx, &package, case).await? {
            open = None;
        }
    }
    let earlier = match open {
        Some(case) => Earlier::Case { id: case.id, number: case.number },
        None => match drafts::open_of(&mut tx, organisation, grant_type, period, DraftKind::Application).await? {
            Some(draft) => Earlier::Draft { id: draft.id, begun: draft.begun_at, touched: draft.touched_at },
            None => Earlier::Nothing,
        },
    };
    let form = &package.form;
    Ok(Precheck {
        title: form.title.clone(),
        summary: form.summary.clone(),
        kind: form.kind,
        wording: form.wording(),
        applicant: organisations::name(&mut tx, organisation, tenant.clock.today()).await?,
        last_day: extensions::last_day(&mut tx, grant_type, &dates, organisation).await?,
        period: dates,
        checks,
        others,
        earlier,
        needed: needed(form),
        attendance: form.uses_attendance(),
        signed_by: form.signed_by,
        pays: form.payment.when,
        sections: form.sections.len(),
    })
}

/// The period of a grant that one applies for now: the open one whose last day comes first, else the one just past
/// that still takes late applications, else the next to open.
///
/// # Errors
/// [`ServiceError::NotFound`] for a grant that is not there.
pub async fn period_now(tenant: &Tenant, grant_type: &str) -> ServiceResult<String> {
    let mut tx = tenant.db.read().await?;
    let active = packages::active(&mut tx, tenant).await?;
    let (_, package) = active.iter().find(|(_, package)| package.id == grant_type).ok_or(ServiceError::NotFound)?;
    let today = tenant.clock.today();
    let mut periods: Vec<&ActivityPeriod> = package.form.periods.iter().map(|period| &period.dates).collect();
    periods.sort_by_key(|period| calendar::last_day(period));
    let open = periods.iter().find(|period| period.opens <= today && today <= calendar::last_day(period));
    let late = periods.iter().rev().find(|period| period.late_until.is_some_and(|until| period.opens <= today && today <= until));
    let coming = periods.iter().find(|period| today < period.opens);
    open.or(late).or(coming).or(periods.last()).map(|period| period.id.clone()).ok_or(ServiceError::NotFound)
}

/// Runs the pre-check of a grant on what the register knows.
async fn judge(tx: &mut Tx, tenant: &Tenant, package: &Package, claim: Claim<'_>) -> ServiceResult<Vec<Check>> {
    let dates = package.form.period(claim.period).ok_or(ServiceError::NotFound)?;
    let asked = Asked {
        claim,
        received: tenant.clock.today(),
        complete: None,
        due: extensions::last_day(tx, claim.grant_type, dates, claim.organisation).await?,
        answers: std::collections::BTreeMap::new(),
        proposed: None,
        changed: None,
        allocated: None,
        granted: None,
    };
    let mut inputs = inputs_of(tx, tenant, package, asked).await?;
    tables::freeze(tx, package, &mut inputs, None).await?;
    let done = rules::evaluate_eligible(&package.rules, inputs).map_err(rule_error)?;
    Ok(done.evaluation.checks)
}

/// The grants that can be applied for today and whose pre-check nothing speaks against.
async fn others(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId, but: &str) -> ServiceResult<Vec<Other>> {
    let today = tenant.clock.today();
    let Some(applicant) = organisations::by_id(tx, organisation).await? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (_, package) in packages::offered(tx, tenant).await? {
        let form = &package.form;
        if form.id == but || !form.applicants.contains(&applicant.kind) {
            continue;
        }
        let mut open: Vec<(NaiveDate, &ActivityPeriod)> = Vec::new();
        for period in form.periods.iter().map(|period| &period.dates).filter(|period| period.opens <= today) {
            open.push((extensions::last_day(tx, &form.id, period, organisation).await?, period));
        }
        open.retain(|(last_day, _)| today <= *last_day);
        let Some((last_day, period)) = open.into_iter().min_by_key(|(last_day, _)| *last_day) else { continue };
        let claim = Claim { organisation, grant_type: &form.id, period: &period.id };
        if cases::open_of(tx, organisation, &form.id, &period.id).await?.is_some() {
            continue;
        }
        if judge(tx, tenant, &package, claim).await?.iter().any(|check| check.status == CheckStatus::Fail) {
            continue;
        }
        found.push(Other {
            grant_type: form.id.clone(),
            title: form.title.clone(),
            summary: form.summary.clone(),
            last_day,
            period: period.clone(),
        });
    }
    found.sort_by_cached_key(|other| (other.last_day, order::key(&other.title.sv)));
    Ok(found)
}

fn needed(form: &Form) -> Vec<Needed> {
    let attachment = |field: &crate::forms::Field| match &field.kind {
        FieldKind::Attachment(settings) => Some(Needed {
            label: field.label.clone(),
            later: settings.later,
            depends: field.show_if.is_some() || !matches!(field.required, Requirement::Required),
        }),
        _ => None,
    };
    form.fields().filter_map(attachment).collect()
}
