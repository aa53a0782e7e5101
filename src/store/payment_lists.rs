//! Payment orders as lists show them: everything a row needs in one query, page by page.

use chrono::{DateTime, NaiveDate, Utc};

use super::payments::{BatchRow, FileKind, HoldRow};
use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{CaseId, DecisionId, OrganisationId, PaymentBatchId, PaymentOrderId, UserId};

/// Which orders a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Drafts: the granskningsattest is next.
    Review,
    /// Reviewed: the beslutsattest is next.
    Attest,
    /// Attested, and nothing holds them.
    Ready,
    /// Not sent, and held.
    Held,
    /// Refused, returned or without an answer, and not made again.
    Trouble,
    /// Sent, and as far as is known well.
    Sent,
    /// One batch's.
    Batch(PaymentBatchId),
    /// Every order.
    All,
    /// One order.
    One(PaymentOrderId),
}

/// An order with what a row shows of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrderLine {
    /// Identity.
    pub id: PaymentOrderId,
    /// Case.
    pub case_id: CaseId,
    /// Decision.
    pub decision_id: DecisionId,
    /// To whom.
    pub organisation_id: OrganisationId,
    /// Amount.
    pub amount_ore: Money,
    /// State word.
    pub state: String,
    /// The reference that banks answer with.
    pub end_to_end_id: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// Who gave the granskningsattest.
    pub reviewed_by: Option<UserId>,
    /// Her name.
    pub reviewer: Option<String>,
    /// When.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// The hash of what she was shown.
    pub reviewed_hash: Option<String>,
    /// Who gave the beslutsattest.
    pub attester: Option<String>,
    /// When.
    pub attested_at: Option<DateTime<Utc>>,
    /// The hash of what she was shown.
    pub attested_hash: Option<String>,
    /// The batch it left in.
    pub batch_id: Option<PaymentBatchId>,
    /// The account it left for.
    pub account_sent: Option<String>,
    /// Diary number.
    pub number: String,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Whether the case names a protected person.
    pub protected: bool,
    /// What kind of payee.
    pub kind: ApplicantKind,
    /// The payee's organisation number.
    pub payee_number: String,
    /// The payee's name today.
    pub payee: String,
    /// The payee's account now, as stored.
    pub account: Option<String>,
    /// Since when.
    pub account_changed_at: Option<DateTime<Utc>>,
    /// When it was confirmed.
    pub account_confirmed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub account_confirmer: Option<String>,
    /// The account of the last payment to the payee, or the one before the present one.
    pub account_before: Option<String>,
}

/// Orders of a list counted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Count {
    /// State word.
    pub state: String,
    /// Whether a hold stops them today.
    pub held: bool,
    /// Whether another order has been made in their place.
    pub replaced: bool,
    /// How many.
    pub orders: i64,
    /// Their sum.
    pub total_ore: Money,
}

/// A batch's orders counted by state.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BatchCount {
    /// Batch.
    pub batch_id: PaymentBatchId,
    /// State word.
    pub state: String,
    /// How many.
    pub orders: i64,
    /// Their sum.
    pub total_ore: Money,
}

/// Where a page of a list begins: after this order.
pub type After = (DateTime<Utc>, PaymentOrderId);

const HELD: &str =
    "exists (select 1 from payment_hold h where h.order_id = o.id and h.released_at is null and (h.until is null or h.until >= ";
const REPLACED: &str = "exists (select 1 from payment_order again where again.replaces = o.id)";

macro_rules! limited {
    ($query:ident, $scope:expr) => {
        match $scope {
            Scope::Association(own) => {
                $query.push(" and o.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                keep_away!($query, except, "o.organisation_id", "o.case_id");
            }
        }
    };
}

/// A page of a list, oldest first.
pub async fn page(tx: &mut Tx, scope: &Scope, list: List, today: NaiveDate, after: Option<After>, most: i64) -> Result<Vec<OrderLine>> {
    build!(tx, "select o.id, o.case_id, o.decision_id, o.organisation_id, o.amount_ore, o.state, o.end_to_end_id, o.created_at, o.decided_by,
            o.reviewed_by, reviewer.name as reviewer, o.reviewed_at, o.reviewed_hash, attester.name as attester, o.attested_at, o.attested_hash,
            o.batch_id, o.account as account_sent, c.number, c.grant_type, c.period, c.protected, org.kind, org.number as payee_number,
            (select n.name from organisation_name n where n.organisation_id = o.organisation_id
              order by case when n.valid_from <= ", query => {
        query.push_bind(today).push(
            " then 0 else 1 end, n.valid_from desc limit 1) as payee,
            a.account, a.changed_at as account_changed_at, a.confirmed_at as account_confirmed_at, confirmer.name as account_confirmer,
            coalesce(
              (select p.account from payment_order p where p.organisation_id = o.organisation_id and p.account is not null and p.id <> o.id
                order by p.created_at desc, p.id desc limit 1),
              (select b.account from bank_account b where b.organisation_id = o.organisation_id and b.replaced_at is not null
                order by b.replaced_at desc, b.changed_at desc limit 1)
            ) as account_before
            from payment_order o
            join cases c on c.id = o.case_id
            join organisation org on org.id = o.organisation_id
            left join bank_account a on a.organisation_id = o.organisation_id and a.replaced_at is null
            left join app_user reviewer on reviewer.id = o.reviewed_by
            left join app_user attester on attester.id = o.attested_by
            left join app_user confirmer on confirmer.id = a.confirmed_by
            where ",
        );
        match list {
            List::Review => {
                query.push("o.state = 'draft'");
            }
            List::Attest => {
                query.push("o.state = 'reviewed'");
            }
            List::Ready => {
                query.push("o.state = 'attested' and not ").push(HELD).push_bind(today).push("))");
            }
            List::Held => {
                query.push("o.state in ('draft', 'reviewed', 'attested') and ").push(HELD).push_bind(today).push("))");
            }
            List::Trouble => {
                query.push("o.state in ('rejected', 'returned', 'unknown') and not ").push(REPLACED);
            }
            List::Sent => {
                query.push("o.state in ('exported', 'accepted', 'booked')");
            }
            List::Batch(batch) => {
                query.push("o.batch_id = ").push_bind(batch);
            }
            List::All => {
                query.push("true");
            }
            List::One(order) => {
                query.push("o.id = ").push_bind(order);
            }
        }
        limited!(query, scope);
        if let Some((at, id)) = after {
            query.push(" and (o.created_at, o.id) > (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        query.push(" order by o.created_at, o.id limit ").push_bind(most);
    }, all OrderLine)
}

/// The holds that stop orders today, of several orders at once.
pub async fn holds(tx: &mut Tx, orders: &[PaymentOrderId], today: NaiveDate) -> Result<Vec<HoldRow>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select * from payment_hold where released_at is null and (until is null or until >= ", query => {
        query.push_bind(today).push(") and order_id in (");
        let mut separated = query.separated(", ");
        for order in orders {
            separated.push_bind(*order);
        }
        query.push(") order by placed_at, id");
    }, all HoldRow)
}

/// What was taken off an order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Deducted {
    /// The order.
    pub order_id: PaymentOrderId,
    /// How much, above zero.
    pub amount_ore: Money,
}

