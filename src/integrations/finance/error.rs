//! Why a file cannot be written.

use chrono::NaiveDate;

use crate::domain::money::MoneyError;
use crate::domain::{Localized, Money};

/// Why a file cannot be written. Nothing is ever half written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing to pay or book.
    #[error("the batch is empty")]
    Empty,
    /// A payment is in the batch twice.
    #[error("payment {0} is in the batch twice")]
    Twice(String),
    /// A payment of nothing, which banks refuse.
    #[error("payment {0} has no amount")]
    NoAmount(String),
    /// The batch's number is empty, too long or outside the banks' set.
    #[error("the batch number {0:?} cannot be used")]
    Number(String),
    /// The day of payment is none.
    #[error("{0} is no bank day")]
    NotABankDay(NaiveDate),
    /// A payment has no town, and the bank wants one.
    #[error("payment {0} has no town")]
    NoTown(String),
    /// A text is empty once it is written in the receiver's set.
    #[error("{0} has an empty text")]
    NoText(String),
    /// Bankgiro payees are paid from a bankgiro, and the municipality's is not set.
    #[error("the payer's bankgiro is missing")]
    NoDebtorBankgiro,
    /// The bank wants clearing number and account number, and the municipality's are not set.
    #[error("the payer's account number is missing")]
    NoDebtorAccount,
    /// An organisation number that is not ten digits.
    #[error("an organisation number is not ten digits")]
    OrganisationNumber,
    /// A voucher whose lines do not come to zero.
    #[error("voucher {voucher} is off by {off}")]
    Unbalanced {
        /// The voucher's place in the file, from 1.
        voucher: usize,
        /// The sum of its lines.
        off: Money,
    },
    /// A voucher without lines.
    #[error("voucher {0} has no lines")]
    NoLines(usize),
    /// A voucher number that does not come after the one before in its series.
    #[error("voucher {0} has a number out of order")]
    VoucherNumber(usize),
    /// A voucher's date lies outside the file's financial year.
    #[error("voucher {0} is dated outside the financial year")]
    OutsideYear(usize),
    /// Two codes of a string share a dimension, or a dimension is reserved by the format.
    #[error("the ledger dimensions are not set up right")]
    Dimensions,
    /// A sum does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The writer failed, which memory never does.
    #[error("the file could not be written: {0}")]
    Writing(String),
}

impl FileError {
    /// Stable code for tests and documentation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::Twice(_) => "file_payment_twice",
            Self::NoAmount(_) => "file_no_amount",
            Self::Number(_) => "file_number",
            Self::NotABankDay(_) => "file_no_bank_day",
            Self::NoTown(_) => "file_no_town",
            Self::NoText(_) => "file_no_text",
            Self::NoDebtorBankgiro => "file_no_debtor_bankgiro",
            Self::NoDebtorAccount => "file_no_debtor_account",
            Self::OrganisationNumber => "file_organisation_number",
            Self::Unbalanced { .. } => "file_unbalanced",
            Self::NoLines(_) => "file_no_lines",
            Self::VoucherNumber(_) => "file_voucher_number",
            Self::OutsideYear(_) => "file_outside_year",
            Self::Dimensions => "file_dimensions",
            Self::Money(_) => "file_sum",
            Self::Writing(_) => "file_writing",
        }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub fn message(&self) -> Localized {
        match self {
            Self::Empty => Localized::both(
                "Det finns inget att betala. Välj minst en utbetalning.",
                "There is nothing to pay. Choose at least one payment.",
            ),
            Self::Twice(id) => Localized::both(
                format!("Utbetalning {id} finns två gånger. Ta bort den ena."),
                format!("Payment {id} is there twice. Take one away."),
            ),
            Self::NoAmount(id) => Localized::both(
                format!("Utbetalning {id} är på noll kronor. Ta bort den ur bankfilen; kvittningen bokförs ändå."),
                format!("Payment {id} is of zero kronor. Leave it out of the bank file; the set-off is booked all the same."),
            ),
            Self::Number(number) => Localized::both(
                format!("Omgångens nummer ”{number}” går inte att använda. Det ska ha 1–28 tecken: bokstäver, siffror och bindestreck."),
                format!("The batch number “{number}” cannot be used. It has 1–28 characters: letters, digits and hyphens."),
            ),
            Self::NotABankDay(day) => Localized::both(
                format!("{day} är ingen bankdag. Välj en annan betalningsdag."),
                format!("{day} is not a bank day. Choose another day of payment."),
            ),
            Self::NoTown(id) => Localized::both(
                format!("Mottagaren av utbetalning {id} saknar postort. Fyll i den i föreningens uppgifter."),
                format!("The payee of payment {id} has no town. Fill it in among the association's details."),
            ),
            Self::NoText(place) => Localized::both(
                format!("Namn eller text saknas för {place}. Fyll i den."),
                format!("A name or text is missing for {place}. Fill it in."),
            ),
            Self::NoDebtorBankgiro => Localized::both(
                "Kommunens bankgiro saknas i inställningarna, och det behövs för att betala till bankgiro.",
                "The municipality's bankgiro is not set, and it is needed to pay to bankgiro.",
            ),
            Self::NoDebtorAccount => Localized::both(
                "Kommunens clearing- och kontonummer saknas i inställningarna.",
                "The municipality's clearing and account number are not set.",
            ),
            Self::OrganisationNumber => Localized::both(
                "Ett organisationsnummer är inte tio siffror. Rätta det i registret.",
                "An organisation number is not ten digits. Correct it in the register.",
            ),
            Self::Unbalanced { voucher, off } => {
                let amount = off.to_string().replace('.', ",");
                Localized::both(
                    format!("Verifikation {voucher} går inte jämnt upp: {amount} kr skiljer. Kontrollera raderna."),
                    format!("Voucher {voucher} does not balance: it is off by SEK {amount}. Check the lines."),
                )
            }
            Self::NoLines(voucher) => Localized::both(
                format!("Verifikation {voucher} saknar rader. Lägg till dem."),
                format!("Voucher {voucher} has no lines. Add them."),
            ),
            Self::VoucherNumber(voucher) => Localized::both(
                format!("Verifikation {voucher} har ett nummer som inte kommer efter det förra. Låt ekonomisystemet numrera."),
                format!("Voucher {voucher} has a number that does not follow the one before. Let the ledger number them."),
            ),
            Self::OutsideYear(voucher) => Localized::both(
                format!("Verifikation {voucher} har ett datum utanför räkenskapsåret. Gör en fil för varje år."),
                format!("Voucher {voucher} is dated outside the financial year. Make one file a year."),
            ),
            Self::Dimensions => Localized::both(
                "Dimensionerna mot ekonomisystemet är fel inställda: varje kod behöver en egen, 1, 2, 6 eller från 20 och uppåt.",
                "The ledger dimensions are not set up right: each code needs its own: 1, 2, 6, or 20 and above.",
            ),
            Self::Money(_) => Localized::both("Summan är för stor. Kontrollera beloppen.", "The sum is too large. Check the amounts."),
            Self::Writing(_) => Localized::both("Filen kunde inte skapas. Försök igen.", "The file could not be made. Try again."),
        }
    }
}
