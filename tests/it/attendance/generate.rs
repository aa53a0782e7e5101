//! Writes attendance files of any size, the same every time, with numbers of Skatteverket's test series.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

/// What a written file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) occasions: u64,
    pub(super) participant_marks: u64,
    pub(super) leader_marks: u64,
    pub(super) persons: u64,
}

const PARTICIPANTS: u64 = 14;
const OCCASIONS_PER_CARD: u64 = 400;

/// Writes a DAK 2.2 file of at least `marks` present marks: occasions of fourteen participants and one leader.
pub(super) fn dak22(out: &mut impl Write, marks: u64) -> io::Result<Written> {
    let occasions = marks.div_ceil(PARTICIPANTS + 1).max(1);
    let groups = occasions.div_ceil(OCCASIONS_PER_CARD);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<Aktivitetskort xmlns=\"http://sverigesforeningssystem.se/importSchema.xsd\">")?;
    writeln!(out, "  <Kommun kommunID=\"1480\" version=\"2.2\">")?;
    writeln!(out, "    <Foerening foereningsID=\"4711\" foereningsNamn=\"Ängsholmens IF\" organisationsnummer=\"802999-9904\">")?;
    for group in 0..groups {
        writeln!(out, "      <Naervarokort NaervarokortNummer=\"{}\">", group + 1)?;
        writeln!(
            out,
            "        <Aktivitet>Fotboll</Aktivitet>\n        <Lokal>Ängsvallen</Lokal>\n        <NamnPaaKort>Grupp {group}</NamnPaaKort>"
        )?;
        writeln!(out, "        <Sammankomster>")?;
        let first = group * OCCASIONS_PER_CARD;
        for occasion in first..occasions.min(first + OCCASIONS_PER_CARD) {
            let date = day(2025, (occasion - first) % 365);
            writeln!(out, "          <Sammankomst Datum=\"{date}\" kod=\"{group}-{occasion}\">")?;
            writeln!(out, "            <StartTid>18:00:00</StartTid>\n            <StoppTid>19:30:00</StoppTid>")?;
            writeln!(
                out,
                "            <Aktivitet>Träning</Aktivitet>\n            <Lokal>Ängsvallen</Lokal>\n            <Typ>Traening</Typ>\n            <Metod>Add</Metod>"
            )?;
            writeln!(out, "            <DeltagarLista>")?;
            for seat in 0..PARTICIPANTS {
                mark(out, "Deltagare", group * PARTICIPANTS + seat)?;
            }
            writeln!(out, "            </DeltagarLista>\n            <LedarLista>")?;
            mark(out, "Ledare", group)?;
            writeln!(out, "            </LedarLista>\n          </Sammankomst>")?;
        }
        writeln!(out, "        </Sammankomster>\n      </Naervarokort>")?;
    }
    writeln!(out, "    </Foerening>\n  </Kommun>\n  <DeltagarRegister>")?;
    for member in 0..groups * PARTICIPANTS {
        person(out, "Deltagare", member, &number(2008, member))?;
    }
    writeln!(out, "  </DeltagarRegister>\n  <LedarRegister>")?;
    for leader in 0..groups {
        person(out, "Ledare", leader, &number(1960, leader))?;
    }
    writeln!(out, "  </LedarRegister>\n</Aktivitetskort>")?;
    Ok(Written { occasions, participant_marks: occasions * PARTICIPANTS, leader_marks: occasions, persons: groups * (PARTICIPANTS + 1) })
}

/// The `nth` test number of those born from a year on: two a day, one for each sex.
pub(super) fn number(year: i32, nth: u64) -> String {
    let digits = format!("{}{}", day(year, nth / 2).format("%Y%m%d"), if nth.is_multiple_of(2) { "238" } else { "239" });
    let sum: u32 = digits[2..]
        .chars()
        .enumerate()
        .map(|(place, digit)| {
            let value = digit.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn day(year: i32, nth: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap() + Days::new(nth)
}

fn mark(out: &mut impl Write, element: &str, id: u64) -> io::Result<()> {
    writeln!(
        out,
        "              <{element} id=\"33{id:05}\">\n                <Handikapp>false</Handikapp>\n                <Naervarande>true</Naervarande>\n              </{element}>"
    )
}

fn person(out: &mut impl Write, element: &str, id: u64, number: &str) -> io::Result<()> {
    writeln!(
        out,
        "    <{element} id=\"33{id:05}\">\n      <Foernamn>Alva</Foernamn>\n      <Efternamn>Berg {id}</Efternamn>\n      <Personnummer>{number}</Personnummer>\n    </{element}>"
    )
}
