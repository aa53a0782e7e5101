//! A meeting's cases: put on the agenda, described in a memo, and written in from the minutes.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::bundle::{self, Papers};
use super::typed::{Post, Sent, Typed, value};
use super::words::{many, say};
use crate::domain::Localized;
use crate::domain::committee::Done;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::committee::views::{self, AgendaView, ItemView, Said};
use crate::services::committee::{self, Ruling};
use crate::services::{ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::case::posts::amount;
use crate::web::page::Section;
use crate::web::parts::{Choice, Field, FieldKind, Link, State as Shown};
use crate::web::site::words::of_case;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// A meeting's cases.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/agenda.html")]
pub struct AgendaPage {
    /// The page around it.
    pub page: Page,
    /// The committee, the stop day.
    pub lead: String,
    /// How many cases are not shown because of a tie, in words; empty for none.
    pub kept: String,
    /// What the minutes say of conflicts of interest, a line each; empty for none.
    pub conflicts: String,
    /// The agenda.
    pub items: Vec<AgendaLine>,
    /// What waits for the committee.
    pub waiting: Vec<AgendaLine>,
    /// Where chosen cases are put on the agenda; empty for who may not, or after the stop day.
    pub add_url: String,
    /// Where the minutes are written in; empty before the meeting and for who may not.
    pub minutes_url: String,
    /// What writing them in leads to.
    pub minutes_text: String,
    /// The button that writes them in.
    pub minutes_button: String,
    /// The paragraph of the minutes, for all cases that have none of their own.
    pub paragraph: Option<Field>,
    /// The memos, one a grant.
    pub memos: Vec<Link>,
    /// The meeting's list of delegated decisions; none for a body that prepares.
    pub list: Option<Link>,
    /// The papers in one file.
    pub papers: Papers,
}

/// A case in a list of the meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgendaLine {
    /// The case's identity.
    pub id: String,
    /// The case, called by its applicant.
    pub link: Link,
    /// Number, grant, period.
    pub about: String,
    /// Place on the agenda.
    pub no: String,
    /// What is proposed.
    pub amount: String,
    /// What bodies that prepare the case have proposed, a sentence each.
    pub said: Vec<String>,
    /// What the meeting did with it; nothing before.
    pub done: Option<Shown>,
    /// Paragraph and reservation, where the minutes are written in.
    pub minutes: String,
    /// What is written in of it.
    pub fields: Vec<Field>,
    /// Where it is taken off the agenda; empty where it is not.
    pub remove_url: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// Where a meeting's cases are.
pub(super) fn address(meeting: Uuid) -> String {
    format!("/namnd/{meeting}/arenden")
}

pub(in crate::web) async fn plan(State(site): State<Site>, visitor: Visitor, Form(sent): Post) -> Result<Response, Error> {
    let day = |name: &str, missing: (&str, &str)| {
        value(&sent, name).parse::<NaiveDate>().map_err(|_| ServiceError::invalid(name, "missing", Localized::both(missing.0, missing.1)))
    };
    let stop_on = match value(&sent, "stopp") {
        "" => Ok(None),
        _ => day("stopp", ("Välj stoppdagen, eller lämna tomt.", "Choose the stop day, or leave it empty.")).map(Some),
    };
    let planned = day("sammantradesdag", ("Välj sammanträdets dag.", "Choose the day of the meeting."));
    let done = match (planned, stop_on) {
        (Ok(held_on), Ok(stop_on)) => {
            let whose = value(&sent, "sammantrade_namnd");
            let (committee, stage) = whose.split_once('/').map_or((whose, None), |(committee, stage)| (committee, Some(stage)));
            committee::plan(&site.tenant, visitor.staff()?, (committee, stage), held_on, stop_on).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match done {
        Ok(meeting) => Ok(Redirect::to(&format!("{}?kvitto=planerat", address(meeting.id))).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[("dag", "sammantradesdag"), ("namnd", "sammantrade_namnd")])?;
            super::meetings::returned(&site, &visitor, &typed).await
        }
    }
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(meeting): Path<Uuid>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, meeting, None).await?)
}

