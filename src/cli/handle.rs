//! `bifall handle`: does the open tasks of cases.

use std::io::Write;
use std::process::ExitCode;

use serde_json::json;

use super::instance::{Instance, staff};
use super::{out, show};
use crate::app::Tenant;
use crate::domain::id::CaseId;
use crate::services::tasks::{Filled, complete};
use crate::services::{Actor, ServiceError, packages};
use crate::store;
use crate::store::tasks::TaskRow;
use crate::workflows::StateKind;

/// Does the open tasks of the cases' present state, every line of their checklists ticked, and moves the cases on.
/// What asks for judgements of its own is done in the browser.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall handle --as \"Anna Ek\" --all --comment \"Stickprov granskat\"
  bifall handle --as \"Anna Ek\" --action approve \"KFN 2026/1-3\"

Exit code 1 when a task was left out.")]
pub struct Args {
    /// Who does them: an officer
    #[arg(long = "as", value_name = "NAME")]
    actor: String,
    /// The way on that is chosen
    #[arg(long, value_name = "ID", default_value = "approve")]
    action: String,
    /// A comment for the case file
    #[arg(long, value_name = "TEXT", default_value = "")]
    comment: String,
    /// Every open task
    #[arg(long, conflicts_with = "cases", required_unless_present = "cases")]
    all: bool,
    /// The cases, by diary number or id
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the actor or a case is not there, or the database refuses.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let done = instance.with(async |tenant| {
        let actor = staff(tenant, &args.actor).await?;
        let mut tx = tenant.db.read().await?;
        let mut wanted: Vec<CaseId> = Vec::new();
        for case in &args.cases {
            wanted.push(show::find(&mut tx, case).await?.id);
        }
        let mut open = store::tasks::open(&mut tx).await?;
        drop(tx);
        open.retain(|task| args.all || wanted.contains(&task.case_id));
        let mut done: Vec<(String, TaskRow, Result<(), ServiceError>)> = Vec::new();
        for task in open {
            let Some((number, result)) = one(tenant, &actor, &task, &args).await? else { continue };
            done.push((number, task, result));
        }
        Ok(done)
    })?;
    let left_out = done.iter().filter(|(_, _, result)| result.is_err()).count();
    if args.json {
        let line = |(number, task, result): &(String, TaskRow, Result<(), ServiceError>)| json!({ "number": number, "task": task.task, "reason": task.reason, "refused": result.as_ref().err().map(out::words) });
        out::json(&json!({ "done": done.len() - left_out, "tasks": done.iter().map(line).collect::<Vec<_>>() }))?;
    } else {
        let mut out = out::stdout();
        for (number, task, result) in &done {
            let said = result.as_ref().err().map_or_else(|| "klar".to_owned(), super::out::words);
            writeln!(out, "{number:<16} {}: {said}", task.reason.replace('\n', " "))?;
        }
        writeln!(out, "{} uppgifter klara, {left_out} utelämnade.", done.len() - left_out)?;
        out.flush()?;
    }
    Ok(out::verdict(left_out == 0))
}

/// Does a task of the workflow; other tasks, such as late attendance to look at, are not moved on by it.
async fn one(tenant: &Tenant, actor: &Actor, task: &TaskRow, args: &Args) -> anyhow::Result<Option<(String, Result<(), ServiceError>)>> {
    let mut tx = tenant.db.read().await?;
    let Some(case) = store::cases::by_id(&mut tx, task.case_id).await? else { return Ok(None) };
    let package = packages::version(&mut tx, tenant, case.package_version_id).await?;
    drop(tx);
    let Some(StateKind::Task(list)) = package.workflow.state(&case.state).map(|state| &state.kind) else { return Ok(None) };
    let Some(declared) = list.iter().find(|declared| declared.id == task.task) else { return Ok(None) };
    let filled = Filled { checked: declared.checklist.iter().map(|line| (line.id.clone(), true)).collect(), ..Filled::default() };
    let result = complete(tenant, actor, task.id, &args.action, &filled, &args.comment).await;
    Ok(Some((case.number, result)))
}
