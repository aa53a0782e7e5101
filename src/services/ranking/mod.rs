//! Ranking a round's applications against the budget: tried as often as wanted without a trace, proposed by one, settled
//! by another, and only then what the cases are proposed.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde_json::json;
use uuid::Uuid;

use super::actor::{Action, authorize};
use super::history::{self, Event, Stream};
use super::{Actor, ServiceError, ServiceResult, assessments, calculation, packages};
use crate::app::Tenant;
use crate::domain::calculation::Evaluation;
use crate::domain::canonical::{self, Sha};
use crate::domain::grant::{GrantKind, Outcome};
use crate::domain::inputs::{Answer, Proposed};
use crate::domain::localized::Language;
use crate::domain::ranking::{self, Candidate, Ranked, Terms, TermsError, Why};
use crate::domain::score::Points;
use crate::domain::{Localized, Money};
use crate::packages::Package;
use crate::store::cases::{self, CaseRow};
use crate::store::jobs::{self, JobKind, NewJob};
use crate::store::rankings::{self as rows, CandidateRow, LineRow, ListedRow, RankingRow};
use crate::store::scope::Scope;
use crate::store::{Tx, budgets};
use crate::text::number;

pub mod views;

/// What was applied for, by the answer that the form names.
///
/// # Errors
/// When the application cannot be read.
pub(super) async fn applied(tx: &mut Tx, package: &Package, case: &CaseRow) -> ServiceResult<Option<Money>> {
    let Some(applied) = &package.form.applied else { return Ok(None) };
    let answers = answers(tx, case).await?;
    Ok(money(&answers, &applied.value))
}

/// What is told who proposes more than was applied for.
pub(super) fn over_applied(applied: Money) -> Localized {
    let applied = number::money(applied);
    Localized::both(
        format!("Föreningen har sökt {applied}. Skriv högst det."),
        format!("The association applied for {applied}. Write that at most."),
    )
}

/// How a case comes out by a calculation: where the form says what was applied for, less than that is granted in part.
///
/// # Errors
/// When the application cannot be read.
pub async fn outcome(tx: &mut Tx, package: &Package, case: &CaseRow, evaluation: &Evaluation) -> ServiceResult<Outcome> {
    let outcome = evaluation.outcome(package.form.kind);
    let applied = applied(tx, package, case).await?;
    let in_part = outcome == Outcome::Bifall && applied.is_some_and(|applied| evaluation.total_ore < applied);
    Ok(if in_part { Outcome::DelvisBifall } else { outcome })
}

async fn answers(tx: &mut Tx, case: &CaseRow) -> ServiceResult<BTreeMap<String, Answer>> {
    Ok(serde_json::from_slice(&cases::application(tx, case.id).await?.answers)?)
}

fn money(answers: &BTreeMap<String, Answer>, field: &str) -> Option<Money> {
    match answers.get(field) {
        Some(Answer::Money(amount)) => Some(*amount),
        _ => None,
    }
}

/// Writes down what the assessment gave a case that has come to wait for the ranking: never more than the rules let it have, or the
/// budget would be shared by sums that nobody gets.
///
/// # Errors
/// When the database refuses.
pub(super) async fn await_ranking(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow) -> ServiceResult<()> {
    let Some(ranking) = &package.form.ranking else { return Ok(()) };
    let answers = answers(tx, case).await?;
    let choice = |field: Option<&String>| match field.and_then(|field| answers.get(field)) {
        Some(Answer::Choice(id)) => Some(id.clone()),
        _ => None,
    };
    let row = CandidateRow {
        case_id: case.id,
        entered: case.entered,
        grant_type: case.grant_type.clone(),
        period: case.period.clone(),
        points: assessments::points(tx, package, case).await?.unwrap_or(Points::ZERO).hundredths(),
        applied_ore: money(&answers, &ranking.applied.value).unwrap_or_default(),
        assessed_ore: match assessments::amount(tx, package, case).await? {
            Some(proposed) => within_rules(tx, tenant, package, case, proposed).await?,
            None => Money::ZERO,
        },
        category: choice(ranking.category.as_ref().map(|field| &field.value)),
        district: choice(ranking.district.as_ref().map(|field| &field.value)),
    };
    Ok(rows::put_candidate(tx, &row).await?)
}

/// What the rules leave of a proposed sum; nothing where a requirement is not met. One run inside the transaction that moves the case: a
/// candidate is never seen without it.
async fn within_rules(tx: &mut Tx, tenant: &Tenant, package: &Package, case: &CaseRow, proposed: Proposed) -> ServiceResult<Money> {
    let amount = proposed.amount;
    let mut basis = calculation::gather(tx, tenant, package, case).await?;
    basis.inputs.proposed = Some(proposed);
    basis.inputs.changed = None;
    let package = packages::version(tx, tenant, case.package_version_id).await?;
    let evaluation = calculation::compute(package, basis.inputs, basis.attendance).await?.evaluation;
    Ok(match evaluation.outcome(GrantKind::Selective) {
        Outcome::Bifall | Outcome::DelvisBifall => amount.min(evaluation.total_ore),
        Outcome::Avslag | Outcome::Avvisning | Outcome::Avskrivning => Money::ZERO,
    })
}

