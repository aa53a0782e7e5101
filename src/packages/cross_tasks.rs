//! Checks what a workflow's tasks and waits ask of the form and the rules: how many assess, whose scores are weighed
//! together, what a round is ranked by.

use super::cross::unknown;
use crate::domain::{Localized, Problem};
use crate::forms::{FieldKind, Form};
use crate::rules::{Kind, RuleSet};
use crate::text::definition::Located;
use crate::workflows::{Count, StateKind, Task, WaitFor, Workflow};

/// Everything wrong between tasks, form and rules.
pub(super) fn problems(form: &Form, workflow: &Workflow, rules: Option<&RuleSet>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = moderations(workflow).collect();
    if let Some(rules) = rules {
        problems.extend(counts(workflow).flat_map(|name| count(form, rules, name)));
    }
    problems.extend(ranking(form));
    problems.extend(ranked_without_fields(form, workflow));
    problems.extend(experts(form, workflow));
    problems
}

/// The parameters that say how many do a task.
pub(super) fn counts(workflow: &Workflow) -> impl Iterator<Item = &Located<String>> {
    tasks(workflow).filter_map(|task| match &task.count {
        Count::Parameter(name) => Some(name),
        Count::Fixed(_) => None,
    })
}

fn tasks(workflow: &Workflow) -> impl Iterator<Item = &Task> {
    workflow.states.iter().flat_map(|state| match &state.kind {
        StateKind::Task(tasks) => tasks.as_slice(),
        StateKind::Automatic(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => &[],
    })
}

fn moderations(workflow: &Workflow) -> impl Iterator<Item = Problem> {
    let scored: Vec<&str> = tasks(workflow).filter(|task| task.scales().next().is_some()).map(|task| task.id.as_str()).collect();
    tasks(workflow)
        .filter_map(Task::moderates)
        .filter_map(move |of| unknown(of, "unknown_task", ("Ingen uppgift med skalor heter", "No task with scales is called"), &scored))
}

fn count(form: &Form, rules: &RuleSet, name: &Located<String>) -> Vec<Problem> {
    let numbers: Vec<&str> = rules.parameters().iter().filter(|(_, parameter)| parameter.kind == Kind::Integer).map(|(id, _)| id).collect();
    let Some(parameter) = rules.parameters().get(&name.value).filter(|parameter| parameter.kind == Kind::Integer) else {
        let words = (
            "count ska nämna ett heltal i parameters.toml, men där finns inget som heter",
            "count must name an integer parameter, but there is none called",
        );
        return unknown(name, "unknown_parameter", words, &numbers).into_iter().collect();
    };
    let missing = form.periods.iter().filter(|period| parameter.on(period.dates.covers.from).is_none());
    missing
        .map(|period| {
            let period = &period.dates.id;
            Problem::error(
                parameter.place.clone(),
                "parameter_missing_for_period",
                Localized::both(
                    format!("”{}” har inget värde när perioden {period} börjar.", name.value),
                    format!("\"{}\" has no value when the period {period} begins.", name.value),
                ),
                Localized::both("Lägg till ett värde som gäller från perioden.", "Add a value that holds from the period."),
            )
        })
        .collect()
}

fn ranking(form: &Form) -> Vec<Problem> {
    let of_kind = |fits: fn(&FieldKind) -> bool| -> Vec<&str> {
        form.fields().filter(|field| fits(&field.kind)).map(|field| field.id.as_str()).collect()
    };
    let (money, choices) = (of_kind(|kind| matches!(kind, FieldKind::Money(_))), of_kind(|kind| matches!(kind, FieldKind::Choice(_))));
    let applied = form.applied.iter().filter_map(|applied| {
        unknown(applied, "unknown_field", ("Det finns inget beloppsfält som heter", "There is no money field called"), &money)
    });
    let spread = form.ranking.iter().flat_map(|ranking| [&ranking.category, &ranking.district]).flatten();
    let spread = spread
        .filter_map(|field| unknown(field, "unknown_field", ("Det finns inget val som heter", "There is no choice called"), &choices));
    applied.chain(spread).collect()
}

/// A round can be ranked only by what the form asks for.
fn ranked_without_fields(form: &Form, workflow: &Workflow) -> Option<Problem> {
    let ranked = workflow.states.iter().find(|state| matches!(state.kind, StateKind::Wait { until: WaitFor::Ranking, .. }))?;
    if form.ranking.is_some() {
        return None;
    }
    Some(Problem::error(
        ranked.place.clone(),
        "ranking_missing",
        Localized::both(
            format!("I läget ”{}” rangordnas ansökningarna, men formuläret säger inte efter vad.", ranked.id),
            format!("In the state \"{}\" applications are ranked, but the form does not say by what.", ranked.id),
        ),
        Localized::both(
            format!("Lägg till [ranking] i forms/{}.toml: applied = \"…\" nämner fältet med sökt belopp.", form.id),
            format!("Add [ranking] to forms/{}.toml: applied = \"…\" names the field with the amount applied for.", form.id),
        ),
    ))
}

/// What invited experts may read must be there, and so must something for them to score.
fn experts(form: &Form, workflow: &Workflow) -> Vec<Problem> {
    let Some(experts) = &form.experts else { return Vec::new() };
    let known: Vec<&str> = form.sections.iter().map(|section| section.id.as_str()).collect();
    let words = ("Formuläret har inget avsnitt som heter", "The form has no section called");
    let unread = experts.sections.iter().filter_map(|section| unknown(section, "unknown_section", words, &known));
    let scored = tasks(workflow).any(Task::takes_experts);
    let idle = (!scored).then(|| {
        Problem::error(
            experts.place.clone(),
            "experts_without_scales",
            Localized::both(
                format!("Arbetsflödet ”{}” har ingen uppgift med skalor som en sakkunnig kan bedöma efter.", workflow.id),
                format!("The workflow \"{}\" has no task with scales for an expert to assess by.", workflow.id),
            ),
            Localized::both(
                "Välj ett arbetsflöde med bedömning, eller ta bort [experts].",
                "Choose a workflow with assessment, or remove [experts].",
            ),
        )
    });
    unread.chain(idle).collect()
}
