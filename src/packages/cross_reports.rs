//! A report leans on the grant it is about: on its periods, its dates and its reservation.

use super::cross::unknown;
use super::load::{Reportable, Surroundings};
use crate::domain::grant::GrantKind;
use crate::domain::{Localized, Problem};
use crate::forms::{DueAfter, Form, Releases, ReportSettings};
use crate::text::definition::did_you_mean;
use crate::workflows::{SEND_BACK, State, StateKind, Step, Workflow};

pub(super) fn problems(form: &Form, workflow: Option<&Workflow>, around: &Surroundings) -> Vec<Problem> {
    let mut problems = steps(form, workflow);
    let Some(report) = form.report.as_ref().filter(|_| !around.looked_at_before) else { return problems };
    let known: Vec<&str> = around.grant_types.iter().map(String::as_str).filter(|id| *id != form.id).collect();
    problems.extend(unknown(&report.of, "unknown_grant", ("Det finns inget bidrag", "There is no grant"), &known));
    if let Some(of) = around.reported.get(&report.of.value) {
        problems.extend(leans_on(form, report, of));
    }
    problems
}

fn leans_on(form: &Form, report: &ReportSettings, of: &Reportable) -> Vec<Problem> {
    let mut problems = Vec::new();
    if report.releases == Releases::Report && !of.reserves {
        problems.push(Problem::error(
            report.of.place.clone(),
            "no_reservation",
            Localized::both(
                format!(
                    "Redovisningen kan leda till återkrav, men besluten om ”{}” har inget förbehåll (förvaltningslagen 37 §).",
                    report.of.value
                ),
                format!(
                    "The report may lead to recovery, but decisions on \"{}\" reserve nothing (Administrative Procedure Act, section 37).",
                    report.of.value
                ),
            ),
            Localized::both(
                format!("Skriv recall_reservation i forms/{}.toml.", report.of.value),
                format!("Write recall_reservation in forms/{}.toml.", report.of.value),
            ),
        ));
    }
    if let DueAfter::Answer(field) = &report.due_after {
        let dates: Vec<&str> = of.dates.iter().map(String::as_str).collect();
        problems.extend(unknown(
            field,
            "unknown_date",
            ("Det bidrag som redovisas frågar inte efter något datum", "The grant that is reported on asks for no date"),
            &dates,
        ));
    }
    let own: Vec<&str> = form.periods.iter().map(|period| period.dates.id.as_str()).collect();
    for period in of.periods.iter().filter(|period| !own.contains(&period.as_str())) {
        problems.push(Problem::error(
            report.of.place.clone(),
            "period_not_reported",
            Localized::both(
                format!("Det går inte att redovisa perioden ”{period}” av ”{}”.", report.of.value),
                format!("The period \"{period}\" of \"{}\" cannot be reported on.", report.of.value),
            ),
            Localized::both(
                format!("Lägg till [[period]] id = \"{period}\" även i redovisningen."),
                format!("Add [[period]] id = \"{period}\" to the report too."),
            ),
        ));
    }
    for period in form.periods.iter().filter(|period| !of.periods.contains(&period.dates.id)) {
        problems.push(Problem::error(
            period.place.clone(),
            "unknown_period",
            Localized::both(
                format!("”{}” har ingen period ”{}”.", report.of.value, period.dates.id),
                format!("\"{}\" has no period \"{}\".", report.of.value, period.dates.id),
            ),
            did_you_mean(&period.dates.id, of.periods.iter().map(String::as_str)),
        ));
    }
    problems
}

/// A report is settled or released by its workflow; nothing else is.
fn steps(form: &Form, workflow: Option<&Workflow>) -> Vec<Problem> {
    let Some(workflow) = workflow else { return Vec::new() };
    let has = |wanted: Step| workflow.states.iter().any(|state| does(state, wanted));
    let (settles, releases) = (has(Step::Settle), has(Step::Release));
    let (wanted, unwanted) = match form.report.as_ref().map(|report| report.releases) {
        Some(Releases::Report) => (Some(("settle", settles)), [("release", releases), ("payout", has(Step::Payout))]),
        Some(Releases::Requisition) => (Some(("release", releases)), [("settle", settles), ("payout", has(Step::Payout))]),
        None if form.kind == GrantKind::Report => return Vec::new(),
        None => (None, [("settle", settles), ("release", releases)]),
    };
    let mut problems = Vec::new();
    if let Some((step, false)) = wanted {
        problems.push(Problem::error(
            form.workflow.place.clone(),
            "step_missing",
            Localized::both(
                format!("Arbetsflödet ”{}” har inget steg ”{step}”.", workflow.id),
                format!("The workflow \"{}\" has no step \"{step}\".", workflow.id),
            ),
            Localized::both(
                "Välj workflow = \"report\" för en redovisning och \"requisition\" för en rekvisition.",
                "Choose workflow = \"report\" for a report and \"requisition\" for a requisition.",
            ),
        ));
    }
    for (step, _) in unwanted.into_iter().filter(|(_, there)| *there) {
        problems.push(Problem::error(
            form.workflow.place.clone(),
            "step_unfit",
            Localized::both(
                format!("Steget ”{step}” i arbetsflödet ”{}” hör inte till den här sortens ärende.", workflow.id),
                format!("The step \"{step}\" of the workflow \"{}\" does not belong to this kind of case.", workflow.id),
            ),
            Localized::both(
                "settle hör till redovisningar, release till rekvisitioner och payout till bidrag.",
                "settle belongs to reports, release to requisitions and payout to grants.",
            ),
        ));
    }
    // Only what is not decided can be given back without a decision.
    let gives_back = workflow.states.iter().flat_map(|state| &state.next).find(|next| next.action.as_deref() == Some(SEND_BACK));
    if let Some(next) = gives_back.filter(|_| form.report.as_ref().is_none_or(|report| report.releases != Releases::Requisition)) {
        problems.push(Problem::error(
            next.place.clone(),
            "action_unfit",
            Localized::both(
                format!("Valet ”{SEND_BACK}” i arbetsflödet ”{}” hör bara till rekvisitioner.", workflow.id),
                format!("The action \"{SEND_BACK}\" of the workflow \"{}\" belongs to requisitions alone.", workflow.id),
            ),
            Localized::both(
                "Begär komplettering med request_supplement, eller gå vidare till ett beslut.",
                "Ask for a supplement with request_supplement, or go on to a decision.",
            ),
        ));
    }
    problems
}

fn does(state: &State, wanted: Step) -> bool {
    match &state.kind {
        StateKind::Automatic(steps) => steps.contains(&wanted),
        StateKind::Task(_) | StateKind::Decision | StateKind::Wait { .. } | StateKind::End => false,
    }
}
