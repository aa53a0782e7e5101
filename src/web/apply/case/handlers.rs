//! Reading a case, and what an association may do with it.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{Ask, CasePage, Document, Way, events};
use crate::domain::calculation::CheckStatus;
use crate::domain::grant::GrantKind;
use crate::domain::id::{CaseId, DecisionId};
use crate::domain::localized::Language;
use crate::domain::mandate::Mandate;
use crate::services::appeals::views::Standing;
use crate::services::cases::views::Waits;
use crate::services::cases::withdrawal;
use crate::services::drafts::cosign::CosignState;
use crate::services::drafts::my::{self, MyCaseView};
use crate::services::drafts::supplement::Wanted;
use crate::services::drafts::{self, supplement};
use crate::services::reports::returning::Requisition;
use crate::services::{Actor, appeals, decisions, tasks};
use crate::text::number;
use crate::web::apply::section::handlers::may_write;
use crate::web::apply::{before, my as list, words};
use crate::web::officer::appeals::words as appeal_words;
use crate::web::officer::typed::{Post, Typed, value};
use crate::web::page::{Page, Section};
use crate::web::parts::{Field, FieldKind, Link, State as Shown};
use crate::web::public::letter::{LetterBody, LetterPage};
use crate::web::site::report::{Reader, ReportBox};
use crate::web::site::words as shared;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html, html_with};

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    html(&fill(&site, &visitor, id, None).await?)
}

/// The case, with an answer that came back where it could not be sent.
async fn fill(site: &Site, visitor: &Visitor, id: CaseId, back: Option<&Typed>) -> Result<CasePage, Error> {
    let actor = visitor.actor()?;
    let found = my::case(&site.tenant, actor, id).await?;
    let language = visitor.language;
    let view = &found.view;
    let case = &view.line.case;
    let base = format!("/mina-sidor/arenden/{id}");
    let title = view.line.grant.get(language).to_owned();
    let crumbs = vec![Link::new("/mina-sidor", visitor.t("my-title")), Link::here(case.number.clone())];
    let mut page = visitor.page(site, Section::Applicant, format!("{title} {}", case.number), crumbs).await?;
    page.wording = found.expected.wording;
    let unsigned = found.cosignature.as_ref().is_some_and(|awaited| awaited.state == CosignState::Open);
    let state = match &found.decided {
        Some(decided) => list::outcome_of(decided.outcome, language),
        None if found.claim && found.wanted == Wanted::Nothing && view.line.waits != Waits::Nothing => Shown::wait(page.t("stands-claim")),
        None => {
            let ended = found.requisition.and_then(|requisition| list::of_requisition(requisition, language));
            ended.unwrap_or_else(|| list::standing(view.line.waits, found.wanted, (unsigned, found.withdrawn), language))
        }
    };
    // A change that has not left yet is the municipality's own.
    let changing = view.decisions.iter().any(|row| row.changes.is_some() && row.stands() && row.dispatched_at.is_none());
    let evaluation = view.calculated.as_ref().filter(|_| !changing).map(|calculated| &calculated.evaluation);
    // Until the letter has left, the sum is preliminary, whoever has decided what.
    let pays = found.expected.kind != GrantKind::Approval;
    let (amount_title, amount, amount_note) = if pays { amount(&found, &page) } else { Default::default() };
    let lines = evaluation.map_or(0, |evaluation| evaluation.account.len());
    let documents: Vec<Document> = view
        .documents
        .iter()
        .map(|row| Document {
            no: row.no.to_string(),
            dated: number::date(row.dated, language),
            title: row.subject.clone(),
            direction: page.t(match row.direction.word() {
                "in" => "document-in",
                "out" => "document-out",
                _ => "document-internal",
            }),
            href: row.file_id.map_or_else(String::new, |_| format!("/arenden/{id}/handling/{}", row.id)),
        })
        .collect();
    let appealed = appeals::views::standing(&site.tenant, actor, id).await?;
    let writes = may_write(actor);
    let signs = matches!(actor, Actor::Association { mandate, .. } if mandate.covers(Mandate::Signatory));
    let mut asks = ask(&found, &page, &base, signs);
    if let Some(back) = back {
        let mut text = Field { name: "text".to_owned(), kind: FieldKind::LongText, ..Field::default() };
        // What is no longer asked for has no box to lead to.
        page.errors = back.fill(language, asks.as_ref().map(|_| &mut text));
        if let Some(asks) = asks.as_mut() {
            (asks.typed, asks.error) = (text.value, text.error);
        }
    }
    Ok(CasePage {
        about: format!("{} · {} · {}", case.number, words::of_case(found.period.as_ref(), &case.period, language), view.line.applicant),
        explanation: explanation(&found, &page, language),
        ask: asks,
        account: evaluation
            .map(|evaluation| evaluation.account.iter().enumerate().map(|(at, line)| shared::account(line, at, lines, language)).collect())
            .unwrap_or_default(),
        rows: evaluation.map(|evaluation| evaluation.rows.iter().map(|row| shared::row(row, language)).collect()).unwrap_or_default(),
        checks: evaluation
            .map(|evaluation| {
                let told = evaluation.checks.iter().filter(|check| matches!(check.status, CheckStatus::Fail));
                told.map(|check| shared::check(check, language)).collect()
            })
            .unwrap_or_default(),
        letter: found.decided.as_ref().map(|decided| Link::new(format!("{base}/brev/{}", decided.id), page.t("case-letter"))),
        documents,
        promised: found.promised.iter().map(|label| label.get(language).to_owned()).collect(),
        deliver: (found.may_deliver && writes).then(|| format!("{base}/komplettering")),
        events: view.events.iter().filter_map(|event| events::event(event, found.expected.wording, language)).collect(),
        facts: facts(&found, &page, appealed.as_ref(), language),
        report: ReportBox::of(
            &view.report,
            site.tenant.clock.today(),
            if found.wanted == Wanted::View { Reader::Heard } else { Reader::Applicant },
            language,
        ),
        replace: (found.may_replace && writes).then(|| page.fill("case-replace-until", "day", number::date(case.due, language))),
        withdraw: found.may_withdraw && signs,
        receipt: !found.claim,
        amount_title,
        amount,
        amount_note,
        base,
        title,
        state,
        page,
    })
}

