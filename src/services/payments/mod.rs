//! Payment: orders from decisions, holds, the two attests, batches that leave as files.

use chrono::NaiveDate;
use serde_json::json;

use super::actor::{About, Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, packages};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::account_number::AccountNumber;
use crate::domain::id::{CaseId, OrganisationId, PaymentOrderId};
use crate::domain::payment::{
    AccountingString, Hold, HoldReason, LineKind, OrderError, PaymentId, PaymentLine, PaymentOrder, PaymentState, Settlement, settle,
};
use crate::forms::PayWhen;
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::organisations;
use crate::store::payments::{self as rows, HoldRow, LineRow, OrderRow};
use crate::store::standing::{self, Status};
use crate::store::{Tx, decisions, reports};

mod appealed;
mod batch;
mod control;
mod difference;
mod order;
mod outcomes;
mod recall;
mod settling;
pub mod views;

pub(super) use appealed::{appeal_over, appealed};
pub use batch::{Channel, Made, build, make, regenerate};
pub use control::{Attest, Attested, Seen, attest, attest_seen, review};
pub(super) use difference::{change_taken_back, changing, follow, granted_and_out};
pub use order::order_for;
pub use outcomes::{Imported, Told, import_report, mark, pay_again};
pub use settling::{Parts, freeze, part_holds, parts_of, release_part, settle_parts, thaw};

