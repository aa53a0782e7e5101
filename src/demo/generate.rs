//! Attendance files as a club's attendance system would write them (DAK 2.2): weekly trainings through a spring.
//!
//! The same plan gives the same bytes every time.

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
    let (xml, registers) = (String::with_capacity(400_000), Registers::default());
    let mut draft = Draft { plan, book, shared, dice: Dice::new(plan.seed), registers, xml };
    let (external, name) = (escaped(address.external), escaped(address.name));
    draft.line(r#"<?xml version="1.0" encoding="utf-8"?>"#);
    draft.line(r#"<Aktivitetskort xmlns="http://sverigesforeningssystem.se/importSchema.xsd">"#);
    draft.line(&format!(r#"<Kommun kommunID="{}" version="2.2">"#, address.municipality));
    draft.line(&format!(r#"<Foerening foereningsID="{external}" foereningsNamn="{name}" organisationsnummer="{}">"#, address.number));
    for (at, group) in plan.groups.iter().enumerate() {
        draft.card(group, plan.seed * 100 + u64::try_from(at).unwrap_or_default());
    }
    draft.line("</Foerening></Kommun>");
    draft.registers();
    draft.line("</Aktivitetskort>");
    draft.xml
}

/// A file that is being written.
struct Draft<'a> {
    plan: &'a Plan,
    book: &'a mut Book,
    shared: &'a [Person],
    dice: Dice,
    registers: Registers,
    xml: String,
}

#[derive(Default)]
struct Registers {
    participants: Vec<(String, Person)>,
    leaders: Vec<(String, Person)>,
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

impl Draft<'_> {
    /// A group's card with its meetings; its people go into the registers.
    fn card(&mut self, group: &Group, card: u64) {
        let members = self.members(group, card);
        let leaders = self.leaders(group, card);
        self.line(&format!(r#"<Naervarokort NaervarokortNummer="{card}">"#));
        let (activity, place, name) = (escaped(self.plan.activity), escaped(self.plan.place), escaped(group.name));
        self.line(&format!("<Aktivitet>{activity}</Aktivitet><Lokal>{place}</Lokal><NamnPaaKort>{name}</NamnPaaKort><Sammankomster>"));
        for (at, meeting) in meetings(group, &mut self.dice).iter().enumerate() {
            let coming: Vec<&Member> = members.iter().filter(|member| at < member.until).collect();
            self.occasion(group, card, meeting, &coming, &leaders);
        }
        self.line("</Sammankomster></Naervarokort>");
    }

    fn members(&mut self, group: &Group, card: u64) -> Vec<Member> {
        let years = u64::try_from(group.born.1 - group.born.0 + 1).unwrap_or(1);
        let mut members = Vec::new();
        for at in 0..group.girls + group.boys {
            let sex = if at < group.girls { Sex::Female } else { Sex::Male };
            let year = group.born.0 + i32::try_from(self.dice.below(years)).unwrap_or_default();
            let id = format!("{card}-{at:02}");
            self.registers.participants.push((id.clone(), self.book.born(&mut self.dice, year, sex)));
            members.push(Member { id, until: usize::MAX });
        }
        for (who, until) in group.guests {
            // The same person has one id in a club's file, in however many groups she is.
            let id = format!("gast-{who}");
            if !self.registers.participants.iter().any(|(known, _)| *known == id) {
                self.registers.participants.push((id.clone(), self.shared[*who]));
            }
            members.push(Member { id, until: *until });
        }
        members
    }

    fn leaders(&mut self, group: &Group, card: u64) -> Vec<String> {
        let mut leaders = Vec::new();
        for at in 0..group.leaders {
            // The first is grown up, the others may be in their teens.
            let year = if at == 0 { 1965 + self.dice.below(35) } else { 1998 + self.dice.below(15) };
            let sex = if self.dice.percent(50) { Sex::Female } else { Sex::Male };
            let id = format!("{card}-L{at}");
            let leader = self.book.born(&mut self.dice, i32::try_from(year).unwrap_or(1980), sex);
            self.registers.leaders.push((id.clone(), leader));
            leaders.push(id);
        }
        leaders
    }

    fn occasion(&mut self, group: &Group, card: u64, meeting: &Meeting, members: &[&Member], leaders: &[String]) {
        let (start, stop) = (meeting.start, meeting.start + TimeDelta::minutes(meeting.minutes));
        let code = format!("{card}-{}", meeting.date.format("%m%d"));
        let (what, place, kind) = (meeting.what, escaped(self.plan.place), meeting.kind);
        let team = if group.kind == Kind::Team && kind == "Traening" { "<Lagidrott>true</Lagidrott>" } else { "" };
        self.line(&format!(r#"<Sammankomst Datum="{}" kod="{code}">"#, meeting.date));
        self.line(&format!("<StartTid>{start}</StartTid><StoppTid>{stop}</StoppTid><Aktivitet>{what}</Aktivitet><Lokal>{place}</Lokal>"));
        self.line(&format!("<Typ>{kind}</Typ><Metod>Add</Metod>{team}"));
        self.line("<DeltagarLista>");
        for member in members {
            // Who is in two clubs never misses a meeting: the clashes of the story are to be there every time.
            let here = member.id.starts_with("gast") || self.dice.percent(86);
            self.mark("Deltagare", &member.id, group.kind == Kind::Adapted, here);
        }
        self.line("</DeltagarLista><LedarLista>");
        // Once in a while the leader forgets to tick herself.
        let forgotten = self.dice.percent(3);
        for (at, leader) in leaders.iter().enumerate() {
            let here = !forgotten && (at == 0 || self.dice.percent(75));
            self.mark("Ledare", leader, false, here);
        }
        self.line("</LedarLista></Sammankomst>");
    }

    fn mark(&mut self, element: &str, id: &str, disability: bool, here: bool) {
        let (open, close) = (format!(r#"<{element} id="{id}">"#), format!("</{element}>"));
        self.line(&format!("{open}<Handikapp>{disability}</Handikapp><Naervarande>{here}</Naervarande>{close}"));
    }

    fn registers(&mut self) {
        let Registers { participants, leaders } = std::mem::take(&mut self.registers);
        for (register, one, people) in [("DeltagarRegister", "Deltagare", participants), ("LedarRegister", "Ledare", leaders)] {
            self.line(&format!("<{register}>"));
            for (id, person) in people {
                let (given, family, number) = (person.given, person.family, person.number.expose());
                self.line(&format!(r#"<{one} id="{id}"><Foernamn>{given}</Foernamn><Efternamn>{family}</Efternamn>"#));
                self.line(&format!("<Personnummer>{number}</Personnummer></{one}>"));
            }
            self.line(&format!("</{register}>"));
        }
    }

    fn line(&mut self, text: &str) {
        self.xml.push_str(text);
        self.xml.push('\n');
    }
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

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
