//! One invitation: first her word that she has no conflict of interest, then what she may read with the same scales as the
//! officers', then that it is handed in.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

use crate::domain::Localized;
use crate::domain::conflict::Ground;
use crate::domain::id::InvitationId;
use crate::services::experts::views::{self, Invitation, Readable, Scoring, Standing};
use crate::services::experts::{self};
use crate::services::{ServiceError, ServiceResult};
use crate::text::number;
use crate::web::officer::assess::{AnswerLine, SAVE, ScaleGroup, fields, filled, group};
use crate::web::officer::conflicts::words::ground;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::officer::words::{many, say};
use crate::web::page::Section;
use crate::web::parts::{Action, Choice, Field, FieldKind, Link, Weight};
use crate::web::site::words::of_case;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The page of an invitation.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "expert/sheet.html")]
pub struct SheetPage {
    /// The page around it.
    pub page: Page,
    /// Which case: grant, period, number.
    pub about: String,
    /// What the page is called.
    pub heading: String,
    /// What she does here, and until when.
    pub lead: String,
    /// Who applies; empty once she has handed in.
    pub applicant: String,
    /// Her word on conflicts of interest; none once she has given it.
    pub declare: Option<Action>,
    /// What she reads and fills in, after that.
    pub scoring: Option<ScoringPart>,
}

/// What she reads and fills in.
#[derive(Clone, Debug, Default)]
pub struct ScoringPart {
    /// Where it is sent.
    pub url: String,
    /// When it was last saved; empty before.
    pub saved: String,
    /// The scales.
    pub scales: Vec<ScaleGroup>,
    /// Her words about the whole.
    pub fields: Vec<Field>,
    /// The sections she may read.
    pub sections: Vec<SectionPart>,
}

/// A section of the application.
#[derive(Clone, Debug, Default)]
pub struct SectionPart {
    /// Its heading.
    pub title: String,
    /// Questions and answers.
    pub answers: Vec<AnswerLine>,
    /// Its files.
    pub files: Vec<Link>,
}

/// What the answer is that there is no conflict of interest.
const FREE: &str = "nej";

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<InvitationId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

pub(in crate::web) async fn declare(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<InvitationId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let done = match said(value(&sent, "jav")) {
        Ok(tie) => experts::declare(&site.tenant, actor, id, tie).await.map(|()| tie),
        Err(missing) => {
            // Whose invitation it is comes before what is wrong with the form.
            views::invitation(&site.tenant, actor, id).await?;
            Err(missing)
        }
    };
    match done {
        Ok(None) => Ok(Redirect::to(&format!("/sakkunnig/{id}")).into_response()),
        Ok(Some(_)) => Ok(Redirect::to("/sakkunnig?kvitto=sakkunnig-jav").into_response()),
        Err(error) => returned(&site, &visitor, id, sent, error).await,
    }
}

/// What she said: no conflict of interest, or the ground of one.
fn said(word: &str) -> ServiceResult<Option<Ground>> {
    match (word, Ground::from_word(word)) {
        (FREE, _) => Ok(None),
        (_, Some(ground)) => Ok(Some(ground)),
        (_, None) => {
            let message = Localized::both("Välj det som stämmer för dig.", "Choose what is true of you.");
            Err(ServiceError::invalid("jav", "missing", message))
        }
    }
}

pub(in crate::web) async fn send(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<InvitationId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let Some(scoring) = views::invitation(&site.tenant, actor, id).await?.scoring else { return Err(Error::NotFound) };
    let comment = value(&sent, "kommentar").to_owned();
    // No amount is asked for: there is none that could not be read.
    let (filled, _) = filled(&scoring.sheet, &sent);
    // What was typed is kept whatever is wrong with it.
    experts::save(&site.tenant, actor, id, &filled, &comment).await?;
    if value(&sent, "gor") == SAVE {
        return Ok(Redirect::to(&format!("/sakkunnig/{id}?kvitto=sparat-bedomning")).into_response());
    }
    match experts::finish(&site.tenant, actor, id, &filled, &comment).await {
        Ok(()) => Ok(Redirect::to(&format!("/sakkunnig/{id}?kvitto=sakkunnig-klar")).into_response()),
        Err(error) => returned(&site, &visitor, id, sent, error).await,
    }
}

async fn returned(
    site: &Site,
    visitor: &Visitor,
    id: InvitationId,
    sent: crate::web::officer::typed::Sent,
    error: ServiceError,
) -> Result<Response, Error> {
    let typed = Typed::refused(sent, error, &[("comment", "kommentar")])?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(site, visitor, id, Some(&typed)).await?)
}

