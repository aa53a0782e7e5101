//! The association's papers: what is on file and handing in more; the same list for the municipality.

use askama::Template;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use super::own::may;
use crate::domain::id::OrganisationId;
use crate::domain::mandate::Mandate;
use crate::services::documents::Document;
use crate::services::error::Finding;
use crate::services::papers::{self, Came, Kind, OfKind, Paper, Upload};
use crate::services::{Actor, ServiceError};
use crate::text::{fluent, number};
use crate::web::apply::{accept_key, endings, settle, short, size};
use crate::web::page::Section;
use crate::web::parts::{Choice, Field, FieldKind, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html_with};

/// How much a field of text may hold, in bytes.
const TEXT: usize = 200;

/// The association's papers.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "association/papers.html")]
pub struct PapersPage {
    /// What stands around it.
    pub page: Page,
    /// Whose.
    pub name: String,
    /// What is on file.
    pub kinds: Vec<KindOfPaper>,
    /// Hands in another; none for who may only read.
    pub form: Option<PaperForm>,
}

/// The form that hands in a paper.
#[derive(Clone, Debug, Default)]
pub struct PaperForm {
    /// Which paper and of which year.
    pub fields: Vec<Field>,
    /// What files are taken, in words.
    pub hint: String,
    /// The endings that the browser offers.
    pub accept: String,
    /// What is wrong with the file.
    pub error: Option<String>,
}

/// The papers of a kind.
#[derive(Clone, Debug, Default)]
pub struct KindOfPaper {
    /// What it is called.
    pub label: String,
    /// The papers.
    pub papers: Vec<PaperLine>,
}

/// A paper in a list.
#[derive(Clone, Debug, Default)]
pub struct PaperLine {
    /// Opens the file.
    pub file: Link,
    /// When it came and what it is about.
    pub note: String,
    /// The case it came with.
    pub case: Option<Link>,
}

/// What was sent, and what is wrong with it.
#[derive(Clone, Debug, Default)]
struct Sent {
    kind: String,
    year: String,
    findings: Vec<Finding>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    show(&site, &visitor, &Sent::default()).await
}

async fn show(site: &Site, visitor: &Visitor, sent: &Sent) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    let view = crate::services::associations::views::of(&site.tenant, actor, id).await?;
    let found = papers::of(&site.tenant, actor, id).await?;
    let crumbs = vec![Link::new("/forening", view.name.clone()), Link::here(visitor.t("papers-title"))];
    let mut page = visitor.page(site, Section::Applicant, visitor.t("papers-title"), crumbs).await?;
    let said = |finding: &Finding| finding.message.get(visitor.language).to_owned();
    page.errors = sent.findings.iter().map(|finding| Link::new(format!("#{}", finding.place), said(finding))).collect();
    let status = if sent.findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = if may(actor, Mandate::Writer) { Some(form(visitor, &papers::kinds(&site.tenant).await?, sent)) } else { None };
    let base = "/forening/handlingar";
    let kinds = lines(visitor, &found, base, "/mina-sidor/arenden", |_, paper| paper.name.clone());
    html_with(status, &PapersPage { page, name: view.name, kinds, form })
}

fn form(visitor: &Visitor, kinds: &[Kind], sent: &Sent) -> PaperForm {
    let error = |place: &str| {
        sent.findings.iter().find(|finding| finding.place == place).map(|finding| finding.message.get(visitor.language).to_owned())
    };
    let choice =
        |kind: &Kind| Choice { value: kind.id.clone(), text: kind.label.get(visitor.language).to_owned(), selected: kind.id == sent.kind };
    let none = Choice { value: String::new(), text: visitor.t("papers-choose"), selected: sent.kind.is_empty() };
    let fields = vec![
        Field {
            name: "handling".to_owned(),
            label: visitor.t("papers-kind"),
            kind: FieldKind::Select(std::iter::once(none).chain(kinds.iter().map(choice)).collect()),
            error: error("handling"),
            ..Field::default()
        },
        Field {
            name: "ar".to_owned(),
            label: visitor.t("papers-year"),
            hint: Some(visitor.t("papers-year-hint")),
            value: sent.year.clone(),
            error: error("ar"),
            ..Field::default()
        },
    ];
    // What every kind takes: whichever is chosen, it is right.
    let mut taken = kinds.first().map_or_else(Vec::new, |kind| kind.settings.accept.clone());
    taken.retain(|accept| kinds.iter().all(|kind| kind.settings.accept.contains(accept)));
    let words = taken.iter().map(|accept| visitor.t(accept_key(*accept))).collect::<Vec<_>>().join(", ");
    let most = kinds.iter().map(|kind| kind.settings.max_bytes).min().unwrap_or_default() / 1_000_000;
    let mut offered: Vec<&str> = kinds.iter().flat_map(|kind| &kind.settings.accept).map(|accept| endings(*accept)).collect();
    offered.sort_unstable();
    offered.dedup();
    PaperForm {
        fields,
        hint: fluent::t(visitor.language, "papers-file-hint", &[("kinds", words.into()), ("megabytes", most.to_string().into())]),
        accept: offered.join(","),
        error: error("fil"),
    }
}

