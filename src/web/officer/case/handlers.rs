//! A case: its page, its steps, and what can be done with it.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;

use crate::domain::id::{CaseId, DecisionId, TaskId};
use crate::domain::{Localized, Money};
use crate::services::cases::compare;
use crate::services::cases::views::{self, Calculated, CaseView};
use crate::services::decisions;
use crate::services::tasks::{self, Filled, SupplementRequest};
use crate::text::number;
use crate::web::officer::case::{CaseHead, CasePage, ChecklistItem, Clash, Document, Payment, Provenance, Task};
use crate::web::officer::trace::{TracePage, TraceStep};
use crate::web::page::Section;
use crate::web::parts::{Action, Event, Field, FieldKind, Link, State as Shown, Weight};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

/// What the address asks besides the case.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    jamfor: String,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let view = views::case(&site.tenant, visitor.staff()?, id).await?;
    let line = &view.line;
    let crumbs = vec![Link::new("/arenden", "Ärenden"), Link::here(line.case.number.clone())];
    let page = visitor.page(&site, Section::Officer, format!("{} {}", line.case.number, line.applicant), crumbs).await?;
    let language = visitor.language;
    let evaluation = view.calculated.as_ref().map(|done| &done.evaluation);
    let actions = actions(&site, &view);
    let comparison = match asked.jamfor.as_str() {
        "ja" => compare::compare(&site.tenant, visitor.staff()?, id).await?.map(|found| super::comparison::shown(&visitor, &found)),
        _ => None,
    };
    html(&CasePage {
        head: head(&view, &visitor),
        waiting: if actions.is_empty() { words::why(line.waits).to_owned() } else { String::new() },
        actions,
        tasks: tasks_of(&view),
        checks: evaluation.map(|done| done.checks.iter().map(|check| words::check(check, language)).collect()).unwrap_or_default(),
        account: evaluation
            .map(|done| {
                let lines = done.account.len();
                done.account.iter().enumerate().map(|(at, line)| words::account(line, at, lines, language)).collect()
            })
            .unwrap_or_default(),
        account_source: source(&view),
        rows: evaluation.map(|done| done.rows.iter().map(|row| words::row(row, language)).collect()).unwrap_or_default(),
        provenance: view.calculated.as_ref().map(|done| provenance(done, id)).unwrap_or_default(),
        comparison,
        clashes: view.clashes.iter().map(clash).collect(),
        documents: documents(&view),
        events: view.events.iter().map(super::events::event).collect::<Vec<Event>>(),
        page,
    })
}

pub(in crate::web) async fn trace(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let view = views::case(&site.tenant, visitor.staff()?, id).await?;
    let done = view.calculated.as_ref().ok_or(Error::NotFound)?;
    let back = Link::new(format!("/arenden/{id}"), view.line.case.number.clone());
    let crumbs = vec![Link::new("/arenden", "Ärenden"), back, Link::here("Varje steg")];
    let page = visitor.page(&site, Section::Officer, "Så räknades det, steg för steg", crumbs).await?;
    let mut steps: Vec<TraceStep> = done
        .used
        .iter()
        .map(|used| TraceStep {
            line: String::new(),
            rule: used.id.clone(),
            outcome: format!("{} (från {})", used.value, words::date(used.date)),
            paragraph: used.paragraph.clone(),
        })
        .collect();
    steps.extend(done.trace.iter().map(|step| TraceStep {
        line: step.line.to_string(),
        rule: String::new(),
        outcome: step.text.clone(),
        paragraph: String::new(),
    }));
    let source = format!(
        "Regelversion {}, räknat {}. Underlagets kontrollsumma {}.",
        done.version,
        words::moment(done.row.at),
        &done.row.input_hash[..12]
    );
    html(&TracePage { source, steps, page })
}

/// The fields of a form as they were sent.
type Sent = Vec<(String, String)>;

pub(in crate::web) async fn complete(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, task)): Path<(CaseId, TaskId)>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    let mut filled = Filled::default();
    for (key, value) in &sent {
        if key == "klar" {
            filled.checked.insert(value.clone(), true);
        }
    }
    if !value("belopp").is_empty() {
        let amount = crate::forms::parse_money(&value("belopp")).map_err(|_| {
            Error::BadRequest(Localized::both(
                "Skriv beloppet i kronor, till exempel 12 500.",
                "Write the amount in kronor, such as 12 500.",
            ))
        })?;
        filled.amount = Some(amount);
    }
    let comments: Vec<String> = sent
        .iter()
        .filter(|(key, value)| (key.starts_with("kommentar")) && !value.trim().is_empty())
        .map(|(_, value)| value.trim().to_owned())
        .collect();
    let action = Some(value("val")).filter(|action| !action.is_empty()).unwrap_or_else(|| "approve".to_owned());
    tasks::complete(&site.tenant, visitor.staff()?, task, &action, &filled, &comments.join("\n")).await?;
    Ok(Redirect::to(&format!("/arenden/{case}?kvitto=klar")).into_response())
}

