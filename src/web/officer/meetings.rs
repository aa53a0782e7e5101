//! The committee's meetings and the delegated decisions that are reported to them (kommunallagen 6 kap. 40 §).

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::ranking;
use super::typed::{Post, Typed, value};
use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::services::ServiceError;
use crate::services::committee::stages;
use crate::services::decisions::meetings::{self, Correction, MeetingRow};
use crate::services::ranking::views as ranking_views;
use crate::text::number;
use crate::web::Page;
use crate::web::officer::words::{many, outcome, say};
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::words::of_case;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// The meetings.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/meetings.html")]
pub struct MeetingsPage {
    /// The page around it.
    pub page: Page,
    /// How many decisions wait for a meeting, in a sentence.
    pub waiting: String,
    /// Where what waits can be read, committee by committee.
    pub unreported: Vec<Link>,
    /// Meetings, the newest first.
    pub meetings: Vec<MeetingLine>,
    /// Planning a meeting; none for who may not.
    pub plan: Option<Action>,
    /// Rounds to rank, each with how many applications wait.
    pub rounds: Vec<(Link, String)>,
    /// Reporting; none for who may not.
    pub report: Option<Action>,
}

/// A meeting in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingLine {
    /// Its page, called by the day.
    pub link: Link,
    /// Its cases; empty where the link leads there.
    pub agenda: String,
    /// The committee.
    pub committee: String,
    /// The paragraph of the minutes.
    pub paragraph: String,
    /// How many decisions.
    pub count: String,
    /// Where the announcement stands.
    pub state: Shown,
    /// From when to when it was up; empty before.
    pub announced: String,
}

/// A meeting with its decisions.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/meeting.html")]
pub struct MeetingPage {
    /// The page around it.
    pub page: Page,
    /// The committee.
    pub committee: String,
    /// How many decisions and of what sum, in a sentence.
    pub summary: String,
    /// The paragraph of the minutes; empty before it is known.
    pub paragraph: String,
    /// When the minutes were announced, and until when; empty before.
    pub announced: String,
    /// The decisions.
    pub decisions: Vec<DecisionLine>,
    /// How many are left out because the visitor is tied to whom they concern, in words; empty for none.
    pub left_out: String,
    /// What the minutes say of conflicts of interest, a line each; empty for none.
    pub conflicts: String,
    /// The list as a document.
    pub pdf: Option<Link>,
    /// Announcing; none where it is done, or for who may not.
    pub announce: Option<Action>,
    /// Correcting what was entered; none where it is too late, or for who may not.
    pub correct: Option<Action>,
    /// Why it is too late; empty where it is not.
    pub closed: String,
}

/// A decision in the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionLine {
    /// The case, called by its diary number.
    pub link: Link,
    /// The day.
    pub date: String,
    /// What it concerns.
    pub subject: String,
    /// How it came out.
    pub outcome: String,
    /// How much.
    pub amount: String,
    /// Who decided.
    pub delegate: String,
    /// By which point.
    pub point: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    html(&fill(&site, &visitor, None).await?)
}

pub(in crate::web) async fn report(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let paragraph = Some(value(&sent, "paragraf")).filter(|text| !text.is_empty());
    let done = match value(&sent, "dag").parse::<NaiveDate>() {
        Ok(day) => meetings::report(&site.tenant, visitor.staff()?, value(&sent, "namnd"), day, paragraph).await,
        Err(_) => {
            let message = Localized::both("Välj sammanträdets dag.", "Choose the day of the meeting.");
            Err(ServiceError::invalid("dag", "missing", message))
        }
    };
    match done {
        Ok(meeting) => Ok(Redirect::to(&format!("/namnd/{}?kvitto=anmalt", meeting.id)).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, Some(&typed)).await?)
        }
    }
}

/// The page with a form of its own that came back.
pub(super) async fn returned(site: &Site, visitor: &Visitor, typed: &Typed) -> Result<Response, Error> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, Some(typed)).await?)
}

