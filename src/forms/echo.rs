//! From an answer back to what stands in the boxes, written the Swedish way: what was typed `1234.5` reads `1 234,5`.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::field::{Field, FieldKind};
use crate::domain::attendance::Sex;
use crate::domain::inputs::{Answer, Attachment, BudgetLine, MemberCount};
use crate::text::number;

/// What stands in a field's boxes when it holds an answer.
#[must_use]
pub fn echo(field: &Field, answer: &Answer) -> Entry {
    match (&field.kind, answer) {
        (FieldKind::PostalAddress, Answer::Text(text)) => address(text),
        (FieldKind::BankAccount(_), Answer::Text(text)) => match text.split_once(':') {
            Some((kind, number)) => parts(&[("kind", kind), ("number", number)]),
            None => Entry::One(text.clone()),
        },
        (_, Answer::Text(text) | Answer::Choice(text)) => Entry::One(text.clone()),
        (_, Answer::YesNo(yes)) => Entry::One(if *yes { "ja" } else { "nej" }.to_owned()),
        (_, Answer::Choices(ids)) => Entry::Many(ids.clone()),
        (_, Answer::Integer(value)) => Entry::One(number::integer(*value)),
        (_, Answer::Decimal(value)) => Entry::One(number::decimal(*value)),
        (_, Answer::Money(value)) => Entry::One(kronor(*value)),
        (_, Answer::Date(date)) => Entry::One(date.to_string()),
        (_, Answer::DateRange(range)) => parts(&[("from", &range.from.to_string()), ("to", &range.to.to_string())]),
        (_, Answer::Attachment(attachment)) => Entry::One(match attachment {
            Attachment::Uploaded(sha) => format!("uploaded:{sha}"),
            Attachment::OnFile(sha) => format!("on_file:{sha}"),
            Attachment::Later => "later".to_owned(),
        }),
        (FieldKind::Group(group), Answer::Group(rows)) => Entry::Rows(
            rows.iter()
                .map(|row| {
                    let inner = group.fields.iter().filter_map(|inner| Some((inner.id.clone(), echo(inner, row.get(&inner.id)?))));
                    inner.collect()
                })
                .collect(),
        ),
        (_, Answer::Group(_)) => Entry::Rows(Vec::new()),
        (_, Answer::Budget(budget)) => {
            let line = |kind: &str, line: &BudgetLine| row(&[("kind", kind), ("text", &line.text), ("amount", &kronor(line.amount))]);
            let costs = budget.costs.iter().map(|cost| line("cost", cost));
            Entry::Rows(costs.chain(budget.incomes.iter().map(|income| line("income", income))).collect())
        }
        (_, Answer::Members(counts)) => Entry::Rows(counts.iter().map(member).collect()),
    }
}

/// `1 234,50`: the amount without its unit, which stands beside the box.
fn kronor(amount: crate::domain::Money) -> String {
    let text = number::money(amount);
    text.strip_suffix("kr").map_or(text.as_str(), |short| short.trim_end()).to_owned()
}

fn member(count: &MemberCount) -> BTreeMap<String, Entry> {
    let sex = match count.sex {
        Sex::Female => "f",
        Sex::Male => "m",
    };
    let resident = if count.resident { "ja" } else { "" };
    row(&[("birth_year", &count.birth_year.to_string()), ("sex", sex), ("resident", resident), ("count", &number::integer(count.count))])
}

fn address(text: &str) -> Entry {
    let (street, rest) = text.split_once('\n').unwrap_or((text, ""));
    // `412 50 Göteborg`: five digits in two groups, then the town.
    let mut words = rest.splitn(3, ' ');
    let postcode = [words.next(), words.next()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    parts(&[("street", street), ("postcode", &postcode), ("town", words.next().unwrap_or_default())])
}

fn parts(pairs: &[(&str, &str)]) -> Entry {
    Entry::Parts(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

fn row(pairs: &[(&str, &str)]) -> BTreeMap<String, Entry> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), Entry::One((*value).to_owned()))).collect()
}
