//! Test cases of a grant type (`cases.toml`): what goes in and what must come out.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::case_answers::{read_answers, read_facts, read_members};
use super::case_expected::read_expected;
use super::case_occasions::read_occasions;
use super::case_rounds::{RoundCase, read_round};
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::CheckStatus;
use crate::domain::calendar;
use crate::domain::grant::ApplicantKind;
use crate::domain::inputs::{Approval, EarlierGrant, Inputs, OrganisationFacts, Proposed};
use crate::domain::period::ActivityPeriod;
use crate::domain::{Localized, Money, Place, Problem};
use crate::forms::Form;
use crate::text::definition::{Located, Source, Table, Value, did_you_mean};

/// A test case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Stable id.
    pub id: String,
    /// What the rules see.
    pub inputs: Inputs,
    /// The attendance.
    pub attendance: CaseAttendance,
    /// What must come out.
    pub expect: Expected,
    /// Where it is declared.
    pub place: Place,
}

/// Where a case's attendance comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseAttendance {
    /// There is none.
    None,
    /// Files, by path relative to the package root.
    Files(Vec<Located<String>>),
    /// Written out in the case.
    Written(AttendanceData),
}

/// What must come out of a case; what is not named is not looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    /// The sum.
    pub total: Option<Located<Money>>,
    /// The value of rows, by id; rows of the same id are added up.
    pub rows: Vec<(Located<String>, Decimal)>,
    /// The status of checks, by id.
    pub checks: Vec<(Located<String>, CheckStatus)>,
    /// The lines of the account, by id.
    pub account: Vec<(Located<String>, i64)>,
    /// Where the case is routed.
    pub route: Option<Located<String>>,
    /// The parts that are paid at their own time, by id.
    pub payouts: Vec<(Located<String>, Money)>,
    /// The figures the round shares by, by id.
    pub measures: Vec<(Located<String>, Decimal)>,
    /// Whether the application is not to be tried.
    pub dismissed: Option<Located<bool>>,
}

/// What is in a file of test cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseFile {
    /// Cases.
    pub cases: Vec<Case>,
    /// Rounds of cases.
    pub rounds: Vec<RoundCase>,
}

/// The cases of a file, with every problem in it.
#[must_use]
pub fn read_case_file(file: &str, text: &str, form: &Form) -> (CaseFile, Vec<Problem>) {
    let source = Source::new(file, text);
    let (cases, problems) = source.read(|root| {
        let mut cases: Vec<Case> = Vec::new();
        for table in root.tables("case") {
            let case = read_case(&table, form);
            table.finish();
            let Some(case) = case else { continue };
            if cases.iter().any(|other| other.id == case.id) {
                table.problem(
                    "duplicate_id",
                    Localized::both(format!("Fallet ”{}” finns två gånger.", case.id), format!("The case \"{}\" exists twice.", case.id)),
                    Localized::both("Ge fallet ett eget id.", "Give the case an id of its own."),
                );
            }
            cases.push(case);
        }
        let rounds = root.tables("round").iter().filter_map(|table| read_round(table, form, &cases)).collect();
        Some(CaseFile { cases, rounds })
    });
    (cases.unwrap_or_default(), problems)
}

/// A case that expects nothing comes out green whatever the rules say; a member of a round is tried by its round.
pub(super) fn nothing_expected(found: &CaseFile) -> impl Iterator<Item = Problem> + '_ {
    let in_round = |case: &Case| found.rounds.iter().any(|round| round.members.iter().any(|member| member.id() == case.id));
    found.cases.iter().filter(move |case| case.expect == Expected::default() && !in_round(case)).map(|case| {
        Problem::warning(
            case.place.clone(),
            "nothing_expected",
            Localized::both(
                format!("Fallet ”{}” väntar sig ingenting och prövar därför ingenting.", case.id),
                format!("The case \"{}\" expects nothing, so it tries nothing.", case.id),
            ),
            Localized::both(
                "Skriv vad som ska bli under [case.expect], till exempel total = \"120.00\" eller dismissed = true.",
                "Write what must come out under [case.expect], for example total = \"120.00\" or dismissed = true.",
            ),
        )
    })
}

