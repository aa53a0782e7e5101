//! What an import does to the occasions that are there.
//!
//! An occasion is never updated: a new version replaces the one that was valid. DAK 2.2: `Add`
//! inserts or replaces the whole occasion, `Update` changes only the marks that are sent, `Remove`
//! takes it away. Senders repeat themselves, so whatever changes nothing leaves the version as it is.

use std::collections::HashMap;

use chrono::Datelike;

use super::file::Method;
use crate::domain::attendance::{MarkClass, OccasionFacts, PersonNo};

/// One person's mark, as versions compare them.
pub type PersonMark = (PersonNo, MarkClass);

/// What tells one occasion of an association and source from another.
///
/// The year is part of it because widespread senders make the code from month and day alone: without
/// it next year's occasion would replace this year's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccasionKey {
    /// The attendance card's number.
    pub card: i32,
    /// The occasion's code.
    pub code: String,
    /// The year of its date.
    pub year: i32,
}

impl OccasionKey {
    /// The key of an occasion.
    #[must_use]
    pub fn of(facts: &OccasionFacts) -> Self {
        Self { card: facts.card, code: facts.code.clone(), year: facts.date().year() }
    }
}

/// An occasion version that is valid now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current<Id> {
    /// The version's id.
    pub id: Id,
    /// Its facts.
    pub facts: OccasionFacts,
    /// Its marks, in any order.
    pub marks: Vec<PersonMark>,
}

/// An occasion of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What the sender wants done.
    pub method: Method,
    /// Its facts.
    pub facts: OccasionFacts,
    /// Its marks, in any order.
    pub marks: Vec<PersonMark>,
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<Id> {
    /// A version of an occasion that was not there.
    Insert {
        /// Its facts.
        facts: OccasionFacts,
        /// Its marks, by person and role.
        marks: Vec<PersonMark>,
    },
    /// A version in the place of another.
    Replace {
        /// The version that is valid no more.
        replaced: Id,
        /// The facts of the new one.
        facts: OccasionFacts,
        /// The marks of the new one, by person and role.
        marks: Vec<PersonMark>,
    },
    /// A version is valid no more and nothing takes its place.
    Withdraw {
        /// The version.
        withdrawn: Id,
    },
}

/// What an import comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<Id> {
    /// What is to be written, in the order of the import.
    pub changes: Vec<Change<Id>>,
    /// How many occasions were sent as they already are.
    pub unchanged: usize,
    /// Occasions to update or remove that are not there: indices into what was sent, for the report.
    pub unknown: Vec<usize>,
}

/// Compares an import with the valid occasions of the same association and source.
#[must_use]
pub fn plan<Id: Copy>(current: &[Current<Id>], sent: &[Sent]) -> Plan<Id> {
    let mut places: HashMap<OccasionKey, usize> = HashMap::with_capacity(current.len());
    let mut slots: Vec<Slot<Id>> = Vec::with_capacity(current.len());
    for version in current {
        let state = State { facts: version.facts.clone(), marks: in_order(&version.marks) };
        places.insert(OccasionKey::of(&version.facts), slots.len());
        slots.push(Slot { before: Some((version.id, state.clone())), now: Some(state) });
    }
    let mut touched = Vec::with_capacity(sent.len());
    let mut unknown = Vec::new();
    for (index, occasion) in sent.iter().enumerate() {
        let place = *places.entry(OccasionKey::of(&occasion.facts)).or_insert_with(|| {
            slots.push(Slot { before: None, now: None });
            slots.len() - 1
        });
        let slot = &mut slots[place];
        match (occasion.method, &mut slot.now) {
            (Method::Add, now) => *now = Some(State { facts: occasion.facts.clone(), marks: in_order(&occasion.marks) }),
            (Method::Update, Some(now)) => now.marks = updated(&now.marks, &occasion.marks),
            (Method::Remove, now @ Some(_)) => *now = None,
            (Method::Update | Method::Remove, None) => unknown.push(index),
        }
        touched.push(place);
    }
    let mut plan = Plan { changes: Vec::new(), unchanged: 0, unknown };
    for place in touched {
        // Taken, so that an occasion sent twice is written once.
        let slot = std::mem::replace(&mut slots[place], Slot { before: None, now: None });
        match (slot.before, slot.now) {
            (None, None) => {}
            (None, Some(State { facts, marks })) => plan.changes.push(Change::Insert { facts, marks }),
            (Some((withdrawn, _)), None) => plan.changes.push(Change::Withdraw { withdrawn }),
            (Some((_, before)), Some(now)) if before == now => plan.unchanged += 1,
            (Some((replaced, _)), Some(State { facts, marks })) => plan.changes.push(Change::Replace { replaced, facts, marks }),
        }
    }
    plan
}

struct Slot<Id> {
    before: Option<(Id, State)>,
    now: Option<State>,
}

#[derive(Clone, PartialEq, Eq)]
struct State {
    facts: OccasionFacts,
    marks: Vec<PersonMark>,
}

fn in_order(marks: &[PersonMark]) -> Vec<PersonMark> {
    let mut marks = marks.to_vec();
    marks.sort_by_key(role);
    // The last word on a person in a role holds, as when a list is sent twice.
    marks.reverse();
    marks.dedup_by_key(|mark| role(mark));
    marks.reverse();
    marks
}

fn updated(before: &[PersonMark], sent: &[PersonMark]) -> Vec<PersonMark> {
    let mut all = before.to_vec();
    all.extend_from_slice(sent);
    in_order(&all)
}

fn role(mark: &PersonMark) -> (PersonNo, bool) {
    (mark.0, mark.1.is_leader())
}
