//! Whether the answers of a form hold together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answers::{Facts, RowSeeing, Seeing, sent_answers, visible, visible_in_row};
use super::entry::{self, Fault, in_row};
use super::field::{AttachmentField, ChoiceField, DateField, Field, FieldKind, NumberField, Requirement, TextField};
use super::form::Form;
use crate::domain::Localized;
use crate::domain::condition::Lookup;
use crate::domain::inputs::{Answer, Attachment};

/// Something to correct, beside the field it concerns. `field` is `group.row.field` within a repeating group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The field's id.
    pub field: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: Localized,
}

/// Everything to correct before the answers can be sent, in the order of the form. Hidden fields are not judged.
#[must_use]
pub fn validate(form: &Form, answers: &BTreeMap<String, Answer>, facts: &Facts) -> Vec<Finding> {
    let shown = visible(form, answers, facts);
    let sent = sent_answers(form, answers, facts);
    let seeing = Seeing { form, answers: &sent, facts };
    let mut findings = Vec::new();
    for field in form.fields().filter(|field| shown.contains(&field.id) && field.kind.is_question()) {
        judge(field, sent.get(&field.id), &seeing, &mut findings);
        if let (FieldKind::Group(group), Some(Answer::Group(rows))) = (&field.kind, sent.get(&field.id)) {
            for (at, row) in rows.iter().enumerate() {
                let shown = visible_in_row(&group.fields, row, &seeing);
                let within = RowSeeing { fields: &group.fields, row, outer: &seeing };
                let mut inside = Vec::new();
                for inner in group.fields.iter().filter(|inner| shown.contains(&inner.id) && inner.kind.is_question()) {
                    judge(inner, row.get(&inner.id), &within, &mut inside);
                }
                findings.extend(inside.into_iter().map(|finding| in_row(field, at, finding)));
            }
        }
    }
    for id in answers.keys().filter(|id| form.field(id).is_none()) {
        findings.push(Finding {
            field: id.clone(),
            code: "unknown_field",
            message: Localized::both("Frågan finns inte i formuläret.", "The question is not in the form."),
        });
    }
    findings
}

fn judge(field: &Field, answer: Option<&Answer>, seeing: &dyn Lookup, findings: &mut Vec<Finding>) {
    let required = match &field.required {
        Requirement::Optional => false,
        Requirement::Required => true,
        Requirement::RequiredIf(written) => written.value.condition.evaluate(seeing).is_true(),
    };
    let fault = match answer {
        None if required => Some(missing(field)),
        None => None,
        Some(answer) => wrong(field, answer, required),
    };
    findings.extend(fault.map(|(code, message)| Finding { field: field.id.clone(), code, message }));
}

fn both(code: &'static str, sv: impl Into<String>, en: impl Into<String>) -> Fault {
    (code, Localized::both(sv, en))
}

fn missing(field: &Field) -> Fault {
    match &field.kind {
        FieldKind::Attachment(_) => both("required", "Bifoga filen.", "Attach the file."),
        FieldKind::Declaration => {
            both("required", "Du behöver intyga det här för att kunna skicka in.", "You must affirm this before you can send.")
        }
        FieldKind::AttendancePeriod => {
            both("required", "Kontrollera närvaron och bekräfta att den stämmer.", "Check the attendance and confirm that it is right.")
        }
        FieldKind::YesNo | FieldKind::Choice(_) | FieldKind::Choices(_) => both("required", "Välj ett svar.", "Choose an answer."),
        _ => both("required", "Fyll i ett svar.", "Fill in an answer."),
    }
}

