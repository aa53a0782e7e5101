//! Names and types of a condition against what is declared.

use super::{Condition, Fault, Literal, Operator, Written};
use crate::domain::Localized;

/// What kind of value a declared field or fact has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A number or an amount.
    Number,
    /// A date.
    Date,
    /// Free text.
    Text,
    /// One of these ids.
    Choice(Vec<String>),
    /// Some of these ids.
    Choices(Vec<String>),
    /// Nothing that can be compared; only `answered` fits.
    Opaque,
}

/// All faults in names, types and choices. `kind` says what a name is, `unknown` gives the hint for one that is nothing.
pub fn check(written: &Written, kind: &dyn Fn(&str) -> Option<Kind>, unknown: &dyn Fn(&str) -> Localized) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut columns = written.columns.iter();
    written.condition.each_leaf(&mut |leaf| {
        let Some(columns) = columns.next() else { return };
        let name = match leaf {
            Condition::Compare { name, .. } | Condition::In { name, .. } | Condition::Answered(name) => name,
            Condition::Not(_) | Condition::And(..) | Condition::Or(..) => return,
        };
        let Some(kind) = kind(name) else {
            faults.push(Fault {
                code: "condition_unknown_name",
                column: columns.name,
                message: Localized::both(
                    format!("Det finns inget fält och ingen uppgift som heter ”{name}”."),
                    format!("There is no field and no fact called \"{name}\"."),
                ),
                hint: unknown(name),
            });
            return;
        };
        let (operator, literals): (Option<Operator>, &[Literal]) = match leaf {
            Condition::Compare { operator, literal, .. } => (Some(*operator), std::slice::from_ref(literal)),
            Condition::In { list, .. } => (None, list),
            Condition::Answered(_) | Condition::Not(_) | Condition::And(..) | Condition::Or(..) => return,
        };
        faults.extend(operator_fault(name, &kind, operator, columns.operator));
        for (literal, column) in literals.iter().zip(&columns.literals) {
            faults.extend(literal_fault(name, &kind, literal, *column));
        }
    });
    faults
}

fn operator_fault(name: &str, kind: &Kind, operator: Option<Operator>, column: usize) -> Option<Fault> {
    let (sv, en, hint_sv, hint_en) = match kind {
        Kind::Number | Kind::Date => return None,
        Kind::Bool | Kind::Text | Kind::Choice(_) if operator.is_none_or(|operator| !operator.orders()) => return None,
        Kind::Bool | Kind::Text | Kind::Choice(_) => (
            format!("”{name}” har ingen storleksordning."),
            format!("\"{name}\" has no order."),
            "Använd ==, != eller in.".to_owned(),
            "Use ==, != or in.".to_owned(),
        ),
        Kind::Choices(_) if operator.is_none() => return None,
        Kind::Choices(_) => (
            format!("”{name}” kan ha flera svar."),
            format!("\"{name}\" may have several answers."),
            format!("Skriv {name} in ['…']: sant när minst ett av svaren finns i listan."),
            format!("Write {name} in ['…']: true when at least one answer is in the list."),
        ),
        Kind::Opaque => (
            format!("”{name}” går inte att jämföra."),
            format!("\"{name}\" cannot be compared."),
            format!("Menade du answered({name})?"),
            format!("Did you mean answered({name})?"),
        ),
    };
    Some(Fault { code: "condition_operator_type", column, message: Localized::both(sv, en), hint: Localized::both(hint_sv, hint_en) })
}

fn literal_fault(name: &str, kind: &Kind, literal: &Literal, column: usize) -> Option<Fault> {
    let (sv, en, example) = match (kind, literal) {
        (Kind::Opaque, _)
        | (Kind::Bool, Literal::Bool(_))
        | (Kind::Number, Literal::Number(_))
        | (Kind::Date, Literal::Date(_))
        | (Kind::Text, Literal::Text(_)) => return None,
        (Kind::Choice(ids) | Kind::Choices(ids), Literal::Text(id)) if ids.contains(id) => return None,
        (Kind::Choice(ids) | Kind::Choices(ids), literal) => {
            return Some(Fault {
                code: "condition_unknown_choice",
                column,
                message: Localized::both(
                    format!("{literal} är inget av valen i ”{name}”."),
                    format!("{literal} is none of the choices of \"{name}\"."),
                ),
                hint: Localized::both(format!("Valen är: {}.", quoted(ids)), format!("The choices are: {}.", quoted(ids))),
            });
        }
        (Kind::Bool, _) => ("true eller false", "true or false", "true"),
        (Kind::Number, _) => ("ett tal", "a number", "45"),
        (Kind::Date, _) => ("ett datum", "a date", "2026-01-31"),
        (Kind::Text, _) => ("en text", "a text", "'text'"),
    };
    Some(Fault {
        code: "condition_literal_type",
        column,
        message: Localized::both(
            format!("”{name}” jämförs med {sv}, inte med {literal}."),
            format!("\"{name}\" is compared with {en}, not with {literal}."),
        ),
        hint: Localized::both(format!("Skriv till exempel {example}."), format!("Write for example {example}.")),
    })
}

fn quoted(ids: &[String]) -> String {
    ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ")
}
