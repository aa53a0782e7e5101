//! Decisions, their undoing and dispatch, and the meetings that they are reported to.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::change::{ChangeGround, ChangeKind};
use crate::domain::grant::{AppealForm, ApplicantKind, DecisionMode, Outcome};
use crate::domain::id::{CalculationId, CaseId, DecisionId, DocumentId, OrganisationId, PackageVersionId, UserId};

/// A decision. Its content is never edited; undoing and dispatch are noted beside it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DecisionRow {
    /// Identity.
    pub id: DecisionId,
    /// Case.
    pub case_id: CaseId,
    /// Version, from 1: a change is a new version.
    pub version: i64,
    /// How it came out.
    pub outcome: Outcome,
    /// What was granted.
    pub amount_ore: Money,
    /// What it rests on.
    pub calculation_id: CalculationId,
    /// Who decides such cases.
    pub mode: DecisionMode,
    /// How it is appealed.
    pub appeal: AppealForm,
    /// Who decided; `None` for the service itself.
    pub decided_by: Option<UserId>,
    /// The point in the delegation order.
    pub delegation: Option<String>,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Not sent before.
    pub dispatch_at: DateTime<Utc>,
    /// When it was sent.
    pub dispatched_at: Option<DateTime<Utc>>,
    /// When it was undone, before dispatch.
    pub undone_at: Option<DateTime<Utc>>,
    /// The letter's content, canonical JSON.
    pub letter: Vec<u8>,
    /// Its hash.
    pub letter_hash: String,
    /// The document in the diary.
    pub document_id: Option<DocumentId>,
    /// The meeting it was reported to.
    pub meeting_id: Option<Uuid>,
    /// The decision it takes the place of.
    pub changes: Option<DecisionId>,
    /// As what it does.
    pub change_kind: Option<ChangeKind>,
    /// On which ground.
    pub change_ground: Option<ChangeGround>,
    /// When another decision took its place.
    pub replaced_at: Option<DateTime<Utc>>,
}

impl DecisionRow {
    /// Whether it stands: neither undone nor replaced.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.undone_at.is_none() && self.replaced_at.is_none()
    }

    /// Whether its letter has left and it was not undone. Of several such of a case the newest is in force: a change that
    /// has not left is none yet.
    #[must_use]
    pub const fn left(&self) -> bool {
        self.undone_at.is_none() && self.dispatched_at.is_some()
    }
}

/// A meeting.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MeetingRow {
    /// Identity.
    pub id: Uuid,
    /// Committee.
    pub committee: String,
    /// The body that prepares its cases, where the meeting is that body's.
    pub stage: Option<String>,
    /// Day.
    pub held_on: NaiveDate,
    /// The paragraph under which the decisions were reported.
    pub paragraph: Option<String>,
    /// Day the adjusted minutes were announced.
    pub announced_on: Option<NaiveDate>,
    /// Day the announcement was taken down.
    pub removed_on: Option<NaiveDate>,
    /// The last day a case can be put on its agenda (stoppdag).
    pub stop_on: Option<NaiveDate>,
}

/// Adds a decision.
pub async fn insert(tx: &mut Tx, row: &DecisionRow) -> Result<()> {
    run!(
        tx,
        "insert into decision (id, case_id, version, outcome, amount_ore, calculation_id, mode, appeal, decided_by, delegation, decided_at,
                               dispatch_at, letter, letter_hash, meeting_id, changes, change_kind, change_ground)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        row.id,
        row.case_id,
        row.version,
        row.outcome,
        row.amount_ore,
        row.calculation_id,
        row.mode,
        row.appeal,
        row.decided_by,
        row.delegation.as_deref(),
        row.decided_at,
        row.dispatch_at,
        &row.letter,
        &row.letter_hash,
        row.meeting_id,
        row.changes,
        row.change_kind,
        row.change_ground
    )?;
    Ok(())
}

/// A decision.
pub async fn by_id(tx: &mut Tx, id: DecisionId) -> Result<Option<DecisionRow>> {
    optional!(tx, DecisionRow, "select * from decision where id = $1", id)
}

/// A case's decisions, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<DecisionRow>> {
    all!(tx, DecisionRow, "select * from decision where case_id = $1 order by version", case)
}

/// The decision of a case that stands.
pub async fn standing(tx: &mut Tx, case: CaseId) -> Result<Option<DecisionRow>> {
    optional!(tx, DecisionRow, "select * from decision where case_id = $1 and undone_at is null and replaced_at is null", case)
}

