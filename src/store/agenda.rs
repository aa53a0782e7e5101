//! The committee's agenda: which cases a meeting is to decide and what it did with each; what stands in its memo.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::committee::Done;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{CaseId, DecisionId, OrganisationId, PackageVersionId, UserId};

stored_words! {
    Done {
        AsProposed = "as_proposed", Changed = "changed", Refused = "refused", ReferredBack = "referred_back", Tabled = "tabled",
    }
}

/// A case on a meeting's agenda.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ItemRow {
    /// Identity.
    pub id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Case.
    pub case_id: CaseId,
    /// Its place on the agenda, from 1.
    pub no: i64,
    /// Who put it there.
    pub added_by: UserId,
    /// When.
    pub added_at: DateTime<Utc>,
    /// What the committee did with it.
    pub outcome: Option<Done>,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// Why, where it is not as proposed.
    pub reason: Option<String>,
    /// A reservation that a member had minuted.
    pub reservation: Option<String>,
    /// The decision that came of it.
    pub decision_id: Option<DecisionId>,
    /// Who wrote it in.
    pub settled_by: Option<UserId>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
}

/// What a meeting did with a case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SaidRow {
    /// The meeting.
    pub meeting_id: Uuid,
    /// The preparing body; none for the committee.
    pub stage: Option<String>,
    /// The meeting's day.
    pub held_on: NaiveDate,
    /// What came of it.
    pub outcome: Done,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// Why, where it is not as proposed.
    pub reason: Option<String>,
}

/// A case that waits for the committee, or stands on an agenda, with what a line shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitingRow {
    /// Case.
    pub case_id: CaseId,
    /// Case number.
    pub number: String,
    /// Whose.
    pub organisation_id: OrganisationId,
    /// Her name today.
    pub name: String,
    /// What she is.
    pub kind: ApplicantKind,
    /// Whether the case is protected.
    pub protected: bool,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// The rules.
    pub package_version_id: PackageVersionId,
    /// What is proposed.
    pub amount_ore: Option<Money>,
    /// Its place on the agenda; 0 where it stands on none.
    pub no: i64,
    /// What the committee did with it.
    pub outcome: Option<Done>,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// A reservation that a member had minuted.
    pub reservation: Option<String>,
}

