//! Payment orders from a decision: one where all is paid at once, one for each part where the rules pay in parts.

use serde_json::json;

use super::super::history::{self, Event, Stream};
use super::super::{Actor, ServiceError, ServiceResult, calculation, standing as debts_kept};
use super::{accounting, coming_holds, line_rows, place};
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::calculation::{PaidWhen, PayoutPart};
use crate::domain::id::PaymentOrderId;
use crate::domain::payment::{AccountingString, Hold, HoldReason, LineKind, PaymentId, PaymentLine, PaymentState, settle};
use crate::packages::Package;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::payments::{self as rows, OrderRow};
use crate::store::{Tx, calculations, decisions, organisations};

/// Makes the payment orders of a case's decision: the grant or its parts, set-off of debts, and the holds that apply now. A
/// part that is paid on an accepted requisition or report is held until that is accepted, or until somebody lets it go.
///
/// # Errors
/// When the database refuses, or the grant type has no account to book on.
pub async fn order_for(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    // Two grants of one association must not take the same debt.
    organisations::lock(tx, case.organisation_id).await?;
    let decision = decisions::standing(tx, case.id).await?.ok_or(ServiceError::Stale)?;
    let existing = rows::of_case(tx, case.id).await?;
    if !decision.amount_ore.is_positive() || existing.iter().any(|order| order.decision_id == decision.id) {
        return Ok(());
    }
    let accounting = accounting(package)?;
    let grant = format!("{} {}", package.form.title.sv, case.period);
    let parts = parts(tx, &decision, grant).await?;
    for (instalment, part) in (1_u32..).zip(&parts) {
        one(tx, tenant, package, case, &decision, &accounting, (instalment, part)).await?;
    }
    Ok(())
}

/// Makes one payment order of what is left by a decision that came later: on the report, or in another's place. The text says
/// which.
///
/// # Errors
/// When the database refuses, or the grant type has no account to book on.
pub(super) async fn order_rest(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    decision: &DecisionRow,
    (what, amount): (&str, Money),
) -> ServiceResult<()> {
    let accounting = accounting(package)?;
    let text = format!("{} {}: {what}", package.form.title.sv, case.period);
    let part = Part { kind: LineKind::Grant, amount, text, held: None };
    one(tx, tenant, package, case, decision, &accounting, (1, &part)).await
}

/// What one order pays.
struct Part {
    kind: LineKind,
    amount: Money,
    text: String,
    held: Option<HoldReason>,
}

/// The parts that the calculation behind a decision says, or all at once. They sum to what was decided.
async fn parts(tx: &mut Tx, decision: &DecisionRow, grant: String) -> ServiceResult<Vec<Part>> {
    let row = calculations::by_id(tx, decision.calculation_id).await?;
    let parts = calculation::evaluation(&row)?.payouts;
    if parts.is_empty() {
        return Ok(vec![Part { kind: LineKind::Grant, amount: decision.amount_ore, text: grant, held: None }]);
    }
    if Money::sum(parts.iter().map(|part| part.amount_ore)).ok() != Some(decision.amount_ore) {
        return Err(anyhow::anyhow!("the parts of decision {} do not sum to what was decided", decision.id).into());
    }
    let part = |part: PayoutPart| Part {
        kind: LineKind::Instalment,
        amount: part.amount_ore,
        text: format!("{grant}: {}", part.text.sv),
        held: match part.when {
            PaidWhen::Decision => None,
            PaidWhen::Requisition => Some(HoldReason::Requisition),
            PaidWhen::Report => Some(HoldReason::Report),
        },
    };
    // What is paid at once comes first, so that a debt is set off from it and not from what may never be paid.
    let mut parts: Vec<Part> = parts.into_iter().filter(|part| part.amount_ore.is_positive()).map(part).collect();
    parts.sort_by_key(|part| part.held.is_some());
    Ok(parts)
}

async fn one(
    tx: &mut Tx,
    tenant: &Tenant,
    package: &Package,
    case: &CaseRow,
    decision: &DecisionRow,
    accounting: &AccountingString,
    (instalment, part): (u32, &Part),
) -> ServiceResult<()> {
    let line = |kind: LineKind, amount: Money, text: String| PaymentLine {
        kind,
        amount,
        accounting: accounting.clone(),
        decision: decision.id,
        text,
    };
    let mut lines = vec![line(part.kind, part.amount, part.text.clone())];
    // What the part before has taken is no longer there.
    let debts = debts_kept::due(tx, case.organisation_id, tenant.clock.today()).await?;
    for due in &debts {
        let minus = Money::ZERO.checked_sub(due.amount).ok_or_else(|| anyhow::anyhow!("a debt that is too large"))?;
        lines.push(line(LineKind::SetOff, minus, format!("Kvittning: {}", due.debt.reason)));
    }
    let settlement = settle(lines).map_err(anyhow::Error::from)?;
    let taken = part.amount.checked_sub(settlement.payable()).unwrap_or_default();
    let order = OrderRow {
        id: PaymentOrderId(tenant.ids.uuid()),
        case_id: case.id,
        decision_id: decision.id,
        instalment: i64::from(instalment),
        organisation_id: case.organisation_id,
        amount_ore: settlement.payable(),
        state: PaymentState::Draft.code().to_owned(),
        end_to_end_id: PaymentId::of(decision.id, instalment).as_str().to_owned(),
        decided_by: decision.decided_by,
        reviewed_by: None,
        reviewed_at: None,
        attested_by: None,
        attested_at: None,
        account: None,
        batch_id: None,
        created_at: tenant.clock.now(),
        reviewed_hash: None,
        attested_hash: None,
        replaces: None,
    };
    rows::insert(tx, &order).await?;
    rows::insert_lines(tx, &line_rows(order.id, &settlement)).await?;
    debts_kept::set_off(tx, tenant, &debts, order.id, taken).await?;
    let holds = coming_holds(tx, tenant, package, case).await?;
    let mut placed = Vec::new();
    for hold in holds.into_iter().chain(part.held.map(|reason| Hold { reason, until: None })) {
        place(tx, tenant, order.id, hold, &hold.reason.message().sv).await?;
        placed.push(hold.reason);
    }
    let body = json!({
        "order": order.id, "decision": decision.id, "amount_ore": order.amount_ore, "reference": order.end_to_end_id,
        "holds": placed.iter().map(|reason| reason.code()).collect::<Vec<_>>(),
    });
    history::record(tx, tenant, Stream::Case(case.id), &Actor::Service, Event { kind: "payment.ordered", body, texts: &[] }).await
}
