//! The association's first page: what to finish, what to answer, what can be applied for, and how her cases stand.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;

use super::section::handlers::may_write;
use super::words;
use crate::domain::draft::DraftKind;
use crate::domain::grant::Outcome;
use crate::domain::localized::Language;
use crate::services::attendance::half_words;
use crate::services::cases::views::Waits;
use crate::services::clashes::views::Waiting;
use crate::services::drafts::my::{self, DraftLine, MyCase};
use crate::services::drafts::supplement::Wanted;
use crate::services::renewals::Ending;
use crate::services::reports::returning::Requisition;
use crate::services::reports::views::{Claim, Own};
use crate::text::{fluent, number};
use crate::web::page::{Page, Section};
use crate::web::parts::State as Shown;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The association's first page.
#[derive(Clone, Debug, Template)]
#[template(path = "apply/my.html")]
pub struct MyPage {
    /// What stands around it.
    pub page: Page,
    /// Her name.
    pub name: String,
    /// What waits for her.
    pub todo: Vec<Todo>,
    /// What can be applied for.
    pub open: Vec<Offer>,
    /// Her cases.
    pub cases: Vec<CaseLine>,
    /// Whether she may only read.
    pub reads_only: bool,
}

/// Something that waits for her.
#[derive(Clone, Debug, Default)]
pub struct Todo {
    /// Where it is done.
    pub href: String,
    /// What it is.
    pub text: String,
    /// More about it.
    pub detail: String,
    /// How it stands.
    pub state: Shown,
}

/// What can be applied for.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Where it begins.
    pub href: String,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub summary: String,
    /// The period.
    pub period: String,
    /// Until when.
    pub last_day: String,
}

/// A case.
#[derive(Clone, Debug, Default)]
pub struct CaseLine {
    /// Where it is read.
    pub href: String,
    /// The grant.
    pub title: String,
    /// Diary number and period.
    pub number: String,
    /// How it stands.
    pub state: Shown,
    /// The amount, where there is one.
    pub amount: String,
}

pub(super) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let found = my::pages(&site.tenant, actor, organisation).await?;
    let language = visitor.language;
    let page = visitor.page(&site, Section::Applicant, visitor.t("my-title"), Vec::new()).await?;
    let mut todo: Vec<Todo> = found.cases.iter().filter_map(|case| asked(case, language)).collect();
    todo.extend(found.questions.iter().map(|waiting| to_answer(waiting, site.tenant.clock.today(), language)));
    todo.extend(found.reports.iter().map(|report| to_report(report, may_write(actor), language)));
    todo.extend(found.claims.iter().map(|claim| to_pay(claim, language)));
    todo.extend(found.ending.iter().map(|ending| to_renew(ending, may_write(actor), language)));
    todo.extend(found.drafts.iter().map(|draft| unfinished(draft, language)));
    let offer = |grant: &my::OpenGrant| Offer {
        href: format!("/ansok/{}/{}", grant.grant_type, grant.period.id),
        title: grant.title.get(language).to_owned(),
        summary: grant.summary.as_ref().map_or_else(String::new, |text| text.get(language).to_owned()),
        period: words::period(&grant.period, language),
        last_day: last_day(grant.last_day, grant.extended, language),
    };
    html(&MyPage {
        open: found.open.iter().map(offer).collect(),
        cases: found.cases.iter().map(|case| line(case, language)).collect(),
        name: found.name,
        todo,
        reads_only: !may_write(actor),
        page,
    })
}

/// What a case waits for from her, if anything.
fn asked(case: &MyCase, language: Language) -> Option<Todo> {
    let t = |key: &str| fluent::plain(language, key);
    let href = format!("/mina-sidor/arenden/{}", case.line.case.id);
    let detail = format!("{} · {}", case.line.grant.get(language), case.line.case.number);
    let (text, href) = match (case.wanted, case.hers_to_sign) {
        (Wanted::Supplement, _) => (t("todo-supplement"), href),
        (Wanted::View, _) => (t("todo-view"), href),
        (Wanted::Nothing, true) => (t("todo-cosign"), format!("{href}/underskrift")),
        // She can do something about it: remind, or take it back.
        (Wanted::Nothing, false) if case.unsigned && !case.withdrawn => {
            let names = words::one_of(&case.signers, language);
            let text = fluent::t(language, "todo-cosign-others", &[("names", names.into())]);
            return Some(Todo { href, text, detail, state: Shown::wait(t("todo-waits-others")) });
        }
        (Wanted::Nothing, false) => return None,
    };
    Some(Todo { href, text, detail, state: Shown::wait(t("todo-waits")) })
}

