//! The memo (tjänsteskrivelse) of a grant's cases on a meeting's agenda: what the register knows is written by itself, what
//! only an officer knows she writes under her headings.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::stages;
use crate::app::Tenant;
use crate::app::profile::{Committee, MemoHeading, MemoText};
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::domain::score::Points;
use crate::domain::{Localized, Money, clock};
use crate::letters::{self, Memo, MemoLine, MemoSection};
use crate::services::actor::{Action, authorize};
use crate::services::history::{self, Event, Stream};
use crate::services::{Actor, ServiceError, ServiceResult, budgets, packages, protection, ranking};
use crate::store::agenda::{self, WaitingRow};
use crate::store::decisions::{self as rows, MeetingRow};
use crate::store::{Tx, cases, rankings, users};
use crate::text::number;

/// A heading under which an officer writes herself, with what she has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// The heading.
    pub heading: String,
    /// The text; empty before she has.
    pub text: String,
}

/// The headings of a meeting's memo for a grant that an officer writes under.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting, or for who is not of the staff.
pub async fn own_texts(tenant: &Tenant, actor: &Actor, meeting: Uuid, grant_type: &str) -> ServiceResult<Vec<OwnText>> {
    authorize(actor, Action::Browse)?;
    let mut tx = tenant.db.read().await?;
    let meeting = rows::meeting_by_id(&mut tx, meeting).await?.ok_or(ServiceError::NotFound)?;
    own(&mut tx, committee(tenant, &meeting)?, meeting.id, grant_type).await
}

pub(super) async fn own(tx: &mut Tx, committee: &Committee, meeting: Uuid, grant_type: &str) -> ServiceResult<Vec<OwnText>> {
    let written = agenda::memo_texts(tx, meeting, grant_type).await?;
    let headings = committee.memo.iter().filter(|heading| heading.text.is_none());
    let texts = headings.map(|heading| OwnText {
        heading: heading.heading.clone(),
        text: written.iter().find(|(known, _)| *known == heading.heading).map_or_else(String::new, |(_, text)| text.clone()),
    });
    Ok(texts.collect())
}

/// Writes what stands under the officer's own headings of a meeting's memo for a grant.
///
/// # Errors
/// [`ServiceError::Refused`] when the actor may not prepare the meeting.
pub async fn write(tenant: &Tenant, actor: &Actor, meeting: Uuid, grant_type: &str, texts: &[OwnText]) -> ServiceResult<()> {
    let mut tx = tenant.db.write().await?;
    let meeting = super::prepared(&mut tx, actor, meeting).await?;
    let user = actor.user().ok_or(ServiceError::NotFound)?.id;
    let known = own(&mut tx, committee(tenant, &meeting)?, meeting.id, grant_type).await?;
    for text in texts.iter().filter(|text| known.iter().any(|own| own.heading == text.heading)) {
        let key = (meeting.id, grant_type, text.heading.as_str());
        agenda::put_memo_text(&mut tx, key, text.text.trim(), user, tenant.clock.now()).await?;
    }
    let body = json!({ "meeting": meeting.id, "grant_type": grant_type });
    history::record(&mut tx, tenant, Stream::System, actor, Event { kind: "memo.written", body, texts: &[] }).await?;
    tx.commit().await?;
    Ok(())
}

/// The memo of a grant's cases on a meeting's agenda, or of one of them.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such meeting; [`ServiceError::Refused`] when no such case is on its agenda or a
/// heading of the officer's own has no text.
pub async fn compose(tenant: &Tenant, actor: &Actor, meeting: Uuid, grant_type: &str, only: Option<CaseId>) -> ServiceResult<Memo> {
    authorize(actor, Action::Browse)?;
    let budget = budgets::this_year(tenant, actor, grant_type).await?;
    let mut tx = tenant.db.read().await?;
    let meeting = rows::meeting_by_id(&mut tx, meeting).await?.ok_or(ServiceError::NotFound)?;
    let committee = committee(tenant, &meeting)?;
    let all = every_case(&mut tx, tenant, actor, &meeting).await?;
    let about = |row: &WaitingRow| row.grant_type == grant_type && only.is_none_or(|only| row.case_id == only);
    let cases: Vec<WaitingRow> = all.into_iter().filter(about).collect();
    let Some(first) = cases.first() else {
        return Err(ServiceError::refused("Inget sådant ärende står på listan.", "No such case is on the agenda."));
    };
    let package = packages::version(&mut tx, tenant, first.package_version_id).await?;
    let own = own(&mut tx, committee, meeting.id, grant_type).await?;
    complete(&own)?;
    let mut lines = Vec::with_capacity(cases.len());
    let mut prepared = BTreeMap::new();
    for row in &cases {
        lines.push(line(&mut tx, tenant, row).await?);
        for said in stages::said(&mut tx, row.case_id).await? {
            if said.meeting_id != meeting.id {
                let by = (said.held_on, stages::named(committee, said.stage.as_deref()), said.paragraph.unwrap_or_default());
                *prepared.entry(by).or_insert(0) += 1;
            }
        }
    }
    // Who was not ranked stands last, in the agenda's order.
    lines.sort_by_key(|line| line.place.unwrap_or(i64::MAX));
    let known = Known {
        committee: &committee.name,
        stage: stages::of(tenant, &meeting).map(|stage| stage.name.as_str()),
        prepared,
        grant: &package.form.title.sv,
        budget,
        settled: settled(&mut tx, first.case_id).await?,
        amount: Money::sum(lines.iter().map(|line| line.amount)).map_err(anyhow::Error::from)?,
        applied: Money::sum(lines.iter().filter_map(|line| line.applied)).map_err(anyhow::Error::from)?,
        year: tenant.clock.today().year(),
        lines: &lines,
    };
    let sections = committee.memo.iter().map(|heading| section(heading, &known, &own)).collect();
    let subject = match (only, lines.first()) {
        (Some(_), Some(line)) => {
            let title = &package.form.title;
            Localized::both(format!("{}: {}", title.sv, line.applicant), format!("{}: {}", title.get(Language::En), line.applicant))
        }
        (None, _) | (Some(_), None) => package.form.title.clone(),
    };
    Ok(Memo {
        language: Language::Sv,
        municipality: tenant.profile.name.clone(),
        committee: stages::who(tenant, &meeting),
        diary_number: only.and_then(|_| lines.first()).map(|line| line.number.clone()),
        office: committee.office.clone(),
        official: actor.user().map_or_else(String::new, |user| user.name.clone()),
        date: tenant.clock.today(),
        meeting: meeting.held_on,
        subject,
        sections,
        lines,
    })
}

