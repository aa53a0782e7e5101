//! What must hold after a journey, however often it was interrupted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use bifall::store::{attendance, cases, decisions, jobs, organisations, outbox, payments};

use super::journey::{ASSOCIATIONS, Journey};
use crate::support::program::reckoned;

/// What a journey came to, by association.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What each association was granted, in öre, with the number of occasion versions and of messages to her.
    associations: BTreeMap<String, (i64, usize, usize)>,
    /// What the batch pays, in öre.
    paid: i64,
}

/// Checks the whole instance and answers what it came to.
pub async fn whole(journey: &Journey) -> Outcome {
    let verified = journey.program.json(&["verify"]);
    assert_eq!(verified["wrong"], serde_json::json!([]));
    let replayed = journey.program.json(&["replay", "--all"]);
    assert_eq!((replayed["replayed"].as_u64(), replayed["different"].as_u64()), (Some(ASSOCIATIONS.len() as u64), Some(0)));

    let db = &journey.tenant.tenant.db;
    let mut tx = db.read().await.unwrap();
    assert_eq!(jobs::troubled(&mut tx).await.unwrap().len(), 0, "a step failed");
    let all_cases = cases::all(&mut tx).await.unwrap();
    assert_eq!(all_cases.len(), ASSOCIATIONS.len(), "one case for each application");
    let all_decisions = decisions::all(&mut tx).await.unwrap();
    assert_eq!(all_decisions.len(), ASSOCIATIONS.len(), "one decision for each case");
    let orders = payments::all(&mut tx).await.unwrap();
    assert_eq!(orders.len(), ASSOCIATIONS.len(), "one order for each decision");
    let batches = payments::batches(&mut tx).await.unwrap();
    assert_eq!(batches.len(), 1, "one batch");
    assert!(orders.iter().all(|order| order.batch_id == Some(batches[0].id) && order.state == "exported"));

    let mut associations = BTreeMap::new();
    let mut queued = BTreeSet::new();
    for case in &all_cases {
        let organisation = organisations::by_id(&mut tx, case.organisation_id).await.unwrap().unwrap();
        let cards: Vec<i64> = attendance::cards(&mut tx, organisation.no).await.unwrap().into_iter().map(|card| card.no).collect();
        let versions = attendance::occasions(&mut tx, &cards, (i32::MIN, i32::MAX), i64::MAX).await.unwrap();
        let messages = outbox::of_case(&mut tx, case.id).await.unwrap();
        assert!(messages.iter().all(|message| message.sent_at.is_some()), "a message was not sent");
        queued.extend(messages.iter().map(|message| message.id.to_string()));
        let decision = all_decisions.iter().find(|decision| decision.case_id == case.id).unwrap();
        let order = orders.iter().find(|order| order.decision_id == decision.id).unwrap();
        assert_eq!(order.amount_ore, decision.amount_ore);
        associations.insert(organisation.number, (decision.amount_ore.ore(), versions.len(), messages.len()));
    }
    drop(tx);
    // A message may come twice when its sender dies before it can note the answer; its id tells.
    let came: BTreeSet<String> = journey.receiver.came().into_keys().collect();
    assert_eq!(came, queued, "what was queued came, and nothing else");

    let text = std::fs::read_to_string(journey.payments.join(format!("{}.xml", batches[0].number))).unwrap();
    let paid = batches[0].total_ore.ore();
    assert!(text.contains(&format!("<CtrlSum>{}.{:02}</CtrlSum>", paid / 100, paid % 100)));
    if let bifall::store::Db::Sqlite { read, .. } = db {
        let (answer,): (String,) = sqlx::query_as("pragma integrity_check").fetch_one(read).await.unwrap();
        assert_eq!(answer, "ok");
    }
    Outcome { associations, paid }
}

/// The sums are those of the independent calculation.
pub fn as_reckoned(journey: &Journey, outcome: &Outcome) {
    for ((number, _), file) in ASSOCIATIONS.iter().zip(&journey.files) {
        let others: Vec<PathBuf> = journey.files.iter().filter(|other| *other != file).cloned().collect();
        let expected = reckoned(file, &others);
        let (amount, ..) = outcome.associations[&number.replace('-', "")];
        assert_eq!(expected["total_ore"].as_i64(), Some(amount), "{number}");
        assert!(amount > 0);
    }
}
