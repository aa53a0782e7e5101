//! Documents promised for later: they come without being asked for, and nothing else comes with them.

use crate::support::on_both;
use bifall::domain::draft::SectionState;
use bifall::services::ServiceError;
use bifall::services::drafts;
use bifall::services::drafts::my;
use bifall::services::drafts::supplement;

use super::{Board, state, upload};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

#[test]
fn a_promised_document_comes_without_being_asked_for_and_ends_the_waiting() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.activity().await;
        board.write(&board.secretary, id, 1, "ny_lokal", "ja").await;
        board.write(&board.secretary, id, 0, "hyreskontrakt", "later").await;
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        t.work().await;
        assert!(waits(&t, case).await, "an officer waits for it");
        let shown = my::case(&t.tenant, &board.secretary, case).await.unwrap();
        assert_eq!((shown.promised.len(), shown.may_deliver), (1, true));
        let sent = supplement::begin(&t.tenant, &board.secretary, case).await.unwrap();
        let draft = board.open(sent).await;
        assert_eq!(draft.sections.iter().map(|section| section.id.as_str()).collect::<Vec<_>>(), ["verksamhet"], "its section alone");
        assert_eq!(state(&draft, "verksamhet"), SectionState::ChangeRequested);
        upload(&t, &board.secretary, sent, "hyreskontrakt", "kontrakt.pdf", PDF).await.unwrap();
        supplement::send(&t.tenant, &board.secretary, sent, "").await.unwrap();
        t.work().await;
        assert!(!waits(&t, case).await, "nobody waits any more");
        let shown = my::case(&t.tenant, &board.secretary, case).await.unwrap();
        assert_eq!((shown.promised.len(), shown.may_deliver), (0, true));
        assert!(shown.view.documents.iter().any(|document| document.subject == "Bilaga: Hyreskontrakt"), "it is in the diary");
        let again = supplement::begin(&t.tenant, &board.secretary, case).await;
        assert!(matches!(again, Err(ServiceError::Refused(_))), "nothing more is promised: {again:?}");
        t.history_holds().await;
    });
}

#[test]
fn with_a_promised_document_no_other_answer_changes() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.activity().await;
        board.write(&board.secretary, id, 1, "ny_lokal", "ja").await;
        board.write(&board.secretary, id, 0, "hyreskontrakt", "later").await;
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        t.work().await;
        let sent = supplement::begin(&t.tenant, &board.secretary, case).await.unwrap();
        board.write(&board.secretary, sent, 1, "ny_lokal", "nej").await;
        let refused = supplement::send(&t.tenant, &board.secretary, sent, "").await;
        assert!(matches!(refused, Err(ServiceError::Refused(_))), "{refused:?}");
    });
}

async fn waits(t: &crate::support::TestTenant, case: bifall::domain::id::CaseId) -> bool {
    t.open_tasks(case).await.into_iter().any(|task| task.reason.contains("Hyreskontrakt") && task.task == "kommer_senare")
}
