//! Checks a grant type's parts against each other.

use std::collections::BTreeSet;

use super::cases::Case;
use super::load::Surroundings;
use crate::domain::condition::Written;
use crate::domain::{Localized, Place, Problem};
use crate::forms::{Field, FieldKind, Form, Requirement};
use crate::rules::{Basis, Hook, Kind, Reads, RuleSet};
use crate::text::definition::{Located, condition_problems, did_you_mean, nearest};
use crate::workflows::{StateKind, TaskNeed, Workflow};

/// Everything wrong between the parts. What a part says about itself was noted when it was read.
pub(super) fn problems(
    form: &Form,
    workflow: Option<&Workflow>,
    rules: Option<&RuleSet>,
    cases: &[Case],
    around: &Surroundings,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(approval) = form.requires_approval.as_ref().filter(|_| !around.looked_at_before) {
        problems.extend(unknown(
            approval,
            "unknown_approval",
            ("Det finns inget godkännande", "There is no approval"),
            &list(&around.approvals),
        ));
    }
    problems.extend(units(form, around));
    problems.extend(super::cross_reports::problems(form, workflow, around));
    if let Some(workflow) = workflow {
        problems.extend(workflow_conditions(form, workflow));
        problems.extend(super::cross_tasks::problems(form, workflow, rules));
    }
    let Some(rules) = rules else { return problems };
    problems.extend(names(form, rules.reads(), around));
    problems.extend(super::cross_answers::problems(form, rules.reads()));
    problems.extend(unused_fields(form, workflow, rules.reads()));
    problems.extend(parameters_by_period(form, rules));
    problems.extend(motivations(rules));
    problems.extend(delegation(form, rules));
    problems.extend(super::benefit::problems(form, rules));
    for case in cases {
        problems.extend(case_names(rules.reads(), case));
    }
    problems
}

fn list(set: &BTreeSet<String>) -> Vec<&str> {
    set.iter().map(String::as_str).collect()
}

pub(super) fn unknown(name: &Located<String>, code: &str, (sv, en): (&str, &str), known: &[&str]) -> Option<Problem> {
    if known.contains(&name.value.as_str()) {
        return None;
    }
    Some(Problem::error(
        name.place.clone(),
        code,
        Localized::both(format!("{sv} ”{}”.", name.value), format!("{en} \"{}\".", name.value)),
        did_you_mean(&name.value, known.iter().copied()),
    ))
}

/// Routes to units that the municipality does not have.
fn units(form: &Form, around: &Surroundings) -> Vec<Problem> {
    let Some(units) = &around.units else { return Vec::new() };
    let known = list(units);
    let routes = form.assignment.routes.iter();
    routes.filter_map(|route| unknown(&route.unit, "unknown_unit", ("Kommunen har ingen enhet", "There is no unit"), &known)).collect()
}

fn names(form: &Form, reads: &Reads, around: &Surroundings) -> Vec<Problem> {
    let fields: Vec<&str> = form.fields().filter(|field| field.kind.is_question()).map(|field| field.id.as_str()).collect();
    let facts: Vec<&str> = form.facts.iter().map(|fact| fact.id.as_str()).collect();
    let tables: Vec<&str> = form.tables.iter().map(|table| table.id.as_str()).collect();
    let (approvals, grants) = (list(&around.approvals), list(&around.grant_types));
    let each = |names: &[Located<String>], code: &str, words: (&str, &str), known: &[&str]| -> Vec<Problem> {
        names.iter().filter_map(|name| unknown(name, code, words, known)).collect()
    };
    let mut problems = each(&reads.answers, "unknown_answer", ("Formuläret frågar inte efter", "The form does not ask for"), &fields);
    problems.extend(each(&reads.facts, "unknown_fact", ("Formuläret deklarerar ingen uppgift", "The form declares no fact"), &facts));
    problems.extend(each(&reads.tables, "unknown_table", ("Formuläret deklarerar ingen tabell", "The form declares no table"), &tables));
    problems.extend(each(&reads.approvals, "unknown_approval", ("Det finns inget godkännande", "There is no approval"), &approvals));
    problems.extend(each(&reads.grants, "unknown_grant", ("Det finns inget bidrag", "There is no grant"), &grants));
    if reads.attendance && !form.uses_attendance() {
        problems.push(Problem::error(
            reads.hooks.iter().find(|hook| hook.value == Hook::Calculate).map_or_else(Place::default, |hook| hook.place.clone()),
            "attendance_not_asked",
            Localized::both(
                "Reglerna räknar på närvaro, men formuläret visar den inte.",
                "The rules use attendance, but the form does not show it.",
            ),
            Localized::both("Lägg till ett fält med type = \"attendance_period\".", "Add a field with type = \"attendance_period\"."),
        ));
    }
    problems
}