/// What the ranking that was settled proposes a case, in the words of its reason.
///
/// # Errors
/// When the database refuses.
pub(super) async fn proposed(tx: &mut Tx, case: &CaseRow) -> ServiceResult<Option<Proposed>> {
    let Some(line) = rows::settled_line(tx, case.id).await? else { return Ok(None) };
    Ok(Some(Proposed { amount: line.amount_ore, reason: reason(&line) }))
}

/// Why a case is proposed what it is, for the applicant.
#[must_use]
fn reason(line: &LineRow) -> Localized {
    let points = Points::from_hundredths(line.points).unwrap_or(Points::ZERO);
    let (sv, en) = (number::points(points, Language::Sv), number::points(points, Language::En));
    let (plats, place) = (
        format!("Ansökan fick {sv} poäng av 100 och plats {} i omgången.", line.place),
        format!("The application got {en} points of 100 and place {} in the round.", line.place),
    );
    let (more_sv, more_en) = match line.why {
        Why::AsProposed => ("Beloppet är det som bedömningen föreslår.", "The amount is what the assessment proposes."),
        Why::MostPercent => (
            "Beloppet är den största del av det sökta som någon får i omgången.",
            "The amount is the greatest part of what was applied for that anybody gets in the round.",
        ),
        Why::Rest => ("Beloppet är det som var kvar av omgångens budget.", "The amount is what was left of the round's budget."),
        Why::BelowLeast => ("Det är färre poäng än den gräns som gäller för omgången.", "That is fewer points than the round's limit."),
        Why::BelowLine => (
            "Omgångens budget räckte till de ansökningar som fick högre poäng.",
            "The round's budget reached the applications with more points.",
        ),
        Why::NothingProposed => ("Bedömningen föreslår inget bidrag.", "The assessment proposes no grant."),
    };
    Localized::both(format!("{plats} {more_sv}"), format!("{place} {more_en}"))
}

/// Proposes a ranking by terms that were tried. Nothing is settled by it until another person agrees.
///
/// # Errors
/// [`ServiceError::Refused`] when cases are still being assessed, when the actor is kept from one of them, or when another
/// proposal waits; [`ServiceError::Invalid`] for terms that contradict themselves; [`ServiceError::Stale`] when the round is
/// not what the actor saw.
pub async fn propose(
    tenant: &Tenant,
    actor: &Actor,
    grant_type: &str,
    period: &str,
    terms: &Terms,
    seen: Option<&str>,
) -> ServiceResult<Uuid> {
    let mut tx = tenant.db.write().await?;
    let (_, package) = packages::governing(&mut tx, tenant, grant_type, period).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Prepare { committee: &package.form.diary.committee })?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let scope = scope_now(&mut tx, tenant, actor).await?;
    let (listed, kept) = rows::candidates(&mut tx, &scope, grant_type, period, tenant.clock.today()).await?;
    if kept > 0 {
        return Err(ServiceError::refused(
            "Du är jävig mot någon sökande i omgången och kan inte rangordna den. Be en kollega.",
            "You have a tie to an applicant of the round and cannot rank it. Ask a colleague.",
        ));
    }
    if listed.is_empty() {
        return Err(ServiceError::refused("Inga ansökningar väntar på rangordning.", "No applications wait to be ranked."));
    }
    let waiting = rows::still_assessed(&mut tx, grant_type, period).await?;
    if waiting > 0 {
        return Err(ServiceError::refused(
            format!("Alla ansökningar i omgången är inte färdigbedömda: {waiting} återstår. Rangordna när alla är klara."),
            format!("Not all applications of the round are assessed: {waiting} are left. Rank when all are."),
        ));
    }
    let before = rows::of_round(&mut tx, grant_type, period).await?;
    if before.iter().any(|row| row.settled_at.is_none() && row.turned_down_at.is_none()) {
        return Err(ServiceError::refused(
            "Det finns redan ett förslag till rangordning som väntar på att en kollega fastställer det.",
            "There is a ranking already that waits for a colleague to settle it.",
        ));
    }
    if let Some(left) = left(&mut tx, tenant, &package).await?
        && terms.budget > left
    {
        let left = number::money(left);
        let message = Localized::both(
            format!("Av årets budget är {left} kvar att fördela. Föreslå högst det."),
            format!("{left} of the year's budget is left to share. Propose that at most."),
        );
        return Err(ServiceError::invalid("budget", "over_left", message));
    }
    let ranked = try_out(&listed, terms)?;
    let id = tenant.ids.uuid();
    let lines = lines(id, &listed, &ranked);
    let hash = hash(terms, &lines)?;
    if seen.is_some_and(|seen| seen != hash) {
        return Err(ServiceError::Stale);
    }
    let row = RankingRow {
        id,
        grant_type: grant_type.to_owned(),
        period: period.to_owned(),
        seq: before.first().map_or(1, |last| last.seq + 1),
        terms: canonical::to_bytes(terms)?,
        result_hash: hash,
        proposed_by: user,
        proposed_at: tenant.clock.now(),
        settled_by: None,
        settled_at: None,
        turned_down_by: None,
        turned_down_at: None,
        turned_down_why: None,
    };
    rows::insert(&mut tx, &row, &lines).await?;
    let body = json!({
        "ranking": id, "grant_type": grant_type, "period": period, "seq": row.seq, "result": row.result_hash, "cases": lines.len(),
    });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "ranking.proposed", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(id)
}

