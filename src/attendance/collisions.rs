//! Clashes: the same person at two occasions at the same time, in one association or in two.
//!
//! Found a day at a time over all associations, so that memory does not grow with the period.
//! Nobody can be in two places: participants and leaders alike, whatever the roles.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::attendance::{MarkClass, PersonNo};

/// An occasion as the caller knows it: its association's and its own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccasionRef {
    /// The association.
    pub association: u32,
    /// The occasion.
    pub occasion: u32,
}

/// An occasion that touches the day.
#[derive(Clone, Debug)]
pub struct DayOccasion<'a> {
    /// Which occasion.
    pub occasion: OccasionRef,
    /// When it begins.
    pub start: NaiveDateTime,
    /// When it ends.
    pub stop: NaiveDateTime,
    /// Its card, for the total order.
    pub card: i32,
    /// Its code, for the total order.
    pub code: &'a str,
    /// Whether it was there when the period was locked.
    pub arrival: Arrival,
    /// Its marks.
    pub marks: &'a [(PersonNo, MarkClass)],
}

/// When an occasion came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// Before the period was locked.
    InTime,
    /// After it: such an occasion loses every clash with one in time.
    AfterLock,
}

/// One person at two occasions that overlap. `a` is before `b` in the total order: date, start, card, code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clash {
    /// Who.
    pub person: PersonNo,
    /// The first occasion.
    pub a: OccasionRef,
    /// The second.
    pub b: OccasionRef,
    /// Whether each of the two was there when the period was locked.
    pub arrivals: (Arrival, Arrival),
    /// Whether one association or two.
    pub scope: Scope,
    /// In which roles.
    pub kind: Kind,
}

/// Whether a clash is one association's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Both occasions are the same association's.
    Within,
    /// They are two associations'.
    Across,
}

/// The roles in a clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Participant at both.
    Participant,
    /// Leader at both.
    Leader,
    /// Participant at one and leader at the other, or both roles at one of them.
    Mixed,
}

/// The clashes that begin on a day.
///
/// `occasions` are all that touch the day, also those that began the day before: a clash is told on
/// the day its overlap begins, so that none is told twice. Only those present clash, and nobody
/// clashes with herself at one occasion.
#[must_use]
pub fn find(day: NaiveDate, occasions: &[DayOccasion<'_>]) -> Vec<Clash> {
    let mut order: Vec<&DayOccasion<'_>> = occasions.iter().collect();
    order.sort_by_key(|occasion| total_order(occasion));
    let mut presences: Vec<Presence> = Vec::new();
    for (rank, occasion) in order.iter().enumerate() {
        let first = presences.len();
        for (person, class) in occasion.marks.iter().filter(|(_, class)| class.is_present()) {
            presences.push(Presence { person: *person, rank, participant: !class.is_leader(), leader: class.is_leader() });
        }
        // Both roles at one occasion are one presence.
        presences[first..].sort_by_key(|presence| presence.person);
        let own = presences.split_off(first);
        for presence in own {
            match presences[first..].last_mut() {
                Some(last) if last.person == presence.person => {
                    last.participant |= presence.participant;
                    last.leader |= presence.leader;
                }
                _ => presences.push(presence),
            }
        }
    }
    presences.sort_by_key(|presence| (presence.person, presence.rank));
    let mut clashes = Vec::new();
    for own in presences.chunk_by(|a, b| a.person == b.person) {
        for (place, first) in own.iter().enumerate() {
            let a = order[first.rank];
            for second in &own[place + 1..] {
                let b = order[second.rank];
                let begins = a.start.max(b.start);
                if begins < a.stop.min(b.stop) && begins.date() == day {
                    clashes.push(Clash {
                        person: first.person,
                        a: a.occasion,
                        b: b.occasion,
                        arrivals: (a.arrival, b.arrival),
                        scope: if a.occasion.association == b.occasion.association { Scope::Within } else { Scope::Across },
                        kind: kind(first, second),
                    });
                }
            }
        }
    }
    clashes
}

struct Presence {
    person: PersonNo,
    rank: usize,
    participant: bool,
    leader: bool,
}

/// In time before late; then date and start, card, code; the caller's numbers last, so that no tie is left.
fn total_order<'a>(occasion: &DayOccasion<'a>) -> (Arrival, NaiveDateTime, i32, &'a str, OccasionRef) {
    (occasion.arrival, occasion.start, occasion.card, occasion.code, occasion.occasion)
}

fn kind(first: &Presence, second: &Presence) -> Kind {
    let participant = !first.leader && !second.leader;
    let leader = !first.participant && !second.participant;
    match (participant, leader) {
        (true, _) => Kind::Participant,
        (false, true) => Kind::Leader,
        (false, false) => Kind::Mixed,
    }
}

/// What a grant type says of clashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Which clashes it looks at.
    pub reach: Reach,
    /// What holds where nobody answered.
    pub default: Verdict,
}

