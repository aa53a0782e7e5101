//! The other letters of a case: request for supplement, receipt, delay, payment.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::grant::AppealForm;
use crate::domain::{Localized, Money};
use crate::text::fluent::{Arg, plain, t};
use crate::text::number::money;

use super::document::{Align, Block, Cell, Column, Document, Fact, Table, TableRow, Weight};
use super::figures::column_kronor;
use super::parts::{Head, MaskedAccount, heading, paragraph, require};
use super::{Letter, LetterError};

/// A letter of a case that is no decision. Built by the functions below, which refuse what the law
/// demands and the data lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    head: Head,
    body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Body {
    Supplement { missing: Vec<Localized>, answer_by: NaiveDate, consequence: Localized },
    Receipt(Receipt),
    Delay { received: NaiveDate, decision_by: NaiveDate, reason: String, appeal: AppealForm },
    Payment(PaymentNotice),
}

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// When the application came in (förvaltningslagen 22 §).
    pub received: NaiveDate,
    /// The last day to apply.
    pub period_closes: Option<NaiveDate>,
    /// When a decision is expected.
    pub decision_by: Option<NaiveDate>,
    /// When a payment is expected.
    pub payment_around: Option<NaiveDate>,
}

/// What a payment notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentNotice {
    /// When the money leaves.
    pub date: NaiveDate,
    /// Where it goes, masked.
    pub account: MaskedAccount,
    /// What the account statement says.
    pub reference: String,
    /// Grants, instalments, set-offs and recoveries; their sum is what is paid.
    pub lines: Vec<PaymentLine>,
}

/// A line of a payment: a grant is positive, a set-off or recovery negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentLine {
    /// What it is.
    pub text: Localized,
    /// How much.
    pub amount: Money,
}

impl Notice {
    /// A request for supplement (förvaltningslagen 20 §): what is missing, the last day to answer and
    /// what happens otherwise.
    ///
    /// # Errors
    /// [`LetterError::Missing`] without anything missing or without the consequence,
    /// [`LetterError::NoTimeToAnswer`] when the day is not after the letter's date.
    pub fn supplement(head: Head, missing: Vec<Localized>, answer_by: NaiveDate, consequence: Localized) -> Result<Self, LetterError> {
        require("missing", missing.first().map_or("", |text| &text.sv))?;
        require("consequence", &consequence.sv)?;
        if answer_by <= head.date {
            return Err(LetterError::NoTimeToAnswer);
        }
        Ok(Self { head, body: Body::Supplement { missing, answer_by, consequence } })
    }

    /// A receipt for an application, with what happens next.
    #[must_use]
    pub fn receipt(head: Head, receipt: Receipt) -> Self {
        Self { head, body: Body::Receipt(receipt) }
    }

    /// A notice that the decision is delayed, and why (förvaltningslagen 11 §). The right to demand a
    /// decision (12 §) is told only where that section applies, which is not under legality review (2 §).
    ///
    /// # Errors
    /// [`LetterError::Missing`] without a reason, [`LetterError::NoTimeToAnswer`] when the new day has passed.
    pub fn delay(head: Head, received: NaiveDate, decision_by: NaiveDate, reason: String, appeal: AppealForm) -> Result<Self, LetterError> {
        require("reason", &reason)?;
        if decision_by <= head.date {
            return Err(LetterError::NoTimeToAnswer);
        }
        Ok(Self { head, body: Body::Delay { received, decision_by, reason, appeal } })
    }

    /// A notice of a payment.
    ///
    /// # Errors
    /// [`LetterError::Missing`] without lines or reference.
    pub fn payment(head: Head, payment: PaymentNotice) -> Result<Self, LetterError> {
        require("lines", payment.lines.first().map_or("", |line| &line.text.sv))?;
        require("reference", &payment.reference)?;
        Ok(Self { head, body: Body::Payment(payment) })
    }
}

impl Letter for Notice {
    fn document(&self) -> Result<Document, LetterError> {
        let head = &self.head;
        let (kind, title, blocks) = match &self.body {
            Body::Supplement { missing, answer_by, consequence } => {
                ("kind-supplement", "title-supplement", supplement(head, missing, *answer_by, consequence))
            }
            Body::Receipt(receipt) => ("kind-receipt", "title-receipt", received(head, receipt)),
            Body::Delay { received, decision_by, reason, appeal } => {
                ("kind-delay", "title-delay", delay(head, *received, *decision_by, reason, *appeal))
            }
            Body::Payment(payment) => ("kind-payment", "title-payment", payment_blocks(head, payment)?),
        };
        let title = t(head.language, title, &[("subject", head.subject().into())]);
        head.document(plain(head.language, kind), title, blocks)
    }
}