/// A file of a section that she may read.
pub(in crate::web) async fn file(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, question)): Path<(InvitationId, String)>,
) -> Result<Response, Error> {
    let found = views::file(&site.tenant, visitor.actor()?, id, &question).await?;
    // Whatever is in it, a browser only saves it (ASVS 3.2.1); its own name may say more than she is to see.
    let headers = [
        (CONTENT_TYPE, found.media_type),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"bilaga-{}.{}\"", found.no, found.ending)),
        (CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, found.bytes).into_response())
}

async fn fill(site: &Site, visitor: &Visitor, id: InvitationId, typed: Option<&Typed>) -> Result<SheetPage, Error> {
    let found = views::invitation(&site.tenant, visitor.actor()?, id).await?;
    let language = visitor.language;
    let crumbs = vec![Link::new("/sakkunnig", visitor.t("expert-title")), Link::here(found.line.number.clone())];
    let title = format!("{}, {}", visitor.t("expert-one"), found.line.number);
    let mut page = visitor.page(site, Section::Public, title, crumbs).await?;
    let mut declare = (found.line.standing == Standing::Asked).then(|| declaration(visitor, &found));
    let mut scoring = found.scoring.as_ref().map(|scoring| part(visitor, &found, scoring));
    if let Some(typed) = typed {
        let own = declare.iter_mut().flat_map(|action| action.fields.iter_mut());
        let own = own.chain(scoring.iter_mut().flat_map(|part| {
            let ScoringPart { scales, fields, .. } = part;
            scales.iter_mut().flat_map(|scale| scale.fields.iter_mut()).chain(fields.iter_mut())
        }));
        page.errors = typed.fill(language, own);
    }
    Ok(SheetPage {
        about: about(visitor, &found),
        heading: visitor.t("expert-one"),
        lead: lead(visitor, &found),
        applicant: found.applicant,
        declare,
        scoring,
        page,
    })
}

fn about(visitor: &Visitor, found: &Invitation) -> String {
    let period = of_case(found.period.as_ref(), "", visitor.language);
    let places = [("grant", found.line.grant.get(visitor.language)), ("period", &period), ("number", &found.line.number)];
    say(visitor.language, "expert-about", &places)
}

fn lead(visitor: &Visitor, found: &Invitation) -> String {
    let language = visitor.language;
    let day = number::date(found.line.last_day, language);
    match (found.line.standing, &found.scoring) {
        (Standing::Done(at), _) => say(language, "expert-done-text", &[("day", &number::moment(at, language))]),
        (_, Some(scoring)) => {
            let others = i64::try_from(scoring.sheet.assessors).unwrap_or(i64::MAX);
            format!("{} {}", many(language, "expert-lead", others), say(language, "expert-last-day", &[("day", &day)]))
        }
        (_, None) => say(language, "expert-declare-lead", &[("day", &day)]),
    }
}

/// Her word (förvaltningslagen 16 §): no conflict of interest, or which ground.
fn declaration(visitor: &Visitor, found: &Invitation) -> Action {
    let choice = |value: &str, text: String| Choice { value: value.to_owned(), text, selected: false };
    let mut choices = vec![choice(FREE, visitor.t("expert-declare-free"))];
    choices.extend(Ground::ALL.map(|one| choice(one.word(), ground(one, visitor.language))));
    Action {
        url: format!("/sakkunnig/{}/jav", found.line.id),
        button: visitor.t("expert-declare-button"),
        weight: Weight::Primary,
        fields: vec![Field {
            name: "jav".to_owned(),
            label: visitor.t("expert-declare-field"),
            hint: Some(visitor.t("expert-declare-hint")),
            kind: FieldKind::Radios(choices),
            ..Field::default()
        }],
        ..Action::default()
    }
}

fn part(visitor: &Visitor, found: &Invitation, scoring: &Scoring) -> ScoringPart {
    let (language, sheet) = (visitor.language, &scoring.sheet);
    let mut fields = fields(sheet, language);
    fields.iter_mut().for_each(|field| field.optional = true);
    ScoringPart {
        url: format!("/sakkunnig/{}", found.line.id),
        saved: sheet.saved_at.map_or_else(String::new, |at| say(language, "assess-saved", &[("time", &number::moment(at, language))])),
        scales: sheet.scales.iter().map(|scale| group(sheet, scale, language)).collect(),
        fields,
        sections: scoring.sections.iter().map(|section| section_part(visitor, found.line.id, section)).collect(),
    }
}

fn section_part(visitor: &Visitor, id: InvitationId, section: &Readable) -> SectionPart {
    let language = visitor.language;
    let answers = section.answers.iter();
    let files = section.files.iter();
    SectionPart {
        title: section.title.get(language).to_owned(),
        answers: answers
            .map(|(question, answer)| AnswerLine { question: question.get(language).to_owned(), answer: answer.clone() })
            .collect(),
        files: files.map(|(field, label)| Link::new(format!("/sakkunnig/{id}/fil/{field}"), label.get(language))).collect(),
    }
}