/// Which clashes a grant type looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those within one association.
    Within,
    /// Those within one association and between two.
    Everywhere,
}

/// What holds where nobody answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Neither mark counts.
    None,
    /// The mark that is first in the total order counts.
    First,
    /// Both count.
    Both,
    /// An officer decides; until then both count.
    Officer,
}

/// An answer to one clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The mark at the first occasion counts.
    A,
    /// The mark at the second counts.
    B,
    /// Both count.
    Both,
    /// Neither counts.
    Neither,
}

/// What became of clashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The marks that do not count, in both roles if the person had two.
    pub lost: BTreeSet<(OccasionRef, PersonNo)>,
    /// The clashes an officer has to decide.
    pub for_officer: Vec<Clash>,
}

/// Who must not be asked about, and what was answered.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Persons with protected identity: nobody is asked about them, no officer sees them in a list.
    pub protected: HashSet<PersonNo>,
    /// The answers, by person and the clash's two occasions.
    pub answers: BTreeMap<(PersonNo, OccasionRef, OccasionRef), Answer>,
}

/// Decides which marks are lost.
///
/// A mark after the lock loses to one in time whatever the policy or the answers. Answers go before
/// the default, and a mark that has lost takes no other with it: of three in a chain under `first`,
/// the first and the third count. A protected person is left to the default; where that is an
/// officer, to the first mark, so that she is in nobody's list.
#[must_use]
pub fn resolve(clashes: &[Clash], policy: Policy, knowledge: &Knowledge) -> Resolution {
    let mut resolution = Resolution::default();
    let mut open = Vec::new();
    let reached = clashes.iter().filter(|clash| policy.reach == Reach::Everywhere || clash.scope == Scope::Within);
    for clash in reached {
        let answer = knowledge.answers.get(&(clash.person, clash.a, clash.b)).copied();
        match (clash.arrivals, answer.filter(|_| !knowledge.protected.contains(&clash.person))) {
            ((Arrival::InTime, Arrival::AfterLock), _) => lose(&mut resolution, clash, Answer::A),
            ((Arrival::AfterLock, Arrival::InTime), _) => lose(&mut resolution, clash, Answer::B),
            (_, Some(answer)) => lose(&mut resolution, clash, answer),
            (_, None) => open.push(clash),
        }
    }
    // As found: by person, and for each in the total order, so that an earlier mark is judged before a later one.
    let before = resolution.lost.clone();
    for clash in open {
        let verdict = match policy.default {
            Verdict::Officer if knowledge.protected.contains(&clash.person) => Verdict::First,
            other => other,
        };
        match verdict {
            Verdict::Both => {}
            // "None" is symmetrical: what else is lost by default does not excuse the other mark.
            Verdict::None if !moot(&before, clash) => lose(&mut resolution, clash, Answer::Neither),
            Verdict::First if !moot(&resolution.lost, clash) => lose(&mut resolution, clash, Answer::A),
            Verdict::Officer if !moot(&before, clash) => resolution.for_officer.push(*clash),
            Verdict::None | Verdict::First | Verdict::Officer => {}
        }
    }
    resolution
}

fn moot(lost: &BTreeSet<(OccasionRef, PersonNo)>, clash: &Clash) -> bool {
    lost.contains(&(clash.a, clash.person)) || lost.contains(&(clash.b, clash.person))
}

fn lose(resolution: &mut Resolution, clash: &Clash, answer: Answer) {
    if matches!(answer, Answer::B | Answer::Neither) {
        resolution.lost.insert((clash.a, clash.person));
    }
    if matches!(answer, Answer::A | Answer::Neither) {
        resolution.lost.insert((clash.b, clash.person));
    }
}

/// A clash as one association may see it: membership elsewhere can be sensitive, so another association's side has no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who.
    pub person: PersonNo,
    /// The association's own occasion.
    pub own: u32,
    /// The other registration.
    pub other: OtherSide,
}

/// The other side of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherSide {
    /// Another occasion of the same association.
    Own(u32),
    /// "En annan registrering".
    Another,
}

/// What one association is asked: never about protected persons.
#[must_use]
pub fn questions(clashes: &[Clash], association: u32, policy: Policy, protected: &HashSet<PersonNo>) -> Vec<Question> {
    let mut questions = Vec::new();
    for clash in clashes.iter().filter(|clash| !protected.contains(&clash.person)) {
        let (a, b) = (clash.a, clash.b);
        match clash.scope {
            Scope::Within if a.association == association => {
                questions.push(Question { person: clash.person, own: a.occasion, other: OtherSide::Own(b.occasion) });
            }
            Scope::Across if policy.reach == Reach::Everywhere => {
                if let Some(own) = [a, b].into_iter().find(|side| side.association == association) {
                    questions.push(Question { person: clash.person, own: own.occasion, other: OtherSide::Another });
                }
            }
            Scope::Within | Scope::Across => {}
        }
    }
    questions
}
