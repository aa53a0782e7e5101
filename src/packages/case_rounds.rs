//! Test cases that are a whole round: many cases and one pot (`[[round]]`).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::case_expected::amounts;
use super::cases::{Case, money, period, plain_org};
use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Money, Place, calendar};
use crate::forms::Form;
use crate::text::definition::{Located, Table, Value, did_you_mean};

/// A round of cases, and how its pot must be shared.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundCase {
    /// Stable id.
    pub id: String,
    /// What parameters are read by: the period, and its days.
    pub inputs: Inputs,
    /// Its members, in the order they were received.
    pub members: Vec<Member>,
    /// What each must get of the pot.
    pub shares: Vec<(Located<String>, Money)>,
    /// What each must get in the end; only for members that are cases.
    pub totals: Vec<(Located<String>, Money)>,
    /// The value of the round's rows.
    pub rows: Vec<(Located<String>, Decimal)>,
    /// Where it is declared.
    pub place: Place,
}

/// A member of a round.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// A case of the same file, with all that belongs to it.
    Case(String),
    /// Bare figures: what its own rows sum to and what is measured.
    Bare {
        /// Its id.
        id: String,
        /// What its own rows sum to.
        own: Money,
        /// What is measured.
        measures: BTreeMap<String, Decimal>,
    },
}

impl Member {
    /// The member's id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Case(id) | Self::Bare { id, .. } => id,
        }
    }
}

/// A `[[round]]`.
pub(super) fn read_round(table: &Table<'_>, form: &Form, cases: &[Case]) -> Option<RoundCase> {
    let id = table.require("id").and_then(|value| value.id());
    let period = table.require("period").and_then(|value| period(&value, form));
    let named = table.get("cases").map(|value| value.items()).unwrap_or_default();
    let mut members: Vec<Member> = named.iter().filter_map(|value| case_named(value, cases)).map(Member::Case).collect();
    let entries = table.get("entries").map(|value| value.items()).unwrap_or_default();
    members.extend(entries.iter().filter_map(bare));
    let expect = table.get("expect").and_then(|value| value.table());
    let (shares, totals, rows) = expect.as_ref().map_or_else(Default::default, |expect| {
        let entries = expect.get("rows").and_then(|value| value.table()).map(|table| table.entries()).unwrap_or_default();
        let rows = entries.into_iter().filter_map(|(key, value)| value.decimal().map(|number| (key, number))).collect();
        let read = (amounts(expect, "shares"), amounts(expect, "totals"), rows);
        expect.finish();
        read
    });
    table.finish();
    let period = period?;
    let inputs = Inputs {
        grant_type: form.id.clone(),
        received: period.closes,
        due: calendar::last_day(&period),
        period,
        complete: None,
        organisation: plain_org()?,
        answers: BTreeMap::new(),
        approvals: BTreeMap::new(),
        facts: BTreeMap::new(),
        earlier: Vec::new(),
        tables: BTreeMap::new(),
        proposed: None,
        allocated: None,
        granted: None,
        changed: None,
    };
    Some(RoundCase { id: id?, inputs, members, shares, totals, rows, place: table.place() })
}

fn case_named(value: &Value<'_>, cases: &[Case]) -> Option<String> {
    let id = value.text()?;
    if cases.iter().any(|case| case.id == id) {
        return Some(id.to_owned());
    }
    value.problem(
        "unknown_case",
        Localized::both(format!("Det finns inget fall ”{id}” i filen."), format!("There is no case \"{id}\" in the file.")),
        did_you_mean(id, cases.iter().map(|case| case.id.as_str())),
    );
    None
}

fn bare(value: &Value<'_>) -> Option<Member> {
    let table = value.table_like("{ id = \"a\", marks = 12 }")?;
    let (mut id, mut own, mut measures) = (None, Money::ZERO, BTreeMap::new());
    for (key, value) in table.entries() {
        match key.value.as_str() {
            "id" => id = value.id(),
            "fixed" => own = money(&value)?,
            _ => {
                measures.insert(key.value, value.decimal()?);
            }
        }
    }
    if id.is_none() {
        table.problem(
            "missing_key",
            Localized::both("Deltagaren i omgången saknar id.", "The member of the round has no id."),
            Localized::both("Skriv till exempel { id = \"a\", marks = 12 }.", "Write for example { id = \"a\", marks = 12 }."),
        );
    }
    Some(Member::Bare { id: id?, own, measures })
}
