//! A list to pay by hand from: a row a payment, numbers as they are printed, the sum last.

use super::{FileError, PaymentFile, Written, sorted, table};
use crate::domain::Money;

/// Writes the list. Payments that come to zero are left out: there is nothing to pay.
///
/// # Errors
/// [`FileError`] when nothing is to be paid, a payment is there twice or the sum does not fit.
pub fn write(file: &PaymentFile) -> Result<Written, FileError> {
    let payments: Vec<_> = sorted(file)?.into_iter().filter(|payment| payment.amount().is_positive()).collect();
    if payments.is_empty() {
        return Err(FileError::Empty);
    }
    let sum = Money::sum(payments.iter().map(|payment| payment.amount()))?;
    let heading = ["Nr", "Betalas", "Mottagare", "Betalningssätt", "Kontonummer", "Belopp (kr)", "Meddelande", "Diarienummer", "Referens"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for (at, payment) in payments.iter().enumerate() {
        rows.push(vec![
            (at + 1).to_string(),
            file.execution.to_string(),
            table::text(&payment.payee.name),
            payment.payee.account.kind().name().sv,
            payment.payee.account.to_string(),
            table::kronor(payment.amount()),
            table::text(&payment.message.text()),
            table::text(&payment.diary_number),
            payment.id.to_string(),
        ]);
    }
    let count = format!("Summa, {} betalningar", payments.len());
    let mut last = vec![String::new(); heading.len()];
    if let Some(cell) = last.get_mut(2) {
        *cell = count;
    }
    if let Some(cell) = last.get_mut(5) {
        *cell = table::kronor(sum);
    }
    rows.push(last);
    Ok(Written { bytes: table::write(rows)?, lost: Vec::new() })
}
