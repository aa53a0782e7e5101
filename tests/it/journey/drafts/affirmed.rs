//! What is affirmed of attendance holds for the attendance that was looked at.

use bifall::domain::draft::SectionState;
use bifall::domain::inputs::Answer;

use super::{Board, state};
use crate::support::dak::{girls, occasion};
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