/// Questions about clashes: until they are answered their marks may not count.
fn to_answer(waiting: &Waiting, today: NaiveDate, language: Language) -> Todo {
    let count = number::integer(i64::try_from(waiting.count).unwrap_or(i64::MAX));
    let places = [("count", waiting.count.into()), ("number", count.into())];
    let period = half_words(&waiting.half).get(language).to_owned();
    let day = number::date(waiting.answer_by, language);
    let detail = if waiting.answer_by < today { "todo-questions-over" } else { "todo-questions-detail" };
    Todo {
        href: format!("/narvaro/{}/krockar", waiting.half),
        text: fluent::t(language, "todo-questions", &places),
        detail: fluent::t(language, detail, &[("period", period.into()), ("day", day.into())]),
        state: Shown::wait(fluent::plain(language, "todo-waits")),
    }
}

/// An approval that ends: a link to the application where one can be begun, else to what is said of the grant.
fn to_renew(ending: &Ending, may_write: bool, language: Language) -> Todo {
    let href = match &ending.open {
        Some(period) if may_write => format!("/ansok/{}/{}", ending.grant_type, period.id),
        _ => format!("/bidrag/{}", ending.grant_type),
    };
    let day = number::date(ending.last_day, language);
    let (detail, state) = if ending.over {
        ("renew-ended", Shown::stop(fluent::plain(language, "renew-over")))
    } else {
        ("renew-ends", Shown::wait(fluent::plain(language, "renew-soon")))
    };
    Todo {
        href,
        text: fluent::t(language, "todo-renew", &[("approval", words::within(ending.title.get(language)).into())]),
        detail: fluent::t(language, detail, &[("day", day.into())]),
        state,
    }
}

/// A grant to report on.
fn to_report(report: &Own, may_write: bool, language: Language) -> Todo {
    let day = number::date(report.last_day, language);
    let (detail, state) = if report.claimed {
        ("todo-report-tried", Shown::stop(fluent::plain(language, "stands-claim")))
    } else if report.overdue {
        ("todo-report-over", Shown::stop(fluent::plain(language, "todo-report-late")))
    } else {
        ("todo-report-detail", Shown::wait(fluent::plain(language, "todo-report-waits")))
    };
    Todo {
        href: if may_write { format!("/ansok/{}/{}", report.grant_type, report.period.id) } else { String::new() },
        text: report.title.get(language).to_owned(),
        detail: fluent::t(language, detail, &[("number", report.number.clone().into()), ("day", day.into())]),
        state,
    }
}

/// A grant to pay back.
fn to_pay(claim: &Claim, language: Language) -> Todo {
    let day = claim.next.map_or_else(String::new, |day| number::date(day, language));
    let detail = match (claim.overdue, claim.parts) {
        (true, _) => "todo-pay-over",
        (false, 0) => "todo-pay-detail",
        (false, _) => "todo-pay-part",
    };
    Todo {
        href: format!("/mina-sidor/arenden/{}", claim.row.report_case_id),
        text: fluent::t(language, "todo-pay", &[("amount", number::money(claim.row.remaining_ore).into())]),
        detail: fluent::t(language, detail, &[("number", claim.row.number.clone().into()), ("day", day.into())]),
        state: if claim.overdue {
            Shown::stop(fluent::plain(language, "claims-overdue"))
        } else {
            Shown::wait(fluent::plain(language, "todo-pay-waits"))
        },
    }
}

