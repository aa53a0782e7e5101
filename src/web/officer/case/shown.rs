//! The parts of a case in the words of its page.

use crate::domain::Money;
use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::beside::Beside;
use crate::services::cases::list::Waits;
use crate::services::cases::views::{Calculated, CaseView, ClashAnswer, ClashView, Direction, TaskView, Way};
use crate::services::dialogue::{Attachment, MessageRow, Side};
use crate::services::reports::returning::REASON;
use crate::services::tasks::{EXPERT, REQUEST_SUPPLEMENT};
use crate::text::{fluent, number};
use crate::web::dialogue::sent::links;
use crate::web::officer::case::posts::Returned;
use crate::web::officer::case::{CaseHead, ChecklistItem, Clash, Document, Payment, Provenance, Said, Task};
use crate::web::officer::typed::value;
use crate::web::officer::words::{many, say, waits, way_words};
use crate::web::parts::{Link, State as Shown};
use crate::web::site::words::of_case;
use crate::workflows::SEND_BACK;

fn t(language: Language, key: &str) -> String {
    fluent::plain(language, key)
}

pub(super) fn head(view: &CaseView, beside: &Beside, language: Language) -> CaseHead {
    let (line, case) = (&view.line, &view.line.case);
    let standing = view.decisions.iter().find(|decision| decision.stands());
    let amount_label = match (standing, &view.calculated) {
        (Some(_), _) => t(language, "case-amount-decided"),
        (None, Some(done)) if done.is_final => fluent::worded(language, view.report.wording(), "case-amount-proposed", &[]),
        (None, _) => t(language, "case-amount-preliminary"),
    };
    CaseHead {
        association: line.applicant.clone(),
        organisation_number: view
            .organisation_number
            .parse::<crate::domain::organisation_number::OrganisationNumber>()
            .map_or_else(|_| view.organisation_number.clone(), |number| number.to_string()),
        grant: line.grant.get(language).to_owned(),
        period: of_case(line.period.as_ref(), &case.period, language),
        diary_number: case.number.clone(),
        state: waits(line.waits, line.state.get(language), language),
        received: number::moment(case.received_at, language),
        officer: beside.officer.clone().unwrap_or_default(),
        due: line.due.map_or_else(String::new, |due| number::date(due, language)),
        amount_label,
        amount: case.amount_ore.map_or_else(String::new, number::money),
        letter: standing
            .map(|decision| Link::new(format!("/arenden/{}/brev/{}", case.id, decision.id), t(language, "case-decision-letter"))),
        payment: view.payments.first().map(|(state, amount, holds)| Payment {
            state: if holds.is_empty() { Shown::ok(state.name().get(language)) } else { Shown::stop(t(language, "case-held")) },
            text: holds.first().map_or_else(|| paid(view, *amount, language), |hold| hold.note.clone()),
        }),
    }
}

/// What is paid, and that a debt was taken off where it is less than what was granted.
fn paid(view: &CaseView, first: Money, language: Language) -> String {
    let ordered: Money = view.payments.iter().map(|(_, amount, _)| *amount).sum();
    // What is ordered follows the decision whose letter has left; a change on its way orders nothing yet.
    let granted = view.decisions.iter().rev().find(|decision| decision.left()).map(|decision| decision.amount_ore);
    let less = granted.map(|granted| granted.ore().saturating_sub(ordered.ore())).filter(|less| *less > 0);
    match less {
        Some(less) => {
            let (amount, debt) = (number::money(first), number::money(Money::from_ore(less)));
            say(language, "case-payment-less", &[("amount", &amount), ("debt", &debt)])
        }
        None => number::money(first),
    }
}

/// Whether the way to a sheet stands at this place of its task.
fn opens(view: &CaseView, task: &TaskView) -> bool {
    let mut places = view.tasks.iter().filter(|other| other.row.task == task.row.task && other.row.entered == task.row.entered);
    let first = places.clone().find(|other| other.row.closed_at.is_none() && other.row.role != EXPERT);
    first.is_some_and(|first| first.row.id == task.row.id) && !places.any(|other| other.own)
}

