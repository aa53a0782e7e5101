//! How a bank wants its payment files. The schema leaves much open that each bank settles in its own guide (MIG).

use serde::{Deserialize, Serialize};

use crate::text::transliterate::Charset;

/// Which version of the message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Version {
    /// pain.001.001.03, what the Swedish banks take for domestic payments.
    #[default]
    V03,
    /// pain.001.001.09, which names the bank in `BICFI` and wraps the date.
    V09,
}

/// How the payer's own account is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DebtorForm {
    /// As IBAN.
    #[default]
    Iban,
    /// As clearing number and account number.
    Bban,
    /// As bankgiro, for every payment.
    Bgnr,
}

/// Which account bankgiro payees are paid from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankgiroPayees {
    /// The payer's bankgiro, in a payment block of their own (rule `PFH_219`).
    #[default]
    FromBankgiro,
    /// The same account as all others (Nordea).
    FromAccount,
}

/// Which clearing number stands for Plusgirot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlusgiroMember {
    /// 9960.
    #[default]
    #[serde(rename = "9960")]
    C9960,
    /// 9500.
    #[serde(rename = "9500")]
    C9500,
}

/// How a plusgiro number is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlusgiroScheme {
    /// As a domestic account, code `BBAN`.
    #[default]
    Bban,
    /// As the proprietary scheme `PGNR`.
    Pgnr,
}

/// The service level. Never SEPA for kronor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceLevel {
    /// `NURG`, an ordinary payment.
    #[default]
    Nurg,
    /// Not written.
    Omitted,
}

/// The category of the payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CategoryPurpose {
    /// `SUPP`, payment to a supplier.
    #[default]
    Supp,
    /// Not written.
    Omitted,
}

/// How the payer's organisation number is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrgIdForm {
    /// The ten digits, scheme `BANK`.
    #[default]
    TenDigits,
    /// Another identity that the bank has given in the agreement (at Swedbank `06<orgnr>B001`), scheme `BANK`.
    Agreement(String),
}

/// Whether payees have an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressRule {
    /// Town and country, always (rules `PFH_222` and `PFH_237`).
    #[default]
    Required,
    /// Where the town is known.
    WhenKnown,
}

/// What a bank wants. [`BankProfile::default`] is the common Swedish domestic form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BankProfile {
    /// The version of the message.
    pub version: Version,
    /// How the payer's account is named.
    pub debtor_form: DebtorForm,
    /// Which account bankgiro payees are paid from.
    pub bankgiro_payees: BankgiroPayees,
    /// Which clearing number stands for Plusgirot.
    pub plusgiro_member: PlusgiroMember,
    /// How a plusgiro number is marked.
    pub plusgiro_scheme: PlusgiroScheme,
    /// The service level.
    pub service_level: ServiceLevel,
    /// The category of the payments.
    pub category_purpose: CategoryPurpose,
    /// How the payer's organisation number is written.
    pub org_id_form: OrgIdForm,
    /// Whether payees have an address.
    pub address: AddressRule,
    /// The longest free text, in signs; the giro side shows 25.
    pub text_max: usize,
    /// The signs the bank takes.
    #[serde(skip, default = "mig")]
    pub charset: Charset,
}

impl Default for BankProfile {
    fn default() -> Self {
        Self {
            version: Version::default(),
            debtor_form: DebtorForm::default(),
            bankgiro_payees: BankgiroPayees::default(),
            plusgiro_member: PlusgiroMember::default(),
            plusgiro_scheme: PlusgiroScheme::default(),
            service_level: ServiceLevel::default(),
            category_purpose: CategoryPurpose::default(),
            org_id_form: OrgIdForm::default(),
            address: AddressRule::default(),
            text_max: 25,
            charset: mig(),
        }
    }
}

fn mig() -> Charset {
    Charset::Mig
}
