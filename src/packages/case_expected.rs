//! What must come out of a test case or a round.

use super::cases::{Expected, money};
use crate::domain::Money;
use crate::domain::calculation::CheckStatus;
use crate::text::definition::{Located, Table};

/// Amounts by id.
pub(super) fn amounts(table: &Table<'_>, key: &'static str) -> Vec<(Located<String>, Money)> {
    let entries = table.get(key).and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default();
    entries.into_iter().filter_map(|(key, value)| money(&value).map(|amount| (key, amount))).collect()
}

/// The table `expect` of a case.
pub(super) fn read_expected(table: &Table<'_>) -> Expected {
    let total = table.get("total").and_then(|value| money(&value).map(|amount| Located { value: amount, place: value.place() }));
    let entries = |key| table.get(key).and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default();
    let rows = entries("rows").into_iter().filter_map(|(key, value)| value.decimal().map(|number| (key, number))).collect();
    let statuses = [("ok", CheckStatus::Ok), ("soft", CheckStatus::Soft), ("fail", CheckStatus::Fail), ("unknown", CheckStatus::Unknown)];
    let checks = entries("checks").into_iter().filter_map(|(key, value)| value.one_of(&statuses).map(|status| (key, status))).collect();
    let account = entries("account").into_iter().filter_map(|(key, value)| value.integer().map(|marks| (key, marks))).collect();
    let route = table.get("route").and_then(|value| value.located_text());
    let payouts = amounts(table, "payouts");
    let measures = entries("measures").into_iter().filter_map(|(key, value)| value.decimal().map(|number| (key, number))).collect();
    let dismissed =
        table.get("dismissed").and_then(|value| value.boolean().map(|dismissed| Located { value: dismissed, place: value.place() }));
    table.finish();
    Expected { total, rows, checks, account, route, payouts, measures, dismissed }
}