fn amount(found: &MyCaseView, page: &Page) -> (String, String, String) {
    if let Some(decided) = &found.decided {
        let sent = number::date(crate::domain::clock::swedish_date(decided.sent), page.language);
        return (page.t("amount-decided"), number::money(decided.amount), page.fill("amount-decided-note", "day", sent));
    }
    match &found.view.calculated {
        // No decision comes: the part is let go, or it is not.
        Some(calculated) if found.requisition.is_some() => {
            (page.t("amount-requisition"), number::money(calculated.evaluation.total_ore), String::new())
        }
        Some(calculated) => (
            page.t("amount-preliminary"),
            number::money(calculated.evaluation.total_ore),
            page.t(if found.expected.closes.is_some() { "amount-preliminary-close" } else { "amount-preliminary-note" }),
        ),
        None => (page.t("amount-preliminary"), String::new(), page.t("amount-none")),
    }
}

fn explanation(found: &MyCaseView, page: &Page, language: Language) -> String {
    if found.decided.is_some() {
        return page.t("explain-decided");
    }
    if found.withdrawn {
        return page.t("explain-withdrawn");
    }
    match found.requisition {
        Some(Requisition::Accepted) => return page.t("explain-requisition-accepted"),
        Some(Requisition::SentBack) => return page.t("explain-requisition-sent-back"),
        Some(Requisition::Reviewed) => return page.t("explain-requisition-reviewed"),
        None => {}
    }
    match (found.expected.closes, found.expected.decided_by) {
        (Some(closes), _) => page.fill("expected-after-close", "day", number::date(closes, language)),
        (None, Some(day)) => page.fill("expected-by", "day", number::date(day, language)),
        (None, None) => page.t("expected-soon"),
    }
}

fn ask(found: &MyCaseView, page: &Page, base: &str, signs: bool) -> Option<Ask> {
    let language = page.language;
    match found.wanted {
        Wanted::Supplement => {
            let requested = found.requested.clone().unwrap_or_default();
            Some(Ask {
                title: page.t("ask-supplement"),
                lines: requested.missing.lines().map(str::to_owned).collect(),
                last_day: requested.last_day.map(|day| page.fill("ask-by", "day", number::date(day, language))),
                consequence: Some(requested.consequence).filter(|text| !text.is_empty()),
                way: Way::Open(Link::new(format!("{base}/komplettering"), page.t("ask-supplement-open"))),
                ..Ask::default()
            })
        }
        Wanted::View => Some(Ask {
            title: page.t("ask-view"),
            lines: heard_about(found, page),
            last_day: found.answer_by.map(|day| page.fill("ask-by", "day", number::date(day, language))),
            consequence: None,
            way: Way::Write(Link::new(format!("{base}/yttrande"), page.t("ask-view-send"))),
            ..Ask::default()
        }),
        // Opened by the municipality: the report can still be sent.
        Wanted::Nothing if found.takes_report => {
            let case = &found.view.line.case;
            Some(Ask {
                title: page.t("ask-report"),
                lines: vec![page.t("ask-report-text")],
                last_day: None,
                consequence: None,
                way: Way::Go(Link::new(format!("/ansok/{}/{}", case.grant_type, case.period), page.t("ask-report-go"))),
                ..Ask::default()
            })
        }
        Wanted::Nothing => {
            let awaited = found.cosignature.as_ref().filter(|awaited| awaited.state == CosignState::Open)?;
            // Who has signed, and who may not, only waits.
            let (by, open) = if awaited.hers { ("cosign-by", "cosign-open") } else { ("cosign-waits-until", "cosign-look") };
            let names = words::one_of(&awaited.others, language);
            let also = [("paminn", "cosign-remind", awaited.may_remind), ("ta-tillbaka", "cosign-call-off", true)];
            let also = also.into_iter().filter(|(_, _, can)| *can && signs && !awaited.hers && !found.withdrawn);
            let also: Vec<Link> = also.map(|(word, key, _)| Link::new(format!("{base}/underskrift/{word}"), page.t(key))).collect();
            Some(Ask {
                title: if awaited.hers { page.t("cosign-title") } else { page.fill("todo-cosign-others", "names", &names) },
                lines: vec![page.fill("cosign-needed", "names", names)],
                last_day: Some(page.fill(by, "day", number::date(awaited.last_day, language))),
                consequence: (!also.is_empty()).then(|| page.t("cosign-also")),
                also,
                way: Way::Go(Link::new(format!("{base}/underskrift"), page.t(open))),
                ..Ask::default()
            })
        }
    }
}