pub(in crate::web) async fn add(
    State(site): State<Site>,
    visitor: Visitor,
    Path(meeting): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let chosen: Vec<CaseId> = sent.iter().filter(|(key, _)| key == "arende").filter_map(|(_, id)| id.parse().ok()).collect();
    let done = match chosen.is_empty() {
        true => Err(ServiceError::refused("Välj minst ett ärende.", "Choose at least one case.")),
        false => committee::put_on_agenda(&site.tenant, visitor.staff()?, meeting, &chosen).await,
    };
    let result = done.and_then(|told| told.into_iter().try_for_each(|(_, result)| result));
    answer(&site, &visitor, meeting, sent, result, "pa-listan").await
}

pub(in crate::web) async fn remove(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, case)): Path<(Uuid, CaseId)>,
) -> Result<Response, Error> {
    let done = committee::take_off_agenda(&site.tenant, visitor.staff()?, meeting, case).await;
    answer(&site, &visitor, meeting, Sent::new(), done, "av-listan").await
}

pub(in crate::web) async fn minutes(
    State(site): State<Site>,
    visitor: Visitor,
    Path(meeting): Path<Uuid>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let view = views::agenda(&site.tenant, actor, meeting).await?;
    let mut failed = Vec::new();
    let mut rulings = Vec::new();
    for item in view.items.iter().filter(|item| item.done.is_none()) {
        match ruling(item, &sent) {
            Ok(Some(ruling)) => rulings.push(ruling),
            Ok(None) => {}
            Err(error) => failed.push((item.case, error)),
        }
    }
    if rulings.is_empty() && failed.is_empty() {
        let error = ServiceError::refused(
            "Välj vad nämnden beslutade i minst ett ärende.",
            "Choose what the committee decided in at least one case.",
        );
        return answer(&site, &visitor, meeting, sent, Err(error), "").await;
    }
    if failed.is_empty() {
        let done = committee::write_in(&site.tenant, actor, meeting, &rulings).await;
        match done {
            Ok(told) => failed.extend(told.into_iter().filter_map(|(case, result)| Some((case, result.err()?)))),
            Err(error) => return answer(&site, &visitor, meeting, sent, Err(error), "").await,
        }
    }
    let result = if failed.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(at_their_places(failed)?)) };
    let receipt = if view.meeting.stage.is_some() { "forslagen" } else { "protokollet" };
    answer(&site, &visitor, meeting, sent, result, receipt).await
}

/// What stands in the row of a case; nothing where the minutes have nothing of it yet.
fn ruling<'s>(item: &ItemView, sent: &'s Sent) -> ServiceResult<Option<Ruling<'s>>> {
    let own = |name: &str| value(sent, &format!("{name}_{}", item.case));
    let Some(done) = Done::from_word(own("beslut")) else { return Ok(None) };
    let amount = match own("belopp") {
        "" => None,
        typed => Some(amount(typed)?),
    };
    Ok(Some(Ruling {
        case: item.case,
        done,
        amount,
        reason: own("skal"),
        reservation: own("reservation"),
        paragraph: value(sent, "paragraf"),
    }))
}

/// The faults of several rows, each at its row's place.
fn at_their_places(failed: Vec<(CaseId, ServiceError)>) -> Result<Vec<crate::services::error::Finding>, Error> {
    let mut found = Vec::new();
    for (case, error) in failed {
        match error {
            ServiceError::Invalid(findings) => found.extend(findings.into_iter().map(|finding| crate::services::error::Finding {
                place: if finding.place == "paragraf" { finding.place } else { format!("{}_{case}", finding.place) },
                ..finding
            })),
            ServiceError::Refused(message) => {
                found.push(crate::services::error::Finding { place: format!("beslut_{case}"), code: "refused".to_owned(), message });
            }
            ServiceError::Stale => {
                let message = Localized::both(
                    "Ärendet har ändrats under tiden. Läs om sidan.",
                    "The case has changed meanwhile. Load the page again.",
                );
                found.push(crate::services::error::Finding { place: format!("beslut_{case}"), code: "stale".to_owned(), message });
            }
            other => return Err(other.into()),
        }
    }
    found.dedup();
    Ok(found)
}