/// Settles a ranking that somebody else proposed: it is what the cases are proposed, and they go on.
///
/// # Errors
/// [`ServiceError::Refused`] for who proposed it herself or is kept from one of the cases; [`ServiceError::Stale`] when it
/// was settled or turned down, or a case has moved on.
pub async fn settle(tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<usize> {
    let mut tx = tenant.db.write().await?;
    let (row, user) = open(&mut tx, tenant, actor, id).await?;
    if user == row.proposed_by {
        return Err(ServiceError::refused(
            "Rangordningen ska fastställas av någon annan än den som föreslog den.",
            "The ranking must be settled by somebody else than who proposed it.",
        ));
    }
    let lines = rows::lines(&mut tx, id).await?;
    let scope = scope_now(&mut tx, tenant, actor).await?;
    let (listed, kept) = rows::candidates(&mut tx, &scope, &row.grant_type, &row.period, tenant.clock.today()).await?;
    if kept > 0 {
        return Err(ServiceError::refused(
            "Du är jävig mot någon sökande i omgången och kan inte fastställa rangordningen. Be en kollega.",
            "You have a tie to an applicant of the round and cannot settle the ranking. Ask a colleague.",
        ));
    }
    let waiting: BTreeMap<_, _> = listed.iter().map(|listed| (listed.case_id, listed)).collect();
    if lines.len() != waiting.len() || lines.iter().any(|line| !waiting.contains_key(&line.case_id)) {
        return Err(ServiceError::refused(
            "Omgången har ändrats sedan rangordningen föreslogs. Avvisa förslaget och rangordna på nytt.",
            "The round has changed since the ranking was proposed. Turn it down and rank again.",
        ));
    }
    if !rows::settle(&mut tx, id, user, tenant.clock.now()).await? {
        return Err(ServiceError::Stale);
    }
    for line in &lines {
        let entered = waiting.get(&line.case_id).map_or(0, |listed| listed.entered);
        let job = NewJob {
            id: tenant.ids.uuid(),
            kind: JobKind::Wait,
            case_id: Some(line.case_id),
            reference: None,
            entered,
            step: "",
            dedup_key: format!("wait/{}/{entered}", line.case_id),
            run_at: tenant.clock.now(),
        };
        jobs::add(&mut tx, job).await?;
        let body = json!({ "ranking": id, "place": line.place, "points": line.points, "amount_ore": line.amount_ore, "why": line.why });
        history::record(&mut tx, tenant, Stream::Case(line.case_id), actor, Event { kind: "case.ranked", body, texts: &[] }).await?;
    }
    let body = json!({ "ranking": id, "grant_type": row.grant_type, "period": row.period, "result": row.result_hash });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "ranking.settled", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(lines.len())
}

/// Turns a proposed ranking down; the round can then be ranked again. Who proposed it may take it back so.
///
/// # Errors
/// [`ServiceError::Invalid`] without a reason; [`ServiceError::Stale`] when it was settled or turned down already.
pub async fn turn_down(tenant: &Tenant, actor: &Actor, id: Uuid, why: &str) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let (row, user) = open(&mut tx, tenant, actor, id).await?;
    let why = why.trim();
    if why.is_empty() {
        let message = Localized::both("Skriv varför förslaget inte kan fastställas.", "Write why the proposal cannot be settled.");
        return Err(ServiceError::invalid("skal", "missing", message));
    }
    let scope = scope_now(&mut tx, tenant, actor).await?;
    let (_, kept) = rows::candidates(&mut tx, &scope, &row.grant_type, &row.period, tenant.clock.today()).await?;
    // Who proposed it may take it back, whatever tie she has come to since.
    if kept > 0 && user != row.proposed_by {
        return Err(ServiceError::refused(
            "Du är jävig mot någon sökande i omgången och kan inte avvisa rangordningen. Be en kollega.",
            "You have a tie to an applicant of the round and cannot turn the ranking down. Ask a colleague.",
        ));
    }
    if !rows::turn_down(&mut tx, id, user, tenant.clock.now(), why).await? {
        return Err(ServiceError::Stale);
    }
    let body = json!({ "ranking": id, "grant_type": row.grant_type, "period": row.period });
    let event = Event { kind: "ranking.turned_down", body, texts: &[("why", why)] };
    history::record(&mut tx, tenant, Stream::System, actor, event).await?;
    tx.commit().await?;
    Ok(())
}

