//! The diary: series, rounds, documents, retention, the public extract.

use bifall::services::attendance::{Received, import};
use bifall::services::members;
use bifall::services::public_diary::{self, Wanted};
use bifall::services::verify::verify;
use bifall::store::attendance::SourceKind;
use bifall::store::diary as rows;

use crate::support::actors::{activity_answers, day};
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
        assert_eq!((cases[0].0.number.as_str(), cases[1].0.number.as_str()), ("KFN 2026/2-1", "KFN 2026/2-2"));
        assert_eq!(event.number, "KFN 2026/3");
        t.work().await;
        // What comes in later is registered too.
        cases[1].1.send(&[occasion("2026-02-10", "b", &girls(20, 5)).led_by(adult(2))]).await;
        t.work().await;
        t.closed().await;
        cases[1].1.send(&[occasion("2026-02-17", "c", &girls(20, 5)).led_by(adult(2))]).await;
        t.decided(cases[0].0.case).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let documents = rows::documents(&mut tx, "KFN", 2026).await.unwrap();
        let of_clubs = documents.iter().filter(|one| one.case_id.is_some() && one.case_id != Some(event.case));
        let round: Vec<i64> = of_clubs.map(|one| one.no).collect();
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
        assert_eq!(rows::series(&mut tx).await.unwrap(), [("KFN".to_owned(), 2026, 3)]);
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
        let lines = public_diary::extract(&mut tx, &Wanted::of(2026)).await.unwrap().lines;
        let line = |number: &str| lines.iter().find(|line| line.number.starts_with(number)).unwrap();
        assert_eq!(line(&open.number).party.as_deref(), Some("Klubb 1"));
        assert_eq!((line(&hidden.number).party.clone(), line(&hidden.number).subject.clone()), (None, None));
        assert!(!format!("{lines:?}").contains("Klubb 2"), "{lines:?}");
        // Nor is she found by the name that is left out.
        let found = |query: &'static str| Wanted { query, ..Wanted::of(2026) };
        assert_eq!(public_diary::extract(&mut tx, &found("klubb 2")).await.unwrap().found, 0);
        assert!(public_diary::extract(&mut tx, &found("KLUBB 1")).await.unwrap().found > 0);
    });
}

#[test]
fn the_public_extract_is_looked_through_and_turned_page_by_page() {
    on_both(|t| async move {
        let t = t.staffed().await;
        t.clock.set("2026-07-05 10:00");
        for (no, name) in [(1, "ÅKERÖ IF"), (2, "Över 100 % Åker"), (3, "Åby_IK")] {
            let club = t.club(no).await;
            t.execute(format!("update organisation_name set name = '{name}' where name = 'Klubb {no}'")).await.unwrap();
            club.send(&[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5))]).await;
        }
        let mut tx = t.tenant.db.read().await.unwrap();
        let mut of = async |wanted: Wanted<'_>| {
            let found = public_diary::extract(&mut tx, &wanted).await.unwrap();
            (found.found, found.lines.into_iter().map(|line| line.party.unwrap()).collect::<Vec<_>>())
        };
        let all = Wanted::of(2026);
        assert_eq!(of(all).await, (3, ["Åby_IK", "Över 100 % Åker", "ÅKERÖ IF"].map(str::to_owned).to_vec()));
        assert_eq!(of(Wanted { most: 2, ..all }).await, (3, ["Åby_IK", "Över 100 % Åker"].map(str::to_owned).to_vec()));
        assert_eq!(of(Wanted { most: 2, skip: 2, ..all }).await.1, ["ÅKERÖ IF"]);
        // Å is å, and a sign of the database's own is a sign like others.
        for (query, count) in
            [("åker", 2), ("Ö IF", 1), ("100 %", 1), ("y_i", 1), ("_", 1), ("%", 1), ("!", 0), ("2026/1-2", 1), ("närvarofil", 3)]
        {
            assert_eq!(of(Wanted { query, ..all }).await.0, count, "{query}");
        }
        let on = |text: &str| Some(day(text));
        assert_eq!(of(Wanted { from: on("2026-07-05"), to: on("2026-07-05"), direction: "in", ..all }).await.0, 3);
        assert_eq!(of(Wanted { from: on("2026-07-06"), ..all }).await.0, 0);
        assert_eq!(of(Wanted { to: on("2026-07-04"), ..all }).await.0, 0);
        assert_eq!((of(Wanted { direction: "out", ..all }).await.0, of(Wanted::of(2025)).await.0), (0, 0));
        drop(tx);
        let mut tx = t.tenant.db.read().await.unwrap();
        assert_eq!(public_diary::years(&mut tx).await.unwrap(), [2026]);
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

