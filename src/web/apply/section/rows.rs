//! Rows of boxes: groups, tables of costs and incomes, members. A row is added or taken away without a script.

use std::collections::BTreeMap;

use crate::domain::Money;
use crate::domain::inputs::Answer;
use crate::domain::localized::Language;
use crate::forms::{self, Entry, Field, GroupField};
use crate::services::drafts::Draft;
use crate::text::{fluent, number};
use crate::web::parts::Choice;

use super::show::{self, Extra};
use super::{Affirm, Control, Line, Part, Question, Row, Table};

/// Empty rows at the end of what is filled in.
const SPARE: usize = 1;
/// Empty rows of a table with nothing in it, and after asking for more.
const FRESH: usize = 3;

/// Whether a table asks for incomes besides costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Incomes {
    Asked,
    NotAsked,
}

type Typed = BTreeMap<String, Entry>;

/// The rows with something in them, each with its place in what was typed: what is wrong is told by that place.
fn typed(field: &Field, entry: Option<&Entry>) -> Vec<(usize, Typed)> {
    match entry {
        Some(Entry::Rows(rows)) => rows.iter().cloned().enumerate().filter(|(_, row)| !forms::is_blank_row(field, row)).collect(),
        Some(Entry::One(_) | Entry::Many(_) | Entry::Parts(_)) | None => Vec::new(),
    }
}

/// The first place after what is filled in.
fn after(filled: &[(usize, Typed)]) -> usize {
    filled.last().map_or(0, |(at, _)| at + 1)
}

/// The places of a table's rows: what is filled in, then blank ones up to as many as are wanted.
fn places(filled: &[(usize, Typed)], want: usize) -> impl Iterator<Item = (usize, Option<&Typed>)> {
    let blank = after(filled)..after(filled) + want.saturating_sub(filled.len());
    filled.iter().map(|(at, row)| (*at, Some(row))).chain(blank.map(|at| (at, None)))
}

fn spare(filled: usize, field: &Field, extra: &Extra) -> usize {
    if filled == 0 || extra.more.as_deref() == Some(field.id.as_str()) { FRESH } else { SPARE }
}

