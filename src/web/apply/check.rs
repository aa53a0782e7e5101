//! Check your answers, with a way to change each and come back.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::section::handlers::live;
use super::{draft as list, words};
use crate::domain::draft::SectionState;
use crate::domain::id::DraftId;
use crate::forms::{Display, FieldKind};
use crate::services::drafts;
use crate::web::page::Page;
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, LiveAmount, html};

/// The answers, to be checked.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/check.html")]
pub struct CheckPage {
    /// What stands around it.
    pub page: Page,
    /// The draft's address.
    pub base: String,
    /// Where it goes on: the signature, or the paper that bears one.
    pub next: String,
    /// What is applied for, in which period, by whom.
    pub about: String,
    /// The sections.
    pub sections: Vec<Answered>,
    /// Questions whose answers will not be sent.
    pub not_sent: Vec<String>,
    /// What is missing before it can be signed.
    pub missing: Vec<Link>,
    /// Where the period's attendance lies.
    pub attendance: String,
    /// The preliminary amount.
    pub live: Option<LiveAmount>,
}

/// A section's answers.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its answers.
    pub answers: Vec<AnswerLine>,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct AnswerLine {
    /// The question.
    pub label: String,
    /// The answer, a line each; empty when there is none.
    pub lines: Vec<String>,
    /// Where it is changed.
    pub change: String,
    /// What is wrong with it.
    pub errors: Vec<String>,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    let language = visitor.language;
    let form = &draft.package.form;
    let title = visitor.t("check-title");
    let base = format!("/utkast/{id}");
    let (part, home) = list::around(&draft, &visitor);
    let crumbs = vec![home, Link::new(base.clone(), list::name(&draft, language)), Link::here(title.clone())];
    let mut page = visitor.page(&site, part, format!("{title} – {}", form.title.get(language)), crumbs).await?;
    page.wording = list::wording(&draft);
    let findings = draft.findings();
    let mut sections = Vec::new();
    for section in &form.sections {
        let needless = draft.sections.iter().any(|known| known.id == section.id && known.state == SectionState::NotNeeded);
        if needless {
            continue;
        }
        let shown = section.fields.iter().filter(|field| field.kind.is_question() && draft.outlook.shows(&field.id));
        let answers = shown
            .map(|field| {
                let question = if section.display == Display::OneQuestion { format!("/{}", field.id) } else { String::new() };
                let anchor = if question.is_empty() { format!("#{}", field.id) } else { String::new() };
                let own = |place: &str| place.split('.').next() == Some(field.id.as_str());
                AnswerLine {
                    label: match field.kind {
                        FieldKind::AttendancePeriod => visitor.t("attendance-affirm"),
                        _ => field.label.get(language).to_owned(),
                    },
                    lines: draft
                        .answers
                        .get(&field.id)
                        .map(|answer| words::answer(field, answer, Some(&draft), language))
                        .unwrap_or_default(),
                    change: format!("{base}/del/{}{question}?till=granska{anchor}", section.id),
                    errors: findings.iter().filter(|found| own(&found.field)).map(|found| found.message.get(language).to_owned()).collect(),
                }
            })
            .collect();
        sections.push(Answered { id: section.id.clone(), title: section.title.get(language).to_owned(), answers });
    }
    let missing = draft.sections.iter().filter(|known| !known.state.is_settled()).filter_map(|known| {
        let section = form.sections.iter().find(|section| section.id == known.id)?;
        Some(Link::new(format!("{base}/del/{}?till=granska", known.id), section.title.get(language).to_owned()))
    });
    html(&CheckPage {
        about: format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant),
        missing: missing.collect(),
        not_sent: draft.not_sent().into_iter().map(|field| field.label.get(language).to_owned()).collect(),
        live: live(&site, actor, &draft, language).await,
        sections,
        attendance: list::attendance(&draft),
        next: format!("{base}/{}", if draft.on_paper { "papper" } else { "skriv-under" }),
        base,
        page,
    })
}
