//! Clashes are looked for among the cards that share people, not in the whole city.

use bifall::store::{attendance, clashes, organisations};

use crate::support::actors::activity_answers;
use crate::support::{TestTenant, on_both};

const SMALL: &str = include_str!("../../fixtures/attendance/dak22_skojjt-v1_small.xml");

/// The small sample as another association sends it: the same people at the same times.
fn sent_by(number: &str, external: &str) -> String {
    let text = SMALL.replace("802999-9904", number).replace("\"4711\"", &format!("\"{external}\""));
    assert_ne!(text, SMALL);
    text
}

/// The same file, all its personal numbers moved to others of the test series: nobody is shared.
fn other_people(text: &str) -> String {
    let mut next = 0_u32;
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<Personnummer>") {
        let (_, tail) = after.split_once("</Personnummer>").unwrap();
        next += 1;
        let nine = format!("{:02}{:02}{:02}238", 70 + next / 300, next / 25 % 12 + 1, next % 25 + 1);
        let sum: u32 = nine
            .bytes()
            .enumerate()
            .map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 })
            .map(|n| n / 10 + n % 10)
            .sum();
        out += &format!("{before}<Personnummer>19{nine}{}</Personnummer>", (10 - sum % 10) % 10);
        rest = tail;
    }
    out + rest
}

async fn found_where_people_are_shared(t: TestTenant) {
    let t = t.staffed().await;
    let scouts = t.association("802999-9904", "Ängsholmens Scoutkår", "4711").await;
    let twins = t.association("802000-0009", "Tvillingarna", "4712").await;
    let strangers = t.association("802000-0017", "Främlingarna", "4713").await;
    for (association, file) in
        [(&scouts, SMALL.to_owned()), (&twins, sent_by("802000-0009", "4712")), (&strangers, other_people(&sent_by("802000-0017", "4713")))]
    {
        let imported = association.upload(file).await;
        assert!(imported.report.accepted, "{:#?}", imported.report.findings);
        assert_eq!(imported.written, 17);
    }

    let mut tx = t.tenant.db.read().await.unwrap();
    let mut reached = Vec::new();
    for association in [&scouts, &twins, &strangers] {
        let no = organisations::by_id(&mut tx, association.id).await.unwrap().unwrap().no;
        let mut own: Vec<i64> = attendance::cards(&mut tx, no).await.unwrap().into_iter().map(|card| card.no).collect();
        let mut sharing = attendance::cards_sharing_people(&mut tx, no).await.unwrap();
        own.sort_unstable();
        sharing.sort_unstable();
        reached.push((own, sharing));
    }
    drop(tx);
    let together = {
        let mut cards = [reached[0].0.clone(), reached[1].0.clone()].concat();
        cards.sort_unstable();
        cards
    };
    assert_eq!((&reached[0].1, &reached[1].1), (&together, &together), "those who share people reach each other");
    assert_eq!(reached[2].0, reached[2].1, "strangers reach only themselves");

    scouts.apply(&activity_answers(), "key-1").await;
    strangers.apply(&activity_answers(), "key-2").await;
    t.work().await;
    let mut tx = t.tenant.db.read().await.unwrap();
    let of = clashes::of_organisation(&mut tx, scouts.id, "aktivitetsstod", "2026-H1").await.unwrap();
    // 235 marks of participants and 42 of leaders (the file's own counts), every one of them also at the twins'.
    assert_eq!(of.len(), 235 + 42);
    assert!(of.iter().all(|clash| [clash.organisation_a, clash.organisation_b].contains(&twins.id)));
    let of = clashes::of_organisation(&mut tx, strangers.id, "aktivitetsstod", "2026-H1").await.unwrap();
    assert_eq!(of.len(), 0);
}

#[test]
fn clashes_are_found_where_people_are_shared_and_nowhere_else() {
    on_both(found_where_people_are_shared);
}
