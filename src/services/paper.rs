//! An application as a document: what was asked and what was answered, readable without the service.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::ServiceResult;
use crate::domain::inputs::{Answer, Attachment};
use crate::domain::localized::Language;
use crate::forms::{ChoiceField, Field, FieldKind, Form};
use crate::store::cases::ApplicationRow;
use crate::text::number;

/// The application as a plain HTML document in Swedish.
///
/// # Errors
/// When the stored answers cannot be read.
pub fn application(form: &Form, row: &ApplicationRow, diary_number: &str, applicant: &str) -> ServiceResult<String> {
    let answers: BTreeMap<String, Answer> = serde_json::from_slice(&row.answers)?;
    let mut page = String::new();
    let title = form.paper().sv;
    let _ = write!(
        page,
        "<!doctype html><html lang=\"sv\"><head><meta charset=\"utf-8\"><title>{0} {1}</title></head><body><h1>{0}</h1>\
         <p>{1}<br>{2}<br>Inkommen {3}<br>Underskriven av {4}</p>",
        escape(&title),
        escape(diary_number),
        escape(applicant),
        number::moment(row.received_at, Language::Sv),
        escape(&row.signed_by)
    );
    for section in &form.sections {
        let _ = write!(page, "<h2>{}</h2><dl>", escape(&section.title.sv));
        for field in section.fields.iter().filter(|field| field.kind.is_question()) {
            let _ = write!(page, "<dt>{}</dt><dd>", escape(&field.label.sv));
            match (&field.kind, answers.get(&field.id)) {
                (FieldKind::Group(group), Some(Answer::Group(rows))) => {
                    page.push_str("<ol>");
                    for row in rows {
                        let _ = write!(page, "<li>{}</li>", escape(&in_row(&group.fields, row, |_| true)));
                    }
                    page.push_str("</ol>");
                }
                (_, given) => page.push_str(&escape(&given.map_or_else(|| "Inget svar".to_owned(), |given| answer(field, given)))),
            }
            page.push_str("</dd>");
        }
        page.push_str("</dl>");
    }
    page.push_str("</body></html>");
    Ok(page)
}

/// A short document of headed texts, in Swedish.
#[must_use]
pub fn plain(title: &str, diary_number: &str, party: &str, parts: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let _ = write!(
        page,
        "<!doctype html><html lang=\"sv\"><head><meta charset=\"utf-8\"><title>{0} {1}</title></head><body><h1>{0}</h1><p>{1}<br>{2}</p>",
        escape(title),
        escape(diary_number),
        escape(party)
    );
    for (heading, text) in parts {
        let _ = write!(page, "<h2>{}</h2>", escape(heading));
        for line in text.lines() {
            let _ = write!(page, "<p>{}</p>", escape(line));
        }
    }
    page.push_str("</body></html>");
    page
}

/// An answer to a question in Swedish words: what was chosen by its label, an account by what kind it is, each row of a
/// group on a line of its own. A personal number in a row is left out: it stands in the application's own document alone.
#[must_use]
pub fn answer(field: &Field, given: &Answer) -> String {
    let label = |id: &String, settings: &ChoiceField| {
        settings.choices.iter().find(|choice| choice.id == *id).map_or_else(|| id.clone(), |choice| choice.label.sv.clone())
    };
    match (&field.kind, given) {
        (FieldKind::Choice(settings), Answer::Choice(id)) => label(id, settings),
        (FieldKind::Choices(settings), Answer::Choices(ids)) => ids.iter().map(|id| label(id, settings)).collect::<Vec<_>>().join(", "),
        (FieldKind::BankAccount(_), Answer::Text(text)) => account(text),
        (FieldKind::Group(group), Answer::Group(rows)) => {
            let told = |inner: &Field| !matches!(inner.kind, FieldKind::PersonalNumber { .. });
            rows.iter().map(|row| in_row(&group.fields, row, told)).collect::<Vec<_>>().join("\n")
        }
        _ => words(given),
    }
}

/// The answers of a group's row, each with its field's label.
fn in_row(fields: &[Field], row: &BTreeMap<String, Answer>, told: impl Fn(&Field) -> bool) -> String {
    let said = fields.iter().filter(|inner| told(inner));
    let said = said.filter_map(|inner| Some(format!("{}: {}", inner.label.sv, answer(inner, row.get(&inner.id)?))));
    said.collect::<Vec<_>>().join(" · ")
}

/// An account as it was answered, `bankgiro:5012-3454`, in words.
fn account(text: &str) -> String {
    match text.split_once(':') {
        Some(("bankgiro", number)) => format!("Bankgiro {number}"),
        Some(("plusgiro", number)) => format!("Plusgiro {number}"),
        Some((_, number)) => format!("Konto {number}"),
        None => text.to_owned(),
    }
}

/// An answer in Swedish words.
#[must_use]
pub fn words(answer: &Answer) -> String {
    match answer {
        Answer::Text(text) | Answer::Choice(text) => text.clone(),
        Answer::YesNo(true) => "Ja".to_owned(),
        Answer::YesNo(false) => "Nej".to_owned(),
        Answer::Choices(list) => list.join(", "),
        Answer::Integer(value) => number::integer(*value),
        Answer::Decimal(value) => number::decimal(*value),
        Answer::Money(value) => number::money(*value),
        Answer::Date(date) => number::date(*date, Language::Sv),
        Answer::DateRange(range) => format!("{} till {}", number::date(range.from, Language::Sv), number::date(range.to, Language::Sv)),
        Answer::Attachment(Attachment::Uploaded(_)) => "Bifogad fil".to_owned(),
        Answer::Attachment(Attachment::OnFile(_)) => "Redan inlämnad".to_owned(),
        Answer::Attachment(Attachment::Later) => "Kommer senare".to_owned(),
        Answer::Group(rows) if rows.len() == 1 => "1 rad".to_owned(),
        Answer::Group(rows) => format!("{} rader", rows.len()),
        Answer::Budget(budget) => {
            let lines = |lines: &[crate::domain::inputs::BudgetLine]| {
                lines.iter().map(|line| format!("{} {}", line.text, number::money(line.amount))).collect::<Vec<_>>().join("; ")
            };
            let incomes = if budget.incomes.is_empty() { "inga".to_owned() } else { lines(&budget.incomes) };
            format!("Kostnader: {}. Intäkter: {incomes}.", lines(&budget.costs))
        }
        Answer::Members(counts) => {
            let total: i64 = counts.iter().map(|count| count.count).sum();
            format!("{} medlemmar", number::integer(total))
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
