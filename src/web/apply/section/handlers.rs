//! Showing and saving a page of the wizard.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::read::{self, UNSEEN};
use super::show::{self, Extra};
use super::{SectionPage, Task};
use crate::domain::draft::SectionState;
use crate::domain::grant::GrantKind;
use crate::domain::id::{DraftId, FileId};
use crate::domain::localized::Language;
use crate::domain::mandate::Mandate;
use crate::domain::role::Role;
use crate::forms::{Display, Field, FieldKind, Section};
use crate::services::Actor;
use crate::services::drafts::{self, Draft, Saved};
use crate::services::error::Finding;
use crate::services::preliminary;
use crate::text::{fluent, number};
use crate::web::apply::{draft as list, sent, words};
use crate::web::page::OwnPage;
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, LiveAmount, html, html_with};

/// What the address may say.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    /// Where to return.
    #[serde(default)]
    till: String,
    /// The question that gets more empty rows.
    #[serde(default)]
    fler: String,
    /// The questions whose faults are shown, with commas between them.
    #[serde(default)]
    brister: String,
}

impl Asked {
    /// What is wrong just now with the questions that faults are asked about.
    fn findings(&self, draft: &Draft, place: Place<'_>) -> Vec<Finding> {
        let asked: Vec<&str> = self.brister.split(',').collect();
        findings_of(draft, place).into_iter().filter(|finding| asked.contains(&head(&finding.place))).collect()
    }
}

/// Where on a section somebody is.
#[derive(Clone, Copy)]
struct Place<'d> {
    section: &'d Section,
    question: Option<&'d Field>,
}

impl<'d> Place<'d> {
    fn find(draft: &'d Draft, section: &str, question: Option<&str>) -> Result<Self, Error> {
        let listed = draft.sections.iter().any(|known| known.id == section && known.state != SectionState::NotNeeded);
        let section = draft.package.form.sections.iter().find(|known| known.id == section).filter(|_| listed).ok_or(Error::NotFound)?;
        let question = match question {
            Some(id) => Some(section.fields.iter().find(|field| field.id == id).ok_or(Error::NotFound)?),
            None => None,
        };
        Ok(Self { section, question })
    }

    fn fields(self) -> Vec<&'d Field> {
        match self.question {
            Some(field) => vec![field],
            None => self.section.fields.iter().collect(),
        }
    }

    fn path(self, draft: &Draft) -> String {
        match self.question {
            Some(field) => format!("/utkast/{}/del/{}/{}", draft.id, self.section.id, field.id),
            None => format!("/utkast/{}/del/{}", draft.id, self.section.id),
        }
    }
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, section)): Path<(DraftId, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let draft = drafts::open(&site.tenant, visitor.actor()?, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    let place = Place::find(&draft, &section, None)?;
    if place.section.display == Display::OneQuestion {
        let first = next_question(&draft, place.section, None).or_else(|| visible(&draft, place.section).into_iter().next());
        if let Some(first) = first {
            let till = if asked.till.is_empty() { String::new() } else { format!("?till={}", asked.till) };
            return Ok(Redirect::to(&format!("/utkast/{id}/del/{section}/{}{till}", first.id)).into_response());
        }
    }
    show_asked(&site, &visitor, &draft, place, &asked).await
}

pub(in crate::web) async fn question(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, section, question)): Path<(DraftId, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let draft = drafts::open(&site.tenant, visitor.actor()?, id).await?;
    if draft.closed {
        return Ok(list::closed(&draft));
    }
    let place = Place::find(&draft, &section, Some(&question))?;
    show_asked(&site, &visitor, &draft, place, &asked).await
}

pub(in crate::web) async fn save(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, section)): Path<(DraftId, String)>,
    request: Request,
) -> Result<Response, Error> {
    take(&site, &visitor, id, &section, None, request).await
}

pub(in crate::web) async fn save_question(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, section, question)): Path<(DraftId, String, String)>,
    request: Request,
) -> Result<Response, Error> {
    take(&site, &visitor, id, &section, Some(&question), request).await
}

/// What the pressed button asks for.
enum Pressed {
    Onward,
    ToList,
    Stay(String),
    More(String),
}

