//! An association's own pages: what to finish, what can be applied for, her cases and how they stand.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::cosign::{self, Awaited};
use super::supplement::{self, Requested, Wanted};
use super::{begin, load, own};
use crate::app::Tenant;
use crate::domain::calendar;
use crate::domain::draft::DraftKind;
use crate::domain::grant::{GrantKind, Outcome};
use crate::domain::id::{CaseId, DecisionId, DraftId, OrganisationId};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money};
use crate::forms::PayWhen;
use crate::services::actor::{About, Action};
use crate::services::cases::views::{self, CaseView, Line};
use crate::services::cases::withdrawal;
use crate::services::clashes::views::{self as clashes, Waiting};
use crate::services::renewals::Ending;
use crate::services::reports::claiming;
use crate::services::reports::returning::{self, Requisition};
use crate::services::reports::views as reports;
use crate::services::{Actor, ServiceError, ServiceResult, extensions, flow, packages, renewals};
use crate::store::scope::Scope;
use crate::store::{Tx, cases, cosignatures, decisions, drafts, organisations, snapshots};
use crate::text::fluent::Wording;
use crate::text::order;
use crate::workflows::WaitFor;

/// How many cases her pages hold.
const MOST: i64 = 50;

/// Her own first page.
#[derive(Clone, Debug)]
pub struct MyPages {
    /// Questions about clashes that wait for her.
    pub questions: Vec<Waiting>,
    /// Her name.
    pub name: String,
    /// Approvals to renew.
    pub ending: Vec<Ending>,
    /// Grants to report on.
    pub reports: Vec<reports::Own>,
    /// What is to be paid back.
    pub claims: Vec<reports::Claim>,
    /// Applications to finish.
    pub drafts: Vec<DraftLine>,
    /// What can be applied for now and is not begun.
    pub open: Vec<OpenGrant>,
    /// Her cases, the newest first.
    pub cases: Vec<MyCase>,
}

/// An application to finish.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// Which.
    pub id: DraftId,
    /// What it will become.
    pub kind: DraftKind,
    /// The grant.
    pub title: Localized,
    /// Whether it reports on a grant.
    pub report: bool,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day: to be in time, or to answer.
    pub last_day: NaiveDate,
    /// Whether she was given more time.
    pub extended: bool,
    /// When somebody last changed it.
    pub touched: DateTime<Utc>,
    /// Sections done, of how many.
    pub progress: (usize, usize),
}

/// What can be applied for.
#[derive(Clone, Debug)]
pub struct OpenGrant {
    /// The grant type.
    pub grant_type: String,
    /// Its name.
    pub title: Localized,
    /// What it is for.
    pub summary: Option<Localized>,
    /// The period.
    pub period: ActivityPeriod,
    /// The last day to be in time.
    pub last_day: NaiveDate,
    /// Whether she was given more time.
    pub extended: bool,
}

/// One of her cases.
#[derive(Clone, Debug)]
pub struct MyCase {
    /// The case as lists show it.
    pub line: Line,
    /// What she has to do with it.
    pub wanted: Wanted,
    /// Whether it waits for a second signature.
    pub unsigned: bool,
    /// Whether the one who looks may give it.
    pub hers_to_sign: bool,
    /// Who may give it, by name.
    pub signers: Vec<String>,
    /// Whether she took it back.
    pub withdrawn: bool,
    /// Whether the municipality claims the grant back in it without a report.
    pub claim: bool,
    /// How it stands, where it is a requisition.
    pub requisition: Option<Requisition>,
    /// How it came out, once the letter has left.
    pub outcome: Option<Outcome>,
    /// The period it is for.
    pub period: Option<ActivityPeriod>,
}

