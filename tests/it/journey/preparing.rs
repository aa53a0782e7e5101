//! Bodies that prepare the committee's cases, and the papers of a meeting in one file.

use std::io::{Cursor, Read};
use std::sync::Arc;

use bifall::domain::committee::{Done, Memos};
use bifall::domain::grant::Outcome;
use bifall::services::committee::{self, Ruling, bundle, memo, views};
use bifall::services::{ServiceError, ServiceResult, decisions};
use bifall::store::{bundles, decisions as rows};
use uuid::Uuid;

use super::assessment::{GRANT, kr, ranked_and_settled, weighed, with_assessors};
use super::committee::{MEETING, own_texts, planned, refused, ruling, three_ready};
use crate::support::actors::{day, tie};
use crate::support::{TestTenant, on_both};

/// The working committee (arbetsutskottet) prepares every case of the committee's.
fn prepared_by_all_means(t: &mut TestTenant) {
    let mut profile = (*t.tenant.profile).clone();
    for stage in profile.committees.iter_mut().flat_map(|committee| &mut committee.stages) {
        stage.required = stage.id == "arbetsutskottet";
    }
    t.tenant.profile = Arc::new(profile);
}

#[test]
fn a_preparing_body_proposes_and_the_committee_decides() {
    on_both(|mut t| async move {
        prepared_by_all_means(&mut t);
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let main = committee::plan(&t.tenant, &anna, ("KFN", None), day(MEETING), None).await.unwrap();
        // The same day as the committee's own meeting is another meeting.
        let stage = Some("arbetsutskottet");
        let body = committee::plan(&t.tenant, &anna, ("KFN", stage), day(MEETING), None).await.unwrap();
        assert_ne!(main.id, body.id);
        let nobody = committee::plan(&t.tenant, &anna, ("KFN", Some("kommittén")), day(MEETING), None).await;
        assert!(matches!(&nobody, Err(ServiceError::Invalid(found)) if found[0].place == "namnd"), "{nobody:?}");

        let early = committee::put_on_agenda(&t.tenant, &anna, main.id, &cases[..1]).await.unwrap().remove(0).1;
        assert!(refused(&early, "Arbetsutskottet har inte berett ärendet"), "{early:?}");
        for (_, put) in committee::put_on_agenda(&t.tenant, &anna, body.id, &cases).await.unwrap() {
            put.unwrap();
        }
        own_texts(&t, body.id).await;
        let memo = memo::compose(&t.tenant, &anna, body.id, GRANT, None).await.unwrap();
        assert_eq!(memo.committee, "Arbetsutskottet");
        assert!(memo::html(&memo).unwrap().contains("Arbetsutskottet föreslår att Kultur- och fritidsnämnden beviljar 2 ansökningar"));

        t.clock.set("2026-09-10 15:00");
        let other =
            Ruling { amount: Some(kr(12_000)), reason: "Mindre omfattning räcker.", paragraph: "§ 7", ..ruling(cases[1], Done::Changed) };
        let back = Ruling { reason: "Tidplan saknas.", paragraph: "§ 7", ..ruling(cases[2], Done::ReferredBack) };
        let proposed = Ruling { paragraph: "§ 7", ..ruling(cases[0], Done::AsProposed) };
        for (case, told) in committee::write_in(&t.tenant, &anna, body.id, &[proposed, other, back]).await.unwrap() {
            assert_eq!(told.unwrap(), None, "nothing is decided in {case}");
        }
        for case in cases {
            let mut tx = t.tenant.db.read().await.unwrap();
            assert!(rows::standing(&mut tx, case).await.unwrap().is_none());
        }
        assert_eq!(t.case(cases[2]).await.state, "moderate");

        for (_, put) in committee::put_on_agenda(&t.tenant, &anna, main.id, &cases[..2]).await.unwrap() {
            put.unwrap();
        }
        let view = views::agenda(&t.tenant, &anna, main.id).await.unwrap();
        let said: Vec<_> = view.items.iter().map(|item| (item.said[0].who.as_str(), item.said[0].done, item.amount)).collect();
        assert_eq!(said, [("Arbetsutskottet", Done::AsProposed, kr(50_000)), ("Arbetsutskottet", Done::Changed, kr(12_000))]);
        own_texts(&t, main.id).await;
        let memo = memo::compose(&t.tenant, &anna, main.id, GRANT, None).await.unwrap();
        assert!(memo::html(&memo).unwrap().contains("Arbetsutskottet har berett ärendena 10 september 2026, §\u{a0}7."));

        let all = [ruling(cases[0], Done::AsProposed), ruling(cases[1], Done::AsProposed)];
        for (_, told) in committee::write_in(&t.tenant, &anna, main.id, &all).await.unwrap() {
            assert!(told.unwrap().is_some());
        }
        let mut tx = t.tenant.db.read().await.unwrap();
        let decision = rows::standing(&mut tx, cases[1]).await.unwrap().unwrap();
        // What the body proposed and why stands in the decision: 12 000 of the 40 000 applied for.
        assert_eq!((decision.outcome, decision.amount_ore), (Outcome::DelvisBifall, kr(12_000)));
        assert!(decisions::html(&decision).unwrap().contains("Mindre omfattning räcker."));
        drop(tx);
        t.history_holds().await;
    });
}