/// The cases on a meeting's agenda; whoever is kept from one of them does not write of the others beside it.
pub(super) async fn every_case(tx: &mut Tx, tenant: &Tenant, actor: &Actor, meeting: &MeetingRow) -> ServiceResult<Vec<WaitingRow>> {
    let (all, kept) = agenda::of_meeting(tx, &actor.scope()?, meeting.id, tenant.clock.today()).await?;
    if kept > 0 {
        return Err(ServiceError::refused(
            "Du är jävig mot en sökande på listan. Någon annan får skriva tjänsteskrivelsen.",
            "You have a tie to an applicant on the list. Somebody else writes the memo.",
        ));
    }
    Ok(all)
}

/// Refuses a memo whose own headings are not all written under.
pub(super) fn complete(own: &[OwnText]) -> ServiceResult<()> {
    match own.iter().find(|text| text.text.is_empty()) {
        None => Ok(()),
        Some(missing) => Err(ServiceError::refused(
            format!("Tjänsteskrivelsen saknar text under ”{}”. Skriv den först.", missing.heading),
            format!("The memo has no text under \"{}\". Write it first.", missing.heading),
        )),
    }
}

/// The memo as PDF.
///
/// # Errors
/// When it cannot be drawn.
pub async fn pdf(memo: Memo) -> ServiceResult<Vec<u8>> {
    let drawn = tokio::task::spawn_blocking(move || letters::pdf(&memo)).await.map_err(|error| anyhow::anyhow!("no memo: {error}"))?;
    Ok(drawn.map_err(anyhow::Error::from)?)
}

/// The memo as a Word document, to be pasted into the committee's own system.
///
/// # Errors
/// When it cannot be written.
pub fn docx(memo: &Memo) -> ServiceResult<Vec<u8>> {
    Ok(letters::docx(memo).map_err(anyhow::Error::from)?)
}

/// The memo as a web page.
///
/// # Errors
/// When it cannot be written.
pub fn html(memo: &Memo) -> ServiceResult<String> {
    Ok(letters::html_document(memo).map_err(anyhow::Error::from)?)
}

pub(super) fn committee<'t>(tenant: &'t Tenant, meeting: &MeetingRow) -> ServiceResult<&'t Committee> {
    tenant.profile.committee(&meeting.committee).ok_or(ServiceError::NotFound)
}

/// What the sections that write themselves know.
struct Known<'a> {
    committee: &'a str,
    /// The body that prepares the committee's cases, where the memo is to it.
    stage: Option<&'a str>,
    /// Which bodies have prepared the cases: day, name and paragraph, with how many.
    prepared: BTreeMap<(NaiveDate, String, String), usize>,
    grant: &'a str,
    budget: Option<budgets::Year>,
    /// Who settled the ranking and when.
    settled: Option<(String, NaiveDate)>,
    amount: Money,
    applied: Money,
    year: i32,
    lines: &'a [MemoLine],
}

