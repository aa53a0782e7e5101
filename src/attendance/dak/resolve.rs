//! The end of a file: ids become persons, references are checked, and the verdict falls.

use super::Outcome;
use super::builder::{Builder, Local, Target};
use super::draft::Version;
use crate::attendance::file::{AttendanceFile, FileAssociation, FileMark, FileOccasion, Method};
use crate::attendance::finding::{Finding, FindingCode, Findings, Subject};
use crate::attendance::report::{ExcludedPerson, Receipt, Report, masked_id};
use crate::domain::Localized;
use crate::domain::attendance::MarkClass;
use crate::domain::problem::Severity;

impl Builder<'_> {
    /// Resolves every mark and judges the file.
    pub(super) fn finish(mut self) -> Outcome {
        if self.read_whole {
            self.find_dangling();
        }
        self.receipt.persons = u64::try_from(self.persons.len()).unwrap_or(u64::MAX);
        let mut marked = vec![false; self.persons.len()];
        let mut place = 0;
        for association in &mut self.associations {
            let FileAssociation { id, cards, .. } = association;
            for occasion in cards.iter_mut().flat_map(|card| &mut card.occasions) {
                resolve_marks(occasion, place, &self.locals, &mut self.excluded, &mut self.receipt);
                place += 1;
                merge_marks(occasion, id, &mut self.findings);
                count_marks(occasion, &mut self.receipt);
                for mark in &occasion.marks {
                    marked[index(mark.person)] = true;
                }
            }
        }
        let refused = self.findings.refused();
        let (findings, findings_left_out) = self.findings.finish();
        self.excluded.sort_by_key(|person| person.line);
        let report = Report {
            format: "dak".to_owned(),
            version: self.version.map(Version::name).unwrap_or_default().to_owned(),
            municipality: self.municipality.clone(),
            accepted: !refused,
            receipt: self.receipt,
            findings,
            findings_left_out,
            excluded: self.excluded,
        };
        let file = self.municipality.filter(|_| !refused).map(|municipality| {
            let mut file = AttendanceFile { municipality, associations: self.associations, persons: self.persons };
            keep_marked(&mut file, &marked);
            file
        });
        Outcome { file, report }
    }

    /// Marks of people who are in no register. The schemas' key references select nothing, so that this is only checked here.
    fn find_dangling(&mut self) {
        for (ids, register) in self.ids.iter().zip(["DeltagarRegister", "LedarRegister"]) {
            let mut dangling: Vec<(u64, u32, &str)> = ids
                .iter()
                .map(|(id, local)| (self.locals[index(*local)], *local, &**id))
                .filter(|(local, ..)| local.target == Target::Unknown && local.first_mark > 0)
                .map(|(local, number, id)| (local.first_mark, number, id))
                .collect();
            dangling.sort_unstable();
            for (line, _, id) in dangling {
                let id = masked_id(id);
                self.findings.push(Finding {
                    line,
                    code: FindingCode::DanglingReference,
                    severity: Severity::Error,
                    message: Localized::both(
                        format!("Person med id {id} har närvaro men finns inte i {register}. Lägg till personen i registret."),
                        format!("The person with id {id} has attendance but is not in {register}. Add her to the register."),
                    ),
                    subject: Subject { person: Some(id), ..Subject::default() },
                    name: None,
                });
            }
        }
    }
}

/// From the sender's ids to persons; marks of excluded persons are counted and set aside.
fn resolve_marks(occasion: &mut FileOccasion, place: usize, locals: &[Local], excluded: &mut [ExcludedPerson], receipt: &mut Receipt) {
    occasion.marks.retain_mut(|mark| match locals[index(mark.person)].target {
        Target::Person(person) => {
            mark.person = person;
            true
        }
        Target::Excluded(person) => {
            excluded[index(person)].marks += 1;
            excluded[index(person)].marked.push((place, mark.class));
            receipt.excluded_marks += 1;
            false
        }
        Target::Unknown => false,
    });
}

/// One mark per person and role: who was present once was present.
fn merge_marks(occasion: &mut FileOccasion, association: &str, findings: &mut Findings) {
    occasion.marks.sort_by_key(|mark| (mark.person, mark.class.is_leader()));
    let mut merged = 0_usize;
    occasion.marks.dedup_by(|later, first| {
        let same = later.person == first.person && later.class.is_leader() == first.class.is_leader();
        if same {
            first.class = both(first.class, later.class);
            merged += 1;
        }
        same
    });
    if merged > 0 {
        findings.push(Finding {
            line: occasion.line,
            code: FindingCode::DuplicateMark,
            severity: Severity::Warning,
            message: Localized::both(
                format!("Samma person är markerad flera gånger på sammankomsten ({merged} för många). Varje person räknas en gång."),
                format!("The same person is marked several times at the occasion ({merged} too many). Everyone counts once."),
            ),
            subject: Subject { association: Some(association.to_owned()), occasion: Some(occasion.facts.code.clone()), person: None },
            name: None,
        });
    }
}

fn both(a: MarkClass, b: MarkClass) -> MarkClass {
    let mut class = MarkClass::PARTICIPANT;
    if a.is_leader() {
        class = class.leader();
    }
    if !a.is_present() && !b.is_present() {
        class = class.absent();
    }
    if a.is_temporary_leader() || b.is_temporary_leader() {
        class = class.temporary_leader();
    }
    if a.has_disability() || b.has_disability() {
        class = class.disability();
    }
    class
}

fn count_marks(occasion: &FileOccasion, receipt: &mut Receipt) {
    if occasion.method == Method::Remove {
        receipt.removals += 1;
        return;
    }
    for FileMark { class, .. } in &occasion.marks {
        match (class.is_present(), class.is_leader()) {
            (true, true) => receipt.leader_marks += 1,
            (true, false) => receipt.participant_marks += 1,
            (false, _) => {}
        }
    }
}

/// Forgets members who never came: nothing is kept about those a grant does not concern (GDPR art. 5.1 c).
fn keep_marked(file: &mut AttendanceFile, marked: &[bool]) {
    let mut next = 0;
    let places: Vec<u32> = marked
        .iter()
        .map(|kept| {
            let place = next;
            next += u32::from(*kept);
            place
        })
        .collect();
    let mut kept = marked.iter();
    file.persons.retain(|_| kept.next().copied().unwrap_or_default());
    for association in &mut file.associations {
        for occasion in association.cards.iter_mut().flat_map(|card| &mut card.occasions) {
            for mark in &mut occasion.marks {
                mark.person = places[index(mark.person)];
            }
        }
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).expect("an index that was made from a length")
}
