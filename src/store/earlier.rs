//! What came before a calculation: when grants were decided, when occasions were first sent.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{Result, Tx};
use crate::domain::id::OrganisationId;

/// When an association's grants were decided here, by grant type and period: the last decision that was sent.
pub async fn decided(tx: &mut Tx, organisation: OrganisationId) -> Result<HashMap<(String, String), DateTime<Utc>>> {
    let rows = all!(
        tx,
        (String, String, DateTime<Utc>),
        "select c.grant_type, c.period, max(d.decided_at) from decision d join cases c on c.id = d.case_id
         where c.organisation_id = $1 and d.undone_at is null and d.dispatched_at is not null group by c.grant_type, c.period",
        organisation
    )?;
    Ok(rows.into_iter().map(|(grant, period, at)| ((grant, period), at)).collect())
}

/// When the occasions of some cards were first sent, by card and code, whatever version counts now.
pub async fn first_sent(tx: &mut Tx, cards: &[i64]) -> Result<HashMap<(i64, String), DateTime<Utc>>> {
    let mut found = HashMap::new();
    for chunk in cards.chunks(30_000) {
        let rows = build!(tx, "select o.card_no, o.code, min(i.at) from occasion o join attendance_import i on i.no = o.from_import where o.card_no in (", query => {
            let mut list = query.separated(", ");
            for card in chunk {
                list.push_bind(*card);
            }
            query.push(") group by o.card_no, o.code");
        }, all (i64, String, DateTime<Utc>))?;
        found.extend(rows.into_iter().map(|(card, code, at)| ((card, code), at)));
    }
    Ok(found)
}
