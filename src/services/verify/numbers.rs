//! The diary's series have no unexplained gaps (OSL 5 kap. 1-2 §§).

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::domain::id::CaseId;
use crate::services::ServiceResult;
use crate::store::cases::CaseRow;
use crate::store::diary::{DiaryCaseRow, DocumentRow};
use crate::store::{Tx, cases, diary, events};

/// Every number of a series is a diary case, and every number within one is a document. A round's case holds its number
/// until its application is registered there; a document that has taken a case's number is that case's.
pub(super) async fn series(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    let all_cases = cases::all(tx).await?;
    let mut unregistered = BTreeSet::new();
    for id in cases::without_document(tx).await? {
        // The history says whether the step that registers has been there.
        if !events::of_stream(tx, "case", id.0).await?.iter().any(|event| event.kind == "case.registered") {
            unregistered.insert(id);
        }
    }
    for (committee, year, last) in diary::series(tx).await? {
        let rows = diary::cases(tx, &committee, year).await?;
        let numbers: BTreeSet<i64> = rows.iter().map(|row| row.number).collect();
        if numbers != (1..=last).collect() || rows.len() != numbers.len() {
            let place = format!("{committee} {year}");
            report.add("diary_gap", place, "Diarieserien har luckor.", "The diary series has gaps.");
        }
        let documents = diary::documents(tx, &committee, year).await?;
        report.documents += documents.len();
        for row in rows {
            within(&row, &all_cases, &unregistered, &documents, report);
        }
    }
    Ok(())
}

/// What associations sent stands in the diary (OSL 5 kap. 1 §), whether it could be taken in or not.
pub(super) async fn sent_files(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    for file in diary::unregistered_files(tx).await? {
        report.add("not_registered", file.to_string(), "En inkommen fil är inte diarieförd.", "A file that came in is not in the diary.");
    }
    Ok(())
}

fn within(row: &DiaryCaseRow, all_cases: &[CaseRow], unregistered: &BTreeSet<CaseId>, documents: &[DocumentRow], report: &mut Report) {
    let number = format!("{} {}/{}", row.committee, row.year, row.number);
    let registered: BTreeMap<i64, Option<CaseId>> =
        documents.iter().filter(|document| document.diary_case_id == row.id).map(|document| (document.no, document.case_id)).collect();
    let mut used: BTreeSet<i64> = registered.keys().copied().collect();
    for case in all_cases.iter().filter(|case| case.diary_case_id == row.id) {
        let place = case.number.strip_prefix(&number).and_then(|rest| rest.strip_prefix('-')).and_then(|place| place.parse::<i64>().ok());
        let Some(place) = place else { continue };
        match registered.get(&place) {
            Some(of) if *of != Some(case.id) => report.add(
                "document_place",
                &case.number,
                "Under ärendets nummer ligger en annan handling.",
                "Another document lies under the case's number.",
            ),
            Some(_) => {}
            None if unregistered.contains(&case.id) => {
                used.insert(place);
            }
            None => {}
        }
    }
    if used != (1..=row.documents).collect() {
        report.add("document_gap", number, "Handlingarnas nummer har luckor.", "The documents' numbers have gaps.");
    }
}
