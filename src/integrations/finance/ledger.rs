//! One table that a ledger both pays and books from: a row a payment line.

use super::{FileError, Payment, PaymentFile, Written, organisation_number, sorted, table};
use crate::domain::account_number::{AccountKind, AccountNumber};
use crate::domain::payment::{LineKind, PaymentLine};

/// The columns, in order. Names are ASCII so that every import tool can map them.
pub const COLUMNS: [&str; 18] = [
    "omgang",
    "betalningsdag",
    "betalning",
    "diarienummer",
    "mottagare",
    "organisationsnummer",
    "kontotyp",
    "kontonummer",
    "radtyp",
    "belopp",
    "konto",
    "ansvar",
    "verksamhet",
    "projekt",
    "motpart",
    "beslut",
    "radtext",
    "meddelande",
];

/// Writes the table. Payments that come to zero are there too: their set-off is booked.
///
/// # Errors
/// [`FileError`] when the batch is empty, holds a payment twice or an organisation number that is none.
pub fn write(file: &PaymentFile) -> Result<Written, FileError> {
    let payments = sorted(file)?;
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for payment in payments {
        for line in payment.lines() {
            rows.push(row(file, payment, line)?);
        }
    }
    Ok(Written { bytes: table::write(rows)?, lost: Vec::new() })
}

fn row(file: &PaymentFile, payment: &Payment, line: &PaymentLine) -> Result<Vec<String>, FileError> {
    let number = payment.payee.organisation_number.as_deref().map(organisation_number).transpose()?;
    let codes = &line.accounting;
    Ok(vec![
        table::text(&file.number),
        file.execution.to_string(),
        payment.id.to_string(),
        table::text(&payment.diary_number),
        table::text(&payment.payee.name),
        number.unwrap_or_default().to_owned(),
        account_kind(payment.payee.account.kind()).to_owned(),
        account_number(&payment.payee.account),
        line_kind(line.kind).to_owned(),
        table::kronor(line.amount),
        table::text(codes.account()),
        table::text(codes.cost_centre().unwrap_or_default()),
        table::text(codes.activity().unwrap_or_default()),
        table::text(codes.project().unwrap_or_default()),
        table::text(codes.counterpart().unwrap_or_default()),
        line.decision.to_string(),
        table::text(&line.text),
        table::text(&payment.message.text()),
    ])
}

/// Machine form: digits; clearing number and account with a hyphen between.
fn account_number(account: &AccountNumber) -> String {
    match account {
        AccountNumber::Bankgiro(number) => number.digits().to_owned(),
        AccountNumber::Plusgiro(number) => number.digits().to_owned(),
        AccountNumber::Bank(account) => format!("{}-{}", account.routing_clearing(), account.routing_account()),
    }
}

fn account_kind(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Bankgiro => "BG",
        AccountKind::Plusgiro => "PG",
        AccountKind::Bank => "KONTO",
    }
}

fn line_kind(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Grant => "bidrag",
        LineKind::Instalment => "delutbetalning",
        LineKind::SetOff => "kvittning",
        LineKind::Recovery => "aterkrav",
    }
}
