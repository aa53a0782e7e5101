//! The closed list of what a script may call, and what each argument names. The linter and the
//! cross-check with forms read it; the host registers the same words.

use super::parameters::Kind;
use super::texts::Placeholder;

/// An operation or function a script may call.
#[derive(Debug)]
pub struct Operation {
    /// Its name.
    pub name: &'static str,
    /// What each argument is, in the longest form.
    pub arguments: &'static [Argument],
    /// How many arguments must be there.
    pub required: usize,
    /// Whether it belongs to a value: `value.name(…)`.
    pub method: Receiver,
    /// What the operation's text may show, besides the applicant and the period.
    pub shows: &'static [Placeholder],
}

/// What an operation is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Nothing.
    None,
    /// A selection of attendance.
    Attendance,
    /// The applicant, its members, or a table.
    Other,
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Any value.
    Value,
    /// A word as it is (a unit, a period).
    Word,
    /// Where a case is routed.
    Route,
    /// The id of a check, a key in `texts.toml`.
    Check,
    /// The id of a row, a key in `texts.toml`.
    Row,
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
    /// A keep rule.
    Keep,
    /// A map of groups to parameters.
    Rates,
    /// A closure.
    Function,
}

use Argument::{
    Approval, ApprovalCheck, Check, Fact, Function, Grant, Keep, Parameter, ParameterRow, Rates, Route, Row, Table, Value, Word,
};
use Kind::{Date, Decimal, Integer, List, Money, Percent, Range, Steps, Table as TableKind};
use Placeholder as P;

const NUMBER: &[Kind] = &[Integer, Decimal, Percent, Money];
const LIMIT: &[Kind] = &[Integer, Decimal, Percent, Money, Date];
const ANY: &[Kind] = &[Integer, Decimal, Percent, Money, Date, Range, List, Steps, TableKind];
const ROW: &[Placeholder] = &[P::Quantity, P::Rate, P::Amount, P::Value];

const fn function(name: &'static str, arguments: &'static [Argument], shows: &'static [Placeholder]) -> Operation {
    Operation { name, arguments, required: arguments.len(), method: Receiver::None, shows }
}

const fn at_least(required: usize, operation: Operation) -> Operation {
    Operation { required, ..operation }
}

const fn on_attendance(name: &'static str, arguments: &'static [Argument]) -> Operation {
    Operation { name, arguments, required: arguments.len(), method: Receiver::Attendance, shows: &[P::Value, P::Limit] }
}

const fn method(name: &'static str, required: usize, arguments: &'static [Argument]) -> Operation {
    Operation { name, arguments, required, method: Receiver::Other, shows: &[] }
}

/// Everything the host offers.
pub const OPERATIONS: &[Operation] = &[
    function("require_at_least", &[Check, Value, Parameter(LIMIT)], &[P::Value, P::Limit]),
    function("require_at_most", &[Check, Value, Parameter(LIMIT)], &[P::Value, P::Limit]),
    function("require", &[Check, Value], &[]),
    function("warn_if", &[Check, Value], &[]),
    function("require_approved", &[ApprovalCheck], &[]),
    function("row", &[Row, Value, Parameter(NUMBER)], ROW),
    function("amount_row", &[Row, Value], &[P::Amount, P::Value]),
    function("proposed_row", &[Row], &[P::Amount, P::Value]),
    function("fixed", &[Row, Parameter(&[Money])], &[P::Amount, P::Value, P::Rate]),
    function("percent_of", &[Row, Value, Parameter(&[Percent])], &[P::Quantity, P::Percent, P::Amount, P::Value]),
    function("input", &[Row, Value, Word], &[P::Value]),
    function("deduct", &[Row, Value], &[P::Amount, P::Value]),
    function("late_reduction", &[ParameterRow(&[Steps])], &[P::Days, P::Percent, P::Amount, P::Value, P::Quantity]),
    at_least(1, function("cap", &[ParameterRow(&[Money, Integer, Decimal, TableKind]), Value], &[P::Limit, P::Amount, P::Value])),
    function("floor", &[ParameterRow(&[Money, Integer, Decimal])], &[P::Limit, P::Amount, P::Value]),
    function("smallest_payout", &[ParameterRow(&[Money, Integer, Decimal])], &[P::Limit, P::Amount, P::Value]),
    function("round_to_krona", &[], &[P::Amount, P::Value]),
    function("total", &[], &[]),
    function("param", &[Parameter(ANY)], &[]),
    function("to", &[Route], &[]),
    function("approved", &[Approval], &[]),
    function("granted", &[Grant, Word], &[]),
    function("fact", &[Fact], &[]),
    function("table", &[Table], &[]),
    function("yes", &[Value], &[]),
    function("answered", &[Value], &[]),
    function("promised", &[Value], &[]),
    function("costs", &[Value], &[]),
    function("incomes", &[Value], &[]),
    function("sum", &[Value], &[]),
    function("count", &[Value], &[]),
    function("share", &[Value, Value], &[]),
    function("months_between", &[Value, Value], &[]),
    function("days_between", &[Value, Value], &[]),
    function("plus_months", &[Value, Value], &[]),
    function("plus_days", &[Value, Value], &[]),
    on_attendance("min_minutes", &[Parameter(&[Integer])]),
    on_attendance("with_leader", &[Parameter(&[Integer, Range])]),
    at_least(1, on_attendance("eligible", &[Parameter(&[Range]), Parameter(&[Integer])])),
    on_attendance("without_collisions", &[]),
    on_attendance("once_per_person_and_day", &[Keep]),
    on_attendance("at_least", &[Parameter(&[Integer])]),
    on_attendance("at_most", &[Parameter(&[Integer]), Keep]),
    on_attendance("excluded_kinds", &[Parameter(&[List])]),
    on_attendance("max_leaders", &[Parameter(&[Steps])]),
    on_attendance("rates", &[Rates]),
    on_attendance("aged", &[Parameter(&[Range])]),
    on_attendance("mentions", &[Parameter(&[List])]),
    method("members_aged", 1, &[Parameter(&[Range])]),
    method("resident_share", 0, &[Parameter(&[Range])]),
    method("get", 1, &[Value]),
    method("filter", 1, &[Function, Function]),
];

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
    "answers",
    "attendance",
    "category",
    "complete",
    "count",
    "day",
    "days",
    "due",
    "female",
    "founded",
    "from",
    "id",
    "kind",
    "leaders",
    "male",
    "members",
    "month",
    "number",
    "occasions",
    "older",
    "org",
    "period",
    "persons",
    "proposed",
    "received",
    "seat",
    "to",
    "year",
];

/// The hooks, and what each is given.
pub const HOOKS: [(&str, &str); 4] =
    [("eligible", "org"), ("validate", "application"), ("calculate", "application"), ("route", "application")];

/// The names of the groups in a map of rates.
pub const GROUPS: [&str; 4] = ["female", "male", "leaders", "older"];

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
