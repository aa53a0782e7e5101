//! What each case of a round is calculated from, many cases at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::{Claim, ServiceError, ServiceResult, attendance, calculation, packages, replay, rounds, tables};
use super::run::Own;
use crate::app::Tenant;
use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{CheckStatus, Evaluation};
use crate::domain::id::CaseId;
use crate::domain::inputs::Inputs;
use crate::domain::period::ActivityPeriod;
use crate::domain::{Money, calendar};
use crate::forms;
use crate::packages::Package;
use crate::rules::Hook;
use crate::store::calculations::CalculationKind;
use crate::store::cases::CaseRow;
use crate::store::simulation::{self as rows, NewestRow};
use crate::store::{Tx, allocations};

/// What all cases of a round share.
#[derive(Debug)]
pub(super) struct Round {
    /// The package in force.
    pub current: Arc<Package>,
    /// The period in it.
    pub current_dates: ActivityPeriod,
    /// The changed package.
    pub draft: Arc<Package>,
    /// The period in that.
    pub dates: ActivityPeriod,
    /// Whether the pot in force has to be shared to know what cases come to.
    pub shares_before: bool,
    /// Whether the changed package has a pot.
    pub shares_after: bool,
    /// Whether the forms are the same, so that answers were sent as the changed one would send them.
    same_form: bool,
    /// The tables that the changed rules look in, as they hold on the period's last day.
    tables: BTreeMap<String, BTreeMap<String, Decimal>>,
}

/// What is to be run for a case.
#[derive(Debug)]
pub(super) struct Job {
    /// The case.
    pub case: CaseId,
    /// Its place in the order of receipt.
    pub order: u64,
    /// What it comes to by the rules in force, or what to run to know it.
    pub before: Before,
    /// What the changed rules see.
    pub inputs: Inputs,
    /// The attendance that they see.
    pub attendance: Option<Arc<AttendanceData>>,
}

/// A case by the rules in force.
#[derive(Debug)]
pub(super) enum Before {
    /// As it was finally calculated.
    Known(Own),
    /// To be calculated now.
    Run {
        /// The case's version.
        package: Arc<Package>,
        /// Everything besides attendance.
        inputs: Box<Inputs>,
        /// The attendance.
        attendance: Option<Arc<AttendanceData>>,
    },
}

/// A case that was looked up.
#[derive(Debug)]
pub(super) enum Looked {
    /// To be run.
    Job(Box<Job>),
    /// Its attendance was disposed of.
    Disposed,
}

/// As much of a stored result as tells what it came to.
#[derive(Deserialize)]
struct Kept {
    total_ore: Money,
    checks: Vec<KeptCheck>,
    #[serde(default)]
    dismissed: Vec<String>,
}

#[derive(Deserialize)]
struct KeptCheck {
    status: CheckStatus,
}

impl Round {
    /// Sees to it that the period can be simulated, and reads what its cases share.
    pub(super) async fn open(tx: &mut Tx, tenant: &Tenant, (grant_type, period): (&str, &str), draft: Arc<Package>) -> ServiceResult<Self> {
        let none = || {
            ServiceError::refused(
                format!("Bidraget ”{grant_type}” med perioden ”{period}” finns inte här."),
                format!("There is no grant \"{grant_type}\" with the period \"{period}\" here."),
            )
        };
        let (_, current) = packages::governing(tx, tenant, grant_type, period).await?.ok_or_else(none)?;
        let current_dates = current.form.period(period).ok_or_else(none)?.clone();
        let Some(dates) = draft.form.period(period).cloned() else {
            return Err(ServiceError::refused(
                format!("Det ändrade paketet har ingen period ”{period}”. Lägg till den i forms/{grant_type}.toml."),
                format!("The changed package has no period \"{period}\". Add it to forms/{grant_type}.toml."),
            ));
        };
        if dates.covers != current_dates.covers && draft.form.uses_attendance() {
            return Err(ServiceError::refused(
                format!("Perioden ”{period}” täcker andra dagar i det ändrade paketet. Närvaron kan bara räknas på de dagar den gäller."),
                format!("The period \"{period}\" covers other days in the changed package. Attendance is counted on its own days only."),
            ));
        }
        let has_pot = |package: &Package| package.rules.reads().defines(Hook::Allocate);
        let form = format!("forms/{grant_type}.toml");
        let mut held = BTreeMap::new();
        for table in &draft.rules.reads().tables {
            held.insert(table.value.clone(), tables::held(tx, &table.value, dates.covers.to).await?);
        }
        Ok(Self {
            shares_before: has_pot(&current) && allocations::locked(tx, grant_type, period).await?.is_none(),
            shares_after: has_pot(&draft),
            same_form: current.files.0.get(&form) == draft.files.0.get(&form),
            tables: held,
            current,
            current_dates,
            draft,
            dates,
        })
    }

