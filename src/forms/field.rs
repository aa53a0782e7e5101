//! Sections, fields and the closed list of field types.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::account_number::AccountKind;
use crate::domain::condition::{Kind, Written};
use crate::domain::{Localized, Money, Place};
use crate::text::definition::Located;

/// A part of the form with a heading of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// The heading.
    pub title: Localized,
    /// A text under the heading.
    pub intro: Option<Localized>,
    /// All on one page, or one question at a time.
    pub display: Display,
    /// When the section is shown; always when none.
    pub show_if: Option<Located<Written>>,
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// How a section is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    /// All questions on one page.
    #[default]
    OnePage,
    /// One question a page.
    OneQuestion,
}

/// A field: a question, or a text or figure shown among the questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Stable id.
    pub id: String,
    /// The question.
    pub label: Localized,
    /// Help under the question.
    pub help: Option<Localized>,
    /// Whether it must be answered.
    pub required: Requirement,
    /// When it is shown; always when none.
    pub show_if: Option<Located<Written>>,
    /// What kind of field it is.
    pub kind: FieldKind,
    /// Where it is declared.
    pub place: Place,
}

/// Whether a field must be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirement {
    /// It may be left empty.
    Optional,
    /// It must be answered when it is shown.
    Required,
    /// It must be answered when it is shown and the condition holds.
    RequiredIf(Located<Written>),
}

/// The closed list of field types, each with its own settings.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// One line of text.
    Text(TextField),
    /// Many lines of text.
    LongText(TextField),
    /// Yes or no.
    YesNo,
    /// One of several.
    Choice(ChoiceField),
    /// Some of several.
    Choices(ChoiceField),
    /// A whole number.
    Integer(NumberField),
    /// A decimal number.
    Decimal(NumberField),
    /// An amount in kronor and öre.
    Money(NumberField),
    /// A date.
    Date(DateField),
    /// A span of dates.
    DateRange(DateField),
    /// An organisation number.
    OrganisationNumber,
    /// A personal number; collected only where somebody has written down why (2018:218 3 kap. 10 §).
    PersonalNumber {
        /// Why the number is needed, shown in the data protection export.
        justification: Localized,
    },
    /// An account that money is paid to.
    BankAccount(BankAccountKinds),
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A postal address: street, postcode, town.
    PostalAddress,
    /// A Swedish municipality, by its four-digit code.
    Municipality,
    /// An attachment: uploaded now, already on file, or promised for later.
    Attachment(AttachmentField),
    /// Questions that may be answered several times.
    Group(GroupField),
    /// A table of costs and incomes.
    Budget {
        /// Whether incomes are asked for besides costs.
        incomes: bool,
    },
    /// Members by birth year, sex and residence.
    Members,
    /// The period's attendance, shown with its source; the applicant confirms it.
    AttendancePeriod,
    /// Something the applicant must affirm.
    Declaration,
    /// A text, no question.
    Information,
    /// A figure worked out from other answers.
    Calculated(Calculation),
}

impl FieldKind {
    /// The word for the type in definitions.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::LongText(_) => "long_text",
            Self::YesNo => "yes_no",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::Integer(_) => "integer",
            Self::Decimal(_) => "decimal",
            Self::Money(_) => "money",
            Self::Date(_) => "date",
            Self::DateRange(_) => "date_range",
            Self::OrganisationNumber => "organisation_number",
            Self::PersonalNumber { .. } => "personal_number",
            Self::BankAccount(_) => "bank_account",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::PostalAddress => "postal_address",
            Self::Municipality => "municipality",
            Self::Attachment(_) => "attachment",
            Self::Group(_) => "group",
            Self::Budget { .. } => "budget",
            Self::Members => "members",
            Self::AttendancePeriod => "attendance_period",
            Self::Declaration => "declaration",
            Self::Information => "information",
            Self::Calculated(_) => "calculated",
        }
    }

    /// Whether the applicant answers it.
    #[must_use]
    pub fn is_question(&self) -> bool {
        !matches!(self, Self::Information | Self::Calculated(_))
    }

    /// What kind of value the field has in conditions.
    #[must_use]
    pub fn condition_kind(&self) -> Kind {
        match self {
            Self::YesNo | Self::Declaration | Self::AttendancePeriod => Kind::Bool,
            Self::Choice(field) => Kind::Choice(field.ids()),
            Self::Choices(field) => Kind::Choices(field.ids()),
            Self::Integer(_) | Self::Decimal(_) | Self::Money(_) => Kind::Number,
            Self::Calculated(calculation) => match calculation {
                Calculation::Sum(_) | Calculation::Result(_) => Kind::Number,
                Calculation::Preliminary => Kind::Opaque,
            },
            Self::Date(_) => Kind::Date,
            Self::Text(_) | Self::OrganisationNumber | Self::Municipality => Kind::Text,
            Self::LongText(_)
            | Self::DateRange(_)
            | Self::PersonalNumber { .. }
            | Self::BankAccount(_)
            | Self::Email
            | Self::Phone
            | Self::PostalAddress
            | Self::Attachment(_)
            | Self::Group(_)
            | Self::Budget { .. }
            | Self::Members
            | Self::Information => Kind::Opaque,
        }
    }
}

