//! A condition as a sentence that somebody who knows the form can read.

use super::{Condition, Literal, Operator};
use crate::domain::Localized;

/// The condition in words. `label` gives the label of a field or fact, or of a choice of a field.
pub fn sentence(condition: &Condition, label: &dyn Fn(&str, Option<&str>) -> Localized) -> Localized {
    match condition {
        Condition::Compare { name, operator, literal } => {
            let (field, value) = (label(name, None), value(name, literal, label));
            let (sv, en) = operator_words(*operator, literal);
            phrase(&field, (sv, en), &value)
        }
        Condition::In { name, list } => {
            let values: Vec<Localized> = list.iter().map(|literal| value(name, literal, label)).collect();
            let sv: Vec<&str> = values.iter().map(|value| value.sv.as_str()).collect();
            let en: Vec<&str> = values.iter().map(english).collect();
            phrase(&label(name, None), ("är något av", "is one of"), &Localized::both(sv.join(", "), en.join(", ")))
        }
        Condition::Answered(name) => {
            let field = label(name, None);
            Localized::both(format!("”{}” är besvarad", field.sv), format!("\"{}\" is answered", english(&field)))
        }
        Condition::Not(inner) => {
            let inner = sentence(inner, label);
            Localized::both(format!("det stämmer inte att ({})", inner.sv), format!("it is not so that ({})", english(&inner)))
        }
        Condition::And(left, right) => joined(left, right, 1, ("och", "and"), label),
        Condition::Or(left, right) => joined(left, right, 0, ("eller", "or"), label),
    }
}

fn joined(
    left: &Condition,
    right: &Condition,
    at_least: u8,
    (sv, en): (&str, &str),
    label: &dyn Fn(&str, Option<&str>) -> Localized,
) -> Localized {
    let part = |condition: &Condition| {
        let words = sentence(condition, label);
        if condition.strength() < at_least { Localized::both(format!("({})", words.sv), format!("({})", english(&words))) } else { words }
    };
    let (left, right) = (part(left), part(right));
    Localized::both(format!("{} {sv} {}", left.sv, right.sv), format!("{} {en} {}", english(&left), english(&right)))
}

fn phrase(field: &Localized, (sv, en): (&str, &str), value: &Localized) -> Localized {
    Localized::both(format!("”{}” {sv} {}", field.sv, value.sv), format!("\"{}\" {en} {}", english(field), english(value)))
}

fn operator_words(operator: Operator, literal: &Literal) -> (&'static str, &'static str) {
    let date = matches!(literal, Literal::Date(_));
    match operator {
        Operator::Equal => ("är", "is"),
        Operator::NotEqual => ("är inte", "is not"),
        Operator::Less if date => ("är före", "is before"),
        Operator::Less => ("är mindre än", "is less than"),
        Operator::AtMost if date => ("är senast", "is no later than"),
        Operator::AtMost => ("är högst", "is at most"),
        Operator::Greater if date => ("är efter", "is after"),
        Operator::Greater => ("är mer än", "is more than"),
        Operator::AtLeast if date => ("är tidigast", "is no earlier than"),
        Operator::AtLeast => ("är minst", "is at least"),
    }
}

fn value(name: &str, literal: &Literal, label: &dyn Fn(&str, Option<&str>) -> Localized) -> Localized {
    match literal {
        Literal::Bool(true) => Localized::both("ja", "yes"),
        Literal::Bool(false) => Localized::both("nej", "no"),
        Literal::Number(number) => Localized::both(number.to_string().replace('.', ","), number.to_string()),
        Literal::Date(date) => Localized::both(date.to_string(), date.to_string()),
        Literal::Text(id) => {
            let words = label(name, Some(id));
            Localized::both(format!("”{}”", words.sv), format!("\"{}\"", english(&words)))
        }
    }
}

fn english(text: &Localized) -> &str {
    text.en.as_deref().unwrap_or(&text.sv)
}