async fn fill(site: &Site, visitor: &Visitor, typed: Option<&Typed>) -> Result<MeetingsPage, Error> {
    let language = visitor.language;
    let t = |key: &str| visitor.t(key);
    let found = meetings::overview(&site.tenant, visitor.staff()?).await?;
    let mut page = visitor.page(site, Section::Officer, t("meetings-title"), Vec::new()).await?;
    let committees = found.waiting.iter().map(|(code, count)| Choice {
        value: code.clone(),
        text: say(language, "meetings-committee", &[("name", &committee(site, code)), ("count", &number::integer(*count))]),
        selected: false,
    });
    let mut report = found.may_report.then(|| Action {
        url: "/namnd".to_owned(),
        explanation: t("meetings-report-text"),
        button: t("meetings-report-button"),
        weight: Weight::Primary,
        fields: vec![
            Field {
                name: "namnd".to_owned(),
                label: t("meetings-whose"),
                kind: FieldKind::Select(committees.collect()),
                ..Field::default()
            },
            Field { name: "dag".to_owned(), label: t("meetings-day"), kind: FieldKind::Date, ..Field::default() },
            Field {
                name: "paragraf".to_owned(),
                label: t("meetings-paragraph"),
                hint: Some(t("meetings-paragraph-hint")),
                optional: true,
                ..Field::default()
            },
        ],
        ..Action::default()
    });
    let mut plan = found.may_plan.then(|| planning(site, language));
    if let Some(typed) = typed {
        let forms = report.iter_mut().chain(&mut plan);
        page.errors = typed.fill(language, forms.flat_map(|action| action.fields.iter_mut()));
    }
    let meetings = found.meetings.iter().map(|(meeting, count)| MeetingLine {
        // A body that prepares is told of no delegated decisions: its cases are its page.
        link: match meeting.stage {
            Some(_) => Link::new(super::agenda::address(meeting.id), number::date(meeting.held_on, language)),
            None => Link::new(format!("/namnd/{}", meeting.id), number::date(meeting.held_on, language)),
        },
        agenda: if meeting.stage.is_some() { String::new() } else { super::agenda::address(meeting.id) },
        committee: whose(site, meeting),
        paragraph: meeting.paragraph.clone().unwrap_or_default(),
        count: if meeting.stage.is_some() { "–".to_owned() } else { number::integer(*count) },
        state: match (&meeting.stage, meeting.announced_on) {
            (Some(_), _) => Shown::none(t("meetings-prepares")),
            (None, Some(_)) => Shown::ok(t("meetings-announced")),
            (None, None) => Shown::wait(t("meetings-not-announced")),
        },
        announced: announced(meeting, language),
    });
    let unreported = found.waiting.iter().filter(|(_, count)| *count > 0).map(|(code, count)| {
        let words = [("name", committee(site, code)), ("count", number::integer(*count))];
        let text = say(language, "meetings-committee", &words.each_ref().map(|(name, text)| (*name, text.as_str())));
        Link::new(format!("/namnd/vantar/{code}"), text)
    });
    let rounds = ranking_views::rounds(&site.tenant, visitor.staff()?).await?;
    let rounds = rounds.iter().map(|(grant_type, grant, period, waiting)| {
        let dates = of_case(Some(period), &period.id, language);
        let text = say(language, "ranking-round-line", &[("grant", grant.get(language)), ("period", &dates)]);
        (Link::new(ranking::address(grant_type, &period.id), text), many(language, "ranking-round-waiting", *waiting))
    });
    Ok(MeetingsPage {
        plan,
        rounds: rounds.collect(),
        unreported: unreported.collect(),
        waiting: many(language, "meetings-waiting", found.waiting.iter().map(|(_, count)| count).sum()),
        meetings: meetings.collect(),
        report,
        page,
    })
}

fn planning(site: &Site, language: Language) -> Action {
    let committees = site.tenant.profile.committees.iter().flat_map(|committee| {
        let own = Choice { value: committee.code.clone(), text: committee.name.clone(), selected: false };
        let stages = committee.stages.iter().map(|stage| Choice {
            value: format!("{}/{}", committee.code, stage.id),
            text: format!("{}: {}", committee.name, stage.name),
            selected: false,
        });
        std::iter::once(own).chain(stages)
    });
    let field = |name: &str, label: &str, kind: FieldKind| Field {
        name: name.to_owned(),
        label: say(language, label, &[]),
        kind,
        ..Field::default()
    };
    Action {
        url: "/namnd/planera".to_owned(),
        title: say(language, "agenda-plan", &[]),
        explanation: say(language, "agenda-plan-text", &[]),
        button: say(language, "agenda-plan", &[]),
        weight: Weight::Secondary,
        fields: vec![
            field("sammantrade_namnd", "meetings-whose", FieldKind::Select(committees.collect())),
            field("sammantradesdag", "meetings-day", FieldKind::Date),
            Field { optional: true, hint: Some(say(language, "agenda-stop-hint", &[])), ..field("stopp", "agenda-stop", FieldKind::Date) },
        ],
    }
}

fn committee(site: &Site, code: &str) -> String {
    site.tenant.profile.committee(code).map_or_else(|| code.to_owned(), |committee| committee.name.clone())
}

