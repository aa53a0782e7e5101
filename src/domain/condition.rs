//! Conditions: one small three-valued language for `show_if`, `required_if`, workflow guards and checklists.
//!
//! ```text
//! condition  = and { ("or" | "||") and }
//! and        = not { ("and" | "&&") not }
//! not        = ("not" | "!") not | "(" condition ")" | "answered" "(" name ")" | name op literal | name "in" list
//! op         = "==" | "!=" | "<" | "<=" | ">" | ">="
//! literal    = "true" | "false" | number | 2026-01-31 | "text" | 'text'
//! list       = "[" literal { "," literal } "]"
//! ```
//! What is not answered is unknown, which is neither true nor false (Kleene's strong logic):
//! `unknown and false` is false, `unknown or true` is true, everything else unknown stays unknown.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

mod check;
mod parse;
mod sentence;

pub use check::{Kind, check};
pub use parse::parse;
pub use sentence::sentence;

use super::Localized;

/// A condition as a tree. Its [`Display`](fmt::Display) form parses back to the same tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A field or fact compared with one value.
    Compare {
        /// The field or fact.
        name: String,
        /// How it is compared.
        operator: Operator,
        /// What it is compared with.
        literal: Literal,
    },
    /// A field or fact is one of several values; for many choices: at least one chosen is in the list.
    In {
        /// The field or fact.
        name: String,
        /// The values; never empty.
        list: Vec<Literal>,
    },
    /// A field is answered or a fact known. Never unknown itself.
    Answered(String),
    /// The opposite.
    Not(Box<Condition>),
    /// Both.
    And(Box<Condition>, Box<Condition>),
    /// At least one.
    Or(Box<Condition>, Box<Condition>),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less than; earlier than.
    Less,
    /// At most.
    AtMost,
    /// Greater than; later than.
    Greater,
    /// At least.
    AtLeast,
}

impl Operator {
    /// All operators with their sign.
    pub const ALL: [(&'static str, Self); 6] =
        [("==", Self::Equal), ("!=", Self::NotEqual), ("<=", Self::AtMost), (">=", Self::AtLeast), ("<", Self::Less), (">", Self::Greater)];

    /// The sign.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether the operator needs an order and not only equality.
    #[must_use]
    pub fn orders(self) -> bool {
        match self {
            Self::Equal | Self::NotEqual => false,
            Self::Less | Self::AtMost | Self::Greater | Self::AtLeast => true,
        }
    }

    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// A value written in a condition, or the value of a field or fact. Amounts are numbers of kronor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A date.
    Date(NaiveDate),
    /// A text or the id of a choice.
    Text(String),
}

/// What a condition sees of a field or a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Not answered, hidden, or not known.
    Unknown,
    /// A single value.
    One(Literal),
    /// The ids of many choices.
    Many(Vec<String>),
    /// Answered, with something that cannot be compared (an attachment, a table).
    Answered,
}

/// Where conditions look values up.
pub trait Lookup {
    /// What there is under a name.
    fn seen(&self, name: &str) -> Seen;
}

/// Kleene's three truth values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be told yet.
    Unknown,
}

impl Truth {
    /// Whether it is known to hold.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            (Self::True | Self::Unknown, Self::True | Self::Unknown) => Self::Unknown,
        }
    }

    /// At least one holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// A condition as somebody wrote it, with the columns of its parts for problems found later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The tree.
    pub condition: Condition,
    /// For each comparison, list and `answered`, from left to right: where its parts stand.
    pub columns: Vec<Columns>,
}

/// Where the parts of a comparison stand; characters from 1 in the condition's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The name.
    pub name: usize,
    /// The operator; the name for `answered`.
    pub operator: usize,
    /// The literals.
    pub literals: Vec<usize>,
}

/// A fault in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Stable code.
    pub code: &'static str,
    /// Characters from 1 in the condition's text.
    pub column: usize,
    /// What is wrong.
    pub message: Localized,
    /// What to do.
    pub hint: Localized,
}