/// Her own first page.
///
/// # Errors
/// [`ServiceError::NotFound`] when she is not the actor's.
pub async fn pages(tenant: &Tenant, actor: &Actor, organisation: OrganisationId) -> ServiceResult<MyPages> {
    own(actor, Action::Read(About::Association(organisation)))?;
    let today = tenant.clock.today();
    let mut tx = tenant.db.read().await?;
    let mut drafts_found = Vec::new();
    for row in drafts::open(&mut tx, organisation).await? {
        let touched = row.touched_at;
        let draft = load::assemble(&mut tx, tenant, row).await?;
        drafts_found.push(DraftLine {
            id: draft.id,
            kind: draft.kind,
            title: draft.package.form.title.clone(),
            report: draft.package.form.kind == GrantKind::Report,
            last_day: draft.requested.as_ref().and_then(|requested| requested.last_day).unwrap_or(draft.last_day),
            extended: draft.requested.is_none() && draft.last_day > calendar::last_day(&draft.period),
            progress: draft.progress(),
            period: draft.period,
            touched,
        });
    }
    let mut found = Vec::new();
    let sent: BTreeMap<CaseId, Outcome> = decisions::sent_to(&mut tx, organisation).await?.into_iter().collect();
    for case in cases::list(&mut tx, &Scope::Association(organisation), None, MOST).await? {
        let outcome = sent.get(&case.id).copied();
        found.push(MyCase { outcome, ..my_case(&mut tx, tenant, actor, case).await? });
    }
    let applicant = organisations::by_id(&mut tx, organisation).await?.ok_or(ServiceError::NotFound)?;
    let mut open = Vec::new();
    for (_, package) in packages::offered(&mut tx, tenant).await? {
        let form = &package.form;
        if !form.applicants.contains(&applicant.kind) {
            continue;
        }
        for period in form.periods.iter().map(|period| &period.dates) {
            let last_day = extensions::last_day(&mut tx, &form.id, period, organisation).await?;
            let begun = drafts_found.iter().any(|draft| draft.title == form.title && draft.period.id == period.id);
            let handed_in = found.iter().any(|case: &MyCase| case.line.case.grant_type == form.id && case.line.case.period == period.id);
            if period.opens <= today && today <= last_day && !begun && !handed_in {
                open.push(OpenGrant {
                    grant_type: form.id.clone(),
                    title: form.title.clone(),
                    summary: form.summary.clone(),
                    period: period.clone(),
                    last_day,
                    extended: last_day > calendar::last_day(period),
                });
            }
        }
    }
    open.sort_by_cached_key(|grant| (grant.last_day, order::key(&grant.title.sv)));
    let name = organisations::name(&mut tx, organisation, today).await?;
    let mut ending = renewals::ending(&mut tx, tenant, organisation).await?;
    // What is begun stands among the applications to finish.
    ending.retain(|ending| !drafts_found.iter().any(|draft| draft.title == ending.title));
    let questions = clashes::waiting(&mut tx, tenant, organisation).await?;
    let mut reports = reports::own(&mut tx, tenant, organisation).await?;
    reports.retain(|report| !drafts_found.iter().any(|draft| draft.title == report.title && draft.period.id == report.period.id));
    let claims = reports::own_claims(&mut tx, tenant, organisation).await?;
    Ok(MyPages { name, ending, claims, reports, questions, drafts: drafts_found, open, cases: found })
}

async fn my_case(tx: &mut Tx, tenant: &Tenant, actor: &Actor, case: cases::CaseRow) -> ServiceResult<MyCase> {
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let awaited = cosignatures::open_of_case(tx, case.id).await?;
    let hers_to_sign = awaited.as_ref().is_some_and(|row| cosign::is_hers(actor, &case, row));
    let unsigned = awaited.is_some();
    let signers = match &awaited {
        Some(row) => cosign::others(tx, tenant, case.organisation_id, row.first_signer).await?.into_iter().map(|(_, name)| name).collect(),
        None => Vec::new(),
    };
    let withdrawn = withdrawal::stands(tx, case.id).await?;
    let wanted = supplement::wanted(&package, &case);
    let period = package.form.period(&case.period).cloned();
    let requisition = returning::standing(tx, &package, &case).await?;
    let claim = claiming::without_report(tx, &package, case.id).await?;
    let line = views::line(tx, tenant, case).await?;
    Ok(MyCase { claim, line, wanted, unsigned, hers_to_sign, signers, withdrawn, requisition, outcome: None, period })
}

/// A case as its applicant sees it.
#[derive(Clone, Debug)]
pub struct MyCaseView {
    /// Everything the case holds; what is for staff alone is left out.
    pub view: CaseView,
    /// What she has to do with it.
    pub wanted: Wanted,
    /// What was asked for, where something is.
    pub requested: Option<Requested>,
    /// The last day to answer, where an answer is waited for.
    pub answer_by: Option<NaiveDate>,
    /// The second signature, where one was asked for.
    pub cosignature: Option<Awaited>,
    /// Whether she may send another application in its place.
    pub may_replace: bool,
    /// Whether she may take it back.
    pub may_withdraw: bool,
    /// Whether she took it back.
    pub withdrawn: bool,
    /// Whether the municipality claims the grant back in it and no report has come into it.
    pub claim: bool,
    /// Whether the report may still be sent into it.
    pub takes_report: bool,
    /// How it stands, where it is a requisition.
    pub requisition: Option<Requisition>,
    /// The draft of a replacement or supplement that is open.
    pub draft: Option<(DraftId, DraftKind)>,
    /// Documents that were promised for later.
    pub promised: Vec<Localized>,
    /// Whether they can be sent now, without being asked for.
    pub may_deliver: bool,
    /// The decision that stands, once its letter has left.
    pub decided: Option<Decided>,
    /// What is expected next.
    pub expected: Expected,
    /// The period it is for.
    pub period: Option<ActivityPeriod>,
}

