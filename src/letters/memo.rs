//! The memo to the committee (tjänsteskrivelse): headings as the municipality has them, the applications as an annex.

use chrono::NaiveDate;

use super::document::{Align, Block, Cell, Column, Document, Fact, Paper, Table, TableRow, Weight};
use super::figures::two_decimals;
use super::parts::{language_tag, paragraph, translation_note};
use super::{Letter, LetterError};
use crate::domain::localized::Language;
use crate::domain::score::Points;
use crate::domain::{Localized, Money};
use crate::text::fluent::{plain, t};
use crate::text::number;

/// A memo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memo {
    /// The memo's language.
    pub language: Language,
    /// The municipality's name.
    pub municipality: String,
    /// Whom it is written to: the committee, or the body that prepares its cases.
    pub committee: String,
    /// The case number, where it is about one case.
    pub diary_number: Option<String>,
    /// The office that prepares its cases.
    pub office: String,
    /// Who writes.
    pub official: String,
    /// When.
    pub date: NaiveDate,
    /// The meeting's date.
    pub meeting: NaiveDate,
    /// What it concerns.
    pub subject: Localized,
    /// What it says, in order.
    pub sections: Vec<MemoSection>,
    /// The applications, in the agenda's order.
    pub lines: Vec<MemoLine>,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoSection {
    /// The heading.
    pub heading: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
    /// Whether they are points of a list.
    pub list: bool,
}

/// An application of the annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoLine {
    /// Case number.
    pub number: String,
    /// Whose.
    pub applicant: String,
    /// Its place in the ranking, where it was ranked.
    pub place: Option<i64>,
    /// Its points.
    pub points: Option<Points>,
    /// What was applied for.
    pub applied: Option<Money>,
    /// What is proposed; nothing is a refusal.
    pub amount: Money,
    /// The conditions that go with it.
    pub conditions: Vec<String>,
}

impl Letter for Memo {
    fn document(&self) -> Result<Document, LetterError> {
        let say = |key: &str| plain(self.language, key);
        let day = |on: NaiveDate| number::date(on, self.language);
        let mut blocks = Vec::new();
        for section in &self.sections {
            if section.paragraphs.is_empty() {
                return Err(LetterError::Missing("text under a heading"));
            }
            blocks.push(Block::Heading { text: section.heading.clone() });
            if section.list {
                blocks.push(Block::List { items: section.paragraphs.clone() });
            } else {
                blocks.extend(section.paragraphs.iter().cloned().map(paragraph));
            }
        }
        blocks.push(Block::Annex { text: say("memo-annex") });
        blocks.push(Block::Table(self.table()?));
        for line in self.lines.iter().filter(|line| !line.conditions.is_empty()) {
            let places = [("number", line.number.as_str().into()), ("applicant", line.applicant.as_str().into())];
            blocks.push(Block::Subheading { text: t(self.language, "memo-conditions", &places) });
            blocks.push(Block::List { items: line.conditions.clone() });
        }
        let document = Document {
            language: language_tag(self.language),
            kind: say("kind-memo"),
            title: self.subject.get(self.language).to_owned(),
            municipality: self.municipality.clone(),
            committee: self.office.clone(),
            date: self.date,
            diary_number: self.diary_number.clone(),
            facts: vec![
                Fact { label: say("label-memo-to"), value: self.committee.clone() },
                Fact { label: say("label-meeting"), value: day(self.meeting) },
                Fact { label: say("label-memo-by"), value: self.official.clone() },
                Fact { label: say("label-memo-date"), value: day(self.date) },
            ],
            recipient: None,
            contact: None,
            note: translation_note(self.language),
            page_words: [say("page-word"), say("page-of")],
            paper: Paper::Portrait,
            blocks,
        };
        Ok(document.cleaned())
    }
}

impl Memo {
    fn table(&self) -> Result<Table, LetterError> {
        let labels = ["memo-place", "column-diary-number", "memo-applicant", "memo-points", "memo-applied", "memo-proposed"];
        let aligns = [Align::Short, Align::Short, Align::Words, Align::Short, Align::Figures, Align::Figures];
        let kronor = |amount: Money| two_decimals(amount.kronor());
        let mut rows: Vec<TableRow> = self
            .lines
            .iter()
            .map(|line| TableRow {
                cells: [
                    line.place.map_or_else(String::new, |place| place.to_string()),
                    line.number.clone(),
                    line.applicant.clone(),
                    line.points.map_or_else(String::new, |points| number::points(points, self.language)),
                    line.applied.map_or_else(String::new, kronor),
                    kronor(line.amount),
                ]
                .map(Cell::from)
                .into(),
                weight: Weight::Plain,
            })
            .collect();
        let sum = |amounts: Vec<Money>| Money::sum(amounts).map(kronor);
        let applied = sum(self.lines.iter().filter_map(|line| line.applied).collect())?;
        let amount = sum(self.lines.iter().map(|line| line.amount).collect())?;
        let total = [plain(self.language, "row-sum"), String::new(), String::new(), String::new(), applied, amount];
        rows.push(TableRow { cells: total.map(Cell::from).into(), weight: Weight::Total });
        Ok(Table {
            caption: plain(self.language, "memo-annex"),
            columns: labels.iter().zip(aligns).map(|(label, align)| Column { label: plain(self.language, label), align }).collect(),
            rows,
        })
    }
}
