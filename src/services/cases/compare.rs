//! Calculating a case again and laying the result beside the one that is kept: «räkna om och jämför».

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::calculation::{AccountLine, Check, Evaluation, Row};
use crate::domain::id::CaseId;
use crate::domain::inputs::Inputs;
use crate::services::actor::{About, Action, authorize};
use crate::services::replay::{Material, material};
use crate::services::{Actor, ServiceError, ServiceResult, calculation, packages};
use crate::store::calculations::{self, CalculationKind};
use crate::store::cases;

/// The newest calculation of a case beside one made now.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Which calculation of the case: the number of it.
    pub seq: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Whether a decision may rest on it.
    pub is_final: bool,
    /// The version's number, the same for both.
    pub version: i64,
    /// How they compare.
    pub result: Compared,
}

/// How a calculation compares with one made now.
#[derive(Clone, Debug)]
pub enum Compared {
    /// It was made again.
    Again(Differences),
    /// The attendance was disposed of; the hash tells what it rested on.
    Disposed {
        /// Hash of inputs and attendance.
        input_hash: String,
    },
}

/// What differs; nothing when all lists are empty, the sum is the same and the material is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Whether the material is not what it was: of an open period, attendance, clashes or residence have changed since; of
    /// a locked one, somebody has changed what was locked.
    pub material_changed: bool,
    /// Requirements that came out otherwise.
    pub checks: Vec<Difference<Check>>,
    /// Rows that came out otherwise.
    pub rows: Vec<Difference<Row>>,
    /// Lines of the account of marks that came out otherwise.
    pub account: Vec<Difference<AccountLine>>,
    /// The sum then and now, where it differs.
    pub total: Option<(Money, Money)>,
}

impl Differences {
    /// Whether everything came out the same.
    #[must_use]
    pub fn same(&self) -> bool {
        *self == Self::default()
    }
}

/// A line that differs: then and now. One that is in one of the two alone has nothing in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<T> {
    /// As it was.
    pub before: Option<T>,
    /// As it is.
    pub now: Option<T>,
}

/// Calculates the newest calculation of a case again, by the same version of the rules and on the same inputs, and tells
/// what differs. `None` where nothing is calculated yet. Nothing is kept.
///
/// Attendance of a locked period is read from the lock; that of an open one as it has come in by now.
///
/// # Errors
/// [`ServiceError::NotFound`] when the case is not there or not the actor's to see; [`ServiceError::Definition`] when a rule
/// is at fault.
pub async fn compare(tenant: &Tenant, actor: &Actor, id: CaseId) -> ServiceResult<Option<Comparison>> {
    let mut tx = tenant.db.read().await?;
    let case = cases::by_id(&mut tx, id).await?.ok_or(ServiceError::NotFound)?;
    authorize(actor, Action::Read(About::Case(case.about())))?;
    let Some(stored) = calculations::newest(&mut tx, id).await? else { return Ok(None) };
    let package = packages::version(&mut tx, tenant, stored.package_version_id).await?;
    let version = crate::store::packages::by_id(&mut tx, stored.package_version_id).await?.version;
    let (inputs, attendance) = match stored.kind {
        CalculationKind::Final => match material(&mut tx, &package, &case, &stored).await? {
            Material::Whole { inputs, attendance } => (*inputs, attendance.map(Arc::new)),
            Material::Disposed => {
                let result = Compared::Disposed { input_hash: stored.input_hash };
                return Ok(Some(Comparison { seq: stored.seq, at: stored.at, is_final: true, version, result }));
            }
        },
        CalculationKind::Provisional => {
            let inputs: Inputs = serde_json::from_slice(&stored.inputs)?;
            (inputs, calculation::gather(&mut tx, tenant, &package, &case).await?.attendance)
        }
    };
    drop(tx);
    let material_changed = calculation::hash(&inputs, attendance.as_deref())?.hex() != stored.input_hash;
    let before = calculation::evaluation(&stored)?;
    let now = calculation::compute(package, inputs, attendance).await?.evaluation;
    let result = Compared::Again(differences(material_changed, &before, &now));
    let is_final = stored.kind == CalculationKind::Final;
    Ok(Some(Comparison { seq: stored.seq, at: stored.at, is_final, version, result }))
}

/// What differs between two results.
#[must_use]
pub fn differences(material_changed: bool, before: &Evaluation, now: &Evaluation) -> Differences {
    Differences {
        material_changed,
        checks: between(&before.checks, &now.checks, |check| &check.id),
        rows: between(&before.rows, &now.rows, |row| &row.id),
        account: between(&before.account, &now.account, |line| &line.id),
        total: (before.total_ore != now.total_ore).then_some((before.total_ore, now.total_ore)),
    }
}

/// Lines are laid beside each other by id, the first of an id beside the first: in the order of before, then what is new.
fn between<T: Clone + PartialEq>(before: &[T], now: &[T], id: impl Fn(&T) -> &str) -> Vec<Difference<T>> {
    let keys = |lines: &[T]| {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut keys = Vec::with_capacity(lines.len());
        for line in lines {
            let nth = seen.entry(id(line).to_owned()).or_default();
            keys.push((id(line).to_owned(), *nth));
            *nth += 1;
        }
        keys
    };
    let (before_keys, now_keys) = (keys(before), keys(now));
    let mut found = Vec::new();
    for (line, key) in before.iter().zip(&before_keys) {
        let other = now_keys.iter().position(|known| known == key).and_then(|at| now.get(at));
        if other != Some(line) {
            found.push(Difference { before: Some(line.clone()), now: other.cloned() });
        }
    }
    for (line, key) in now.iter().zip(&now_keys) {
        if !before_keys.contains(key) {
            found.push(Difference { before: None, now: Some(line.clone()) });
        }
    }
    found
}
