//! Attendance files as a club's attendance system would write them (DAK 2.2): weekly trainings through a spring.
//!
//! The same plan gives the same bytes every time.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::people::{Book, Dice, Person};
use crate::domain::attendance::Sex;
use crate::domain::calendar;

/// The spring that is generated: its first and last Monday.
const SPRING: (&str, &str) = ("2026-01-12", "2026-06-15");
/// Mondays of the weeks without training: the sports holiday and the week before Easter.
const FREE_WEEKS: [&str; 2] = ["2026-02-09", "2026-03-30"];

/// A club's groups and the seed of what cannot be foreseen.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Tells clubs apart.
    pub seed: u64,
    /// What most of it is, such as `Simning`.
    pub activity: &'static str,
    /// Where.
    pub place: &'static str,
    /// The groups.
    pub groups: &'static [Group],
}

/// A group that meets every week.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Name on the card.
    pub name: &'static str,
    /// Day of the week.
    pub weekday: Weekday,
    /// Start, hours and minutes.
    pub start: (u32, u32),
    /// How long, in minutes.
    pub minutes: i64,
    /// Years of birth of the participants, first and last.
    pub born: (i32, i32),
    /// Girls and women.
    pub girls: usize,
    /// Boys and men.
    pub boys: usize,
    /// Leaders.
    pub leaders: usize,
    /// What the participants may be said to be.
    pub kind: Kind,
    /// People who are in other groups too, and how many of the first meetings they come to.
    pub guests: &'static [(usize, usize)],
    /// First day of a camp of two days.
    pub camp: Option<&'static str>,
}

/// What sort of group it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Training in a team sport.
    Team,
    /// Other training.
    Training,
    /// Meetings, such as rehearsals.
    Meeting,
    /// Training for people with disabilities.
    Adapted,
}

/// How a file is addressed.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    /// Municipality code.
    pub municipality: &'a str,
    /// The id in the attendance system.
    pub external: &'a str,
    /// Organisation number.
    pub number: &'a str,
    /// Name.
    pub name: &'a str,
}

