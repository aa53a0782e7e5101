//! Reads a form from its TOML definition.

use std::collections::BTreeMap;

use super::answers::visibility_names;
use super::field::{Display, Field, FieldKind, Requirement, Section};
use super::form::{FactDeclaration, Form, Period, TableDeclaration};
use super::read_field::read_field;
use super::read_settings::{
    read_approval, read_assignment, read_checkpoints, read_clash, read_decided, read_diary, read_experts, read_id, read_payment,
    read_ranking, read_report,
};
use crate::domain::condition::{Kind, Written};
use crate::domain::grant::{AppealForm, ApplicantKind, DecisionMode, GrantKind, SignedBy};
use crate::domain::period::{ActivityPeriod, DateRange, Weekend};
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::{Located, Source, Table, Value, condition_problems, did_you_mean};

/// The form of a definition, with every problem in it. The form is there when it can be shown, even with problems.
#[must_use]
pub fn read(file: &str, text: &str) -> (Option<Form>, Vec<Problem>) {
    let source = Source::new(file, text);
    let (form, mut problems) = source.read(read_form);
    if let Some(form) = &form {
        problems.extend(cross_check(form));
        problems.sort_by(|a, b| a.place.cmp(&b.place));
    }
    (form, problems)
}

fn read_form(table: &Table<'_>) -> Option<Form> {
    let id = table.require("id").and_then(|value| grant_type_id(&value));
    let title = table.require("title").and_then(|value| value.localized());
    let summary = table.get("summary").and_then(|value| value.localized());
    let benefit = table.get("benefit").and_then(|value| value.localized().map(|text| Located { value: text, place: value.place() }));
    let kind = table.require("kind").and_then(|value| {
        value.one_of(&[
            ("general", GrantKind::General),
            ("selective", GrantKind::Selective),
            ("approval", GrantKind::Approval),
            ("report", GrantKind::Report),
        ])
    });
    let workflow = table.require("workflow").and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }));
    let appeal = table.require("appeal").and_then(|value| {
        value.one_of(&[("laglighetsprovning", AppealForm::Laglighetsprovning), ("forvaltningsbesvar", AppealForm::Forvaltningsbesvar)])
    });
    let mode_value = table.require("decision_mode");
    let decision_mode = mode_value.as_ref().and_then(|value| {
        value.one_of(&[
            ("batch_delegate", DecisionMode::BatchDelegate),
            ("automatic", DecisionMode::Automatic),
            ("officer", DecisionMode::Officer),
            ("committee", DecisionMode::Committee),
        ])
    });
    if let (Some(AppealForm::Laglighetsprovning), Some(DecisionMode::Automatic), Some(value)) = (appeal, decision_mode, &mode_value) {
        value.problem(
            "automatic_under_legality_review",
            Localized::both(
                "Beslut som överklagas genom laglighetsprövning får inte fattas helt automatiskt (kommunallagen 6 kap. 38 §).",
                "Decisions subject to legality review must not be fully automatic (Local Government Act, chapter 6, section 38).",
            ),
            Localized::both(
                "Välj decision_mode = \"batch_delegate\", så fattar en delegat besluten i en bunt.",
                "Choose decision_mode = \"batch_delegate\": a delegate then decides them together.",
            ),
        );
    }
    let applicants = table.require("applicants").map(|value| {
        let kinds: Vec<ApplicantKind> = value
            .items()
            .iter()
            .filter_map(|item| {
                item.one_of(&[
                    ("association", ApplicantKind::Association),
                    ("company", ApplicantKind::Company),
                    ("person", ApplicantKind::Person),
                ])
            })
            .collect();
        if value.is_array() && value.items().is_empty() {
            empty_list(&value, "[\"association\"]");
        }
        kinds
    });
    let signed_by = table.require("signed_by").and_then(|value| {
        value.one_of(&[("role", SignedBy::Role), ("one_signatory", SignedBy::OneSignatory), ("firmateckning", SignedBy::Firmateckning)])
    });
    let requires_approval = read_id(table, "requires_approval");
    let approval = read_approval(table, kind);
    let report = read_report(table, kind);
    let periods = read_periods(table);
    let clash = read_clash(table);
    let payment = read_payment(table);
    let diary = read_diary(table);
    let (ranking, applied) = (read_ranking(table), read_id(table, "applied"));
    let experts = read_experts(table);
    let delegation_limit = read_id(table, "delegation_limit");
    let recall_reservation = table.get("recall_reservation").and_then(|value| value.localized());
    let undo_minutes = whole(table.get("undo_minutes"), 0, 10_080).unwrap_or(30);
    let cosign_days = whole(table.get("cosign_days"), 0, 90).unwrap_or(14);
    let checkpoints = read_checkpoints(table);
    let assignment = read_assignment(table);
    let facts = read_facts(table);
    let tables = read_tables(table);
    let sections = table.tables("section").iter().filter_map(read_section).collect();
    Some(Form {
        id: id?,
        title: title?,
        summary,
        benefit,
        kind: kind?,
        workflow: workflow?,
        appeal: appeal?,
        decision_mode: decision_mode?,
        applicants: applicants?,
        signed_by: signed_by?,
        requires_approval,
        approval,
        report,
        periods,
        clash,
        payment,
        diary,
        applied: ranking.as_ref().map(|ranking| ranking.applied.clone()).or(applied),
        ranking,
        experts,
        delegation_limit,
        recall_reservation,
        undo_minutes,
        decided: read_decided(table),
        cosign_days,
        checkpoints,
        assignment,
        facts,
        tables,
        sections,
    })
}

