//! Rounds ranked against the budget: what the assessment gave each case, rankings as they were proposed, and which one
//! settled what the cases are proposed.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::scope::Scope;
use super::types::stored_words;
use super::{Result, Tx};
use crate::domain::Money;
use crate::domain::grant::ApplicantKind;
use crate::domain::id::{CaseId, OrganisationId, UserId};
pub use crate::domain::ranking::Why;

stored_words! {
    Why {
        AsProposed = "as_proposed", MostPercent = "most_percent", Rest = "rest", BelowLeast = "below_least",
        BelowLine = "below_line", NothingProposed = "nothing_proposed",
    }
}

/// A case that waits to be ranked, as the assessment left it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CandidateRow {
    /// Case.
    pub case_id: CaseId,
    /// The case's `entered` in which it waits.
    pub entered: i64,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Points of a hundred, in hundredths.
    pub points: i64,
    /// What was applied for.
    pub applied_ore: Money,
    /// What the assessment proposes.
    pub assessed_ore: Money,
    /// The choice that says what kind it is, by id.
    pub category: Option<String>,
    /// The choice that says where, by id.
    pub district: Option<String>,
}

/// A candidate with what its line shows beside.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedRow {
    /// Case.
    pub case_id: CaseId,
    /// The case's `entered` in which it waits.
    pub entered: i64,
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
    /// Points of a hundred, in hundredths.
    pub points: i64,
    /// What was applied for.
    pub applied_ore: Money,
    /// What the assessment proposes.
    pub assessed_ore: Money,
    /// The choice that says what kind it is, by id.
    pub category: Option<String>,
    /// The choice that says where, by id.
    pub district: Option<String>,
    /// What she got of this grant the last time, where she did.
    pub before_ore: Option<Money>,
}

/// A ranking as somebody proposed it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RankingRow {
    /// Identity.
    pub id: Uuid,
    /// Grant type.
    pub grant_type: String,
    /// Period.
    pub period: String,
    /// Its place among the round's, from 1.
    pub seq: i64,
    /// The terms it was made by, canonical JSON.
    pub terms: Vec<u8>,
    /// Hash of terms and lines.
    pub result_hash: String,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who settled it; never the same.
    pub settled_by: Option<UserId>,
    /// When.
    pub settled_at: Option<DateTime<Utc>>,
    /// Who turned it down.
    pub turned_down_by: Option<UserId>,
    /// When.
    pub turned_down_at: Option<DateTime<Utc>>,
    /// Why.
    pub turned_down_why: Option<String>,
}

/// What a ranking gives a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LineRow {
    /// The ranking.
    pub ranking_id: Uuid,
    /// The case.
    pub case_id: CaseId,
    /// Its place, from 1.
    pub place: i64,
    /// Its points, in hundredths.
    pub points: i64,
    /// What the assessment proposed.
    pub assessed_ore: Money,
    /// What it is proposed to get.
    pub amount_ore: Money,
    /// Why.
    pub why: Why,
}

/// Writes what the assessment gave a case that now waits to be ranked.
pub async fn put_candidate(tx: &mut Tx, row: &CandidateRow) -> Result<()> {
    run!(
        tx,
        "insert into ranking_candidate (case_id, entered, grant_type, period, points, applied_ore, assessed_ore, category, district)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (case_id) do update set entered = excluded.entered, points = excluded.points,
         applied_ore = excluded.applied_ore, assessed_ore = excluded.assessed_ore, category = excluded.category,
         district = excluded.district",
        row.case_id,
        row.entered,
        &row.grant_type,
        &row.period,
        row.points,
        row.applied_ore,
        row.assessed_ore,
        row.category.as_deref(),
        row.district.as_deref()
    )?;
    Ok(())
}

/// The cases of a round that wait to be ranked and that a list may hold, by case number; and how many it may not.
pub async fn candidates(tx: &mut Tx, scope: &Scope, grant_type: &str, period: &str, on: NaiveDate) -> Result<(Vec<ListedRow>, usize)> {
    let rows = all!(
        tx,
        ListedRow,
        "select r.case_id, r.entered, c.number, c.organisation_id, o.kind, c.protected, r.points, r.applied_ore, r.assessed_ore,
         r.category, r.district,
         (select n.name from organisation_name n where n.organisation_id = c.organisation_id
          order by case when n.valid_from <= $3 then 0 else 1 end, n.valid_from desc limit 1) as name,
         (select e.amount_ore from earlier_grant e where e.organisation_id = c.organisation_id and e.grant_type = $1
          and e.period <> $2 order by e.period desc limit 1) as before_ore
         from ranking_candidate r join cases c on c.id = r.case_id and c.entered = r.entered
         join organisation o on o.id = c.organisation_id
         where r.grant_type = $1 and r.period = $2 and c.closed_at is null order by c.number",
        grant_type,
        period,
        on
    )?;
    let all = rows.len();
    let held: Vec<ListedRow> = rows.into_iter().filter(|row| scope.holds_case(row.about())).collect();
    let kept = all - held.len();
    Ok((held, kept))
}