pub(super) async fn answer(
    site: &Site,
    visitor: &Visitor,
    meeting: Uuid,
    sent: Sent,
    done: ServiceResult<()>,
    receipt: &str,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?kvitto={receipt}", address(meeting))).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, meeting, Some(&typed)).await?)
        }
    }
}

async fn fill(site: &Site, visitor: &Visitor, meeting: Uuid, typed: Option<&Typed>) -> Result<AgendaPage, Error> {
    let language = visitor.language;
    let view = views::agenda(&site.tenant, visitor.staff()?, meeting).await?;
    let day = number::date(view.meeting.held_on, language);
    let title = match view.meeting.stage {
        Some(_) => say(language, "agenda-title-stage", &[("who", &view.who), ("date", &day)]),
        None => say(language, "agenda-title", &[("date", &day)]),
    };
    let crumbs = vec![Link::new("/namnd", visitor.t("nav-committee")), Link::here(title.clone())];
    let mut page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let url = address(meeting);
    let writes = view.may_prepare && view.held;
    let preparing = view.meeting.stage.is_some();
    let mut items: Vec<AgendaLine> = view.items.iter().map(|item| line(item, (writes, preparing), language)).collect();
    for line in items.iter_mut().filter(|line| view.may_prepare && !view.held && line.done.is_none()) {
        line.remove_url = format!("{url}/{}/ta-bort", line.id);
    }
    let open = items.iter().any(|line| line.done.is_none());
    let mut paragraph = (writes && open).then(|| Field {
        name: "paragraf".to_owned(),
        label: visitor.t("agenda-paragraph"),
        hint: Some(visitor.t("agenda-paragraph-hint")),
        value: view.meeting.paragraph.clone().unwrap_or_default(),
        ..Field::default()
    });
    if let Some(typed) = typed {
        let fields = paragraph.iter_mut().chain(items.iter_mut().flat_map(|line| line.fields.iter_mut()));
        page.errors = typed.fill(language, fields);
    }
    let chosen = |case: CaseId| match typed {
        Some(typed) => typed.sent.iter().any(|(key, id)| key == "arende" && *id == case.to_string()),
        None => true,
    };
    let waiting = view.waiting.iter().map(|item| AgendaLine { ticked: chosen(item.case), ..line(item, (false, preparing), language) });
    Ok(AgendaPage {
        lead: lead(site, &view, language),
        conflicts: view.conflicts.join("\n"),
        kept: if view.kept > 0 { many(language, "agenda-kept", i64::try_from(view.kept).unwrap_or(i64::MAX)) } else { String::new() },
        waiting: waiting.collect(),
        add_url: if view.may_prepare && view.open { url } else { String::new() },
        minutes_url: if paragraph.is_some() { format!("/namnd/{meeting}/protokoll") } else { String::new() },
        memos: view
            .grants
            .iter()
            .map(|(grant_type, grant)| {
                let text = say(language, "agenda-memo", &[("grant", grant.get(language))]);
                Link::new(format!("/namnd/{meeting}/tjansteskrivelse/{grant_type}"), text)
            })
            .collect(),
        list: (!preparing).then(|| Link::new(format!("/namnd/{meeting}"), visitor.t("agenda-delegated"))),
        minutes_text: visitor.t(if preparing { "agenda-minutes-text-stage" } else { "agenda-minutes-text" }),
        minutes_button: visitor.t(if preparing { "agenda-write-in-stage" } else { "agenda-write-in" }),
        papers: bundle::papers(&view, language, typed),
        paragraph,
        items,
        page,
    })
}