/// A grant type's id names folders and stands in addresses.
fn grant_type_id(value: &Value<'_>) -> Option<String> {
    value.id()
}

pub(super) fn empty_list(value: &Value<'_>, example: &str) {
    value.problem(
        "empty_list",
        Localized::both("Listan får inte vara tom.", "The list must not be empty."),
        Localized::both(format!("Skriv till exempel {example}."), format!("Write for example {example}.")),
    );
}

/// A whole number within bounds.
pub(super) fn whole<T: TryFrom<i64>>(value: Option<Value<'_>>, min: i64, max: i64) -> Option<T> {
    let value = value?;
    let number = value.integer()?;
    if (min..=max).contains(&number)
        && let Ok(number) = T::try_from(number)
    {
        return Some(number);
    }
    value.problem(
        "out_of_range",
        Localized::both(
            format!("{number} går inte; talet ska vara {min}–{max}."),
            format!("{number} will not do; the number must be {min}–{max}."),
        ),
        Localized::both(format!("Skriv ett tal från {min} till {max}."), format!("Write a number from {min} to {max}.")),
    );
    None
}

fn read_periods(table: &Table<'_>) -> Vec<Period> {
    let mut periods: Vec<Period> = Vec::new();
    for item in table.tables("period") {
        if let Some(period) = read_period(&item) {
            if let Some(other) = periods.iter().find(|other| other.dates.id == period.dates.id) {
                item.problem(
                    "duplicate_id",
                    Localized::both(
                        format!("Perioden ”{}” finns redan på rad {}.", period.dates.id, other.place.line),
                        format!("The period \"{}\" exists already on line {}.", period.dates.id, other.place.line),
                    ),
                    Localized::both("Ge den ett eget id.", "Give it an id of its own."),
                );
            }
            if let Some(other) = periods.iter().find(|other| overlap(&other.dates.covers, &period.dates.covers)) {
                item.problem(
                    "period_overlap",
                    Localized::both(
                        format!("Perioden ”{}” överlappar ”{}”.", period.dates.id, other.dates.id),
                        format!("The period \"{}\" overlaps \"{}\".", period.dates.id, other.dates.id),
                    ),
                    Localized::both(
                        "Ändra covers så att ingen dag hör till två perioder.",
                        "Change covers so that no day belongs to two periods.",
                    ),
                );
            }
            periods.push(period);
        }
        item.finish();
    }
    periods.sort_by_key(|period| period.dates.covers.from);
    periods
}

