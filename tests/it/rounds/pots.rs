//! A pot over a round of real cases: shared as often as wanted, locked once, decided with its part.

use bifall::domain::Money;
use bifall::services::cases::overrides;
use bifall::services::{ServiceError, calculation, decisions, rounds};

use super::support::{POT, applied, closed, pot};
use crate::support::on_both;

#[test]
fn a_round_is_shared_locked_and_decided_to_the_krona() {
    on_both(|t| async move {
        let t = t.staffed().await;
        pot(&t).await;
        // 2 occasions with 3, 1 with 5, 1 with 4: 40 kr fixed; 6 + 5 + 4 = 15 marks share 960 kr.
        let a = applied(&t, 1, POT, &["2026-02-03", "2026-02-10"], 3).await;
        let b = applied(&t, 2, POT, &["2026-02-03"], 5).await;
        let c = applied(&t, 3, POT, &["2026-02-03"], 4).await;
        t.work().await;
        let dag = t.officer("dag").await;
        let early = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await;
        let Err(ServiceError::Refused(why)) = &early else { panic!("{early:?}") };
        assert!(why.sv.starts_with("3 ärenden är inte slutligt beräknade"), "{}", why.sv);
        closed(&t, POT).await;
        assert_eq!([t.total(a).await, t.total(b).await, t.total(c).await], [2_000, 1_000, 1_000], "their own sums");
        assert_eq!(t.case(a).await.state, "proposed", "that the pot is not shared is nobody's to look into");
        let anna = t.officer("anna").await;
        let unshared = decisions::decide(&t.tenant, &anna.actor, a, &[]).await;
        let Err(ServiceError::Refused(why)) = &unshared else { panic!("{unshared:?}") };
        assert!(why.sv.starts_with("Potten är inte fördelad"), "{}", why.sv);

        let first = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await.unwrap();
        let again = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await.unwrap();
        assert!(!first.as_before && again.as_before, "the same cases share the same way");
        assert_eq!((first.seq, again.seq, again.left.ore()), (1, 2, 0));
        let part = |case| again.parts.iter().find(|part| part.case_id == case).unwrap().part_ore.ore();
        // 960 / 15 = 64 kr a mark: 384, 320 and 256.
        assert_eq!([part(a), part(b), part(c)], [38_400, 32_000, 25_600]);
        assert!(matches!(rounds::lock(&t.tenant, &anna.actor, again.id).await, Err(ServiceError::Refused(_))));
        assert_eq!(rounds::lock(&t.tenant, &dag.actor, again.id).await.unwrap(), 3);
        assert_eq!([t.total(a).await, t.total(b).await, t.total(c).await], [40_400, 33_000, 26_600]);
        assert!(matches!(rounds::lock(&t.tenant, &dag.actor, first.id).await, Err(ServiceError::Refused(_))));
        assert!(matches!(rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await, Err(ServiceError::Refused(_))));
        assert_eq!(rounds::calculate(&t.tenant, POT, "2026-H1").await.unwrap(), 0, "to carry on changes nothing");
        assert!(rounds::replay(&t.tenant, &dag.actor, again.id).await.unwrap());
        let evaluation = calculation::evaluation(&t.newest(b).await).unwrap();
        let texts: Vec<&str> = evaluation.rows.iter().map(|row| row.text.sv.as_str()).collect();
        assert_eq!(
            texts,
            ["1 sammankomster à 10\u{A0}kr", "5 deltagartillfällen", "Andel av potten: 320\u{A0}kr", "Summa"],
            "the decision says what the pot gave"
        );
        t.decided(b).await;
        let mut tx = t.tenant.db.read().await.unwrap();
        let decision = bifall::store::decisions::standing(&mut tx, b).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(decision.amount_ore.ore(), 33_000);
        let replayed = bifall::services::replay::replay(&t.tenant, &decision).await.unwrap();
        assert_eq!(replayed.answer, bifall::services::replay::Answer::Same);
        t.history_holds().await;
    });
}

