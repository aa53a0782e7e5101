//! Batches: what is attested and not held leaves as files, once, and can be made again to the byte.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{account_number, case_of, control, domain_order, refuse, settlement};
use crate::app::Tenant;
use crate::domain::account_number::{Bankgiro, Bic, Iban};
use crate::domain::canonical::Sha;
use crate::domain::id::{PaymentBatchId, PaymentOrderId};
use crate::domain::localized::Language;
use crate::domain::payment::{AccountingString, PaymentId, PaymentState};
use crate::domain::period::DateRange;
use crate::domain::{Localized, Money, calendar};
use crate::integrations::finance::{self, BankProfile, Debtor, FileError, Message, Payee, Payment, PaymentFile, sie};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, protection};
use crate::store::counters::{self, Counter};
use crate::store::payments::{self as rows, BatchRow, FileKind, OrderRow, PaymentFileRow};
use crate::store::{Tx, organisations};
use crate::text::number;

/// Which way a batch leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// pain.001 for the bank and SIE 4I for the ledger.
    Bank,
    /// One file for the ledger, which pays itself.
    Ledger,
    /// A list for payment by hand.
    Manual,
}

impl Channel {
    /// The word in the database and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::Ledger => "ledger",
            Self::Manual => "manual",
        }
    }

    /// The channel of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Bank, Self::Ledger, Self::Manual].into_iter().find(|channel| channel.word() == word)
    }
}

/// What came of making files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The batch; none when there was nothing to send.
    pub batch: Option<PaymentBatchId>,
    /// What had changed since it was attested and goes back to be reviewed.
    pub sent_back: Vec<PaymentOrderId>,
}

/// [`make`], for who asks for the batch alone. `None` when there is nothing to send.
///
/// # Errors
/// Those of [`make`].
pub async fn build(
    tenant: &Tenant,
    actor: &Actor,
    channel: Channel,
    execution: Option<NaiveDate>,
) -> ServiceResult<Option<PaymentBatchId>> {
    Ok(make(tenant, actor, channel, execution).await?.batch)
}

/// Puts every attested order that nothing holds into a batch, writes its files and marks the orders as sent, all in one
/// transaction. What has changed since it was attested goes back to be reviewed. Without a day it is paid on the next bank day.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that has passed or is no bank day; [`ServiceError::Refused`] when the actor may not or
/// a file cannot be written.
pub async fn make(tenant: &Tenant, actor: &Actor, channel: Channel, execution: Option<NaiveDate>) -> ServiceResult<Made> {
    authorize(actor, Action::Pay)?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let today = tenant.clock.today();
    let execution_on = payment_day(execution, today)?;
    let mut tx = tenant.db.write().await?;
    let id = PaymentBatchId(tenant.ids.uuid());
    let (mut orders, mut sent_back) = (Vec::new(), Vec::new());
    let attested = rows::in_state(&mut tx, PaymentState::Attested.code()).await?;
    for organisation in attested.iter().map(|row| row.organisation_id).collect::<BTreeSet<_>>() {
        // What is true today decides, not what was true when the order was made.
        super::refresh_holds(&mut tx, tenant, organisation).await?;
    }
    let scope = actor.scope()?;
    // Who must keep away from a case makes no payment in it: a colleague does.
    for row in attested.into_iter().filter(|row| scope.holds_case(row.about())) {
        if !control::still_as_attested(&mut tx, tenant, &row).await? {
            sent_back.push(row.id);
            control::send_back(&mut tx, tenant, actor, row).await?;
            continue;
        }
        let order = domain_order(&mut tx, &row).await?;
        if order.held_by(today).is_empty() {
            order.export(id, today).map_err(refuse)?;
            orders.push(row);
        }
    }
    if orders.is_empty() {
        // The holds that were found stay to be seen.
        tx.commit().await?;
        return Ok(Made { batch: None, sent_back });
    }
    let serial = counters::draw(&mut tx, Counter::PaymentBatch, 1).await?;
    let batch = BatchRow {
        id,
        number: format!("UTB-{}-{serial:06}", today.year()),
        channel: channel.word().to_owned(),
        execution_on,
        created_at: tenant.clock.now(),
        created_by: user,
        orders: i64::try_from(orders.len()).map_err(anyhow::Error::from)?,
        total_ore: Money::sum(orders.iter().map(|order| order.amount_ore)).map_err(anyhow::Error::from)?,
    };
    rows::insert_batch(&mut tx, &batch).await?;
    for mut row in orders {
        let account = organisations::account(&mut tx, row.organisation_id).await?.ok_or(ServiceError::Stale)?;
        row.account = Some(account.account);
        row.batch_id = Some(id);
        row.state = PaymentState::Exported.code().to_owned();
        if !rows::update(&mut tx, &row, PaymentState::Attested.code()).await? {
            return Err(ServiceError::Stale);
        }
        let body = json!({ "order": row.id, "batch": id, "amount_ore": row.amount_ore });
        history::record(&mut tx, tenant, Stream::Case(row.case_id), actor, Event { kind: "payment.exported", body, texts: &[] }).await?;
    }
    let files = write(&mut tx, tenant, &batch).await?;
    for file in &files {
        rows::insert_file(&mut tx, file).await?;
    }
    let body = json!({
        "batch": id, "number": batch.number, "orders": batch.orders, "total_ore": batch.total_ore, "execution_on": execution_on,
        "files": files.iter().map(|file| json!({ "kind": file.kind.word(), "sha256": file.sha256 })).collect::<Vec<_>>(),
    });
    history::record(&mut tx, tenant, Stream::PaymentBatch(id), actor, Event { kind: "batch.built", body, texts: &[] }).await?;
    history::seal(&mut tx, tenant).await?;
    tx.commit().await?;
    Ok(Made { batch: Some(id), sent_back })
}