pub(in crate::web) async fn supplement(
    State(site): State<Site>,
    visitor: Visitor,
    Path(case): Path<CaseId>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let last_day: NaiveDate = value("senast")
        .parse()
        .map_err(|_| Error::BadRequest(Localized::both("Välj sista dag för svar.", "Choose the last day to answer.")))?;
    let request = SupplementRequest { missing: value("saknas"), last_day, consequence: value("foljd"), sections: &[] };
    tasks::request_supplement(&site.tenant, visitor.staff()?, case, &request).await?;
    Ok(Redirect::to(&format!("/arenden/{case}?kvitto=komplettering")).into_response())
}

pub(in crate::web) async fn undo(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, decision)): Path<(CaseId, DecisionId)>,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, Error> {
    let reason = sent.get("skal").map(String::as_str).unwrap_or_default();
    decisions::undo(&site.tenant, visitor.staff()?, decision, reason).await?;
    Ok(Redirect::to(&format!("/arenden/{case}?kvitto=angrat")).into_response())
}

fn head(view: &CaseView, visitor: &Visitor) -> CaseHead {
    let (line, case) = (&view.line, &view.line.case);
    let standing = view.decisions.iter().find(|decision| decision.undone_at.is_none());
    let amount_label = match (standing, &view.calculated) {
        (Some(_), _) => "Beslutat bidrag",
        (None, Some(done)) if done.is_final => "Förslag till bidrag",
        (None, _) => "Preliminärt bidrag",
    };
    CaseHead {
        association: line.applicant.clone(),
        organisation_number: view
            .organisation_number
            .parse::<crate::domain::organisation_number::OrganisationNumber>()
            .map_or_else(|_| view.organisation_number.clone(), |number| number.to_string()),
        grant: line.grant.get(visitor.language).to_owned(),
        period: case.period.clone(),
        diary_number: case.number.clone(),
        state: words::waits(line.waits, line.state.get(visitor.language)),
        received: words::moment(case.received_at),
        officer: String::new(),
        due: line.due.map_or_else(String::new, words::date),
        amount_label: amount_label.to_owned(),
        amount: case.amount_ore.map_or_else(String::new, number::money),
        letter: standing.map(|decision| Link::new(format!("/arenden/{}/brev/{}", case.id, decision.id), "Beslutsbrevet")),
        payment: view.payments.first().map(|(state, amount, holds)| Payment {
            state: if holds.is_empty() { Shown::ok(state.name().sv) } else { Shown::stop("Spärrad") },
            text: holds.first().map_or_else(|| payment_text(*amount), |hold| hold.note.clone()),
        }),
    }
}

fn payment_text(amount: Money) -> String {
    number::money(amount)
}

/// What can be done now, the likeliest first.
fn actions(site: &Site, view: &CaseView) -> Vec<Action> {
    let case = &view.line.case;
    let mut actions = Vec::new();
    if view.actions.iter().any(|action| action == "request_supplement") {
        let in_two_weeks = site.tenant.clock.today().checked_add_days(chrono::Days::new(14)).unwrap_or_default();
        actions.push(Action {
            url: format!("/arenden/{}/komplettering", case.id),
            title: "Begär komplettering".to_owned(),
            explanation: "Ärendet väntar då på föreningen och handläggningstiden står stilla.".to_owned(),
            button: "Skicka begäran".to_owned(),
            weight: Weight::Secondary,
            fields: vec![
                Field {
                    name: "saknas".to_owned(),
                    label: "Vad saknas?".to_owned(),
                    hint: Some("Skriv så att föreningen förstår precis vad de ska skicka.".to_owned()),
                    kind: FieldKind::LongText,
                    ..Field::default()
                },
                Field {
                    name: "senast".to_owned(),
                    label: "Sista dag för svar".to_owned(),
                    value: in_two_weeks.to_string(),
                    kind: FieldKind::Date,
                    ..Field::default()
                },
                Field {
                    name: "foljd".to_owned(),
                    label: "Vad händer om svaret uteblir?".to_owned(),
                    value: "Utan svar kan ansökan komma att avgöras på det underlag som finns, eller inte tas upp till prövning."
                        .to_owned(),
                    kind: FieldKind::LongText,
                    ..Field::default()
                },
            ],
        });
    }
    let open = view.decisions.iter().find(|decision| decision.undone_at.is_none() && decision.dispatched_at.is_none());
    if let Some(decision) = open {
        actions.push(Action {
            url: format!("/arenden/{}/angra/{}", case.id, decision.id),
            title: "Ångra beslutet".to_owned(),
            explanation: format!("Det går till {}, innan brevet skickas.", words::moment(decision.dispatch_at)),
            button: "Ta tillbaka beslutet".to_owned(),
            weight: Weight::Secondary,
            fields: vec![Field {
                name: "skal".to_owned(),
                label: "Varför tas det tillbaka?".to_owned(),
                kind: FieldKind::LongText,
                ..Field::default()
            }],
        });
    }
    actions
}