/// The tasks; a form that came back keeps its ticks and comments.
pub(super) fn tasks(view: &CaseView, beside: &Beside, language: Language, returned: Option<&Returned>) -> Vec<Task> {
    // An expert's place that came to nothing is told among the experts alone.
    let told = |task: &&TaskView| task.row.role != EXPERT || task.row.closed_at.is_none() || task.done.is_some();
    let shown = view.tasks.iter().filter(told).map(|task| {
        let open = task.row.closed_at.is_none();
        let expert = task.row.role == EXPERT;
        let called = |who: &str| if expert { say(language, "experts-called", &[("name", who)]) } else { who.to_owned() };
        let url = format!("/arenden/{}/uppgift/{}", view.line.case.id, task.row.id);
        let back = returned.filter(|returned| returned.url == url);
        let typed = |name: &str| back.map_or_else(String::new, |back| value(&back.typed.sent, name).to_owned());
        let ticked = |id: &str| back.is_some_and(|back| back.typed.sent.iter().any(|(key, value)| key == "klar" && value == id));
        Task {
            id: format!("uppgift-{}", task.row.id),
            title: task.label.get(language).to_owned(),
            reason: if expert && !open { String::new() } else { task.row.reason.clone() },
            state: match (task.done.as_ref().map(|(who, action, comment)| (who.as_str(), action.as_str(), comment)), open) {
                (_, true) if expert => Shown::wait(t(language, "task-open")),
                (_, true) => Shown::stop(t(language, "task-open")),
                // Nothing is checked off: it comes back with the answer.
                (Some((who, REQUEST_SUPPLEMENT, _)), false) => asked(view, who, language),
                (Some((who, _, _)), false) => Shown::ok(say(language, "task-done-by", &[("who", &called(who))])),
                (None, false) => Shown::none(t(language, "task-void")),
            },
            // What was taken back is closed by a decision, not by a comment.
            url: if open && beside.may_handle && !task.on_page && !expert { url } else { String::new() },
            // One link for the places of a task, and none for who has done her own.
            page: (open && beside.may_handle && task.on_page && !expert && opens(view, task))
                .then(|| Link::new(format!("/arenden/{}/bedomning/{}", view.line.case.id, task.row.id), t(language, "task-assess"))),
            kept: task.kept && !open,
            checklist: task
                .checklist
                .iter()
                .map(|item| ChecklistItem {
                    id: item.id.clone(),
                    label: item.label.get(language).to_owned(),
                    done: ticked(&item.id),
                    comment: typed(&format!("kommentar_{}", item.id)),
                })
                .collect(),
            ways: match task.ways.as_slice() {
                [(only, Way::LeadsTo(_))] => vec![(only.clone(), t(language, "case-task-done"))],
                // What lies beside the workflow leads nowhere.
                [] => vec![("approve".to_owned(), t(language, "case-task-done"))],
                several => several.iter().map(|(way, words)| (way.clone(), way_words(words, language))).collect(),
            },
            comment_label: task.asks_text.as_ref().map_or_else(|| t(language, "case-task-comment"), |label| label.get(language).to_owned()),
            asks_amount: task.asks_amount,
            amount: typed("belopp"),
            reason_back: task.ways.iter().any(|(way, _)| way == SEND_BACK).then(|| typed(REASON)),
            comment: task.done.as_ref().map_or_else(|| typed("kommentar"), |(_, _, comment)| comment.clone()),
            error: back.and_then(|back| back.typed.fill(language, []).first().map(|link| link.text.clone())),
        }
    });
    shown.collect()
}

/// A task that ended in a question to the applicant: whether her answer is still waited for.
fn asked(view: &CaseView, who: &str, language: Language) -> Shown {
    if view.line.waits == Waits::Applicant {
        Shown::wait(say(language, "task-waits-applicant", &[("who", who)]))
    } else {
        Shown::none(say(language, "task-asked", &[("who", who)]))
    }
}

