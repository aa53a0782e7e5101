//! Numbers handed out one after another.

use super::{Result, Tx};

/// A series of numbers. On PostgreSQL the counter's row lock orders the transactions that draw from it,
/// so a higher number is always committed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Attendance imports: the watermark.
    Import,
    /// Persons.
    Person,
    /// Organisations.
    Organisation,
    /// Attendance cards.
    Card,
    /// Words of attendance files.
    Word,
    /// Seals.
    Seal,
    /// Payment batches.
    PaymentBatch,
    /// Cases given to an officer by load. Who draws counts the loads after it, so that no two count the same.
    Assignment,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Card => "card",
            Self::Word => "word",
            Self::Seal => "seal",
            Self::PaymentBatch => "payment_batch",
            Self::Assignment => "assignment",
        }
    }
}

/// Draws `count` numbers and answers the first of them; the first ever is 1.
pub async fn draw(tx: &mut Tx, counter: Counter, count: i64) -> Result<i64> {
    let last = scalar!(
        tx,
        i64,
        "insert into counter (name, value) values ($1, $2) on conflict (name) do update set value = counter.value + $2 returning value",
        counter.name(),
        count
    )?;
    Ok(last - count + 1)
}

/// The last number drawn, 0 when none was.
pub async fn last(tx: &mut Tx, counter: Counter) -> Result<i64> {
    Ok(optional_scalar!(tx, i64, "select value from counter where name = $1", counter.name())?.unwrap_or(0))
}