fn wrong(field: &Field, answer: &Answer, required: bool) -> Option<Fault> {
    match (&field.kind, answer) {
        (FieldKind::Text(settings) | FieldKind::LongText(settings), Answer::Text(text)) => text_fault(settings, text),
        (FieldKind::YesNo, Answer::YesNo(_)) => None,
        (FieldKind::Declaration | FieldKind::AttendancePeriod, Answer::YesNo(value)) => (!value && required).then(|| missing(field)),
        (FieldKind::Choice(settings), Answer::Choice(id)) => choice_fault(settings, std::slice::from_ref(id)),
        (FieldKind::Choices(settings), Answer::Choices(ids)) if ids.is_empty() && required => {
            choice_fault(settings, ids).or(Some(missing(field)))
        }
        (FieldKind::Choices(settings), Answer::Choices(ids)) => choice_fault(settings, ids),
        (FieldKind::Integer(settings), Answer::Integer(value)) => number_fault(settings, Decimal::from(*value)),
        (FieldKind::Decimal(settings), Answer::Decimal(value)) => number_fault(settings, *value),
        (FieldKind::Money(settings), Answer::Money(value)) => number_fault(settings, value.kronor()),
        (FieldKind::Date(settings), Answer::Date(date)) => date_fault(settings, *date, *date),
        (FieldKind::DateRange(settings), Answer::DateRange(range)) => date_fault(settings, range.from, range.to),
        (FieldKind::Attachment(settings), Answer::Attachment(attachment)) => attachment_fault(settings, attachment),
        (FieldKind::Group(settings), Answer::Group(rows)) => {
            let (min, max, count) = (settings.min, settings.max, rows.len());
            (count < min || count > max).then(|| {
                both(
                    "row_count",
                    format!("Fyll i {min}–{max} stycken; nu finns {count}."),
                    format!("Fill in {min}–{max}; there are {count} now."),
                )
            })
        }
        (FieldKind::Budget { incomes }, Answer::Budget(budget)) => {
            if budget.costs.is_empty() && required {
                Some(both("no_costs", "Fyll i minst en kostnad.", "Fill in at least one cost."))
            } else if !incomes && !budget.incomes.is_empty() {
                Some(both("no_incomes_asked", "Ta bort intäkterna.", "Remove the incomes."))
            } else {
                None
            }
        }
        (FieldKind::Members, Answer::Members(members)) => {
            (members.is_empty() && required).then(|| both("required", "Fyll i medlemmarna.", "Fill in the members."))
        }
        (
            FieldKind::OrganisationNumber
            | FieldKind::PersonalNumber { .. }
            | FieldKind::BankAccount(_)
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Municipality,
            Answer::Text(text),
        ) => entry::text_fault(&field.kind, text),
        (FieldKind::PostalAddress, Answer::Text(_)) => None,
        (_, _) => Some(both(
            "wrong_shape",
            "Svaret passar inte frågan. Fyll i det igen.",
            "The answer does not fit the question. Fill it in again.",
        )),
    }
}

fn text_fault(settings: &TextField, text: &str) -> Option<Fault> {
    let (count, min, max) = (text.chars().count(), settings.min_length, settings.max_length);
    if count < min {
        return Some(both(
            "too_short",
            format!("Skriv minst {min} tecken; nu är det {count}."),
            format!("Write at least {min} characters; there are {count} now."),
        ));
    }
    (count > max).then(|| {
        both(
            "too_long",
            format!("Skriv högst {max} tecken; nu är det {count}."),
            format!("Write at most {max} characters; there are {count} now."),
        )
    })
}

fn choice_fault(settings: &ChoiceField, ids: &[String]) -> Option<Fault> {
    let known = |id: &String| settings.choices.iter().any(|choice| choice.id == *id);
    (!ids.iter().all(known)).then(|| both("unknown_choice", "Välj ett av svaren i listan.", "Choose one of the answers in the list."))
}

fn number_fault(settings: &NumberField, value: Decimal) -> Option<Fault> {
    let unit = settings.unit.as_ref().map(|unit| format!(" {}", unit.sv)).unwrap_or_default();
    let shown = |limit: Decimal| limit.to_string().replace('.', ",");
    if let Some(min) = settings.min.filter(|min| value < *min) {
        return Some(both("too_small", format!("Det minsta är {}{unit}.", shown(min)), format!("The smallest is {min}{unit}.")));
    }
    let max = settings.max.filter(|max| value > *max)?;
    Some(both("too_great", format!("Det största är {}{unit}.", shown(max)), format!("The greatest is {max}{unit}.")))
}

fn date_fault(settings: &DateField, from: chrono::NaiveDate, to: chrono::NaiveDate) -> Option<Fault> {
    if let Some(min) = settings.min.filter(|min| from < *min) {
        return Some(both("too_early", format!("Det tidigaste datumet är {min}."), format!("The earliest date is {min}.")));
    }
    let max = settings.max.filter(|max| to > *max)?;
    Some(both("too_late", format!("Det senaste datumet är {max}."), format!("The latest date is {max}.")))
}

fn attachment_fault(settings: &AttachmentField, attachment: &Attachment) -> Option<Fault> {
    match attachment {
        Attachment::OnFile(_) if !settings.on_file => Some(both("on_file", "Bifoga en ny fil.", "Attach a new file.")),
        Attachment::Later if !settings.later => {
            Some(both("later", "Filen behöver följa med ansökan.", "The file must come with the application."))
        }
        Attachment::Uploaded(_) | Attachment::OnFile(_) | Attachment::Later => None,
    }
}