/// Settings of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextField {
    /// Fewest characters.
    pub min_length: usize,
    /// Most characters.
    pub max_length: usize,
}

/// Settings of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceField {
    /// What there is to choose; never empty.
    pub choices: Vec<Choice>,
}

impl ChoiceField {
    fn ids(&self) -> Vec<String> {
        self.choices.iter().map(|choice| choice.id.clone()).collect()
    }
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
}

/// Settings of a number or an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberField {
    /// The smallest value.
    pub min: Option<Decimal>,
    /// The greatest value.
    pub max: Option<Decimal>,
    /// What is counted, shown after the box.
    pub unit: Option<Localized>,
}

/// Settings of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateField {
    /// The earliest date.
    pub min: Option<NaiveDate>,
    /// The latest date.
    pub max: Option<NaiveDate>,
}

/// Which accounts are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BankAccountKinds {
    /// A bankgiro number.
    pub bankgiro: bool,
    /// A plusgiro number.
    pub plusgiro: bool,
    /// A bank account with clearing number.
    pub account: bool,
}

impl BankAccountKinds {
    /// Whether a kind of account is taken.
    #[must_use]
    pub const fn takes(self, kind: AccountKind) -> bool {
        match kind {
            AccountKind::Bankgiro => self.bankgiro,
            AccountKind::Plusgiro => self.plusgiro,
            AccountKind::Bank => self.account,
        }
    }
}

/// Settings of an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentField {
    /// What kinds of file are taken.
    pub accept: Vec<Accept>,
    /// The largest file in bytes.
    pub max_bytes: u64,
    /// Whether a document already handed in this year serves.
    pub on_file: bool,
    /// Whether it may be promised for later.
    pub later: bool,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// PDF.
    Pdf,
    /// PNG or JPEG pictures.
    Image,
    /// Word-processor documents (docx, odt).
    Document,
    /// Spreadsheets (xlsx, ods, csv).
    Sheet,
}

/// Settings of a repeating group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupField {
    /// Fewest repetitions when answered.
    pub min: usize,
    /// Most repetitions.
    pub max: usize,
    /// The questions of one repetition; no groups within.
    pub fields: Vec<Field>,
}

/// How a calculated figure comes about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calculation {
    /// The sum of number or money fields.
    Sum(Vec<Located<String>>),
    /// Incomes less costs of a table of costs and incomes.
    Result(Located<String>),
    /// The preliminary amount the rules give.
    Preliminary,
}

impl Calculation {
    /// The figure from the answers; `None` where something needed is missing.
    #[must_use]
    pub fn value(&self, answers: &std::collections::BTreeMap<String, crate::domain::inputs::Answer>) -> Option<Decimal> {
        use crate::domain::inputs::Answer;
        match self {
            Self::Sum(ids) => ids.iter().try_fold(Decimal::ZERO, |sum, id| {
                let part = match answers.get(&id.value)? {
                    Answer::Integer(value) => Decimal::from(*value),
                    Answer::Decimal(value) => *value,
                    Answer::Money(value) => value.kronor(),
                    _ => return None,
                };
                sum.checked_add(part)
            }),
            Self::Result(id) => {
                let Answer::Budget(budget) = answers.get(&id.value)? else { return None };
                let incomes = Money::sum(budget.incomes.iter().map(|line| line.amount)).ok()?;
                let costs = Money::sum(budget.costs.iter().map(|line| line.amount)).ok()?;
                incomes.checked_sub(costs).map(Money::kronor)
            }
            Self::Preliminary => None,
        }
    }
}
