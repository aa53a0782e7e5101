//! Runs a grant type's test cases.

use std::sync::Arc;

use super::attendance_files::{AttendanceSource, attendance_of};
use super::cases::{Case, CaseAttendance};
use super::compare;
use super::load::Package;
use super::run_round::run_round;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::Evaluation;
use crate::domain::canonical::{self, Sha};
use crate::domain::inputs::Inputs;
use crate::domain::{Localized, Place, Problem};
use crate::rules::{self, Mode, RuleError};

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
    /// What stopped the rules, when they could not.
    pub fault: Option<Problem>,
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

/// Runs every case and every round of a package.
#[must_use]
pub fn run_cases(package: &Package) -> Vec<CaseResult> {
    let cases = package.cases.iter().map(|case| run_case(package, case));
    cases.chain(package.rounds.iter().map(|round| run_round(package, round))).collect()
}

/// Runs one case.
#[must_use]
pub fn run_case(package: &Package, case: &Case) -> CaseResult {
    let failed = |message: Localized, place: Place| CaseResult {
        id: case.id.clone(),
        place: case.place.clone(),
        differences: vec![Difference { place, message }],
        evaluation: None,
        fault: None,
    };
    let attendance = match attendance(package, case) {
        Ok(attendance) => attendance,
        Err((message, place)) => return failed(message, place),
    };
    match rules::evaluate(&package.rules, &case.inputs, attendance.map(Arc::new), Mode::Plain) {
        Ok(evaluated) => CaseResult {
            id: case.id.clone(),
            place: case.place.clone(),
            differences: compare::differences(case, &evaluated),
            evaluation: Some(evaluated.evaluation),
            fault: None,
        },
        Err(RuleError::Fault(problem)) => {
            CaseResult { fault: Some(*problem.clone()), ..failed(problem.message.clone(), problem.place.clone()) }
        }
        Err(RuleError::Deadline) => {
            failed(Localized::both("Regeln blev inte klar i tid.", "The rule did not finish in time."), case.place.clone())
        }
    }
}

pub(super) fn attendance(package: &Package, case: &Case) -> Result<Option<AttendanceData>, (Localized, Place)> {
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