/// The day that is asked for. It is never moved: the payees were told of it.
fn payment_day(asked: Option<NaiveDate>, today: NaiveDate) -> ServiceResult<NaiveDate> {
    let Some(day) = asked else { return Ok(calendar::next_bank_day(today)) };
    let (next, sv, en) = (calendar::next_bank_day(day.max(today)), Language::Sv, Language::En);
    if day < today {
        let message = Localized::both(
            format!("Dagen har varit. Nästa bankdag är {}.", number::date(next, sv)),
            format!("The day has passed. The next bank day is {}.", number::date(next, en)),
        );
        return Err(ServiceError::invalid("dag", "past", message));
    }
    if next != day {
        let message = Localized::both(
            format!("{} är ingen bankdag. Nästa bankdag är {}.", number::date(day, sv), number::date(next, sv)),
            format!("{} is no bank day. The next bank day is {}.", number::date(day, en), number::date(next, en)),
        );
        return Err(ServiceError::invalid("dag", "no_bank_day", message));
    }
    Ok(day)
}

/// A batch's files made again from what is stored, to be compared with what left.
///
/// # Errors
/// When the database cannot be read or a file cannot be written.
pub async fn regenerate(tx: &mut Tx, tenant: &Tenant, id: PaymentBatchId) -> ServiceResult<Vec<PaymentFileRow>> {
    let batch = rows::batch_by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    write(tx, tenant, &batch).await
}

async fn write(tx: &mut Tx, tenant: &Tenant, batch: &BatchRow) -> ServiceResult<Vec<PaymentFileRow>> {
    let file = payment_file(tx, tenant, batch).await?;
    let channel = Channel::from_word(&batch.channel).ok_or_else(|| anyhow::anyhow!("unknown channel {:?}", batch.channel))?;
    let row = |kind: FileKind, ending: &str, bytes: Vec<u8>| PaymentFileRow {
        batch_id: batch.id,
        kind,
        name: format!("{}{ending}", batch.number),
        sha256: Sha::of(&bytes).hex(),
        bytes,
    };
    match channel {
        Channel::Bank => {
            let vouchers = vouchers(tenant, &file, batch)?;
            let sie = row(FileKind::Sie4i, ".si", sie::write(&vouchers).map_err(cannot)?.bytes);
            // What a set-off took whole is booked, but no money moves.
            let mut moves = file;
            moves.payments.retain(|payment| payment.amount().is_positive());
            if moves.payments.is_empty() {
                return Ok(vec![sie]);
            }
            let pain = finance::pain001::write(&moves, &BankProfile::default()).map_err(cannot)?;
            Ok(vec![row(FileKind::Pain001, ".xml", pain.bytes), sie])
        }
        Channel::Ledger => Ok(vec![row(FileKind::Ledger, "-ekonomi.csv", finance::ledger::write(&file).map_err(cannot)?.bytes)]),
        Channel::Manual => Ok(vec![row(FileKind::Manual, "-lista.csv", finance::manual::write(&file).map_err(cannot)?.bytes)]),
    }
}

