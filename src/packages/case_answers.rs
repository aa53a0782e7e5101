//! A test case's answers and facts, read by the types the form declares.

use std::collections::BTreeMap;

use super::cases::money;
use crate::domain::attendance::Sex;
use crate::domain::canonical::Sha;
use crate::domain::condition::Kind;
use crate::domain::inputs::{Answer, Attachment, Budget, BudgetLine, Fact, MemberCount};
use crate::domain::period::DateRange;
use crate::domain::{Localized, Problem};
use crate::forms::{Field, FieldKind, Form};
use crate::text::definition::{Source, Table, Value, did_you_mean};

/// The answers of a file that holds nothing else, `field = value`, with every problem in it.
#[must_use]
pub fn read_answer_file(file: &str, text: &str, form: &Form) -> (Option<BTreeMap<String, Answer>>, Vec<Problem>) {
    let fields: Vec<&Field> = form.fields().collect();
    Source::new(file, text).read(|root| Some(answers_of(root, &fields)))
}

pub(super) fn read_answers(value: &Value<'_>, form: &Form) -> BTreeMap<String, Answer> {
    let fields: Vec<&Field> = form.fields().collect();
    answers(value, &fields)
}

fn answers(value: &Value<'_>, fields: &[&Field]) -> BTreeMap<String, Answer> {
    value.table_like("{ antal = 4, ny_lokal = true }").map(|table| answers_of(&table, fields)).unwrap_or_default()
}

fn answers_of(table: &Table<'_>, fields: &[&Field]) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    for (key, value) in table.entries() {
        let question = fields.iter().find(|field| field.id == key.value && field.kind.is_question());
        let Some(field) = question else {
            let known = fields.iter().filter(|field| field.kind.is_question()).map(|field| field.id.as_str());
            table.report(Problem::error(
                key.place,
                "unknown_answer",
                Localized::both(
                    format!("Formuläret frågar inte efter ”{}”.", key.value),
                    format!("The form does not ask for \"{}\".", key.value),
                ),
                did_you_mean(&key.value, known),
            ));
            continue;
        };
        answers.extend(answer(&value, &field.kind).map(|answer| (key.value, answer)));
    }
    answers
}

fn answer(value: &Value<'_>, kind: &FieldKind) -> Option<Answer> {
    match kind {
        FieldKind::Text(_)
        | FieldKind::LongText(_)
        | FieldKind::OrganisationNumber
        | FieldKind::PersonalNumber { .. }
        | FieldKind::BankAccount(_)
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::PostalAddress
        | FieldKind::Municipality => value.text().map(|text| Answer::Text(text.to_owned())),
        FieldKind::YesNo | FieldKind::Declaration | FieldKind::AttendancePeriod => value.boolean().map(Answer::YesNo),
        FieldKind::Choice(field) => {
            let words: Vec<(&str, &str)> = field.choices.iter().map(|choice| (choice.id.as_str(), choice.id.as_str())).collect();
            value.one_of(&words).map(|id| Answer::Choice(id.to_owned()))
        }
        FieldKind::Choices(field) => {
            let words: Vec<(&str, &str)> = field.choices.iter().map(|choice| (choice.id.as_str(), choice.id.as_str())).collect();
            Some(Answer::Choices(value.items().iter().filter_map(|item| item.one_of(&words).map(str::to_owned)).collect()))
        }
        FieldKind::Integer(_) => value.integer().map(Answer::Integer),
        FieldKind::Decimal(_) => value.decimal().map(Answer::Decimal),
        FieldKind::Money(_) => money(value).map(Answer::Money),
        FieldKind::Date(_) => value.date().map(Answer::Date),
        FieldKind::DateRange(_) => match value.items().iter().map(Value::date).collect::<Vec<_>>().as_slice() {
            [Some(from), Some(to)] => Some(Answer::DateRange(DateRange { from: *from, to: *to })),
            _ => None,
        },
        FieldKind::Attachment(_) => value.one_of(&[("uploaded", 0), ("on_file", 1), ("later", 2)]).map(|how| {
            // A case has no real file; any digest stands for one.
            let digest = || Sha::of(b"test").hex();
            Answer::Attachment(match how {
                0 => Attachment::Uploaded(digest()),
                1 => Attachment::OnFile(digest()),
                _ => Attachment::Later,
            })
        }),
        FieldKind::Group(group) => {
            let fields: Vec<&Field> = group.fields.iter().collect();
            Some(Answer::Group(value.items().iter().map(|row| answers(row, &fields)).collect()))
        }
        FieldKind::Budget { .. } => {
            let table = value.table_like("{ costs = [{ text = \"hyra\", amount = \"500\" }] }")?;
            let lines = |key| table.get(key).map(|value| value.items().iter().filter_map(budget_line).collect()).unwrap_or_default();
            let budget = Budget { costs: lines("costs"), incomes: lines("incomes") };
            table.finish();
            Some(Answer::Budget(budget))
        }
        FieldKind::Members => Some(Answer::Members(read_members(value))),
        FieldKind::Information | FieldKind::Calculated(_) => None,
    }
}

