//! What is affirmed of attendance holds for the attendance that was looked at.

use bifall::domain::draft::SectionState;
use bifall::domain::inputs::Answer;
use bifall::services::clashes::{self, ClashAnswer};
use bifall::services::drafts;

use super::{Board, state};
use crate::support::actors::activity_answers;
use crate::support::dak::{adult, girls, occasion};
use crate::support::on_both;

#[test]
fn new_attendance_asks_anew_and_the_same_file_again_or_another_half_year_does_not() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let board = Board::with(&t, club.id).await;
        let spring = [occasion("2026-02-03", "a", &girls(0, 5))];
        club.send(&spring).await;
        let id = board.activity().await;
        let affirmed = |draft: &bifall::services::drafts::Draft| draft.answers.get("narvaro_stammer").cloned();
        assert_eq!(affirmed(&board.open(id).await), Some(Answer::YesNo(true)));
        club.send(&spring).await;
        club.send(&[occasion("2025-10-03", "old", &girls(0, 5))]).await;
        let draft = board.open(id).await;
        assert_eq!(affirmed(&draft), Some(Answer::YesNo(true)), "nothing of the period has changed");
        assert!(!draft.written["narvaro_stammer"].is_taken_back());
        club.send(&[occasion("2026-02-10", "b", &girls(0, 5))]).await;
        let draft = board.open(id).await;
        assert_eq!(affirmed(&draft), None);
        assert!(draft.written["narvaro_stammer"].is_taken_back());
        let section = draft.package.form.sections.iter().find(|section| section.fields.iter().any(|field| field.id == "narvaro_stammer"));
        assert_ne!(state(&draft, &section.unwrap().id), SectionState::Done);
        // Whoever looks again ticks again: as the page shows it, nothing stands there.
        let seen = draft.written["narvaro_stammer"].version;
        let saved = board.write(&board.secretary, id, seen, "narvaro_stammer", "ja").await;
        assert!(saved.conflicts.is_empty());
        assert_eq!(affirmed(&saved.draft), Some(Answer::YesNo(true)));
        assert!(!saved.draft.written["narvaro_stammer"].is_taken_back());
    });
}

#[test]
fn an_answer_about_a_clash_asks_anew_once_and_the_same_answer_again_does_not() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, two) = (t.club(1).await, t.club(2).await);
        one.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
        two.send(&[occasion("2026-02-03", "x", &girls(3, 5)).at("18:30", "19:30").led_by(adult(1))]).await;
        two.apply(&activity_answers(), "two").await;
        t.work().await;
        let board = Board::with(&t, one.id).await;
        let id = board.activity().await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let clash = bifall::store::clashes::of_organisation(&mut tx, one.id, "aktivitetsstod", "2026-H1").await.unwrap().remove(0).id;
        drop(tx);
        let affirmed = |draft: &bifall::services::drafts::Draft| draft.answers.get("narvaro_stammer").cloned();
        assert_eq!(affirmed(&board.open(id).await), Some(Answer::YesNo(true)));
        // What the other one says of hers is not this association's to look through.
        clashes::answer(&t.tenant, &two.actor, two.id, clash, clashes::Side::First, ClashAnswer::Keep).await.unwrap();
        assert_eq!(affirmed(&board.open(id).await), Some(Answer::YesNo(true)));
        clashes::answer(&t.tenant, &one.actor, one.id, clash, clashes::Side::First, ClashAnswer::Withdraw).await.unwrap();
        let draft = board.open(id).await;
        assert_eq!(affirmed(&draft), None);
        assert!(draft.written["narvaro_stammer"].is_taken_back());
        board.write(&board.secretary, id, draft.written["narvaro_stammer"].version, "narvaro_stammer", "ja").await;
        clashes::answer(&t.tenant, &one.actor, one.id, clash, clashes::Side::First, ClashAnswer::Withdraw).await.unwrap();
        assert_eq!(affirmed(&board.open(id).await), Some(Answer::YesNo(true)), "nothing has changed");
    });
}

#[test]
fn an_application_in_time_is_received_though_its_attendance_has_not_come() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        let board = Board::with(&t, club.id).await;
        let id = board.activity().await;
        assert_eq!(board.open(id).await.findings(), []);
        drafts::send(&t.tenant, &board.chair, id).await.unwrap();
    });
}
