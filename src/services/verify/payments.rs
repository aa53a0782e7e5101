//! Orders add up to what was decided, and each leaves once.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Report;
use crate::app::Tenant;
use crate::domain::Money;
use crate::domain::canonical::Sha;
use crate::domain::id::{CaseId, DecisionId};
use crate::services::{ServiceError, ServiceResult, payments};
use crate::store::payments::{self as rows, FileKind};
use crate::store::{Tx, cases, decisions, events, reports, standing};

/// The lines of an order add up to it, the grants of a decision's orders to the decision, and a decision that was
/// carried out has its order.
pub(super) async fn orders(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    let mut granted: HashMap<DecisionId, Money> = HashMap::new();
    let all = rows::all(tx).await?;
    // A payment that was refused or came back was made again: it is granted once.
    let replaced: HashSet<_> = all.iter().filter_map(|order| order.replaces).collect();
    let settled = settlements(tx, report).await?;
    for order in all {
        report.orders += 1;
        let lines = rows::lines(tx, order.id).await?;
        if Money::sum(lines.iter().map(|line| line.amount_ore)).ok() != Some(order.amount_ore) {
            report.add(
                "order_lines",
                &order.end_to_end_id,
                "Raderna ger inte utbetalningens belopp.",
                "The lines do not add up to the order.",
            );
        }
        let grants = lines.iter().filter(|line| matches!(line.kind.as_str(), "grant" | "instalment")).map(|line| line.amount_ore);
        let so_far = granted.get(&order.decision_id).copied().unwrap_or_default();
        let sum = Money::sum(grants).and_then(|sum| so_far.checked_add(sum).ok_or(crate::domain::money::MoneyError::Overflow));
        if !replaced.contains(&order.id) {
            granted.insert(order.decision_id, sum.map_err(anyhow::Error::from)?);
        }
        let decision = decisions::by_id(tx, order.decision_id).await?.ok_or(ServiceError::NotFound)?;
        if decision.undone_at.is_some() || decision.dispatched_at.is_none() {
            report.add(
                "order_without_decision",
                &order.end_to_end_id,
                "Utbetalningens beslut är återtaget eller inte skickat.",
                "The order's decision was undone or not sent.",
            );
        }
    }
    for decision in decisions::all_standing(tx).await? {
        let case = cases::by_id(tx, decision.case_id).await?.ok_or(ServiceError::NotFound)?;
        // What a report has settled adds up otherwise; a report on its own pays nothing.
        if settled.contains(&case.id) || reports::of_report(tx, case.id).await?.is_some() {
            continue;
        }
        match granted.get(&decision.id) {
            Some(sum) if *sum == decision.amount_ore => {}
            Some(_) => report.add(
                "order_amount",
                &case.number,
                "Utbetalningarna ger inte det beslutade beloppet.",
                "The orders do not add up to what was decided.",
            ),
            None if decision.amount_ore.is_positive() && case.closed_at.is_some() => {
                report.add(
                    "order_missing",
                    &case.number,
                    "Det beviljade bidraget har ingen utbetalning.",
                    "The grant has no payment order.",
                );
            }
            None => {}
        }
    }
    Ok(())
}

/// What was paid of a settled grant and is still ordered, by its own decision and by the report's, less what is claimed back, is what
/// it came to be; a claim is a debt. Answers the cases that are settled.
async fn settlements(tx: &mut Tx, report: &mut Report) -> ServiceResult<HashSet<CaseId>> {
    let mut settled = HashSet::new();
    for row in reports::settlements(tx).await? {
        settled.insert(row.case_id);
        let number = cases::by_id(tx, row.report_case_id).await?.ok_or(ServiceError::NotFound)?.number;
        let (own, reports_own) = (payments::parts_of(tx, row.case_id).await?, payments::parts_of(tx, row.report_case_id).await?);
        let parts = [own.gone, own.to_come, reports_own.gone, reports_own.to_come];
        let ordered = Money::sum(parts).ok().and_then(|sum| sum.checked_sub(row.claimed_ore));
        if ordered != Some(row.final_ore) {
            report.add(
                "settled_amount",
                &number,
                "Utbetalningar och återkrav ger inte det bidrag som redovisningen gav.",
                "Payments and recovery do not give what the report made of the grant.",
            );
        }
        let debt = match row.debt_id {
            Some(debt) => standing::debt_by_id(tx, debt).await?,
            None => None,
        };
        if debt.map(|debt| debt.amount_ore).unwrap_or_default() != row.claimed_ore {
            report.add("settled_debt", number, "Återkravet är inte den skuld som det gav.", "The claim is not the debt that it made.");
        }
    }
    Ok(settled)
}