/// What debts took off orders, of several orders at once.
pub async fn deducted(tx: &mut Tx, orders: &[PaymentOrderId]) -> Result<Vec<Deducted>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select order_id, cast(-sum(amount_ore) as bigint) as amount_ore from payment_line where kind in ('set_off', 'recovery')
            and order_id in (", query => {
        let mut separated = query.separated(", ");
        for order in orders {
            separated.push_bind(*order);
        }
        query.push(") group by order_id");
    }, all Deducted)
}

/// How many orders stand where, and their sums.
pub async fn counts(tx: &mut Tx, scope: &Scope, today: NaiveDate) -> Result<Vec<Count>> {
    build!(tx, "select state, held, replaced, count(*) as orders, cast(sum(amount_ore) as bigint) as total_ore from (
            select o.state, o.amount_ore, o.state in ('draft', 'reviewed', 'attested') and ", query => {
        query.push(HELD).push_bind(today).push(")) as held, o.state in ('rejected', 'returned', 'unknown') and ").push(REPLACED)
            .push(" as replaced from payment_order o where true");
        limited!(query, scope);
        query.push(") counted group by state, held, replaced order by state, held, replaced");
    }, all Count)
}

/// Batches' orders by state, the reconciliation's figures.
pub async fn of_batches(tx: &mut Tx, batches: &[PaymentBatchId]) -> Result<Vec<BatchCount>> {
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select batch_id, state, count(*) as orders, cast(sum(amount_ore) as bigint) as total_ore from payment_order where batch_id in (",
        query => {
        let mut separated = query.separated(", ");
        for batch in batches {
            separated.push_bind(*batch);
        }
        query.push(") group by batch_id, state order by batch_id, state");
    }, all BatchCount)
}

/// The batches among some that pay in a case which a member of the staff must keep away from.
pub async fn batches_beyond(tx: &mut Tx, batches: &[PaymentBatchId], scope: &Scope) -> Result<Vec<PaymentBatchId>> {
    let except = match scope {
        Scope::Association(_) => return Ok(batches.to_vec()),
        Scope::Staff { except } => except,
    };
    if batches.is_empty() || except.is_nothing() {
        return Ok(Vec::new());
    }
    let rows = build!(tx, "select distinct batch_id from payment_order where batch_id in (", query => {
        let mut separated = query.separated(", ");
        for batch in batches {
            separated.push_bind(*batch);
        }
        query.push(") and not (1 = 1");
        keep_away!(query, except, "organisation_id", "case_id");
        query.push(")");
    }, all (PaymentBatchId,))?;
    Ok(rows.into_iter().map(|(batch,)| batch).collect())
}

/// A page of batches, newest first.
pub async fn batches(tx: &mut Tx, before: Option<(DateTime<Utc>, PaymentBatchId)>, most: i64) -> Result<Vec<BatchRow>> {
    build!(tx, "select * from payment_batch where true", query => {
        if let Some((at, id)) = before {
            query.push(" and (created_at, id) < (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        query.push(" order by created_at desc, id desc limit ").push_bind(most);
    }, all BatchRow)
}

/// A file of a batch without its bytes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FileHead {
    /// Batch.
    pub batch_id: PaymentBatchId,
    /// Kind.
    pub kind: FileKind,
    /// Name.
    pub name: String,
    /// How many bytes.
    pub size: i64,
    /// Hash.
    pub sha256: String,
}

/// The files of several batches.
pub async fn files_of(tx: &mut Tx, batches: &[PaymentBatchId]) -> Result<Vec<FileHead>> {
    if batches.is_empty() {
        return Ok(Vec::new());
    }
    build!(tx, "select batch_id, kind, name, cast(length(bytes) as bigint) as size, sha256 from payment_file where batch_id in (", query => {
        let mut separated = query.separated(", ");
        for batch in batches {
            separated.push_bind(*batch);
        }
        query.push(") order by batch_id, kind");
    }, all FileHead)
}
