//! How far each section has come.

use super::{Draft, SectionOf};
use crate::domain::Localized;
use crate::domain::condition::Truth;
use crate::domain::draft::{DraftKind, SectionState};
use crate::forms::{self, Facts, Field, Finding, Form, Section};

/// The sections of the list: all of them, or those a supplement was asked for.
pub(super) fn of(draft: &Draft, seen: &[String]) -> Vec<SectionOf> {
    let findings = findings(draft);
    let form = &draft.package.form;
    let asked = |section: &&Section| draft.requested.as_ref().is_none_or(|requested| requested.opens(&section.id));
    let judge = |section: &Section| {
        let waits_for = waits_for(draft, section, seen);
        let state = match draft.outlook.sections.get(&section.id).copied().unwrap_or(Truth::True) {
            Truth::False => SectionState::NotNeeded,
            Truth::Unknown if waits_for.is_some() => SectionState::CannotStartYet,
            Truth::Unknown => SectionState::NotNeeded,
            Truth::True => shown(draft, section, seen, &findings),
        };
        let waits_for = waits_for.filter(|_| state == SectionState::CannotStartYet);
        SectionOf { id: section.id.clone(), state, waits_for }
    };
    form.sections.iter().filter(asked).map(judge).collect()
}

fn shown(draft: &Draft, section: &Section, seen: &[String], findings: &[Finding]) -> SectionState {
    let went_through = seen.contains(&section.id);
    let questions = || section.fields.iter().filter(|field| field.kind.is_question());
    let whole = !findings.iter().any(|finding| belongs(section, finding))
        && !questions().any(|field| draft.outlook.shows(&field.id) && is_unread(draft, field))
        && !questions().any(|field| open_follow_up(draft, field, seen));
    if draft.kind == DraftKind::Supplement {
        let changed = questions().any(|field| changed(draft, field));
        // A request that names no section asks for what its text says: sections that hold together need no touch.
        let named = draft.requested.as_ref().is_some_and(|requested| !requested.sections.is_empty());
        return match (changed || went_through, whole) {
            (false, true) if !named => SectionState::Done,
            (false, _) => SectionState::ChangeRequested,
            (true, true) => SectionState::Changed,
            (true, false) => SectionState::InProgress,
        };
    }
    let begun = questions().any(|field| draft.written.contains_key(&field.id));
    match (begun || went_through, whole) {
        (false, _) => SectionState::NotStarted,
        (true, true) => SectionState::Done,
        (true, false) => SectionState::InProgress,
    }
}

/// What is to be corrected in the whole draft, in the order of the form: what cannot be read first at its own field.
pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    let form = &draft.package.form;
    let judged = forms::validate(form, &draft.answers, &Facts::new());
    let mut found = Vec::new();
    for field in form.fields().filter(|field| draft.outlook.shows(&field.id)) {
        match draft.unreadable.get(&field.id) {
            Some(unreadable) => found.extend(unreadable.iter().cloned()),
            None => found.extend(judged.iter().filter(|finding| head(&finding.field) == field.id).cloned()),
        }
    }
    found
}

fn head(place: &str) -> &str {
    place.split('.').next().unwrap_or(place)
}

fn belongs(section: &Section, finding: &Finding) -> bool {
    section.fields.iter().any(|field| field.id == head(&finding.field))
}

fn is_unread(draft: &Draft, field: &Field) -> bool {
    draft.written.get(&field.id).is_some_and(|written| written.source.is_unread())
}

fn changed(draft: &Draft, field: &Field) -> bool {
    draft.before.as_ref().is_some_and(|before| before.get(&field.id) != draft.answers.get(&field.id))
}

/// A question that rests on one nobody has answered or passed by yet: it may still be asked.
fn open_follow_up(draft: &Draft, field: &Field, seen: &[String]) -> bool {
    let unknown = draft.outlook.fields.get(&field.id) == Some(&Truth::Unknown);
    let names = || field.show_if.iter().flat_map(|written| written.value.condition.names());
    unknown && names().any(|name| unanswered(draft, name, seen).is_some())
}

/// The question a section waits for, where it may still be asked.
fn waits_for(draft: &Draft, section: &Section, seen: &[String]) -> Option<Localized> {
    let names = section.show_if.iter().flat_map(|written| written.value.condition.names());
    names.into_iter().find_map(|name| unanswered(draft, name, seen))
}

/// The label of a question that is neither answered nor was left empty on purpose.
fn unanswered(draft: &Draft, name: &str, seen: &[String]) -> Option<Localized> {
    let form: &Form = &draft.package.form;
    let section = form.sections.iter().find(|section| section.fields.iter().any(|field| field.id == name))?;
    let field = section.fields.iter().find(|field| field.id == name)?;
    let open = !draft.answers.contains_key(name) && !seen.contains(&section.id);
    open.then(|| field.label.clone())
}
