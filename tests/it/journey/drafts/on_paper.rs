//! What came on paper: written in by an officer, received on the day of its stamp, registered with its scan.

use bifall::domain::clock::swedish_date;
use bifall::forms::Entry;
use bifall::services::drafts::on_paper::{self, Paper, Scan};
use bifall::services::drafts::{self, Change};
use bifall::services::{Actor, ServiceError, ServiceResult};
use bifall::store::{cases, diary};

use super::Board;
use crate::support::on_both;
use bifall::domain::id::DraftId;

async fn scan(t: &crate::support::TestTenant, anna: &Actor, draft: DraftId, bytes: &[u8]) -> ServiceResult<()> {
    let mut scan = Scan::begin(&t.tenant, anna, draft).await?;
    scan.write(bytes)?;
    scan.keep(&t.tenant, anna, "papper.pdf").await
}

#[test]
fn an_officer_writes_in_what_came_on_paper_and_it_counts_from_its_stamp() {
    on_both(|t| async move {
        // Two days after the last day; the paper came on it.
        let t = t.staffed().await;
        t.clock.set("2026-08-27 09:00");
        let board = Board::of(&t, 1).await;
        let anna = t.officer("anna").await.actor;
        let own = board.begin(&board.secretary, "aktivitetsstod", "2026-H1").await;
        let id = on_paper::begin(&t.tenant, &anna, board.id, "aktivitetsstod", "2026-H1").await.unwrap();
        assert_ne!(own, id, "her own draft is not touched");
        assert_eq!(on_paper::begin(&t.tenant, &anna, board.id, "aktivitetsstod", "2026-H1").await.unwrap(), id, "one at a time");
        for stranger in [&board.chair, &board.secretary, &Actor::Service] {
            assert!(matches!(drafts::open(&t.tenant, stranger, id).await, Err(ServiceError::NotFound)), "{}", stranger.code());
            let rounds = on_paper::rounds(&t.tenant, stranger, board.id).await;
            assert!(matches!(rounds, Err(ServiceError::NotFound)), "{}", stranger.code());
        }
        assert!(matches!(drafts::open(&t.tenant, &anna, own).await, Err(ServiceError::NotFound)), "hers is hers alone");
        for (field, text) in [("narvaro_stammer", "ja"), ("ny_lokal", "nej"), ("intygar", "ja")] {
            let change = Change { field: field.to_owned(), entry: Entry::One(text.to_owned()), seen_version: 0 };
            drafts::save(&t.tenant, &anna, id, &[change], None).await.unwrap();
        }
        assert!(matches!(drafts::send(&t.tenant, &anna, id).await, Err(ServiceError::NotFound)), "an officer signs for nobody");
        let paper = |signed_by: &'static str, came: &str| Paper { signed_by, received_on: came.parse().ok() };
        let places = |result: ServiceResult<_>| match result {
            Err(ServiceError::Invalid(findings)) => findings.into_iter().map(|found| found.place).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(places(on_paper::receive(&t.tenant, &anna, id, paper(" ", "")).await), ["underskriven", "inkom", "skannad"]);
        assert_eq!(places(on_paper::receive(&t.tenant, &anna, id, paper("Eva Ek", "2026-08-28")).await), ["inkom", "skannad"]);
        assert!(matches!(scan(&t, &anna, id, b"ingen pdf").await, Err(ServiceError::Invalid(_))));
        scan(&t, &anna, id, b"%PDF-1.7 the paper").await.unwrap();
        assert_eq!(places(on_paper::receive(&t.tenant, &anna, id, paper("Eva Ek", "2025-12-01")).await), ["inkom"]);
        let receipt = on_paper::receive(&t.tenant, &anna, id, paper("Eva Ek och Ove Al", "2026-08-25")).await.unwrap();
        assert!(!receipt.late, "it came on the last day");
        t.work().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let case = cases::by_id(&mut tx, receipt.case).await.unwrap().unwrap();
        assert_eq!(swedish_date(case.received_at).to_string(), "2026-08-25");
        let application = cases::application(&mut tx, receipt.case).await.unwrap();
        assert_eq!(application.signed_by, "Eva Ek och Ove Al");
        let documents = diary::documents_of_case(&mut tx, receipt.case).await.unwrap();
        let subjects: Vec<_> = documents.iter().map(|document| document.subject.as_str()).collect();
        assert!(subjects.contains(&"Bilaga: Ansökan på papper, inskannad"), "{subjects:?}");
        assert!(subjects.iter().any(|subject| subject.starts_with("Ansökan")), "what was written in is registered too: {subjects:?}");
        drop(tx);
        let again = on_paper::begin(&t.tenant, &anna, board.id, "aktivitetsstod", "2026-H1").await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
        t.history_holds().await;
    });
}