fn overlap(a: &DateRange, b: &DateRange) -> bool {
    a.from <= b.to && b.from <= a.to
}

fn read_period(table: &Table<'_>) -> Option<Period> {
    let id = table.require("id").and_then(|value| period_id(&value));
    let covers = table.require("covers").and_then(|value| {
        let dates: Vec<_> = value.items().iter().map(Value::date).collect();
        match dates.as_slice() {
            [Some(from), Some(to)] if from <= to => Some(DateRange { from: *from, to: *to }),
            [Some(_), Some(_)] => {
                order_problem(&value, "Perioden slutar innan den börjar.", "The period ends before it begins.");
                None
            }
            [None, _] | [_, None] => None,
            _ => {
                value.problem(
                    "wrong_type",
                    Localized::both("Här ska det stå första och sista dagen.", "This must be the first and the last day."),
                    Localized::both("Skriv till exempel [2026-01-01, 2026-06-30].", "Write for example [2026-01-01, 2026-06-30]."),
                );
                None
            }
        }
    });
    let opens = table.require("opens").and_then(|value| value.date());
    let closes_value = table.require("closes");
    let closes = closes_value.as_ref().and_then(Value::date);
    let late_value = table.get("late_until");
    let late_until = late_value.as_ref().and_then(Value::date);
    let weekend = table
        .get("weekend")
        .and_then(|value| value.one_of(&[("exact", Weekend::Exact), ("next_weekday", Weekend::NextWeekday)]))
        .unwrap_or_default();
    if let (Some(opens), Some(closes), Some(value)) = (opens, closes, &closes_value)
        && closes < opens
    {
        order_problem(value, "Ansökan stänger innan den öppnar.", "Applications close before they open.");
    }
    if let (Some(closes), Some(late), Some(value)) = (closes, late_until, &late_value)
        && late <= closes
    {
        order_problem(value, "late_until ska vara efter closes.", "late_until must be after closes.");
    }
    let dates = ActivityPeriod { id: id?, covers: covers?, opens: opens?, closes: closes?, late_until, weekend };
    Some(Period { dates, place: table.place() })
}

/// A period's id is written by people: letters, digits and hyphens, as in `2026-H1`.
fn period_id(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let fits = (1..=32).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if fits {
        return Some(text.to_owned());
    }
    value.problem(
        "bad_id",
        Localized::both(format!("”{text}” är inget giltigt id för en period."), format!("\"{text}\" is not a valid id of a period.")),
        Localized::both("Använd A–Z, a–z, 0–9 och -, som i 2026-H1.", "Use A–Z, a–z, 0–9 and -, as in 2026-H1."),
    );
    None
}

fn order_problem(value: &Value<'_>, sv: &str, en: &str) {
    value.problem(
        "dates_out_of_order",
        Localized::both(sv, en),
        Localized::both(
            "Ordningen ska vara: covers börjar, covers slutar; opens, closes, late_until.",
            "The order is: covers begins, covers ends; opens, closes, late_until.",
        ),
    );
}

fn read_facts(table: &Table<'_>) -> Vec<FactDeclaration> {
    let mut facts = Vec::new();
    for item in table.tables("fact") {
        let id = item.require("id").and_then(|value| value.id());
        let kind = item.require("type").and_then(|value| {
            value.one_of(&[("yes_no", FactWord::YesNo), ("number", FactWord::Number), ("date", FactWord::Date), ("text", FactWord::Text)])
        });
        let label = item.require("label").and_then(|value| value.localized());
        item.finish();
        if let (Some(id), Some(kind), Some(label)) = (id, kind, label) {
            let kind = match kind {
                FactWord::YesNo => Kind::Bool,
                FactWord::Number => Kind::Number,
                FactWord::Date => Kind::Date,
                FactWord::Text => Kind::Text,
            };
            facts.push(FactDeclaration { id, kind, label, place: item.place() });
        }
    }
    facts
}

