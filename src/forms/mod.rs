//! Forms: what a grant type asks, and whether the answers hold. Definitions lie in `forms/`.
//!
//! [`read`] turns a definition into a [`Form`]; [`enter`] turns what somebody typed into an
//! [`Answer`](crate::domain::inputs::Answer); [`validate`] judges all answers together.

mod answers;
mod echo;
mod entry;
mod field;
mod form;
mod numbers;
mod read;
mod read_field;
mod read_settings;
mod settings;
mod validate;

pub use answers::{Facts, Outlook, Seeing, outlook, sent_answers, visible};
pub use echo::echo;
pub use entry::{Entry, account_of, answer_of_account, enter, is_blank, is_blank_row, without_blank_rows};
pub use field::{
    Accept, AttachmentField, BankAccountKinds, Calculation, Choice, ChoiceField, DateField, Display, Field, FieldKind, GroupField,
    NumberField, Requirement, Section, TextField,
};
pub use form::{FactDeclaration, Form, Period, TableDeclaration};
pub use numbers::{EntryFault, parse_decimal, parse_integer, parse_money};
pub use read::read;
pub use settings::{
    AccountString, ApprovalSettings, AssignedBy, Assignment, Checkpoints, Clash, ClashDefault, ClashScope, Decided, DiarySettings,
    DocumentType, DueAfter, Experts, PayWhen, PaymentChannel, PaymentSettings, Ranking, Register, Releases, ReportSettings, Retention,
    Risk, Route,
};
pub use validate::{Finding, validate};
