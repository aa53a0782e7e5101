//! Conditions that come out the same in every case: what they guard is either always there or never.

use rhai::{ASTNode, Expr, FnCallExpr, Position, Stmt};

use super::super::errors::place;
use crate::domain::{Localized, Problem};

/// Figures that are never below zero.
const COUNTS: &[&str] = &[
    "count",
    "extra_leaders",
    "female",
    "first_leaders",
    "leaders",
    "male",
    "members",
    "occasions",
    "older",
    "participant_persons",
    "participants",
    "person_days",
    "person_nights",
    "persons",
    "unregistered",
    "with_disability",
];

/// What a node says of a condition that can only come out one way.
pub fn constant(file: &str, node: ASTNode<'_>) -> Option<Problem> {
    let (position, always) = match node {
        ASTNode::Stmt(Stmt::If(flow, _)) => match &flow.expr {
            Expr::BoolConstant(always, position) => (*position, *always),
            _ => return None,
        },
        ASTNode::Expr(Expr::FnCall(call, position)) if call.is_operator_call() => compared(call, *position)?,
        ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _)) => written_out(call)?,
        ASTNode::Expr(Expr::Or(sides, position)) => (*position, contradicts(sides.as_slice()).then_some(true)?),
        ASTNode::Expr(Expr::And(sides, position)) => (*position, contradicts(sides.as_slice()).then_some(false)?),
        _ => return None,
    };
    let (sv, en) = if always { ("alltid sant", "always true") } else { ("alltid falskt", "always false") };
    Some(Problem::warning(
        place(file, position),
        "constant_condition",
        Localized::both(format!("Villkoret är {sv}."), format!("The condition is {en}.")),
        Localized::both(
            "Kontrollera vad som jämförs; det som aldrig inträffar kan tas bort.",
            "Check what is compared; what never happens can be removed.",
        ),
    ))
}

/// A requirement of a plain true or false.
fn written_out(call: &FnCallExpr) -> Option<(Position, bool)> {
    let [_, Expr::BoolConstant(always, position)] = call.args.as_slice() else { return None };
    ["require", "warn_if", "dismiss_if"].contains(&call.name.as_str()).then_some((*position, *always))
}

fn compared(call: &FnCallExpr, position: Position) -> Option<(Position, bool)> {
    let [left, right] = call.args.as_slice() else { return None };
    let holds_when_same = match call.name.as_str() {
        "==" | "<=" | ">=" => true,
        "!=" | "<" | ">" => false,
        _ => return None,
    };
    if let (Expr::IntegerConstant(left, _), Expr::IntegerConstant(right, _)) = (left, right) {
        return Some((position, order(call.name.as_str(), left.cmp(right))));
    }
    if let (Expr::StringConstant(left, _), Expr::StringConstant(right, _)) = (left, right) {
        return Some((position, order(call.name.as_str(), left.as_str().cmp(right.as_str()))));
    }
    if let Expr::IntegerConstant(0, _) = right
        && is_count(left)
    {
        return match call.name.as_str() {
            ">=" => Some((position, true)),
            "<" => Some((position, false)),
            _ => None,
        };
    }
    let same = text(left)? == text(right)?;
    same.then_some((position, holds_when_same))
}

fn order(operator: &str, order: std::cmp::Ordering) -> bool {
    match operator {
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}

fn is_count(expression: &Expr) -> bool {
    match expression {
        Expr::Dot(pair, ..) => match &pair.rhs {
            Expr::Property(property, _) => COUNTS.contains(&property.2.as_str()),
            rest => is_count(rest),
        },
        _ => false,
    }
}

/// Whether one side is the opposite of another.
fn contradicts(sides: &[Expr]) -> bool {
    let opposite = |side: &Expr| match side {
        Expr::FnCall(call, _) if call.name == "!" => call.args.first().and_then(text),
        _ => None,
    };
    sides.iter().filter_map(opposite).any(|opposite| sides.iter().filter_map(text).any(|side| side == opposite))
}

/// An expression in one way of writing, where it gives the same every time.
fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::IntegerConstant(number, _) => Some(number.to_string()),
        Expr::BoolConstant(yes, _) => Some(yes.to_string()),
        Expr::StringConstant(text, _) => Some(format!("{text:?}")),
        Expr::Variable(name, ..) => Some(name.1.to_string()),
        Expr::Property(property, _) => Some(property.2.to_string()),
        Expr::Dot(pair, ..) => Some(format!("{}.{}", text(&pair.lhs)?, text(&pair.rhs)?)),
        Expr::FnCall(call, _) | Expr::MethodCall(call, _) => {
            let arguments: Option<Vec<String>> = call.args.iter().map(text).collect();
            Some(format!("{}({})", call.name, arguments?.join(", ")))
        }
        _ => None,
    }
}
