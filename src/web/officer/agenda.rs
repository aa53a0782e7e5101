//! A meeting's cases: put on the agenda, described in a memo, and written in from the minutes.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use super::typed::{Post, Sent, Typed, value};
use super::words::{many, say};
use crate::domain::Localized;
use crate::domain::committee::Done;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::committee::memo::{self, OwnText};
use crate::services::committee::views::{self, AgendaView, ItemView};
use crate::services::committee::{self, Ruling};
use crate::services::{ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::case::posts::amount;
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::public::letter::LetterBody;
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
    /// The paragraph of the minutes, for all cases that have none of their own.
    pub paragraph: Option<Field>,
    /// The memos, one a grant.
    pub memos: Vec<Link>,
    /// The meeting's list of delegated decisions.
    pub list: Link,
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
    /// What the committee did with it; nothing before.
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

/// A memo's own texts.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/memo.html")]
pub struct MemoPage {
    /// The page around it.
    pub page: Page,
    /// The form with the officer's own texts; none for who may not.
    pub form: Option<Action>,
    /// The memo as it stands, ready to be read.
    pub preview: Option<LetterBody>,
    /// Why there is none; empty where there is.
    pub hindrance: String,
    /// The memo as files.
    pub files: Vec<Link>,
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
            committee::plan(&site.tenant, visitor.staff()?, value(&sent, "sammantrade_namnd"), held_on, stop_on).await
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
    answer(&site, &visitor, meeting, sent, result, "protokollet").await
}

/// What stands in the row of a case; nothing where the minutes have nothing of it yet.
fn ruling<'s>(item: &ItemView, sent: &'s Sent) -> ServiceResult<Option<Ruling<'s>>> {
    let own = |name: &str| value(sent, &format!("{name}_{}", item.case));
    let done = match own("beslut") {
        "as_proposed" => Done::AsProposed,
        "changed" => Done::Changed,
        "refused" => Done::Refused,
        "referred_back" => Done::ReferredBack,
        "tabled" => Done::Tabled,
        _ => return Ok(None),
    };
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

async fn answer(
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
    let title = say(language, "agenda-title", &[("date", &day)]);
    let crumbs = vec![Link::new("/namnd", visitor.t("nav-committee")), Link::here(title.clone())];
    let mut page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let url = address(meeting);
    let writes = view.may_prepare && view.held;
    let mut items: Vec<AgendaLine> = view.items.iter().map(|item| line(item, writes, language)).collect();
    for line in items.iter_mut().filter(|line| view.may_prepare && !view.held && line.done.is_none()) {
        line.remove_url = format!("{url}/{}/ta-bort", line.id);
    }
    let open = items.iter().any(|line| line.done.is_none());
    let mut paragraph = (writes && open).then(|| Field {
        name: "paragraf".to_owned(),
        label: visitor.t("agenda-paragraph"),
        hint: Some(visitor.t("meetings-paragraph-hint")),
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
    let waiting = view.waiting.iter().map(|item| AgendaLine { ticked: chosen(item.case), ..line(item, false, language) });
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
        list: Link::new(format!("/namnd/{meeting}"), visitor.t("agenda-delegated")),
        paragraph,
        items,
        page,
    })
}

fn lead(site: &Site, view: &AgendaView, language: Language) -> String {
    let committee = site.tenant.profile.committee(&view.meeting.committee).map_or("", |committee| committee.name.as_str());
    match view.meeting.stop_on {
        Some(stop_on) => say(language, "agenda-lead-stop", &[("committee", committee), ("date", &number::date(stop_on, language))]),
        None => committee.to_owned(),
    }
}

fn line(item: &ItemView, writes: bool, language: Language) -> AgendaLine {
    let period = of_case(item.period.as_ref(), &item.period_id, language);
    let done = item.done.map(|done| match done {
        Done::AsProposed => Shown::ok(say(language, "agenda-done-proposed", &[])),
        Done::Changed => Shown::ok(say(language, "agenda-done-changed", &[])),
        Done::Refused => Shown::stop(say(language, "agenda-done-refused", &[])),
        Done::ReferredBack => Shown::wait(say(language, "agenda-done-back", &[])),
        Done::Tabled => Shown::wait(say(language, "agenda-done-tabled", &[])),
    });
    let minutes = [item.paragraph.clone(), item.reservation.as_ref().map(|text| say(language, "agenda-reserved", &[("text", text)]))];
    AgendaLine {
        id: item.case.to_string(),
        link: Link::new(format!("/arenden/{}", item.case), item.applicant.clone()),
        about: format!("{} · {} · {period}", item.number, item.grant.get(language)),
        no: item.no.to_string(),
        amount: number::money(item.amount),
        minutes: if item.done.is_some() { minutes.into_iter().flatten().collect::<Vec<_>>().join(" · ") } else { String::new() },
        fields: if writes && item.done.is_none() { fields(item, language) } else { Vec::new() },
        done,
        ..AgendaLine::default()
    }
}