fn budget_line(value: &Value<'_>) -> Option<BudgetLine> {
    let table = value.table_like("{ text = \"hyra\", amount = \"500\" }")?;
    let text = table.require("text").and_then(|value| value.text().map(str::to_owned));
    let amount = table.require("amount").and_then(|value| money(&value));
    table.finish();
    Some(BudgetLine { text: text?, amount: amount? })
}

/// Members as `[{ n = 12, birth_year = 2014, sex = "f", resident = true }]`; resident unless it says otherwise.
pub(super) fn read_members(value: &Value<'_>) -> Vec<MemberCount> {
    let member = |value: &Value<'_>| {
        let table = value.table_like("{ n = 12, birth_year = 2014, sex = \"f\" }")?;
        let count = table.get("n").or_else(|| table.get("count")).and_then(|value| value.integer()).unwrap_or(1);
        let birth_year = table.require("birth_year").and_then(|value| value.integer()).and_then(|year| i32::try_from(year).ok());
        let sex = table.require("sex").and_then(|value| sex(&value));
        let resident = table.get("resident").and_then(|value| value.boolean()).unwrap_or(true);
        table.finish();
        Some(MemberCount { birth_year: birth_year?, sex: sex?, resident, count })
    };
    value.items().iter().filter_map(member).collect()
}

pub(super) fn sex(value: &Value<'_>) -> Option<Sex> {
    value.one_of(&[("f", Sex::Female), ("m", Sex::Male), ("female", Sex::Female), ("male", Sex::Male)])
}

pub(super) fn read_facts(value: &Value<'_>, form: &Form) -> BTreeMap<String, Fact> {
    let Some(table) = value.table_like("{ skuld = false }") else { return BTreeMap::new() };
    let mut facts = BTreeMap::new();
    for (key, value) in table.entries() {
        let Some(declared) = form.facts.iter().find(|fact| fact.id == key.value) else {
            table.report(Problem::error(
                key.place,
                "unknown_fact",
                Localized::both(
                    format!("Uppgiften ”{}” är inte deklarerad i formuläret.", key.value),
                    format!("The fact \"{}\" is not declared in the form.", key.value),
                ),
                did_you_mean(&key.value, form.facts.iter().map(|fact| fact.id.as_str())),
            ));
            continue;
        };
        let fact = match &declared.kind {
            Kind::Bool => value.boolean().map(Fact::YesNo),
            Kind::Number => value.decimal().map(Fact::Decimal),
            Kind::Date => value.date().map(Fact::Date),
            Kind::Text | Kind::Choice(_) | Kind::Choices(_) | Kind::Opaque => value.text().map(|text| Fact::Text(text.to_owned())),
        };
        facts.extend(fact.map(|fact| (key.value, fact)));
    }
    facts
}