/// The holds that apply to a payment to a case's applicant now.
///
/// # Errors
/// When the database refuses.
pub async fn coming_holds(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<Vec<Hold>> {
    let today = tenant.clock.today();
    let mut holds = Vec::new();
    match standing::status_on(tx, case.organisation_id, today).await?.map(|row| row.status) {
        Some(Status::Liquidation | Status::Bankruptcy | Status::Dissolved) => {
            holds.push(Hold { reason: HoldReason::Bankruptcy, until: None });
        }
        Some(Status::Active | Status::Dormant) | None => {}
    }
    match organisations::account(tx, case.organisation_id).await? {
        None => holds.push(Hold { reason: HoldReason::NewAccount, until: None }),
        Some(account) if account.confirmed_at.is_none() => holds.push(Hold { reason: HoldReason::NewAccount, until: None }),
        Some(account) => {
            if let Some(until) = account.hold_until.filter(|until| *until >= today) {
                holds.push(Hold { reason: HoldReason::NewAccount, until: Some(until) });
            }
        }
    }
    if let Some(needed) = &package.form.requires_approval {
        let approvals = organisations::approvals(tx, case.organisation_id).await?;
        let holds_today = approvals.iter().any(|row| row.grant_type == needed.value && row.valid_from <= today && today <= row.valid_to);
        if !holds_today {
            holds.push(Hold { reason: HoldReason::MissingApproval, until: None });
        }
    }
    if reports::overdue_since(tx, case.organisation_id, today).await?.is_some() {
        holds.push(Hold { reason: HoldReason::ReportOverdue, until: None });
    }
    match package.form.payment.when {
        PayWhen::AtOnce => {}
        PayWhen::AfterLegalForce => {
            let until = last_day_to_appeal(tx, case).await?;
            if until.is_none_or(|until| until >= today) {
                holds.push(Hold { reason: HoldReason::AnnouncementPending, until });
            }
        }
        PayWhen::Manual => holds.push(Hold { reason: HoldReason::Manual, until: None }),
    }
    if appealed::waits(tx, case.id).await? {
        holds.push(Hold { reason: HoldReason::Appealed, until: None });
    }
    if decisions::standing(tx, case.id).await?.is_some_and(|row| row.changes.is_some() && row.dispatched_at.is_none()) {
        holds.push(Hold { reason: HoldReason::DecisionChanging, until: None });
    }
    Ok(holds)
}

/// The last day to appeal a case's decision, once the meeting that was told of it is announced.
async fn last_day_to_appeal(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Option<NaiveDate>> {
    let meeting = decisions::standing(tx, case.id).await?.and_then(|decision| decision.meeting_id);
    let Some(meeting) = meeting else { return Ok(None) };
    let meeting = decisions::meetings(tx).await?.into_iter().find(|row| row.id == meeting);
    Ok(meeting.and_then(|meeting| meeting.announced_on).map(crate::domain::calendar::last_day_to_appeal))
}

/// Brings the holds of an association's waiting orders up to what is true now: a changed account, a lapsed approval or a
/// bankruptcy holds what was ordered before it, and what is put right lets go. A hold that somebody released stays
/// released for the same cause.
///
/// # Errors
/// When the database refuses.
pub async fn refresh_holds(tx: &mut Tx, tenant: &Tenant, organisation: OrganisationId) -> ServiceResult<()> {
    for order in rows::waiting_of(tx, organisation).await? {
        let case = case_of(tx, &order).await?;
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        let coming = coming_holds(tx, tenant, &package, &case).await?;
        let account = organisations::account(tx, organisation).await?;
        let status = standing::status_on(tx, organisation, tenant.clock.today()).await?;
        let overdue = reports::overdue_since(tx, organisation, tenant.clock.today()).await?;
        let known = rows::holds(tx, order.id).await?;
        for reason in [HoldReason::NewAccount, HoldReason::MissingApproval, HoldReason::Bankruptcy, HoldReason::ReportOverdue] {
            let now = coming.iter().find(|hold| hold.reason == reason);
            let mut of_reason = known.iter().filter(|hold| hold.reason == reason.code());
            let open = known.iter().find(|hold| hold.reason == reason.code() && hold.released_at.is_none());
            match (now, open) {
                (Some(now), Some(open)) if now.until != open.until => rows::date_hold(tx, open.id, now.until).await?,
                (Some(_), Some(_)) | (None, None) => {}
                (Some(now), None) => {
                    let since = match reason {
                        HoldReason::NewAccount => account.as_ref().map(|account| account.changed_at),
                        HoldReason::Bankruptcy => status.as_ref().map(|status| status.entered_at),
                        HoldReason::ReportOverdue => overdue.and_then(|day| day.succ_opt()).map(super::flow::start_of),
                        HoldReason::MissingApproval
                        | HoldReason::Requisition
                        | HoldReason::Report
                        | HoldReason::Debt
                        | HoldReason::AnnouncementPending
                        | HoldReason::Appealed
                        | HoldReason::DecisionChanging
                        | HoldReason::Manual => None,
                    };
                    let forgiven = of_reason.any(|hold| since.is_none_or(|since| hold.placed_at >= since)) && account.is_some();
                    if !forgiven {
                        place(tx, tenant, order.id, *now, &reason.message().sv).await?;
                    }
                }
                // Over: it held through yesterday.
                (None, Some(open)) => rows::date_hold(tx, open.id, tenant.clock.today().pred_opt()).await?,
            }
        }
    }
    Ok(())
}

/// What a letter says of a hold: what the association can do.
#[must_use]
pub fn applicant_words(reason: HoldReason) -> Localized {
    match reason {
        HoldReason::NewAccount => {
            Localized::both("Vi betalar ut när ert bankkonto är kontrollerat.", "We pay when your bank account has been checked.")
        }
        HoldReason::MissingApproval => {
            Localized::both("Vi betalar ut när föreningen är godkänd för året.", "We pay when the association is approved for the year.")
        }
        HoldReason::ReportOverdue => Localized::both(
            "Vi betalar ut när ni har redovisat ert tidigare bidrag.",
            "We pay when you have reported on your earlier grant.",
        ),
        HoldReason::Requisition => {
            Localized::both("Vi betalar ut när er rekvisition är godkänd.", "We pay when your requisition is accepted.")
        }
        HoldReason::Report => Localized::both("Vi betalar ut när er redovisning är godkänd.", "We pay when your report is accepted."),
        HoldReason::AnnouncementPending | HoldReason::Appealed => {
            Localized::both("Vi betalar ut när beslutet har fått laga kraft.", "We pay when the decision has become final.")
        }
        HoldReason::Debt | HoldReason::Bankruptcy | HoldReason::DecisionChanging | HoldReason::Manual => {
            Localized::both("Vi kontaktar er innan vi betalar ut.", "We contact you before we pay.")
        }
    }
}

/// Releases a hold, with the reason.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason, [`ServiceError::Stale`] when it was released already.
pub async fn release(tenant: &Tenant, actor: &Actor, hold: uuid::Uuid, reason: &str) -> ServiceResult<()> {
    authorize(actor, Action::Pay)?;
    let mut tx = tenant.db.write().await?;
    let row = rows::hold_by_id(&mut tx, hold).await?.ok_or(ServiceError::NotFound)?;
    let order = rows::by_id(&mut tx, row.order_id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(order.about())))?;
    if reason.trim().is_empty() {
        let message = Localized::both("Skriv varför spärren hävs.", "Write why the hold is released.");
        return Err(ServiceError::invalid("reason", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("reason", reason)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    if row.reason == HoldReason::DecisionChanging.code() {
        return Err(ServiceError::Refused(HoldReason::DecisionChanging.message()));
    }
    if row.reason == HoldReason::NewAccount.code() {
        // Letting a payment go to an account is as good as confirming it.
        let account = organisations::account(&mut tx, order.organisation_id).await?;
        if account.is_some_and(|account| account.entered_by == Some(user)) {
            return Err(super::organisations::own_account());
        }
    }
    if !rows::release_hold(&mut tx, hold, tenant.clock.now(), user).await? {
        return Err(ServiceError::Stale);
    }
    let body = json!({ "order": order.id, "hold": row.reason });
    let event = Event { kind: "payment.released", body, texts: &[("reason", reason)] };
    history::record(&mut tx, tenant, Stream::Case(order.case_id), actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// The time of appeal of a case's decision is known: the hold for it ends the day it has passed.
///
/// # Errors
/// When the database refuses.
pub async fn announced(tx: &mut Tx, tenant: &Tenant, case: CaseId, last_day: NaiveDate) -> ServiceResult<()> {
    let pending = HoldReason::AnnouncementPending.code();
    for order in rows::of_case(tx, case).await? {
        let holds = rows::holds(tx, order.id).await?;
        if holds.iter().any(|hold| hold.reason == pending && hold.released_at.is_none() && hold.until.is_none()) {
            rows::end_holds(tx, order.id, pending, last_day).await?;
            let body = json!({ "order": order.id, "hold": pending, "until": last_day });
            history::record(tx, tenant, Stream::Case(case), &Actor::Service, Event { kind: "payment.hold_dated", body, texts: &[] })
                .await?;
        }
    }
    Ok(())
}

/// The announcement was corrected: holds for the time of appeal that still hold end when the new one has passed.
///
/// # Errors
/// When the database refuses.
pub async fn announced_anew(tx: &mut Tx, tenant: &Tenant, case: CaseId, last_day: NaiveDate) -> ServiceResult<()> {
    let pending = HoldReason::AnnouncementPending.code();
    for order in rows::of_case(tx, case).await? {
        for hold in rows::holds(tx, order.id).await?.into_iter().filter(|hold| hold.reason == pending && hold.released_at.is_none()) {
            rows::date_hold(tx, hold.id, Some(last_day)).await?;
            let body = json!({ "order": order.id, "hold": pending, "until": last_day });
            history::record(tx, tenant, Stream::Case(case), &Actor::Service, Event { kind: "payment.hold_dated", body, texts: &[] })
                .await?;
        }
    }
    Ok(())
}

/// Whether a payment that was held for the time of appeal has been let go, by hand or into a file.
///
/// # Errors
/// When the database cannot be read.
pub async fn appeal_hold_released(tx: &mut Tx, case: CaseId) -> ServiceResult<bool> {
    let pending = HoldReason::AnnouncementPending.code();
    for order in rows::of_case(tx, case).await? {
        let holds = rows::holds(tx, order.id).await?;
        let mut held = holds.iter().filter(|hold| hold.reason == pending);
        let left = order.batch_id.is_some();
        if held.any(|hold| left || hold.released_at.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An account as it is stored.
///
/// # Errors
/// When the stored text is none.
pub fn account_number(stored: &str) -> ServiceResult<AccountNumber> {
    Ok(serde_json::from_str(stored)?)
}

async fn place(tx: &mut Tx, tenant: &Tenant, order: PaymentOrderId, hold: Hold, note: &str) -> ServiceResult<()> {
    let row = HoldRow {
        id: tenant.ids.uuid(),
        order_id: order,
        reason: hold.reason.code().to_owned(),
        note: note.to_owned(),
        placed_at: tenant.clock.now(),
        until: hold.until,
        released_at: None,
        released_by: None,
    };
    rows::insert_hold(tx, &row).await?;
    Ok(())
}

fn accounting(package: &Package) -> ServiceResult<AccountingString> {
    let settings = &package.form.payment.account;
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let string = AccountingString::new(&text(&settings.account))
        .and_then(|string| string.with_cost_centre(&text(&settings.cost_centre)))
        .and_then(|string| string.with_activity(&text(&settings.activity)))
        .and_then(|string| string.with_counterpart(&text(&settings.counterpart)));
    string.map_err(|error| ServiceError::Refused(error.message()))
}

fn line_rows(order: PaymentOrderId, settlement: &Settlement) -> Vec<LineRow> {
    (1_i64..)
        .zip(settlement.lines())
        .map(|(no, line)| LineRow {
            order_id: order,
            no,
            kind: line_word(line.kind).to_owned(),
            amount_ore: line.amount,
            text: line.text.clone(),
            account: line.accounting.account().to_owned(),
            cost_centre: line.accounting.cost_centre().unwrap_or_default().to_owned(),
            activity: line.accounting.activity().unwrap_or_default().to_owned(),
            project: line.accounting.project().unwrap_or_default().to_owned(),
            counterpart: line.accounting.counterpart().unwrap_or_default().to_owned(),
        })
        .collect()
}

const fn line_word(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Grant => "grant",
        LineKind::Instalment => "instalment",
        LineKind::SetOff => "set_off",
        LineKind::Recovery => "recovery",
    }
}

fn line_kind(word: &str) -> ServiceResult<LineKind> {
    [LineKind::Grant, LineKind::Instalment, LineKind::SetOff, LineKind::Recovery]
        .into_iter()
        .find(|kind| line_word(*kind) == word)
        .ok_or_else(|| anyhow::anyhow!("unknown kind of line {word:?}").into())
}

/// A stored order's settlement.
async fn settlement(tx: &mut Tx, row: &OrderRow) -> ServiceResult<Settlement> {
    let mut lines = Vec::new();
    for line in rows::lines(tx, row.id).await? {
        let accounting = AccountingString::new(&line.account)
            .and_then(|string| string.with_cost_centre(&line.cost_centre))
            .and_then(|string| string.with_activity(&line.activity))
            .and_then(|string| string.with_project(&line.project))
            .and_then(|string| string.with_counterpart(&line.counterpart))
            .map_err(|error| anyhow::anyhow!("a stored accounting string: {error:?}"))?;
        lines.push(PaymentLine {
            kind: line_kind(&line.kind)?,
            amount: line.amount_ore,
            accounting,
            decision: row.decision_id,
            text: line.text,
        });
    }
    Ok(settle(lines).map_err(anyhow::Error::from)?)
}

/// A stored order as the domain knows it.
async fn domain_order(tx: &mut Tx, row: &OrderRow) -> ServiceResult<PaymentOrder> {
    let state = PaymentState::from_code(&row.state).ok_or_else(|| anyhow::anyhow!("unknown state {:?}", row.state))?;
    let instalment = u32::try_from(row.instalment).map_err(anyhow::Error::from)?;
    let mut order = PaymentOrder::draft(PaymentId::of(row.decision_id, instalment), settlement(tx, row).await?, row.decided_by);
    order.state = state;
    order.reviewed_by = row.reviewed_by;
    order.attested_by = row.attested_by;
    order.batch = row.batch_id;
    for hold in rows::holds(tx, row.id).await?.into_iter().filter(|hold| hold.released_at.is_none()) {
        let reason = HoldReason::from_code(&hold.reason).ok_or_else(|| anyhow::anyhow!("unknown hold {:?}", hold.reason))?;
        order.holds.insert(Hold { reason, until: hold.until });
    }
    Ok(order)
}

/// The attest rights of a staff member's roles.
fn rights(actor: &Actor) -> Vec<crate::domain::payment::AttestAuthority> {
    use crate::domain::payment::{AttestAuthority, AttestKind};
    use crate::store::users::Role;
    let Actor::Staff { user, roles, .. } = actor else { return Vec::new() };
    let kind = |role: Role| match role {
        Role::Reviewer => Some(AttestKind::Review),
        Role::Attester => Some(AttestKind::Payment),
        Role::Officer | Role::Delegate | Role::Administrator | Role::Auditor | Role::ProtectedIdentities => None,
    };
    roles
        .iter()
        .filter_map(|role| {
            let kind = kind(role.role)?;
            Some(AttestAuthority { person: user.id, kind, up_to: role.max_ore, from: role.valid_from, until: role.valid_to })
        })
        .collect()
}

fn refuse(error: OrderError) -> ServiceError {
    ServiceError::Refused(error.message())
}

/// The case of an order, for pages and files.
async fn case_of(tx: &mut Tx, row: &OrderRow) -> ServiceResult<CaseRow> {
    cases::by_id(tx, row.case_id).await?.ok_or(ServiceError::NotFound)
}