/// Writes a club's file. `shared` are the people that groups name as guests.
#[must_use]
pub fn file(plan: &Plan, address: Address<'_>, book: &mut Book, shared: &[Person]) -> String {
    let mut dice = Dice::new(plan.seed);
    let mut registers = Registers::default();
    let mut xml = String::with_capacity(400_000);
    let name = escaped(address.name);
    line(&mut xml, r#"<?xml version="1.0" encoding="utf-8"?>"#);
    line(&mut xml, r#"<Aktivitetskort xmlns="http://sverigesforeningssystem.se/importSchema.xsd">"#);
    line(&mut xml, &format!(r#"<Kommun kommunID="{}" version="2.2">"#, address.municipality));
    line(
        &mut xml,
        &format!(
            r#"<Foerening foereningsID="{}" foereningsNamn="{name}" organisationsnummer="{}">"#,
            escaped(address.external),
            address.number
        ),
    );
    for (at, group) in plan.groups.iter().enumerate() {
        let card = plan.seed * 100 + u64::try_from(at).unwrap_or_default();
        card_of(&mut xml, plan, group, card, book, shared, &mut dice, &mut registers);
    }
    line(&mut xml, "</Foerening></Kommun>");
    registers.write(&mut xml);
    line(&mut xml, "</Aktivitetskort>");
    xml
}

#[derive(Default)]
struct Registers {
    participants: Vec<(String, Person)>,
    leaders: Vec<(String, Person)>,
}

impl Registers {
    fn write(&self, xml: &mut String) {
        for (register, one, people) in [("DeltagarRegister", "Deltagare", &self.participants), ("LedarRegister", "Ledare", &self.leaders)] {
            line(xml, &format!("<{register}>"));
            for (id, person) in people {
                let (given, family, number) = (person.given, person.family, person.number.expose());
                line(
                    xml,
                    &format!(
                        r#"<{one} id="{id}"><Foernamn>{given}</Foernamn><Efternamn>{family}</Efternamn><Personnummer>{number}</Personnummer></{one}>"#
                    ),
                );
            }
            line(xml, &format!("</{register}>"));
        }
    }
}

/// A member of a group, and after how many meetings she stops coming.
struct Member {
    id: String,
    until: usize,
}

/// A meeting of a group.
struct Meeting {
    date: NaiveDate,
    start: NaiveTime,
    minutes: i64,
    what: &'static str,
    kind: &'static str,
}

#[expect(clippy::too_many_arguments, reason = "what a piece of the file is made of, written once")]
fn card_of(
    xml: &mut String,
    plan: &Plan,
    group: &Group,
    card: u64,
    book: &mut Book,
    shared: &[Person],
    dice: &mut Dice,
    registers: &mut Registers,
) {
    let years = u64::try_from(group.born.1 - group.born.0 + 1).unwrap_or(1);
    let mut members = Vec::new();
    for at in 0..group.girls + group.boys {
        let sex = if at < group.girls { Sex::Female } else { Sex::Male };
        let year = group.born.0 + i32::try_from(dice.below(years)).unwrap_or_default();
        let id = format!("{card}-{at:02}");
        registers.participants.push((id.clone(), book.born(dice, year, sex)));
        members.push(Member { id, until: usize::MAX });
    }
    for (who, until) in group.guests {
        // The same person has one id in a club's file, in however many groups she is.
        let id = format!("gast-{who}");
        if !registers.participants.iter().any(|(known, _)| *known == id) {
            registers.participants.push((id.clone(), shared[*who]));
        }
        members.push(Member { id, until: *until });
    }
    let mut leaders = Vec::new();
    for at in 0..group.leaders {
        // The first is grown up, the others may be in their teens.
        let year = if at == 0 { 1965 + dice.below(35) } else { 1998 + dice.below(15) };
        let sex = if dice.percent(50) { Sex::Female } else { Sex::Male };
        let id = format!("{card}-L{at}");
        registers.leaders.push((id.clone(), book.born(dice, i32::try_from(year).unwrap_or(1980), sex)));
        leaders.push(id);
    }
    line(xml, &format!(r#"<Naervarokort NaervarokortNummer="{card}">"#));
    let (activity, place, name) = (escaped(plan.activity), escaped(plan.place), escaped(group.name));
    line(xml, &format!("<Aktivitet>{activity}</Aktivitet><Lokal>{place}</Lokal><NamnPaaKort>{name}</NamnPaaKort><Sammankomster>"));
    for (at, meeting) in meetings(group, dice).iter().enumerate() {
        let coming: Vec<&Member> = members.iter().filter(|member| at < member.until).collect();
        occasion(xml, plan, group, card, meeting, &coming, &leaders, dice);
    }
    line(xml, "</Sammankomster></Naervarokort>");
}

/// Every week of the spring but the free ones and holidays, and the camp.
fn meetings(group: &Group, dice: &mut Dice) -> Vec<Meeting> {
    let day = |text: &str| text.parse::<NaiveDate>().expect("the dates of this file are dates");
    let start = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).expect("the plans' times are times");
    let (first, last) = (day(SPRING.0), day(SPRING.1));
    let free = FREE_WEEKS.map(day);
    let kind = match group.kind {
        Kind::Team | Kind::Training | Kind::Adapted => "Traening",
        Kind::Meeting => "Moete",
    };
    let mut found = Vec::new();
    for monday in first.iter_days().step_by(7).take_while(|monday| *monday <= last).filter(|monday| !free.contains(monday)) {
        let date = monday + Days::new(u64::from(group.weekday.num_days_from_monday()));
        if calendar::holiday(date).is_some() {
            continue;
        }
        // Now and then the hall is closed early: half an hour is too short for a grant.
        let minutes = if dice.percent(4) { 30 } else { group.minutes };
        let what = if group.kind == Kind::Meeting { "Repetition" } else { "Träning" };
        found.push(Meeting { date, start: start(group.start), minutes, what, kind });
    }
    if let Some(camp) = group.camp.map(day) {
        // Who is at the camp does not train that day too.
        found.retain(|meeting: &Meeting| meeting.date != camp && meeting.date != camp + Days::new(1));
        for date in [camp, camp + Days::new(1)] {
            found.push(Meeting { date, start: start((10, 0)), minutes: 360, what: "Läger", kind: "Oevrigt" });
        }
    }
    found.sort_by_key(|meeting| (meeting.date, meeting.start));
    found
}

#[expect(clippy::too_many_arguments, reason = "what a piece of the file is made of, written once")]
fn occasion(
    xml: &mut String,
    plan: &Plan,
    group: &Group,
    card: u64,
    meeting: &Meeting,
    members: &[&Member],
    leaders: &[String],
    dice: &mut Dice,
) {
    let stop = meeting.start + TimeDelta::minutes(meeting.minutes);
    let code = format!("{card}-{}", meeting.date.format("%m%d"));
    line(xml, &format!(r#"<Sammankomst Datum="{}" kod="{code}">"#, meeting.date));
    let team = if group.kind == Kind::Team && meeting.kind == "Traening" { "<Lagidrott>true</Lagidrott>" } else { "" };
    line(
        xml,
        &format!(
            "<StartTid>{}</StartTid><StoppTid>{stop}</StoppTid><Aktivitet>{}</Aktivitet><Lokal>{}</Lokal><Typ>{}</Typ><Metod>Add</Metod>{team}",
            meeting.start,
            meeting.what,
            escaped(plan.place),
            meeting.kind
        ),
    );
    line(xml, "<DeltagarLista>");
    for member in members {
        // Who is in two clubs never misses a meeting: the clashes of the story are to be there every time.
        let here = member.until != usize::MAX || member.id.starts_with("gast") || dice.percent(86);
        mark(xml, "Deltagare", &member.id, group.kind == Kind::Adapted, here);
    }
    line(xml, "</DeltagarLista><LedarLista>");
    // Once in a while the leader forgets to tick herself.
    let forgotten = dice.percent(3);
    for (at, leader) in leaders.iter().enumerate() {
        mark(xml, "Ledare", leader, false, !forgotten && (at == 0 || dice.percent(75)));
    }
    line(xml, "</LedarLista></Sammankomst>");
}

fn mark(xml: &mut String, element: &str, id: &str, disability: bool, here: bool) {
    line(xml, &format!(r#"<{element} id="{id}"><Handikapp>{disability}</Handikapp><Naervarande>{here}</Naervarande></{element}>"#));
}

fn line(xml: &mut String, text: &str) {
    writeln!(xml, "{text}").expect("a string takes every line");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