async fn take(
    site: &Site,
    visitor: &Visitor,
    id: DraftId,
    section: &str,
    question: Option<&str>,
    request: Request,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let before = drafts::open(&site.tenant, actor, id).await?;
    Place::find(&before, section, question)?;
    let mut sent = sent::read(site, actor, id, request).await?;
    let removed = sent.get("ta-bort").map(str::to_owned);
    if let Some(row) = &removed {
        read::without_row(&mut sent, row);
    }
    let mut changes = read::changes(&before, &sent);
    let pressed = if let Some(row) = &removed {
        Pressed::Stay(row.rsplit_once('.').map_or(row.as_str(), |(field, _)| field).to_owned())
    } else if let Some(field) = sent.get("lagg-till") {
        Pressed::More(field.to_owned())
    } else if let Some(field) = sent.get("anvand") {
        // The other one's answer stands: one's own is not sent.
        changes.retain(|change| change.field != field);
        Pressed::Stay(field.to_owned())
    } else if let Some(field) = sent.get("registret") {
        read::with_registered(&before, &mut changes, field);
        Pressed::Stay(field.to_owned())
    } else if let Some(field) = sent.get("ladda-upp") {
        Pressed::Stay(field.to_owned())
    } else if sent.get("lista").is_some() {
        Pressed::ToList
    } else {
        Pressed::Onward
    };
    let onward = matches!(pressed, Pressed::Onward | Pressed::ToList) && question.is_none();
    let saved = drafts::save(&site.tenant, actor, id, &changes, onward.then_some(section)).await?;
    let asked = Asked { till: sent.get("till").unwrap_or_default().to_owned(), ..Asked::default() };
    let Saved { draft, conflicts } = saved;
    let place = Place::find(&draft, section, question)?;
    if !conflicts.is_empty() || !sent.findings.is_empty() {
        let extra = Extra { findings: sent.findings, typed: changes, conflicts, more: None };
        return show_page(site, visitor, &draft, place, &asked, extra, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let till = if asked.till.is_empty() { String::new() } else { format!("?till={}", asked.till) };
    match pressed {
        Pressed::ToList => return to(&format!("/utkast/{id}?kvitto=sparat")),
        Pressed::Stay(field) => return to(&format!("{}{till}#{field}", place.path(&draft))),
        Pressed::More(field) => return to(&format!("{}?fler={field}{}#{field}", place.path(&draft), till.replace('?', "&"))),
        Pressed::Onward => {}
    }
    let findings = findings_of(&draft, place);
    // A question that has only now come into sight is asked, not complained about.
    let unseen = sent.all(UNSEEN);
    let new = place
        .fields()
        .into_iter()
        .find(|field| unseen.contains(&field.id.as_str()) && draft.outlook.shows(&field.id) && !draft.answers.contains_key(&field.id));
    let old: Vec<Finding> = findings.into_iter().filter(|finding| !unseen.contains(&head(&finding.place))).collect();
    if !old.is_empty() {
        // What was typed is saved, so the page can be asked for: going back and forward sends nothing again.
        let faulty: std::collections::BTreeSet<&str> = old.iter().map(|finding| head(&finding.place)).collect();
        let faulty = faulty.into_iter().collect::<Vec<_>>().join(",");
        return to(&format!("{}?brister={faulty}{}", place.path(&draft), till.replace('?', "&")));
    }
    if let Some(new) = new {
        return to(&format!("{}{till}#{}", place.path(&draft), new.id));
    }
    if let Some(next) = place.question.and_then(|now| next_question(&draft, place.section, Some(now))) {
        return to(&format!("/utkast/{id}/del/{section}/{}{till}", next.id));
    }
    if place.question.is_some() {
        drafts::save(&site.tenant, actor, id, &[], Some(section)).await?;
    }
    to(&after(&draft, section, &asked.till))
}

fn to(address: &str) -> Result<Response, Error> {
    Ok(Redirect::to(address).into_response())
}

/// Where one goes after a section: back to the answers, to the next section, or to the list.
fn after(draft: &Draft, section: &str, till: &str) -> String {
    if till == "granska" {
        return format!("/utkast/{}/granska#{section}", draft.id);
    }
    let rest = draft.sections.iter().skip_while(|known| known.id != section).skip(1);
    let next = rest.into_iter().find(|known| !matches!(known.state, SectionState::NotNeeded | SectionState::CannotStartYet));
    match next {
        Some(next) => format!("/utkast/{}/del/{}", draft.id, next.id),
        None => format!("/utkast/{}", draft.id),
    }
}

fn visible<'d>(draft: &'d Draft, section: &'d Section) -> Vec<&'d Field> {
    section.fields.iter().filter(|field| draft.outlook.shows(&field.id)).collect()
}

/// The next question after one; from the start of the section the first that nobody has answered.
fn next_question<'d>(draft: &'d Draft, section: &'d Section, after: Option<&Field>) -> Option<&'d Field> {
    let shown = visible(draft, section);
    match after {
        Some(now) => {
            let at = section.fields.iter().position(|field| field.id == now.id)?;
            let later = section.fields.iter().skip(at + 1);
            later.into_iter().find(|field| draft.outlook.shows(&field.id))
        }
        None => shown.into_iter().find(|field| field.kind.is_question() && !draft.answers.contains_key(&field.id)),
    }
}

/// What is wrong with the questions of a place.
fn findings_of(draft: &Draft, place: Place<'_>) -> Vec<Finding> {
    let own: Vec<&str> = place.fields().iter().map(|field| field.id.as_str()).collect();
    let findings = draft.findings().into_iter().filter(|finding| own.contains(&head(&finding.field)));
    findings.map(|finding| Finding { place: finding.field, code: finding.code.to_owned(), message: finding.message }).collect()
}

/// The question of a place, without its row and box.
fn head(place: &str) -> &str {
    place.split('.').next().unwrap_or_default()
}

/// The page as its address asks for it.
async fn show_asked(site: &Site, visitor: &Visitor, draft: &Draft, place: Place<'_>, asked: &Asked) -> Result<Response, Error> {
    let extra = Extra { findings: asked.findings(draft, place), ..Extra::default() };
    let status = if extra.findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show_page(site, visitor, draft, place, asked, extra, status).await
}

async fn show_page(
    site: &Site,
    visitor: &Visitor,
    draft: &Draft,
    place: Place<'_>,
    asked: &Asked,
    extra: Extra,
    status: StatusCode,
) -> Result<Response, Error> {
    let language = visitor.language;
    let actor = visitor.actor()?;
    let extra = Extra { more: Some(asked.fler.clone()).filter(|field| !field.is_empty()), ..extra };
    let fields: Vec<&Field> = place.fields();
    let questions = fields.iter().map(|field| show::question(draft, field, &extra, language)).collect();
    let form = &draft.package.form;
    let base = format!("/utkast/{}", draft.id);
    let title = place.section.title.get(language).to_owned();
    let (part, home) = list::around(draft, visitor);
    let crumbs = vec![home, Link::new(base.clone(), list::name(draft, language)), Link::here(title.clone())];
    let mut page = visitor.page(site, part, format!("{title} – {}", form.title.get(language)), crumbs).await?;
    page.wording = list::wording(draft);
    page.errors = errors(draft, &fields, &extra, language);
    let about = format!("{} · {} · {}", form.title.get(language), words::period(&draft.period, language), draft.applicant);
    let files = fields.iter().any(|field| matches!(field.kind, FieldKind::Attachment(_)));
    let answer = SectionPage {
        action: place.path(draft),
        live: live(site, actor, draft, language).await,
        tasks: tasks(draft, Some(&place.section.id), language),
        requested: draft.requested.as_ref().map(|requested| requested.missing.clone()),
        intro: place.section.intro.as_ref().map(|intro| intro.get(language).to_owned()),
        saved: page.fill("section-saved", "at", number::moment(draft.touched_at, language)),
        reads_only: !may_write(actor),
        back_to: asked.till.clone(),
        heading: title,
        base,
        about,
        questions,
        files,
        page,
    };
    html_with(status, &answer)
}

/// Every error leads to its box; the question's own words stand before it.
fn errors(draft: &Draft, fields: &[&Field], extra: &Extra, language: Language) -> Vec<Link> {
    let mut links = Vec::new();
    for field in fields {
        let of = |place: &str| place.split('.').next() == Some(field.id.as_str());
        // What ends the question is not said before a colon.
        let label = field.label.get(language).trim_end_matches(['.', '?', '!', ':']);
        for finding in extra.findings.iter().filter(|finding| of(&finding.place)) {
            links.push(Link::new(format!("#{}", finding.place), format!("{label}: {}", finding.message.get(language))));
        }
        if extra.conflicts.contains_key(&field.id) {
            links.push(Link::new(format!("#{}", field.id), format!("{label}: {}", fluent::plain(language, "clash-choose"))));
        }
    }
    if links.is_empty() && !extra.conflicts.is_empty() {
        links.push(Link::new(format!("/utkast/{}", draft.id), fluent::plain(language, "clash-choose")));
    }
    links
}

/// The preliminary amount of a general grant. A fault in the rules never stands in the way of filling in.
pub(in crate::web::apply) async fn live(site: &Site, actor: &Actor, draft: &Draft, language: Language) -> Option<LiveAmount> {
    if draft.package.form.kind != GrantKind::General {
        return None;
    }
    let amount = preliminary::amount(&site.tenant, actor, draft.organisation, &draft.package.id, &draft.period.id, &draft.answers).await;
    match amount {
        // An officer who writes in what came on paper does not answer for the association.
        Ok(amount) if draft.on_paper => Some(LiveAmount { answer: None, ..LiveAmount::of(&amount, language) }),
        Ok(amount) => Some(LiveAmount::of(&amount, language)),
        Err(error) => {
            tracing::error!(%error, grant = draft.package.id, "the preliminary amount could not be reckoned");
            None
        }
    }
}

/// The sections with their states, and the last step.
pub(in crate::web::apply) fn tasks(draft: &Draft, current: Option<&str>, language: Language) -> Vec<Task> {
    let form = &draft.package.form;
    let mut found = Vec::new();
    for known in &draft.sections {
        let Some(section) = form.sections.iter().find(|section| section.id == known.id) else { continue };
        let closed = matches!(known.state, SectionState::NotNeeded | SectionState::CannotStartYet);
        let note =
            known.waits_for.as_ref().map(|label| fluent::t(language, "task-waits", &[("question", label.get(language).to_owned().into())]));
        found.push(Task {
            href: if closed { String::new() } else { format!("/utkast/{}/del/{}", draft.id, section.id) },
            text: section.title.get(language).to_owned(),
            state: words::state(known.state, language),
            note,
            current: current == Some(section.id.as_str()),
        });
    }
    let (path, text) = list::last_step(draft, language);
    let ready = draft.is_ready();
    let state = if ready { SectionState::NotStarted } else { SectionState::CannotStartYet };
    found.push(Task {
        href: if ready { path } else { String::new() },
        text,
        state: words::state(state, language),
        note: None,
        current: false,
    });
    found
}

pub(in crate::web::apply) fn may_write(actor: &Actor) -> bool {
    match actor {
        Actor::Association { mandate, .. } => mandate.covers(Mandate::Writer),
        Actor::Staff { .. } => actor.has(Role::Officer),
        Actor::Person { .. } | Actor::Service => false,
    }
}

/// The preliminary amount alone, for the script.
pub(in crate::web) async fn amount(State(site): State<Site>, visitor: Visitor, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let draft = drafts::open(&site.tenant, actor, id).await?;
    match live(&site, actor, &draft, visitor.language).await {
        Some(amount) => html(&amount),
        None => Ok((StatusCode::NO_CONTENT, axum::Extension(OwnPage)).into_response()),
    }
}

/// A file that was chosen.
pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, file)): Path<(DraftId, FileId)>,
) -> Result<Response, Error> {
    let found = drafts::read_file(&site.tenant, visitor.actor()?, id, file).await?;
    // Whatever is in it, a browser only saves it (ASVS 3.2.1).
    let headers = [
        (CONTENT_TYPE, found.media_type),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"bilaga.{}\"", found.ending)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, found.bytes).into_response())
}

/// The words of what is typed, by the names of the boxes, written the Swedish way.
pub(super) fn echo(draft: &Draft, field: &Field) -> BTreeMap<String, String> {
    use crate::forms::{Entry, echo, enter};
    let Some(written) = draft.written.get(&field.id) else { return BTreeMap::new() };
    let Ok(Some(answer)) = enter(field, &written.entry) else { return BTreeMap::new() };
    match echo(field, &answer) {
        Entry::One(text) => BTreeMap::from([(field.id.clone(), text)]),
        Entry::Parts(parts) => parts.into_iter().map(|(key, text)| (format!("{}.{key}", field.id), text)).collect(),
        Entry::Many(_) | Entry::Rows(_) => BTreeMap::new(),
    }
}