#[test]
fn a_place_in_a_round_is_the_cases_until_its_application_lies_there() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut cases = Vec::new();
        for no in 1..=3_u32 {
            let club = t.club(no).await;
            cases.push(club.apply(&activity_answers(), &format!("k{no}")).await);
        }
        let numbers: Vec<&str> = cases.iter().map(|case| case.number.as_str()).collect();
        assert_eq!(numbers, ["KFN 2026/1-1", "KFN 2026/1-2", "KFN 2026/1-3"]);
        let wrong = async || {
            let report = verify(&t.tenant, &|_| {}).await.unwrap();
            report.wrong.into_iter().map(|wrong| (wrong.code, wrong.place)).collect::<Vec<_>>()
        };
        assert_eq!(wrong().await, [], "numbers that wait for their documents are no gaps");
        t.work().await;
        assert_eq!(wrong().await, []);
        let mut tx = t.tenant.db.read().await.unwrap();
        let first = rows::documents_of_case(&mut tx, cases[1].case).await.unwrap().remove(0);
        drop(tx);
        assert_eq!((first.no, first.document_type.as_str()), (2, "ansokan"));
        // Another case's paper under the number.
        let id = |id: uuid::Uuid| if t.tenant.db.engine() == "sqlite" { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
        let (second, third) = (id(cases[1].case.0), id(cases[2].case.0));
        t.execute(format!("update document set case_id = {third} where no = 2")).await.unwrap();
        assert_eq!(wrong().await, [("document_place", "KFN 2026/1-2".to_owned())]);
        t.execute(format!("update document set case_id = {second} where no = 2")).await.unwrap();
        t.execute(format!("update application set document_id = null where case_id = {second}")).await.unwrap();
        t.execute("delete from document where no = 2".to_owned()).await.unwrap();
        assert_eq!(wrong().await, [("document_gap", "KFN 2026/1".to_owned())]);
    });
}