/// A decision that was sent.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Which.
    pub id: DecisionId,
    /// How it came out.
    pub outcome: Outcome,
    /// How much.
    pub amount: Money,
    /// When the letter left.
    pub sent: DateTime<Utc>,
}

/// What is expected, for the receipt and the case page.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The day the round closes, where the case waits for it.
    pub closes: Option<NaiveDate>,
    /// The last day of the handling time.
    pub decided_by: Option<NaiveDate>,
    /// How it is paid.
    pub pays: PayWhen,
    /// Whether money is paid at all.
    pub kind: GrantKind,
    /// The words for what was handed in.
    pub wording: Wording,
}

/// A case as its applicant sees it.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not there or another's.
pub async fn case(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<MyCaseView> {
    let mut tx = tenant.db.read().await?;
    let row = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    own(actor, Action::Read(About::Case(row.about())))?;
    let package = packages::version(&mut tx, tenant, row.package_version_id).await?;
    let wanted = supplement::wanted(&package, &row);
    let requested = match wanted {
        Wanted::Supplement => supplement::requested(&mut tx, id).await?,
        Wanted::Nothing | Wanted::View => None,
    };
    let answer_by = flow::last_day_to_answer(&mut tx, &package, &row).await?;
    let withdrawn = withdrawal::stands(&mut tx, id).await?;
    let requisition = returning::standing(&mut tx, &package, &row).await?;
    let claim = claiming::without_report(&mut tx, &package, id).await?;
    let takes_report = claim && claiming::takes_report(&mut tx, &package, &row).await?;
    let cosignature = cosign::of_case(&mut tx, tenant, actor, &row).await?;
    let may_replace = !claim && begin::may_replace(&mut tx, tenant, &row).await?;
    let draft = drafts::of_case(&mut tx, id).await?.into_iter().rev().find(|draft| draft.closed_at.is_none());
    let answers = load::handed_in(&mut tx, id).await?;
    let promised = super::promised::of(&package.form, &answers).into_iter().map(|field| field.label.clone()).collect();
    let may_deliver = wanted == Wanted::Nothing && super::promised::takes(&mut tx, &row).await?;
    let locked = snapshots::of_period(&mut tx, &row.grant_type, &row.period).await?.is_some();
    let waits_for_close = package
        .workflow
        .states
        .iter()
        .any(|state| matches!(state.kind, crate::workflows::StateKind::Wait { until: WaitFor::PeriodClose, .. }));
    drop(tx);
    let mut view = views::case(tenant, actor, id).await?;
    // Tasks, their reasons and who is handling what are for staff; so is a decision before its letter has left.
    view.tasks.clear();
    view.reasons.clear();
    view.line.why = None;
    let decided = view.decisions.iter().rev().find(|decision| decision.left());
    let decided =
        decided.and_then(|row| Some(Decided { id: row.id, outcome: row.outcome, amount: row.amount_ore, sent: row.dispatched_at? }));
    let standing = view.decisions.iter().any(|decision| decision.undone_at.is_none());
    Ok(MyCaseView {
        expected: Expected {
            closes: (waits_for_close && !locked).then_some(view.line.case.due),
            decided_by: view.line.due,
            pays: package.form.payment.when,
            kind: package.form.kind,
            wording: package.form.wording(),
        },
        may_withdraw: !claim && !withdrawn && !standing && view.line.case.closed_at.is_none(),
        draft: draft.map(|draft| (draft.id, draft.kind)),
        wanted,
        requested,
        answer_by,
        cosignature,
        may_replace,
        withdrawn,
        claim,
        takes_report,
        requisition,
        promised,
        may_deliver,
        period: package.form.period(&view.line.case.period).cloned(),
        decided,
        view,
    })
}