/// What is left to share of a grant's budget this year: neither decided nor settled in a ranking whose cases wait to be decided.
/// None where no budget is set.
async fn left(tx: &mut Tx, tenant: &Tenant, package: &Package) -> ServiceResult<Option<Money>> {
    let year = i64::from(tenant.clock.today().year());
    let Some(budget) = budgets::of(tx, &package.id, &package.form.diary.committee, year).await? else { return Ok(None) };
    let settled = rows::settled_undecided(tx, &package.id).await?;
    let left = budget.amount_ore.checked_sub(budget.used_ore).and_then(|left| left.checked_sub(settled)).unwrap_or_default();
    Ok(Some(left.max(Money::ZERO)))
}

/// What the actor may see now: somebody may have a tie by this moment that she had not when she logged in.
async fn scope_now(tx: &mut Tx, tenant: &Tenant, actor: &Actor) -> ServiceResult<Scope> {
    let user = actor.user().cloned().ok_or(ServiceError::NotFound)?;
    Actor::with_roles(tx, user, tenant.clock.today()).await?.scope()
}

async fn open(tx: &mut Tx, tenant: &Tenant, actor: &Actor, id: Uuid) -> ServiceResult<(RankingRow, crate::domain::id::UserId)> {
    let row = rows::by_id(tx, id).await?.ok_or(ServiceError::NotFound)?;
    let (_, package) = packages::governing(tx, tenant, &row.grant_type, &row.period).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Prepare { committee: &package.form.diary.committee })?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    Ok((row, user))
}

/// What terms would give, with nothing kept.
fn try_out(listed: &[ListedRow], terms: &Terms) -> ServiceResult<Vec<Ranked>> {
    let candidates: Vec<Candidate> = listed
        .iter()
        .map(|row| Candidate {
            number: row.number.clone(),
            points: Points::from_hundredths(row.points).unwrap_or(Points::ZERO),
            applied: row.applied_ore,
            proposed: row.assessed_ore,
            district: row.district.clone(),
        })
        .collect();
    ranking::rank(&candidates, terms).map_err(contradiction)
}

fn contradiction(error: TermsError) -> ServiceError {
    let (place, sv, en) = match error {
        TermsError::Budget => {
            ("budget", "Budgeten kan inte vara mindre än 0 kr.".to_owned(), "The budget cannot be below 0 kr.".to_owned())
        }
        TermsError::MostPercent => {
            ("andel", "Skriv en andel från 1 till 100 procent.".to_owned(), "Write a share from 1 to 100 percent.".to_owned())
        }
        TermsError::Districts { districts } => {
            let most = 100_usize.checked_div(districts).unwrap_or(100);
            (
                "omrade",
                format!("{districts} områden kan få högst {most} procent var."),
                format!("{districts} districts can have at most {most} percent each."),
            )
        }
        TermsError::TooLarge => ("budget", "Beloppen är för stora.".to_owned(), "The amounts are too large.".to_owned()),
    };
    ServiceError::invalid(place, "contradiction", Localized::both(sv, en))
}

fn lines(ranking: Uuid, listed: &[ListedRow], ranked: &[Ranked]) -> Vec<LineRow> {
    let line = |ranked: &Ranked| {
        let row = listed.get(ranked.candidate)?;
        Some(LineRow {
            ranking_id: ranking,
            case_id: row.case_id,
            place: i64::from(ranked.place),
            points: row.points,
            assessed_ore: row.assessed_ore,
            amount_ore: ranked.amount,
            why: ranked.why,
        })
    };
    ranked.iter().filter_map(line).collect()
}

/// What tells two rankings apart: terms and lines, whatever the ranking's own id.
fn hash(terms: &Terms, lines: &[LineRow]) -> ServiceResult<String> {
    let lines: Vec<_> =
        lines.iter().map(|line| json!({ "case": line.case_id, "place": line.place, "amount": line.amount_ore, "why": line.why })).collect();
    Ok(Sha::of_parts(&[&canonical::to_bytes(terms)?, &canonical::to_bytes(&lines)?]).hex())
}