async fn payment_file(tx: &mut Tx, tenant: &Tenant, batch: &BatchRow) -> ServiceResult<PaymentFile> {
    let mut payments = Vec::new();
    for row in rows::of_batch(tx, batch.id).await? {
        payments.push(payment(tx, tenant, batch, &row).await?);
    }
    let bank = &tenant.profile.bank;
    let debtor = Debtor {
        name: tenant.profile.name.clone(),
        organisation_number: tenant.profile.organisation_number.clone(),
        town: tenant.profile.town.clone(),
        bic: bank.bic.parse::<Bic>().map_err(|error| anyhow::anyhow!("the BIC in bifall.toml: {error:?}"))?,
        iban: bank.iban.parse::<Iban>().map_err(|error| anyhow::anyhow!("the IBAN in bifall.toml: {error:?}"))?,
        account: None,
        bankgiro: Some(bank.bankgiro.parse::<Bankgiro>().map_err(|error| anyhow::anyhow!("the bankgiro in bifall.toml: {error:?}"))?),
    };
    Ok(PaymentFile { number: batch.number.clone(), created: batch.created_at, execution: batch.execution_on, debtor, payments })
}

async fn payment(tx: &mut Tx, tenant: &Tenant, batch: &BatchRow, row: &OrderRow) -> ServiceResult<Payment> {
    let case = case_of(tx, row).await?;
    let organisation = organisations::by_id(tx, row.organisation_id).await?.ok_or(ServiceError::NotFound)?;
    let on = crate::domain::clock::swedish_date(batch.created_at);
    let name = organisations::name(tx, row.organisation_id, on).await?;
    let _ = tenant;
    Ok(Payment {
        id: PaymentId::of(row.decision_id, u32::try_from(row.instalment).map_err(anyhow::Error::from)?),
        settlement: settlement(tx, row).await?,
        payee: Payee {
            name: if protection::hides_applicant(&case, organisation.kind) { "Bidragsmottagare".to_owned() } else { name },
            organisation_number: Some(organisation.number),
            town: Some(organisation.town),
            account: account_number(row.account.as_deref().unwrap_or_default())?,
        },
        message: Message::Text(case.number.clone()),
        diary_number: case.number,
    })
}

fn vouchers(tenant: &Tenant, file: &PaymentFile, batch: &BatchRow) -> ServiceResult<sie::VoucherFile> {
    let bank = AccountingString::new(&tenant.profile.bank.ledger_account).map_err(|error| ServiceError::Refused(error.message()))?;
    let mut vouchers = Vec::new();
    for payment in &file.payments {
        vouchers.push(sie::voucher(payment, batch.execution_on, &bank).map_err(cannot)?);
    }
    let year = batch.execution_on.year();
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(batch.execution_on);
    Ok(sie::VoucherFile {
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        generated: crate::domain::clock::swedish_date(batch.created_at),
        generated_by: "Bifall".to_owned(),
        company: tenant.profile.name.clone(),
        organisation_number: tenant.profile.organisation_number.clone(),
        year: DateRange { from: day(1, 1), to: day(12, 31) },
        dimensions: sie::Dimensions::default(),
        account_names: BTreeMap::new(),
        vouchers,
    })
}

fn cannot(error: FileError) -> ServiceError {
    ServiceError::Refused(error.message())
}