/// What she is heard about: what would be claimed back, or whatever has come in (förvaltningslagen 25 §).
fn heard_about(found: &MyCaseView, page: &Page) -> Vec<String> {
    let would_be = found.view.report.about.as_ref().and_then(|about| about.would_be).filter(|settled| settled.claimed.is_positive());
    let Some(settled) = would_be else { return vec![page.t("ask-view-text")] };
    let claimed = number::money(settled.claimed);
    let mut lines = vec![page.fill2("ask-view-claim", ("claimed", &claimed), ("paid", &number::money(settled.paid)))];
    if found.takes_report {
        lines.push(page.t("ask-view-report"));
    }
    lines.push(page.t("ask-view-claim-text"));
    lines
}

fn facts(found: &MyCaseView, page: &Page, appealed: Option<&Standing>, language: Language) -> Vec<(String, String)> {
    let case = &found.view.line.case;
    let mut facts = vec![
        (page.t("receipt-page-number"), case.number.clone()),
        (page.t(if found.claim { "case-opened" } else { "receipt-received" }), words::moment(case.received_at, language)),
        (page.t("before-last-day"), number::date(case.due, language)),
    ];
    facts.extend(before::pays(found.expected.pays, found.expected.kind, page).map(|pays| (page.t("before-pays"), pays)));
    facts.extend(appealed.map(|standing| appeal_words::facts(standing, language)).unwrap_or_default());
    facts
}

pub(in crate::web) async fn replace(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let draft = drafts::replace(&site.tenant, visitor.actor()?, id).await?;
    Ok(Redirect::to(&format!("/utkast/{draft}")).into_response())
}

pub(in crate::web) async fn supplement(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let draft = supplement::begin(&site.tenant, visitor.actor()?, id).await?;
    Ok(Redirect::to(&format!("/utkast/{draft}")).into_response())
}

/// What the forms of a case send.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Text {
    #[serde(default)]
    text: String,
}

pub(in crate::web) async fn withdraw(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Form<Text>,
) -> Result<Response, Error> {
    withdrawal::request(&site.tenant, visitor.actor()?, id, &sent.text).await?;
    Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}?kvitto=aterkallat")).into_response())
}

pub(in crate::web) async fn view(
    State(site): State<Site>,
    visitor: Visitor,
    Path(id): Path<CaseId>,
    Form(sent): Post,
) -> Result<Response, Error> {
    let text = value(&sent, "text").to_owned();
    match tasks::give_view(&site.tenant, visitor.actor()?, id, &text).await {
        Ok(()) => Ok(Redirect::to(&format!("/mina-sidor/arenden/{id}?kvitto=kompletterat")).into_response()),
        Err(error) => {
            let back = Typed::refused(sent, error, &[("answers", "text"), ("comment", "text")])?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &fill(&site, &visitor, id, Some(&back)).await?)
        }
    }
}

/// The decision's letter, once it has left.
pub(in crate::web) async fn letter(
    State(site): State<Site>,
    visitor: Visitor,
    Path((case, id)): Path<(CaseId, DecisionId)>,
) -> Result<Response, Error> {
    let actor = visitor.actor()?;
    let found = my::case(&site.tenant, actor, case).await?;
    let decided = found.decided.filter(|decided| decided.id == id).ok_or(Error::NotFound)?;
    let view = decisions::views::letter(&site.tenant, actor, case, id).await?;
    let back = Link::new(format!("/mina-sidor/arenden/{case}"), view.number.clone());
    let title = visitor.t("case-letter");
    let crumbs = vec![Link::new("/mina-sidor", visitor.t("my-title")), back, Link::here(title.clone())];
    let page = visitor.page(&site, Section::Applicant, format!("{title} {}", view.number), crumbs).await?;
    let sent = number::date(crate::domain::clock::swedish_date(decided.sent), visitor.language);
    html(&LetterPage {
        state: list::outcome_of(decided.outcome, page.language),
        sending: page.fill("amount-decided-note", "day", sent),
        pdf: Some(Link::new(format!("/arenden/{case}/brev/{id}/pdf"), page.t("letter-pdf"))),
        body: LetterBody::of(&view.letter)?,
        page,
    })
}