fn unfinished(draft: &DraftLine, language: Language) -> Todo {
    let title = if draft.report { draft.title.get(language).to_owned() } else { words::within(draft.title.get(language)) };
    let key = match draft.kind {
        DraftKind::Application if draft.report => "draft-report",
        DraftKind::Application => "draft-application",
        DraftKind::Replacement => "draft-replacement",
        DraftKind::Supplement => "draft-supplement",
    };
    let (done, all) = draft.progress;
    let last_day = last_day(draft.last_day, draft.extended, language);
    let progress = fluent::t(language, "draft-progress", &[("done", done.to_string().into()), ("all", all.to_string().into())]);
    Todo {
        href: format!("/utkast/{}", draft.id),
        text: fluent::t(language, key, &[("grant", title.into())]),
        detail: format!("{} · {last_day}", words::period(&draft.period, language)),
        state: Shown::wait(progress),
    }
}

/// The last day, and that it is a later one than everybody's where she was given more time.
fn last_day(day: NaiveDate, extended: bool, language: Language) -> String {
    let key = if extended { "draft-last-day-extended" } else { "draft-last-day" };
    fluent::t(language, key, &[("day", number::date(day, language).into())])
}

fn line(case: &MyCase, language: Language) -> CaseLine {
    let row = &case.line.case;
    CaseLine {
        href: format!("/mina-sidor/arenden/{}", row.id),
        title: case.line.grant.get(language).to_owned(),
        number: format!("{} · {}", row.number, words::of_case(case.period.as_ref(), &row.period, language)),
        state: state(case, language),
        amount: row.amount_ore.filter(|amount| amount.is_positive()).map_or_else(String::new, number::money),
    }
}

/// How a case stands, in plain words.
pub(super) fn state(case: &MyCase, language: Language) -> Shown {
    if let Some(outcome) = case.outcome {
        return outcome_of(outcome, language);
    }
    if case.claim && case.wanted == Wanted::Nothing && case.line.waits != Waits::Nothing {
        return Shown::wait(fluent::plain(language, "stands-claim"));
    }
    let ended = case.requisition.and_then(|requisition| of_requisition(requisition, language));
    ended.unwrap_or_else(|| standing(case.line.waits, case.wanted, (case.unsigned, case.withdrawn), language))
}

/// How a requisition ended, which no decision tells.
pub(super) fn of_requisition(requisition: Requisition, language: Language) -> Option<Shown> {
    match requisition {
        Requisition::Reviewed => None,
        Requisition::Accepted => Some(Shown::ok(fluent::plain(language, "stands-accepted"))),
        Requisition::SentBack => Some(Shown::stop(fluent::plain(language, "stands-sent-back"))),
    }
}

/// How a case came out.
pub(super) fn outcome_of(outcome: Outcome, language: Language) -> Shown {
    let t = |key: &str| fluent::plain(language, key);
    match outcome {
        Outcome::Bifall => Shown::ok(t("outcome-granted")),
        Outcome::DelvisBifall => Shown::ok(t("outcome-partly")),
        Outcome::Avslag => Shown::stop(t("outcome-refused")),
        Outcome::Avvisning => Shown::stop(t("outcome-not-tried")),
        Outcome::Avskrivning => Shown::none(t("outcome-closed")),
    }
}

/// The same from its parts.
pub(super) fn standing(waits: Waits, wanted: Wanted, (unsigned, withdrawn): (bool, bool), language: Language) -> Shown {
    let t = |key: &str| fluent::plain(language, key);
    if withdrawn && waits != Waits::Nothing {
        return Shown::none(t("stands-withdrawn"));
    }
    if unsigned {
        return Shown::wait(t("stands-unsigned"));
    }
    match (waits, wanted) {
        (_, Wanted::Supplement) => Shown::wait(t("stands-supplement")),
        (_, Wanted::View) => Shown::wait(t("stands-view")),
        (Waits::Service | Waits::Failed, Wanted::Nothing) => Shown::none(t("stands-checked")),
        (Waits::Officer | Waits::Applicant, Wanted::Nothing) => Shown::none(t("stands-officer")),
        (Waits::Close, Wanted::Nothing) => Shown::none(t("stands-close")),
        (Waits::Time, Wanted::Nothing) => Shown::none(t("stands-time")),
        (Waits::Decision | Waits::Dispatch, Wanted::Nothing) => Shown::none(t("stands-decision")),
        (Waits::Nothing, Wanted::Nothing) => Shown::ok(t("stands-done")),
    }
}