fn workflow_conditions(form: &Form, workflow: &Workflow) -> Vec<Problem> {
    let known: Vec<&str> = form.fields().map(|field| field.id.as_str()).chain(form.facts.iter().map(|fact| fact.id.as_str())).collect();
    guards(workflow).flat_map(|written| condition_problems(written, &|name| form.kind_of(name), &known)).collect()
}

fn guards(workflow: &Workflow) -> impl Iterator<Item = &Located<Written>> {
    workflow.states.iter().flat_map(|state| {
        let tasks = match &state.kind {
            StateKind::Task(tasks) => tasks.as_slice(),
            StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => &[],
        };
        let in_tasks = tasks.iter().flat_map(|task| {
            let need = match &task.need {
                TaskNeed::When(written) => Some(written),
                TaskNeed::Mandatory | TaskNeed::Optional => None,
            };
            need.into_iter().chain(task.checklist.iter().filter_map(|item| item.when.as_ref()))
        });
        state.next.iter().filter_map(|next| next.guard.as_ref()).chain(in_tasks)
    })
}

/// Fields whose answers could steer something yet steer nothing. Texts, files and contact details are for people to read.
fn unused_fields(form: &Form, workflow: Option<&Workflow>, reads: &Reads) -> Vec<Problem> {
    let mut used: BTreeSet<&str> = reads.answers.iter().map(|answer| answer.value.as_str()).collect();
    let conditions = form
        .sections
        .iter()
        .filter_map(|section| section.show_if.as_ref())
        .chain(form.fields().flat_map(conditions_of))
        .chain(form.checkpoints.risks.iter().map(|risk| &risk.when))
        .chain(form.assignment.routes.iter().map(|route| &route.guard))
        .chain(workflow.into_iter().flat_map(guards));
    used.extend(conditions.flat_map(|written| written.value.condition.names()));
    let ranked = form.ranking.iter().flat_map(|ranking| [ranking.category.as_ref(), ranking.district.as_ref()]);
    used.extend(ranked.flatten().chain(&form.applied).map(|field| field.value.as_str()));
    used.extend(form.approval.iter().filter_map(|approval| approval.year_end.as_ref()).map(|id| id.value.as_str()));
    form.fields()
        .filter(|field| steers(&field.kind) && !used.contains(field.id.as_str()))
        .map(|field| {
            Problem::warning(
                field.place.clone(),
                "unused_field",
                Localized::both(
                    format!("Svaret på ”{}” används varken i regler eller villkor.", field.id),
                    format!("The answer to \"{}\" is used in neither rules nor conditions.", field.id),
                ),
                Localized::both(
                    "Fråga bara efter det som behövs: använd svaret eller ta bort frågan.",
                    "Ask only for what is needed: use the answer or remove the question.",
                ),
            )
        })
        .collect()
}

fn conditions_of(field: &Field) -> impl Iterator<Item = &Located<Written>> {
    let required = match &field.required {
        Requirement::RequiredIf(written) => Some(written),
        Requirement::Optional | Requirement::Required => None,
    };
    field.show_if.iter().chain(required)
}

fn steers(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Choices(_)
        | FieldKind::Integer(_)
        | FieldKind::Decimal(_)
        | FieldKind::Money(_)
        | FieldKind::Date(_)
        | FieldKind::DateRange(_)
        | FieldKind::Budget { .. }
        | FieldKind::Members => true,
        FieldKind::Text(_)
        | FieldKind::LongText(_)
        | FieldKind::OrganisationNumber
        | FieldKind::PersonalNumber { .. }
        | FieldKind::BankAccount(_)
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::PostalAddress
        | FieldKind::Municipality
        | FieldKind::Attachment(_)
        | FieldKind::Group(_)
        | FieldKind::AttendancePeriod
        | FieldKind::Declaration
        | FieldKind::Information
        | FieldKind::Calculated(_) => false,
    }
}