/// How the cases of an association came out whose letters have left.
pub async fn sent_to(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(CaseId, Outcome)>> {
    all!(
        tx,
        (CaseId, Outcome),
        "select d.case_id, d.outcome from decision d join cases c on c.id = d.case_id
         where c.organisation_id = $1 and d.undone_at is null and d.dispatched_at is not null
           and not exists (select 1 from decision n where n.changes = d.id and n.undone_at is null and n.dispatched_at is not null)",
        organisation
    )
}

/// Every decision that stands, oldest first.
pub async fn all_standing(tx: &mut Tx) -> Result<Vec<DecisionRow>> {
    all!(tx, DecisionRow, "select * from decision where undone_at is null and replaced_at is null order by decided_at, id")
}

/// Every decision in force, oldest first: it has left, and none that takes its place has.
pub async fn all_in_force(tx: &mut Tx) -> Result<Vec<DecisionRow>> {
    all!(
        tx,
        DecisionRow,
        "select d.* from decision d where d.undone_at is null and d.dispatched_at is not null
           and not exists (select 1 from decision n where n.changes = d.id and n.undone_at is null and n.dispatched_at is not null)
         order by d.decided_at, d.id"
    )
}

/// Every decision, undone ones too.
pub async fn all(tx: &mut Tx) -> Result<Vec<DecisionRow>> {
    all!(tx, DecisionRow, "select * from decision order by decided_at, id")
}

/// Undoes a decision that was not sent; `false` when it was sent or undone already.
pub async fn undo(tx: &mut Tx, id: DecisionId, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update decision set undone_at = $2 where id = $1 and undone_at is null and dispatched_at is null", id, at)? == 1)
}

/// Notes that another decision takes its place; `false` when it does not stand.
pub async fn replace(tx: &mut Tx, id: DecisionId, at: DateTime<Utc>) -> Result<bool> {
    Ok(run!(tx, "update decision set replaced_at = $2 where id = $1 and undone_at is null and replaced_at is null", id, at)? == 1)
}

/// Lets a decision stand again whose change was undone.
pub async fn restore(tx: &mut Tx, id: DecisionId) -> Result<()> {
    run!(tx, "update decision set replaced_at = null where id = $1", id)?;
    Ok(())
}

/// Notes the dispatch; `false` when it was undone or sent already.
pub async fn dispatch(tx: &mut Tx, id: DecisionId, at: DateTime<Utc>, document: DocumentId) -> Result<bool> {
    let done = run!(
        tx,
        "update decision set dispatched_at = $2, document_id = $3 where id = $1 and undone_at is null and dispatched_at is null",
        id,
        at,
        document
    )?;
    Ok(done == 1)
}

/// Delegated decisions that no meeting has been told of, by committee, decided before a moment.
pub async fn unreported(tx: &mut Tx, committee: &str, before: DateTime<Utc>) -> Result<Vec<DecisionRow>> {
    all!(
        tx,
        DecisionRow,
        "select d.* from decision d join cases c on c.id = d.case_id
         where c.committee = $1 and d.decided_at < $2 and d.meeting_id is null and d.undone_at is null and d.dispatched_at is not null
           and d.mode in ('batch_delegate', 'officer') order by d.decided_at, d.id",
        committee,
        before
    )
}

/// Decisions reported to a meeting.
pub async fn reported_to(tx: &mut Tx, meeting: Uuid) -> Result<Vec<DecisionRow>> {
    all!(tx, DecisionRow, "select * from decision where meeting_id = $1 order by decided_at, id", meeting)
}

/// Notes the meeting a decision was reported to; once.
pub async fn report(tx: &mut Tx, id: DecisionId, meeting: Uuid) -> Result<bool> {
    Ok(run!(tx, "update decision set meeting_id = $2 where id = $1 and meeting_id is null", id, meeting)? == 1)
}

/// Writes a meeting.
pub async fn put_meeting(tx: &mut Tx, row: &MeetingRow) -> Result<()> {
    run!(
        tx,
        "insert into meeting (id, committee, stage, held_on, paragraph, announced_on, removed_on, stop_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (committee, coalesce(stage, ''), held_on) do update set paragraph = excluded.paragraph, announced_on = excluded.announced_on,
             removed_on = excluded.removed_on, stop_on = excluded.stop_on",
        row.id,
        &row.committee,
        row.stage.as_deref(),
        row.held_on,
        row.paragraph.as_deref(),
        row.announced_on,
        row.removed_on,
        row.stop_on
    )?;
    Ok(())
}

/// Corrects a meeting: its day, paragraph and the days of its announcement.
pub async fn correct_meeting(tx: &mut Tx, row: &MeetingRow) -> Result<()> {
    run!(
        tx,
        "update meeting set held_on = $2, paragraph = $3, announced_on = $4, removed_on = $5 where id = $1",
        row.id,
        row.held_on,
        row.paragraph.as_deref(),
        row.announced_on,
        row.removed_on
    )?;
    Ok(())
}

/// The meeting of a committee, or of a body that prepares its cases, on a day.
pub async fn meeting(tx: &mut Tx, committee: &str, stage: Option<&str>, held_on: NaiveDate) -> Result<Option<MeetingRow>> {
    optional!(
        tx,
        MeetingRow,
        "select * from meeting where committee = $1 and coalesce(stage, '') = $2 and held_on = $3",
        committee,
        stage.unwrap_or_default(),
        held_on
    )
}

/// All meetings, newest first.
pub async fn meetings(tx: &mut Tx) -> Result<Vec<MeetingRow>> {
    all!(tx, MeetingRow, "select * from meeting order by held_on desc, committee, coalesce(stage, '')")
}

/// The meeting of an identity.
pub async fn meeting_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<MeetingRow>> {
    optional!(tx, MeetingRow, "select * from meeting where id = $1", id)
}

/// A reported decision with what a list says of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReportedRow {
    /// Case.
    pub case_id: CaseId,
    /// Diary number.
    pub number: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// What she is.
    pub kind: ApplicantKind,
    /// Whether its material names somebody protected.
    pub protected: bool,
    /// Her name.
    pub applicant: String,
    /// Period.
    pub period: String,
    /// The rules.
    pub package_version_id: PackageVersionId,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// Who decided; `None` for the service itself.
    pub delegate: Option<String>,
    /// The point in the delegation order.
    pub delegation: Option<String>,
    /// How it came out.
    pub outcome: Outcome,
    /// What was granted.
    pub amount_ore: Money,
}

