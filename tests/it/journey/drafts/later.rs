//! What comes after the first hand-in: a new version, a withdrawal, a supplement; and the pre-check before it.

use crate::support::actors::day;
use crate::support::on_both;
use bifall::domain::draft::SectionState;
use bifall::domain::grant::Outcome;
use bifall::domain::inputs::Answer;
use bifall::forms::Entry;
use bifall::services::ServiceError;
use bifall::services::cases::{list, withdrawal};
use bifall::services::drafts;
use bifall::services::drafts::Change;
use bifall::services::drafts::changes;
use bifall::services::drafts::cosign;
use bifall::services::drafts::my;
use bifall::services::drafts::supplement;
use bifall::services::history;
use bifall::services::history::Event;
use bifall::services::history::Stream;
use bifall::services::tasks;
use bifall::services::tasks::SupplementRequest;
use bifall::store::queue::Waits;
use serde_json::json;

use super::{Board, new_club, state};

#[test]
fn a_new_version_replaces_the_old_until_the_last_day_and_the_second_signer_sees_what_changed() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.activity().await;
        let first = drafts::send(&t.tenant, &board.chair, id).await.unwrap();
        t.work().await;
        let again = drafts::replace(&t.tenant, &board.secretary, first.case).await.unwrap();
        assert_eq!(drafts::replace(&t.tenant, &board.treasurer, first.case).await.unwrap(), again, "one at a time");
        let draft = board.open(again).await;
        assert_eq!(draft.answers["ny_lokal"], Answer::YesNo(false));
        board.write(&board.secretary, again, 1, "ny_lokal", "ja").await;
        board.write(&board.secretary, again, 0, "hyreskontrakt", "later").await;
        let second = drafts::send(&t.tenant, &board.treasurer, again).await.unwrap();
        assert_eq!((second.case, second.replaces), (first.case, true));
        let found = changes::of(&t.tenant, &t.officer("anna").await.actor, first.case).await.unwrap();
        let fields: Vec<&str> = found.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["ny_lokal", "hyreskontrakt"]);
        assert_eq!((found[0].before.clone(), found[0].after.clone()), (Some(Answer::YesNo(false)), Some(Answer::YesNo(true))));
        let promised: Vec<String> = t.open_tasks(first.case).await.into_iter().map(|task| task.reason).collect();
        assert!(promised.iter().any(|reason| reason.contains("Hyreskontrakt")), "what was promised is an officer's task: {promised:?}");
        cosign::sign(&t.tenant, &board.chair, first.case).await.unwrap();
        t.clock.set("2026-08-26 08:00");
        let late = drafts::replace(&t.tenant, &board.secretary, first.case).await;
        assert!(matches!(late, Err(ServiceError::Refused(_))), "{late:?}");
    });
}

#[test]
fn what_was_withdrawn_is_closed_without_being_tried() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let case = drafts::send(&t.tenant, &board.chair, board.activity().await).await.unwrap().case;
        t.work().await;
        let clerk = withdrawal::request(&t.tenant, &board.secretary, case, "").await;
        assert!(matches!(clerk, Err(ServiceError::Refused(_))), "{clerk:?}");
        withdrawal::request(&t.tenant, &board.chair, case, "Vi söker inte i år").await.unwrap();
        withdrawal::request(&t.tenant, &board.chair, case, "Vi söker inte i år").await.unwrap();
        let papers = t.documents(case).await.iter().filter(|document| document.document_type == "aterkallelse").count();
        assert_eq!(papers, 1);
        t.closed().await;
        // It waits for an officer, not among those that are decided; and whoever decides it all the same is told why not.
        let anna = t.officer("anna").await;
        let line = list::some(&t.tenant, &anna.actor, &[case]).await.unwrap().remove(0);
        assert_eq!(line.row.standing.waits, Waits::Officer);
        let tried = anna.decide(&[case]).await.remove(0).result;
        assert!(matches!(tried, Err(ServiceError::Refused(_))), "{tried:?}");
        let decided = withdrawal::close(&t.tenant, &anna.actor, case).await.unwrap();
        let mut tx = t.tenant.db.read().await.unwrap();
        let row = bifall::store::decisions::by_id(&mut tx, decided).await.unwrap().unwrap();
        assert_eq!((row.outcome, row.amount_ore.ore()), (Outcome::Avskrivning, 0));
        drop(tx);
        t.history_holds().await;
    });
}

#[test]
fn another_application_ends_the_withdrawal_of_the_one_before() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let case = drafts::send(&t.tenant, &board.chair, board.activity().await).await.unwrap().case;
        t.work().await;
        withdrawal::request(&t.tenant, &board.chair, case, "").await.unwrap();
        let shown = my::case(&t.tenant, &board.chair, case).await.unwrap();
        assert!(shown.withdrawn && !shown.may_withdraw && shown.may_replace);
        let anew = drafts::replace(&t.tenant, &board.chair, case).await.unwrap();
        let again = drafts::send(&t.tenant, &board.chair, anew).await.unwrap();
        assert_eq!(again.case, case);
        t.work().await;
        let shown = my::case(&t.tenant, &board.chair, case).await.unwrap();
        assert!(!shown.withdrawn && shown.may_withdraw);
        assert!(!t.open_tasks(case).await.iter().any(|task| task.task == withdrawal::WITHDRAWAL));
        t.history_holds().await;
    });
}