#[test]
fn who_is_refused_takes_no_part_and_can_be_told_so() {
    on_both(|t| async move {
        let t = t.staffed().await;
        pot(&t).await;
        let a = applied(&t, 1, POT, &["2026-02-03"], 3).await;
        t.clock.set("2026-08-26 06:00");
        let late = applied(&t, 2, POT, &["2026-02-03"], 5).await;
        t.work().await;
        closed(&t, POT).await;
        let dag = t.officer("dag").await;
        let shared = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await.unwrap();
        assert_eq!(shared.parts.len(), 1);
        assert_eq!(shared.parts[0].part_ore.ore(), 99_000, "all of the rest: 1 000 less 10");
        rounds::lock(&t.tenant, &dag.actor, shared.id).await.unwrap();
        t.decided(a).await;
        t.decided(late).await;
        assert_eq!(t.case(late).await.outcome, Some(bifall::domain::grant::Outcome::Avslag));
    });
}

#[test]
fn what_was_shared_is_locked_only_while_the_cases_are_what_they_were() {
    on_both(|t| async move {
        let t = t.staffed().await;
        pot(&t).await;
        applied(&t, 1, POT, &["2026-02-03"], 3).await;
        t.work().await;
        closed(&t, POT).await;
        let dag = t.officer("dag").await;
        let shared = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await.unwrap();
        // A late application is taken up to 30 September: now there are two to share with.
        applied(&t, 2, POT, &["2026-02-03"], 5).await;
        t.work().await;
        let stale = rounds::lock(&t.tenant, &dag.actor, shared.id).await;
        let Err(ServiceError::Refused(why)) = &stale else { panic!("{stale:?}") };
        assert!(why.sv.contains("har ändrats sedan potten fördelades"), "{}", why.sv);
        for statement in ["update allocation set left_ore = 1", "update allocation_part set part_ore = 0", "delete from allocation_part"] {
            assert!(t.execute(statement.to_owned()).await.is_err(), "{statement}");
        }
        let again = rounds::share(&t.tenant, &dag.actor, POT, "2026-H1").await.unwrap();
        rounds::lock(&t.tenant, &dag.actor, again.id).await.unwrap();
        assert!(t.execute("update allocation set locked_at = null".to_owned()).await.is_err(), "what is locked stays locked");
        let no_pot = rounds::share(&t.tenant, &dag.actor, "aktivitetsstod", "2026-H1").await;
        assert!(matches!(no_pot, Err(ServiceError::Refused(_))), "{no_pot:?}");
    });
}

/// A sum that is set before the part is known would be undone by it; after the lock it is the officer's to set.
#[test]
fn a_sum_is_set_by_hand_only_when_the_case_has_its_part() {
    on_both(|t| async move {
        let t = t.staffed().await;
        pot(&t).await;
        let case = applied(&t, 1, POT, &["2026-02-03"], 3).await;
        t.work().await;
        closed(&t, POT).await;
        let (anna, dag) = (t.officer("anna").await.actor, t.officer("dag").await.actor);
        let set = Some(Money::from_kronor(500).unwrap());
        let early = overrides::change(&t.tenant, &anna, case, set, "Enligt avtal.").await;
        let Err(ServiceError::Refused(why)) = &early else { panic!("{early:?}") };
        assert!(why.sv.starts_with("Potten är inte fördelad"), "{}", why.sv);
        let shared = rounds::share(&t.tenant, &dag, POT, "2026-H1").await.unwrap();
        assert_eq!(rounds::lock(&t.tenant, &dag, shared.id).await.unwrap(), 1);
        assert_eq!(t.total(case).await, 100_000, "10 kr of its own and the 990 kr that are left of the pot");
        overrides::change(&t.tenant, &anna, case, set, "Enligt avtal.").await.unwrap();
        assert_eq!(t.total(case).await, 50_000);
        assert_eq!(rounds::calculate(&t.tenant, POT, "2026-H1").await.unwrap(), 0, "to carry on changes nothing");
        t.decided(case).await;
        t.history_holds().await;
    });
}
