//! What came on paper: the officer's way into the wizard, and the last step in the place of a signature.

use askama::Template;
use axum::extract::{Form, FromRequest, FromRequestParts, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use super::sent::{settle, short};
use super::{draft as list, words};
use crate::domain::id::{DraftId, OrganisationId};
use crate::services::drafts::on_paper::{self, Paper, Round, Scan};
use crate::services::drafts::{self, Draft};
use crate::services::error::Finding;
use crate::services::{Actor, ServiceError};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::{Field, FieldKind, Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

/// How long what is written beside the scan may be, in bytes.
const TEXT: usize = 1_000;

/// The rounds for which an association's paper can be written in.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "apply/paper_rounds.html")]
pub struct RoundsPage {
    /// What stands around it.
    pub page: Page,
    /// The page's own address.
    pub path: String,
    /// Whose paper.
    pub name: String,
    /// The rounds, the newest first.
    pub rounds: Vec<RoundLine>,
}

/// A round.
#[derive(Clone, Debug, Default)]
pub struct RoundLine {
    /// What the form sends: grant and period.
    pub grant: String,
    /// The period's id.
    pub period: String,
    /// What it is called.
    pub title: String,
    /// For when, and until when one could apply.
    pub when: String,
    /// Where it stands.
    pub state: Shown,
    /// What is begun already.
    pub go_on: Option<String>,
    /// Whether one can begin.
    pub may_begin: bool,
}

pub(super) async fn rounds(
    State(site): State<Site>,
    visitor: Visitor,
    Path(organisation): Path<OrganisationId>,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let (name, found) = on_paper::rounds(&site.tenant, actor, organisation).await?;
    let crumbs = vec![
        Link::new("/foreningar", visitor.t("nav-associations")),
        Link::new(format!("/foreningar/{organisation}"), name.clone()),
        Link::here(visitor.t("paper-title")),
    ];
    let page = visitor.page(&site, Section::Officer, visitor.t("paper-title"), crumbs).await?;
    let rounds = found.iter().map(|round| line(round, &visitor)).collect();
    html(&RoundsPage { path: format!("/foreningar/{organisation}/papper"), name, rounds, page })
}

fn line(round: &Round, visitor: &Visitor) -> RoundLine {
    let language = visitor.language;
    let last = number::date(crate::domain::calendar::last_day(&round.period), language);
    let state = match (&round.case, round.draft) {
        (Some(number), _) => Shown::ok(number.clone()),
        (None, Some(_)) => Shown::wait(visitor.t("paper-begun")),
        (None, None) => Shown::none(visitor.t("paper-not-begun")),
    };
    RoundLine {
        grant: round.grant_type.clone(),
        period: round.period.id.clone(),
        title: round.title.get(language).to_owned(),
        when: crate::text::fluent::t(
            language,
            "paper-round",
            &[("period", words::period(&round.period, language).into()), ("day", last.into())],
        ),
        state,
        go_on: round.draft.filter(|_| round.case.is_none()).map(|draft| format!("/utkast/{draft}")),
        may_begin: round.case.is_none() && round.draft.is_none(),
    }
}

/// What the form that begins sends.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Begun {
    #[serde(default)]
    bidrag: String,
    #[serde(default)]
    period: String,
}

pub(super) async fn begin(
    State(site): State<Site>,
    visitor: Visitor,
    Path(organisation): Path<OrganisationId>,
    Form(begun): Form<Begun>,
) -> Result<Response, Error> {
    let draft = on_paper::begin(&site.tenant, visitor.staff()?, organisation, &begun.bidrag, &begun.period).await?;
    Ok(Redirect::to(&format!("/utkast/{draft}")).into_response())
}

/// The last step: who signed the paper, when it came, and the paper itself.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "apply/paper.html")]
pub struct PaperPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// What is applied for, in which period, by whom.
    pub about: String,
    /// Whether everything is filled in.
    pub ready: bool,
    /// Who signed, and when it came.
    pub fields: Vec<Field>,
    /// The scan that is kept: its name and size.
    pub scan: Option<(String, String)>,
    /// What is wrong with the scan.
    pub scan_error: Option<String>,
    /// What kinds of file are taken.
    pub accept: String,
}