/// A batch has the orders it says, its files are as they left and come out the same when made again, and no
/// payment reference is in two files for the bank.
pub(super) async fn batches(tx: &mut Tx, tenant: &Tenant, report: &mut Report) -> ServiceResult<()> {
    let mut paid: HashSet<String> = HashSet::new();
    let mut known = HashSet::new();
    for batch in rows::batches(tx).await? {
        report.batches += 1;
        known.insert(batch.id);
        let orders = rows::of_batch(tx, batch.id).await?;
        let total = Money::sum(orders.iter().map(|order| order.amount_ore)).ok();
        if i64::try_from(orders.len()).ok() != Some(batch.orders) || total != Some(batch.total_ore) {
            report.add("batch_sum", &batch.number, "Betalningens antal eller summa stämmer inte.", "The batch's count or sum is wrong.");
        }
        let files = rows::files(tx, batch.id).await?;
        let made = payments::regenerate(tx, tenant, batch.id).await.unwrap_or_default();
        let same = |file: &rows::PaymentFileRow| made.iter().any(|made| made.kind == file.kind && made.bytes == file.bytes);
        for file in &files {
            if Sha::of(&file.bytes).hex() != file.sha256 {
                report.add("batch_file", &file.name, "Betalfilen är ändrad.", "The payment file was changed.");
            } else if !same(file) {
                report.add(
                    "batch_again",
                    &file.name,
                    "Betalfilen blir en annan när den görs om.",
                    "The payment file differs when made again.",
                );
            }
        }
        if files.is_empty() || files.len() != made.len() {
            report.add("batch_files", &batch.number, "Betalningen saknar filer.", "The batch lacks files.");
        }
        for order in &orders {
            if !paid.insert(order.end_to_end_id.clone()) {
                report.add("paid_twice", &order.end_to_end_id, "Utbetalningen är i två betalningar.", "The payment is in two batches.");
            }
        }
        for file in files.iter().filter(|file| file.kind == FileKind::Pain001) {
            let mut references = references(&file.bytes);
            references.sort_unstable();
            let mut expected: Vec<&str> = orders.iter().map(|order| order.end_to_end_id.as_str()).collect();
            expected.sort_unstable();
            if references != expected {
                report.add(
                    "batch_lines",
                    &file.name,
                    "Betalfilen har andra betalningar än den ska.",
                    "The file has other payments than its batch.",
                );
            }
        }
    }
    for order in rows::all(tx).await? {
        if order.batch_id.is_some_and(|batch| !known.contains(&batch)) {
            report.add("batch_missing", &order.end_to_end_id, "Utbetalningens betalning finns inte.", "The order's batch is not there.");
        }
    }
    Ok(())
}

/// What is left of a debt is what was entered less what its events say was taken of it.
pub(super) async fn debts(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    for debt in standing::all_debts(tx).await? {
        let (mut entered, mut left) = (None, Some(debt.amount_ore));
        for event in events::of_stream(tx, "organisation", debt.organisation_id.0).await? {
            if !event.kind.starts_with("debt.") {
                continue;
            }
            let body: Value = serde_json::from_slice(&event.body)?;
            if body.get("debt").and_then(Value::as_str) != Some(debt.id.to_string().as_str()) {
                continue;
            }
            let amount = body.get("amount_ore").and_then(Value::as_i64).map(Money::from_ore).unwrap_or_default();
            match event.kind.as_str() {
                "debt.entered" => entered = Some(amount),
                _ => left = left.and_then(|left| left.checked_sub(amount)),
            }
        }
        if entered != Some(debt.amount_ore) || left != Some(debt.remaining_ore) {
            report.add(
                "debt_changed",
                debt.id.to_string(),
                "Skulden är inte den som historiken säger.",
                "The debt is not what the history says.",
            );
        }
    }
    Ok(())
}

/// The payment references of a file for the bank.
fn references(bytes: &[u8]) -> Vec<&str> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.split("<EndToEndId>").skip(1).filter_map(|rest| rest.split_once("</EndToEndId>")).map(|(reference, _)| reference).collect()
}
