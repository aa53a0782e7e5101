//! What each tag adds to the model: attributes where it opens, values where it closes.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::builder::{Builder, Register, Target, shortened, shown};
use super::draft::{MarkDraft, PersonDraft, Version};
use super::tag::Tag;
use super::value::{self, Int, TimeOfDay};
use super::{Here, Strictness};
use crate::attendance::file::{FileAssociation, FileCard, FileMark, FileOccasion, FilePerson, Method};
use crate::attendance::finding::{Finding, FindingCode, PersonName, Subject};
use crate::attendance::report::{ExcludedPerson, masked_id};
use crate::domain::Localized;
use crate::domain::attendance::{ActivityKind, MarkClass};
use crate::domain::person_number::{PersonNumber, PersonNumberError};
use crate::domain::problem::Severity;

/// More than this is no single occasion; said, not refused.
const LONG_DAYS: i64 = 14;

impl Builder<'_> {
    pub(super) fn open(&mut self, tag: Tag, start: &BytesStart<'_>, here: &mut Here<'_, '_>) {
        match tag {
            Tag::Participant | Tag::Leader => self.open_mark(tag, start, here),
            Tag::Occasion => {
                let line = here.line();
                self.occasion.reset(line);
                self.receipt.occasions += 1;
                let [date, code] = self.attributes(start, here, ["Datum", "kod"]);
                self.occasion.date = self.required(date, "Datum", line).and_then(|text| {
                    let date = value::date(&text);
                    self.expect(date, &text, "Datum", line)
                });
                if let Some(code) = self.required(code, "kod", line) {
                    self.check_length(&code, 3, 50, "kod", line);
                    self.occasion_code(code, line);
                }
            }
            Tag::Card => self.open_card(start, here),
            Tag::Association => self.open_association(start, here),
            Tag::Municipality => self.open_municipality(start, here),
            Tag::RegisteredParticipant | Tag::RegisteredLeader => {
                let line = here.line();
                let [id] = self.attributes(start, here, ["id"]);
                let id = self.required(id, "id", line).unwrap_or_default();
                self.check_length(&id, 2, 50, "id", line);
                self.person = PersonDraft { line, id, ..PersonDraft::default() };
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, tag: Tag, text: &str, here: &mut Here<'_, '_>) {
        match tag {
            Tag::Disability => {
                if self.flag(text, "Handikapp", here) {
                    self.mark.class = self.mark.class.disability();
                }
            }
            Tag::Present => {
                if !self.flag(text, "Naervarande", here) {
                    self.mark.class = self.mark.class.absent();
                }
            }
            Tag::TemporaryLeader => {
                if self.flag(text, "TillfaelligLedare", here) {
                    self.mark.class = self.mark.class.temporary_leader();
                }
            }
            Tag::Participant => self.close_mark(self.mark.class),
            Tag::Leader => self.close_mark(self.mark.class.leader()),
            Tag::Start => {
                let line = here.line();
                let start = match value::time(text) {
                    Some(TimeOfDay::At(time)) => Some(time),
                    Some(TimeOfDay::EndOfDay) | None => None,
                };
                self.occasion.start = self.expect(start, text, "StartTid", line);
            }
            Tag::Stop => {
                let line = here.line();
                self.occasion.stop = self.expect(value::time(text), text, "StoppTid", line);
            }
            Tag::StopDate => self.stop_date(text, here),
            Tag::Activity => self.occasion.activity = self.limited(text, 150, "Aktivitet", here),
            Tag::Place => self.occasion.place = self.limited(text, 150, "Lokal", here),
            Tag::Kind => {
                let kind = match text {
                    "Traening" => Some(ActivityKind::Training),
                    "Match" => Some(ActivityKind::Match),
                    "Moete" => Some(ActivityKind::Meeting),
                    "Oevrigt" => Some(ActivityKind::Other),
                    _ => None,
                };
                let line = here.line();
                self.occasion.kind = self.expect(kind, text, "Typ", line).unwrap_or_default();
            }
            Tag::Method => {
                let method = match text {
                    "Add" => Some(Method::Add),
                    "Update" => Some(Method::Update),
                    "Remove" => Some(Method::Remove),
                    _ => None,
                };
                let line = here.line();
                self.occasion.method = self.expect(method, text, "Metod", line);
            }
            Tag::TeamSport => self.occasion.team_sport = Some(self.flag(text, "Lagidrott", here)),
            Tag::CardActivity => {
                let text = self.limited(text, 150, "Aktivitet", here);
                if let Some(card) = self.card() {
                    card.activity = text;
                }
            }
            Tag::CardPlace => {
                let text = self.limited(text, 150, "Lokal", here);
                if let Some(card) = self.card() {
                    card.place = text;
                }
            }
            Tag::CardName => {
                let text = self.limited(text, 50, "NamnPaaKort", here);
                if let Some(card) = self.card() {
                    card.name = Some(text).filter(|name| !name.is_empty());
                }
            }
            Tag::GivenName => self.person.given = self.limited(text, 100, "Foernamn", here),
            Tag::FamilyName => self.person.family = self.limited(text, 100, "Efternamn", here),
            // One more than any form of a personal number, so that its length is judged and no more is kept.
            Tag::PersonalNumber => self.person.number = text.chars().take(14).collect(),
            Tag::Occasion => self.close_occasion(),
            Tag::RegisteredParticipant => self.close_person(Register::Participants),
            Tag::RegisteredLeader => self.close_person(Register::Leaders),
            Tag::Removed => {
                let line = here.line();
                self.findings.warning(
                    line,
                    FindingCode::Ignored,
                    Localized::both(
                        "BorttagnaSammankomster läses inte. Ta bort en sammankomst genom att skicka den med Metod Remove.",
                        "BorttagnaSammankomster is not read. Remove an occasion by sending it with Metod Remove.",
                    ),
                );
            }
            Tag::Root
            | Tag::Municipality
            | Tag::Association
            | Tag::Card
            | Tag::Occasions
            | Tag::Participants
            | Tag::Leaders
            | Tag::ParticipantRegister
            | Tag::LeaderRegister
            | Tag::Dropped
            | Tag::Skipped => {}
        }
    }

    fn open_mark(&mut self, tag: Tag, start: &BytesStart<'_>, here: &mut Here<'_, '_>) {
        self.mark = MarkDraft::default();
        let register = if tag == Tag::Leader { Register::Leaders } else { Register::Participants };
        // Nearly every mark is written ` id="…"`: no iterator, no copy.
        let plain = start.attributes_raw().strip_prefix(" id=\"").and_then(|rest| rest.strip_suffix('"'));
        if let Some(id) = plain.filter(|id| !id.bytes().any(|byte| matches!(byte, b'"' | b'&' | b'\n' | b'\t' | b'\r'))) {
            self.mark_id(register, id, here);
            return;
        }
        let [id, temporary] = self.attributes(start, here, ["id", "tillfaelligLedare"]);
        let line = here.line();
        if let Some(id) = self.required(id, "id", line) {
            self.mark_id(register, &id, here);
        }
        if let Some(text) = temporary.filter(|_| tag == Tag::Participant)
            && self.flag(text.trim(), "tillfaelligLedare", here)
        {
            self.mark.class = self.mark.class.temporary_leader();
        }
    }

    fn mark_id(&mut self, register: Register, id: &str, here: &mut Here<'_, '_>) {
        let local = self.local(register, id);
        self.mark.local = Some(local);
        let place = usize::try_from(local).expect("an index that was made from a length");
        if self.locals[place].first_mark == 0 {
            let line = here.line();
            self.locals[place].first_mark = line;
            self.check_length(id, 2, 50, "id", line);
        }
    }

    fn close_mark(&mut self, class: MarkClass) {
        if let Some(local) = self.mark.local {
            self.occasion.marks.push(FileMark { person: local, class });
        }
    }

    fn open_municipality(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>) {
        let line = here.line();
        let [code, version] = self.attributes(start, here, ["kommunID", "version"]);
        if let Some(text) = self.required(code, "kommunID", line) {
            match value::int(text.trim()) {
                // Systems that keep the code as a number lose the zero of 0180.
                Int::Fits(code @ 1..=9999) => self.municipality_code(format!("{code:04}"), line),
                Int::Fits(_) | Int::TooLarge | Int::NotANumber => {
                    self.expect::<()>(None, &text, "kommunID", line);
                }
            }
        }
        let written = version.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let stated = match written {
            Some("2.1" | "2.10") => Some(Version::V21),
            Some("2.2" | "2.20") => Some(Version::V22),
            _ => None,
        };
        let version = *self.version.get_or_insert(stated.unwrap_or(Version::V21));
        if let Some(text) = written
            && stated != Some(version)
        {
            let (text, version) = (shown(text), version.name());
            self.findings.warning(
                line,
                FindingCode::VersionMismatch,
                Localized::both(
                    format!("Filen säger version ”{text}” men är skriven som version {version}. Den läses som {version}."),
                    format!("The file says version “{text}” but is written as version {version}. It is read as {version}."),
                ),
            );
        }
    }

    fn municipality_code(&mut self, code: String, line: u64) {
        if let Some(own) = &self.options.municipality
            && *own != code
        {
            let message = Localized::both(
                format!("Filen är för kommun {code}, men tas emot av kommun {own}. Kontrollera kommunkoden i ert närvarosystem."),
                format!("The file is for municipality {code} but was sent to {own}. Check the code in your attendance system."),
            );
            self.error(line, FindingCode::ForeignMunicipality, message);
        }
        self.municipality = Some(code);
    }

    fn open_association(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>) {
        let line = here.line();
        let [id, name, number] = self.attributes(start, here, ["foereningsID", "foereningsNamn", "organisationsnummer"]);
        let id = self.required(id, "foereningsID", line).unwrap_or_default();
        self.check_length(&id, 1, 50, "foereningsID", line);
        let number = number.filter(|text| !text.trim().is_empty()).and_then(|text| match text.parse() {
            Ok(number) => Some(number),
            Err(_) => {
                self.findings.warning(
                    line,
                    FindingCode::BadOrganisationNumber,
                    Localized::both(
                        "Organisationsnumret i filen stämmer inte och används inte. Rätta det i ert närvarosystem.",
                        "The organisation number in the file is not valid and is not used. Correct it in your attendance system.",
                    ),
                );
                None
            }
        });
        self.receipt.associations += 1;
        let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        self.associations.push(FileAssociation { id, name, organisation_number: number, cards: Vec::new() });
    }

    fn open_card(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>) {
        let line = here.line();
        let [number] = self.attributes(start, here, ["NaervarokortNummer"]);
        let mut card = 0;
        if let Some(text) = self.required(number, "NaervarokortNummer", line) {
            match value::int(text.trim()) {
                Int::Fits(number) => {
                    card = number;
                    self.card_number(number, line);
                }
                Int::TooLarge => {
                    let text = shortened(&text);
                    let message = Localized::both(
                        format!("Närvarokortets nummer {text} är för stort: det får vara högst 2147483647."),
                        format!("The attendance card number {text} is too large: the most is 2147483647."),
                    );
                    self.error(line, FindingCode::NumberOutOfRange, message);
                }
                Int::NotANumber => {
                    self.expect::<()>(None, &text, "NaervarokortNummer", line);
                }
            }
        }
        let card = FileCard { number: card, name: None, activity: String::new(), place: String::new(), occasions: Vec::new() };
        if let Some(association) = self.associations.last_mut() {
            association.cards.push(card);
        }
    }

    /// Card numbers should be unique, yet occasions are told apart by their codes: said, not refused.
    fn card_number(&mut self, number: i32, line: u64) {
        if let Some(first) = self.cards.insert(number, line) {
            self.findings.warning(
                line,
                FindingCode::DuplicateCard,
                Localized::both(
                    format!("Närvarokort {number} finns två gånger i filen, först på rad {first}."),
                    format!("Attendance card {number} is in the file twice, first on line {first}."),
                ),
            );
        }
    }

    /// Codes are unique for a whole sending system, so also in a file (DAK 2.2).
    fn occasion_code(&mut self, code: String, line: u64) {
        self.occasion.code = Some(code);
        let code = self.occasion.code.as_deref().unwrap_or_default();
        if let Some(first) = self.codes.get(code) {
            let (code, first) = (shortened(code), *first);
            let message = Localized::both(
                format!("Sammankomstens kod ”{code}” används redan på rad {first}. Varje sammankomst ska ha en egen kod."),
                format!("The occasion code “{code}” is already used on line {first}. Every occasion needs a code of its own."),
            );
            self.error(line, FindingCode::DuplicateCode, message);
        } else {
            self.codes.insert(code.to_owned(), line);
        }
    }

    fn stop_date(&mut self, text: &str, here: &mut Here<'_, '_>) {
        let line = here.line();
        if self.version == Some(Version::V21) {
            let message = Localized::both(
                "StoppDatum finns inte i version 2.1. Exportera i version 2.2.",
                "StoppDatum is not part of version 2.1. Export in version 2.2.",
            );
            self.error(line, FindingCode::Unexpected, message);
        }
        self.occasion.stop_date = self.expect(value::date(text), text, "StoppDatum", line);
    }

    fn close_occasion(&mut self) {
        let version = self.version.unwrap_or(Version::V21);
        let line = self.occasion.line;
        let method = self.occasion.method.unwrap_or(Method::Add);
        if let Some((start, stop)) = self.occasion.span(version) {
            if stop <= start {
                let message = Localized::both(
                    "Sammankomsten slutar inte efter att den börjar. Rätta tiderna, eller ange StoppDatum om den går över midnatt.",
                    "The occasion does not end after it begins. Correct the times, or give StoppDatum if it runs past midnight.",
                );
                self.error(line, FindingCode::StopNotAfterStart, message);
            } else if stop - start > chrono::Duration::days(LONG_DAYS) {
                let days = (stop - start).num_days();
                self.findings.warning(
                    line,
                    FindingCode::VeryLong,
                    Localized::both(
                        format!("Sammankomsten är {days} dygn lång. Kontrollera StoppDatum."),
                        format!("The occasion lasts {days} days. Check StoppDatum."),
                    ),
                );
            }
            if start.date() > self.options.today && method != Method::Remove {
                let (date, today) = (start.date(), self.options.today);
                let message = Localized::both(
                    format!("Sammankomsten ligger i framtiden: {date} är efter {today}. Skicka den när den har varit."),
                    format!("The occasion lies in the future: {date} is after {today}. Send it once it has taken place."),
                );
                self.error(line, FindingCode::FutureDate, message);
            }
        }
        let Some(number) = self.card().map(|card| card.number) else {
            return;
        };
        if let Some(facts) = self.occasion.facts(number, version) {
            let occasion = FileOccasion { facts, method, line, marks: self.occasion.marks.clone() };
            if let Some(card) = self.card() {
                card.occasions.push(occasion);
            }
        }
    }

    fn close_person(&mut self, register: Register) {
        let draft = std::mem::take(&mut self.person);
        let name = PersonName { given: draft.given, family: draft.family };
        let checked = PersonNumber::from_twelve_digits(&draft.number);
        let known = self.numbers.len();
        let target = match checked {
            Ok(number) if number.birth() <= self.options.today => {
                let next = u32::try_from(known).expect("a file of bounded size holds fewer than four billion persons");
                let index = *self.numbers.entry(number).or_insert(next);
                if index == next {
                    self.persons.push(FilePerson { number, name });
                } else {
                    self.same_name(index, &name, draft.line);
                }
                Target::Person(index)
            }
            Ok(_) => {
                let text = Localized::both(
                    "Personnumrets födelsedatum ligger i framtiden. Kontrollera numret.",
                    "The birth date of the personal number lies in the future. Check the number.",
                );
                self.exclude(Unnumbered { line: draft.line, id: &draft.id, written: &draft.number, reason: "future", text, name })
            }
            Err(reason) => {
                let (code, text) = (reason.code(), reason.text());
                self.exclude(Unnumbered { line: draft.line, id: &draft.id, written: &draft.number, reason: code, text, name })
            }
        };
        if draft.id.is_empty() {
            return;
        }
        let local = self.local(register, &draft.id);
        let place = usize::try_from(local).expect("an index that was made from a length");
        let before = self.locals[place].target;
        if before == Target::Unknown {
            self.locals[place].target = target;
        } else if before != target {
            let id = shown(&draft.id);
            let message = Localized::both(
                format!("Id ”{id}” står för två olika personer i registret."),
                format!("The id “{id}” stands for two different persons in the register."),
            );
            self.error(draft.line, FindingCode::DuplicatePersonId, message);
        }
    }

    /// One number under two names is more often one club's slip than one person's new name.
    fn same_name(&mut self, index: u32, name: &PersonName, line: u64) {
        let place = usize::try_from(index).expect("an index that was made from a length");
        let person = &self.persons[place];
        if person.name == *name {
            return;
        }
        let message = Localized::both(
            format!("Personnumret {} finns redan i filen under ett annat namn. Kontrollera vem det gäller.", person.number),
            format!("The personal number {} is already in the file under another name. Check whose it is.", person.number),
        );
        self.findings.push(Finding {
            line,
            code: FindingCode::SharedPersonNumber,
            severity: Severity::Warning,
            message,
            subject: Subject::default(),
            name: Some(name.clone()),
        });
    }

    fn exclude(&mut self, person: Unnumbered<'_>) -> Target {
        let Unnumbered { line, id, written, reason, text, name } = person;
        let missing = reason == PersonNumberError::Missing.code();
        let code = if missing { FindingCode::PersonNumberMissing } else { FindingCode::PersonNumberInvalid };
        let (id, masked) = (masked_id(id), masked_number(written));
        let (who_sv, who_en) = if missing {
            (format!("Person med id {id}"), format!("Person with id {id}"))
        } else {
            (format!("Person med id {id}, nummer {masked}"), format!("Person with id {id}, number {masked}"))
        };
        let (severity, after) = match self.options.strictness {
            Strictness::ExcludePersons => {
                (Severity::Warning, (" Personens närvaro räknas inte med.", " The person's attendance is left out."))
            }
            Strictness::RefuseFile => (Severity::Error, ("", "")),
        };
        let english = text.en.clone().unwrap_or_default();
        self.findings.push(Finding {
            line,
            code,
            severity,
            message: Localized::both(format!("{who_sv}: {}{}", text.sv, after.0), format!("{who_en}: {english}{}", after.1)),
            subject: Subject { person: Some(id.clone()), ..Subject::default() },
            name: Some(name.clone()),
        });
        let index = u32::try_from(self.excluded.len()).expect("a file of bounded size holds fewer than four billion persons");
        self.excluded.push(ExcludedPerson { line, id, reason: reason.to_owned(), text, marks: 0, name });
        Target::Excluded(index)
    }

    fn card(&mut self) -> Option<&mut FileCard> {
        self.associations.last_mut()?.cards.last_mut()
    }

    /// The values of some attributes; others are passed over, as the schemas of senders differ.
    fn attributes<const N: usize>(&mut self, start: &BytesStart<'_>, here: &mut Here<'_, '_>, wanted: [&str; N]) -> [Option<String>; N] {
        let mut found = [const { None }; N];
        for attribute in start.attributes() {
            let value = attribute.map_err(quick_xml::Error::from).and_then(|attribute| {
                let place = wanted.iter().position(|name| *name == attribute.key.as_ref());
                place.map(|place| Ok((place, attribute.normalized_value(XmlVersion::Explicit1_0)?))).transpose()
            });
            match value {
                Ok(Some((place, value))) if !value.chars().any(|symbol| symbol < ' ') => found[place] = Some(Cow::into_owned(value)),
                Ok(None) => {}
                Ok(Some(_)) | Err(_) => {
                    let line = here.line();
                    self.error(line, FindingCode::NotWellFormed, super::not_well_formed_text());
                }
            }
        }
        found
    }

    fn required(&mut self, value: Option<String>, name: &str, line: u64) -> Option<String> {
        if value.is_none() {
            let message = Localized::both(
                format!("Attributet {name} saknas, men måste finnas enligt formatet."),
                format!("The attribute {name} is missing; the format requires it."),
            );
            self.error(line, FindingCode::Missing, message);
        }
        value
    }

    /// A value that was read, or a finding that it could not be.
    fn expect<T>(&mut self, value: Option<T>, text: &str, name: &str, line: u64) -> Option<T> {
        if value.is_none() {
            let text = shown(text);
            let message = Localized::both(
                format!("{name} är ”{text}”, som formatet inte tillåter."),
                format!("{name} is “{text}”, which the format does not allow."),
            );
            self.error(line, FindingCode::BadValue, message);
        }
        value
    }

    fn flag(&mut self, text: &str, name: &str, here: &mut Here<'_, '_>) -> bool {
        value::boolean(text).unwrap_or_else(|| {
            let line = here.line();
            self.expect::<()>(None, text, name, line);
            false
        })
    }

    fn limited(&mut self, text: &str, most: usize, name: &str, here: &mut Here<'_, '_>) -> String {
        if text.len() > most {
            let line = here.line();
            self.check_length(text, 0, most, name, line);
        }
        text.to_owned()
    }

    fn check_length(&mut self, text: &str, least: usize, most: usize, name: &str, line: u64) {
        let length = text.chars().count();
        if length < least || length > most {
            let message = Localized::both(
                format!("{name} är {length} tecken långt. Formatet tillåter {least} till {most}."),
                format!("{name} is {length} characters long. The format allows {least} to {most}."),
            );
            self.error(line, FindingCode::BadLength, message);
        }
    }
}

/// A person in a register whose marks cannot be taken in.
struct Unnumbered<'a> {
    line: u64,
    id: &'a str,
    written: &'a str,
    reason: &'static str,
    text: Localized,
    name: PersonName,
}

/// What was written for a number, without its last four symbols.
fn masked_number(written: &str) -> String {
    let shown: String = written.chars().filter(|symbol| !symbol.is_control()).collect();
    let keep = shown.chars().count().saturating_sub(4);
    shown.chars().take(keep.min(9)).chain("****".chars()).collect()
}