/// What is wrong in a box of a row: the place is `question.row.box`.
fn errors(draft: &Draft, place: &str, field: &Field, extra: &Extra, language: Language) -> Vec<String> {
    let unreadable = draft.unreadable.get(&field.id).into_iter().flatten().filter(|finding| finding.field == place);
    let mut texts: Vec<String> = unreadable.map(|finding| finding.message.get(language).to_owned()).collect();
    for finding in extra.findings.iter().filter(|finding| finding.place == place) {
        let text = finding.message.get(language).to_owned();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

fn text_of(row: &Typed, key: &str) -> String {
    match row.get(key) {
        Some(Entry::One(text)) => text.clone(),
        Some(Entry::Many(_) | Entry::Parts(_) | Entry::Rows(_)) | None => String::new(),
    }
}

/// A repeating group.
pub(super) fn group(
    draft: &Draft,
    field: &Field,
    settings: &GroupField,
    name: &str,
    entry: Option<&Entry>,
    extra: &Extra,
    language: Language,
) -> Table {
    let filled = typed(field, entry);
    let want = (filled.len() + spare(filled.len(), field, extra).min(1)).max(settings.min).min(settings.max.max(filled.len()));
    let rows = places(&filled, want)
        .map(|(at, row)| {
            let cells = settings
                .fields
                .iter()
                .map(|inner| {
                    let place = format!("{name}.{at}.{}", inner.id);
                    let errors = errors(draft, &place, field, extra, language);
                    show::inner(draft, inner, &place, row.and_then(|row| row.get(&inner.id)), errors, extra, language)
                })
                .collect();
            labelled(at, cells, row.map(|_| removal(at, language)), None, language)
        })
        .collect();
    Table { parts: vec![Part { heading: String::new(), rows, add: fluent::plain(language, "rows-add"), sum: None }] }
}

/// Costs and incomes.
pub(super) fn budget(draft: &Draft, field: &Field, incomes: Incomes, entry: Option<&Entry>, extra: &Extra, language: Language) -> Table {
    let filled = typed(field, entry);
    let sums = match draft.answers.get(&field.id) {
        Some(Answer::Budget(budget)) => {
            let sum =
                |lines: &[crate::domain::inputs::BudgetLine]| Money::sum(lines.iter().map(|line| line.amount)).ok().map(number::money);
            (sum(&budget.costs), sum(&budget.incomes))
        }
        Some(_) | None => (None, None),
    };
    let mut next = after(&filled);
    let spare = spare(filled.len(), field, extra);
    let mut part = |kind: &'static str, heading: &str, add: &str, sum: Option<String>| {
        let own: Vec<(usize, &Typed)> =
            filled.iter().map(|(at, row)| (*at, row)).filter(|(_, row)| (text_of(row, "kind") == "income") == (kind == "income")).collect();
        let blank = Typed::new();
        let places = own.into_iter().map(|(at, row)| (at, row, true)).chain((0..spare).map(|_| {
            next += 1;
            (next - 1, &blank, false)
        }));
        let rows = places
            .map(|(at, row, filled)| {
                let cell = |key: &str, label: &str, keys, unit: Option<&str>| {
                    let place = format!("{}.{at}.{key}", field.id);
                    Question {
                        errors: errors(draft, &place, field, extra, language),
                        name: place,
                        label: fluent::plain(language, label),
                        inner: true,
                        control: Control::Line(Line {
                            value: text_of(row, key),
                            kind: "text",
                            keys,
                            fill: "off",
                            unit: unit.map(str::to_owned),
                            short: unit.is_some(),
                        }),
                        ..Question::default()
                    }
                };
                let cells = vec![cell("text", "budget-text", "text", None), cell("amount", "budget-amount", "decimal", Some("kr"))];
                labelled(
                    at,
                    cells,
                    filled.then(|| removal(at, language)),
                    Some((format!("{}.{at}.kind", field.id), kind.to_owned())),
                    language,
                )
            })
            .collect();
        Part { heading: fluent::plain(language, heading), rows, add: fluent::plain(language, add), sum }
    };
    let mut parts = vec![part("cost", "budget-costs", "budget-add-cost", sums.0)];
    if incomes == Incomes::Asked {
        parts.push(part("income", "budget-incomes", "budget-add-income", sums.1));
    }
    Table { parts }
}

/// Members by year of birth, sex and residence.
pub(super) fn members(draft: &Draft, field: &Field, entry: Option<&Entry>, extra: &Extra, language: Language) -> Table {
    let filled = typed(field, entry);
    let t = |key: &str| fluent::plain(language, key);
    let want = filled.len() + spare(filled.len(), field, extra);
    let blank = Typed::new();
    let rows = places(&filled, want)
        .map(|(at, found)| {
            let row = found.unwrap_or(&blank);
            let question = |key: &str, label: &str, control: Control| {
                let place = format!("{}.{at}.{key}", field.id);
                Question {
                    errors: errors(draft, &place, field, extra, language),
                    name: place,
                    label: t(label),
                    inner: true,
                    control,
                    ..Question::default()
                }
            };
            let number = |key: &str| {
                Control::Line(Line { value: text_of(row, key), kind: "text", keys: "numeric", fill: "off", unit: None, short: true })
            };
            let sex = text_of(row, "sex");
            let choice = |id: &str, key: &str| Choice { value: id.to_owned(), text: t(key), selected: sex == id };
            let on = matches!(text_of(row, "resident").as_str(), "ja" | "yes" | "true" | "on");
            let cells = vec![
                question("birth_year", "members-year", number("birth_year")),
                question(
                    "sex",
                    "members-sex",
                    Control::Select(vec![choice("", "choose"), choice("f", "members-female"), choice("m", "members-male")]),
                ),
                question("count", "members-count", number("count")),
                question(
                    "resident",
                    "members-resident",
                    Control::Tick(Affirm { on, text: t("members-resident"), look: None, again: None }),
                ),
            ];
            labelled(at, cells, found.map(|_| removal(at, language)), None, language)
        })
        .collect();
    let sum = match draft.answers.get(&field.id) {
        Some(Answer::Members(counts)) => Some(number::integer(counts.iter().map(|count| count.count).sum())),
        Some(_) | None => None,
    };
    Table { parts: vec![Part { heading: String::new(), rows, add: t("rows-add"), sum }] }
}

/// What taking a filled row away says.
fn removal(at: usize, language: Language) -> String {
    fluent::t(language, "rows-remove", &[("no", (at + 1).to_string().into())])
}

fn labelled(at: usize, cells: Vec<Question>, remove: Option<String>, unseen: Option<(String, String)>, language: Language) -> Row {
    let name = fluent::t(language, "rows-row", &[("no", (at + 1).to_string().into())]);
    Row { at, name, cells, unseen, remove: remove.unwrap_or_default() }
}