fn fields(item: &ItemView, language: Language) -> Vec<Field> {
    let own = |name: &str| format!("{name}_{}", item.case);
    let text = |name: &str, label: &str, kind: FieldKind| Field {
        name: own(name),
        label: say(language, label, &[]),
        kind,
        optional: true,
        ..Field::default()
    };
    let choice =
        |value: &str, key: &str| Choice { value: value.to_owned(), text: say(language, key, &[]), selected: value == "as_proposed" };
    let choices = vec![
        choice("as_proposed", "agenda-done-proposed"),
        choice("changed", "agenda-done-changed"),
        choice("refused", "agenda-done-refused"),
        choice("referred_back", "agenda-done-back"),
        choice("tabled", "agenda-done-tabled"),
        choice("", "agenda-done-not-yet"),
    ];
    vec![
        Field { optional: false, ..text("beslut", "agenda-what", FieldKind::Select(choices)) },
        text("belopp", "agenda-amount", FieldKind::Amount),
        text("skal", "agenda-reason", FieldKind::Text),
        text("reservation", "agenda-reservation", FieldKind::Text),
    ]
}

pub(in crate::web) async fn memo_page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant)): Path<(Uuid, String)>,
) -> Result<Response, Error> {
    html(&fill_memo(&site, &visitor, meeting, &grant).await?)
}

pub(in crate::web) async fn write_memo(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant)): Path<(Uuid, String)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let headings = memo::own_texts(&site.tenant, actor, meeting, &grant).await?;
    let texts: Vec<OwnText> = headings
        .into_iter()
        .enumerate()
        .map(|(at, own)| OwnText { text: value(&sent, &format!("text{at}")).to_owned(), heading: own.heading })
        .collect();
    match memo::write(&site.tenant, actor, meeting, &grant, &texts).await {
        Ok(()) => Ok(Redirect::to(&format!("/namnd/{meeting}/tjansteskrivelse/{grant}?kvitto=tjansteskrivelse")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[])?;
            let mut page = fill_memo(&site, &visitor, meeting, &grant).await?;
            page.page.errors = typed.fill(visitor.language, page.form.iter_mut().flat_map(|form| form.fields.iter_mut()));
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn fill_memo(site: &Site, visitor: &Visitor, meeting: Uuid, grant: &str) -> Result<MemoPage, Error> {
    let (language, actor) = (visitor.language, visitor.staff()?);
    let view = views::agenda(&site.tenant, actor, meeting).await?;
    let Some((_, name)) = view.grants.iter().find(|(known, _)| known == grant) else { return Err(Error::NotFound) };
    let day = number::date(view.meeting.held_on, language);
    let title = say(language, "memo-title", &[("grant", name.get(language)), ("date", &day)]);
    let crumbs = vec![
        Link::new("/namnd", visitor.t("nav-committee")),
        Link::new(address(meeting), say(language, "agenda-title", &[("date", &day)])),
        Link::here(visitor.t("memo-short")),
    ];
    let page = visitor.page(site, Section::Officer, title, crumbs).await?;
    let url = format!("/namnd/{meeting}/tjansteskrivelse/{grant}");
    let own = memo::own_texts(&site.tenant, actor, meeting, grant).await?;
    let form = (view.may_prepare && !own.is_empty()).then(|| Action {
        url: url.clone(),
        explanation: visitor.t("memo-own-text"),
        button: visitor.t("memo-save"),
        weight: Weight::Primary,
        fields: own
            .into_iter()
            .enumerate()
            .map(|(at, own)| Field {
                name: format!("text{at}"),
                label: own.heading,
                value: own.text,
                kind: FieldKind::LongText,
                ..Field::default()
            })
            .collect(),
        ..Action::default()
    });
    let (preview, hindrance) = match memo::compose(&site.tenant, actor, meeting, grant).await {
        Ok(memo) => (Some(LetterBody::of(&memo)?), String::new()),
        Err(ServiceError::Refused(text)) => (None, text.get(language).to_owned()),
        Err(error) => return Err(error.into()),
    };
    let file = |form: &str, key: &str| Link::new(format!("{url}/{form}"), visitor.t(key));
    let files = vec![file("pdf", "memo-pdf"), file("docx", "memo-docx"), file("html", "memo-html")];
    Ok(MemoPage { form, files: if hindrance.is_empty() { files } else { Vec::new() }, preview, hindrance, page })
}

pub(in crate::web) async fn memo_file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((meeting, grant, form)): Path<(Uuid, String, String)>,
) -> Result<Response, Error> {
    let memo = memo::compose(&site.tenant, visitor.staff()?, meeting, &grant).await?;
    let name = format!("tjansteskrivelse-{grant}-{}", memo.meeting);
    let (kind, bytes) = match form.as_str() {
        "pdf" => ("application/pdf", memo::pdf(memo).await?),
        "docx" => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", memo::docx(&memo)?),
        "html" => ("text/html; charset=utf-8", memo::html(&memo)?.into_bytes()),
        _ => return Err(Error::NotFound),
    };
    let disposition = format!("attachment; filename=\"{name}.{form}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
