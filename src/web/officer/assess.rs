//! An assessor's sheet: the scales with what each level means, her reasons, her judgement of the whole; the application
//! beside it. It is saved as often as she likes and counts when she finishes it.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::case::opened::Opened;
use super::typed::{Post, Sent, Typed, value};
use super::words::{many, say};
use crate::domain::id::{CaseId, TaskId};
use crate::domain::localized::Language;
use crate::services::ServiceResult;
use crate::services::assessments::views::{Judgement, ScaleView, Score, SheetView};
use crate::services::assessments::{self, finished, views};
use crate::services::cases::views::Way;
use crate::services::tasks::{self, Filled};
use crate::text::number;
use crate::web::officer::case::posts::amount;
use crate::web::parts::{Choice, Field, FieldKind};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html, html_with};

/// The sheet of a task.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/assess.html")]
pub struct AssessPage {
    /// The page around it.
    pub page: Page,
    /// The heading.
    pub heading: String,
    /// Which case.
    pub about: String,
    /// How many assess it and what they see of each other.
    pub lead: String,
    /// When it was last saved; empty before.
    pub saved: String,
    /// Where the sheet is sent.
    pub url: String,
    /// The scales.
    pub scales: Vec<ScaleGroup>,
    /// The checklist, the amount and the texts.
    pub fields: Vec<Field>,
    /// What finishes it: what is sent, and the button.
    pub ways: Vec<(String, String)>,
    /// What was applied for, in words; empty where the form does not say.
    pub applied: String,
    /// What each assessor judged of the whole, where their scores are weighed together.
    pub judgements: Vec<JudgementLine>,
    /// The application's answers: section, question, answer.
    pub answers: Vec<AnswerLine>,
    /// Whether the answers are kept from her.
    pub reserved: bool,
    /// The application's files.
    pub documents: Vec<crate::web::parts::Link>,
}

/// A scale with what others gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScaleGroup {
    /// What is scored.
    pub label: String,
    /// How much it weighs, in words.
    pub weight: String,
    /// The level and the reasons for it.
    pub fields: Vec<Field>,
    /// What each assessor gave.
    pub given: Vec<GivenLine>,
    /// That they are far apart, in words; empty where they are not.
    pub disagreed: String,
}

/// What an assessor gave on a scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenLine {
    /// Who.
    pub who: String,
    /// The level with what it means.
    pub level: String,
    /// Why.
    pub why: String,
}

/// What an assessor judged of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgementLine {
    /// Who.
    pub who: String,
    /// Her points and her amount, in words.
    pub figures: String,
    /// What she wrote.
    pub comment: String,
    /// Her further texts, each with what was asked for.
    pub texts: Vec<(String, String)>,
}

/// An answer to read while judging.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerLine {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// What the button sends that saves and finishes nothing.
pub(in crate::web) const SAVE: &str = "spara";

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, task)): Path<(CaseId, TaskId)>,
) -> Result<Response, Error> {
    match fill(&site, &visitor, case, task, None).await {
        Ok(page) => html(&page),
        // A sheet that was handed in is read with the others'.
        Err(error) => {
            let found = finished::of_case(&site.tenant, visitor.staff()?, case).await?;
            let handed_in = found.iter().any(|found| found.places.contains(&task));
            if handed_in { Ok(Redirect::to(&format!("/arenden/{case}/bedomningar")).into_response()) } else { Err(error) }
        }
    }
}

pub(in crate::web) async fn send(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, task)): Path<(CaseId, TaskId)>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let actor = visitor.staff()?;
    let sheet = views::sheet(&site.tenant, actor, case, task).await?;
    let comment = value(&sent, "kommentar").to_owned();
    let (filled, read) = filled(&sheet, &sent);
    // What was typed is kept whatever is wrong with it.
    assessments::save(&site.tenant, actor, task, &filled, &comment).await?;
    let way = value(&sent, "gor");
    if way == SAVE && read.is_ok() {
        return Ok(Redirect::to(&format!("/arenden/{case}/bedomning/{task}?kvitto=sparat-bedomning")).into_response());
    }
    let done = match read {
        Ok(()) => tasks::complete(&site.tenant, actor, task, way, &filled, &comment).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/arenden/{case}?kvitto=bedomd")).into_response()),
        Err(error) => {
            let typed = Typed::refused(sent, error, &[("comment", "kommentar")])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, case, task, Some(&typed)).await?)
        }
    }
}

