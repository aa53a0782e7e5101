//! The bank's payment file: ISO 20022 customer credit transfer initiation for Swedish domestic payments.
//!
//! Sources: the ISO schemas pain.001.001.03 and .09; Svenska Bankföreningen, "Swedish Common Interpretation of ISO 20022
//! Payment Messages", appendix 1; the bank guides' rules `PFH_002`, 214, 217, 219, 222 and 237. What banks differ in is
//! in [`BankProfile`].

mod xml;

use chrono::SecondsFormat;
use chrono_tz::Europe::Stockholm;

use self::xml::Xml;
use super::profile::{
    AddressRule, BankgiroPayees, CategoryPurpose, DebtorForm, OrgIdForm, PlusgiroMember, PlusgiroScheme, ServiceLevel, Version,
};
use super::{BankProfile, Debtor, FileError, LostSigns, Message, Payment, PaymentFile, Written, organisation_number, sorted};
use crate::domain::Money;
use crate::domain::account_number::AccountNumber;
use crate::domain::calendar::is_bank_day;

use crate::text::transliterate::transliterate;

/// The longest batch number: identities in the file are at most 35 signs, and ours add a hyphen and up to six.
const LONGEST_NUMBER: usize = 28;
/// The longest name the schema takes.
const LONGEST_NAME: usize = 140;
/// The longest town the schema takes.
const LONGEST_TOWN: usize = 35;

/// Writes the file. Payments stand by reference; those to bankgiro come first, in a block of their own where the bank
/// wants them paid from the payer's bankgiro.
///
/// # Errors
/// [`FileError`] says what keeps it from being written, and nothing is written then.
pub fn write(file: &PaymentFile, profile: &BankProfile) -> Result<Written, FileError> {
    let payments = sorted(file)?;
    check(file, &payments)?;
    let blocks = blocks(&payments, profile);
    let mut out = File { xml: Xml::new(), profile, lost: Vec::new() };
    out.document(file, &payments, &blocks)?;
    Ok(Written { bytes: out.xml.into_bytes(), lost: out.lost })
}

/// Payments from one account of the payer.
struct Block<'f> {
    form: DebtorForm,
    payments: Vec<&'f Payment>,
}

fn check(file: &PaymentFile, payments: &[&Payment]) -> Result<(), FileError> {
    let number = &file.number;
    let fits = (1..=LONGEST_NUMBER).contains(&number.len()) && number.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    if !fits {
        return Err(FileError::Number(number.clone()));
    }
    if !is_bank_day(file.execution) {
        return Err(FileError::NotABankDay(file.execution));
    }
    match payments.iter().find(|payment| !payment.amount().is_positive()) {
        Some(payment) => Err(FileError::NoAmount(payment.id.to_string())),
        None => Ok(()),
    }
}

fn blocks<'f>(payments: &[&'f Payment], profile: &BankProfile) -> Vec<Block<'f>> {
    let form = |payment: &Payment| match (&payment.payee.account, profile.bankgiro_payees) {
        (AccountNumber::Bankgiro(_), BankgiroPayees::FromBankgiro) => DebtorForm::Bgnr,
        (AccountNumber::Bankgiro(_), BankgiroPayees::FromAccount) | (AccountNumber::Plusgiro(_) | AccountNumber::Bank(_), _) => {
            profile.debtor_form
        }
    };
    [DebtorForm::Bgnr, DebtorForm::Iban, DebtorForm::Bban]
        .into_iter()
        .map(|wanted| Block { form: wanted, payments: payments.iter().copied().filter(|payment| form(payment) == wanted).collect() })
        .filter(|block| !block.payments.is_empty())
        .collect()
}

/// The file while it is written.
struct File<'p> {
    xml: Xml,
    profile: &'p BankProfile,
    lost: Vec<LostSigns>,
}

