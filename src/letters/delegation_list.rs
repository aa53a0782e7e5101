//! The list of delegated decisions reported to a meeting (kommunallagen 6 kap. 40 §, 7 kap. 8 §).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::Money;
use crate::domain::grant::Outcome;
use crate::domain::localized::Language;
use crate::domain::period::DateRange;
use crate::text::fluent::{FluentValue, plain, t};
use crate::text::number::{date, money};

use super::decision_text::outcome;
use super::document::{Align, Block, Cell, Column, Document, Fact, Paper, Table, TableRow, Weight};
use super::figures::two_decimals;
use super::parts::{Official, language_tag, paragraph, translation_note};
use super::words::clean;
use super::{Letter, LetterError};

/// The decisions made by delegation that a meeting is told about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationList {
    /// The list's language.
    pub language: Language,
    /// The municipality's name.
    pub municipality: String,
    /// The committee.
    pub committee: String,
    /// The meeting's date.
    pub meeting: NaiveDate,
    /// The decisions' dates.
    pub period: DateRange,
    /// The decisions, in the order they are listed.
    pub decisions: Vec<DelegatedDecision>,
}

/// A delegated decision on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatedDecision {
    /// Diary number.
    pub diary_number: String,
    /// Date of the decision.
    pub date: NaiveDate,
    /// Who decided.
    pub delegate: Official,
    /// The point of the delegation order.
    pub delegation_point: String,
    /// What it concerned: grant and association.
    pub subject: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What was granted, when money was.
    pub amount: Option<Money>,
}

impl DelegationList {
    /// The sum of the granted amounts.
    ///
    /// # Errors
    /// [`LetterError::Money`] when it does not fit.
    pub fn sum(&self) -> Result<Money, LetterError> {
        Ok(Money::sum(self.decisions.iter().filter_map(|decision| decision.amount))?)
    }

    fn labels(&self) -> [String; 7] {
        [
            "column-diary-number",
            "column-date",
            "column-delegate",
            "column-delegation-point",
            "column-subject",
            "column-outcome",
            "column-granted-amount",
        ]
        .map(|key| plain(self.language, key))
    }
}

impl Letter for DelegationList {
    fn document(&self) -> Result<Document, LetterError> {
        let sum = self.sum()?;
        let say = |key: &str| plain(self.language, key);
        let day = |on: NaiveDate| date(on, self.language);
        let intro = [
            ("committee", FluentValue::from(self.committee.as_str())),
            ("from", day(self.period.from).into()),
            ("to_date", day(self.period.to).into()),
        ];
        let mut blocks = vec![paragraph(t(self.language, "delegation-list-intro", &intro))];
        if self.decisions.is_empty() {
            blocks.push(paragraph(say("delegation-list-none")));
        } else {
            let count = [("count", self.decisions.len().into()), ("sum", money(sum).into())];
            blocks.push(paragraph(t(self.language, "delegation-list-count", &count)));
            blocks.push(Block::Table(self.table(sum)));
        }
        let document = Document {
            language: language_tag(self.language),
            kind: say("kind-delegation-list"),
            title: t(self.language, "title-delegation-list", &[("date", day(self.meeting).into())]),
            municipality: self.municipality.clone(),
            committee: self.committee.clone(),
            date: self.meeting,
            diary_number: None,
            facts: vec![Fact { label: say("label-meeting"), value: day(self.meeting) }],
            recipient: None,
            contact: None,
            note: translation_note(self.language),
            page_words: [say("page-word"), say("page-of")],
            paper: Paper::Landscape,
            blocks,
        };
        Ok(document.cleaned())
    }
}

impl DelegationList {
    fn table(&self, sum: Money) -> Table {
        let aligns = [Align::Short, Align::Short, Align::Short, Align::Short, Align::Words, Align::Short, Align::Figures];
        let mut rows: Vec<TableRow> = self
            .decisions
            .iter()
            .map(|decision| TableRow { cells: self.cells(decision).map(Cell::from).into(), weight: Weight::Plain })
            .collect();
        let mut total: Vec<Cell> = vec![Cell::from(plain(self.language, "row-sum"))];
        total.resize(aligns.len() - 1, Cell::from(String::new()));
        total.push(Cell::from(two_decimals(sum.kronor())));
        rows.push(TableRow { cells: total, weight: Weight::Total });
        Table {
            caption: plain(self.language, "caption-delegation-list"),
            columns: self.labels().into_iter().zip(aligns).map(|(label, align)| Column { label, align }).collect(),
            rows,
        }
    }

    fn cells(&self, decision: &DelegatedDecision) -> [String; 7] {
        [
            decision.diary_number.clone(),
            decision.date.to_string(),
            decision.delegate.text(self.language),
            decision.delegation_point.clone(),
            decision.subject.clone(),
            outcome(self.language, decision.outcome),
            decision.amount.map(|amount| two_decimals(amount.kronor())).unwrap_or_default(),
        ]
    }
}

/// The list as CSV for spreadsheets: UTF-8 with a byte order mark, semicolons, decimal comma, a sum last.
/// Cells that a spreadsheet would run as formulas get an apostrophe first.
///
/// # Errors
/// [`LetterError::Money`] when the sum does not fit, [`LetterError::Csv`] when writing fails.
pub fn csv(list: &DelegationList) -> Result<Vec<u8>, LetterError> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    writer.write_record(list.labels())?;
    for decision in &list.decisions {
        let mut cells = list.cells(decision);
        cells[6] = decision.amount.map(csv_amount).unwrap_or_default();
        writer.write_record(cells.map(|cell| harmless(&clean(&cell))))?;
    }
    let sum = csv_amount(list.sum()?);
    writer.write_record([&plain(list.language, "row-sum"), "", "", "", "", "", sum.as_str()])?;
    writer.into_inner().map_err(|error| LetterError::Csv(csv::Error::from(error.into_error())))
}

/// An amount that Swedish spreadsheets read as a number.
fn csv_amount(amount: Money) -> String {
    amount.to_string().replace('.', ",")
}

/// Text that no spreadsheet takes for a formula, also when spaces come first.
fn harmless(cell: &str) -> String {
    if cell.trim_start().starts_with(['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