/// Which delegated decisions are listed.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'a> {
    /// Those a meeting was told of.
    Meeting(Uuid),
    /// Those of a committee that no meeting has been told of.
    Unreported(&'a str),
}

/// Delegated decisions as a list for the committee tells them, by the time they were made.
pub async fn listed(tx: &mut Tx, which: Listed<'_>, on: NaiveDate) -> Result<Vec<ReportedRow>> {
    let start = "select d.case_id, c.number, c.organisation_id, o.kind, c.protected, c.period, c.package_version_id, d.decided_at,
                u.name as delegate, d.delegation, d.outcome, d.amount_ore,
                (select n.name from organisation_name n where n.organisation_id = c.organisation_id order by case when n.valid_from <= ";
    build!(tx, start, query => {
        query.push_bind(on);
        query.push(
            " then 0 else 1 end, n.valid_from desc limit 1) as applicant
             from decision d join cases c on c.id = d.case_id join organisation o on o.id = c.organisation_id
                  left join app_user u on u.id = d.decided_by where ",
        );
        match which {
            Listed::Meeting(meeting) => {
                query.push("d.mode <> 'committee' and d.meeting_id = ").push_bind(meeting);
            }
            Listed::Unreported(committee) => {
                query.push(
                    "d.meeting_id is null and d.undone_at is null and d.dispatched_at is not null
                     and d.mode in ('batch_delegate', 'officer') and c.committee = ",
                );
                query.push_bind(committee);
            }
        }
        query.push(" order by d.decided_at, d.id");
    }, all ReportedRow)
}

/// How many decisions of those in scope each meeting was told of.
pub async fn reported_counts(tx: &mut Tx, scope: &Scope) -> Result<Vec<(Uuid, i64)>> {
    build!(tx, "select d.meeting_id, count(*) from decision d join cases c on c.id = d.case_id where d.meeting_id is not null and d.mode <> 'committee' and ", query => {
        match scope {
            Scope::Association(own) => {
                query.push("c.organisation_id = ").push_bind(*own);
            }
            Scope::Staff { except } => {
                query.push("1 = 1");
                keep_away!(query, except, "c.organisation_id", "c.id");
            }
        }
        query.push(" group by d.meeting_id");
    }, all (Uuid, i64))
}

/// How many decisions no meeting has been told of, by committee.
pub async fn unreported_counts(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    all!(
        tx,
        (String, i64),
        "select c.committee, count(*) from decision d join cases c on c.id = d.case_id
         where d.meeting_id is null and d.undone_at is null and d.dispatched_at is not null and d.mode in ('batch_delegate', 'officer')
         group by c.committee order by c.committee"
    )
}