/// A case of a file of its own: the only `[[case]]`, the one of an id, or the file's own keys.
#[must_use]
pub fn read_single_case(file: &str, text: &str, form: &Form, id: Option<&str>) -> (Option<Case>, Vec<Problem>) {
    let source = Source::new(file, text);
    source.read(|root| {
        let tables = root.tables("case");
        // A file of a package's cases may have rounds as well; they are not asked for here.
        let _ = root.get("round");
        if tables.is_empty() {
            return read_case(root, form);
        }
        let is_wanted = |table: &Table<'_>| id.is_none_or(|id| table.get("id").and_then(|value| value.text()) == Some(id));
        let wanted: Vec<&Table<'_>> = tables.iter().filter(|table| is_wanted(table)).collect();
        if let [only] = wanted.as_slice() {
            let case = read_case(only, form);
            only.finish();
            return case;
        }
        root.problem(
            "which_case",
            Localized::both(
                format!("Filen har {} fall som passar.", wanted.len()),
                format!("The file has {} cases that fit.", wanted.len()),
            ),
            Localized::both("Ange vilket med --id.", "Say which with --id."),
        );
        None
    })
}

fn read_case(table: &Table<'_>, form: &Form) -> Option<Case> {
    let id = table.require("id").and_then(|value| value.id());
    let period = table.require("period").and_then(|value| period(&value, form));
    let received = table.require("received").and_then(|value| value.date());
    let complete = table.get("complete").and_then(|value| value.date());
    let due = table.get("due").and_then(|value| value.date());
    let organisation = match table.get("org").and_then(|value| value.table_like("{ kind = \"association\", members = […] }")) {
        Some(org) => read_org(&org),
        None => plain_org(),
    };
    let answers = table.get("answers").map(|value| read_answers(&value, form)).unwrap_or_default();
    let facts = table.get("facts").map(|value| read_facts(&value, form)).unwrap_or_default();
    let earlier = table.get("earlier").map(|value| value.items().iter().filter_map(read_earlier).collect()).unwrap_or_default();
    let approvals = table.get("approvals").map(|value| read_approvals(&value)).unwrap_or_default();
    let tables = table.get("tables").map(|value| read_tables(&value)).unwrap_or_default();
    let proposed = table.get("proposed").and_then(|value| read_proposed(&value));
    let allocated = table.get("allocated").and_then(|value| money(&value));
    let granted = table.get("granted").and_then(|value| money(&value));
    let files_value = table.get("attendance");
    let written = read_occasions(table);
    let attendance = match (files_value, written) {
        (Some(files), None) => CaseAttendance::Files(files.items().iter().filter_map(Value::located_text).collect()),
        (None, Some(data)) => CaseAttendance::Written(data),
        (None, None) => CaseAttendance::None,
        (Some(files), Some(_)) => {
            files.problem(
                "two_attendances",
                Localized::both("Fallet har både filer och egna sammankomster.", "The case has both files and occasions of its own."),
                Localized::both("Behåll det ena.", "Keep one of them."),
            );
            CaseAttendance::None
        }
    };
    let expect = table
        .get("expect")
        .and_then(|value| value.table_like("{ total = \"120.00\" }"))
        .map(|table| read_expected(&table))
        .unwrap_or_default();
    let period = period?;
    let inputs = Inputs {
        grant_type: form.id.clone(),
        due: due.unwrap_or_else(|| calendar::last_day(&period)),
        period,
        received: received?,
        complete,
        organisation: organisation?,
        answers,
        approvals,
        facts,
        earlier,
        tables,
        proposed,
        allocated,
        granted,
        changed: None,
    };
    Some(Case { id: id?, inputs, attendance, expect, place: table.place() })
}

pub(super) fn period(value: &Value<'_>, form: &Form) -> Option<ActivityPeriod> {
    let id = value.text()?;
    let found = form.period(id).cloned();
    if found.is_none() {
        value.problem(
            "unknown_period",
            Localized::both(format!("Formuläret har ingen period ”{id}”."), format!("The form has no period \"{id}\".")),
            did_you_mean(id, form.periods.iter().map(|period| period.dates.id.as_str())),
        );
    }
    found
}

/// A made-up association of the test series.
const TEST_NUMBER: &str = "8020010001";