#[test]
fn what_a_body_said_before_a_case_was_referred_back_no_longer_counts() {
    on_both(|mut t| async move {
        prepared_by_all_means(&mut t);
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let body = committee::plan(&t.tenant, &anna, ("KFN", Some("arbetsutskottet")), day("2026-09-03"), None).await.unwrap();
        let main = planned_after(&t, body.id, cases[0]).await;
        let back = Ruling { reason: "Tidplan saknas.", ..ruling(cases[0], Done::ReferredBack) };
        committee::write_in(&t.tenant, &anna, main, &[back]).await.unwrap().remove(0).1.unwrap();
        weighed(&t, cases[0], [3, 3, 3], 50_000).await;
        ranked_and_settled(&t, 65_000).await;
        let next = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-10-08"), None).await.unwrap();
        let put = committee::put_on_agenda(&t.tenant, &anna, next.id, &cases[..1]).await.unwrap().remove(0).1;
        assert!(refused(&put, "har inte berett ärendet"), "{put:?}");
    });
}

/// The body proposes a case as it is, and the committee's meeting of a week later gets it.
async fn planned_after(t: &TestTenant, body: Uuid, case: bifall::domain::id::CaseId) -> Uuid {
    let anna = t.officer("anna").await.actor;
    committee::put_on_agenda(&t.tenant, &anna, body, &[case]).await.unwrap().remove(0).1.unwrap();
    t.clock.set("2026-09-03 15:00");
    committee::write_in(&t.tenant, &anna, body, &[ruling(case, Done::AsProposed)]).await.unwrap().remove(0).1.unwrap();
    let main = committee::plan(&t.tenant, &anna, ("KFN", None), day(MEETING), None).await.unwrap().id;
    committee::put_on_agenda(&t.tenant, &anna, main, &[case]).await.unwrap().remove(0).1.unwrap();
    t.clock.set("2026-09-10 15:00");
    main
}

fn names(packed: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    names
}

