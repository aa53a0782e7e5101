//! The closed list of what a script may call, and what each argument names. The linter and the
//! cross-check with forms read it; the host registers the same words.

mod operations;

pub use operations::OPERATIONS;

use super::parameters::Kind;
use super::reads::Hook;
use super::texts::Placeholder;

/// The code of a word that is not among those an operation knows.
pub const UNKNOWN_WORD: &str = "unknown_word";

/// An operation or function a script may call.
#[derive(Debug)]
pub struct Operation {
    /// Its name.
    pub name: &'static str,
    /// What each argument is, in the longest form.
    pub arguments: &'static [Argument],
    /// How many arguments must be there.
    pub required: usize,
    /// Numbers of arguments between the fewest and the most that no form has.
    pub never: &'static [usize],
    /// Whether it belongs to a value: `value.name(…)`.
    pub method: Receiver,
    /// What the operation's text may show, besides the applicant and the period.
    pub shows: &'static [Placeholder],
    /// What it may do to the applicant.
    pub effect: Effect,
    /// The hooks it may stand in; empty when it may stand in all.
    pub hooks: &'static [Hook],
}

/// What an operation may do to the applicant. What refuses or reduces must say why (förvaltningslagen 32 §).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing of its own.
    None,
    /// Adds to the sum.
    Adds,
    /// Refuses.
    Refuses,
    /// Reduces the sum.
    Reduces,
    /// Reduces the sum when its parameter is below one.
    Scales,
    /// Acts on the sum so far without reducing it.
    Acts,
}

/// What an operation is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Nothing.
    None,
    /// A selection of attendance: parameters have the value of the occasion's day.
    Attendance,
    /// The applicant, its members, a table or a round.
    Other,
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Any value.
    Value,
    /// A word as it is (a unit, a period).
    Word,
    /// A word of a closed list.
    OneOf(&'static [&'static str]),
    /// Where a case is routed.
    Route,
    /// The id of a check, a key in `texts.toml`.
    Check,
    /// The id of a row, a key in `texts.toml`.
    Row,
    /// What the ids of several rows begin with; their text stands once, under this.
    Rows,
    /// A figure that the round shares by; also the id of its row.
    Measure,
    /// A figure that cases put by `measure`.
    MeasureOf,
    /// A part that is paid at its own time; a key in `texts.toml`.
    Payout,
    /// A parameter, whose id is no row of its own.
    Parameter(&'static [Kind]),
    /// A parameter whose id is also the row's.
    ParameterRow(&'static [Kind]),
    /// A fact.
    Fact,
    /// A reference table.
    Table,
    /// An approval, whose id is also the check's.
    ApprovalCheck,
    /// An approval.
    Approval,
    /// A grant type.
    Grant,
    /// A map of words to parameters.
    Map(&'static [&'static str], &'static [Kind]),
    /// A closure.
    Function,
}

/// Ordinary functions of the language that rules may use.
pub const ORDINARY: &[&str] = &[
    "abs",
    "all",
    "call",
    "ceiling",
    "contains",
    "curry",
    "ends_with",
    "is_empty",
    "keys",
    "len",
    "map",
    "max",
    "min",
    "push",
    "reduce",
    "round",
    "round_down",
    "round_up",
    "some",
    "starts_with",
    "to_int",
    "to_lower",
    "to_string",
    "to_upper",
    "trim",
    "values",
];

/// Properties of host values, for hints.
pub const PROPERTIES: &[&str] = &[
    "aged",
    "amount",
    "answers",
    "attendance",
    "cases",
    "category",
    "complete",
    "count",
    "day",
    "days",
    "days_late",
    "days_late_complete",
    "due",
    "extra_leaders",
    "female",
    "first_leaders",
    "fixed",
    "founded",
    "from",
    "granted",
    "id",
    "kind",
    "leaders",
    "male",
    "members",
    "month",
    "number",
    "occasions",
    "occasions_with_extra_leader",
    "older",
    "org",
    "participant_persons",
    "participants",
    "period",
    "person_days",
    "person_nights",
    "persons",
    "proposed",
    "received",
    "resident_share",
    "seat",
    "to",
    "unregistered",
    "with_disability",
    "year",
];

/// The hooks, and what each is given.
pub const HOOKS: [(&str, &str); 5] =
    [("eligible", "org"), ("validate", "application"), ("calculate", "application"), ("route", "application"), ("allocate", "round")];

/// The names of the groups in a map of rates.
pub const GROUPS: &[&str] = &["female", "male", "leaders", "older"];

/// What a map of points may say.
pub const POINTS: &[&str] = &["female_factor", "male_factor", "disability_points", "older_points", "leader_points"];

/// The operation of a name.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

/// Whether a script may call it.
pub fn is_known(name: &str) -> bool {
    operation(name).is_some() || ORDINARY.contains(&name)
}

/// Everything a script may call, for editors and documentation.
pub fn names() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|operation| operation.name).chain(ORDINARY.iter().copied())
}