fn tasks_of(view: &CaseView) -> Vec<Task> {
    view.tasks
        .iter()
        .map(|task| {
            let open = task.row.closed_at.is_none();
            Task {
                id: format!("uppgift-{}", task.row.id),
                title: task.label.clone(),
                reason: task.row.reason.clone(),
                state: match (&task.done, open) {
                    (_, true) => Shown::stop("Att göra"),
                    (Some((who, _, _)), false) => Shown::ok(format!("Klar, {who}")),
                    (None, false) => Shown::none("Inaktuell"),
                },
                url: if open { format!("/arenden/{}/uppgift/{}", view.line.case.id, task.row.id) } else { String::new() },
                checklist: task
                    .checklist
                    .iter()
                    .map(|item| ChecklistItem {
                        id: item.id.clone(),
                        label: item.label.sv.clone(),
                        done: false,
                        comment: task.done.as_ref().map_or_else(String::new, |(_, _, comment)| comment.clone()),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn provenance(done: &Calculated, case: CaseId) -> Provenance {
    let decided = done.decided.as_ref();
    Provenance {
        version: done.version.to_string(),
        decided: decided.map_or_else(String::new, |decided| {
            let paragraph = decided.paragraph.as_ref().map_or_else(String::new, |paragraph| format!(", {paragraph}"));
            format!("beslutad av {} {}{paragraph}", decided.body, words::date(decided.date))
        }),
        version_hash: done.version_hash.chars().take(12).collect(),
        input_hash: done.row.input_hash.chars().take(12).collect(),
        at: words::moment(done.row.at),
        compare_href: format!("/arenden/{case}?jamfor=ja"),
        trace_href: format!("/arenden/{case}/steg"),
    }
}

fn source(view: &CaseView) -> String {
    let Some(done) = &view.calculated else { return String::new() };
    if done.evaluation.account.is_empty() {
        return String::new();
    }
    let files = if view.imports == 1 { "1 inläst fil".to_owned() } else { format!("{} inlästa filer", view.imports) };
    let basis = if done.is_final { "Periodens låsta närvaro" } else { "Närvaron hittills" };
    format!("{basis}, {files}.")
}

fn clash(view: &views::ClashView) -> Clash {
    let keeps = |word: Option<&'static str>| word.map(|word| word == "keep");
    let outcome = match (keeps(view.answer.map(|answer| answer.word())), keeps(view.other.map(|answer| answer.word()))) {
        (None, None) => format!("Föreningen kan svara till och med {}.", words::date(view.answer_by)),
        (Some(true), Some(true)) => "Båda säger att deras registrering stämmer.".to_owned(),
        (Some(true), _) => "Föreningen säger att registreringen stämmer.".to_owned(),
        (Some(false), _) => "Föreningen har lämnat registreringen utanför.".to_owned(),
        (None, Some(_)) => "Den andra sidan har svarat.".to_owned(),
    };
    Clash {
        day: words::date(view.start.date()),
        time: format!("{}–{}", view.start.format("%H.%M"), view.stop.format("%H.%M")),
        activity: view.activity.clone(),
        marks: "1".to_owned(),
        state: if view.answer.is_some() { Shown::ok("Besvarad") } else { Shown::wait("Obesvarad") },
        outcome,
    }
}

fn documents(view: &CaseView) -> Vec<Document> {
    view.documents
        .iter()
        .map(|document| Document {
            number: document.no.to_string(),
            date: words::date(document.dated),
            direction: match document.direction.word() {
                "in" => "Inkommen",
                "out" => "Utgående",
                _ => "Upprättad",
            }
            .to_owned(),
            title: document.subject.clone(),
            href: document.file_id.map_or_else(String::new, |_| format!("/arenden/{}/handling/{}", view.line.case.id, document.id)),
        })
        .collect()
}