fn page(packed: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(packed)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_papers_are_made_in_the_background_and_tell_how_far_they_are() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let empty = committee::plan(&t.tenant, &anna, ("KFN", None), day("2026-11-12"), None).await.unwrap().id;
        let none = bundle::ask(&t.tenant, &anna, empty, Memos::ByGrant).await;
        assert!(refused(&none, "minst ett ärende"), "{none:?}");
        let meeting = planned(&t, &cases).await;
        let unwritten = bundle::ask(&t.tenant, &anna, meeting, Memos::ByGrant).await;
        assert!(refused(&unwritten, "saknar text under"), "{unwritten:?}");
        own_texts(&t, meeting).await;
        let foreign = bundle::ask(&t.tenant, &t.officer("bo").await.actor, meeting, Memos::ByGrant).await;
        assert!(foreign.is_err(), "a payment officer prepares no meetings: {foreign:?}");

        let by_grant = bundle::ask(&t.tenant, &anna, meeting, Memos::ByGrant).await.unwrap();
        let twice = bundle::ask(&t.tenant, &anna, meeting, Memos::ByCase).await;
        assert!(refused(&twice, "görs redan"), "{twice:?}");
        assert_eq!(shown(&t, meeting).await, [(0, 4, false)]);
        assert!(matches!(bundle::read(&t.tenant, &anna, meeting, by_grant).await, Err(ServiceError::NotFound)));
        t.work().await;
        assert_eq!(shown(&t, meeting).await, [(4, 4, true)]);
        let (_, packed) = bundle::read(&t.tenant, &anna, meeting, by_grant).await.unwrap();
        let memo = format!("tjansteskrivelse-{GRANT}");
        assert_eq!(
            names(&packed),
            ["foredragningslista.html".to_owned(), format!("{memo}.docx"), format!("{memo}.html"), format!("{memo}.pdf")]
        );
        assert!(page(&packed, "foredragningslista.html").contains("Klubb 2. Förslag: 15\u{202f}000\u{a0}kr."));

        let by_case = bundle::ask(&t.tenant, &anna, meeting, Memos::ByCase).await.unwrap();
        t.work().await;
        assert_eq!(shown(&t, meeting).await, [(7, 7, true), (4, 4, true)]);
        let (_, packed) = bundle::read(&t.tenant, &anna, meeting, by_case).await.unwrap();
        let found = names(&packed);
        assert_eq!(found.len(), 7, "{found:?}");
        assert!(found[1].starts_with("tjansteskrivelser/001-kfn-2026-") && found[1].ends_with(".docx"), "{found:?}");
        t.history_holds().await;
    });
}

#[test]
fn nobody_reads_papers_of_a_case_she_is_tied_to_and_what_fails_says_why() {
    on_both(|t| async move {
        let t = with_assessors(t).await;
        let cases = three_ready(&t).await;
        let anna = t.officer("anna").await.actor;
        let meeting = planned(&t, &cases).await;
        own_texts(&t, meeting).await;
        let done = bundle::ask(&t.tenant, &anna, meeting, Memos::ByGrant).await.unwrap();
        t.work().await;
        // Asked for, and then the only one who asked turns out to have a tie.
        bundle::ask(&t.tenant, &anna, meeting, Memos::ByGrant).await.unwrap();
        let club = t.case(cases[0]).await.organisation_id;
        tie(&t.tenant, &t.officer("dag").await.actor, anna.user().unwrap().id, club, "Sitter i styrelsen.").await;
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let newest = bundles::newest(&mut tx, meeting, 1).await.unwrap().remove(0);
        drop(tx);
        assert!(newest.file_id.is_none() && newest.fault.as_deref().is_some_and(|why| why.contains("jävig")), "{newest:?}");
        let anna = t.officer("anna").await.actor;
        assert!(refused(&bundle::read(&t.tenant, &anna, meeting, done).await, "jävig"));
        let eva = t.officer("eva").await.actor;
        let read: ServiceResult<_> = bundle::read(&t.tenant, &eva, meeting, done).await;
        assert!(read.is_ok(), "a colleague reads what is made");
        assert!(matches!(bundle::read(&t.tenant, &eva, Uuid::nil(), done).await, Err(ServiceError::NotFound)));
    });
}

/// Made, to be made, and whether it is finished: the newest first.
async fn shown(t: &TestTenant, meeting: Uuid) -> Vec<(i64, i64, bool)> {
    let anna = t.officer("anna").await.actor;
    let view = views::agenda(&t.tenant, &anna, meeting).await.unwrap();
    view.bundles.iter().map(|bundle| (bundle.row.made, bundle.row.total, bundle.row.finished_at.is_some())).collect()
}