/// Every used parameter must have a value in every period, and one value where one is used.
fn parameters_by_period(form: &Form, rules: &RuleSet) -> Vec<Problem> {
    let one_day: BTreeSet<&str> = rules.reads().one_day.iter().map(|parameter| parameter.value.as_str()).collect();
    let used: BTreeSet<&str> = rules.reads().parameters.iter().map(|parameter| parameter.value.as_str()).collect();
    let mut problems = Vec::new();
    for (id, parameter) in rules.parameters().iter().filter(|(id, _)| used.contains(id)) {
        for period in &form.periods {
            let (dates, name) = (&period.dates.covers, &period.dates.id);
            let day = match parameter.basis {
                Some(Basis::PeriodStart) | None => dates.from,
                Some(Basis::PeriodEnd) => dates.to,
                Some(Basis::Received) => period.dates.opens,
                Some(Basis::Due) => period.dates.closes,
            };
            if parameter.on(day).is_none() {
                problems.push(Problem::error(
                    parameter.place.clone(),
                    "parameter_missing_for_period",
                    Localized::both(
                        format!("”{id}” har inget värde den {day}, som perioden ”{name}” behöver."),
                        format!("\"{id}\" has no value on {day}, which the period \"{name}\" needs."),
                    ),
                    Localized::both(
                        format!("Lägg till ett värde med from = {day} eller tidigare."),
                        format!("Add a value with from = {day} or earlier."),
                    ),
                ));
            }
            let earlier = parameter.on(dates.from);
            let change = parameter.changes_within(dates.from, dates.to).next();
            if let (None, Some(_), Some(change), true) = (parameter.basis, earlier, change, one_day.contains(id)) {
                problems.push(Problem::error(
                    parameter.place.clone(),
                    "parameter_changes_within_period",
                    Localized::both(
                        format!("”{id}” ändras {change}, mitt i perioden ”{name}”: det går inte att veta vilket värde som gäller."),
                        format!("\"{id}\" changes on {change}, within the period \"{name}\": it cannot be told which value holds."),
                    ),
                    Localized::both(
                        "Skriv basis = \"period_start\" eller \"period_end\", eller låt ändringen börja med en period.",
                        "Write basis = \"period_start\" or \"period_end\", or let the change begin with a period.",
                    ),
                ));
            }
        }
    }
    problems
}

/// What refuses or reduces must say why, and by which paragraph (förvaltningslagen 32 §).
fn motivations(rules: &RuleSet) -> Vec<Problem> {
    let paragraph_of = |name: &str| rules.parameters().get(name).is_some_and(|parameter| !parameter.paragraph.trim().is_empty());
    let below_one = |name: &str| {
        let values = rules.parameters().get(name).into_iter().flat_map(|parameter| &parameter.values);
        values.filter_map(|dated| dated.value.number()).any(|value| value < rust_decimal::Decimal::ONE)
    };
    let adverse = rules.reads().adverse.iter().filter(|row| !row.scales || row.parameter.as_deref().is_some_and(below_one));
    let ids: BTreeSet<&str> = adverse.map(|row| row.id.value.as_str()).collect();
    let with_parameter: BTreeSet<&str> = rules
        .reads()
        .adverse
        .iter()
        .filter(|row| row.parameter.as_deref().is_some_and(paragraph_of))
        .map(|row| row.id.value.as_str())
        .collect();
    let mut problems = Vec::new();
    for id in &ids {
        let Some(text) = rules.texts().get(id) else { continue };
        if text.motivation.is_none() {
            problems.push(Problem::error(
                text.place.clone(),
                "missing_motivation",
                Localized::both(
                    format!("”{id}” kan sänka eller neka bidraget men har ingen motivering till beslutet (förvaltningslagen 32 §)."),
                    format!("\"{id}\" can reduce or refuse the grant but has no motivation for the decision (Administrative Procedure Act, section 32)."),
                ),
                Localized::both(
                    "Lägg till motivation = { sv = \"…\" } med gränsen och ärendets eget värde, {limit} och {value}.",
                    "Add motivation = { sv = \"…\" } with the limit and the case's own value, {limit} and {value}.",
                ),
            ));
        }
        let own = text.paragraph.as_ref().is_some_and(|paragraph| !paragraph.trim().is_empty());
        if !own && !paragraph_of(id) && !with_parameter.contains(id) {
            problems.push(Problem::error(
                text.place.clone(),
                "missing_paragraph",
                Localized::both(
                    format!("”{id}” kan sänka eller neka bidraget men anger ingen paragraf i kommunens regler."),
                    format!("\"{id}\" can reduce or refuse the grant but names no paragraph of the municipality's rules."),
                ),
                Localized::both("Lägg till paragraph = \"§ 2\".", "Add paragraph = \"§ 2\"."),
            ));
        }
    }
    problems
}

