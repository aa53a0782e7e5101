//! What the minutes say of conflicts: one sentence a person and case.

use chrono::NaiveDate;

use crate::domain::conflict::{CaseRef, Kept};
use crate::domain::id::UserId;
use crate::services::ServiceResult;
use crate::store::conflicts as rows;
use crate::store::{Tx, users};

/// The sentence of the minutes, in Swedish whatever language its reader uses.
#[must_use]
pub fn sentence(number: &str, name: &str) -> String {
    format!("Ärende {number}: {name} anmäler jäv och deltar varken i handläggning eller beslut i ärendet.")
}

/// Who is kept from a case on a day: those who have declared it, and those who are tied to the applicant; by name.
pub(in crate::services) async fn kept_from(tx: &mut Tx, about: CaseRef, on: NaiveDate) -> ServiceResult<Vec<(UserId, String)>> {
    let (declared, ties) = (rows::declarations_in(tx, about.case).await?, rows::ties_to(tx, about.applicant).await?);
    let overrides = rows::overrides_in(tx, about.case).await?;
    let mut people: Vec<UserId> = declared.iter().map(|row| row.user_id).chain(ties.iter().map(|row| row.user_id)).collect();
    people.sort_unstable();
    people.dedup();
    let mut found = Vec::new();
    for person in people {
        let own_ties: Vec<_> = ties.iter().filter(|row| row.user_id == person).map(rows::TieRow::tie).collect();
        let own: Vec<_> = declared.iter().filter(|row| row.user_id == person).map(rows::DeclarationRow::declared).collect();
        let lifted: Vec<_> = overrides.iter().filter(|row| row.user_id == person).filter_map(rows::OverrideRow::lifted).collect();
        if Kept::of(&own_ties, &own, &lifted, on).from_case(about) {
            let name = users::by_id(tx, person).await?.map_or_else(String::new, |user| user.name);
            found.push((person, name));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// The sentences of several cases, by the order of the cases: number and case of each.
pub(in crate::services) async fn of_cases(tx: &mut Tx, cases: &[(String, CaseRef)], on: NaiveDate) -> ServiceResult<Vec<String>> {
    let mut found = Vec::new();
    for (number, about) in cases {
        found.extend(kept_from(tx, *about, on).await?.into_iter().map(|(_, name)| sentence(number, &name)));
    }
    Ok(found)
}