impl File<'_> {
    fn document(&mut self, file: &PaymentFile, payments: &[&Payment], blocks: &[Block<'_>]) -> Result<(), FileError> {
        let namespace = match self.profile.version {
            Version::V03 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03",
            Version::V09 => "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
        };
        self.xml.declaration()?;
        self.xml.open_with("Document", ("xmlns", namespace))?;
        self.xml.open("CstmrCdtTrfInitn")?;
        self.group_header(file, payments)?;
        let mut first = 1;
        for (at, block) in blocks.iter().enumerate() {
            self.block(file, block, at + 1, first)?;
            first += block.payments.len();
        }
        self.xml.close("CstmrCdtTrfInitn")?;
        self.xml.close("Document")
    }

    fn group_header(&mut self, file: &PaymentFile, payments: &[&Payment]) -> Result<(), FileError> {
        let created = file.created.with_timezone(&Stockholm).to_rfc3339_opts(SecondsFormat::Secs, false);
        self.xml.open("GrpHdr")?;
        self.xml.text("MsgId", &file.number)?;
        self.xml.text("CreDtTm", &created)?;
        self.count_and_sum(payments)?;
        self.xml.open("InitgPty")?;
        self.name("Nm", &file.debtor.name, &file.number, LONGEST_NAME)?;
        self.debtor_id(&file.debtor)?;
        self.xml.close("InitgPty")?;
        self.xml.close("GrpHdr")
    }

    fn block(&mut self, file: &PaymentFile, block: &Block<'_>, number: usize, first: usize) -> Result<(), FileError> {
        self.xml.open("PmtInf")?;
        self.xml.text("PmtInfId", &format!("{}-P{number}", file.number))?;
        self.xml.text("PmtMtd", "TRF")?;
        self.xml.text("BtchBookg", "true")?;
        self.count_and_sum(&block.payments)?;
        self.payment_type()?;
        let date = file.execution.to_string();
        match self.profile.version {
            Version::V03 => self.xml.text("ReqdExctnDt", &date)?,
            Version::V09 => self.xml.nested(&["ReqdExctnDt", "Dt"], &date)?,
        }
        self.debtor(file, block.form)?;
        for (at, payment) in block.payments.iter().enumerate() {
            self.payment(file, payment, first + at)?;
        }
        self.xml.close("PmtInf")
    }

    /// The control sum is the sum of the amounts as they are rendered: whole öre both.
    fn count_and_sum(&mut self, payments: &[&Payment]) -> Result<(), FileError> {
        self.xml.text("NbOfTxs", &payments.len().to_string())?;
        let sum = Money::sum(payments.iter().map(|payment| payment.amount()))?;
        self.xml.text("CtrlSum", &sum.to_string())
    }

    fn payment_type(&mut self) -> Result<(), FileError> {
        let (level, purpose) = (self.profile.service_level, self.profile.category_purpose);
        if (level, purpose) == (ServiceLevel::Omitted, CategoryPurpose::Omitted) {
            return Ok(());
        }
        self.xml.open("PmtTpInf")?;
        match level {
            ServiceLevel::Nurg => self.xml.nested(&["SvcLvl", "Cd"], "NURG")?,
            ServiceLevel::Omitted => {}
        }
        match purpose {
            CategoryPurpose::Supp => self.xml.nested(&["CtgyPurp", "Cd"], "SUPP")?,
            CategoryPurpose::Omitted => {}
        }
        self.xml.close("PmtTpInf")
    }

    fn debtor(&mut self, file: &PaymentFile, form: DebtorForm) -> Result<(), FileError> {
        let debtor = &file.debtor;
        self.xml.open("Dbtr")?;
        self.name("Nm", &debtor.name, &file.number, LONGEST_NAME)?;
        self.address(&debtor.town, &file.number)?;
        self.debtor_id(debtor)?;
        self.xml.close("Dbtr")?;
        self.xml.open("DbtrAcct")?;
        match form {
            DebtorForm::Iban => self.xml.nested(&["Id", "IBAN"], debtor.iban.as_str())?,
            DebtorForm::Bban => {
                let account = debtor.account.as_ref().ok_or(FileError::NoDebtorAccount)?;
                self.account(&format!("{}{}", account.routing_clearing(), account.routing_account()), "Cd", "BBAN")?;
            }
            DebtorForm::Bgnr => {
                let bankgiro = debtor.bankgiro.as_ref().ok_or(FileError::NoDebtorBankgiro)?;
                self.account(bankgiro.digits(), "Prtry", "BGNR")?;
            }
        }
        self.xml.text("Ccy", "SEK")?;
        self.xml.close("DbtrAcct")?;
        let bic = match self.profile.version {
            Version::V03 => "BIC",
            Version::V09 => "BICFI",
        };
        self.xml.nested(&["DbtrAgt", "FinInstnId", bic], debtor.bic.as_str())
    }

    /// Rule `PFH_002`: the payer carries an identity.
    fn debtor_id(&mut self, debtor: &Debtor) -> Result<(), FileError> {
        let number = organisation_number(&debtor.organisation_number)?;
        let profile = self.profile;
        match &profile.org_id_form {
            OrgIdForm::TenDigits => self.organisation_id(number),
            OrgIdForm::Agreement(identity) => {
                let right = (1..=LONGEST_TOWN).contains(&identity.len()) && identity.chars().all(|sign| sign.is_ascii_alphanumeric());
                if right { self.organisation_id(identity) } else { Err(FileError::OrganisationNumber) }
            }
        }
    }

    fn payment(&mut self, file: &PaymentFile, payment: &Payment, number: usize) -> Result<(), FileError> {
        let place = payment.id.as_str();
        self.xml.open("CdtTrfTxInf")?;
        self.xml.open("PmtId")?;
        self.xml.text("InstrId", &format!("{}-{number}", file.number))?;
        self.xml.text("EndToEndId", place)?;
        self.xml.close("PmtId")?;
        self.xml.open("Amt")?;
        self.xml.text_with("InstdAmt", ("Ccy", "SEK"), &payment.amount().to_string())?;
        self.xml.close("Amt")?;
        self.creditor_agent(&payment.payee.account)?;
        self.creditor(payment)?;
        self.creditor_account(&payment.payee.account)?;
        self.remittance(payment)?;
        self.xml.close("CdtTrfTxInf")
    }

    fn creditor_agent(&mut self, account: &AccountNumber) -> Result<(), FileError> {
        let member = match account {
            AccountNumber::Bankgiro(_) => "9900",
            AccountNumber::Plusgiro(_) => match self.profile.plusgiro_member {
                PlusgiroMember::C9960 => "9960",
                PlusgiroMember::C9500 => "9500",
            },
            AccountNumber::Bank(account) => account.routing_clearing(),
        };
        self.xml.open("CdtrAgt")?;
        self.xml.open("FinInstnId")?;
        self.xml.open("ClrSysMmbId")?;
        self.xml.nested(&["ClrSysId", "Cd"], "SESBA")?;
        self.xml.text("MmbId", member)?;
        self.xml.close("ClrSysMmbId")?;
        self.xml.close("FinInstnId")?;
        self.xml.close("CdtrAgt")
    }

    fn creditor(&mut self, payment: &Payment) -> Result<(), FileError> {
        let (payee, place) = (&payment.payee, payment.id.as_str());
        self.xml.open("Cdtr")?;
        self.name("Nm", &payee.name, place, LONGEST_NAME)?;
        match (payee.town.as_deref().map(str::trim).filter(|town| !town.is_empty()), self.profile.address) {
            (Some(town), AddressRule::Required | AddressRule::WhenKnown) => self.address(town, place)?,
            (None, AddressRule::Required) => return Err(FileError::NoTown(place.to_owned())),
            (None, AddressRule::WhenKnown) => {}
        }
        if let Some(number) = &payee.organisation_number {
            self.organisation_id(organisation_number(number)?)?;
        }
        self.xml.close("Cdtr")
    }

    fn creditor_account(&mut self, account: &AccountNumber) -> Result<(), FileError> {
        self.xml.open("CdtrAcct")?;
        match account {
            AccountNumber::Bankgiro(number) => self.account(number.digits(), "Prtry", "BGNR")?,
            AccountNumber::Plusgiro(number) => match self.profile.plusgiro_scheme {
                PlusgiroScheme::Bban => self.account(number.digits(), "Cd", "BBAN")?,
                PlusgiroScheme::Pgnr => self.account(number.digits(), "Prtry", "PGNR")?,
            },
            AccountNumber::Bank(account) => self.account(&account.routing_account(), "Cd", "BBAN")?,
        }
        self.xml.close("CdtrAcct")
    }

    /// Rule `PFH_217`: a structured reference stands after the amount it pays, type SCOR, one a payment.
    fn remittance(&mut self, payment: &Payment) -> Result<(), FileError> {
        self.xml.open("RmtInf")?;
        match &payment.message {
            Message::Text(text) => self.name("Ustrd", text, payment.id.as_str(), self.profile.text_max)?,
            Message::Ocr(ocr) => {
                self.xml.open("Strd")?;
                self.xml.open("RfrdDocAmt")?;
                self.xml.text_with("RmtdAmt", ("Ccy", "SEK"), &payment.amount().to_string())?;
                self.xml.close("RfrdDocAmt")?;
                self.xml.open("CdtrRefInf")?;
                self.xml.nested(&["Tp", "CdOrPrtry", "Cd"], "SCOR")?;
                self.xml.text("Ref", ocr.digits())?;
                self.xml.close("CdtrRefInf")?;
                self.xml.close("Strd")?;
            }
        }
        self.xml.close("RmtInf")
    }

    fn account(&mut self, number: &str, scheme: &str, code: &str) -> Result<(), FileError> {
        self.xml.open("Id")?;
        self.xml.open("Othr")?;
        self.xml.text("Id", number)?;
        self.xml.nested(&["SchmeNm", scheme], code)?;
        self.xml.close("Othr")?;
        self.xml.close("Id")
    }

    fn organisation_id(&mut self, number: &str) -> Result<(), FileError> {
        self.xml.open("Id")?;
        self.xml.open("OrgId")?;
        self.xml.open("Othr")?;
        self.xml.text("Id", number)?;
        self.xml.nested(&["SchmeNm", "Cd"], "BANK")?;
        self.xml.close("Othr")?;
        self.xml.close("OrgId")?;
        self.xml.close("Id")
    }

    fn address(&mut self, town: &str, place: &str) -> Result<(), FileError> {
        self.xml.open("PstlAdr")?;
        self.name("TwnNm", town, place, LONGEST_TOWN)?;
        self.xml.text("Ctry", "SE")?;
        self.xml.close("PstlAdr")
    }

    /// A text in the bank's set, cut at what there is room for.
    fn name(&mut self, element: &str, text: &str, place: &str, longest: usize) -> Result<(), FileError> {
        let written = transliterate(text, self.profile.charset);
        if !written.lost.is_empty() {
            self.lost.push(LostSigns { place: place.to_owned(), signs: written.lost });
        }
        let cut: String = written.text.chars().take(longest).collect();
        let cut = cut.trim_end();
        if cut.is_empty() {
            return Err(FileError::NoText(place.to_owned()));
        }
        self.xml.text(element, cut)
    }
}
