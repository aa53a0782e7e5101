//! An application's answers from a file: TOML or JSON, `field = value`, read by the types that the form declares.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

use super::out;
use crate::domain::inputs::{Answer, Attachment};
use crate::forms::{Field, FieldKind, Form};
use crate::packages::read_answer_file;

/// The answers of a file.
pub(super) fn read(path: &Path, form: &Form) -> anyhow::Result<BTreeMap<String, Answer>> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name} går inte att läsa"))?;
    let text = if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let value: Value = serde_json::from_str(&text).with_context(|| format!("{name} går inte att läsa som JSON"))?;
        let Value::Object(members) = value else { bail!("{name}: skriv svaren som {{ \"fält\": svar }}") };
        let fields: Vec<&Field> = form.fields().collect();
        members.iter().filter_map(|(key, value)| Some(format!("{} = {}\n", quoted(key), toml(value, field(&fields, key))?))).collect()
    } else {
        text
    };
    let (answers, problems) = read_answer_file(&name, &text, form);
    let errors: Vec<String> = problems.iter().filter(|problem| problem.is_error()).map(out::problem).collect();
    let Some(answers) = answers.filter(|_| errors.is_empty()) else { bail!("{}", errors.join("\n")) };
    let attached = answers.iter().find(|(_, answer)| matches!(answer, Answer::Attachment(Attachment::Uploaded(_) | Attachment::OnFile(_))));
    match attached {
        Some((field, _)) => bail!("{name}: {field}: en bilaga kan inte lämnas härifrån. Skriv \"later\" om den kommer senare."),
        None => Ok(answers),
    }
}

fn field<'f>(fields: &[&'f Field], id: &str) -> Option<&'f FieldKind> {
    fields.iter().find(|field| field.id == id).map(|field| &field.kind)
}

/// JSON as TOML, which has dates that JSON has not: a text is a date where the form asks for one. Null is no answer.
fn toml(value: &Value, kind: Option<&FieldKind>) -> Option<String> {
    let dates = matches!(kind, Some(FieldKind::Date(_) | FieldKind::DateRange(_)));
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if dates && text.parse::<chrono::NaiveDate>().is_ok() => text.clone(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(|item| toml(item, kind)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let fields: Vec<&Field> = match kind {
                Some(FieldKind::Group(group)) => group.fields.iter().collect(),
                _ => Vec::new(),
            };
            let members =
                members.iter().filter_map(|(key, value)| Some(format!("{} = {}", quoted(key), toml(value, field(&fields, key))?)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    })
}

/// A JSON string is a TOML basic string too.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}
