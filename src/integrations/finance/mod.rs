//! What leaves for the bank and the ledger: data in, bytes out.
//!
//! - [`pain001`]: the bank's payment file (ISO 20022 pain.001, Swedish domestic payments).
//! - [`pain002`]: the bank's answer to it.
//! - [`sie`]: vouchers for the ledger (SIE 4I).
//! - [`ledger`]: one table that a ledger both pays and books from.
//! - [`manual`]: a list to pay by hand from.
//!
//! No clock and no chance: the same data always gives the same bytes, so a file can be made again and compared.

mod error;
pub mod ledger;
pub mod manual;
pub mod pain001;
pub mod pain002;
mod profile;
pub mod sie;
mod table;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use error::FileError;
pub use profile::{
    AddressRule, BankProfile, BankgiroPayees, CategoryPurpose, DebtorForm, OrgIdForm, PlusgiroMember, PlusgiroScheme, ServiceLevel, Version,
};

use crate::domain::Money;
use crate::domain::account_number::{AccountNumber, BankAccount, Bankgiro, Bic, Iban, Ocr};
use crate::domain::payment::{PaymentId, PaymentLine, Settlement};

/// A batch of payments that leaves as one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentFile {
    /// The batch's number, at most 28 signs of the banks' set. Banks know a file that is sent twice by it.
    pub number: String,
    /// When the batch was made.
    pub created: DateTime<Utc>,
    /// The day of payment, a bank day.
    pub execution: NaiveDate,
    /// Who pays.
    pub debtor: Debtor,
    /// What is paid, in any order: files list payments by their reference.
    pub payments: Vec<Payment>,
}

/// The municipality as payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debtor {
    /// Its name.
    pub name: String,
    /// Its organisation number, ten digits.
    pub organisation_number: String,
    /// The town of its address.
    pub town: String,
    /// Its bank's BIC.
    pub bic: Bic,
    /// Its account as IBAN.
    pub iban: Iban,
    /// Its account as clearing number and account number, for banks that want that form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<BankAccount>,
    /// Its bankgiro, which bankgiro payees are paid from at most banks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bankgiro: Option<Bankgiro>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its reference.
    pub id: PaymentId,
    /// Its lines and sum.
    pub settlement: Settlement,
    /// Who is paid.
    pub payee: Payee,
    /// What the payee's statement says.
    pub message: Message,
    /// The diary number of the case.
    pub diary_number: String,
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// The name. For a protected identity the caller sets a name that says nothing.
    pub name: String,
    /// The organisation number, ten digits; `None` for a person, whose number no file carries.
    pub organisation_number: Option<String>,
    /// The town of the address.
    pub town: Option<String>,
    /// Where the money goes.
    pub account: AccountNumber,
}

/// What the payee's statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Words, cut at what the receiver has room for: the diary number first.
    Text(String),
    /// A reference that the payee asked for.
    Ocr(Ocr),
}

/// A file and what could not be written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Texts that lost signs, in the order of the file.
    pub lost: Vec<LostSigns>,
}

/// A text that holds `?` in the file where it held signs that the receiver cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostSigns {
    /// The payment's reference, the voucher's text or the file's number.
    pub place: String,
    /// The signs.
    pub signs: Vec<char>,
}

impl Payment {
    /// What is paid.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.settlement.payable()
    }

    fn lines(&self) -> &[PaymentLine] {
        self.settlement.lines()
    }
}

/// The payments by reference, each there once.
fn sorted(file: &PaymentFile) -> Result<Vec<&Payment>, FileError> {
    let mut payments: Vec<&Payment> = file.payments.iter().collect();
    payments.sort_by(|one, other| one.id.cmp(&other.id));
    if payments.is_empty() {
        return Err(FileError::Empty);
    }
    match payments.windows(2).find(|pair| pair.first().map(|one| &one.id) == pair.get(1).map(|other| &other.id)) {
        Some(pair) => Err(FileError::Twice(pair.first().map(|one| one.id.to_string()).unwrap_or_default())),
        None => Ok(payments),
    }
}

/// An organisation number of ten digits, which is all that files carry.
fn organisation_number(text: &str) -> Result<&str, FileError> {
    if text.len() == 10 && text.bytes().all(|sign| sign.is_ascii_digit()) { Ok(text) } else { Err(FileError::OrganisationNumber) }
}

impl Message {
    /// The message as words.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Ocr(ocr) => ocr.digits().to_owned(),
        }
    }
}
