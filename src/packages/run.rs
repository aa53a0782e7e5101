//! Runs a grant type's test cases.

use std::sync::Arc;

use super::attendance_files::{AttendanceSource, attendance_of};
use super::cases::{Case, CaseAttendance};
use super::load::Package;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{CheckStatus, Evaluation};
use crate::domain::canonical::{self, Sha};
use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Place};
use crate::rules::{self, Evaluated, Mode, RuleError};
use rust_decimal::Decimal;

/// How a case came out.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The case.
    pub id: String,
    /// Where it is declared.
    pub place: Place,
    /// What came out otherwise than expected; none when the case passed.
    pub differences: Vec<Difference>,
    /// What the rules said, when they could be run.
    pub evaluation: Option<Evaluation>,
}

impl CaseResult {
    /// Whether everything came out as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Something that came out otherwise than expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where the expectation stands.
    pub place: Place,
    /// In words.
    pub message: Localized,
}

/// Runs every case of a package.
#[must_use]
pub fn run_cases(package: &Package) -> Vec<CaseResult> {
    package.cases.iter().map(|case| run_case(package, case)).collect()
}

/// Runs one case.
#[must_use]
pub fn run_case(package: &Package, case: &Case) -> CaseResult {
    let failed = |message: Localized, place: Place| CaseResult {
        id: case.id.clone(),
        place: case.place.clone(),
        differences: vec![Difference { place, message }],
        evaluation: None,
    };
    let attendance = match attendance(package, case) {
        Ok(attendance) => attendance,
        Err((message, place)) => return failed(message, place),
    };
    match rules::evaluate(&package.rules, &case.inputs, attendance.map(Arc::new), Mode::Plain) {
        Ok(Evaluated { evaluation, .. }) => CaseResult {
            id: case.id.clone(),
            place: case.place.clone(),
            differences: differences(case, &evaluation),
            evaluation: Some(evaluation),
        },
        Err(RuleError::Fault(problem)) => failed(problem.message.clone(), problem.place.clone()),
        Err(RuleError::Deadline) => {
            failed(Localized::both("Regeln blev inte klar i tid.", "The rule did not finish in time."), case.place.clone())
        }
    }
}

fn attendance(package: &Package, case: &Case) -> Result<Option<AttendanceData>, (Localized, Place)> {
    match &case.attendance {
        CaseAttendance::None => Ok(package.form.uses_attendance().then(AttendanceData::default)),
        CaseAttendance::Written(data) => Ok(Some(data.clone())),
        CaseAttendance::Files(paths) => {
            let mut sources = Vec::new();
            for path in paths {
                let beside = format!("rules/{}/{}", package.id, path.value);
                let bytes = package.files.0.get(&beside).ok_or_else(|| {
                    (
                        Localized::both(
                            format!("Filen {beside} finns inte i paketet."),
                            format!("The file {beside} is not in the package."),
                        ),
                        path.place.clone(),
                    )
                })?;
                sources.push(AttendanceSource { name: &path.value, bytes });
            }
            let place = paths.first().map_or_else(|| case.place.clone(), |path| path.place.clone());
            attendance_of(&sources, &case.inputs).map(Some).map_err(|message| (message, place))
        }
    }
}

fn differences(case: &Case, got: &Evaluation) -> Vec<Difference> {
    let expect = &case.expect;
    let mut found = Vec::new();
    let mut differ = |place: &Place, what: (String, String), expected: String, got: String| {
        if expected != got {
            found.push(Difference {
                place: place.clone(),
                message: Localized::both(
                    format!("{}: väntade {expected}, fick {got}", what.0),
                    format!("{}: expected {expected}, got {got}", what.1),
                ),
            });
        }
    };
    if let Some(total) = &expect.total {
        differ(&total.place, ("summa".to_owned(), "total".to_owned()), total.value.to_string(), got.total_ore.to_string());
    }
    for (id, value) in &expect.rows {
        let rows: Vec<Decimal> = got.rows.iter().filter(|row| row.id == id.value).map(|row| row.value).collect();
        let sum = (!rows.is_empty()).then(|| rows.iter().sum::<Decimal>().normalize().to_string());
        let what = (format!("rad {}", id.value), format!("row {}", id.value));
        differ(&id.place, what, value.normalize().to_string(), sum.unwrap_or_else(|| "ingen rad".to_owned()));
    }
    for (id, status) in &expect.checks {
        let check = got.checks.iter().filter(|check| check.id == id.value).map(|check| check.status).max();
        let what = (format!("krav {}", id.value), format!("check {}", id.value));
        differ(&id.place, what, word(*status).to_owned(), check.map_or("inget krav", word).to_owned());
    }
    for (id, marks) in &expect.account {
        let line = got.account.iter().find(|line| line.id == id.value).map(|line| line.marks.to_string());
        let what = (format!("konto {}", id.value), format!("account {}", id.value));
        differ(&id.place, what, marks.to_string(), line.unwrap_or_else(|| "ingen rad".to_owned()));
    }
    if let Some(route) = &expect.route {
        differ(&route.place, ("väg".to_owned(), "route".to_owned()), route.value.clone(), got.route.clone().unwrap_or_default());
    }
    found
}

fn word(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Ok => "ok",
        CheckStatus::Soft => "soft",
        CheckStatus::Unknown => "unknown",
        CheckStatus::Fail => "fail",
    }
}

/// The hash of everything a run sees: the canonical bytes of the inputs and of the attendance.
///
/// # Errors
/// When the inputs cannot be expressed in JSON, which their types rule out.
pub fn input_hash(inputs: &Inputs, attendance: Option<&AttendanceData>) -> serde_json::Result<Sha> {
    let inputs = canonical::to_bytes(inputs)?;
    let Some(data) = attendance else { return Ok(Sha::of_parts(&[&inputs])) };
    let (occasions, persons) = (canonical::to_bytes(&data.occasions)?, canonical::to_bytes(&data.persons)?);
    let mut marks = Vec::with_capacity(data.marks.len() * 10);
    for mark in &data.marks {
        marks.extend(mark.occasion.to_be_bytes());
        marks.extend(mark.person.to_be_bytes());
        marks.extend([mark.class.bits(), u8::from(mark.lost_clash)]);
    }
    Ok(Sha::of_parts(&[&inputs, &occasions, &persons, &marks]))
}
