//! From the boxes of a form to what was typed in each question.

use std::collections::BTreeMap;

use crate::forms::{self, Entry, Field, FieldKind};
use crate::services::drafts::{Change, Draft};
use crate::web::apply::sent::Sent;

/// The questions a form says it holds.
pub(super) const HOLDS: &str = "finns";
/// The questions that were out of sight.
pub(super) const UNSEEN: &str = "dold";

/// What was typed, question by question.
pub(super) fn changes(draft: &Draft, sent: &Sent) -> Vec<Change> {
    let holds = sent.all(HOLDS);
    let values = sent.map();
    let mut found = Vec::new();
    for field in draft.package.form.fields().filter(|field| holds.contains(&field.id.as_str())) {
        // A question that just got a file has its answer.
        if sent.attached.contains(&field.id) {
            continue;
        }
        let Some(entry) = entry(field, &field.id, sent) else { continue };
        let entry = forms::without_blank_rows(field, entry);
        let version = values.get(format!("v.{}", field.id).as_str()).and_then(|text| text.parse().ok());
        found.push(Change { field: field.id.clone(), entry, seen_version: version.unwrap_or_default() });
    }
    found
}

/// What stands in a question's boxes; none for a text.
fn entry(field: &Field, name: &str, sent: &Sent) -> Option<Entry> {
    let one = |name: &str| sent.get(name).unwrap_or_default().to_owned();
    let parts =
        |keys: &[&str]| Entry::Parts(keys.iter().map(|key| ((*key).to_owned(), one(&format!("{name}.{key}")))).collect::<BTreeMap<_, _>>());
    Some(match &field.kind {
        FieldKind::Information | FieldKind::Calculated(_) => return None,
        FieldKind::Choices(_) => Entry::Many(sent.all(name).into_iter().filter(|id| !id.is_empty()).map(str::to_owned).collect()),
        FieldKind::DateRange(_) => parts(&["from", "to"]),
        FieldKind::PostalAddress => parts(&["street", "postcode", "town"]),
        FieldKind::BankAccount(_) => parts(&["kind", "number"]),
        FieldKind::Budget { .. } => Entry::Rows(rows(name, sent, |row| plain(row, &["kind", "text", "amount"], sent))),
        FieldKind::Members => Entry::Rows(rows(name, sent, |row| plain(row, &["birth_year", "sex", "resident", "count"], sent))),
        FieldKind::Group(group) => Entry::Rows(rows(name, sent, |row| {
            let inner =
                group.fields.iter().filter_map(|inner| Some((inner.id.clone(), entry(inner, &format!("{row}.{}", inner.id), sent)?)));
            inner.collect()
        })),
        FieldKind::Text(_)
        | FieldKind::LongText(_)
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Integer(_)
        | FieldKind::Decimal(_)
        | FieldKind::Money(_)
        | FieldKind::Date(_)
        | FieldKind::OrganisationNumber
        | FieldKind::PersonalNumber { .. }
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Municipality
        | FieldKind::Attachment(_)
        | FieldKind::AttendancePeriod
        | FieldKind::Declaration => Entry::One(one(name)),
    })
}

type Row = BTreeMap<String, Entry>;

/// The rows of a question in the order of their places; the row's own name is handed on.
fn rows(name: &str, sent: &Sent, read: impl Fn(&str) -> Row) -> Vec<Row> {
    let start = format!("{name}.");
    let place = |own: &str| own.strip_prefix(&start)?.split('.').next()?.parse::<usize>().ok();
    let mut places: Vec<usize> = sent.pairs.iter().filter_map(|(own, _)| place(own)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|at| read(&format!("{name}.{at}"))).collect()
}

fn plain(row: &str, keys: &[&str], sent: &Sent) -> Row {
    let one = |key: &str| Entry::One(sent.get(&format!("{row}.{key}")).unwrap_or_default().to_owned());
    keys.iter().map(|key| ((*key).to_owned(), one(key))).collect()
}

/// Puts the account of the register in the place of what was typed in a question.
pub(super) fn with_registered(draft: &Draft, changes: &mut [Change], field: &str) {
    let (Some(account), Some(asked)) = (&draft.registered, draft.package.form.field(field)) else { return };
    for change in changes.iter_mut().filter(|change| change.field == field) {
        change.entry = forms::echo(asked, &forms::answer_of_account(account));
    }
}

/// Takes a row out of what was sent: `question.3`.
pub(super) fn without_row(sent: &mut Sent, row: &str) {
    let start = format!("{row}.");
    sent.pairs.retain(|(name, _)| !name.starts_with(&start));
}