#[test]
fn a_supplement_opens_what_was_asked_for_and_nothing_else() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let board = Board::of(&t, 1).await;
        let id = board.begin(&board.secretary, "arrangemangsbidrag", "2026").await;
        let answers = crate::journey::workflow::event(60_000, 35_000, 25_000);
        let form = board.open(id).await.package.clone();
        for (field, answer) in &answers {
            let field = form.form.field(field).unwrap();
            let seen = board.open(id).await.written.get(&field.id).map_or(0, |written| written.version);
            let answer = match answer {
                Answer::Text(text) if field.id == "kontonummer" => Answer::Text(format!("bankgiro:{text}")),
                other => other.clone(),
            };
            let change = Change { field: field.id.clone(), entry: bifall::forms::echo(field, &answer), seen_version: seen };
            drafts::save(&t.tenant, &board.secretary, id, &[change], None).await.unwrap();
        }
        let case = drafts::send(&t.tenant, &board.chair, id).await.unwrap().case;
        t.work().await;
        let early = supplement::begin(&t.tenant, &board.secretary, case).await;
        assert!(matches!(early, Err(ServiceError::Refused(_))), "nobody has asked: {early:?}");
        let officer = t.officer("anna").await.actor;
        let request = SupplementRequest {
            missing: "Hur mycket kostar scenen?",
            last_day: day("2026-09-10"),
            consequence: "Vi avgör utan.",
            sections: &[],
        };
        tasks::request_supplement(&t.tenant, &officer, case, &request).await.unwrap();
        // Aimed at the money alone.
        let mut tx = t.tenant.db.write().await.unwrap();
        let body = json!({ "last_day": "2026-09-10", "sections": ["ekonomi"] });
        let texts = [("missing", request.missing), ("consequence", request.consequence)];
        let event = Event { kind: "supplement.requested", body, texts: &texts };
        history::record(&mut tx, &t.tenant, Stream::Case(case), &officer, event).await.unwrap();
        tx.commit().await.unwrap();
        let asked = supplement::begin(&t.tenant, &board.secretary, case).await.unwrap();
        let draft = board.open(asked).await;
        assert_eq!(
            draft.sections.iter().map(|section| (section.id.as_str(), section.state)).collect::<Vec<_>>(),
            [("ekonomi", SectionState::ChangeRequested)]
        );
        let shut = board.write(&board.secretary, asked, 1, "beskrivning", "Något helt annat").await.draft;
        assert_eq!(shut.written["beskrivning"].entry, Entry::One("Kulturdag i parken".to_owned()), "what was not asked for stands");
        let nothing = supplement::send(&t.tenant, &board.secretary, asked, " ").await;
        assert!(matches!(nothing, Err(ServiceError::Invalid(_))), "{nothing:?}");
        let changed = board.write(&board.secretary, asked, 1, "sokt_belopp", "20 000").await.draft;
        assert_eq!(state(&changed, "ekonomi"), SectionState::Changed);
        assert_eq!(supplement::send(&t.tenant, &board.secretary, asked, "Scenen blev billigare.").await.unwrap(), case);
        assert_eq!(supplement::send(&t.tenant, &board.secretary, asked, "Scenen blev billigare.").await.unwrap(), case, "pressed twice");
        let found = changes::of(&t.tenant, &officer, case).await.unwrap();
        assert_eq!(found.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["sokt_belopp"]);
        assert_eq!(t.case(case).await.state, "assess", "back where it came from");
        t.history_holds().await;
    });
}

#[test]
fn the_pre_check_says_why_not_and_what_else() {
    on_both(|t| async move {
        let t = t.staffed().await;
        // Nobody has approved the new club, and it has no members to speak of.
        let board = Board::with(&t, new_club(&t, 1).await).await;
        let found = drafts::precheck(&t.tenant, &board.secretary, board.id, "aktivitetsstod", "2026-H1").await.unwrap();
        assert!(found.refused());
        assert!(found.checks.iter().any(|check| check.paragraph.is_some()), "with its paragraph: {:?}", found.checks);
        let others: Vec<&str> = found.others.iter().map(|other| other.grant_type.as_str()).collect();
        assert!(others.contains(&"startbidrag") && others.contains(&"godkand-forening"), "{others:?}");
        assert!(!others.contains(&"aktivitetsstod"));
        let approved = Board::of(&t, 2).await;
        let found = drafts::precheck(&t.tenant, &approved.secretary, approved.id, "aktivitetsstod", "2026-H1").await.unwrap();
        assert!(!found.refused() && found.others.is_empty());
        let officer = drafts::precheck(&t.tenant, &t.officer("anna").await.actor, approved.id, "aktivitetsstod", "2026-H1").await;
        assert!(matches!(officer, Err(ServiceError::NotFound)));
    });
}