/// The lists of a page: `called` says what stands for a paper's file.
pub(super) fn lines(
    visitor: &Visitor,
    found: &[OfKind],
    base: &str,
    cases: &str,
    called: impl Fn(&OfKind, &Paper) -> String,
) -> Vec<KindOfPaper> {
    let line = |kind: &OfKind, paper: &Paper| {
        let day = number::date(crate::domain::clock::swedish_date(paper.at), visitor.language);
        let size = size(paper.size);
        let args: [fluent::Arg<'_>; 3] = [("year", paper.year.as_str().into()), ("day", day.into()), ("size", size.into())];
        let (href, case) = match &paper.came {
            Came::With { case, number, grant, document } => {
                let text = format!("{} {number}", grant.get(visitor.language));
                (format!("/arenden/{case}/handling/{document}"), Some(Link::new(format!("{cases}/{case}"), text)))
            }
            Came::Alone => (format!("{base}/{}", paper.id), None),
        };
        PaperLine { file: Link::new(href, called(kind, paper)), note: fluent::t(visitor.language, "papers-note", &args), case }
    };
    found
        .iter()
        .map(|kind| KindOfPaper {
            label: kind.label.get(visitor.language).to_owned(),
            papers: kind.papers.iter().map(|paper| line(kind, paper)).collect(),
        })
        .collect()
}

pub(super) async fn hand_in(State(site): State<Site>, request: Request) -> Result<Response, Error> {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::from_request_parts(&mut parts, &site).await?;
    let (id, actor) = visitor.applicant()?;
    let mut request = Request::from_parts(parts, body);
    // Counted piece by piece: what is too large is told on the page.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut sent = Sent::default();
    let mut came = false;
    if let Ok(mut form) = Multipart::from_request(request, &site).await {
        while let Ok(Some(mut field)) = form.next_field().await {
            match (field.name().unwrap_or_default(), field.file_name().map(str::to_owned)) {
                ("handling", None) => sent.kind = short(&mut field, TEXT).await,
                ("ar", None) => sent.year = short(&mut field, TEXT).await,
                // A box that was left empty comes as a file without a name.
                ("fil", Some(name)) if !name.is_empty() => {
                    came = true;
                    let taken = take(&site, actor, id, (&sent.kind, &sent.year), &name, &mut field).await;
                    sent.findings = settle(taken, &mut field).await?;
                }
                _ => {}
            }
        }
    }
    if !came {
        let known = papers::kinds(&site.tenant).await?.iter().any(|kind| kind.id == sent.kind);
        sent.findings = papers::missing(known, &sent.year, site.tenant.clock.today());
    }
    if sent.findings.is_empty() {
        return Ok(Redirect::to("/forening/handlingar?kvitto=handling").into_response());
    }
    show(&site, &visitor, &sent).await
}

async fn take(
    site: &Site,
    actor: &Actor,
    id: OrganisationId,
    (kind, year): (&str, &str),
    name: &str,
    field: &mut axum::extract::multipart::Field<'_>,
) -> Result<(), ServiceError> {
    let mut upload = Upload::begin(&site.tenant, actor, id, kind, year).await?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => upload.write(&piece)?,
            Ok(None) => return papers::hand_in(&site.tenant, actor, upload, name).await,
            // Half a file is nobody's paper.
            Err(_) => return Err(ServiceError::Invalid(papers::missing(true, year, site.tenant.clock.today()))),
        }
    }
}

pub(super) async fn own_file(State(site): State<Site>, visitor: Visitor, Path(paper): Path<Uuid>) -> Result<Response, Error> {
    let (id, actor) = visitor.applicant()?;
    Ok(sent_out(papers::read(&site.tenant, actor, id, paper).await?))
}

pub(super) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, paper)): Path<(OrganisationId, Uuid)>,
) -> Result<Response, Error> {
    Ok(sent_out(papers::read(&site.tenant, visitor.staff()?, id, paper).await?))
}

fn sent_out(found: Document) -> Response {
    // Whatever is in it, a browser only saves it (ASVS 3.2.1).
    let headers = [
        (CONTENT_TYPE, found.media_type),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"handling.{}\"", found.ending)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    (headers, found.bytes).into_response()
}
