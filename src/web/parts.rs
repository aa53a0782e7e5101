//! The pieces that pages are made of: states, lines of a calculation, checks, forms, events.

use askama::Template;
use askama::filters::HtmlSafe;

/// The shape before a state's word; the colour follows the shape and never stands alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A disc: done, in order.
    Ok,
    /// A diamond: waits for somebody.
    Wait,
    /// A square: stopped.
    Stop,
    /// A ring: not begun, or nothing to say.
    #[default]
    None,
}

/// A state: a word and a shape. Renders itself as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(source = r#"<span class="state {{ self.class() }}">{{ word }}</span>"#, ext = "html")]
pub struct State {
    /// The shape.
    pub shape: Shape,
    /// The word.
    pub word: String,
}

/// The template escapes the word itself.
impl HtmlSafe for State {}

impl State {
    /// In order.
    pub fn ok(word: impl Into<String>) -> Self {
        Self { shape: Shape::Ok, word: word.into() }
    }

    /// Waits for somebody.
    pub fn wait(word: impl Into<String>) -> Self {
        Self { shape: Shape::Wait, word: word.into() }
    }

    /// Stopped.
    pub fn stop(word: impl Into<String>) -> Self {
        Self { shape: Shape::Stop, word: word.into() }
    }

    /// Not begun.
    pub fn none(word: impl Into<String>) -> Self {
        Self { shape: Shape::None, word: word.into() }
    }

    fn class(&self) -> &'static str {
        match self.shape {
            Shape::Ok => "ok",
            Shape::Wait => "wait",
            Shape::Stop => "stop",
            Shape::None => "none",
        }
    }
}

/// A text that leads somewhere, or stands still when `href` is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where to; empty for none.
    pub href: String,
    /// What it says.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }

    /// A text alone, as the last step of the way here.
    pub fn here(text: impl Into<String>) -> Self {
        Self { href: String::new(), text: text.into() }
    }
}

/// Something to know before the rest of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// How grave: `Ok` is a receipt.
    pub shape: Shape,
    /// The heading.
    pub heading: String,
    /// What has happened and what comes next.
    pub text: String,
}

impl Notice {
    /// The style class of the shape.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.shape {
            Shape::Ok => "ok",
            Shape::Wait => "wait",
            Shape::Stop => "stop",
            Shape::None => "none",
        }
    }
}

/// How a line of an account or a calculation is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// A figure shown for its own sake.
    Figure,
    /// Counts towards the sum.
    #[default]
    Adds,
    /// Takes from the sum.
    Minus,
    /// The sum so far.
    Subtotal,
    /// The sum.
    Total,
}

/// A line of the account of marks or of the calculation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is, in words.
    pub text: String,
    /// How the value came about, as `1 087 × 9,89 kr`, and why where somebody changed it.
    pub how: Option<String>,
    /// The paragraph, as `§ 4`.
    pub paragraph: Option<String>,
    /// The value, written out.
    pub value: String,
    /// How it is set.
    pub kind: LineKind,
    /// What lies behind it, on a page of its own.
    pub behind: Option<Link>,
}

impl Line {
    /// The style class of the row.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.kind {
            LineKind::Figure => "figure",
            LineKind::Adds => "adds",
            LineKind::Minus => "cut",
            LineKind::Subtotal => "subtotal",
            LineKind::Total => "total",
        }
    }

    /// Whether the value is set as a reduction.
    #[must_use]
    pub fn is_minus(&self) -> bool {
        self.kind == LineKind::Minus
    }
}

/// A requirement and how it came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckLine {
    /// How it came out, as `Uppfyllt`.
    pub state: State,
    /// What was checked, with the case's own numbers.
    pub text: String,
    /// What it means, for one that is not met or not known.
    pub detail: Option<String>,
    /// The paragraph.
    pub paragraph: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// A whole sentence: who did what, and why.
    pub text: String,
    /// When, as `i dag 08.02` or `18 augusti 2026 kl. 21.17`.
    pub when: String,
    /// The same for machines, as `2026-08-20T08:02`.
    pub at: String,
}

/// One of several to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the visitor reads.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    LongText,
    /// A date.
    Date,
    /// An amount in kronor; Swedish and machine writing both accepted.
    Amount,
    /// One of several, as a list to pull down.
    Select(Vec<Choice>),
    /// One of several, all in sight.
    Radios(Vec<Choice>),
    /// Yes by a tick; sends `ja`.
    Tick,
    /// Not shown.
    Hidden,
}

/// A field of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name in the form, unique on the page (it is the id of the element too).
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What to write, with an example.
    pub hint: Option<String>,
    /// What is in it.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it may be left empty.
    pub optional: bool,
    /// What it takes.
    pub kind: FieldKind,
}

impl Field {
    /// The ids of what describes the field, for `aria-describedby`.
    #[must_use]
    pub fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        [error, hint].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// How an action stands out: a page has one primary at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// What the visitor most likely wants.
    Primary,
    /// Folded away until wanted.
    #[default]
    Secondary,
}

/// Something the visitor can do with the case: a form of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// Where the form is sent (POST).
    pub url: String,
    /// What it does, in the imperative: heading, and the button's text when `button` is empty.
    pub title: String,
    /// What happens then, in a sentence.
    pub explanation: String,
    /// The button's text.
    pub button: String,
    /// What it asks for.
    pub fields: Vec<Field>,
    /// How it stands out.
    pub weight: Weight,
}

impl Action {
    /// What the button says.
    #[must_use]
    pub fn button_text(&self) -> &str {
        if self.button.is_empty() { &self.title } else { &self.button }
    }

    /// Whether it is the page's main action.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.weight == Weight::Primary
    }

    /// Whether it stands open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_primary() || self.fields.iter().any(|field| field.error.is_some())
    }
}
