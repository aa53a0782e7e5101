//! What somebody fills in while doing a task, and what must be corrected in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::localized::Language;
use crate::domain::{Localized, Money};
use crate::services::error::Finding;
use crate::services::{ServiceError, ServiceResult, ranking};
use crate::text::fluent;
use crate::workflows::{ChecklistComment, ChecklistItem, Scale, Task, TaskField, TaskFieldKind};

/// What an officer filled in while doing a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Checklist lines by id: ticked or not.
    #[serde(default)]
    pub checked: BTreeMap<String, bool>,
    /// Judgements by field id.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// The proposed amount, where the task asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Scores by scale.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, Score>,
}

/// A level of a scale and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The level.
    pub level: u32,
    /// Why, in the assessor's words.
    pub why: String,
}

/// What is scored while doing a task: its own scales, or those it weighs together with the levels assessors gave.
#[derive(Clone, Debug, Default)]
pub(in crate::services) struct Scored<'p> {
    /// The scales with what they are called.
    pub scales: Vec<(&'p TaskField, &'p Scale)>,
    /// What assessors gave, by scale, where their scores are weighed together; none while one scores oneself.
    pub given: BTreeMap<String, Vec<u32>>,
    /// Whether it weighs other's scores together.
    pub moderates: bool,
}

/// Where the place of a scale's level and of its reasons is.
pub(in crate::services) fn level_place(scale: &str) -> String {
    format!("niva_{scale}")
}

/// The place of the reasons for a level.
pub(in crate::services) fn why_place(scale: &str) -> String {
    format!("skal_{scale}")
}

/// Everything that must be corrected in what was filled in.
///
/// # Errors
/// [`ServiceError::Invalid`] with a finding per place.
pub(in crate::services) fn check(
    task: &Task,
    lines: &[ChecklistItem],
    scored: &Scored<'_>,
    (filled, comment): (&Filled, &str),
    applied: Option<Money>,
) -> ServiceResult<()> {
    let mut findings = Vec::new();
    let mut find = |place: String, code: &str, message: Localized| {
        findings.push(Finding { place, code: code.to_owned(), message });
    };
    let silent = comment.trim().is_empty();
    for (field, scale) in &scored.scales {
        score(field, scale, scored, filled.scores.get(&field.id), &mut find);
    }
    let undone = lines.iter().find(|line| {
        let done = filled.checked.get(&line.id).copied().unwrap_or(false);
        silent && (line.comment == ChecklistComment::Always || (line.comment == ChecklistComment::WhenNotDone && !done))
    });
    if let Some(line) = undone {
        let message = Localized::both(
            format!("”{}” är inte avprickad. Skriv en kommentar om varför.", line.label.sv),
            format!("\"{}\" is not ticked. Write a comment why.", line.label.get(Language::En)),
        );
        find("comment".to_owned(), "comment_missing", message);
    }
    let wants_amount = task.form.iter().any(|field| matches!(field.kind, TaskFieldKind::Amount));
    if wants_amount && filled.amount.is_none() {
        let message = Localized::both("Fyll i ett föreslaget belopp.", "Fill in a proposed amount.");
        find("belopp".to_owned(), "amount_missing", message);
    }
    if let (Some(amount), Some(applied)) = (filled.amount, applied)
        && amount > applied
    {
        find("belopp".to_owned(), "over_applied", ranking::over_applied(applied));
    }
    if filled.amount.is_some_and(Money::is_negative) {
        let message = Localized::both("Beloppet kan inte vara mindre än 0 kr.", "The amount cannot be below 0 kr.");
        find("belopp".to_owned(), "negative", message);
    }
    if filled.amount.is_some() && silent && undone.is_none() {
        // The box is called on the page as the workflow calls it.
        let own = task.form.iter().find(|field| matches!(field.kind, TaskFieldKind::Text)).map(|field| field.label.clone());
        let label = own.unwrap_or_else(|| {
            let key = if task.form.iter().any(is_scored) { "assess-comment" } else { "case-task-comment" };
            Localized::both(fluent::plain(Language::Sv, key), fluent::plain(Language::En, key))
        });
        let message = Localized::both(
            format!("Skriv skälen för det föreslagna beloppet i rutan ”{}”.", label.sv),
            format!("Write the reasons for the proposed amount in the box \"{}\".", label.get(Language::En)),
        );
        find("comment".to_owned(), "reason_missing", message);
    }
    if findings.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(findings)) }
}

fn is_scored(field: &TaskField) -> bool {
    matches!(field.kind, TaskFieldKind::Scale(_) | TaskFieldKind::Moderation(_))
}

fn score(field: &TaskField, scale: &Scale, scored: &Scored<'_>, score: Option<&Score>, find: &mut impl FnMut(String, &str, Localized)) {
    let called =
        |sv: &str, en: &str| Localized::both(format!("{sv} ”{}”.", field.label.sv), format!("{en} \"{}\".", field.label.get(Language::En)));
    let Some(score) = score else {
        find(level_place(&field.id), "level_missing", called("Välj en nivå för", "Choose a level for"));
        return;
    };
    if scale.anchor(score.level).is_none() {
        find(level_place(&field.id), "no_such_level", called("Den nivån finns inte för", "There is no such level for"));
        return;
    }
    // Who weighs together and changes nothing that all agree about has nothing to explain.
    let given = scored.given.get(&field.id);
    let changed = !scored.moderates || given.is_none_or(|given| given.iter().any(|level| *level != score.level));
    if changed && score.why.trim().is_empty() {
        let words = if scored.moderates {
            called("Skriv varför poängen blev en annan än en bedömares för", "Write why the score differs from an assessor's for")
        } else {
            called("Skriv skälen för nivån på", "Write the reasons for the level of")
        };
        find(why_place(&field.id), "why_missing", words);
    }
}
