//! Tasks of a workflow and what people did with them.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Result, Tx};
use crate::domain::id::{CaseId, TaskId, UserId};

/// A task.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TaskRow {
    /// Identity.
    pub id: TaskId,
    /// Case.
    pub case_id: CaseId,
    /// The case's `entered` it belongs to.
    pub entered: i64,
    /// The task's id in the workflow.
    pub task: String,
    /// Who may do it.
    pub role: String,
    /// Why it is here, in Swedish, pre-written.
    pub reason: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The day it should be done.
    pub due: Option<NaiveDate>,
    /// When it was done or became void.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What somebody did with a task.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TaskResultRow {
    /// Identity.
    pub id: Uuid,
    /// Task.
    pub task_id: TaskId,
    /// Who.
    pub user_id: UserId,
    /// The action taken.
    pub action: String,
    /// The checklist, canonical JSON.
    pub checklist: String,
    /// The comment.
    pub comment: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a task.
pub async fn insert(tx: &mut Tx, row: &TaskRow) -> Result<()> {
    run!(
        tx,
        "insert into task (id, case_id, entered, task, role, reason, opened_at, due) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.case_id,
        row.entered,
        &row.task,
        &row.role,
        &row.reason,
        row.opened_at,
        row.due
    )?;
    Ok(())
}

/// A task.
pub async fn by_id(tx: &mut Tx, id: TaskId) -> Result<Option<TaskRow>> {
    optional!(tx, TaskRow, "select * from task where id = $1", id)
}

/// A case's tasks, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<TaskRow>> {
    all!(tx, TaskRow, "select * from task where case_id = $1 order by opened_at, id", case)
}

/// A case's open tasks, those beside the workflow too.
pub async fn open_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<TaskRow>> {
    all!(tx, TaskRow, "select * from task where case_id = $1 and closed_at is null order by opened_at, id", case)
}

/// All open tasks, oldest first.
pub async fn open(tx: &mut Tx) -> Result<Vec<TaskRow>> {
    all!(tx, TaskRow, "select * from task where closed_at is null order by opened_at, id")
}

/// Closes a task; `false` when it was closed already.
pub async fn close(tx: &mut Tx, id: TaskId, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update task set closed_at = $2 where id = $1 and closed_at is null", id, at)? == 1)
}

/// Closes every open task of a case's workflow states; those beside the workflow (`entered` 0) stay until somebody does them.
pub async fn close_of_case(tx: &mut Tx, case: CaseId, at: DateTime<Utc>) -> Result<()> {
    run!(tx, "update task set closed_at = $2 where case_id = $1 and entered > 0 and closed_at is null", case, at)?;
    Ok(())
}

/// Records what somebody did with a task.
pub async fn insert_result(tx: &mut Tx, row: &TaskResultRow) -> Result<()> {
    run!(
        tx,
        "insert into task_result (id, task_id, user_id, action, checklist, comment, at) values ($1, $2, $3, $4, $5, $6, $7)",
        row.id,
        row.task_id,
        row.user_id,
        &row.action,
        &row.checklist,
        &row.comment,
        row.at
    )?;
    Ok(())
}

/// What was done with a task.
pub async fn results(tx: &mut Tx, task: TaskId) -> Result<Vec<TaskResultRow>> {
    all!(tx, TaskResultRow, "select * from task_result where task_id = $1 order by at, id", task)
}

/// What somebody has filled in of a task and not finished: hers, whichever of the task's places she will take.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TaskDraftRow {
    /// Case.
    pub case_id: CaseId,
    /// The case's `entered` it belongs to.
    pub entered: i64,
    /// The task's id in the workflow.
    pub task: String,
    /// Who.
    pub user_id: UserId,
    /// What she filled in, canonical JSON.
    pub filled: String,
    /// What she wrote about the whole.
    pub comment: String,
    /// When she last saved it.
    pub at: DateTime<Utc>,
}

/// Keeps what somebody has filled in so far.
pub async fn put_draft(tx: &mut Tx, row: &TaskDraftRow) -> Result<()> {
    run!(
        tx,
        "insert into task_draft (case_id, entered, task, user_id, filled, comment, at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (case_id, entered, task, user_id)
         do update set filled = excluded.filled, comment = excluded.comment, at = excluded.at",
        row.case_id,
        row.entered,
        &row.task,
        row.user_id,
        &row.filled,
        &row.comment,
        row.at
    )?;
    Ok(())
}

/// What somebody has filled in of a case's task so far.
pub async fn draft(tx: &mut Tx, of: &TaskRow, user: UserId) -> Result<Option<TaskDraftRow>> {
    optional!(
        tx,
        TaskDraftRow,
        "select * from task_draft where case_id = $1 and entered = $2 and task = $3 and user_id = $4",
        of.case_id,
        of.entered,
        &of.task,
        user
    )
}

/// Who has begun which task of a case's state and not finished it.
pub async fn drafts_of_case(tx: &mut Tx, case: CaseId, entered: i64) -> Result<Vec<(String, UserId)>> {
    all!(
        tx,
        (String, UserId),
        "select task, user_id from task_draft where case_id = $1 and entered = $2 order by task, user_id",
        case,
        entered
    )
}

/// Forgets what somebody has filled in of a task: she has finished it.
pub async fn forget_draft(tx: &mut Tx, of: &TaskRow, user: UserId) -> Result<()> {
    run!(
        tx,
        "delete from task_draft where case_id = $1 and entered = $2 and task = $3 and user_id = $4",
        of.case_id,
        of.entered,
        &of.task,
        user
    )?;
    Ok(())
}