fn lead(site: &Site, view: &AgendaView, language: Language) -> String {
    let committee = site.tenant.profile.committee(&view.meeting.committee).map_or("", |committee| committee.name.as_str());
    let whose = match view.meeting.stage {
        Some(_) => say(language, "agenda-lead-stage", &[("committee", committee)]),
        None => committee.to_owned(),
    };
    match view.meeting.stop_on {
        Some(stop_on) => say(language, "agenda-lead-stop", &[("committee", &whose), ("date", &number::date(stop_on, language))]),
        None => whose,
    }
}

/// What a meeting did with a case, in the words of a body that prepares or of the committee.
pub(super) fn done_words(done: Done, preparing: bool, language: Language) -> String {
    let key = match (done, preparing) {
        (Done::AsProposed, false) => "agenda-done-proposed",
        (Done::Changed, false) => "agenda-done-changed",
        (Done::Refused, false) => "agenda-done-refused",
        (Done::AsProposed, true) => "agenda-says-proposed",
        (Done::Changed, true) => "agenda-says-changed",
        (Done::Refused, true) => "agenda-says-refused",
        (Done::ReferredBack, _) => "agenda-done-back",
        (Done::Tabled, _) => "agenda-done-tabled",
    };
    say(language, key, &[])
}

fn said(said: &Said, language: Language) -> String {
    let day = number::date(said.on, language);
    let place = said.paragraph.as_ref().map_or_else(|| day.clone(), |paragraph| format!("{day}, {paragraph}"));
    let what = done_words(said.done, true, language).to_lowercase();
    say(language, "agenda-said", &[("who", &said.who), ("place", &place), ("what", &what)])
}

fn line(item: &ItemView, (writes, preparing): (bool, bool), language: Language) -> AgendaLine {
    let period = of_case(item.period.as_ref(), &item.period_id, language);
    let done = item.done.map(|done| {
        let words = done_words(done, preparing, language);
        match done {
            Done::AsProposed | Done::Changed => Shown::ok(words),
            Done::Refused => Shown::stop(words),
            Done::ReferredBack | Done::Tabled => Shown::wait(words),
        }
    });
    let minutes = [item.paragraph.clone(), item.reservation.as_ref().map(|text| say(language, "agenda-reserved", &[("text", text)]))];
    AgendaLine {
        id: item.case.to_string(),
        link: Link::new(format!("/arenden/{}", item.case), item.applicant.clone()),
        about: format!("{} · {} · {period}", item.number, item.grant.get(language)),
        no: item.no.to_string(),
        amount: number::money(item.amount),
        minutes: if item.done.is_some() { minutes.into_iter().flatten().collect::<Vec<_>>().join(" · ") } else { String::new() },
        fields: if writes && item.done.is_none() { fields(item, preparing, language) } else { Vec::new() },
        said: item.said.iter().map(|one| said(one, language)).collect(),
        done,
        ..AgendaLine::default()
    }
}

fn fields(item: &ItemView, preparing: bool, language: Language) -> Vec<Field> {
    let own = |name: &str| format!("{name}_{}", item.case);
    let text = |name: &str, label: &str, kind: FieldKind| Field {
        name: own(name),
        label: say(language, label, &[]),
        kind,
        optional: true,
        ..Field::default()
    };
    let choice = |done: Done| Choice {
        value: done.word().to_owned(),
        text: done_words(done, preparing, language),
        selected: done == Done::AsProposed,
    };
    let all = [Done::AsProposed, Done::Changed, Done::Refused, Done::ReferredBack, Done::Tabled];
    let not_yet = Choice { value: String::new(), text: say(language, "agenda-done-not-yet", &[]), selected: false };
    let choices = all.into_iter().map(choice).chain([not_yet]).collect();
    let what = if preparing { "agenda-what-stage" } else { "agenda-what" };
    vec![
        Field { optional: false, ..text("beslut", what, FieldKind::Select(choices)) },
        text("belopp", "agenda-amount", FieldKind::Amount),
        text("skal", "agenda-reason", FieldKind::Text),
        text("reservation", "agenda-reservation", FieldKind::Text),
    ]
}
