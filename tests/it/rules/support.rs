//! Cases and attendance built by hand.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bifall::domain::attendance::{ActivityKind, AttendanceData, Mark, MarkClass, OccasionFacts, PersonFacts, PersonNo, Sex};
use bifall::domain::calculation::{Check, Row};
use bifall::domain::grant::ApplicantKind;
use bifall::domain::inputs::{Inputs, OrganisationFacts};
use bifall::domain::period::{ActivityPeriod, DateRange, Weekend};
use bifall::rules::{Evaluated, Mode, RuleError, RuleSet, RuleSources, compile, evaluate_within};
use chrono::NaiveDate;

/// Long enough that a busy machine never fails a test.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A case of the spring of 2026, received in time, with nothing answered.
pub fn inputs() -> Inputs {
    Inputs {
        grant_type: "prov".to_owned(),
        period: ActivityPeriod {
            id: "2026-H1".to_owned(),
            covers: DateRange { from: day("2026-01-01"), to: day("2026-06-30") },
            opens: day("2026-07-01"),
            closes: day("2026-08-25"),
            late_until: Some(day("2026-09-30")),
            weekend: Weekend::Exact,
        },
        received: day("2026-08-20"),
        complete: None,
        due: day("2026-08-25"),
        organisation: OrganisationFacts {
            number: "8024001234".to_owned(),
            kind: ApplicantKind::Association,
            founded: None,
            seat: None,
            members: None,
            category: None,
        },
        answers: BTreeMap::new(),
        approvals: BTreeMap::new(),
        facts: BTreeMap::new(),
        earlier: Vec::new(),
        tables: BTreeMap::new(),
        proposed: None,
        allocated: None,
        granted: None,
        changed: None,
    }
}

/// Compiles or shows what is wrong.
pub fn rules(script: &str, parameters: &str, texts: &str) -> RuleSet {
    let (rules, problems) = compile(&sources(script, parameters, texts));
    rules.unwrap_or_else(|| panic!("the rules do not compile: {problems:#?}"))
}

pub fn sources<'a>(script: &'a str, parameters: &'a str, texts: &'a str) -> RuleSources<'a> {
    RuleSources {
        id: "prov",
        script: Some(("rules.rhai", script)),
        parameters: Some(("parameters.toml", parameters)),
        texts: Some(("texts.toml", texts)),
    }
}

/// Runs and insists on an answer, the same from both engines.
pub fn run(rules: &RuleSet, inputs: &Inputs, attendance: Option<&Arc<AttendanceData>>) -> Evaluated {
    let plain = try_run(rules, inputs, attendance, Mode::Plain).unwrap_or_else(|error| panic!("{error}"));
    let traced = try_run(rules, inputs, attendance, Mode::Traced).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(plain.evaluation, traced.evaluation, "both engines say the same");
    assert_eq!(plain.used, traced.used);
    traced
}

pub fn try_run(rules: &RuleSet, inputs: &Inputs, attendance: Option<&Arc<AttendanceData>>, mode: Mode) -> Result<Evaluated, RuleError> {
    evaluate_within(rules, inputs, attendance.cloned(), mode, PATIENCE)
}

pub fn row<'e>(evaluated: &'e Evaluated, id: &str) -> &'e Row {
    evaluated.evaluation.rows.iter().find(|row| row.id == id).unwrap_or_else(|| panic!("no row {id}: {:#?}", evaluated.evaluation.rows))
}

pub fn check<'e>(evaluated: &'e Evaluated, id: &str) -> &'e Check {
    evaluated.evaluation.checks.iter().find(|check| check.id == id).unwrap_or_else(|| panic!("no check {id}"))
}

/// The account as id and marks.
pub fn account(evaluated: &Evaluated) -> Vec<(&str, i64)> {
    evaluated.evaluation.account.iter().map(|line| (line.id.as_str(), line.marks)).collect()
}

/// Attendance under construction.
#[derive(Default)]
pub struct Attendance {
    data: AttendanceData,
}

impl Attendance {
    pub fn person(&mut self, sex: Sex, born: &str) -> u32 {
        let index = u32::try_from(self.data.persons.len()).expect("few persons");
        self.data.persons.push(PersonFacts { no: PersonNo(i64::from(index) + 1), birth: day(born), sex, resident: None });
        index
    }

    pub fn people(&mut self, count: usize, sex: Sex, born: &str) -> Vec<u32> {
        (0..count).map(|_| self.person(sex, born)).collect()
    }

    /// An occasion from 18:00, on card 1; the code is its number.
    pub fn occasion(&mut self, date: &str, minutes: i64) -> u32 {
        self.named(date, minutes, "Träning")
    }

    pub fn named(&mut self, date: &str, minutes: i64, activity: &str) -> u32 {
        let index = u32::try_from(self.data.occasions.len()).expect("few occasions");
        let start = day(date).and_hms_opt(18, 0, 0).expect("a time");
        self.data.occasions.push(OccasionFacts {
            card: 1,
            code: format!("{index:04}"),
            start,
            stop: start + chrono::Duration::minutes(minutes),
            kind: ActivityKind::Training,
            activity: activity.to_owned(),
            place: "Hallen".to_owned(),
            team_sport: None,
            registered: None,
        });
        index
    }

    pub fn mark(&mut self, occasion: u32, person: u32, class: MarkClass) {
        self.data.marks.push(Mark { occasion, person, class, lost_clash: false });
    }

    pub fn all_at(&mut self, occasion: u32, people: &[u32], class: MarkClass) {
        for person in people {
            self.mark(occasion, *person, class);
        }
    }

    pub fn reside(&mut self, person: u32, resident: Option<bool>) {
        self.data.persons[usize::try_from(person).expect("few persons")].resident = resident;
    }

    pub fn set(&mut self, occasion: u32, change: impl FnOnce(&mut OccasionFacts)) {
        change(&mut self.data.occasions[usize::try_from(occasion).expect("few occasions")]);
    }

    pub fn lose_clash(&mut self, occasion: u32, person: u32) {
        for mark in self.data.marks.iter_mut().filter(|mark| mark.occasion == occasion && mark.person == person) {
            mark.lost_clash = true;
        }
    }

    pub fn build(self) -> Arc<AttendanceData> {
        Arc::new(self.data)
    }
}