#[test]
fn what_an_association_sends_without_a_case_is_in_the_diary_at_once() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let extract = async |year| {
            let mut tx = t.tenant.db.read().await.unwrap();
            public_diary::extract(&mut tx, &Wanted::of(year)).await.unwrap().lines
        };
        let lines = async |year| {
            let told = |line: public_diary::Line| (line.number, line.dated.to_string(), line.subject.unwrap(), line.document_type);
            extract(year).await.into_iter().rev().map(told).collect::<Vec<_>>()
        };
        let line = |number: &str, dated: &str, subject: &str, kind: &str| {
            (number.to_owned(), dated.to_owned(), subject.to_owned(), kind.to_owned())
        };
        t.clock.set("2026-07-05 10:00");
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        assert!(!club.upload("<fel/>").await.report.accepted);
        let list = format!("Förnamn;Efternamn;Personnummer\nÅsa;Öberg;{}\n", crate::support::dak::girl(0).number());
        for bytes in [list.into_bytes(), b"Namn\n".to_vec()] {
            let received =
                members::Received { organisation: club.id, as_of: day("2026-06-30"), bytes: Box::new(std::io::Cursor::new(bytes)) };
            members::import(&t.tenant, &club.actor, received).await.unwrap();
        }
        let mut expected = vec![
            line("KFN 2026/1-1", "2026-07-05", "Närvarofil", "narvaro"),
            line("KFN 2026/1-2", "2026-07-05", "Närvarofil som inte kunde tas emot", "narvaro"),
            line("KFN 2026/1-3", "2026-07-05", "Medlemslista", "medlemslista"),
            line("KFN 2026/1-4", "2026-07-05", "Medlemslista som inte kunde tas emot", "medlemslista"),
        ];
        assert_eq!(lines(2026).await, expected);
        let first = extract(2026).await.pop().unwrap();
        assert_eq!((first.party.as_deref(), first.matter.as_str()), (Some("Klubb 1"), "Uppgifter från föreningar 2026"));

        // She applies: the file is in her case with the day it came in and where it stood before.
        t.clock.set("2026-08-20 10:00");
        let case = club.apply(&activity_answers(), "k").await.case;
        t.work().await;
        expected.push(line("KFN 2026/2-1", "2026-08-20", "Ansökan om aktivitetsstöd, januari–juni 2026", "ansokan"));
        expected.push(line("KFN 2026/2-2", "2026-07-05", "Närvarofil, även KFN 2026/1-1", "narvaro"));
        assert_eq!(lines(2026).await, expected);
        // What comes now belongs to the case; what cannot be read belongs to no case still.
        club.send(&[occasion("2026-02-10", "b", &girls(0, 5))]).await;
        assert!(!club.upload("<fel/>").await.report.accepted);
        expected.push(line("KFN 2026/2-3", "2026-08-20", "Närvarofil", "narvaro"));
        expected.insert(4, line("KFN 2026/1-5", "2026-08-20", "Närvarofil som inte kunde tas emot", "narvaro"));
        assert_eq!(lines(2026).await, expected);
        assert_eq!(t.documents(case).await.len(), 3);
        // Another year, another case.
        t.clock.set("2027-01-02 10:00");
        t.club(2).await.send(&[occasion("2026-12-03", "a", &girls(20, 5))]).await;
        assert_eq!(lines(2027).await, [line("KFN 2027/1-1", "2027-01-02", "Närvarofil", "narvaro")]);
        assert_eq!(verify(&t.tenant, &|_| {}).await.unwrap().wrong, []);
        // A file that is taken out of the diary is missed there and as a file.
        t.execute("delete from document where subject = 'Medlemslista'".to_owned()).await.unwrap();
        let wrong = verify(&t.tenant, &|_| {}).await.unwrap().wrong;
        assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["document_gap", "not_registered"]);
    });
}

#[test]
fn files_sent_at_once_by_many_share_the_year_and_leave_no_gap() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let mut sending = Vec::new();
        for no in 1..=12_u32 {
            let club = t.club(no).await;
            let bytes = if no % 3 == 0 {
                b"<fel/>".to_vec()
            } else {
                crate::support::dak::file(&club.external, &club.number, &[occasion("2026-02-03", "a", &girls(u64::from(no) * 10, 5))])
            };
            let (tenant, actor) = (t.tenant.clone(), club.actor.clone());
            let received = Received::new(club.id, SourceKind::Upload, std::io::Cursor::new(bytes));
            sending.push(tokio::spawn(async move { import(&tenant, &actor, received).await }));
        }
        for one in sending {
            one.await.unwrap().unwrap();
        }
        let mut tx = t.tenant.db.read().await.unwrap();
        let documents = rows::documents(&mut tx, "KFN", 2026).await.unwrap();
        assert_eq!(documents.iter().map(|one| one.no).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
        assert_eq!(rows::series(&mut tx).await.unwrap(), [("KFN".to_owned(), 2026, 1)]);
        drop(tx);
        assert_eq!(verify(&t.tenant, &|_| {}).await.unwrap().wrong, []);
    });
}
