//! The table of operations.

use super::Argument::{
    Approval, ApprovalCheck, Check, Fact, Function, Grant, Map, Measure, MeasureOf, OneOf, Parameter, ParameterRow, Payout, Route, Row,
    Rows, Table, Value, Word,
};
use super::{Argument, Effect, GROUPS, Operation, POINTS, Receiver};
use crate::rules::parameters::Kind::{self, Bands, Date, Decimal, Integer, List, Money, Percent, Range, Steps, Table as TableKind};
use crate::rules::reads::Hook;
use crate::rules::texts::Placeholder as P;

const NUMBER: &[Kind] = &[Integer, Decimal, Percent, Money];
const LIMIT: &[Kind] = &[Integer, Decimal, Percent, Money, Date];
const AMOUNT: &[Kind] = &[Money, Integer, Decimal];
const RATE: &[Kind] = &[Money, Decimal, Integer, Bands];
const POINT: &[Kind] = &[Decimal, Integer];
const COUNT: &[Kind] = &[Integer, Bands];
const SHOWN: &[Kind] = &[Integer, Decimal, Percent, Money, Date, List, TableKind];

/// Which marks are kept.
pub const KEEP: &[&str] = &["best_paid", "first", "last"];
const UNIT: &[&str] = &["day", "week", "month", "half_year", "year", "period"];
const HOUR: &[&str] = &["whole", "nearest", "begun", "at_least_one"];
const WHEN: &[&str] = &["decision", "requisition", "report"];

const VALUE: &[P] = &[P::Value];
const LIMITED: &[P] = &[P::Value, P::Limit];
const SUM: &[P] = &[P::Amount, P::Value];
const ROW: &[P] = &[P::Quantity, P::Rate, P::Amount, P::Value];
const BAND: &[P] = &[P::Quantity, P::Rate, P::Amount, P::Value, P::Band];
const BOUND: &[P] = &[P::Limit, P::Amount, P::Value];
const BOUNDS: &[P] = &[P::Limit, P::Amount, P::Value, P::Quantity];
const SHARE: &[P] = &[P::Quantity, P::Percent, P::Amount, P::Value];
const SHARES: &[P] = &[P::Quantity, P::Percent, P::Amount, P::Value, P::Limit];
const LATE: &[P] = &[P::Days, P::Percent, P::Amount, P::Value, P::Quantity];

const CHECKS: &[Hook] = &[Hook::Eligible, Hook::Validate, Hook::Calculate];
const ROWS: &[Hook] = &[Hook::Calculate];
const AFTER: &[Hook] = &[Hook::Calculate, Hook::Route];
const ROUTE: &[Hook] = &[Hook::Route];
const ROUND: &[Hook] = &[Hook::Allocate];

const fn plain(name: &'static str, arguments: &'static [Argument]) -> Operation {
    Operation {
        name,
        arguments,
        required: arguments.len(),
        never: &[],
        method: Receiver::None,
        shows: &[],
        effect: Effect::None,
        hooks: &[],
    }
}

const fn check(name: &'static str, arguments: &'static [Argument], shows: &'static [P]) -> Operation {
    Operation { shows, effect: Effect::Refuses, hooks: CHECKS, ..plain(name, arguments) }
}

const fn row(name: &'static str, arguments: &'static [Argument], shows: &'static [P], effect: Effect) -> Operation {
    Operation { shows, effect, hooks: ROWS, ..plain(name, arguments) }
}

const fn adds(name: &'static str, arguments: &'static [Argument], shows: &'static [P]) -> Operation {
    row(name, arguments, shows, Effect::Adds)
}

const fn reduces(name: &'static str, arguments: &'static [Argument], shows: &'static [P]) -> Operation {
    row(name, arguments, shows, Effect::Reduces)
}

const fn acts(name: &'static str, arguments: &'static [Argument], shows: &'static [P]) -> Operation {
    row(name, arguments, shows, Effect::Acts)
}

const fn in_round(name: &'static str, arguments: &'static [Argument], shows: &'static [P]) -> Operation {
    Operation { shows, hooks: ROUND, ..plain(name, arguments) }
}

const fn on_attendance(name: &'static str, arguments: &'static [Argument]) -> Operation {
    Operation { method: Receiver::Attendance, shows: LIMITED, ..plain(name, arguments) }
}

const fn method(name: &'static str, required: usize, arguments: &'static [Argument]) -> Operation {
    Operation { required, method: Receiver::Other, ..plain(name, arguments) }
}

const fn at_least(required: usize, operation: Operation) -> Operation {
    Operation { required, ..operation }
}

