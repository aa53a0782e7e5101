//! Paying back what is claimed: all at once, or by a plan in parts.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::domain::{Localized, Money};
use crate::services::actor::{About, Action, authorize};
use crate::services::error::Finding;
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, conflicts};
use crate::store::reports::{self as rows, RecoveryPartRow};
use crate::store::{Tx, cases, standing};
use crate::text::number;

/// How many parts a plan may have.
const MOST_PARTS: usize = 36;

/// A part of a plan as it is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The last day.
    pub due: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Sets a plan for paying back in parts; one that was set before ends.
///
/// # Errors
/// [`ServiceError::Invalid`] when the parts do not sum to what is left, are not in order, or lie in the past;
/// [`ServiceError::Refused`] where nothing is left to pay.
pub async fn set_plan(tenant: &Tenant, actor: &Actor, report: CaseId, parts: &[Part]) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let case = cases::lock(&mut tx, report).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Handle { about: case.about(), committee: &case.committee })
        .or_else(|refused| authorize(actor, Action::Pay).map_err(|_| refused))?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    conflicts::must_be_free(&mut tx, tenant, actor, case.about()).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let left = left(&mut tx, report).await?;
    check(parts, left, tenant.clock.today())?;
    let version = rows::plan(&mut tx, report).await?.first().map_or(1, |part| part.version + 1);
    for (no, part) in (1_i64..).zip(parts) {
        let row = RecoveryPartRow {
            report_case_id: report,
            version,
            no,
            due: part.due,
            amount_ore: part.amount,
            set_at: tenant.clock.now(),
            set_by: user,
        };
        rows::insert_part(&mut tx, &row).await?;
    }
    let body = json!({ "version": version, "parts": parts.len(), "left_ore": left });
    history::record(&mut tx, tenant, Stream::Case(report), actor, Event { kind: "recovery.planned", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// What is left to pay of a claim.
async fn left(tx: &mut Tx, report: CaseId) -> ServiceResult<Money> {
    let settled = rows::settlement_by(tx, report).await?.ok_or(ServiceError::NotFound)?;
    let debt = match settled.debt_id {
        Some(debt) => standing::debt_by_id(tx, debt).await?,
        None => None,
    };
    let left = debt.map(|debt| debt.remaining_ore).unwrap_or_default();
    if left.is_positive() {
        return Ok(left);
    }
    Err(ServiceError::refused("Det finns inget kvar att betala tillbaka.", "Nothing is left to pay back."))
}

fn wrong(place: String, code: &str, sv: String, en: String) -> Finding {
    Finding { place, code: code.to_owned(), message: Localized::both(sv, en) }
}

fn check(parts: &[Part], left: Money, today: NaiveDate) -> ServiceResult<()> {
    let mut findings = Vec::new();
    if parts.is_empty() || parts.len() > MOST_PARTS {
        findings.push(wrong(
            "delar".to_owned(),
            "count",
            format!("Dela upp betalningen i 1 till {MOST_PARTS} delar."),
            format!("Divide the payment into 1 to {MOST_PARTS} parts."),
        ));
    }
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| parts.get(at)).map(|part| part.due);
        if part.due < today || before.is_some_and(|before| part.due <= before) {
            findings.push(wrong(
                format!("dag-{}", at + 1),
                "order",
                "Dagarna ska komma i ordning och inte ligga bakåt i tiden.".to_owned(),
                "The days must be in order and not in the past.".to_owned(),
            ));
        }
        if !part.amount.is_positive() {
            findings.push(wrong(
                format!("belopp-{}", at + 1),
                "missing",
                "Skriv ett belopp som är större än noll.".to_owned(),
                "Write an amount above nothing.".to_owned(),
            ));
        }
    }
    let sum = Money::sum(parts.iter().map(|part| part.amount)).unwrap_or_default();
    if findings.is_empty() && sum != left {
        findings.push(wrong(
            "delar".to_owned(),
            "sum",
            format!("Delarna blir {}, men {} är kvar att betala.", number::money(sum), number::money(left)),
            format!("The parts sum to SEK {sum}, but SEK {left} is left to pay."),
        ));
    }
    if findings.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(findings)) }
}

/// Equal parts, a month apart, that sum to what is left: what a plan begins with. The last takes what does not divide.
#[must_use]
pub fn suggest(left: Money, parts: u32, first: NaiveDate) -> Vec<Part> {
    let count = i64::from(parts.max(1));
    // Whole kronor in all parts but the last.
    let each = Money::from_ore(left.ore() / count / 100 * 100);
    let mut rest = left;
    let mut found = Vec::new();
    for no in 0..parts.max(1) {
        let due = first.checked_add_months(chrono::Months::new(no)).unwrap_or(first);
        let last = no + 1 == parts.max(1);
        let amount = if last { rest } else { each };
        rest = rest.checked_sub(amount).unwrap_or_default();
        found.push(Part { due, amount });
    }
    found
}
