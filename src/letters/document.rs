//! A letter as headings, paragraphs, lists and tables: what both forms are made of, so that the
//! page and the PDF always say the same.

use chrono::NaiveDate;
use serde::Serialize;

use super::words;

/// A whole letter, every word in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Language tag (`sv`, `en`).
    pub language: &'static str,
    /// What kind of letter, as the first page's corner says: Beslut, Bekräftelse.
    pub kind: String,
    /// The main heading and the PDF's title.
    pub title: String,
    /// The municipality's name, the letter's mark.
    pub municipality: String,
    /// The committee, under the mark.
    pub committee: String,
    /// The letter's date; also the PDF's date.
    pub date: NaiveDate,
    /// Diary number, running on every page; none for lists.
    pub diary_number: Option<String>,
    /// Date, diary number and the like.
    pub facts: Vec<Fact>,
    /// Heading and lines for the one who receives the letter; none for lists.
    pub recipient: Option<Lines>,
    /// Heading and lines for the one to contact.
    pub contact: Option<Lines>,
    /// A note above everything, as on a translation.
    pub note: Option<String>,
    /// The words around page numbers: Sida, av.
    pub page_words: [String; 2],
    /// Which way the paper lies.
    pub paper: Paper,
    /// The letter itself.
    pub blocks: Vec<Block>,
}

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// A letter.
    Portrait,
    /// A wide list.
    Landscape,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A label and lines, as an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The label.
    pub label: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// A part of the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// What the letter says in one sentence, set large.
    Lead {
        /// The sentence.
        text: String,
    },
    /// A heading of the second level.
    Heading {
        /// The heading.
        text: String,
    },
    /// A heading of the second level that begins a page of its own, to be kept or passed on alone.
    Annex {
        /// The heading.
        text: String,
    },
    /// A heading of the third level.
    Subheading {
        /// The heading.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The paragraph.
        text: String,
    },
    /// A list with bullets.
    List {
        /// The items.
        items: Vec<String>,
    },
    /// An address.
    Address {
        /// The lines.
        lines: Vec<String>,
    },
    /// Labels and values.
    Facts {
        /// The facts.
        items: Vec<Fact>,
    },
    /// A table.
    Table(Table),
}

/// A table with a header row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell per column.
    pub rows: Vec<TableRow>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The header.
    pub label: String,
    /// Words or figures.
    pub align: Align,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words that take the room there is.
    Words,
    /// Short words on one line.
    Short,
    /// Figures, right-aligned on one line.
    Figures,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// The cells.
    pub cells: Vec<Cell>,
    /// How heavy the row is.
    pub weight: Weight,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// A smaller text under it, as a row's reason.
    pub note: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, note: None }
    }
}

/// How heavy a table row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A figure shown for its own sake.
    Quiet,
    /// A part of the sum.
    Plain,
    /// The sum so far.
    Subtotal,
    /// The sum.
    Total,
}

impl Document {
    /// The document with every text passed through `f`.
    #[must_use]
    pub fn map_text(mut self, f: impl Fn(&str) -> String) -> Self {
        let each = |text: &mut String| *text = f(text);
        each(&mut self.kind);
        each(&mut self.title);
        each(&mut self.municipality);
        each(&mut self.committee);
        self.diary_number.iter_mut().for_each(each);
        map_facts(&mut self.facts, &each);
        for lines in self.recipient.iter_mut().chain(&mut self.contact) {
            each(&mut lines.label);
            lines.lines.iter_mut().for_each(each);
        }
        self.note.iter_mut().for_each(each);
        for block in &mut self.blocks {
            match block {
                Block::Lead { text }
                | Block::Heading { text }
                | Block::Annex { text }
                | Block::Subheading { text }
                | Block::Paragraph { text } => each(text),
                Block::List { items: lines } | Block::Address { lines } => lines.iter_mut().for_each(each),
                Block::Facts { items } => map_facts(items, &each),
                Block::Table(table) => map_table(table, &each),
            }
        }
        self
    }

    /// The document without characters that hide or turn text.
    #[must_use]
    pub fn cleaned(self) -> Self {
        self.map_text(words::clean)
    }
}

fn map_facts(facts: &mut [Fact], each: &impl Fn(&mut String)) {
    for fact in facts {
        each(&mut fact.label);
        each(&mut fact.value);
    }
}

fn map_table(table: &mut Table, each: &impl Fn(&mut String)) {
    each(&mut table.caption);
    for column in &mut table.columns {
        each(&mut column.label);
    }
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        each(&mut cell.text);
        cell.note.iter_mut().for_each(each);
    }
}
