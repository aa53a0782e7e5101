//! `bifall show`: one case.

use std::io::Write;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::{Value, json};

use super::instance::Instance;
use super::{evaluate, out};
use crate::app::Tenant;
use crate::domain::calculation::Evaluation;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::{calculation, packages};
use crate::store::calculations::CalculationRow;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::events::EventRow;
use crate::store::jobs::JobRow;
use crate::store::{self, Tx};
use crate::text::number;

/// Shows a case: where it stands, checks, account of marks, rows, decisions and timeline.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall show \"KFN 2026/1-3\"")]
pub struct Args {
    /// The case, by diary number or id
    case: String,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

struct Shown {
    case: CaseRow,
    state: String,
    applicant: String,
    calculation: Option<(CalculationRow, Evaluation)>,
    decisions: Vec<DecisionRow>,
    reasons: Vec<String>,
    troubled: Vec<JobRow>,
    events: Vec<EventRow>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such case or the database cannot be read.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let shown = instance.with(async |tenant| load(tenant, &args.case).await)?;
    if args.json {
        out::json(&machine(&shown)?)?
    } else {
        human(&shown)?
    }
    Ok(ExitCode::SUCCESS)
}

/// A case by its diary number or id, for other commands.
pub(super) async fn find(tx: &mut Tx, text: &str) -> anyhow::Result<CaseRow> {
    let row = match text.parse::<uuid::Uuid>() {
        Ok(id) => store::cases::by_id(tx, CaseId(id)).await?,
        Err(_) => store::cases::by_number(tx, text.trim()).await?,
    };
    row.ok_or_else(|| anyhow!("Det finns inget ärende ”{text}”. Numren står i: bifall cases"))
}

async fn load(tenant: &Tenant, text: &str) -> anyhow::Result<Shown> {
    let mut tx = tenant.db.read().await?;
    let case = find(&mut tx, text).await?;
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    let label = package.workflow.state(&case.state).and_then(|state| state.label.clone());
    let newest = store::calculations::newest(&mut tx, case.id).await?;
    let calculation = match newest {
        Some(row) => Some((calculation::evaluation(&row)?, row)).map(|(evaluation, row)| (row, evaluation)),
        None => None,
    };
    let jobs = store::jobs::of_case(&mut tx, case.id).await?;
    Ok(Shown {
        state: label.map_or_else(|| case.state.clone(), |label| label.sv),
        applicant: store::organisations::name(&mut tx, case.organisation_id, tenant.clock.today()).await?,
        calculation,
        decisions: store::decisions::of_case(&mut tx, case.id).await?,
        reasons: store::cases::checkpoints(&mut tx, case.id).await?.into_iter().map(|(_, _, reason)| reason).collect(),
        troubled: jobs.into_iter().filter(|job| job.done_at.is_none() && job.last_error.is_some()).collect(),
        events: store::events::of_stream(&mut tx, "case", case.id.0).await?,
        case,
    })
}

fn machine(shown: &Shown) -> anyhow::Result<Value> {
    let case = &shown.case;
    let events: Vec<Value> = shown
        .events
        .iter()
        .map(|event| {
            Ok(json!({ "at": event.at, "actor": event.actor, "type": event.kind, "body": serde_json::from_slice::<Value>(&event.body)? }))
        })
        .collect::<anyhow::Result<_>>()?;
    let decisions: Vec<Value> = shown
        .decisions
        .iter()
        .map(|row| {
            json!({
                "decision": row.id, "version": row.version, "outcome": row.outcome.word(), "amount_ore": row.amount_ore,
                "decided_at": row.decided_at, "dispatched_at": row.dispatched_at, "undone_at": row.undone_at,
                "changes": row.changes, "replaced_at": row.replaced_at,
            })
        })
        .collect();
    Ok(json!({
        "case": case.id, "number": case.number, "applicant": shown.applicant, "grant_type": case.grant_type, "period": case.period,
        "state": case.state, "received_at": case.received_at, "due": case.due, "amount_ore": case.amount_ore,
        "outcome": case.outcome.map(crate::domain::grant::Outcome::word),
        "calculation": shown.calculation.as_ref().map(|(row, evaluation)| json!({
            "kind": row.kind.word(), "total_ore": row.total_ore, "checks": evaluation.checks, "rows": evaluation.rows,
            "account": evaluation.account, "input_hash": row.input_hash, "result_hash": row.result_hash,
        })),
        "decisions": decisions, "checkpoints": shown.reasons, "events": events,
        "troubled": shown.troubled.iter().map(|job| json!({ "step": job.step, "error": job.last_error })).collect::<Vec<_>>(),
    }))
}

fn human(shown: &Shown) -> anyhow::Result<()> {
    let mut out = out::stdout();
    let case = &shown.case;
    writeln!(out, "{}  {} {}  {}", case.number, case.grant_type, case.period, shown.applicant)?;
    writeln!(out, "{}, inkommen {}", shown.state, number::moment(case.received_at, Language::Sv))?;
    for reason in &shown.reasons {
        writeln!(out, "Till handläggare: {reason}")?;
    }
    for job in &shown.troubled {
        writeln!(out, "Steget {} gick inte: {}", job.step, job.last_error.as_deref().unwrap_or_default())?;
    }
    if let Some((row, evaluation)) = &shown.calculation {
        let kind = match row.kind {
            store::calculations::CalculationKind::Provisional => "Preliminär beräkning",
            store::calculations::CalculationKind::Final => "Slutlig beräkning",
        };
        writeln!(out, "\n{kind}, {}", number::moment(row.at, Language::Sv))?;
        evaluate::print(&mut out, evaluation)?;
    }
    for row in &shown.decisions {
        let state = match (row.undone_at, row.dispatched_at) {
            (Some(at), _) => format!("återtaget {}", number::moment(at, Language::Sv)),
            (None, Some(at)) => format!("skickat {}", number::moment(at, Language::Sv)),
            (None, None) => format!("skickas {}", number::moment(row.dispatch_at, Language::Sv)),
        };
        let state = match row.replaced_at {
            Some(at) => format!("{state}, ersatt {}", number::moment(at, Language::Sv)),
            None => state,
        };
        let outcome = crate::services::decisions::outcome_words(row.outcome);
        writeln!(out, "\nBeslut {}: {outcome}, {}, {state}", row.version, number::money(row.amount_ore))?;
    }
    writeln!(out, "\nHändelser")?;
    for event in &shown.events {
        writeln!(
            out,
            "  {}  {:<24} {}",
            event.at.with_timezone(&chrono_tz::Europe::Stockholm).format("%Y-%m-%d %H:%M"),
            event.kind,
            event.actor
        )?;
    }
    out.flush()?;
    Ok(())
}