pub(super) fn provenance(done: &Calculated, case: CaseId, language: Language) -> Provenance {
    Provenance {
        version: done.version.to_string(),
        decided: done.decided.as_ref().map_or_else(String::new, |decided| {
            let paragraph = decided.paragraph.as_ref().map_or_else(String::new, |paragraph| format!(", {paragraph}"));
            let text = say(language, "case-rules-decided", &[("body", &decided.body), ("date", &number::date(decided.date, language))]);
            format!("{text}{paragraph}")
        }),
        version_hash: done.version_hash.chars().take(12).collect(),
        input_hash: done.row.input_hash.chars().take(12).collect(),
        at: number::moment(done.row.at, language),
        compare_href: format!("/arenden/{case}?jamfor=ja#jamforelse"),
        trace_href: format!("/arenden/{case}/steg"),
    }
}

/// Where the attendance came from.
pub(super) fn source(view: &CaseView, language: Language) -> String {
    let Some(done) = &view.calculated else { return String::new() };
    if done.evaluation.account.is_empty() {
        return String::new();
    }
    let files = many(language, "case-files", i64::try_from(view.imports).unwrap_or(i64::MAX));
    let key = if done.is_final { "case-source-locked" } else { "case-source-so-far" };
    say(language, key, &[("files", &files)])
}

pub(super) fn message(message: &MessageRow, files: &[Attachment], language: Language) -> Said {
    Said {
        who: message.sender.clone(),
        when: number::moment(message.at, language),
        text: message.text.clone(),
        theirs: message.side == Side::Applicant,
        files: links(files, message.case_id, message.id),
        read: match (message.side, message.read_at) {
            (Side::Municipality, Some(at)) if message.read_by.as_ref().is_some_and(|name| !name.is_empty()) => {
                let by = message.read_by.as_deref().unwrap_or_default();
                say(language, "message-read-by", &[("when", &number::moment(at, language)), ("who", by)])
            }
            (Side::Municipality, Some(at)) => say(language, "message-read", &[("when", &number::moment(at, language))]),
            (Side::Municipality, None) => t(language, "message-unread"),
            (Side::Applicant, _) => String::new(),
        },
    }
}

pub(super) fn clash(view: &ClashView, language: Language) -> Clash {
    let outcome = match (view.answer, view.other) {
        (None, None) => say(language, "clash-until", &[("date", &number::date(view.answer_by, language))]),
        (Some(ClashAnswer::Keep), Some(ClashAnswer::Keep)) => t(language, "clash-both"),
        (Some(ClashAnswer::Keep), _) => t(language, "clash-keeps"),
        (Some(ClashAnswer::Withdraw), _) => t(language, "clash-withdraws"),
        (None, Some(_)) => t(language, "clash-other"),
    };
    Clash {
        day: number::date(view.start.date(), language),
        time: format!("{}–{}", view.start.format("%H.%M"), view.stop.format("%H.%M")),
        activity: view.activity.clone(),
        marks: "1".to_owned(),
        state: if view.answer.is_some() { Shown::ok(t(language, "clash-answered")) } else { Shown::wait(t(language, "clash-unanswered")) },
        outcome,
    }
}

pub(super) fn documents(view: &CaseView, language: Language) -> Vec<Document> {
    view.documents
        .iter()
        .map(|document| Document {
            number: document.no.to_string(),
            date: number::date(document.dated, language),
            direction: match document.direction {
                Direction::In => t(language, "case-document-in"),
                Direction::Out => t(language, "case-document-out"),
                Direction::Internal => t(language, "case-document-internal"),
            },
            title: document.subject.clone(),
            party: document.party.clone().unwrap_or_default(),
            href: document.file_id.map_or_else(String::new, |_| format!("/arenden/{}/handling/{}", view.line.case.id, document.id)),
        })
        .collect()
}