/// What the form sends.
#[derive(Debug, Default)]
struct Sent {
    signed: String,
    came: String,
    findings: Vec<Finding>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = of_paper(&site, &visitor, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    let sent = Sent { came: site.tenant.clock.today().to_string(), ..Sent::default() };
    show(&site, &visitor, &draft, &sent).await
}

async fn of_paper(site: &Site, visitor: &Visitor, id: DraftId) -> Result<Draft, Error> {
    let draft = drafts::open(&site.tenant, visitor.staff()?, id).await?;
    if draft.on_paper { Ok(draft) } else { Err(Error::NotFound) }
}

async fn show(site: &Site, visitor: &Visitor, draft: &Draft, sent: &Sent) -> Result<Response, Error> {
    let language = visitor.language;
    let form = &draft.package.form;
    let base = format!("/utkast/{}", draft.id);
    let title = visitor.t("paper-receive-title");
    let (part, home) = list::around(draft, visitor);
    let crumbs = vec![home, Link::new(base.clone(), list::name(draft, language)), Link::here(title.clone())];
    let mut page = visitor.page(site, part, format!("{title} – {}", form.title.get(language)), crumbs).await?;
    let wrong =
        |place: &str| sent.findings.iter().find(|finding| finding.place == place).map(|finding| finding.message.get(language).to_owned());
    let fields = vec![
        Field {
            name: "underskriven".to_owned(),
            label: page.t("paper-signed"),
            hint: Some(page.t("paper-signed-hint")),
            value: sent.signed.clone(),
            error: wrong("underskriven"),
            ..Field::default()
        },
        Field {
            name: "inkom".to_owned(),
            label: page.t("paper-came"),
            hint: Some(page.t("paper-came-hint")),
            value: sent.came.clone(),
            kind: FieldKind::Date,
            error: wrong("inkom"),
            ..Field::default()
        },
    ];
    let scan_error = wrong(on_paper::SCAN);
    page.errors = fields.iter().filter_map(|field| Some(Link::new(format!("#{}", field.name), field.error.clone()?))).collect();
    page.errors.extend(scan_error.iter().map(|text| Link::new(format!("#{}", on_paper::SCAN), text.clone())));
    // What concerns an answer is put right where the answer stands.
    let answers = sent.findings.iter().any(|finding| !["underskriven", "inkom", on_paper::SCAN].contains(&finding.place.as_str()));
    if answers {
        page.errors.push(Link::new(format!("{base}/granska"), page.t("paper-answers-wrong")));
    }
    let status = if sent.findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(
        status,
        &PaperPage {
            about: format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant),
            ready: draft.is_ready(),
            scan: on_paper::scan(draft).map(|scan| (scan.name.clone(), words::size(scan.size))),
            accept: on_paper::scan_settings().accept.into_iter().map(super::endings).collect::<Vec<_>>().join(","),
            scan_error,
            fields,
            base,
            page,
        },
    )
}

pub(super) async fn receive(State(site): State<Site>, Path(id): Path<DraftId>, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, &site).await?;
    let request = Request::from_parts(parts, body);
    let actor = visitor.staff()?;
    let draft = of_paper(&site, &visitor, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    let mut sent = Sent::default();
    if let Ok(mut form) = Multipart::from_request(request, &site).await {
        while let Ok(Some(mut field)) = form.next_field().await {
            match (field.name().unwrap_or_default(), field.file_name().map(str::to_owned)) {
                ("underskriven", None) => sent.signed = short(&mut field, TEXT).await,
                ("inkom", None) => sent.came = short(&mut field, TEXT).await,
                // A box that was left empty comes as a file without a name.
                (on_paper::SCAN, Some(name)) if !name.is_empty() => {
                    let kept = keep(&site, actor, id, &name, &mut field).await;
                    sent.findings = settle(kept, &mut field).await?;
                }
                _ => {}
            }
        }
    }
    if sent.findings.is_empty() {
        let paper = Paper { signed_by: &sent.signed, received_on: sent.came.parse::<NaiveDate>().ok() };
        match on_paper::receive(&site.tenant, actor, id, paper).await {
            Ok(receipt) => return Ok(Redirect::to(&format!("/arenden/{}?kvitto=papper", receipt.case)).into_response()),
            Err(ServiceError::Invalid(findings)) => sent.findings = findings,
            Err(error) => return Err(error.into()),
        }
    }
    // The scan that came is kept: the page tells of it.
    let draft = of_paper(&site, &visitor, id).await?;
    show(&site, &visitor, &draft, &sent).await
}

async fn keep(
    site: &Site,
    actor: &Actor,
    id: DraftId,
    name: &str,
    field: &mut axum::extract::multipart::Field<'_>,
) -> Result<(), ServiceError> {
    let mut scan = Scan::begin(&site.tenant, actor, id).await?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => scan.write(&piece)?,
            Ok(None) => return scan.keep(&site.tenant, actor, name).await,
            // Half a paper is none.
            Err(_) => return Ok(()),
        }
    }
}