    /// How many cases are looked up and run at a time: attendance is large.
    pub(super) fn at_a_time(&self) -> usize {
        if self.draft.form.uses_attendance() || self.current.form.uses_attendance() { 4 } else { 250 }
    }

    /// Looks up some cases; `first` is the place of the first in the order of receipt.
    pub(super) async fn look_up(&self, tx: &mut Tx, tenant: &Tenant, cases: &[CaseRow], first: usize) -> ServiceResult<Vec<Looked>> {
        let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
        let mut newest: BTreeMap<CaseId, NewestRow> = rows::newest(tx, &ids).await?.into_iter().map(|row| (row.case_id, row)).collect();
        let mut found = Vec::with_capacity(cases.len());
        for (order, case) in (u64::try_from(first).unwrap_or(u64::MAX)..).zip(cases) {
            let kept = newest.remove(&case.id).filter(|row| row.kind == CalculationKind::Final);
            found.push(match kept {
                Some(row) => self.kept(tx, tenant, case, order, row).await?,
                None => self.open_case(tx, tenant, case, order).await?,
            });
        }
        Ok(found)
    }

    /// A case that is finally calculated: on what that rests.
    async fn kept(&self, tx: &mut Tx, tenant: &Tenant, case: &CaseRow, order: u64, row: NewestRow) -> ServiceResult<Looked> {
        let attendance = match (self.draft.form.uses_attendance(), row.snapshot_id) {
            (false, _) => None,
            (true, Some(snapshot)) => match replay::locked(tx, &self.draft, case, snapshot).await? {
                Some(data) => Some(Arc::new(data)),
                None => return Ok(Looked::Disposed),
            },
            (true, None) => Some(Arc::new(attendance::of(tx, tenant, &self.draft, &Claim::of(case)).await?.data)),
        };
        let before = if self.shares_before {
            let evaluation: Evaluation = serde_json::from_slice(&row.result)?;
            Own::of(&self.current, case.id, order, &evaluation)
        } else {
            let kept: Kept = serde_json::from_slice(&row.result)?;
            let failed = kept.checks.iter().any(|check| check.status == CheckStatus::Fail);
            Own { total: kept.total_ore, refused: failed || !kept.dismissed.is_empty(), failed: Vec::new(), entry: None }
        };
        let inputs = self.adapted(serde_json::from_slice(&row.inputs)?);
        Ok(Looked::Job(Box::new(Job { case: case.id, order, before: Before::Known(before), inputs, attendance })))
    }

    /// A case that is not: on what is known now, the same for both packages.
    async fn open_case(&self, tx: &mut Tx, tenant: &Tenant, case: &CaseRow, order: u64) -> ServiceResult<Looked> {
        let package = packages::version(tx, tenant, case.package_version_id).await?;
        let basis = calculation::gather(tx, tenant, &package, case).await?;
        let attendance = match self.draft.form.uses_attendance() {
            true => Some(Arc::new(attendance::of(tx, tenant, &self.draft, &Claim::of(case)).await?.data)),
            false => None,
        };
        let inputs = self.adapted(basis.inputs.clone());
        let before = Before::Run { package, inputs: Box::new(basis.inputs), attendance: basis.attendance };
        Ok(Looked::Job(Box::new(Job { case: case.id, order, before, inputs, attendance })))
    }

    /// Inputs as the changed package would have them: its period, its form, its tables; a figure that was frozen stays.
    fn adapted(&self, mut inputs: Inputs) -> Inputs {
        inputs.due = self.due(inputs.due);
        inputs.period = self.dates.clone();
        inputs.allocated = None;
        if !self.same_form {
            inputs.answers = forms::sent_answers(&self.draft.form, &inputs.answers, &forms::Facts::new());
        }
        let frozen = std::mem::take(&mut inputs.tables);
        inputs.tables = self.tables.clone();
        for (table, figures) in frozen {
            if let Some(held) = inputs.tables.get_mut(&table) {
                held.extend(figures);
            }
        }
        inputs
    }

    /// The changed last day, and not before what an extension gave.
    fn due(&self, was: NaiveDate) -> NaiveDate {
        let (before, now) = (calendar::last_day(&self.current_dates), calendar::last_day(&self.dates));
        if was == before { now } else { now.max(was) }
    }
}

impl Own {
    /// What a result says of a case before its part of a pot.
    pub(super) fn of(package: &Package, case: CaseId, order: u64, evaluation: &Evaluation) -> Self {
        let failed = || evaluation.checks.iter().filter(|check| check.status == CheckStatus::Fail);
        let pot = package.rules.reads().defines(Hook::Allocate);
        Self {
            total: evaluation.total_ore,
            refused: failed().next().is_some() || !evaluation.dismissed.is_empty(),
            failed: failed().map(|check| check.text.clone()).collect(),
            entry: pot.then(|| rounds::entry(package, case, order, evaluation)),
        }
    }
}
