//! Reads what people do in a state: tasks, checklists, and the scales they score by.

use super::model::{ChecklistComment, ChecklistItem, Count, Role, Scale, Task, TaskField, TaskFieldKind, TaskNeed};
use super::read::count;
use crate::domain::Localized;
use crate::text::definition::{Located, Table, Value};

pub(super) fn read_task(table: &Table<'_>) -> Option<Task> {
    let id = table.require("id").and_then(|value| value.id());
    let label = table.get("label").and_then(|value| value.localized());
    let role = table.require("role").and_then(|value| {
        value.one_of(&[
            ("officer", Role::Officer),
            ("decision_maker", Role::DecisionMaker),
            ("administrator", Role::Administrator),
            ("payment_officer", Role::PaymentOfficer),
        ])
    });
    let number = table.get("count").and_then(|value| read_count(&value)).unwrap_or(Count::Fixed(1));
    let blind = table.get("blind").and_then(|value| value.boolean()).unwrap_or(false);
    let four_eyes = table.get("four_eyes").and_then(|value| value.boolean()).unwrap_or(false);
    let mandatory = table.get("mandatory").and_then(|value| value.boolean()).unwrap_or(true);
    let when = table.get("when").and_then(|value| value.condition());
    let checklist = table.get("checklist").map(|value| value.items().iter().filter_map(read_item).collect()).unwrap_or_default();
    let form = table.get("form").map(|value| value.items().iter().filter_map(read_task_field).collect()).unwrap_or_default();
    table.finish();
    let need = match (when, mandatory) {
        (Some(written), _) => TaskNeed::When(written),
        (None, true) => TaskNeed::Mandatory,
        (None, false) => TaskNeed::Optional,
    };
    Some(Task { id: id?, label, role: role?, count: number, blind, four_eyes, need, checklist, form })
}

fn read_item(value: &Value<'_>) -> Option<ChecklistItem> {
    let table = value.table()?;
    let id = table.require("id").and_then(|value| value.id());
    let label = table.require("label").and_then(|value| value.localized());
    let comment = table
        .get("comment")
        .and_then(|value| {
            value.one_of(&[
                ("optional", ChecklistComment::Optional),
                ("when_not_done", ChecklistComment::WhenNotDone),
                ("always", ChecklistComment::Always),
            ])
        })
        .unwrap_or_default();
    let when = table.get("when").and_then(|value| value.condition());
    table.finish();
    Some(ChecklistItem { id: id?, label: label?, comment, when })
}

/// A number, or the name of the parameter that says it.
fn read_count(value: &Value<'_>) -> Option<Count> {
    if value.is_text() {
        return value.id().map(|id| Count::Parameter(Located { value: id, place: value.place() }));
    }
    count(value, 1, 20).map(Count::Fixed)
}

#[derive(Clone, Copy)]
enum TaskFieldWord {
    Scale,
    Moderation,
    Text,
    Conditions,
    Amount,
}

fn read_task_field(value: &Value<'_>) -> Option<TaskField> {
    let table = value.table()?;
    let id = table.require("id").and_then(|value| value.id());
    let label = table.require("label").and_then(|value| value.localized());
    let word = table.require("type").and_then(|value| {
        value.one_of(&[
            ("scale", TaskFieldWord::Scale),
            ("moderation", TaskFieldWord::Moderation),
            ("text", TaskFieldWord::Text),
            ("conditions", TaskFieldWord::Conditions),
            ("amount", TaskFieldWord::Amount),
        ])
    });
    let kind = match word {
        Some(TaskFieldWord::Scale) => read_scale(&table).map(TaskFieldKind::Scale),
        Some(TaskFieldWord::Moderation) => {
            let of = table.require("of").and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }));
            of.map(TaskFieldKind::Moderation)
        }
        Some(TaskFieldWord::Text) => Some(TaskFieldKind::Text),
        Some(TaskFieldWord::Conditions) => Some(TaskFieldKind::Conditions),
        Some(TaskFieldWord::Amount) => Some(TaskFieldKind::Amount),
        // Without a type nobody knows which keys fit: one problem is enough.
        None => {
            table.entries();
            return None;
        }
    };
    table.finish();
    Some(TaskField { id: id?, label: label?, kind: kind? })
}

fn read_scale(table: &Table<'_>) -> Option<Scale> {
    let weight = table.get("weight").and_then(|value| count(&value, 1, 100)).unwrap_or(1);
    let from = table.get("from").and_then(|value| count(&value, 0, 1)).unwrap_or(0);
    let levels = table.require("levels")?;
    let anchors: Vec<_> = levels.items().iter().filter_map(Value::localized).collect();
    if anchors.len() < 2 {
        levels.problem(
            "too_few_levels",
            Localized::both("En skala behöver minst två nivåer.", "A scale needs at least two levels."),
            Localized::both(
                "Skriv vad varje nivå betyder, den lägsta först: levels = [{ sv = \"…\" }, { sv = \"…\" }].",
                "Write what each level means, the lowest first: levels = [{ sv = \"…\" }, { sv = \"…\" }].",
            ),
        );
        return None;
    }
    Some(Scale { weight, from, levels: anchors })
}