/// What was filled in, and whether the amount could be read.
pub(in crate::web) fn filled(sheet: &SheetView, sent: &Sent) -> (Filled, ServiceResult<()>) {
    let score = |scale: &ScaleView| {
        let level = value(sent, &format!("niva_{}", scale.id)).parse().ok()?;
        Some((scale.id.clone(), Score { level, why: value(sent, &format!("skal_{}", scale.id)).to_owned() }))
    };
    let text = |(id, _): &(String, crate::domain::Localized)| (id.clone(), value(sent, &format!("text_{id}")).to_owned());
    let mut filled = Filled {
        scores: sheet.scales.iter().filter_map(score).collect(),
        texts: sheet.texts.iter().map(text).filter(|(_, text)| !text.is_empty()).collect(),
        checked: sheet.checklist.iter().map(|line| (line.id.clone(), value(sent, &format!("klar_{}", line.id)) == "ja")).collect(),
        amount: None,
    };
    let read = match value(sent, "belopp") {
        "" => Ok(()),
        typed => amount(typed).map(|amount| filled.amount = Some(amount)),
    };
    (filled, read)
}

async fn fill(site: &Site, visitor: &Visitor, case: CaseId, task: TaskId, typed: Option<&Typed>) -> Result<AssessPage, Error> {
    let sheet = views::sheet(&site.tenant, visitor.staff()?, case, task).await?;
    let opened = Opened::of(site, visitor, case).await?;
    let language = visitor.language;
    let key = if sheet.moderates { "assess-weigh-title" } else { "assess-title" };
    let mut page = opened.page(site, visitor, key).await?;
    let mut scales: Vec<ScaleGroup> = sheet.scales.iter().map(|scale| group(&sheet, scale, language)).collect();
    let mut fields = fields(&sheet, language);
    if let Some(typed) = typed {
        let all = scales.iter_mut().flat_map(|scale| scale.fields.iter_mut()).chain(fields.iter_mut());
        page.errors = typed.fill(language, all);
    }
    let documents = opened.view.documents.iter().filter(|document| document.file_id.is_some());
    Ok(AssessPage {
        heading: visitor.t(key),
        about: opened.about(language),
        lead: lead(&sheet, language),
        saved: sheet.saved_at.map_or_else(String::new, |at| say(language, "assess-saved", &[("time", &number::moment(at, language))])),
        url: format!("/arenden/{case}/bedomning/{}", sheet.task),
        applied: sheet.applied.map_or_else(String::new, |applied| say(language, "assess-applied", &[("amount", &number::money(applied))])),
        judgements: sheet.judgements.iter().map(|judgement| judgement_line(judgement, language)).collect(),
        answers: opened
            .beside
            .compared
            .iter()
            .map(|row| AnswerLine { question: row.label.get(language).to_owned(), answer: row.answer.clone() })
            .collect(),
        reserved: opened.beside.reserved,
        documents: documents
            .map(|document| crate::web::parts::Link::new(format!("/arenden/{case}/handling/{}", document.id), document.subject.clone()))
            .collect(),
        ways: buttons(&sheet, language),
        scales,
        fields,
        page,
    })
}

fn lead(sheet: &SheetView, language: Language) -> String {
    match (sheet.moderates, sheet.assessors, sheet.blind) {
        (true, _, _) => say(language, "assess-lead-weigh", &[]),
        (false, 0 | 1, _) if sheet.scales.is_empty() => say(language, "assess-lead-plain", &[]),
        (false, 0 | 1, _) => say(language, "assess-lead-one", &[]),
        (false, several, true) => many(language, "assess-lead-blind", i64::try_from(several).unwrap_or(i64::MAX)),
        (false, several, false) => many(language, "assess-lead-several", i64::try_from(several).unwrap_or(i64::MAX)),
    }
}

/// A scale with the fields for its level and the reasons, and what others gave.
pub(in crate::web) fn group(sheet: &SheetView, scale: &ScaleView, language: Language) -> ScaleGroup {
    let label = scale.label.get(language).to_owned();
    let score = sheet.filled.scores.get(&scale.id);
    let choices = scale.levels.iter().map(|(level, _)| Choice {
        value: level.to_string(),
        text: meaning(scale, *level, language),
        selected: score.is_some_and(|score| score.level == *level),
    });
    let level = Field {
        name: format!("niva_{}", scale.id),
        label: say(language, "assess-level", &[("what", &label)]),
        kind: FieldKind::Radios(choices.collect()),
        ..Field::default()
    };
    // Who weighs together explains every level that not all of them gave; where all agree, only one she changes.
    let agreed = scale.given.first().is_some_and(|first| scale.given.iter().all(|given| given.level == first.level));
    let why = Field {
        name: format!("skal_{}", scale.id),
        label: match (sheet.moderates, agreed) {
            (true, true) => say(language, "assess-why-changed", &[]),
            (true, false) if !scale.given.is_empty() => say(language, "assess-why-differs", &[]),
            (true | false, _) => say(language, "assess-why", &[("what", &label)]),
        },
        value: score.map_or_else(String::new, |score| score.why.clone()),
        kind: FieldKind::LongText,
        optional: sheet.moderates && agreed,
        ..Field::default()
    };
    ScaleGroup { fields: vec![level, why], ..given_group(scale, language) }
}

