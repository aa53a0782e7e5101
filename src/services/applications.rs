//! Handing in an application: received at once, frozen, numbered, queued, in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::actor::{About, Action, authorize};
use super::error::Finding;
use super::history::{self, Event, Stream};
use super::reports::claiming;
use super::{Actor, ServiceError, ServiceResult, diary, extensions, flow, packages, reports};
use crate::app::Tenant;
use crate::domain::canonical::{self, Sha};
use crate::domain::grant::GrantKind;
use crate::domain::id::{CaseId, OrganisationId};
use crate::domain::inputs::Answer;
use crate::domain::{Localized, clock};
use crate::forms;
use crate::packages::Package;
use crate::store::cases::{self, ApplicationRow, CaseRow};
use crate::store::counters::{self, Counter};
use crate::store::{Tx, organisations};

/// What an applicant hands in.
#[derive(Clone, Debug)]
pub struct Submission<'a> {
    /// Who applies.
    pub organisation: OrganisationId,
    /// For what.
    pub grant_type: &'a str,
    /// For which period.
    pub period: &'a str,
    /// The answers, hidden ones too; those are not sent.
    pub answers: &'a BTreeMap<String, Answer>,
    /// Who signed, as a name on the paper.
    pub signed_by: &'a str,
    /// The form's key: a second press of the button gets the first receipt.
    pub idempotency_key: &'a str,
}

/// What the applicant gets in return.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Receipt {
    /// The case.
    pub case: CaseId,
    /// Diary number.
    pub number: String,
    /// When it was received (förvaltningslagen 22 §).
    pub received_at: DateTime<Utc>,
    /// Whether that was after the last day. It is received all the same.
    pub late: bool,
    /// Whether it takes the place of what was handed in before.
    pub replaces: bool,
}

/// Hands in an application, or replaces the one handed in before until the last day.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per field, and when the period is not open yet or the case is beyond
/// replacing; [`ServiceError::NotFound`] for a grant type or period that is not there.
pub async fn submit(tenant: &Tenant, actor: &Actor, submission: Submission<'_>) -> ServiceResult<Receipt> {
    authorize(actor, Action::SignFor(About::Association(submission.organisation)))?;
    let mut tx = tenant.db.write().await?;
    let received = receive(&mut tx, tenant, actor, &submission, tenant.clock.now()).await?;
    tx.commit().await?;
    Ok(received.receipt)
}

/// What was received in a transaction that is not over yet.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// The receipt.
    pub receipt: Receipt,
    /// The application; none where an earlier press of the button has made it.
    pub application: Option<(uuid::Uuid, CaseRow)>,
}

/// Receives an application in the caller's transaction; the caller has asked whether the actor may. `now` is when it came:
/// what came on paper came before it is written in (förvaltningslagen 22 §).
pub(super) async fn receive(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    submission: &Submission<'_>,
    now: DateTime<Utc>,
) -> ServiceResult<Received> {
    organisations::lock(tx, submission.organisation).await?;
    if let Some(receipt) = receipt_of_key(tx, tenant, submission).await? {
        return Ok(Received { receipt, application: None });
    }
    let package = packages::governing(tx, tenant, submission.grant_type, submission.period).await?.ok_or(ServiceError::NotFound)?;
    let sent = judge(&package.1, submission)?;
    take_in(tx, tenant, actor, (&package, submission), sent, now).await
}