/// Everything the host offers.
pub const OPERATIONS: &[Operation] = &[
    // Requirements.
    check("require_at_least", &[Check, Value, Parameter(LIMIT)], LIMITED),
    check("require_at_most", &[Check, Value, Parameter(LIMIT)], LIMITED),
    check("require", &[Check, Value], &[]),
    check("require_approved", &[ApprovalCheck], &[]),
    check("require_granted", &[Check, Grant, Word], VALUE),
    check("require_not_granted", &[Check, Grant, Word], VALUE),
    check("dismiss_if", &[Check, Value], &[]),
    Operation { effect: Effect::None, ..check("warn_if", &[Check, Value], &[]) },
    // Rows.
    adds("row", &[Row, Value, Parameter(NUMBER)], ROW),
    adds("amount_row", &[Row, Value], SUM),
    adds("proposed_row", &[Row], SUM),
    adds("allocated_row", &[Row], SUM),
    adds("granted_row", &[Row], SUM),
    adds("fixed", &[Row, Parameter(&[Money])], &[P::Amount, P::Value, P::Rate]),
    adds("percent_of", &[Row, Value, Parameter(&[Percent])], SHARE),
    adds("band_row", &[Row, Value, Parameter(&[Bands])], BAND),
    adds("band_fixed", &[Row, Value, Parameter(&[Bands])], BAND),
    adds("band_rows", &[Rows, Value, Parameter(&[Bands])], BAND),
    adds("occasion_rows", &[Rows, Value, Parameter(&[Bands])], BAND),
    adds("hour_rows", &[Rows, Value, Parameter(&[Bands]), Parameter(&[Integer]), OneOf(HOUR)], BAND),
    adds("rank_rows", &[Rows, Value, Parameter(&[Steps]), OneOf(UNIT)], BAND),
    adds("rank_rows_by_sport", &[Rows, Value, Parameter(&[Steps]), OneOf(UNIT)], BAND),
    adds("tier_rows", &[Rows, Value, Parameter(&[Steps])], BAND),
    row("input", &[Row, Value, Word], VALUE, Effect::None),
    row("measure", &[Measure, Value, Word], VALUE, Effect::None),
    reduces("deduct", &[Row, Value], SUM),
    at_least(1, reduces("late_reduction", &[ParameterRow(&[Steps]), OneOf(&["complete", "received"])], LATE)),
    at_least(1, reduces("cap", &[ParameterRow(&[Money, Integer, Decimal, TableKind, Bands]), Value], BOUND)),
    reduces("cap_share", &[ParameterRow(&[Percent]), Value], SHARES),
    reduces("cap_less", &[ParameterRow(AMOUNT), Value], BOUNDS),
    reduces("cap_to", &[Row, Value], BOUND),
    reduces("cap_per_occasion", &[ParameterRow(AMOUNT), Value], BOUNDS),
    reduces("cap_per_person", &[ParameterRow(AMOUNT), Value], BOUNDS),
    reduces("smallest_payout", &[ParameterRow(AMOUNT)], BOUND),
    acts("floor", &[ParameterRow(AMOUNT)], BOUND),
    acts("floor_per_occasion", &[ParameterRow(AMOUNT), Value], BOUNDS),
    row("multiply", &[Row, Parameter(POINT)], ROW, Effect::Scales),
    acts("round_to_krona", &[], SUM),
    acts("round_to", &[Parameter(AMOUNT)], SUM),
    acts("round_down_to", &[Parameter(AMOUNT)], SUM),
    acts("round_up_to", &[Parameter(AMOUNT)], SUM),
    row("payout_share", &[Payout, Parameter(&[Percent]), OneOf(WHEN)], SHARE, Effect::None),
    row("payout_rest", &[Payout, OneOf(WHEN)], SUM, Effect::None),
    Operation { hooks: AFTER, ..plain("total", &[]) },
    Operation { hooks: ROUTE, ..plain("to", &[Route]) },
    // Values.
    plain("param", &[Parameter(SHOWN)]),
    plain("band_value", &[Parameter(&[Bands]), Value]),
    plain("approved", &[Approval]),
    plain("granted", &[Grant, Word]),
    plain("granted_within", &[Grant, Parameter(&[Integer])]),
    plain("fact", &[Fact]),
    plain("table", &[Table]),
    plain("yes", &[Value]),
    plain("answered", &[Value]),
    plain("promised", &[Value]),
    plain("costs", &[Value]),
    plain("incomes", &[Value]),
    plain("loss", &[Value]),
    plain("profit", &[Value]),
    plain("less", &[Value, Value]),
    plain("sum", &[Value]),
    plain("count", &[Value]),
    plain("share", &[Value, Value]),
    plain("months_between", &[Value, Value]),
    plain("days_between", &[Value, Value]),
    plain("plus_months", &[Value, Value]),
    plain("plus_days", &[Value, Value]),
    // Filters of attendance.
    Operation {
        required: 1,
        never: &[2],
        ..on_attendance("min_minutes", &[Parameter(&[Integer]), Parameter(&[Integer]), OneOf(&["own", "any", "all"])])
    },
    on_attendance("min_minutes_aged", &[Parameter(&[Bands])]),
    on_attendance("with_leader", &[Parameter(&[Integer, Range])]),
    on_attendance("with_leaders", &[Parameter(&[Integer, Range]), Parameter(&[Integer])]),
    on_attendance("leaders_not_participants", &[]),
    on_attendance("leaders_also_participants", &[Parameter(&[Range])]),
    on_attendance("leaders_one_at_a_time", &[]),
    on_attendance("age_on", &[OneOf(&["year", "occasion", "period_start", "period_end", "december_31"])]),
    at_least(1, on_attendance("eligible", &[Parameter(&[Range]), Parameter(&[Integer])])),
    on_attendance("eligible_only", &[Parameter(&[Range])]),
    on_attendance("residents", &[OneOf(&["keep_unknown", "cut_unknown"])]),
    on_attendance("resident_share_at_least", &[Parameter(&[Percent])]),
    on_attendance("without_collisions", &[]),
    on_attendance("sports", &[Parameter(&[List])]),
    on_attendance("numbered", &[Parameter(&[Steps]), OneOf(UNIT)]),
    on_attendance("numbered_by_sport", &[Parameter(&[Steps]), OneOf(UNIT)]),
    on_attendance("once_per_person_and_day", &[OneOf(KEEP)]),
    on_attendance("once_per_person_sport_and_day", &[OneOf(KEEP)]),
    on_attendance("once_per_group_and_day", &[OneOf(&["first", "longest", "largest", "best_paid"])]),
    on_attendance("camp_days", &[Parameter(&[List]), Parameter(&[Integer])]),
    Operation {
        required: 1,
        never: &[2],
        ..on_attendance("at_least", &[Parameter(&[Integer]), Parameter(&[Integer]), OneOf(&["any", "all"])])
    },
    on_attendance("at_most", &[Parameter(&[Integer]), OneOf(KEEP)]),
    on_attendance("at_most_per_leader", &[Parameter(&[Integer]), OneOf(KEEP)]),
    on_attendance("at_most_per_person", &[Parameter(COUNT), OneOf(UNIT), OneOf(KEEP)]),
    on_attendance("at_most_per_person_and_sport", &[Parameter(COUNT), OneOf(UNIT), OneOf(KEEP)]),
    on_attendance("min_attendances", &[Parameter(COUNT)]),
    on_attendance("max_leaders", &[Parameter(&[Steps])]),
    on_attendance("excluded_kinds", &[Parameter(&[List])]),
    on_attendance("only_activities", &[Parameter(&[List])]),
    on_attendance("excluded_places", &[Parameter(&[List])]),
    on_attendance("only_places", &[Parameter(&[List])]),
    on_attendance("excluded_types", &[Parameter(&[List])]),
    on_attendance("registered_within", &[Parameter(&[Integer])]),
    on_attendance("rates", &[Map(GROUPS, RATE)]),
    // Figures of attendance.
    on_attendance("aged", &[Parameter(&[Range])]),
    on_attendance("female_aged", &[Parameter(&[Range])]),
    on_attendance("male_aged", &[Parameter(&[Range])]),
    on_attendance("persons_aged", &[Parameter(&[Range])]),
    on_attendance("occasions_led_by", &[Parameter(&[Integer, Range])]),
    on_attendance("mentions", &[Parameter(&[List])]),
    on_attendance("hours", &[Parameter(&[Integer]), OneOf(HOUR)]),
    on_attendance("participant_hours", &[Parameter(&[Integer]), OneOf(HOUR)]),
    at_least(1, on_attendance("points", &[Parameter(&[Bands]), Map(POINTS, POINT)])),
    // Members and tables.
    method("members_aged", 1, &[Parameter(&[Range])]),
    method("resident_share", 0, &[Parameter(&[Range])]),
    method("get", 1, &[Value]),
    method("filter", 1, &[Function, Function]),
    // Rounds.
    method("measured", 1, &[MeasureOf]),
    in_round("pot", &[ParameterRow(&[Money])], SUM),
    in_round("reserve", &[ParameterRow(&[Percent, Money])], SHARE),
    in_round("fixed_part", &[Row, OneOf(&["stop", "pro_rata"])], SUM),
    in_round("at_most_each", &[Parameter(AMOUNT)], &[]),
    at_least(2, in_round("share_by", &[Row, MeasureOf, OneOf(&["krona", "ore"])], ROW)),
];