/// The cases of a ranking that a list may hold, by case number: with what they had when it was made.
pub async fn ranked(tx: &mut Tx, scope: &Scope, ranking: &RankingRow, on: NaiveDate) -> Result<Vec<ListedRow>> {
    let rows = all!(
        tx,
        ListedRow,
        "select l.case_id, r.entered, c.number, c.organisation_id, o.kind, c.protected, l.points, r.applied_ore, l.assessed_ore,
         r.category, r.district,
         (select n.name from organisation_name n where n.organisation_id = c.organisation_id
          order by case when n.valid_from <= $4 then 0 else 1 end, n.valid_from desc limit 1) as name,
         (select e.amount_ore from earlier_grant e where e.organisation_id = c.organisation_id and e.grant_type = $2
          and e.period <> $3 order by e.period desc limit 1) as before_ore
         from ranking_line l join ranking_candidate r on r.case_id = l.case_id join cases c on c.id = l.case_id
         join organisation o on o.id = c.organisation_id
         where l.ranking_id = $1 order by c.number",
        ranking.id,
        &ranking.grant_type,
        &ranking.period,
        on
    )?;
    Ok(rows.into_iter().filter(|row| scope.holds_case(row.about())).collect())
}

/// How many open cases of a round are not decided and do not wait to be ranked: still being assessed.
pub async fn still_assessed(tx: &mut Tx, grant_type: &str, period: &str) -> Result<i64> {
    scalar!(
        tx,
        i64,
        "select count(*) from cases c where c.grant_type = $1 and c.period = $2 and c.closed_at is null and c.outcome is null
         and not exists (select 1 from ranking_candidate r where r.case_id = c.id and r.entered = c.entered)
         and not exists (select 1 from ranking_line l join ranking k on k.id = l.ranking_id
                         where l.case_id = c.id and k.settled_at is not null)",
        grant_type,
        period
    )
}

/// The rounds in which cases wait to be ranked or a ranking was made: grant type, period, how many wait.
pub async fn rounds(tx: &mut Tx) -> Result<Vec<(String, String, i64)>> {
    all!(
        tx,
        (String, String, i64),
        "select grant_type, period, sum(waiting) from (
           select r.grant_type, r.period, 1 as waiting from ranking_candidate r
           join cases c on c.id = r.case_id and c.entered = r.entered where c.closed_at is null
           union all select grant_type, period, 0 as waiting from ranking) rounds
         group by grant_type, period order by grant_type, period"
    )
}

/// Adds a ranking with its lines.
pub async fn insert(tx: &mut Tx, row: &RankingRow, lines: &[LineRow]) -> Result<()> {
    run!(
        tx,
        "insert into ranking (id, grant_type, period, seq, terms, result_hash, proposed_by, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        &row.grant_type,
        &row.period,
        row.seq,
        row.terms.as_slice(),
        &row.result_hash,
        row.proposed_by,
        row.proposed_at
    )?;
    for line in lines {
        run!(
            tx,
            "insert into ranking_line (ranking_id, case_id, place, points, assessed_ore, amount_ore, why)
             values ($1, $2, $3, $4, $5, $6, $7)",
            line.ranking_id,
            line.case_id,
            line.place,
            line.points,
            line.assessed_ore,
            line.amount_ore,
            line.why
        )?;
    }
    Ok(())
}

/// A ranking.
pub async fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<RankingRow>> {
    optional!(tx, RankingRow, "select * from ranking where id = $1", id)
}

/// A round's rankings, the newest first.
pub async fn of_round(tx: &mut Tx, grant_type: &str, period: &str) -> Result<Vec<RankingRow>> {
    all!(tx, RankingRow, "select * from ranking where grant_type = $1 and period = $2 order by seq desc", grant_type, period)
}

/// A ranking's lines, by place.
pub async fn lines(tx: &mut Tx, ranking: Uuid) -> Result<Vec<LineRow>> {
    all!(tx, LineRow, "select * from ranking_line where ranking_id = $1 order by place", ranking)
}

/// What the newest settled ranking of its round gives a case.
pub async fn settled_line(tx: &mut Tx, case: CaseId) -> Result<Option<LineRow>> {
    optional!(
        tx,
        LineRow,
        "select l.* from ranking_line l join ranking r on r.id = l.ranking_id where l.case_id = $1 and r.settled_at is not null
         order by r.settled_at desc, r.seq desc limit 1",
        case
    )
}

/// What settled rankings of a grant give cases that are not decided yet and do not wait to be ranked again.
pub async fn settled_undecided(tx: &mut Tx, grant_type: &str) -> Result<Money> {
    scalar!(
        tx,
        Money,
        "select cast(coalesce(sum(l.amount_ore), 0) as bigint) from ranking_line l join ranking r on r.id = l.ranking_id
         join cases c on c.id = l.case_id
         where r.grant_type = $1 and r.settled_at is not null and c.outcome is null and c.closed_at is null
         and not exists (select 1 from ranking_candidate w where w.case_id = c.id and w.entered = c.entered)
         and not exists (select 1 from ranking_line m join ranking k on k.id = m.ranking_id
                         where m.case_id = c.id and k.settled_at is not null
                         and (k.settled_at > r.settled_at or (k.settled_at = r.settled_at and k.seq > r.seq)))",
        grant_type
    )
}

/// Settles a ranking; `false` when it was settled or turned down meanwhile.
pub async fn settle(tx: &mut Tx, id: Uuid, by: UserId, at: DateTime<Utc>) -> Result<bool> {
    let done = run!(
        tx,
        "update ranking set settled_by = $2, settled_at = $3 where id = $1 and settled_at is null and turned_down_at is null",
        id,
        by,
        at
    )?;
    Ok(done == 1)
}

/// Turns a ranking down; `false` when it was settled or turned down meanwhile.
pub async fn turn_down(tx: &mut Tx, id: Uuid, by: UserId, at: DateTime<Utc>, why: &str) -> Result<bool> {
    let done = run!(
        tx,
        "update ranking set turned_down_by = $2, turned_down_at = $3, turned_down_why = $4
         where id = $1 and settled_at is null and turned_down_at is null",
        id,
        by,
        at,
        why
    )?;
    Ok(done == 1)
}