/// A scale with what each assessor gave on it.
pub(super) fn given_group(scale: &ScaleView, language: Language) -> ScaleGroup {
    let given = scale.given.iter().map(|given| GivenLine {
        who: called(&given.who, given.expert, language),
        level: meaning(scale, given.level, language),
        why: given.why.clone(),
    });
    ScaleGroup {
        label: scale.label.get(language).to_owned(),
        weight: many(language, "assess-weight", i64::from(scale.weight)),
        fields: Vec::new(),
        given: given.collect(),
        disagreed: if scale.disagreed { say(language, "assess-disagreed", &[]) } else { String::new() },
    }
}

/// A level with what it means.
fn meaning(scale: &ScaleView, level: u32, language: Language) -> String {
    let anchor = scale.levels.iter().find(|(number, _)| *number == level);
    anchor.map_or_else(|| level.to_string(), |(number, text)| format!("{number}: {}", text.get(language)))
}

/// One way on is handing in; where there are several, each says where it leads.
fn buttons(sheet: &SheetView, language: Language) -> Vec<(String, String)> {
    match sheet.ways.as_slice() {
        [(only, Way::LeadsTo(_))] => vec![(only.clone(), say(language, "assess-finish", &[]))],
        several => {
            let words = |way: &Way| match way {
                Way::LeadsTo(state) => say(language, "assess-finish-to", &[("to", state.get(language))]),
                Way::Says(words) => words.get(language).to_owned(),
            };
            several.iter().map(|(action, way)| (action.clone(), words(way))).collect()
        }
    }
}

/// The checklist, the amount and the texts.
pub(in crate::web) fn fields(sheet: &SheetView, language: Language) -> Vec<Field> {
    let ticked = |id: &str| sheet.filled.checked.get(id).copied().unwrap_or(false);
    let ticks = sheet.checklist.iter().map(|line| Field {
        name: format!("klar_{}", line.id),
        label: line.label.get(language).to_owned(),
        value: if ticked(&line.id) { "ja".to_owned() } else { String::new() },
        kind: FieldKind::Tick,
        optional: true,
        ..Field::default()
    });
    let mut fields: Vec<Field> = ticks.collect();
    if let Some(label) = &sheet.amount_label {
        fields.push(Field {
            name: "belopp".to_owned(),
            label: say(language, "assess-amount", &[("what", label.get(language))]),
            value: sheet.filled.amount.map_or_else(String::new, |amount| number::decimal(amount.kronor())),
            kind: FieldKind::Amount,
            ..Field::default()
        });
    }
    fields.push(Field {
        name: "kommentar".to_owned(),
        label: sheet.comment_label.as_ref().map_or_else(|| say(language, "assess-comment", &[]), |label| label.get(language).to_owned()),
        value: sheet.comment.clone(),
        kind: FieldKind::LongText,
        ..Field::default()
    });
    fields.extend(sheet.texts.iter().map(|(id, label)| Field {
        name: format!("text_{id}"),
        label: label.get(language).to_owned(),
        value: sheet.filled.texts.get(id).cloned().unwrap_or_default(),
        kind: FieldKind::LongText,
        optional: true,
        ..Field::default()
    }));
    fields
}

pub(super) fn judgement_line(judgement: &Judgement, language: Language) -> JudgementLine {
    let points = judgement.points.map_or_else(|| "–".to_owned(), |points| number::points(points, language));
    let amount = judgement.amount.map_or_else(|| "–".to_owned(), number::money);
    JudgementLine {
        who: called(&judgement.who, judgement.expert, language),
        figures: say(language, "assess-judged", &[("points", &points), ("amount", &amount)]),
        comment: judgement.comment.clone(),
        texts: judgement.texts.iter().map(|(label, text)| (label.get(language).to_owned(), text.clone())).collect(),
    }
}

/// An assessor's name; an expert is told as one.
fn called(name: &str, expert: bool, language: Language) -> String {
    if expert { say(language, "experts-called", &[("name", name)]) } else { name.to_owned() }
}