#[derive(Clone, Copy)]
enum FactWord {
    YesNo,
    Number,
    Date,
    Text,
}

fn read_tables(table: &Table<'_>) -> Vec<TableDeclaration> {
    let mut tables = Vec::new();
    for item in table.tables("table") {
        let id = item.require("id").and_then(|value| value.id());
        let label = item.require("label").and_then(|value| value.localized());
        item.finish();
        if let (Some(id), Some(label)) = (id, label) {
            tables.push(TableDeclaration { id, label, place: item.place() });
        }
    }
    tables
}

fn read_section(table: &Table<'_>) -> Option<Section> {
    let id = table.require("id").and_then(|value| value.id());
    let title = table.require("title").and_then(|value| value.localized());
    let intro = table.get("intro").and_then(|value| value.localized());
    let display = table
        .get("display")
        .and_then(|value| value.one_of(&[("one_page", Display::OnePage), ("one_question", Display::OneQuestion)]))
        .unwrap_or_default();
    let show_if = table.get("show_if").and_then(|value| value.condition());
    let fields = table.tables("field").iter().filter_map(|field| read_field(field, super::read_field::Nesting::Outer)).collect();
    table.finish();
    Some(Section { id: id?, title: title?, intro, display, show_if, fields })
}

fn cross_check(form: &Form) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    let declared = form.fields().map(|field| (field.id.as_str(), &field.place));
    for (id, place) in declared.chain(form.facts.iter().map(|fact| (fact.id.as_str(), &fact.place))) {
        if let Some(first) = seen.insert(id, place) {
            problems.push(Problem::error(
                place.clone(),
                "duplicate_id",
                Localized::both(
                    format!("”{id}” finns redan på rad {}.", first.line),
                    format!("\"{id}\" exists already on line {}.", first.line),
                ),
                Localized::both("Ge fältet ett eget id.", "Give the field an id of its own."),
            ));
        }
    }
    let names: Vec<&str> = form
        .fields()
        .filter(|field| field.kind.is_question())
        .map(|field| field.id.as_str())
        .chain(form.facts.iter().map(|fact| fact.id.as_str()))
        .collect();
    let kind = |name: &str| form.kind_of(name);
    for section in &form.sections {
        if let Some(written) = &section.show_if {
            problems.extend(condition_problems(written, &kind, &names));
        }
        for field in &section.fields {
            for written in field_conditions(field) {
                problems.extend(condition_problems(written, &kind, &names));
            }
            problems.extend(group_problems(form, field));
            problems.extend(calculation_problems(form, field));
        }
    }
    for risk in &form.checkpoints.risks {
        problems.extend(condition_problems(&risk.when, &kind, &names));
    }
    for route in &form.assignment.routes {
        problems.extend(condition_problems(&route.guard, &kind, &names));
    }
    problems.extend(circles(form));
    problems.extend(year_end_problem(form));
    problems
}

/// An approval is reckoned from a date the applicant gives.
fn year_end_problem(form: &Form) -> Option<Problem> {
    let id = form.approval.as_ref()?.year_end.as_ref()?;
    let dates = || form.fields().filter(|field| matches!(field.kind, FieldKind::Date(_))).map(|field| field.id.as_str());
    if dates().any(|date| date == id.value) {
        return None;
    }
    Some(Problem::error(
        id.place.clone(),
        "unknown_field",
        Localized::both(format!("Det finns inget datumfält ”{}”.", id.value), format!("There is no date field \"{}\".", id.value)),
        did_you_mean(&id.value, dates()),
    ))
}

