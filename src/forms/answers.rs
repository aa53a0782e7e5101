//! Which fields are shown and which answers are sent; what conditions see.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{Field, FieldKind, Section};
use super::form::Form;
use crate::domain::condition::{Literal, Lookup, Seen, Truth, Written};
use crate::domain::inputs::{Answer, Fact};
use crate::text::definition::Located;

/// Facts by id.
pub type Facts = BTreeMap<String, Fact>;

/// What conditions see: the answers of shown fields, calculated figures, and facts.
#[derive(Clone, Copy, Debug)]
pub struct Seeing<'s> {
    /// The form the answers belong to.
    pub form: &'s Form,
    /// The answers of shown fields.
    pub answers: &'s BTreeMap<String, Answer>,
    /// Facts from registers and officers.
    pub facts: &'s Facts,
}

impl Lookup for Seeing<'_> {
    fn seen(&self, name: &str) -> Seen {
        if let Some(field) = self.form.field(name) {
            if let FieldKind::Calculated(calculation) = &field.kind {
                return calculation.value(self.answers).map_or(Seen::Unknown, |value| Seen::One(Literal::Number(value)));
            }
            return self.answers.get(name).map_or(Seen::Unknown, answer_seen);
        }
        self.facts.get(name).map_or(Seen::Unknown, fact_seen)
    }
}

/// The ids of the fields that are shown. A hidden field's answer is unknown to the conditions of others.
#[must_use]
pub fn visible(form: &Form, answers: &BTreeMap<String, Answer>, facts: &Facts) -> BTreeSet<String> {
    let mut shown: BTreeSet<String> = form.fields().map(|field| field.id.clone()).collect();
    // Conditions form no circle (checked when the form is read), so as many rounds as fields settle it.
    for _ in 0..=form.fields().count() {
        let sent = only(answers, &shown);
        let seeing = Seeing { form, answers: &sent, facts };
        let next: BTreeSet<String> = form
            .sections
            .iter()
            .filter(|section| holds(section.show_if.as_ref(), &seeing))
            .flat_map(|section| section.fields.iter().filter(|field| holds(field.show_if.as_ref(), &seeing)))
            .map(|field| field.id.clone())
            .collect();
        if next == shown {
            break;
        }
        shown = next;
    }
    shown
}

/// Whether sections and fields are asked, as far as can be told: what rests on a question not yet answered is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// By section id.
    pub sections: BTreeMap<String, Truth>,
    /// By field id, the section's own condition included.
    pub fields: BTreeMap<String, Truth>,
}

impl Outlook {
    /// Whether a field is shown.
    #[must_use]
    pub fn shows(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|truth| truth.is_true())
    }
}

/// What is asked with these answers.
#[must_use]
pub fn outlook(form: &Form, answers: &BTreeMap<String, Answer>, facts: &Facts) -> Outlook {
    let sent = only(answers, &visible(form, answers, facts));
    let seeing = Seeing { form, answers: &sent, facts };
    let truth = |condition: Option<&Located<Written>>| condition.map_or(Truth::True, |written| written.value.condition.evaluate(&seeing));
    let mut outlook = Outlook { sections: BTreeMap::new(), fields: BTreeMap::new() };
    for section in &form.sections {
        let own = truth(section.show_if.as_ref());
        outlook.sections.insert(section.id.clone(), own);
        for field in &section.fields {
            outlook.fields.insert(field.id.clone(), own.and(truth(field.show_if.as_ref())));
        }
    }
    outlook
}

/// The answers that are sent: those of shown questions. The rest stay in the draft.
#[must_use]
pub fn sent_answers(form: &Form, answers: &BTreeMap<String, Answer>, facts: &Facts) -> BTreeMap<String, Answer> {
    let mut sent = only(answers, &visible(form, answers, facts));
    for field in form.fields() {
        if !field.kind.is_question() {
            sent.remove(&field.id);
        }
        if let (FieldKind::Group(group), Some(Answer::Group(rows))) = (&field.kind, sent.get_mut(&field.id)) {
            let outer = only(answers, &visible(form, answers, facts));
            for row in rows {
                let shown = visible_in_row(&group.fields, row, &Seeing { form, answers: &outer, facts });
                row.retain(|id, _| shown.contains(id));
            }
        }
    }
    sent
}

/// The fields shown in one repetition of a group.
pub(super) fn visible_in_row(fields: &[Field], row: &BTreeMap<String, Answer>, outer: &Seeing<'_>) -> BTreeSet<String> {
    let mut shown: BTreeSet<String> = fields.iter().map(|field| field.id.clone()).collect();
    for _ in 0..=fields.len() {
        let answers = only(row, &shown);
        let seeing = RowSeeing { fields, row: &answers, outer };
        let next = fields.iter().filter(|field| holds(field.show_if.as_ref(), &seeing)).map(|field| field.id.clone()).collect();
        if next == shown {
            break;
        }
        shown = next;
    }
    shown
}

/// What conditions within a repetition see: its own fields first, then the form's.
pub(super) struct RowSeeing<'s> {
    pub(super) fields: &'s [Field],
    pub(super) row: &'s BTreeMap<String, Answer>,
    pub(super) outer: &'s Seeing<'s>,
}

impl Lookup for RowSeeing<'_> {
    fn seen(&self, name: &str) -> Seen {
        if self.fields.iter().any(|field| field.id == name) {
            return self.row.get(name).map_or(Seen::Unknown, answer_seen);
        }
        self.outer.seen(name)
    }
}

/// The fields a field's visibility rests on, its section's included.
pub(super) fn visibility_names<'f>(section: &'f Section, field: &'f Field) -> Vec<&'f str> {
    section.show_if.iter().chain(&field.show_if).flat_map(|written| written.value.condition.names()).collect()
}

fn holds(condition: Option<&Located<Written>>, lookup: &dyn Lookup) -> bool {
    condition.is_none_or(|written| written.value.condition.evaluate(lookup).is_true())
}

fn only(answers: &BTreeMap<String, Answer>, ids: &BTreeSet<String>) -> BTreeMap<String, Answer> {
    answers.iter().filter(|(id, _)| ids.contains(*id)).map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

fn answer_seen(answer: &Answer) -> Seen {
    match answer {
        Answer::Text(text) => Seen::One(Literal::Text(text.clone())),
        Answer::YesNo(value) => Seen::One(Literal::Bool(*value)),
        Answer::Choice(id) => Seen::One(Literal::Text(id.clone())),
        Answer::Choices(ids) => Seen::Many(ids.clone()),
        Answer::Integer(value) => Seen::One(Literal::Number((*value).into())),
        Answer::Decimal(value) => Seen::One(Literal::Number(*value)),
        Answer::Money(value) => Seen::One(Literal::Number(value.kronor())),
        Answer::Date(date) => Seen::One(Literal::Date(*date)),
        Answer::DateRange(_) | Answer::Attachment(_) | Answer::Group(_) | Answer::Budget(_) | Answer::Members(_) => Seen::Answered,
    }
}

fn fact_seen(fact: &Fact) -> Seen {
    Seen::One(match fact {
        Fact::YesNo(value) => Literal::Bool(*value),
        Fact::Integer(value) => Literal::Number((*value).into()),
        Fact::Decimal(value) => Literal::Number(*value),
        Fact::Money(value) => Literal::Number(value.kronor()),
        Fact::Date(date) => Literal::Date(*date),
        Fact::Text(text) => Literal::Text(text.clone()),
    })
}