/// Who meets: the committee, or a body that prepares its cases.
fn whose(site: &Site, meeting: &MeetingRow) -> String {
    let committee = committee(site, &meeting.committee);
    match &meeting.stage {
        None => committee,
        Some(_) => format!("{committee}: {}", stages::who(&site.tenant, meeting)),
    }
}

fn announced(meeting: &MeetingRow, language: Language) -> String {
    match (meeting.announced_on, meeting.removed_on) {
        (Some(up), Some(down)) => {
            say(language, "meetings-up-down", &[("up", &number::date(up, language)), ("down", &number::date(down, language))])
        }
        (Some(_) | None, _) => String::new(),
    }
}

pub(in crate::web) async fn one(State(site): State<Site>, visitor: Visitor, Path(id): Path<Uuid>) -> Result<Response, Error> {
    html(&fill_one(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn announce(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let meeting = meetings::of(&site.tenant, actor, id).await?.meeting;
    let done = match (value(&sent, "anslaget").parse(), value(&sent, "nedtaget").parse()) {
        (Ok(up), Ok(down)) => meetings::announce(&site.tenant, actor, &meeting.committee, meeting.held_on, up, down).await,
        (up, _) => {
            let field = if up.is_err() { "anslaget" } else { "removed_on" };
            Err(ServiceError::invalid(field, "missing", Localized::both("Välj en dag.", "Choose a day.")))
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/namnd/{id}?kvitto=anslaget")).into_response()),
        Err(error) => {
            let typed =
                (format!("/namnd/{id}/anslag"), Typed::refused(sent, error, &[("removed_on", "nedtaget"), ("announced_on", "anslaget")])?);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill_one(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

/// What a correction's places are called in its form: beside the form of the announcement its names must be its own.
const CORRECTED: [(&str, &str); 4] =
    [("held_on", "ratt-dag"), ("announced_on", "ratt-anslaget"), ("removed_on", "ratt-nedtaget"), ("reason", "ratt-skal")];

pub(in crate::web) async fn correct(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let day = |name: &str| value(&sent, name).parse::<NaiveDate>().ok();
    let told = sent.iter().any(|(name, _)| name == "ratt-anslaget");
    let new = match (day("ratt-dag"), day("ratt-anslaget"), day("ratt-nedtaget")) {
        (Some(held), Some(up), Some(down)) if told => Ok((held, Some((up, down)))),
        (Some(held), None, None) if !told => Ok((held, None)),
        (held, up, _) => Err(match (held, up) {
            (None, _) => "held_on",
            (Some(_), None) => "announced_on",
            (Some(_), Some(_)) => "removed_on",
        }),
    };
    let done = match new {
        Ok((held_on, announced)) => {
            let paragraph = Some(value(&sent, "ratt-paragraf")).filter(|text| !text.is_empty());
            let new = Correction { held_on, paragraph, announced, reason: value(&sent, "ratt-skal") };
            meetings::correct(&site.tenant, visitor.staff()?, id, &new).await
        }
        Err(place) => Err(ServiceError::invalid(place, "missing", Localized::both("Välj en dag.", "Choose a day."))),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/namnd/{id}?kvitto=rattat-sammantrade")).into_response()),
        Err(error) => {
            let typed = (format!("/namnd/{id}/ratta"), Typed::refused(sent, error, &CORRECTED)?);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill_one(&site, &visitor, id, Some(&typed)).await?)
        }
    }
}

/// The form that corrects a meeting, with what stands now.
fn correction(visitor: &Visitor, id: Uuid, meeting: &MeetingRow) -> Action {
    let date = |name: &str, label: &str, day: NaiveDate| Field {
        name: name.to_owned(),
        label: visitor.t(label),
        value: day.to_string(),
        kind: FieldKind::Date,
        ..Field::default()
    };
    let mut fields = vec![
        date("ratt-dag", "meetings-day", meeting.held_on),
        Field {
            name: "ratt-paragraf".to_owned(),
            label: visitor.t("meetings-paragraph"),
            value: meeting.paragraph.clone().unwrap_or_default(),
            optional: true,
            ..Field::default()
        },
    ];
    if let (Some(up), Some(down)) = (meeting.announced_on, meeting.removed_on) {
        fields.push(date("ratt-anslaget", "meetings-up", up));
        fields.push(Field { hint: Some(visitor.t("meetings-down-hint")), ..date("ratt-nedtaget", "meetings-down", down) });
    }
    fields.push(Field { name: "ratt-skal".to_owned(), label: visitor.t("meetings-correct-why"), ..Field::default() });
    Action {
        url: format!("/namnd/{id}/ratta"),
        title: visitor.t("meetings-correct"),
        explanation: visitor.t("meetings-correct-text"),
        button: visitor.t("meetings-correct-button"),
        fields,
        ..Action::default()
    }
}

/// The decisions that no meeting has been told of yet.
pub(in crate::web) async fn waiting(State(site): State<Site>, visitor: Visitor, Path(committee): Path<String>) -> Result<Response, Error> {
    let t = |key: &str| visitor.t(key);
    let found = meetings::waiting(&site.tenant, visitor.staff()?, &committee).await?;
    let crumbs = vec![Link::new("/namnd", t("meetings-title")), Link::here(t("meetings-unreported-here"))];
    let page = visitor.page(&site, Section::Officer, t("meetings-unreported"), crumbs).await?;
    html(&MeetingPage { page, ..listed(found, visitor.language)? })
}

async fn fill_one(site: &Site, visitor: &Visitor, id: Uuid, typed: Option<&(String, Typed)>) -> Result<MeetingPage, Error> {
    let language = visitor.language;
    let t = |key: &str| visitor.t(key);
    let found = meetings::of(&site.tenant, visitor.staff()?, id).await?;
    let day = number::date(found.meeting.held_on, language);
    let crumbs = vec![Link::new("/namnd", t("meetings-title")), Link::here(day.clone())];
    let mut page = visitor.page(site, Section::Officer, say(language, "meeting-title", &[("date", &day)]), crumbs).await?;
    let date = |name: &str, label: &str| Field { name: name.to_owned(), label: t(label), kind: FieldKind::Date, ..Field::default() };
    let mut announce = found.may_announce.then(|| Action {
        url: format!("/namnd/{id}/anslag"),
        title: t("meetings-announce"),
        explanation: t("meetings-announce-text"),
        button: t("meetings-announce-button"),
        weight: Weight::Primary,
        fields: vec![date("anslaget", "meetings-up"), Field { hint: Some(t("meetings-down-hint")), ..date("nedtaget", "meetings-down") }],
    });
    let mut correct = found.may_correct.then(|| correction(visitor, id, &found.meeting));
    if let Some((url, typed)) = typed {
        let forms = announce.iter_mut().chain(&mut correct).filter(|action| action.url == *url);
        page.errors = typed.fill(language, forms.flat_map(|action| action.fields.iter_mut()));
    }
    let closed = found.closed.as_ref().filter(|_| found.meeting.announced_on.is_some()).map(|why| why.get(language).to_owned());
    let (paragraph, announced) = (found.meeting.paragraph.clone().unwrap_or_default(), announced(&found.meeting, language));
    let pdf = (!found.seen.list.decisions.is_empty()).then(|| Link::new(format!("/namnd/{id}/pdf"), t("meeting-pdf")));
    let closed = closed.unwrap_or_default();
    Ok(MeetingPage { page, paragraph, announced, announce, correct, closed, pdf, ..listed(found.seen, language)? })
}

/// The decisions of a list with their number and sum.
fn listed(found: meetings::Seen, language: Language) -> Result<MeetingPage, Error> {
    let count = i64::try_from(found.list.decisions.len()).unwrap_or(i64::MAX);
    let sum = number::money(found.list.sum().map_err(Error::internal)?);
    let left_out = i64::try_from(found.left_out).unwrap_or(i64::MAX);
    let decisions = found.list.decisions.into_iter().zip(found.cases).map(|(one, case)| DecisionLine {
        link: Link::new(format!("/arenden/{case}"), one.diary_number),
        date: number::date(one.date, language),
        subject: one.subject,
        outcome: outcome(one.outcome, language),
        amount: one.amount.map_or_else(String::new, number::money),
        delegate: one.delegate.name,
        point: one.delegation_point,
    });
    Ok(MeetingPage {
        committee: found.list.committee,
        summary: say(language, "meeting-summary", &[("count", &many(language, "meetings-count", count)), ("sum", &sum)]),
        decisions: decisions.collect(),
        conflicts: found.conflicts.join("\n"),
        left_out: if left_out > 0 { many(language, "meeting-left-out", left_out) } else { String::new() },
        ..MeetingPage::default()
    })
}

pub(in crate::web) async fn pdf(State(site): State<Site>, visitor: Visitor, Path(id): Path<Uuid>) -> Result<Response, Error> {
    let found = meetings::of(&site.tenant, visitor.staff()?, id).await?;
    let name = format!("attachment; filename=\"delegationsbeslut-{}-{}.pdf\"", found.meeting.committee, found.meeting.held_on);
    let bytes = meetings::pdf(found.seen.list).await?;
    Ok(([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}
