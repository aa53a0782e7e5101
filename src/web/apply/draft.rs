//! The list of an application's sections.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::section::Task;
use super::section::handlers::{live, may_write, tasks};
use super::words;
use crate::domain::draft::DraftKind;
use crate::domain::id::DraftId;
use crate::domain::localized::Language;
use crate::services::attendance::half_year;
use crate::services::drafts::{self, Draft};
use crate::text::fluent::Wording;
use crate::text::{fluent, number};
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, LiveAmount, html};

/// The list of sections.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/draft.html")]
pub struct DraftPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// What is applied for, in which period, by whom.
    pub about: String,
    /// How far it has come.
    pub progress: String,
    /// The last day.
    pub last_day: String,
    /// Where the first answers came from.
    pub prefilled: Option<String>,
    /// What the municipality has asked for.
    pub requested: Option<RequestedText>,
    /// The sections.
    pub tasks: Vec<Task>,
    /// Questions whose answers will not be sent.
    pub not_sent: Vec<String>,
    /// The preliminary amount.
    pub live: Option<LiveAmount>,
    /// When it was saved last.
    pub saved: String,
    /// Whether she may only read.
    pub reads_only: bool,
    /// Whether it can be thrown away.
    pub can_throw: bool,
    /// Whether an officer writes in what came on paper.
    pub on_paper: bool,
}

/// What the municipality has asked for.
#[derive(Clone, Debug, Default)]
pub struct RequestedText {
    /// What is missing, a line each.
    pub missing: Vec<String>,
    /// Until when.
    pub last_day: String,
    /// What happens otherwise.
    pub consequence: String,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    if draft.closed {
        return Ok(closed(&draft));
    }
    let language = visitor.language;
    let title = name(&draft, language);
    let (part, home) = around(&draft, &visitor);
    let mut page = visitor.page(&site, part, title.clone(), vec![home, Link::here(title)]).await?;
    page.wording = wording(&draft);
    let (done, all) = draft.progress();
    let form = &draft.package.form;
    let progress = fluent::t(language, "draft-progress", &[("done", done.to_string().into()), ("all", all.to_string().into())]);
    let date = |day| number::date(day, language);
    html(&DraftPage {
        base: format!("/utkast/{id}"),
        about: format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant),
        progress,
        last_day: page.fill("draft-last-day", "day", date(draft.last_day)),
        prefilled: draft.prefilled_from.as_ref().map(|period| page.fill("draft-prefilled", "period", period.get(language))),
        requested: draft.requested.as_ref().map(|requested| RequestedText {
            missing: requested.missing.lines().map(str::to_owned).collect(),
            last_day: requested.last_day.map_or_else(String::new, date),
            consequence: requested.consequence.clone(),
        }),
        tasks: tasks(&draft, None, language),
        not_sent: draft.not_sent().into_iter().map(|field| field.label.get(language).to_owned()).collect(),
        live: live(&site, actor, &draft, language).await,
        saved: page.fill("section-saved", "at", number::moment(draft.touched_at, language)),
        reads_only: !may_write(actor),
        can_throw: draft.kind != DraftKind::Supplement,
        on_paper: draft.on_paper,
        page,
    })
}

pub(super) async fn throw_away(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    drafts::throw_away(&site.tenant, actor, id).await?;
    Ok(Redirect::to(&format!("{}?kvitto=kastat", home(&draft))).into_response())
}

/// Where a draft leads that is not open any more.
pub(super) fn closed(draft: &Draft) -> Response {
    let path = match (draft.case, draft.on_paper) {
        (Some(case), true) => format!("/arenden/{case}"),
        (Some(case), false) => format!("/mina-sidor/arenden/{case}"),
        (None, _) => home(draft),
    };
    Redirect::to(&path).into_response()
}

fn home(draft: &Draft) -> String {
    if draft.on_paper { format!("/foreningar/{}/papper", draft.organisation) } else { "/mina-sidor".to_owned() }
}

/// What a draft's pages lie under: My pages, or the association's papers where an officer writes one in.
pub(super) fn around(draft: &Draft, visitor: &Visitor) -> (Section, Link) {
    let (part, name) = if draft.on_paper { (Section::Officer, "paper-title") } else { (Section::Applicant, "my-title") };
    (part, Link::new(home(draft), visitor.t(name)))
}

/// Where the period's attendance lies: with the association, or with the paper that an officer writes in.
pub(super) fn attendance(draft: &Draft) -> String {
    let half = half_year(draft.period.covers.from);
    if draft.on_paper { format!("/utkast/{}/narvaro/{half}", draft.id) } else { format!("/narvaro/{half}") }
}

/// What a draft is called.
pub(super) fn name(draft: &Draft, language: Language) -> String {
    let grant = words::within(draft.package.form.title.get(language));
    let key = match draft.kind {
        DraftKind::Application => "draft-application",
        DraftKind::Replacement => "draft-replacement",
        DraftKind::Supplement => "draft-supplement",
    };
    match wording(draft) {
        Wording::Application => fluent::t(language, key, &[("grant", grant.into())]),
        wording @ (Wording::Report | Wording::Requisition) => {
            let title = draft.package.form.title.get(language).to_owned();
            fluent::worded(language, wording, key, &[("grant", grant.into()), ("title", title.into())])
        }
    }
}

/// Whether a draft's pages speak of an application or of a report.
pub(super) fn wording(draft: &Draft) -> Wording {
    draft.package.form.wording()
}

/// The last step of a draft: where it lies and what it is called.
pub(super) fn last_step(draft: &Draft, language: Language) -> (String, String) {
    if draft.on_paper {
        return (format!("/utkast/{}/papper", draft.id), fluent::plain(language, "task-paper"));
    }
    match draft.kind {
        DraftKind::Application | DraftKind::Replacement => (format!("/utkast/{}/granska", draft.id), fluent::plain(language, "task-check")),
        DraftKind::Supplement => (format!("/utkast/{}/skicka", draft.id), fluent::plain(language, "task-send")),
    }
}