pub(super) fn plain_org() -> Option<OrganisationFacts> {
    Some(OrganisationFacts {
        number: TEST_NUMBER.to_owned(),
        kind: ApplicantKind::Association,
        founded: None,
        seat: None,
        members: None,
        category: None,
    })
}

fn read_org(table: &Table<'_>) -> Option<OrganisationFacts> {
    let number = table.get("number").and_then(|value| value.text().map(str::to_owned)).unwrap_or_else(|| TEST_NUMBER.to_owned());
    let kind = table
        .get("kind")
        .and_then(|value| {
            value.one_of(&[
                ("association", ApplicantKind::Association),
                ("company", ApplicantKind::Company),
                ("person", ApplicantKind::Person),
            ])
        })
        .unwrap_or(ApplicantKind::Association);
    let founded = table.get("founded").and_then(|value| value.date());
    let seat = table.get("seat").and_then(|value| value.text().map(str::to_owned));
    let members = table.get("members").map(|value| read_members(&value));
    let category = table.get("category").and_then(|value| value.text().map(str::to_owned));
    table.finish();
    Some(OrganisationFacts { number, kind, founded, seat, members, category })
}

/// An amount in kronor: quoted with a point, or a whole number.
pub(super) fn money(value: &Value<'_>) -> Option<Money> {
    let kronor = value.decimal()?;
    let amount = Money::exact(kronor).ok();
    if amount.is_none() {
        value.problem(
            "not_money",
            Localized::both(format!("{kronor} är inget belopp i hela ören."), format!("{kronor} is no amount in whole öre.")),
            Localized::both("Skriv till exempel \"1234.50\".", "Write for example \"1234.50\"."),
        );
    }
    amount
}

fn read_earlier(value: &Value<'_>) -> Option<EarlierGrant> {
    let table = value.table_like("{ grant = \"…\", period = \"2025-H1\", amount = \"4000\" }")?;
    let grant_type = table.require("grant").and_then(|value| value.id());
    let period = table.require("period").and_then(|value| value.text().map(str::to_owned));
    let amount = table.require("amount").and_then(|value| money(&value));
    let decided = table.get("decided").and_then(|value| value.date());
    table.finish();
    Some(EarlierGrant { grant_type: grant_type?, period: period?, amount_ore: amount?, decided })
}

fn read_approvals(value: &Value<'_>) -> BTreeMap<String, Approval> {
    let Some(table) = value.table_like("{ bidrag = [2026-01-01, 2026-12-31] }") else { return BTreeMap::new() };
    let approval = |value: &Value<'_>| match value.items().iter().map(Value::date).collect::<Vec<_>>().as_slice() {
        [Some(from), Some(to)] => Some(Approval { from: *from, to: *to }),
        _ => {
            value.problem(
                "wrong_type",
                Localized::both("Här ska det stå första och sista dagen.", "This must be the first and the last day."),
                Localized::both("Skriv till exempel [2026-01-01, 2026-12-31].", "Write for example [2026-01-01, 2026-12-31]."),
            );
            None
        }
    };
    table.entries().iter().filter_map(|(key, value)| approval(value).map(|approval| (key.value.clone(), approval))).collect()
}

fn read_tables(value: &Value<'_>) -> BTreeMap<String, BTreeMap<String, Decimal>> {
    let Some(table) = value.table_like("{ lokaler = { \"8020010001\" = 1500 } }") else { return BTreeMap::new() };
    let inner = |value: &Value<'_>| {
        let table = value.table_like("{ \"8020010001\" = 1500 }")?;
        Some(table.entries().iter().filter_map(|(key, value)| value.decimal().map(|number| (key.value.clone(), number))).collect())
    };
    table.entries().iter().filter_map(|(key, value)| inner(value).map(|rows| (key.value.clone(), rows))).collect()
}

fn read_proposed(value: &Value<'_>) -> Option<Proposed> {
    let table = value.table_like("{ amount = \"4000\", reason = \"…\" }")?;
    let amount = table.require("amount").and_then(|value| money(&value));
    let reason = table.require("reason").and_then(|value| value.localized());
    table.finish();
    Some(Proposed { amount: amount?, reason: reason? })
}
