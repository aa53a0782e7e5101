//! A page of the wizard: a section's questions, or one question.

use askama::Template;

use crate::web::LiveAmount;
use crate::web::page::Page;
use crate::web::parts::{Choice, State};

pub(in crate::web) mod autosave;
pub(in crate::web) mod handlers;
mod read;
mod rows;
mod show;
pub(in crate::web) use show::{accept_key, endings};

/// A page of the wizard.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/section.html")]
pub struct SectionPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// Where the form is sent.
    pub action: String,
    /// What is applied for, in which period, by whom.
    pub about: String,
    /// The heading.
    pub heading: String,
    /// A text under it.
    pub intro: Option<String>,
    /// What the municipality has asked for, where it has.
    pub requested: Option<String>,
    /// The questions.
    pub questions: Vec<Question>,
    /// Where to return: `granska`, or empty for the next section.
    pub back_to: String,
    /// The preliminary amount, where rules give one.
    pub live: Option<LiveAmount>,
    /// The sections with their states.
    pub tasks: Vec<Task>,
    /// Whether she may only read.
    pub reads_only: bool,
    /// Whether a file can be chosen.
    pub files: bool,
    /// When it was saved last.
    pub saved: String,
}

/// A line of the list of sections.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// Where it leads; empty where it cannot be begun.
    pub href: String,
    /// What it is called.
    pub text: String,
    /// How far it has come.
    pub state: State,
    /// Why it cannot be begun.
    pub note: Option<String>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A question with its boxes.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The field's id.
    pub id: String,
    /// The name of its box, and the start of the names of several.
    pub name: String,
    /// The question.
    pub label: String,
    /// Help under it.
    pub help: Option<String>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// What is wrong.
    pub errors: Vec<String>,
    /// The version that is shown.
    pub version: i64,
    /// Where the answer came from, where somebody should go through it.
    pub origin: Option<String>,
    /// What somebody else has written meanwhile.
    pub clash: Option<Clash>,
    /// Whether it stays out of sight until another answer asks for it.
    pub hidden: bool,
    /// Whether the boxes lie in a row of a table.
    pub inner: bool,
    /// Its boxes.
    pub control: Control,
}

/// Two versions of an answer.
#[derive(Clone, Debug, Default)]
pub struct Clash {
    /// Who wrote, and when.
    pub who: String,
    /// What she wrote.
    pub theirs: Vec<String>,
}

/// A question's boxes.
#[derive(Clone, Debug, Default)]
pub enum Control {
    /// A text, no box.
    #[default]
    Nothing,
    /// One line.
    Line(Line),
    /// Several lines.
    Long(String),
    /// One of several.
    Radios(Vec<Choice>),
    /// Some of several.
    Ticks(Vec<Choice>),
    /// One of many.
    Select(Vec<Choice>),
    /// Affirmed by a tick.
    Tick(Affirm),
    /// First and last day.
    Range(String, String),
    /// Street, postcode, town.
    Address(String, String, String),
    /// Kind of account and number.
    Account(Account),
    /// A file.
    File(FileBox),
    /// Rows of boxes.
    Table(Table),
    /// A figure worked out from other answers.
    Figure(String),
}

/// One line of text.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What stands in it.
    pub value: String,
    /// The kind of box.
    pub kind: &'static str,
    /// Which keyboard a phone shows.
    pub keys: &'static str,
    /// What the browser may fill in.
    pub fill: &'static str,
    /// What is counted.
    pub unit: Option<String>,
    /// Whether it is short.
    pub short: bool,
}

/// Something to affirm.
#[derive(Clone, Debug, Default)]
pub struct Affirm {
    /// Whether it is.
    pub on: bool,
    /// What the tick says.
    pub text: String,
    /// Where to look first.
    pub look: Option<(String, String)>,
    /// Why it is asked again, where it was affirmed before.
    pub again: Option<String>,
}

/// Boxes for an account.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The kinds that are taken.
    pub kinds: Vec<Choice>,
    /// The number.
    pub number: String,
    /// Offers the account of the register, where it is another one and can be used.
    pub offer: Option<String>,
    /// Why the account of the register cannot be used.
    pub not_usable: Option<String>,
    /// Whether the one who looks can go and see the register's.
    pub own: bool,
}

/// A box for a file.
#[derive(Clone, Debug, Default)]
pub struct FileBox {
    /// The file that was chosen: name, size, address.
    pub chosen: Option<(String, String, String)>,
    /// Ways to answer without choosing a new file.
    pub ways: Vec<Choice>,
    /// Endings the browser offers.
    pub accept: String,
    /// What is taken, in words.
    pub limit: String,
    /// The largest file in bytes, for the script.
    pub most: u64,
}

/// Rows of boxes.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its parts: costs and incomes, or one.
    pub parts: Vec<Part>,
}

/// Rows of one kind.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its heading; empty where the question says it.
    pub heading: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// What adding one says.
    pub add: String,
    /// The sum, where there is one.
    pub sum: Option<String>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its place among all rows of the question.
    pub at: usize,
    /// What it is called.
    pub name: String,
    /// Its boxes.
    pub cells: Vec<Question>,
    /// A value sent unseen, with its name.
    pub unseen: Option<(String, String)>,
    /// What removing it says; empty for a blank row.
    pub remove: String,
}

impl Question {
    /// The ids of what describes the boxes.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.errors.is_empty() {
            ids.push(format!("{}-error", self.name));
        }
        if self.help.is_some() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.origin.is_some() {
            ids.push(format!("{}-origin", self.name));
        }
        ids.join(" ")
    }

    /// The question's HTML.
    #[must_use]
    pub fn html(&self, page: &Page) -> QuestionHtml<'_> {
        QuestionHtml { question: self, texts: Texts::of(page) }
    }
}

/// A question as HTML; it holds questions itself where it has rows.
#[derive(Template)]
#[template(path = "apply/question.html")]
pub struct QuestionHtml<'q> {
    question: &'q Question,
    texts: Texts,
}

/// The template escapes what it is given.
impl askama::filters::HtmlSafe for QuestionHtml<'_> {}

/// The words around a question's boxes.
#[derive(Clone, Debug)]
pub struct Texts {
    language: crate::domain::localized::Language,
}

impl Texts {
    fn of(page: &Page) -> Self {
        Self { language: page.language }
    }

    fn t(&self, key: &str) -> String {
        crate::text::fluent::plain(self.language, key)
    }

    fn inner<'q>(&self, question: &'q Question) -> QuestionHtml<'q> {
        QuestionHtml { question, texts: self.clone() }
    }
}
