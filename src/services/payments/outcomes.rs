//! What became of payments: told by the bank's report or by hand. A refusal or a return opens a task on the case, and the
//! payment is made again only by somebody's hand, as an order of its own. What nobody knows the outcome of is never sent
//! again.

use serde_json::json;

use super::{coming_holds, domain_order, place, refuse};
use crate::app::Tenant;
use crate::domain::Localized;
use crate::domain::canonical::Sha;
use crate::domain::id::{PaymentBatchId, PaymentOrderId};
use crate::domain::payment::{PaymentId, PaymentState};
use crate::integrations::finance::pain002::{self, Meaning};
use crate::services::actor::{About, Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, packages};
use crate::store::payment_outcomes::{self as outcomes, OutcomeRow, ReportRow};
use crate::store::payments::{self as rows, OrderRow};
use crate::store::tasks::{self};
use crate::store::{Tx, cases};

/// What is told of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The bank or the ledger has taken it.
    Accepted,
    /// It was refused; nothing was paid.
    Rejected,
    /// No answer came in the time one should have.
    Unknown,
    /// The money has left the account.
    Booked,
    /// The money came back.
    Returned,
}

impl Told {
    /// Everything that can be told.
    pub const ALL: [Self; 5] = [Self::Accepted, Self::Rejected, Self::Unknown, Self::Booked, Self::Returned];

    /// The state it leads to.
    #[must_use]
    pub const fn state(self) -> PaymentState {
        match self {
            Self::Accepted => PaymentState::Accepted,
            Self::Rejected => PaymentState::Rejected,
            Self::Unknown => PaymentState::Unknown,
            Self::Booked => PaymentState::Booked,
            Self::Returned => PaymentState::Returned,
        }
    }

    /// What a form sends.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.state().code() == word)
    }

    /// Whether somebody must say why when it is told by hand.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        match self {
            Self::Accepted | Self::Booked => false,
            Self::Rejected | Self::Unknown | Self::Returned => true,
        }
    }

    /// Whether it can still be told of an order in a state.
    #[must_use]
    pub fn fits(self, state: PaymentState) -> bool {
        match self {
            Self::Accepted => state.accept(),
            Self::Rejected => state.reject(),
            Self::Unknown => state.lose_track(),
            Self::Booked => state.book(),
            Self::Returned => state.give_back(),
        }
        .is_ok()
    }
}

/// What a report led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The batch it answers.
    pub batch: PaymentBatchId,
    /// How many payments were taken by the bank or have left the account.
    pub accepted: usize,
    /// How many were refused.
    pub rejected: usize,
    /// How many it left as they were: told before, or nothing settled yet.
    pub unchanged: usize,
    /// References that no payment of the batch has.
    pub foreign: Vec<String>,
}

