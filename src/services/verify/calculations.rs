//! Snapshots, calculations and decisions are what their hashes and events say.

use std::collections::HashMap;

use serde_json::Value;

use super::Report;
use crate::app::Tenant;
use crate::domain::canonical::Sha;
use crate::domain::grant::Outcome;
use crate::domain::inputs::Inputs;
use crate::services::replay::{Material, material};
use crate::services::{ServiceResult, calculation, packages, periods};
use crate::store::calculations::CalculationRow;
use crate::store::cases::CaseRow;
use crate::store::decisions::DecisionRow;
use crate::store::{Tx, calculations, cases, decisions, events, snapshots};

/// Every part is what its hash says, and the parts that were locked together are what the snapshot's hash says.
pub(super) async fn snapshots(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    let recorded = recorded(tx, "system", uuid::Uuid::nil(), "period.closed", "snapshot").await?;
    for row in snapshots::all(tx).await? {
        report.snapshots += 1;
        let place = format!("{} {}", row.grant_type, row.period);
        let mut locked = Vec::new();
        for part in snapshots::parts(tx, row.id).await? {
            if Sha::of(&part.body).hex() != part.sha256 {
                report.add("snapshot_part", &place, "En förenings låsta underlag är ändrat.", "An association's locked part was changed.");
            }
            // A part made later, for an association whose attendance came after the lock, has read further.
            if periods::Part::read(&part.body).is_ok_and(|body| body.watermark == row.watermark) {
                locked.push(part);
            }
        }
        let said = recorded.get(&row.id.to_string()).and_then(|body| body.get("sha256")?.as_str());
        if periods::hash(&locked) != row.sha256 || said != Some(row.sha256.as_str()) {
            report.add("snapshot", &place, "Periodens låsta underlag är ändrat.", "The period's locked snapshot was changed.");
        }
    }
    Ok(())
}

/// Every calculation and decision of every case.
pub(super) async fn all(tx: &mut Tx, tenant: &Tenant, report: &mut Report) -> ServiceResult<()> {
    for case in cases::all(tx).await? {
        let calculated = recorded(tx, "case", case.id.0, "case.calculated", "calculation").await?;
        let decided = recorded(tx, "case", case.id.0, "decision.made", "decision").await?;
        let rows = calculations::of_case(tx, case.id).await?;
        for row in &rows {
            report.calculations += 1;
            one(tx, tenant, &case, row, calculated.get(&row.id.to_string()), report).await?;
        }
        for row in decisions::of_case(tx, case.id).await? {
            report.decisions += 1;
            let basis = rows.iter().find(|basis| basis.id == row.calculation_id);
            decision(&case, &row, basis, decided.get(&row.id.to_string()), report);
        }
    }
    Ok(())
}

async fn one(
    tx: &mut Tx,
    tenant: &Tenant,
    case: &CaseRow,
    row: &CalculationRow,
    said: Option<&Value>,
    report: &mut Report,
) -> ServiceResult<()> {
    let text = |key: &str| said.and_then(|body| body.get(key)?.as_str());
    let place = format!("{} beräkning {}", case.number, row.seq);
    let agrees = Sha::of(&row.result).hex() == row.result_hash
        && text("result") == Some(row.result_hash.as_str())
        && text("input") == Some(row.input_hash.as_str())
        && calculation::evaluation(row).is_ok_and(|evaluation| evaluation.total_ore == row.total_ore);
    if !agrees {
        report.add("calculation_result", &place, "Beräkningens resultat är ändrat.", "The calculation's result was changed.");
    }
    // What a provisional calculation read of attendance and residence may have changed since; its inputs have not.
    if row.watermark.is_some() {
        if serde_json::from_slice::<Inputs>(&row.inputs).is_err() {
            report.add("calculation_input", &place, "Beräkningens indata går inte att läsa.", "The calculation's inputs cannot be read.");
        }
        return Ok(());
    }
    let package = packages::version(tx, tenant, row.package_version_id).await?;
    match material(tx, &package, case, row).await? {
        Material::Disposed => report.calculations_disposed += 1,
        Material::Whole { inputs, attendance } => {
            if calculation::hash(&inputs, attendance.as_ref())?.hex() != row.input_hash {
                report.add(
                    "calculation_input",
                    &place,
                    "Underlaget är inte det som beräkningen gjordes på.",
                    "The material is not what the calculation was made on.",
                );
            }
        }
    }
    Ok(())
}

fn decision(case: &CaseRow, row: &DecisionRow, basis: Option<&CalculationRow>, said: Option<&Value>, report: &mut Report) {
    let place = format!("{} beslut {}", case.number, row.version);
    let text = |key: &str| said.and_then(|body| body.get(key)?.as_str());
    if Sha::of(&row.letter).hex() != row.letter_hash || text("letter") != Some(row.letter_hash.as_str()) {
        report.add("decision_letter", &place, "Beslutets text är ändrad.", "The decision's letter was changed.");
    }
    let amount = said.and_then(|body| body.get("amount_ore")?.as_i64());
    if amount != Some(row.amount_ore.ore()) || text("outcome") != Some(row.outcome.word()) {
        report.add("decision_content", &place, "Beslutets utfall eller belopp är ändrat.", "The decision's outcome or amount was changed.");
    }
    let granted = match row.outcome {
        Outcome::Bifall | Outcome::DelvisBifall => basis.map(|basis| basis.total_ore),
        Outcome::Avslag | Outcome::Avvisning | Outcome::Avskrivning => Some(crate::domain::Money::ZERO),
    };
    if granted != Some(row.amount_ore) {
        report.add(
            "decision_amount",
            &place,
            "Beslutets belopp är inte det som beräkningen gav.",
            "The decision's amount is not what the calculation gave.",
        );
    }
}

/// The bodies of a stream's events of one kind, by the id under a key.
async fn recorded(tx: &mut Tx, kind: &str, id: uuid::Uuid, event: &str, key: &str) -> ServiceResult<HashMap<String, Value>> {
    let mut found = HashMap::new();
    for row in events::of_stream(tx, kind, id).await?.into_iter().filter(|row| row.kind == event) {
        let body: Value = serde_json::from_slice(&row.body)?;
        if let Some(id) = body.get(key).and_then(Value::as_str).map(str::to_owned) {
            found.insert(id, body);
        }
    }
    Ok(found)
}
