//! Every case has what the state it stands in needs to go on.

use super::Report;
use crate::app::Tenant;
use crate::services::cases::queue;
use crate::services::{ServiceResult, packages};
use crate::store::cases::CaseRow;
use crate::store::jobs::{JobKind, JobRow};
use crate::store::{Tx, cases, decisions, jobs, snapshots, tasks};
use crate::workflows::{StateKind, WaitFor};

/// No case stands where nothing and nobody will move it. A job that was given up is waiting for a person, not lost.
pub(super) async fn all(tx: &mut Tx, tenant: &Tenant, report: &mut Report) -> ServiceResult<()> {
    for case in cases::all(tx).await? {
        report.cases += 1;
        one(tx, tenant, &case, report).await?;
    }
    Ok(())
}

async fn one(tx: &mut Tx, tenant: &Tenant, case: &CaseRow, report: &mut Report) -> ServiceResult<()> {
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let Some(state) = package.workflow.state(&case.state) else {
        report.add("case_state", &case.number, "Ärendet är i ett läge som inte finns.", "The case is in a state that is not there.");
        return Ok(());
    };
    let states = cases::states(tx, case.id).await?;
    let here = states.last().is_some_and(|row| row.entered == case.entered && row.state == case.state && row.left_at.is_none());
    if !here || states.iter().filter(|row| row.left_at.is_none()).count() != 1 {
        report.add("case_states", &case.number, "Ärendets lägen hänger inte ihop.", "The case's states do not hang together.");
    }
    if cases::application(tx, case.id).await.is_err() {
        report.add("case_application", &case.number, "Ärendet har ingen gällande ansökan.", "The case has no application in force.");
    }
    if !queue::agrees(tx, &package, case).await? {
        report.add(
            "case_queue",
            &case.number,
            "Ärendets rad i kön stämmer inte med ärendet.",
            "The case's line in the queue is not what the case says.",
        );
    }
    let unfinished: Vec<JobRow> = jobs::of_case(tx, case.id).await?.into_iter().filter(|job| job.done_at.is_none()).collect();
    let waits = |kind: JobKind| unfinished.iter().any(|job| job.kind == kind && job.entered == case.entered);
    match &state.kind {
        StateKind::Automatic(_) if !waits(JobKind::Step) => {
            report.add(
                "case_stuck",
                &case.number,
                "Ärendet står i ett automatiskt läge utan något steg kvar.",
                "No step is left to move the case.",
            );
        }
        StateKind::Wait { until, days } => {
            let over = *until == WaitFor::PeriodClose && snapshots::of_period(tx, &case.grant_type, &case.period).await?.is_some();
            if (days.is_some() || over) && !waits(JobKind::Wait) {
                report.add("case_stuck", &case.number, "Ärendet väntar utan att något avslutar väntan.", "Nothing ends the case's wait.");
            }
        }
        StateKind::Task(list) if !list.is_empty() && tasks::open_of_case(tx, case.id).await?.is_empty() => {
            report.add(
                "case_stuck",
                &case.number,
                "Ärendet väntar på en uppgift som inte finns.",
                "The case waits for a task that is not there.",
            );
        }
        StateKind::End if case.closed_at.is_none() => {
            report.add(
                "case_open",
                &case.number,
                "Ärendet är i sitt slutläge men inte avslutat.",
                "The case is at its end but not closed.",
            );
        }
        StateKind::Automatic(_) | StateKind::Task(_) | StateKind::Decision | StateKind::End => {}
    }
    // A change of a decision is sent from whatever state its case has come to.
    let to_send = decisions::standing(tx, case.id).await?.is_some_and(|row| row.dispatched_at.is_none());
    if to_send && !unfinished.iter().any(|job| job.kind == JobKind::Dispatch) {
        report.add("case_stuck", &case.number, "Beslutet är inte skickat och inget skickar det.", "Nothing will send the decision.");
    }
    Ok(())
}
