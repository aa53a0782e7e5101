//! The diary's series have no unexplained gaps (OSL 5 kap. 1-2 §§).

use std::collections::BTreeSet;

use super::Report;
use crate::services::ServiceResult;
use crate::store::{Tx, cases, diary};

/// Every number of a series is a diary case, and every number within one is a document or a case of the round.
pub(super) async fn series(tx: &mut Tx, report: &mut Report) -> ServiceResult<()> {
    let all_cases = cases::all(tx).await?;
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
            let prefix = format!("{committee} {year}/{}-", row.number);
            let reserved = all_cases.iter().filter_map(|case| case.number.strip_prefix(&prefix)?.parse::<i64>().ok());
            let mut used: BTreeSet<i64> = reserved.collect();
            used.extend(documents.iter().filter(|document| document.diary_case_id == row.id).map(|document| document.no));
            if used != (1..=row.documents).collect() {
                let place = format!("{committee} {year}/{}", row.number);
                report.add("document_gap", place, "Handlingarnas nummer har luckor.", "The documents' numbers have gaps.");
            }
        }
    }
    Ok(())
}
