//! A city's year of attendance: 600 associations, two and a half million marks, the same every time.
//!
//! Written in the shape of a real exporter, indentation and empty lines included (about 190 bytes a mark). Personal
//! numbers are of the test series (serials 238 and 239), so that nobody's own number is ever made.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate};

/// How many associations, where `BENCH_ASSOCIATIONS` does not say otherwise.
const ASSOCIATIONS: u32 = 600;
/// How many groups each has.
const CARDS: u32 = 3;
/// How many members a group has.
const MEMBERS: u32 = 40;
/// How many occasions a group has in a year.
const OCCASIONS: u32 = 100;
/// How many people there are in the city: two for each day of ninety years.
const PEOPLE: u32 = 65_000;

/// How many associations the city has.
pub fn associations() -> u32 {
    std::env::var("BENCH_ASSOCIATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(ASSOCIATIONS)
}

/// A city on disk.
pub struct City {
    folder: PathBuf,
    /// How many marks its files hold.
    pub marks: u64,
}

impl City {
    /// The city in a folder, made there when it is not.
    pub fn at(folder: &Path) -> Self {
        let done = folder.join("marks");
        if let Ok(text) = std::fs::read_to_string(&done) {
            return Self { folder: folder.to_owned(), marks: text.trim().parse().unwrap() };
        }
        std::fs::create_dir_all(folder).unwrap();
        let mut marks = 0;
        for association in 0..associations() {
            let (text, count) = file(association);
            marks += count;
            std::fs::write(path(folder, association), text).unwrap();
        }
        std::fs::write(done, marks.to_string()).unwrap();
        Self { folder: folder.to_owned(), marks }
    }

    /// An association's file.
    pub fn file(&self, association: u32) -> PathBuf {
        path(&self.folder, association)
    }
}

fn path(folder: &Path, association: u32) -> PathBuf {
    folder.join(format!("{association:03}.xml"))
}

/// The organisation number of an association: `802` and its place, with check digit.
pub fn organisation_number(place: u32) -> String {
    let nine = format!("802{place:06}");
    format!("{nine}{}", check_digit(&nine))
}

/// What the attendance system calls an association.
pub fn external_id(association: u32) -> String {
    format!("{}", 50_000 + association)
}

fn check_digit(nine: &str) -> u32 {
    let sum: u32 = nine
        .bytes()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

fn personal_number(person: u32) -> String {
    let first = NaiveDate::from_ymd_opt(1931, 1, 1).unwrap();
    let birth = first.checked_add_days(Days::new(u64::from(person / 2))).unwrap();
    let serial = 238 + person % 2;
    let nine = format!("{:02}{:02}{:02}{serial}", birth.year() % 100, birth.month(), birth.day());
    format!("{:04}{}{}", birth.year(), &nine[2..], check_digit(&nine))
}

/// A small generator of numbers that only have to look unlike each other (xorshift64*).
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 to below the limit.
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        u32::try_from(high % u64::from(limit)).unwrap()
    }
}

fn file(association: u32) -> (String, u64) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (u64::from(association) + 1));
    let mut marks = 0;
    let mut text = String::with_capacity(1 << 20);
    let number = organisation_number(association);
    write!(
        text,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Aktivitetskort xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"http://sverigesforeningssystem.se/importSchema.xsd\">\n  \
         <Kommun kommunID=\"1480\" version=\"2.2\">\n      <Foerening foereningsID=\"{}\" foereningsNamn=\"Förening {association}\" \
         organisationsnummer=\"{}-{}\">\n",
        external_id(association),
        &number[..6],
        &number[6..]
    )
    .unwrap();
    let mut people: Vec<(u32, u32)> = Vec::new();
    for card in 0..CARDS {
        let mut members: Vec<(u32, u32)> = Vec::new();
        while members.len() < usize::try_from(MEMBERS).unwrap() {
            let person = dice.below(PEOPLE);
            // Somebody twice on one card would be one mark to the reader.
            if !members.iter().any(|(_, known)| *known == person) {
                members.push((3_000_000 + card * MEMBERS + u32::try_from(members.len()).unwrap(), person));
            }
        }
        marks += write_card(&mut text, &mut dice, association, card, &members);
        people.extend(members);
    }
    text.push_str("      </Foerening>\n  </Kommun>\n");
    write_register(&mut text, "DeltagarRegister", "Deltagare", &people);
    write_register(&mut text, "LedarRegister", "Ledare", &people);
    text.push_str("</Aktivitetskort>\n");
    (text, marks)
}

fn write_card(text: &mut String, dice: &mut Dice, association: u32, card: u32, members: &[(u32, u32)]) -> u64 {
    let number = association * CARDS + card + 1;
    write!(
        text,
        "      <Naervarokort NaervarokortNummer=\"{number}\">\n        <Aktivitet>Fotboll</Aktivitet>\n        <Lokal>Hall {}</Lokal>\n        \
         <NamnPaaKort>Grupp {card}</NamnPaaKort>\n        <Sammankomster>\n",
        association % 90
    )
    .unwrap();
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(u64::from(dice.below(7)));
    let second = u64::from(1 + dice.below(6));
    let hour = 14 + dice.below(7);
    let mut marks = 0;
    for occasion in 0..OCCASIONS {
        let date = first + Days::new(u64::from(occasion / 2) * 7 + u64::from(occasion % 2) * second);
        write!(
            text,
            "        \n          <Sammankomst Datum=\"{date}\" kod=\"{:02}{:02}{number:06}\">\n            <StartTid>{hour}:00:00</StartTid>\n            \
             <StoppTid>{}:15:00</StoppTid>\n            <Aktivitet>Träning {}</Aktivitet>\n            <Lokal>Hall {}</Lokal>\n            \
             <Typ>Traening</Typ>\n            <Metod>Add</Metod>\n            <DeltagarLista>\n",
            date.month(),
            date.day(),
            hour + 1,
            occasion % 5,
            association % 90
        )
        .unwrap();
        let leaders = 1 + dice.below(2);
        let present = 10 + dice.below(6);
        let from = dice.below(MEMBERS);
        for at in 0..present {
            write_mark(text, "Deltagare", members[usize::try_from((from + at * 3) % MEMBERS).unwrap()].0);
        }
        text.push_str("            \n            </DeltagarLista>\n            <LedarLista>\n");
        for at in 0..leaders {
            write_mark(text, "Ledare", members[usize::try_from(at).unwrap()].0);
        }
        text.push_str("            \n            </LedarLista>\n          </Sammankomst>\n");
        marks += u64::from(present + leaders);
    }
    text.push_str("        </Sammankomster>\n      </Naervarokort>\n");
    marks
}

fn write_mark(text: &mut String, name: &str, id: u32) {
    write!(
        text,
        "            \n              <{name} id=\"{id}\">\n                <Handikapp>false</Handikapp>\n                \
         <Naervarande>true</Naervarande>\n              </{name}>\n"
    )
    .unwrap();
}

fn write_register(text: &mut String, register: &str, name: &str, people: &[(u32, u32)]) {
    writeln!(text, "  <{register}>").unwrap();
    for (id, person) in people {
        write!(
            text,
            "    \n    <{name} id=\"{id}\">\n      <Foernamn>Namn{}</Foernamn>\n      <Efternamn>Släkt{}</Efternamn>\n      \
             <Personnummer>{}</Personnummer>\n      <Epost>{id}@forening.example</Epost>\n    </{name}>\n",
            person % 400,
            person % 997,
            personal_number(*person)
        )
        .unwrap();
    }
    write!(text, "    \n  </{register}>\n").unwrap();
}
