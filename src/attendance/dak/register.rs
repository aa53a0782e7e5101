//! The registers: who the ids are, and whose marks are left out.

use super::Strictness;
use super::builder::{Builder, Register, Target, shown};
use crate::attendance::file::FilePerson;
use crate::attendance::finding::{Finding, FindingCode, PersonName, Subject};
use crate::attendance::report::{ExcludedPerson, masked_id};
use crate::domain::Localized;
use crate::domain::person_number::{PersonNumber, PersonNumberError};
use crate::domain::problem::Severity;

impl Builder<'_> {
    pub(super) fn close_person(&mut self, register: Register) {
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
        self.excluded.push(ExcludedPerson { line, id, reason: reason.to_owned(), text, marks: 0, name, marked: Vec::new() });
        Target::Excluded(index)
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
