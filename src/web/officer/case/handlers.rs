//! A case: its page, and the steps of its calculation.

use axum::extract::{Path, Query, State};
use axum::response::Response;

use super::acts::Acts;
use super::opened::Opened;
use super::posts::Returned;
use super::{Answer, CasePage, Comparison, comparison, cut, events, experts, shown};
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::beside::Beside;
use crate::services::cases::{compare, looks};
use crate::services::{appeals, conflicts, packages};
use crate::web::officer::appeals::words as appeal_words;
use crate::web::officer::conflicts::words as conflict_words;
use crate::web::officer::words::why;
use crate::web::page::Section;
use crate::web::parts::Link;
use crate::web::site::report::{Reader, ReportBox};
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
    let compared = match asked.jamfor.as_str() {
        "ja" => compare::compare(&site.tenant, visitor.staff()?, id).await?.map(|found| comparison::shown(&visitor, &found)),
        _ => None,
    };
    let page = fill(&site, &visitor, id, compared, None).await?;
    looks::note(&site.tenant, visitor.staff()?, id).await?;
    html(&page)
}

/// The page of a case, with a form that came back.
pub(super) async fn fill(
    site: &Site,
    visitor: &Visitor,
    id: CaseId,
    comparison: Option<Comparison>,
    returned: Option<Returned>,
) -> Result<CasePage, Error> {
    let opened = Opened::of(site, visitor, id).await?;
    let (view, beside, language) = (&opened.view, &opened.beside, visitor.language);
    let line = &view.line;
    let crumbs = vec![Link::new("/arenden", visitor.t("cases-title")), Link::here(line.case.number.clone())];
    let mut page = visitor.page(site, Section::Officer, format!("{} {}", line.case.number, line.applicant), crumbs).await?;
    let acts = Acts::new(site, language, view, beside);
    let mut actions = acts.forms();
    if let Some(returned) = &returned {
        let form = actions.iter_mut().filter(|action| action.url == returned.url).flat_map(|action| action.fields.iter_mut());
        page.errors = returned.typed.fill(language, form);
        // A task's form has no fields of that kind: its errors lead to the task.
        if let Some((_, task)) = returned.url.split_once("/uppgift/") {
            page.errors.iter_mut().for_each(|error| error.href = format!("#uppgift-{task}"));
        }
    }
    let (experts, wrong) = experts::panel(site, visitor, id, returned.as_ref()).await?;
    // What belongs to the panel is told there, and so by its fields.
    if !wrong.is_empty() {
        page.errors = wrong;
    }
    let answers_before = match &beside.before {
        Some(period) => packages::period_words(&site.tenant).await?.of(&view.line.case.grant_type, period).get(language).to_owned(),
        None => String::new(),
    };
    let evaluation = view.calculated.as_ref().map(|done| &done.evaluation);
    let appealed = appeals::views::standing(&site.tenant, visitor.staff()?, id).await?;
    let conflicts = conflicts::views::of_case(&site.tenant, visitor.staff()?, id).await?;
    Ok(CasePage {
        appeals: appealed.map(|standing| appeal_words::facts(&standing, language)).unwrap_or_default(),
        conflicts: conflicts.people.iter().map(|person| conflict_words::stands(person, language)).collect(),
        hint: conflicts.hint.as_ref().map_or_else(String::new, |hint| conflict_words::hint(hint, language)),
        hint_about: conflicts.hint.as_ref().map_or_else(String::new, |hint| hint.organisation.to_string()),
        id: id.to_string(),
        head: shown::head(view, beside, language),
        waiting: line.why.clone().unwrap_or_else(|| why(language, line.waits)),
        actions,
        ways: acts.ways(),
        report: ReportBox::of(&view.report, site.tenant.clock.today(), Reader::Staff, language),
        experts,
        tasks: shown::tasks(view, beside, language, returned.as_ref()),
        checks: evaluation.map(|done| done.checks.iter().map(|check| words::check(check, language)).collect()).unwrap_or_default(),
        account: evaluation
            .map(|done| {
                let lines = done.account.len();
                done.account
                    .iter()
                    .enumerate()
                    .map(|(at, line)| cut::linked(line, words::account(line, at, lines, language), id, language))
                    .collect()
            })
            .unwrap_or_default(),
        account_source: shown::source(view, language),
        rows: evaluation.map(|done| done.rows.iter().map(|row| words::row(row, language)).collect()).unwrap_or_default(),
        provenance: view.calculated.as_ref().map(|done| shown::provenance(done, id, language)).unwrap_or_default(),
        comparison,
        answers: answers(beside, language),
        answers_before,
        answers_reserved: beside.reserved,
        clashes: view.clashes.iter().map(|clash| shown::clash(clash, language)).collect(),
        documents: shown::documents(view, language),
        events: events::events(view, &site.tenant.profile, language),
        page,
    })
}

fn answers(beside: &Beside, language: Language) -> Vec<Answer> {
    let answer = |row: &crate::services::cases::beside::Compared| Answer {
        section: row.section.get(language).to_owned(),
        label: row.label.get(language).to_owned(),
        answer: row.answer.clone(),
        register: row.register.clone(),
        before: row.before.clone(),
        differs: !row.before.is_empty() && row.before != row.answer,
    };
    beside.compared.iter().map(answer).collect()
}
