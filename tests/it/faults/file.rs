//! An attendance file of some thousand marks, made here.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};

/// Occasions a file has.
const OCCASIONS: u64 = 170;
/// Participants at each.
const PARTICIPANTS: u32 = 30;

/// The file of an association: with a leader at each occasion 5,270 marks. `at` keeps associations' people apart.
pub fn attendance(number: &str, external: &str, at: u32) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Aktivitetskort xmlns=\"http://sverigesforeningssystem.se/importSchema.xsd\">\
         <Kommun kommunID=\"1480\" version=\"2.2\"><Foerening organisationsnummer=\"{number}\" foereningsID=\"{external}\" \
         foereningsNamn=\"Prov\"><Naervarokort NaervarokortNummer=\"1\"><Aktivitet>Scouting</Aktivitet><Lokal>Lokalen</Lokal>\
         <NamnPaaKort>Alla</NamnPaaKort><Sammankomster>"
    );
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    for occasion in 0..OCCASIONS {
        let day = first.checked_add_days(Days::new(occasion)).unwrap();
        write!(
            text,
            "<Sammankomst kod=\"s{occasion:03}\" Datum=\"{day}\"><StartTid>18:00:00</StartTid><StoppTid>19:30:00</StoppTid>\
             <Aktivitet>Möte</Aktivitet><Lokal>Lokalen</Lokal><Typ>Traening</Typ><Metod>Add</Metod><DeltagarLista>"
        )
        .unwrap();
        for person in 0..PARTICIPANTS {
            write!(text, "<Deltagare id=\"p{person}\"><Handikapp>false</Handikapp><Naervarande>true</Naervarande></Deltagare>").unwrap();
        }
        text.push_str(
            "</DeltagarLista><LedarLista><Ledare id=\"ledare\"><Handikapp>false</Handikapp><Naervarande>true</Naervarande></Ledare>",
        );
        text.push_str("</LedarLista></Sammankomst>");
    }
    text.push_str("</Sammankomster></Naervarokort></Foerening></Kommun><DeltagarRegister>");
    for person in 0..PARTICIPANTS {
        let birth =
            NaiveDate::from_ymd_opt(2012, 1, 1).unwrap().checked_add_days(Days::new(u64::from(at * PARTICIPANTS + person))).unwrap();
        let number = personal_number(birth, person);
        write!(
            text,
            "<Deltagare id=\"p{person}\"><Foernamn>Prov</Foernamn><Efternamn>Person</Efternamn><Personnummer>{number}</Personnummer></Deltagare>"
        )
        .unwrap();
    }
    let leader = personal_number(NaiveDate::from_ymd_opt(1985, 6, 1 + at).unwrap(), 0);
    writeln!(
        text,
        "</DeltagarRegister><LedarRegister><Ledare id=\"ledare\"><Foernamn>Prov</Foernamn><Efternamn>Ledare</Efternamn>\
         <Personnummer>{leader}</Personnummer></Ledare></LedarRegister></Aktivitetskort>"
    )
    .unwrap();
    text
}

/// A number of Skatteverket's test series: serials 238 (a woman's) and 239 (a man's) are nobody's.
fn personal_number(birth: NaiveDate, place: u32) -> String {
    let body = format!("{:04}{:02}{:02}{}", birth.year(), birth.month(), birth.day(), 238 + place % 2);
    let check: u32 = body[2..]
        .bytes()
        .enumerate()
        .map(|(place, byte)| u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 })
        .map(|value| value / 10 + value % 10)
        .sum();
    format!("{body}{}", (10 - check % 10) % 10)
}
