//! Holds what rules do with answers against the form: fields that a group has not, and answers that may be missing.

use std::collections::BTreeSet;

use super::cross::unknown;
use crate::domain::condition::Written;
use crate::domain::{Localized, Problem};
use crate::forms::{Field, FieldKind, Form, Requirement};
use crate::rules::{Asked, Reads, Undecided};
use crate::text::definition::Located;

/// What is wrong, or may be, in the order of the script.
pub(super) fn problems(form: &Form, reads: &Reads) -> Vec<Problem> {
    let missing = reads.undecided.iter().filter(|condition| may_be_missing(form, condition)).map(undecided);
    parts(form, reads).into_iter().chain(missing).collect()
}

/// Fields of repetitions that the form does not have. What is no repeating group has no fields to hold them against.
fn parts(form: &Form, reads: &Reads) -> Vec<Problem> {
    let of = |part: &crate::rules::Part| {
        let known: Vec<&str> = fields_of(form, &part.group)?.iter().filter(|field| field.kind.is_question()).map(id_of).collect();
        let (sv, en) = (format!("Gruppen ”{}” har ingen fråga", part.group), format!("The group \"{}\" has no question", part.group));
        unknown(&part.field, "unknown_answer", (&sv, &en), &known)
    };
    reads.parts.iter().filter_map(of).collect()
}

fn id_of(field: &Field) -> &str {
    &field.id
}

fn fields_of<'f>(form: &'f Form, group: &str) -> Option<&'f [Field]> {
    match &form.field(group)?.kind {
        FieldKind::Group(group) => Some(&group.fields),
        _ => None,
    }
}

/// Whether an application may be sent without the answer where the condition stands. A question that is asked only of some
/// is taken to be answered where the rules look at what decides whether it is asked.
fn may_be_missing(form: &Form, condition: &Undecided) -> bool {
    let Some((field, mut conditions)) = question(form, &condition.asked) else { return false };
    match &field.required {
        Requirement::Optional => return true,
        Requirement::Required => {}
        Requirement::RequiredIf(written) => conditions.push(written),
    }
    let decides: BTreeSet<&str> = conditions.iter().flat_map(|written| written.value.condition.names()).collect();
    let told = condition.beside.iter().any(|other| decides.contains(other.id.as_str()));
    // What a fact decides cannot be seen in the script's answers.
    let by_fact = form.facts.iter().any(|fact| decides.contains(fact.id.as_str()));
    !conditions.is_empty() && !told && !by_fact
}

/// A question with what decides whether it is shown; a repetition is there only when its group is.
fn question<'f>(form: &'f Form, asked: &Asked) -> Option<(&'f Field, Vec<&'f Located<Written>>)> {
    let (field, section) = match &asked.group {
        Some(group) => (fields_of(form, group)?.iter().find(|field| field.id == asked.id)?, None),
        None => form.sections.iter().find_map(|section| {
            let field = section.fields.iter().find(|field| field.id == asked.id)?;
            Some((field, section.show_if.as_ref()))
        })?,
    };
    field.kind.is_question().then(|| (field, section.into_iter().chain(&field.show_if).collect()))
}

fn undecided(condition: &Undecided) -> Problem {
    let (id, written) = (&condition.asked.id, &condition.written);
    Problem::warning(
        condition.place.clone(),
        "may_be_unanswered",
        Localized::both(
            format!("”{id}” kan vara obesvarad, och då går villkoret inte att avgöra."),
            format!("\"{id}\" may be unanswered, and the condition cannot be decided then."),
        ),
        Localized::both(
            format!("Fråga först om svaret finns: answered({written}) && … Eller gör frågan obligatorisk i formuläret."),
            format!("Ask first whether there is an answer: answered({written}) && … Or make the question required in the form."),
        ),
    )
}