/// Fields whose visibility rests on itself, straight or by way of others: what is shown could then not be told.
fn circles(form: &Form) -> Vec<Problem> {
    let rests_on: BTreeMap<&str, Vec<&str>> = form
        .sections
        .iter()
        .flat_map(|section| section.fields.iter().map(move |field| (field.id.as_str(), visibility_names(section, field))))
        .collect();
    let reaches_itself = |start: &str| {
        let (mut open, mut seen) = (rests_on.get(start).cloned().unwrap_or_default(), std::collections::BTreeSet::new());
        while let Some(name) = open.pop() {
            if name == start {
                return true;
            }
            if seen.insert(name) {
                open.extend(rests_on.get(name).into_iter().flatten());
            }
        }
        false
    };
    form.fields()
        .filter(|field| reaches_itself(&field.id))
        .map(|field| {
            Problem::error(
                field.show_if.as_ref().map_or(&field.place, |written| &written.place).clone(),
                "condition_on_itself",
                Localized::both(
                    format!("Om ”{}” visas beror på fältet självt.", field.id),
                    format!("Whether \"{}\" is shown depends on the field itself.", field.id),
                ),
                Localized::both("Låt villkoret fråga efter ett annat fält.", "Let the condition ask for another field."),
            )
        })
        .collect()
}

fn field_conditions(field: &Field) -> impl Iterator<Item = &Located<Written>> {
    let required = match &field.required {
        Requirement::RequiredIf(written) => Some(written),
        Requirement::Optional | Requirement::Required => None,
    };
    field.show_if.iter().chain(required)
}

/// Within a group, conditions may read the same repetition's fields and the form's.
fn group_problems(form: &Form, field: &Field) -> Vec<Problem> {
    let FieldKind::Group(group) = &field.kind else { return Vec::new() };
    let mut problems = Vec::new();
    let mut seen = BTreeMap::new();
    let inner = |name: &str| group.fields.iter().find(|field| field.id == name).map(|field| field.kind.condition_kind());
    let names: Vec<&str> = group.fields.iter().map(|field| field.id.as_str()).collect();
    for field in &group.fields {
        if let Some(first) = seen.insert(field.id.as_str(), &field.place) {
            problems.push(Problem::error(
                field.place.clone(),
                "duplicate_id",
                Localized::both(
                    format!("”{}” finns redan på rad {}.", field.id, first.line),
                    format!("\"{}\" exists already on line {}.", field.id, first.line),
                ),
                Localized::both("Ge fältet ett eget id.", "Give the field an id of its own."),
            ));
        }
        for written in field_conditions(field) {
            problems.extend(condition_problems(written, &|name| inner(name).or_else(|| form.kind_of(name)), &names));
        }
    }
    problems
}

/// Whether a field of a kind can be calculated with.
type Fits = fn(&FieldKind) -> bool;

fn calculation_problems(form: &Form, field: &Field) -> Vec<Problem> {
    use super::field::Calculation;
    let FieldKind::Calculated(calculation) = &field.kind else { return Vec::new() };
    let (ids, fits): (Vec<&Located<String>>, Fits) = match calculation {
        Calculation::Sum(ids) => {
            (ids.iter().collect(), |kind| matches!(kind, FieldKind::Integer(_) | FieldKind::Decimal(_) | FieldKind::Money(_)))
        }
        Calculation::Result(id) => (vec![id], |kind| matches!(kind, FieldKind::Budget { .. })),
        Calculation::Preliminary => return Vec::new(),
    };
    let candidates = || form.fields().filter(|field| fits(&field.kind)).map(|field| field.id.as_str());
    ids.into_iter()
        .filter(|id| !candidates().any(|candidate| candidate == id.value))
        .map(|id| {
            Problem::error(
                id.place.clone(),
                "unknown_field",
                Localized::both(
                    format!("Det finns inget fält ”{}” som går att räkna med här.", id.value),
                    format!("There is no field \"{}\" to calculate with here.", id.value),
                ),
                did_you_mean(&id.value, candidates()),
            )
        })
        .collect()
}
