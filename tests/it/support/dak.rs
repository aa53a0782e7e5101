//! Attendance files as an attendance system writes them, with test persons only.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

/// A test person: Skatteverket's series, serial 238 for women and 239 for men.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    birth: NaiveDate,
    female: bool,
    coordination: bool,
}

/// A girl born a number of days after 1 January 2014: twelve years old in 2026 while the number stays below 365.
pub fn girl(no: u64) -> Person {
    Person { birth: NaiveDate::from_ymd_opt(2014, 1, 1).unwrap() + chrono::Days::new(no), female: true, coordination: false }
}

/// A boy, likewise.
pub fn boy(no: u64) -> Person {
    Person { female: false, ..girl(no) }
}

/// A girl two years older.
pub fn older_girl(no: u64) -> Person {
    Person { birth: NaiveDate::from_ymd_opt(2012, 1, 1).unwrap() + chrono::Days::new(no), ..girl(no) }
}

/// An adult born in 1985.
pub fn adult(no: u64) -> Person {
    Person { birth: NaiveDate::from_ymd_opt(1985, 1, 1).unwrap() + chrono::Days::new(no), female: true, coordination: false }
}

/// Some girls.
pub fn girls(from: u64, count: u64) -> Vec<Person> {
    (from..from + count).map(girl).collect()
}

impl Person {
    /// The same person with a samordningsnummer: sixty added to the day.
    pub fn coordinated(self) -> Self {
        Self { coordination: true, ..self }
    }

    /// Twelve digits.
    pub fn number(self) -> String {
        let day = self.birth.day() + if self.coordination { 60 } else { 0 };
        let body = format!("{:04}{:02}{day:02}{}", self.birth.year(), self.birth.month(), if self.female { 238 } else { 239 });
        // Luhn over the last nine digits, twos first.
        let sum: u32 = body[2..]
            .bytes()
            .zip([2, 1].into_iter().cycle())
            .map(|(digit, weight)| {
                let product = u32::from(digit - b'0') * weight;
                product / 10 + product % 10
            })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    }
}

/// A participant's or leader's mark.
#[derive(Clone, Copy, Debug)]
struct Entry {
    person: Person,
    present: bool,
    disability: bool,
    temporary: bool,
}

/// An occasion.
#[derive(Clone, Debug)]
pub struct Occasion {
    date: String,
    start: String,
    stop: String,
    code: String,
    method: &'static str,
    kind: &'static str,
    participants: Vec<Entry>,
    leaders: Vec<Entry>,
}

/// An hour from 18 on a day, with its code, participants and one grown-up leader.
pub fn occasion(date: &str, code: &str, participants: &[Person]) -> Occasion {
    let entry = |person: Person| Entry { person, present: true, disability: false, temporary: false };
    Occasion {
        date: date.to_owned(),
        start: "18:00:00".to_owned(),
        stop: "19:00:00".to_owned(),
        code: format!("kod-{code}"),
        method: "Add",
        kind: "Traening",
        participants: participants.iter().copied().map(entry).collect(),
        leaders: vec![entry(adult(0))],
    }
}

impl Occasion {
    /// Other times of day.
    pub fn at(mut self, start: &str, stop: &str) -> Self {
        (self.start, self.stop) = (format!("{start}:00"), format!("{stop}:00"));
        self
    }

    /// Another method.
    pub fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// Nobody on the list of leaders.
    pub fn leaderless(mut self) -> Self {
        self.leaders.clear();
        self
    }

    /// Another leader.
    pub fn led_by(mut self, leader: Person) -> Self {
        self.leaders = vec![Entry { person: leader, present: true, disability: false, temporary: false }];
        self
    }

    /// Somebody who was not there.
    pub fn absent(mut self, person: Person) -> Self {
        self.participants.push(Entry { person, present: false, disability: false, temporary: false });
        self
    }

    /// Somebody with a disability.
    pub fn disabled(mut self, person: Person) -> Self {
        self.participants.push(Entry { person, present: true, disability: true, temporary: false });
        self
    }

    /// A participant who led for once.
    pub fn temporary_leader(mut self, person: Person) -> Self {
        self.participants.push(Entry { person, present: true, disability: false, temporary: true });
        self
    }
}

/// A DAK 2.2 file of an association with one card.
pub fn file(external: &str, number: &str, occasions: &[Occasion]) -> Vec<u8> {
    versioned("2.2", "http://sverigesforeningssystem.se/importSchema.xsd", external, number, occasions)
}

/// A DAK 2.1 file, whose stop before start lies on the next day.
pub fn file_21(external: &str, number: &str, occasions: &[Occasion]) -> Vec<u8> {
    versioned("2.1", "http://aktivitetskort.net.umea.se/importSchema.xsd", external, number, occasions)
}

fn versioned(version: &str, namespace: &str, external: &str, number: &str, occasions: &[Occasion]) -> Vec<u8> {
    let mut persons: Vec<Person> = Vec::new();
    let mut leaders: Vec<Person> = Vec::new();
    let mut body = String::new();
    for one in occasions {
        let Occasion { date, start, stop, code, method, kind, .. } = one;
        write!(
            body,
            r#"<Sammankomst Datum="{date}" kod="{code}"><StartTid>{start}</StartTid><StoppTid>{stop}</StoppTid><Aktivitet>Träning</Aktivitet><Lokal>Hallen</Lokal><Typ>{kind}</Typ><Metod>{method}</Metod><DeltagarLista>"#
        )
        .unwrap();
        for entry in &one.participants {
            let id = place(&mut persons, entry.person);
            let temporary = if entry.temporary { r#" tillfaelligLedare="true""# } else { "" };
            write!(
                body,
                r#"<Deltagare id="d{id}"{temporary}><Handikapp>{}</Handikapp><Naervarande>{}</Naervarande></Deltagare>"#,
                entry.disability, entry.present
            )
            .unwrap();
        }
        body.push_str("</DeltagarLista><LedarLista>");
        for entry in &one.leaders {
            let id = place(&mut leaders, entry.person);
            write!(
                body,
                r#"<Ledare id="l{id}"><Handikapp>{}</Handikapp><Naervarande>{}</Naervarande></Ledare>"#,
                entry.disability, entry.present
            )
            .unwrap();
        }
        body.push_str("</LedarLista></Sammankomst>");
    }
    let register = |tag: &str, prefix: &str, list: &[Person]| {
        let mut text = String::new();
        for (at, person) in list.iter().enumerate() {
            write!(
                text,
                r#"<{tag} id="{prefix}{at}"><Foernamn>Åsa{at}</Foernamn><Efternamn>Öberg</Efternamn><Personnummer>{}</Personnummer></{tag}>"#,
                person.number()
            )
            .unwrap();
        }
        text
    };
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><Aktivitetskort xmlns="{namespace}"><Kommun kommunID="1480" version="{version}"><Foerening foereningsID="{external}" foereningsNamn="Påhittad" organisationsnummer="{number}"><Naervarokort NaervarokortNummer="7"><Aktivitet>Träning</Aktivitet><Lokal>Hallen</Lokal><NamnPaaKort>Kort</NamnPaaKort><Sammankomster>{body}</Sammankomster></Naervarokort></Foerening></Kommun><DeltagarRegister>{}</DeltagarRegister><LedarRegister>{}</LedarRegister></Aktivitetskort>"#,
        register("Deltagare", "d", &persons),
        register("Ledare", "l", &leaders)
    )
    .into_bytes()
}

fn place(list: &mut Vec<Person>, person: Person) -> usize {
    list.iter().position(|known| *known == person).unwrap_or_else(|| {
        list.push(person);
        list.len() - 1
    })
}