/// Takes in a status report of the bank. The same file twice changes nothing.
///
/// # Errors
/// [`ServiceError::Invalid`] when the file is no report, or answers none of our batches.
pub async fn import_report(tenant: &Tenant, actor: &Actor, bytes: &[u8]) -> ServiceResult<Imported> {
    authorize(actor, Action::Pay)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let report = pain002::read(bytes).map_err(|error| ServiceError::invalid("fil", "no_report", error.message()))?;
    let mut tx = tenant.db.write().await?;
    let batch = outcomes::batch_by_number(&mut tx, &report.answers).await?.ok_or_else(|| {
        let message = Localized::both(
            format!("Återrapporten svarar på en fil med nummer {}. Den finns inte här.", report.answers),
            format!("The report answers a file with the number {}, which is not here.", report.answers),
        );
        ServiceError::invalid("fil", "unknown_batch", message)
    })?;
    let sha256 = Sha::of(bytes).hex();
    let mut imported = Imported { batch: batch.id, accepted: 0, rejected: 0, unchanged: 0, foreign: Vec::new() };
    if outcomes::report_by_hash(&mut tx, &sha256).await?.is_some() {
        imported.unchanged = report.payments.len();
        return Ok(imported);
    }
    let row = ReportRow { id: tenant.ids.uuid(), sha256, bytes: bytes.to_vec(), received_at: tenant.clock.now(), received_by: user };
    outcomes::insert_report(&mut tx, &row).await?;
    let orders = rows::of_batch(&mut tx, batch.id).await?;
    imported.foreign = report
        .payments
        .iter()
        .map(|one| one.reference.clone())
        .filter(|one| orders.iter().all(|order| order.end_to_end_id != *one))
        .collect();
    for order in orders {
        // What is said of the payment itself goes before what is said of the whole file.
        let own = report.payments.iter().find(|one| one.reference == order.end_to_end_id).map(|one| &one.told);
        let told = own.unwrap_or(&report.group);
        let meant = match told.meaning() {
            Meaning::Accepted => Some(Told::Accepted),
            Meaning::Settled => Some(Told::Booked),
            Meaning::Rejected => Some(Told::Rejected),
            Meaning::Open => None,
        };
        let state = PaymentState::from_code(&order.state).unwrap_or(PaymentState::Unknown);
        // What a set-off took whole is in no file for the bank.
        let Some(meant) = meant.filter(|meant| meant.fits(state) && order.amount_ore.is_positive()) else {
            imported.unchanged += 1;
            continue;
        };
        match meant {
            Told::Accepted | Told::Booked => imported.accepted += 1,
            Told::Rejected => imported.rejected += 1,
            Told::Unknown | Told::Returned => {}
        }
        let news = News { told: meant, code: told.code.clone(), reason: &told.text, report: Some(row.id) };
        tell(&mut tx, tenant, actor, order, &news).await?;
    }
    let body = json!({
        "batch": batch.id, "report": row.id, "sha256": row.sha256, "accepted": imported.accepted, "rejected": imported.rejected,
        "unchanged": imported.unchanged, "foreign": imported.foreign,
    });
    history::record(&mut tx, tenant, Stream::PaymentBatch(batch.id), actor, Event { kind: "batch.reported", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(imported)
}

/// Tells by hand what became of a payment.
///
/// # Errors
/// [`ServiceError::Invalid`] where an outcome or its reason is missing, [`ServiceError::Refused`] when the state does not allow it.
pub async fn mark(tenant: &Tenant, actor: &Actor, id: PaymentOrderId, told: Option<Told>, reason: &str) -> ServiceResult<()> {
    authorize(actor, Action::Pay)?;
    let mut tx = tenant.db.write().await?;
    let order = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(order.about())))?;
    let Some(told) = told else {
        let message = Localized::both("Välj vad som har hänt.", "Choose what has happened.");
        return Err(ServiceError::invalid("utfall", "missing", message));
    };
    let reason = reason.trim();
    if told.needs_reason() && reason.is_empty() {
        let message =
            Localized::both("Skriv vad banken har sagt, eller vad du har sett.", "Write what the bank said, or what you have seen.");
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    crate::services::free_text::refuse_person_numbers("skal", reason)?;
    tell(&mut tx, tenant, actor, order, &News { told, code: None, reason, report: None }).await?;
    tx.commit().await?;
    Ok(())
}

struct News<'a> {
    told: Told,
    code: Option<String>,
    reason: &'a str,
    report: Option<uuid::Uuid>,
}

async fn tell(tx: &mut Tx, tenant: &Tenant, actor: &Actor, mut row: OrderRow, news: &News<'_>) -> ServiceResult<()> {
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let order = domain_order(tx, &row).await?;
    let order = match news.told {
        Told::Accepted => order.accept(),
        Told::Rejected => order.reject(),
        Told::Unknown => order.lose_track(),
        Told::Booked => order.book(),
        Told::Returned => order.give_back(),
    };
    let before = row.state.clone();
    order.map_err(refuse)?.state.code().clone_into(&mut row.state);
    if !rows::update(tx, &row, &before).await? {
        return Err(ServiceError::Stale);
    }
    let outcome = OutcomeRow {
        id: tenant.ids.uuid(),
        order_id: row.id,
        state: row.state.clone(),
        code: news.code.clone(),
        reason: news.reason.to_owned(),
        report_id: news.report,
        at: tenant.clock.now(),
        by_user: user,
    };
    outcomes::insert(tx, &outcome).await?;
    let body = json!({ "order": row.id, "state": row.state, "code": news.code, "report": news.report, "amount_ore": row.amount_ore });
    let event = Event { kind: "payment.told", body, texts: &[("reason", news.reason)] };
    history::record(tx, tenant, Stream::Case(row.case_id), actor, event).await?;
    match news.told {
        Told::Rejected | Told::Returned => open_task(tx, tenant, &row, news.told).await,
        Told::Accepted | Told::Unknown | Told::Booked => Ok(()),
    }
}