fn supplement(head: &Head, missing: &[Localized], answer_by: NaiveDate, consequence: &Localized) -> Vec<Block> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    vec![
        Block::Lead { text: say("supplement-lead", &[("date", head.day(answer_by).into())]) },
        paragraph(say("supplement-why", &[])),
        heading(say("heading-missing", &[])),
        Block::List { items: missing.iter().map(|text| text.get(head.language).to_owned()).collect() },
        heading(say("heading-supplement-how", &[("to", head.to().into())])),
        paragraph(say("supplement-how", &[("diary_number", head.diary_number.as_str().into())])),
        heading(say("heading-consequence", &[])),
        paragraph(consequence.get(head.language).to_owned()),
    ]
}

fn received(head: &Head, receipt: &Receipt) -> Vec<Block> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let number = [("diary_number", head.diary_number.as_str().into()), ("to", head.to().into())];
    let mut blocks = vec![
        Block::Lead { text: say("receipt-lead", &[("date", head.day(receipt.received).into())]) },
        paragraph(say("receipt-number", &number)),
    ];
    // A late application is received and registered all the same; the decision judges it.
    if let Some(closed) = receipt.period_closes.filter(|closes| receipt.received > *closes) {
        blocks.push(paragraph(say("receipt-late", &[("date", head.day(closed).into())])));
    }
    let dates = [
        ("label-period-closes", receipt.period_closes),
        ("label-decision-expected", receipt.decision_by),
        ("label-payment-expected", receipt.payment_around),
    ];
    let items: Vec<Fact> = dates.into_iter().filter_map(|(key, day)| Some(Fact { label: say(key, &[]), value: head.day(day?) })).collect();
    blocks.push(heading(say("heading-dates", &[])));
    if !items.is_empty() {
        blocks.push(Block::Facts { items });
    }
    blocks.push(paragraph(say("receipt-follow", &[])));
    blocks
}

fn delay(head: &Head, received: NaiveDate, decision_by: NaiveDate, reason: &str, appeal: AppealForm) -> Vec<Block> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let mut blocks = vec![
        Block::Lead { text: say("delay-lead", &[("date", head.day(decision_by).into())]) },
        paragraph(say("delay-received", &[("date", head.day(received).into())])),
        heading(say("heading-delay-reason", &[])),
        paragraph(reason.to_owned()),
    ];
    match appeal {
        AppealForm::Laglighetsprovning => {}
        AppealForm::Forvaltningsbesvar => {
            blocks.push(heading(say("heading-delay-right", &[])));
            blocks.push(paragraph(say("delay-right", &[("to", head.to().into())])));
        }
    }
    blocks
}

fn payment_blocks(head: &Head, payment: &PaymentNotice) -> Result<Vec<Block>, LetterError> {
    let say = |key: &str, args: &[Arg<'_>]| t(head.language, key, args);
    let sum = Money::sum(payment.lines.iter().map(|line| line.amount))?;
    if !sum.is_positive() {
        return Err(LetterError::OutcomeAndAmount);
    }
    let mut rows: Vec<TableRow> = payment
        .lines
        .iter()
        .map(|line| TableRow {
            cells: vec![Cell::from(line.text.get(head.language).to_owned()), Cell::from(column_kronor(line.amount.kronor()))],
            weight: Weight::Plain,
        })
        .collect();
    rows.push(TableRow { cells: vec![Cell::from(say("row-to-pay", &[])), Cell::from(column_kronor(sum.kronor()))], weight: Weight::Total });
    let lead = [("amount", money(sum).into()), ("date", head.day(payment.date).into())];
    let account = say("payment-notice-account", &[("account", payment.account.text(head.language).into())]);
    let reference = say("payment-notice-reference", &[("reference", payment.reference.as_str().into())]);
    Ok(vec![
        Block::Lead { text: say("payment-notice-lead", &lead) },
        paragraph(format!("{account} {reference} {}", say("payment-account-change", &[]))),
        heading(say("heading-payment-lines", &[])),
        Block::Table(Table {
            caption: say("caption-payment-lines", &[]),
            columns: vec![
                Column { label: say("column-payment-line", &[]), align: Align::Words },
                Column { label: say("column-amount", &[]), align: Align::Figures },
            ],
            rows,
        }),
    ])
}