/// Takes in what was judged, in the caller's transaction; she has locked the association.
pub(super) async fn take_in(
    tx: &mut Tx,
    tenant: &Tenant,
    actor: &Actor,
    (package, submission): (&packages::Governing, &Submission<'_>),
    sent: BTreeMap<String, Answer>,
    now: DateTime<Utc>,
) -> ServiceResult<Received> {
    let period = package.1.form.period(submission.period).ok_or(ServiceError::NotFound)?;
    let today = clock::swedish_date(now);
    if today < period.opens {
        return Err(ServiceError::invalid(
            "",
            "not_open",
            Localized::both(
                format!("Ansökan öppnar {}. Det går inte att lämna in den innan dess.", period.opens),
                format!("Applications open on {}. It cannot be handed in before that.", period.opens),
            ),
        ));
    }
    let due = extensions::last_day(tx, submission.grant_type, period, submission.organisation).await?;
    let open = cases::open_of(tx, submission.organisation, submission.grant_type, submission.period).await?;
    // Nothing came in with a claim that the municipality opened: what comes now is the first of the case, not in another's place.
    let ours = claiming::opened_by_us(submission.idempotency_key);
    let into_claim = match &open {
        Some(case) if !ours => claiming::without_report(tx, &package.1, case.id).await?,
        Some(_) | None => false,
    };
    let replaces = open.is_some() && !into_claim;
    let mut case = match open {
        Some(case) => {
            let case = reopen(tx, tenant, case, now, into_claim).await?;
            super::cases::withdrawal::end(tx, tenant, case.id).await?;
            case
        }
        None => new_case(tx, tenant, package, submission, due, now).await?,
    };
    let body = canonical::to_bytes(&sent)?;
    let application = ApplicationRow {
        id: tenant.ids.uuid(),
        case_id: case.id,
        sha256: Sha::of(&body).hex(),
        answers: body,
        received_at: now,
        signed_by: submission.signed_by.to_owned(),
        document_id: None,
        idempotency_key: submission.idempotency_key.to_owned(),
        watermark: counters::last(tx, Counter::Import).await?,
        replaced_at: None,
    };
    cases::insert_application(tx, &application).await?;
    let event = Event {
        kind: match (ours, replaces) {
            (true, _) => "claim.opened",
            (false, true) => "application.replaced",
            (false, false) => "application.received",
        },
        body: json!({
            "number": case.number, "grant_type": case.grant_type, "period": case.period, "answers": application.sha256,
            "package_version": case.package_version_id, "watermark": application.watermark, "late": today > due,
        }),
        texts: &[("signed_by", submission.signed_by)],
    };
    history::record(tx, tenant, Stream::Case(case.id), actor, event).await?;
    if package.1.form.kind == GrantKind::Report && !ours && !replaces {
        reports::come(tx, tenant, &case).await?;
    }
    flow::begin(tx, tenant, &package.1, &mut case, actor).await?;
    let receipt = Receipt { case: case.id, number: case.number.clone(), received_at: now, late: today > due, replaces };
    Ok(Received { receipt, application: Some((application.id, case)) })
}

/// The answers that are sent, or everything to correct.
fn judge(package: &Package, submission: &Submission<'_>) -> ServiceResult<BTreeMap<String, Answer>> {
    let facts = forms::Facts::new();
    let findings = forms::validate(&package.form, submission.answers, &facts);
    if findings.is_empty() {
        return Ok(forms::sent_answers(&package.form, submission.answers, &facts));
    }
    let findings = findings.into_iter().map(|found| Finding { place: found.field, code: found.code.to_owned(), message: found.message });
    Err(ServiceError::Invalid(findings.collect()))
}

/// The receipt of an earlier press of the same button; an error when the form was changed in between.
async fn receipt_of_key(tx: &mut Tx, tenant: &Tenant, submission: &Submission<'_>) -> ServiceResult<Option<Receipt>> {
    let Some(before) = cases::application_by_key(tx, submission.idempotency_key).await? else { return Ok(None) };
    let case = cases::by_id(tx, before.case_id).await?.ok_or(ServiceError::NotFound)?;
    let same = case.organisation_id == submission.organisation
        && case.grant_type == submission.grant_type
        && case.period == submission.period
        && sent_hash(tx, tenant, &case, submission).await? == before.sha256;
    if !same {
        return Err(ServiceError::refused(
            "Formuläret har redan lämnats in med andra uppgifter. Öppna ansökan på nytt för att ändra den.",
            "The form was already handed in with other answers. Open the application again to change it.",
        ));
    }
    let late = clock::swedish_date(before.received_at) > case.due;
    let mut others = cases::applications(tx, case.id).await?.into_iter().filter(|one| !claiming::opened_by_us(&one.idempotency_key));
    let replaces = others.next().is_some_and(|first| first.id != before.id);
    Ok(Some(Receipt { case: case.id, number: case.number, received_at: before.received_at, late, replaces }))
}

async fn sent_hash(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, submission: &Submission<'_>) -> ServiceResult<String> {
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let sent = forms::sent_answers(&package.form, submission.answers, &forms::Facts::new());
    Ok(Sha::of(&canonical::to_bytes(&sent)?).hex())
}

async fn new_case(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &packages::Governing,
    submission: &Submission<'_>,
    due: chrono::NaiveDate,
    now: DateTime<Utc>,
) -> ServiceResult<CaseRow> {
    let (version, package) = package;
    let claim = super::Claim { organisation: submission.organisation, grant_type: submission.grant_type, period: submission.period };
    let duty = reports::to_meet(tx, package, claim).await?;
    let name = organisations::name(tx, submission.organisation, tenant.clock.today()).await?;
    let settings = &package.form.diary;
    let title = &package.form.title.sv;
    let period = package.form.period_words(submission.period).sv;
    let subject = match settings.register {
        forms::Register::CaseEach => format!("{title} {period}, {name}"),
        forms::Register::CasePerRound => format!("{title} {period}"),
    };
    let reserved = match &duty {
        // A report lies with what it is about.
        Some(duty) => diary::reserve_beside(tx, duty.case_id).await?,
        None => diary::reserve(tx, tenant, settings, submission.grant_type, submission.period, &subject).await?,
    };
    let case = CaseRow {
        id: CaseId(tenant.ids.uuid()),
        diary_case_id: reserved.diary_case,
        number: reserved.number,
        committee: settings.committee.clone(),
        organisation_id: submission.organisation,
        grant_type: submission.grant_type.to_owned(),
        period: submission.period.to_owned(),
        package_version_id: *version,
        state: String::new(),
        entered: 0,
        came_from: "[]".to_owned(),
        due,
        received_at: now,
        complete_on: None,
        amount_ore: None,
        outcome: None,
        protected: false,
        remark: false,
        closed_at: None,
    };
    cases::insert(tx, &case).await?;
    if let Some(duty) = &duty {
        reports::begun(tx, tenant, duty, &case).await?;
    }
    super::cases::queue::index(tx, tenant, package, &case).await?;
    Ok(case)
}

/// Until the last day the applicant may replace what she sent; both stay in the diary, the last counts. A report may come into a claim
/// after the last day, until that is decided.
async fn reopen(tx: &mut Tx, tenant: &Tenant, case: CaseRow, now: DateTime<Utc>, into_claim: bool) -> ServiceResult<CaseRow> {
    let today = clock::swedish_date(now);
    let decided = crate::store::decisions::standing(tx, case.id).await?.is_some();
    if into_claim && decided {
        return Err(claiming::decided(&case));
    }
    if decided || (today > case.due && !into_claim) {
        return Err(ServiceError::refused(
            format!(
                "Ni har redan lämnat in en ansökan för perioden ({}). Efter sista ansökningsdag går den att ändra genom en komplettering.",
                case.number
            ),
            format!(
                "You have already handed in an application for this period ({}). After the last day it can be changed by a supplement.",
                case.number
            ),
        ));
    }
    cases::replace_application(tx, case.id, tenant.clock.now()).await?;
    let mut case = case;
    case.received_at = now;
    Ok(case)
}