fn section(heading: &MemoHeading, known: &Known<'_>, own: &[OwnText]) -> MemoSection {
    let paragraphs = match heading.text {
        Some(MemoText::Proposal) => proposal(known),
        Some(MemoText::Matter) => vec![matter(known)],
        Some(MemoText::Assessment) => assessment(known),
        Some(MemoText::Money) => money(known),
        Some(MemoText::Recipients) => vec!["Sökandena".to_owned()],
        None => own.iter().filter(|text| text.heading == heading.heading).flat_map(|text| text.text.lines()).map(str::to_owned).collect(),
    };
    let list = matches!(heading.text, Some(MemoText::Proposal));
    MemoSection {
        heading: heading.heading.clone(),
        paragraphs: paragraphs.into_iter().filter(|text| !text.trim().is_empty()).collect(),
        list,
    }
}

fn matter(known: &Known<'_>) -> String {
    let (grant, applied) = (known.grant.to_lowercase(), number::money(known.applied));
    match known.lines {
        [one] => format!("{} har ansökt om {grant}: {applied}.", one.applicant),
        several => format!("{} om {grant} har kommit in, om sammanlagt {applied}.", applications(several.len())),
    }
}

fn proposal(known: &Known<'_>) -> Vec<String> {
    let granted = known.lines.iter().filter(|line| line.amount.is_positive()).count();
    let refused = known.lines.len() - granted;
    let mut proposals = Vec::new();
    let who = match known.stage {
        Some(stage) => format!("{stage} föreslår att {}", known.committee),
        None => known.committee.to_owned(),
    };
    if granted > 0 {
        proposals.push(format!(
            "{who} beviljar {} om {} sammanlagt {}, enligt bilagan.",
            applications(granted),
            known.grant.to_lowercase(),
            number::money(known.amount)
        ));
    }
    if refused > 0 {
        proposals.push(format!("{who} avslår {}, enligt bilagan.", applications(refused)));
    }
    proposals
}

fn applications(count: usize) -> String {
    match count {
        1 => "1 ansökan".to_owned(),
        several => format!("{} ansökningar", number::integer(i64::try_from(several).unwrap_or(i64::MAX))),
    }
}

fn assessment(known: &Known<'_>) -> Vec<String> {
    let mut told = vec!["Ansökningarna är bedömda enligt bidragets regler. Varje ansökans poäng och belopp står i bilagan.".to_owned()];
    if let Some((who, on)) = &known.settled {
        told.push(format!(
            "De är rangordnade efter poäng mot omgångens budget. Rangordningen fastställdes {} av {who}.",
            number::date(*on, Language::Sv)
        ));
    }
    for ((on, stage, paragraph), count) in &known.prepared {
        let cases = match (*count, known.lines.len()) {
            (1, 1) => "ärendet".to_owned(),
            (some, all) if some == all => "ärendena".to_owned(),
            (some, _) => format!("{some} av ärendena"),
        };
        let day = number::date(*on, Language::Sv);
        told.push(format!("{stage} har berett {cases} {day}, {paragraph}. Beloppen är de som då föreslogs."));
    }
    told
}

fn money(known: &Known<'_>) -> Vec<String> {
    let Some(budget) = known.budget else {
        return vec![format!("Förslaget innebär bidrag på sammanlagt {}.", number::money(known.amount))];
    };
    let left = budget.amount.checked_sub(budget.used).and_then(|left| left.checked_sub(known.amount)).unwrap_or_default();
    vec![format!(
        "Budgeten för {} är {}. Av den är {} redan beslutat. Förslaget tar {}, och {} blir kvar.",
        known.year,
        number::money(budget.amount),
        number::money(budget.used),
        number::money(known.amount),
        number::money(left)
    )]
}

async fn settled(tx: &mut Tx, case: CaseId) -> ServiceResult<Option<(String, NaiveDate)>> {
    let Some(line) = rankings::settled_line(tx, case).await? else { return Ok(None) };
    let Some(ranking) = rankings::by_id(tx, line.ranking_id).await? else { return Ok(None) };
    let (Some(by), Some(at)) = (ranking.settled_by, ranking.settled_at) else { return Ok(None) };
    let who = users::by_id(tx, by).await?.map_or_else(String::new, |user| user.name);
    Ok(Some((who, clock::swedish_date(at))))
}

async fn line(tx: &mut Tx, tenant: &Tenant, row: &WaitingRow) -> ServiceResult<MemoLine> {
    let case = cases::by_id(tx, row.case_id).await?.ok_or(ServiceError::NotFound)?;
    let package = packages::version(tx, tenant, row.package_version_id).await?;
    let ranked = rankings::settled_line(tx, row.case_id).await?;
    let hidden = protection::hides(row.protected, row.kind);
    Ok(MemoLine {
        number: row.number.clone(),
        applicant: if hidden { protection::HIDDEN_PERSON.to_owned() } else { row.name.clone() },
        place: ranked.as_ref().map(|line| line.place),
        points: ranked.and_then(|line| Points::from_hundredths(line.points)),
        applied: ranking::applied(tx, &package, &case).await?,
        amount: row.amount_ore.unwrap_or_default(),
        conditions: crate::services::assessments::conditions(tx, &package, &case)
            .await?
            .into_iter()
            .map(|text: Localized| text.sv)
            .collect(),
    })
}
