//! Writes DAK 2.2: what is entered or corrected by hand takes the same way in as what a system sends.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::attendance::file::{AttendanceFile, FileCard, FileMark, FileOccasion, Method};
use crate::domain::attendance::ActivityKind;

const NAMESPACE: &str = "http://sverigesforeningssystem.se/importSchema.xsd";

/// Writes a file; reading it gives the same file again. Persons' ids are their places in it.
///
/// # Errors
/// When the writer fails.
pub fn write(out: &mut impl Write, file: &AttendanceFile) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="utf-8"?>"#)?;
    writeln!(out, r#"<Aktivitetskort xmlns="{NAMESPACE}">"#)?;
    writeln!(out, r#" <Kommun kommunID="{}" version="2.2">"#, clean(&file.municipality))?;
    for association in &file.associations {
        write!(out, r#"  <Foerening foereningsID="{}""#, clean(&association.id))?;
        if let Some(name) = &association.name {
            write!(out, r#" foereningsNamn="{}""#, clean(name))?;
        }
        if let Some(number) = association.organisation_number {
            write!(out, r#" organisationsnummer="{number}""#)?;
        }
        writeln!(out, ">")?;
        for one in &association.cards {
            card(out, one)?;
        }
        writeln!(out, "  </Foerening>")?;
    }
    writeln!(out, " </Kommun>")?;
    register(out, file, "Deltagar", "Deltagare", |mark| !mark.class.is_leader())?;
    register(out, file, "Ledar", "Ledare", |mark| mark.class.is_leader())?;
    writeln!(out, "</Aktivitetskort>")
}

fn card(out: &mut impl Write, card: &FileCard) -> io::Result<()> {
    writeln!(out, r#"   <Naervarokort NaervarokortNummer="{}">"#, card.number)?;
    writeln!(out, "    <Aktivitet>{}</Aktivitet><Lokal>{}</Lokal>", clean(&card.activity), clean(&card.place))?;
    if let Some(name) = &card.name {
        writeln!(out, "    <NamnPaaKort>{}</NamnPaaKort>", clean(name))?;
    }
    writeln!(out, "    <Sammankomster>")?;
    for one in &card.occasions {
        occasion(out, one)?;
    }
    writeln!(out, "    </Sammankomster>\n   </Naervarokort>")
}

fn occasion(out: &mut impl Write, occasion: &FileOccasion) -> io::Result<()> {
    let facts = &occasion.facts;
    let (start, stop) = (facts.start, facts.stop);
    writeln!(out, r#"     <Sammankomst Datum="{}" kod="{}">"#, start.date(), clean(&facts.code))?;
    write!(out, "      <StartTid>{}</StartTid><StoppTid>{}</StoppTid>", start.time(), stop.time())?;
    if stop.date() != start.date() {
        write!(out, "<StoppDatum>{}</StoppDatum>", stop.date())?;
    }
    writeln!(out)?;
    writeln!(out, "      <Aktivitet>{}</Aktivitet><Lokal>{}</Lokal>", clean(&facts.activity), clean(&facts.place))?;
    writeln!(out, "      <Typ>{}</Typ><Metod>{}</Metod>", kind(facts.kind), method(occasion.method))?;
    if let Some(team) = facts.team_sport {
        writeln!(out, "      <Lagidrott>{team}</Lagidrott>")?;
    }
    marks(out, "Deltagar", "Deltagare", occasion.marks.iter().filter(|mark| !mark.class.is_leader()))?;
    marks(out, "Ledar", "Ledare", occasion.marks.iter().filter(|mark| mark.class.is_leader()))?;
    writeln!(out, "     </Sammankomst>")
}

fn marks<'a>(out: &mut impl Write, list: &str, tag: &str, marks: impl Iterator<Item = &'a FileMark>) -> io::Result<()> {
    writeln!(out, "      <{list}Lista>")?;
    for mark in marks {
        let temporary = if mark.class.is_temporary_leader() { r#" tillfaelligLedare="true""# } else { "" };
        writeln!(
            out,
            r#"       <{tag} id="p{}"{temporary}><Handikapp>{}</Handikapp><Naervarande>{}</Naervarande></{tag}>"#,
            mark.person,
            mark.class.has_disability(),
            mark.class.is_present()
        )?;
    }
    writeln!(out, "      </{list}Lista>")
}

/// A register holds whoever is on one of its lists: the same person may be in both.
fn register(out: &mut impl Write, file: &AttendanceFile, list: &str, tag: &str, listed: impl Fn(&FileMark) -> bool) -> io::Result<()> {
    let mut there = vec![false; file.persons.len()];
    for mark in file.occasions().flat_map(|(_, occasion)| &occasion.marks).filter(|mark| listed(mark)) {
        if let Some(place) = usize::try_from(mark.person).ok().and_then(|at| there.get_mut(at)) {
            *place = true;
        }
    }
    writeln!(out, " <{list}Register>")?;
    for (at, person) in file.persons.iter().enumerate().filter(|(at, _)| there[*at]) {
        writeln!(
            out,
            r#"  <{tag} id="p{at}"><Foernamn>{}</Foernamn><Efternamn>{}</Efternamn><Personnummer>{}</Personnummer></{tag}>"#,
            clean(&person.name.given),
            clean(&person.name.family),
            person.number.expose()
        )?;
    }
    writeln!(out, " </{list}Register>")
}

const fn kind(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Training => "Traening",
        ActivityKind::Match => "Match",
        ActivityKind::Meeting => "Moete",
        ActivityKind::Other => "Oevrigt",
    }
}

const fn method(method: Method) -> &'static str {
    match method {
        Method::Add => "Add",
        Method::Update => "Update",
        Method::Remove => "Remove",
    }
}

/// Without what XML cannot hold.
fn clean(text: &str) -> String {
    let printable: String = text.chars().filter(|symbol| !symbol.is_control() && !matches!(symbol, '\u{fffe}' | '\u{ffff}')).collect();
    escape(printable.as_str()).into_owned()
}
