//! Appeals and what happened with them, step by step.

use chrono::{DateTime, NaiveDate, Utc};

use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::appeal::{AppealOutcome, AppealState, StepKind, Via};
use crate::domain::grant::AppealForm;
use crate::domain::id::{AppealId, CaseId, DecisionId, DocumentId, UserId};

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AppealRow {
    /// Identity.
    pub id: AppealId,
    /// Case.
    pub case_id: CaseId,
    /// The decision that is appealed.
    pub decision_id: DecisionId,
    /// How such a decision is appealed.
    pub form: AppealForm,
    /// Where it came in.
    pub via: Via,
    /// The day it came in.
    pub received_on: NaiveDate,
    /// The day the party received the decision; only under förvaltningsbesvär, where we test the time.
    pub served_on: Option<NaiveDate>,
    /// Who appeals.
    pub appellant: String,
    /// What is claimed.
    pub claim: String,
    /// The appeal in the diary.
    pub document_id: DocumentId,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// By whom.
    pub entered_by: UserId,
    /// Where it stands.
    pub state: AppealState,
    /// How many steps it has.
    pub steps: i64,
    /// The day by which the next thing is to be done by us.
    pub due: Option<NaiveDate>,
    /// How it ended.
    pub outcome: Option<AppealOutcome>,
    /// When.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StepRow {
    /// The appeal.
    pub appeal_id: AppealId,
    /// Its place, from 1.
    pub no: i64,
    /// What was done.
    pub kind: StepKind,
    /// The day it was done or came.
    pub on_day: NaiveDate,
    /// The last day it asks for.
    pub due: Option<NaiveDate>,
    /// In the officer's words.
    pub text: String,
    /// Its document in the diary.
    pub document_id: Option<DocumentId>,
    /// When it was noted.
    pub at: DateTime<Utc>,
    /// By whom: always a person.
    pub by_user: UserId,
}

/// An open appeal as a list tells it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenRow {
    /// The appeal.
    #[sqlx(flatten)]
    pub appeal: AppealRow,
    /// The case's number.
    pub number: String,
}

/// Adds an appeal.
pub async fn insert(tx: &mut Tx, row: &AppealRow) -> Result<()> {
    run!(
        tx,
        "insert into appeal (id, case_id, decision_id, form, via, received_on, served_on, appellant, claim, document_id, entered_at,
                             entered_by, state, steps, due)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        row.id,
        row.case_id,
        row.decision_id,
        row.form,
        row.via,
        row.received_on,
        row.served_on,
        &row.appellant,
        &row.claim,
        row.document_id,
        row.entered_at,
        row.entered_by,
        row.state,
        row.steps,
        row.due
    )?;
    Ok(())
}

/// Writes where an appeal stands after a step; `false` when another step came between.
pub async fn step(tx: &mut Tx, row: &AppealRow, step: &StepRow) -> Result<bool> {
    let changed = run!(
        tx,
        "update appeal set state = $3, steps = $4, due = $5, outcome = $6, closed_at = $7 where id = $1 and steps = $2",
        row.id,
        step.no - 1,
        row.state,
        step.no,
        row.due,
        row.outcome,
        row.closed_at
    )?;
    if changed == 0 {
        return Ok(false);
    }
    run!(
        tx,
        "insert into appeal_step (appeal_id, no, kind, on_day, due, text, document_id, at, by_user) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        step.appeal_id,
        step.no,
        step.kind,
        step.on_day,
        step.due,
        &step.text,
        step.document_id,
        step.at,
        step.by_user
    )?;
    Ok(true)
}

/// An appeal.
pub async fn by_id(tx: &mut Tx, id: AppealId) -> Result<Option<AppealRow>> {
    optional!(tx, AppealRow, "select * from appeal where id = $1", id)
}

/// A case's appeals, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<AppealRow>> {
    all!(tx, AppealRow, "select * from appeal where case_id = $1 order by entered_at, id", case)
}

/// A case's appeals that are not closed, oldest first.
pub async fn open_of_case(tx: &mut Tx, case: CaseId) -> Result<impl Iterator<Item = AppealRow> + use<>> {
    Ok(of_case(tx, case).await?.into_iter().filter(|row| row.closed_at.is_none()))
}

/// The steps of an appeal, oldest first.
pub async fn steps(tx: &mut Tx, appeal: AppealId) -> Result<Vec<StepRow>> {
    all!(tx, StepRow, "select * from appeal_step where appeal_id = $1 order by no", appeal)
}

/// The open appeals in scope: what is due first comes first, what waits for the court last.
pub async fn open(tx: &mut Tx, scope: &Scope) -> Result<Vec<OpenRow>> {
    build!(tx, "select a.*, c.number from appeal a join cases c on c.id = a.case_id where a.closed_at is null and ", query => {
        match scope {
            Scope::Association(own) => {
                query.push("c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("1 = 1");
                keep_away!(query, except, "c.organisation_id", "c.id");
            }
        }
        query.push(" order by case when a.due is null then 1 else 0 end, a.due, a.entered_at, a.id");
    }, all OpenRow)
}