fn delegation(form: &Form, rules: &RuleSet) -> Option<Problem> {
    let limit = form.delegation_limit.as_ref()?;
    let amounts: Vec<&str> = rules.parameters().iter().filter(|(_, parameter)| parameter.kind == Kind::Money).map(|(id, _)| id).collect();
    let problem = unknown(
        limit,
        "unknown_parameter",
        (
            "delegation_limit ska nämna ett belopp i parameters.toml, men där finns inget som heter",
            "delegation_limit must name an amount in parameters.toml, but there is none called",
        ),
        &amounts,
    )?;
    let (name, path) = (&limit.value, format!("rules/{}/parameters.toml", form.id));
    let (sv, en) = match (rules.parameters().get(name), nearest(name, amounts.iter().copied())) {
        (Some(_), _) => {
            (format!("Ändra [{name}] i {path} till type = \"money\"."), format!("Change [{name}] in {path} to type = \"money\"."))
        }
        (None, Some(near)) => (format!("Menade du ”{near}”?"), format!("Did you mean \"{near}\"?")),
        (None, None) => (
            format!(
                "Lägg till [{name}] med type = \"money\" i {path}: det högsta belopp en delegat får bevilja. Ta bort raden delegation_limit om ingen sådan gräns finns."
            ),
            format!(
                "Add [{name}] with type = \"money\" to {path}: the highest amount a delegate may grant. Remove the line delegation_limit where there is no such limit."
            ),
        ),
    };
    let hint = Localized::both(sv, en);
    Some(Problem { hint, ..problem })
}

/// Whether a problem says that nothing uses a parameter which the form or the workflow names.
pub(super) fn used_outside(form: &Form, workflow: Option<&Workflow>, rules: &RuleSet, problem: &Problem) -> bool {
    let counts = workflow.into_iter().flat_map(super::cross_tasks::counts);
    let mut named = form.delegation_limit.iter().chain(counts).filter_map(|name| rules.parameters().get(&name.value));
    problem.code == "unused_parameter" && named.any(|parameter| parameter.place == problem.place)
}

/// Rows the host writes of its own accord.
const HOST_ROWS: [&str; 3] = ["rounding", "requirement_not_met", "total"];

/// Whether a row's id is one of those that begin with another and end with the numbers of a band or a step.
fn belongs(row: &str, family: &str) -> bool {
    let rest = row.strip_prefix(family).and_then(|rest| rest.strip_prefix('_'));
    rest.is_some_and(|rest| rest == "rest" || (!rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '_')))
}

fn case_names(reads: &Reads, case: &Case) -> Vec<Problem> {
    let rows: Vec<&str> = reads.rows.iter().map(|row| row.value.as_str()).chain(HOST_ROWS).collect();
    let checks: Vec<&str> = reads.texts().map(|check| check.value.as_str()).collect();
    let rows = case
        .expect
        .rows
        .iter()
        .filter(|(row, _)| !reads.families.iter().any(|family| belongs(&row.value, &family.value)))
        .filter_map(|(row, _)| unknown(row, "unknown_row", ("Reglerna skriver ingen rad", "The rules write no row"), &rows));
    let checks = case
        .expect
        .checks
        .iter()
        .filter_map(|(check, _)| unknown(check, "unknown_check", ("Reglerna har inget krav", "The rules have no check"), &checks));
    rows.chain(checks).collect()
}
