//! Attendance drawn by dice: small, crowded, with everything a rule may ask about.

use std::sync::Arc;

use bifall::domain::attendance::{ActivityKind, AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo, Sex};
use chrono::{Days, Duration};

use super::support::day;

/// A die that falls the same way every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    pub fn index(&mut self, sides: usize) -> usize {
        usize::try_from(self.below(u64::try_from(sides).expect("small"))).expect("small")
    }

    pub fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.index(at + 1));
        }
    }
}

/// Occasions over three weeks that begin before a turn of the half-year, on three cards and in three sports.
pub fn attendance(dice: &mut Dice) -> AttendanceData {
    let people = 2 + dice.index(10);
    let persons: Vec<PersonFacts> = (1..)
        .take(people)
        .map(|no| PersonFacts {
            no: PersonNo(no),
            birth: day("1950-03-01") + Days::new(if dice.one_in(5) { dice.below(12_000) } else { 16_500 + dice.below(10_500) }),
            sex: if dice.one_in(2) { Sex::Female } else { Sex::Male },
            resident: [Some(true), Some(true), Some(false), None][dice.index(4)],
        })
        .collect();
    let mut occasions: Vec<OccasionFacts> = (0..1 + dice.index(14))
        .map(|number| {
            let date = day("2026-06-15") + Days::new(dice.below(21));
            let start = date.and_hms_opt(16, 0, 0).expect("a time") + Duration::minutes(i64::try_from(dice.below(4)).expect("small") * 40);
            OccasionFacts {
                card: i32::try_from(dice.below(3)).expect("small"),
                code: format!("{number:03}"),
                start,
                stop: start + Duration::minutes(20 + i64::try_from(dice.below(160)).expect("small")),
                kind: [ActivityKind::Training, ActivityKind::Match, ActivityKind::Meeting, ActivityKind::Other][dice.index(4)],
                activity: ["Fotboll P12", "Innebandy", "Sommarläger", "Julfest"][dice.index(4)].to_owned(),
                place: ["Hallen", "Skolan"][dice.index(2)].to_owned(),
                team_sport: None,
                registered: (!dice.one_in(4)).then(|| date + Days::new(dice.below(60))),
            }
        })
        .collect();
    occasions.sort_by(|a, b| (a.start, a.card, &a.code).cmp(&(b.start, b.card, &b.code)));
    let mut marks = Vec::new();
    for occasion in 0..occasions.len() {
        for person in 0..people {
            let mut put = |class: MarkClass, lost_clash: bool| {
                let (occasion, person) = (u32::try_from(occasion).expect("small"), u32::try_from(person).expect("small"));
                marks.push(Mark { occasion, person, class, lost_clash });
            };
            let mut class = MarkClass::PARTICIPANT;
            class = if dice.one_in(6) { class.disability() } else { class };
            class = if dice.one_in(12) { class.absent() } else { class };
            class = if dice.one_in(9) { class.temporary_leader() } else { class };
            if !dice.one_in(3) {
                put(class, dice.one_in(15));
            }
            if dice.one_in(6) {
                put(MarkClass::LEADER_PRESENT, dice.one_in(15));
            }
        }
    }
    AttendanceData { occasions, persons, marks }
}

/// The same facts given in another order.
pub fn shuffled(data: &AttendanceData, dice: &mut Dice) -> AttendanceData {
    let mut order: Vec<usize> = (0..data.occasions.len()).collect();
    dice.shuffle(&mut order);
    let mut place = vec![0_u32; order.len()];
    for (new, old) in (0_u32..).zip(&order) {
        place[*old] = new;
    }
    let mut marks: Vec<Mark> =
        data.marks.iter().map(|mark| Mark { occasion: place[usize::try_from(mark.occasion).expect("small")], ..*mark }).collect();
    dice.shuffle(&mut marks);
    AttendanceData { occasions: order.iter().map(|old| data.occasions[*old].clone()).collect(), persons: data.persons.clone(), marks }
}

/// The same people under other numbers: what was first may now be last.
pub fn renumbered(data: &AttendanceData, dice: &mut Dice) -> AttendanceData {
    let mut order: Vec<usize> = (0..data.persons.len()).collect();
    dice.shuffle(&mut order);
    let mut place = vec![0_u32; order.len()];
    let mut persons = Vec::with_capacity(order.len());
    for (new, old) in (0_u32..).zip(&order) {
        place[*old] = new;
        persons.push(PersonFacts { no: PersonNo(i64::from(new) * 7 + 100), ..data.persons[*old] });
    }
    let mut marks: Vec<Mark> =
        data.marks.iter().map(|mark| Mark { person: place[usize::try_from(mark.person).expect("small")], ..*mark }).collect();
    marks.sort_by_key(|mark| (mark.occasion, mark.person, mark.class.is_leader(), mark.class));
    AttendanceData { occasions: data.occasions.clone(), persons, marks }
}

/// Shared, as calculations take it.
pub fn shared(data: AttendanceData) -> Arc<AttendanceData> {
    Arc::new(data)
}