impl Condition {
    /// Whether the condition holds with what is known.
    pub fn evaluate(&self, lookup: &dyn Lookup) -> Truth {
        match self {
            Self::Compare { name, operator, literal } => match lookup.seen(name) {
                Seen::One(value) => compare(&value, *operator, literal),
                Seen::Many(_) | Seen::Answered | Seen::Unknown => Truth::Unknown,
            },
            Self::In { name, list } => match lookup.seen(name) {
                Seen::One(value) => list.iter().fold(Truth::False, |truth, literal| truth.or(compare(&value, Operator::Equal, literal))),
                Seen::Many(chosen) => list.iter().any(|literal| matches!(literal, Literal::Text(id) if chosen.contains(id))).into(),
                Seen::Answered | Seen::Unknown => Truth::Unknown,
            },
            Self::Answered(name) => (lookup.seen(name) != Seen::Unknown).into(),
            Self::Not(inner) => inner.evaluate(lookup).negate(),
            Self::And(left, right) => left.evaluate(lookup).and(right.evaluate(lookup)),
            Self::Or(left, right) => left.evaluate(lookup).or(right.evaluate(lookup)),
        }
    }

    /// The fields and facts the condition reads, from left to right, repeats included.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.each_leaf(&mut |leaf| match leaf {
            Self::Compare { name, .. } | Self::In { name, .. } | Self::Answered(name) => names.push(name.as_str()),
            Self::Not(_) | Self::And(..) | Self::Or(..) => {}
        });
        names
    }

    fn each_leaf<'c>(&'c self, visit: &mut dyn FnMut(&'c Self)) {
        match self {
            Self::Compare { .. } | Self::In { .. } | Self::Answered(_) => visit(self),
            Self::Not(inner) => inner.each_leaf(visit),
            Self::And(left, right) | Self::Or(left, right) => {
                left.each_leaf(visit);
                right.each_leaf(visit);
            }
        }
    }

    /// How tightly the outermost part binds: or, and, the rest.
    fn strength(&self) -> u8 {
        match self {
            Self::Or(..) => 0,
            Self::And(..) => 1,
            Self::Not(_) | Self::Compare { .. } | Self::In { .. } | Self::Answered(_) => 2,
        }
    }
}

/// Values of different kinds cannot be told apart: unknown, never a guess.
fn compare(value: &Literal, operator: Operator, literal: &Literal) -> Truth {
    match (value, literal) {
        (Literal::Bool(a), Literal::Bool(b)) => operator.holds(a.cmp(b)).into(),
        (Literal::Number(a), Literal::Number(b)) => operator.holds(a.cmp(b)).into(),
        (Literal::Date(a), Literal::Date(b)) => operator.holds(a.cmp(b)).into(),
        (Literal::Text(a), Literal::Text(b)) => operator.holds(a.cmp(b)).into(),
        (Literal::Bool(_) | Literal::Number(_) | Literal::Date(_) | Literal::Text(_), _) => Truth::Unknown,
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            // Single quotes, so that the condition can stand in a TOML text without escapes.
            Self::Text(value) => write!(f, "'{}'", value.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare { name, operator, literal } => write!(f, "{name} {} {literal}", operator.sign()),
            Self::In { name, list } => {
                let list: Vec<String> = list.iter().map(Literal::to_string).collect();
                write!(f, "{name} in [{}]", list.join(", "))
            }
            Self::Answered(name) => write!(f, "answered({name})"),
            Self::Not(inner) => write!(f, "not {}", bracketed(inner, 2)),
            Self::And(left, right) => write!(f, "{} and {}", bracketed(left, 1), bracketed(right, 2)),
            Self::Or(left, right) => write!(f, "{} or {}", bracketed(left, 0), bracketed(right, 1)),
        }
    }
}

fn bracketed(condition: &Condition, at_least: u8) -> String {
    if condition.strength() < at_least { format!("({condition})") } else { condition.to_string() }
}
