//! Words that the association's pages share.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::draft::SectionState;
use crate::domain::inputs::{Answer, Attachment, Budget};
use crate::domain::localized::Language;
use crate::forms::{self, ChoiceField, Entry, Field, FieldKind};
use crate::services::drafts::Draft;
use crate::text::{fluent, number};
use crate::web::parts::State;
pub(super) use crate::web::site::words::{of_case, period};

/// A grant's name within a sentence.
pub(super) fn within(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A moment in words.
pub(super) fn moment(at: DateTime<Utc>, language: Language) -> String {
    number::moment(at, language)
}

/// A section's state in words.
pub(super) fn state(state: SectionState, language: Language) -> State {
    let t = |key: &str| fluent::plain(language, key);
    match state {
        SectionState::CannotStartYet => State::none(t("state-cannot-start")),
        SectionState::NotStarted => State::none(t("state-not-started")),
        SectionState::InProgress => State::wait(t("state-in-progress")),
        SectionState::Done => State::ok(t("state-done")),
        SectionState::NotNeeded => State::none(t("state-not-needed")),
        SectionState::ChangeRequested => State::wait(t("state-change-requested")),
        SectionState::Changed => State::ok(t("state-changed")),
    }
}

/// An answer as lines of text.
pub(super) fn answer(field: &Field, answer: &Answer, draft: Option<&Draft>, language: Language) -> Vec<String> {
    let t = |key: &str| fluent::plain(language, key);
    let choice = |settings: &ChoiceField, id: &str| {
        let known = settings.choices.iter().find(|choice| choice.id == id);
        known.map_or_else(|| id.to_owned(), |choice| choice.label.get(language).to_owned())
    };
    let unit = |text: String| match &field.kind {
        FieldKind::Integer(settings) | FieldKind::Decimal(settings) => match &settings.unit {
            Some(unit) => format!("{text} {}", unit.get(language)),
            None => text,
        },
        _ => text,
    };
    match (&field.kind, answer) {
        (FieldKind::Choice(settings), Answer::Choice(id)) => vec![choice(settings, id)],
        (FieldKind::Choices(settings), Answer::Choices(ids)) => ids.iter().map(|id| choice(settings, id)).collect(),
        (FieldKind::BankAccount(_), Answer::Text(text)) => vec![account(text)],
        (FieldKind::Declaration | FieldKind::AttendancePeriod, Answer::YesNo(true)) => vec![t("answer-affirmed")],
        (FieldKind::PersonalNumber { .. }, Answer::Text(text)) => vec![masked(text)],
        (_, Answer::Text(text) | Answer::Choice(text)) => text.lines().map(str::to_owned).collect(),
        (_, Answer::YesNo(yes)) => vec![t(if *yes { "answer-yes" } else { "answer-no" })],
        (_, Answer::Choices(ids)) => ids.clone(),
        (_, Answer::Integer(value)) => vec![unit(number::integer(*value))],
        (_, Answer::Decimal(value)) => vec![unit(number::decimal(*value))],
        (_, Answer::Money(value)) => vec![number::money(*value)],
        (_, Answer::Date(date)) => vec![number::date(*date, language)],
        (_, Answer::DateRange(range)) => vec![format!("{} – {}", number::date(range.from, language), number::date(range.to, language))],
        (_, Answer::Attachment(attachment)) => vec![file(attachment, field, draft, language)],
        (FieldKind::Group(group), Answer::Group(rows)) => rows
            .iter()
            .map(|row| {
                let cells = group.fields.iter().filter_map(|inner| {
                    let words = self::answer(inner, row.get(&inner.id)?, draft, language);
                    Some(format!("{}: {}", inner.label.get(language), words.join(", ")))
                });
                cells.collect::<Vec<_>>().join(" · ")
            })
            .collect(),
        (_, Answer::Group(rows)) => vec![number::integer(i64::try_from(rows.len()).unwrap_or(i64::MAX))],
        (_, Answer::Budget(budget)) => budget_lines(budget, language),
        (_, Answer::Members(counts)) => {
            let total = counts.iter().map(|count| count.count).sum::<i64>();
            vec![fluent::t(language, "answer-members", &[("count", number::integer(total).into())])]
        }
    }
}

/// What was typed and cannot be read as an answer, as lines of text: a row a line, with the words of its boxes.
pub(super) fn typed(field: &Field, entry: &Entry, draft: &Draft, language: Language) -> Vec<String> {
    match entry {
        Entry::One(text) => vec![text.clone()],
        Entry::Many(list) => vec![list.join(", ")],
        Entry::Parts(parts) => {
            let said = parts.iter().filter(|(key, text)| *key != "kind" && !text.is_empty());
            vec![said.map(|(_, text)| text.clone()).collect::<Vec<_>>().join(", ")]
        }
        Entry::Rows(rows) => {
            let filled = rows.iter().filter(|row| !forms::is_blank_row(field, row));
            filled.map(|row| typed_row(field, row, draft, language)).collect()
        }
    }
}

fn typed_row(field: &Field, row: &BTreeMap<String, Entry>, draft: &Draft, language: Language) -> String {
    let t = |key: &str| fluent::plain(language, key);
    let one = |key: &str| match row.get(key) {
        Some(Entry::One(text)) => text.trim(),
        Some(Entry::Many(_) | Entry::Parts(_) | Entry::Rows(_)) | None => "",
    };
    let labelled = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}: {text}"));
    let cells: Vec<String> = match &field.kind {
        FieldKind::Group(group) => {
            let cell = |inner: &Field| {
                let entry = row.get(&inner.id)?;
                let words = match forms::enter(inner, entry) {
                    Ok(found) => answer(inner, &found?, Some(draft), language),
                    Err(_) => typed(inner, entry, draft, language),
                };
                labelled(inner.label.get(language), &words.join(", "))
            };
            group.fields.iter().filter_map(cell).collect()
        }
        FieldKind::Budget { .. } => {
            let kind = t(if one("kind") == "income" { "budget-income-one" } else { "budget-cost-one" });
            let boxes = [labelled(&kind, one("text")), labelled(&t("budget-amount"), one("amount"))];
            boxes.into_iter().flatten().collect()
        }
        FieldKind::Members => {
            let sex = match one("sex") {
                "f" => t("members-female"),
                "m" => t("members-male"),
                _ => String::new(),
            };
            let boxes = [
                labelled(&t("members-year"), one("birth_year")),
                labelled(&t("members-sex"), &sex),
                labelled(&t("members-count"), one("count")),
            ];
            boxes.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    cells.join(" · ")
}

fn budget_lines(budget: &Budget, language: Language) -> Vec<String> {
    let sum = |lines: &[crate::domain::inputs::BudgetLine]| crate::domain::Money::sum(lines.iter().map(|line| line.amount)).ok();
    let total = |key: &str, lines: &[crate::domain::inputs::BudgetLine]| {
        let amount = sum(lines).map_or_else(String::new, number::money);
        fluent::t(language, key, &[("amount", amount.into())])
    };
    let mut lines: Vec<String> = budget.costs.iter().map(|line| format!("{}: {}", line.text, number::money(line.amount))).collect();
    lines.push(total("answer-costs", &budget.costs));
    if !budget.incomes.is_empty() {
        lines.extend(budget.incomes.iter().map(|line| format!("{}: {}", line.text, number::money(line.amount))));
        lines.push(total("answer-incomes", &budget.incomes));
    }
    lines
}

fn file(attachment: &Attachment, field: &Field, draft: Option<&Draft>, language: Language) -> String {
    let t = |key: &str| fluent::plain(language, key);
    match attachment {
        Attachment::Uploaded(sha) => draft
            .and_then(|draft| draft.files.iter().rev().find(|file| file.field == field.id && file.sha256 == *sha))
            .map_or_else(|| t("answer-file"), |file| file.name.clone()),
        Attachment::OnFile(sha) => {
            let known = draft.and_then(|draft| draft.on_file.iter().find(|paper| paper.sha256 == *sha));
            known.map_or_else(|| t("answer-on-file"), |paper| format!("{} ({})", paper.name, t("answer-on-file")))
        }
        Attachment::Later => t("answer-later"),
    }
}

/// `Bankgiro 5012-3454`.
fn account(text: &str) -> String {
    let (kind, number) = text.split_once(':').unwrap_or(("", text));
    let kind = match kind {
        "bankgiro" => "Bankgiro ",
        "plusgiro" => "Plusgiro ",
        _ => "",
    };
    format!("{kind}{number}")
}

/// A personal number is never shown whole once it is written.
fn masked(number: &str) -> String {
    let shown: String = number.chars().take(8).collect();
    format!("{shown}-****")
}

/// `1,2 MB`, `340 kB`.
pub(in crate::web) fn size(bytes: i64) -> String {
    if bytes >= 1_000_000 {
        format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    } else {
        format!("{} kB", (bytes / 1000).max(1))
    }
}

/// Some names of which one is enough: `Bo`, `Bo eller Eva`, `Bo, Eva eller Siv`.
pub(super) fn one_of(names: &[String], language: Language) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            let places = [("first", first.join(", ").into()), ("last", last.clone().into())];
            fluent::t(language, "one-of-names", &places)
        }
    }
}
