//! The diary: series, rounds, documents, retention, the public extract.

use bifall::services::diary;
use bifall::store::diary as rows;

use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};
use crate::support::on_both;

#[test]
fn a_round_shares_a_case_others_have_their_own_and_every_document_is_there() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut cases = Vec::new();
        for no in 1..=2_u32 {
            let club = t.club(no).await;
            club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5)).led_by(adult(u64::from(no)))]).await;
            cases.push((club.apply(&activity_answers(), &format!("k{no}")).await, club));
        }
        let event = cases[0].1.submit("arrangemangsbidrag", "2026", &super::workflow::event(60_000, 0, 20_000), "e").await.unwrap();
        assert_eq!((cases[0].0.number.as_str(), cases[1].0.number.as_str()), ("KFN 2026/1-1", "KFN 2026/1-2"));
        assert_eq!(event.number, "KFN 2026/2");
        t.work().await;
        // What comes in later is registered too.
        cases[1].1.send(&[occasion("2026-02-10", "b", &girls(20, 5)).led_by(adult(2))]).await;
        t.work().await;
        t.closed().await;
        cases[1].1.send(&[occasion("2026-02-17", "c", &girls(20, 5)).led_by(adult(2))]).await;
        t.decided(cases[0].0.case).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let documents = rows::documents(&mut tx, "KFN", 2026).await.unwrap();
        let round: Vec<i64> = documents.iter().filter(|one| one.case_id != Some(event.case)).map(|one| one.no).collect();
        assert_eq!(round, (1..=7).collect::<Vec<_>>(), "a gap in the round");
        let of = |case| documents.iter().filter(|one| one.case_id == Some(case)).map(|one| one.document_type.clone()).collect::<Vec<_>>();
        assert_eq!(of(cases[0].0.case), ["ansokan", "narvaro", "beslut"]);
        assert_eq!(of(cases[1].0.case), ["ansokan", "narvaro", "narvaro", "narvaro"]);
        for document in &documents {
            assert!(document.file_id.is_some(), "{document:?}");
            assert!(document.party.as_deref().is_some_and(|party| party.starts_with("Klubb")), "{document:?}");
        }
        let kept = documents.iter().find(|one| one.document_type == "beslut").unwrap();
        assert!(kept.retention.starts_with("Bevaras (Dokumenthanteringsplan"), "{}", kept.retention);
        let undecided = documents.iter().find(|one| one.document_type == "narvaro").unwrap();
        assert_eq!(undecided.retention, "Bevaras (inget gallringsbeslut)");
        assert_eq!(rows::series(&mut tx).await.unwrap(), [("KFN".to_owned(), 2026, 2)]);
        drop(tx);
        t.history_holds().await;
    });
}

#[test]
fn the_public_extract_leaves_out_whom_and_what_of_a_masked_document() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        let answers = super::workflow::event(60_000, 0, 20_000);
        // The one who applies is a person, and it is she who is protected.
        t.execute(format!("update organisation set kind = 'person' where number = '{}'", two.number.replace('-', ""))).await.unwrap();
        let open = one.submit("arrangemangsbidrag", "2026", &answers, "a").await.unwrap();
        let hidden = two.submit("arrangemangsbidrag", "2026", &answers, "b").await.unwrap();
        t.execute(format!(
            "update cases set protected = {} where number = '{}'",
            if t.tenant.db.engine() == "sqlite" { "1" } else { "true" },
            hidden.number
        ))
        .await
        .unwrap();
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let lines = diary::public_extract(&mut tx, "KFN", 2026).await.unwrap();
        let line = |number: &str| lines.iter().find(|line| line.number.starts_with(number)).unwrap();
        assert_eq!(line(&open.number).party.as_deref(), Some("Klubb 1"));
        assert_eq!((line(&hidden.number).party.clone(), line(&hidden.number).subject.clone()), (None, None));
        assert!(!format!("{lines:?}").contains("Klubb 2"), "{lines:?}");
    });
}

#[test]
fn a_new_year_begins_a_new_series() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let answers = super::workflow::event(60_000, 0, 20_000);
        t.clock.set("2026-12-31 23:59");
        let old = club.submit("arrangemangsbidrag", "2026", &answers, "a").await.unwrap();
        t.clock.set("2027-01-01 00:00");
        let new = club.submit("arrangemangsbidrag", "2027", &answers, "b").await.unwrap();
        assert_eq!((old.number.as_str(), new.number.as_str()), ("KFN 2026/1", "KFN 2027/1"));
    });
}