const LINE: &str = "select c.id as case_id, c.number, c.organisation_id, o.kind, c.protected, c.grant_type, c.period,
    c.package_version_id, c.amount_ore,
    (select n.name from organisation_name n where n.organisation_id = c.organisation_id order by case when n.valid_from <= ";
const LINE_REST: &str = " then 0 else 1 end, n.valid_from desc limit 1) as name, ";

/// The cases on a meeting's agenda that a list may hold, in its order, and how many it may not.
pub async fn of_meeting(tx: &mut Tx, scope: &Scope, meeting: Uuid, on: NaiveDate) -> Result<(Vec<WaitingRow>, usize)> {
    let rows: Vec<WaitingRow> = build!(tx, LINE, query => {
        query.push_bind(on);
        query.push(LINE_REST);
        query.push("i.no, i.outcome, i.paragraph, i.reservation from meeting_item i join cases c on c.id = i.case_id
                    join organisation o on o.id = c.organisation_id where i.meeting_id = ");
        query.push_bind(meeting);
        query.push(" order by i.no");
    }, all WaitingRow)?;
    Ok(held(rows, scope))
}

/// The cases of a committee that wait for it and stand on no agenda, and how many a list may not hold.
pub async fn waiting(tx: &mut Tx, scope: &Scope, committee: &str, on: NaiveDate) -> Result<(Vec<WaitingRow>, usize)> {
    let rows: Vec<WaitingRow> = build!(tx, LINE, query => {
        query.push_bind(on);
        query.push(LINE_REST);
        query.push("cast(0 as bigint) as no, cast(null as text) as outcome, cast(null as text) as paragraph, cast(null as text) as reservation
                    from case_queue q join cases c on c.id = q.case_id join organisation o on o.id = c.organisation_id
                    where q.waits = 'decision' and c.committee = ");
        query.push_bind(committee);
        query.push(" and not exists (select 1 from meeting_item i where i.case_id = c.id and i.outcome is null) order by c.number");
    }, all WaitingRow)?;
    Ok(held(rows, scope))
}

fn held(rows: Vec<WaitingRow>, scope: &Scope) -> (Vec<WaitingRow>, usize) {
    let all = rows.len();
    let held: Vec<WaitingRow> = rows.into_iter().filter(|row| scope.holds_case(row.about())).collect();
    let kept = all - held.len();
    (held, kept)
}

/// Puts a case on an agenda; `false` where it stands on one already.
pub async fn add(tx: &mut Tx, row: &ItemRow) -> Result<bool> {
    let done = run!(
        tx,
        "insert into meeting_item (id, meeting_id, case_id, no, added_by, added_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
        row.id,
        row.meeting_id,
        row.case_id,
        row.no,
        row.added_by,
        row.added_at
    )?;
    Ok(done == 1)
}

/// The place after the last on an agenda.
pub async fn next_no(tx: &mut Tx, meeting: Uuid) -> Result<i64> {
    scalar!(tx, i64, "select coalesce(max(no), 0) + 1 from meeting_item where meeting_id = $1", meeting)
}

/// Takes a case off an agenda on which nothing was done with it; `false` where something was.
pub async fn remove(tx: &mut Tx, meeting: Uuid, case: CaseId) -> Result<bool> {
    Ok(run!(tx, "delete from meeting_item where meeting_id = $1 and case_id = $2 and outcome is null", meeting, case)? == 1)
}

/// A case on an agenda.
pub async fn item(tx: &mut Tx, meeting: Uuid, case: CaseId) -> Result<Option<ItemRow>> {
    optional!(tx, ItemRow, "select * from meeting_item where meeting_id = $1 and case_id = $2", meeting, case)
}

/// What meetings have done with a case, in the order it was written in.
pub async fn said(tx: &mut Tx, case: CaseId) -> Result<Vec<SaidRow>> {
    all!(
        tx,
        SaidRow,
        "select i.meeting_id, m.stage, m.held_on, i.outcome, i.paragraph, i.reason from meeting_item i join meeting m on m.id = i.meeting_id
         where i.case_id = $1 and i.outcome is not null order by i.settled_at, i.no",
        case
    )
}

/// Writes what the committee did with a case; `false` where that is written already.
pub async fn settle(tx: &mut Tx, row: &ItemRow) -> Result<bool> {
    let done = run!(
        tx,
        "update meeting_item set outcome = $2, paragraph = $3, reason = $4, reservation = $5, decision_id = $6, settled_by = $7,
         settled_at = $8 where id = $1 and outcome is null",
        row.id,
        row.outcome,
        row.paragraph.as_deref(),
        row.reason.as_deref(),
        row.reservation.as_deref(),
        row.decision_id,
        row.settled_by,
        row.settled_at
    )?;
    Ok(done == 1)
}

/// Opens again what came to a decision that was taken back before it was sent.
pub async fn reopen(tx: &mut Tx, decision: DecisionId) -> Result<()> {
    run!(
        tx,
        "update meeting_item set outcome = null, paragraph = null, reason = null, reservation = null, decision_id = null,
         settled_by = null, settled_at = null where decision_id = $1",
        decision
    )?;
    Ok(())
}

/// The numbers of the cases on a meeting's agenda of which nothing is written in yet.
pub async fn unsettled(tx: &mut Tx, meeting: Uuid) -> Result<Vec<String>> {
    let found = all!(
        tx,
        (String,),
        "select c.number from meeting_item i join cases c on c.id = i.case_id where i.meeting_id = $1 and i.outcome is null order by i.no",
        meeting
    )?;
    Ok(found.into_iter().map(|(number,)| number).collect())
}

/// What was written under the headings of a meeting's memo for a grant: heading and text.
pub async fn memo_texts(tx: &mut Tx, meeting: Uuid, grant_type: &str) -> Result<Vec<(String, String)>> {
    all!(
        tx,
        (String, String),
        "select heading, text from memo_text where meeting_id = $1 and grant_type = $2 order by heading",
        meeting,
        grant_type
    )
}

/// Writes the text under a heading of a meeting's memo.
pub async fn put_memo_text(
    tx: &mut Tx,
    (meeting, grant_type, heading): (Uuid, &str, &str),
    text: &str,
    by: UserId,
    at: DateTime<Utc>,
) -> Result<()> {
    run!(
        tx,
        "insert into memo_text (meeting_id, grant_type, heading, text, written_by, written_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (meeting_id, grant_type, heading)
         do update set text = excluded.text, written_by = excluded.written_by, written_at = excluded.written_at",
        meeting,
        grant_type,
        heading,
        text,
        by,
        at
    )?;
    Ok(())
}