/// A task beside the workflow: the officer finds out which account is right.
const FAILED_PAYMENT: &str = "failed_payment";

async fn open_task(tx: &mut Tx, tenant: &Tenant, order: &OrderRow, told: Told) -> ServiceResult<()> {
    if tasks::open_of_case(tx, order.case_id).await?.iter().any(|task| task.task == FAILED_PAYMENT) {
        return Ok(());
    }
    let came = if told == Told::Returned { "Utbetalningen kom tillbaka." } else { "Banken nekade utbetalningen." };
    let reason = format!("{came} Kontrollera kontot med föreningen. Sedan kan utbetalningen göras på nytt.");
    crate::services::tasks::open_beside(tx, tenant, order.case_id, FAILED_PAYMENT, &reason, None).await
}

/// Makes a payment that was refused or came back once more: a new order with a reference of its own, which needs both
/// attests. The old one stays as it is.
///
/// # Errors
/// [`ServiceError::Refused`] when the old one may have been paid, or has been made again already.
pub async fn pay_again(tenant: &Tenant, actor: &Actor, id: PaymentOrderId) -> ServiceResult<PaymentOrderId> {
    authorize(actor, Action::Pay)?;
    let mut tx = tenant.db.write().await?;
    let old = rows::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(old.about())))?;
    let paid = !matches!(PaymentState::from_code(&old.state), Some(PaymentState::Rejected | PaymentState::Returned));
    if paid {
        return Err(ServiceError::refused(
            "Bara en utbetalning som har nekats eller kommit tillbaka kan göras på nytt. Ta reda på vad som har hänt med den här.",
            "Only a payment that was refused or came back can be made again. Find out what became of this one.",
        ));
    }
    if outcomes::is_replaced(&mut tx, id).await? {
        return Err(ServiceError::refused("Utbetalningen är redan gjord på nytt.", "The payment has been made again already."));
    }
    let case = cases::by_id(&mut tx, old.case_id).await?.ok_or(ServiceError::NotFound)?;
    let all = rows::of_case(&mut tx, old.case_id).await?;
    let last = all.iter().filter(|order| order.decision_id == old.decision_id).map(|order| order.instalment).max().unwrap_or(0);
    let instalment = last.checked_add(1).ok_or_else(|| anyhow::anyhow!("too many instalments"))?;
    let number = u32::try_from(instalment).map_err(anyhow::Error::from)?;
    let order = OrderRow {
        id: PaymentOrderId(tenant.ids.uuid()),
        instalment,
        state: PaymentState::Draft.code().to_owned(),
        end_to_end_id: PaymentId::of(old.decision_id, number).as_str().to_owned(),
        reviewed_by: None,
        reviewed_at: None,
        attested_by: None,
        attested_at: None,
        account: None,
        batch_id: None,
        created_at: tenant.clock.now(),
        reviewed_hash: None,
        attested_hash: None,
        replaces: Some(id),
        ..old
    };
    rows::insert(&mut tx, &order).await?;
    let mut lines = rows::lines(&mut tx, id).await?;
    for line in &mut lines {
        line.order_id = order.id;
    }
    rows::insert_lines(&mut tx, &lines).await?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    for hold in coming_holds(&mut tx, tenant, &package, &case).await? {
        place(&mut tx, tenant, order.id, hold, &hold.reason.message().sv).await?;
    }
    let body = json!({ "order": order.id, "replaces": id, "amount_ore": order.amount_ore, "reference": order.end_to_end_id });
    history::record(&mut tx, tenant, Stream::Case(case.id), actor, Event { kind: "payment.again", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(order.id)
}
