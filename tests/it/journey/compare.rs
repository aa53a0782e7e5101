//! Calculating a case again and laying it beside what is kept.
//!
//! By hand: 5 girls and a leader are 57.47 kr, 3 girls and a leader 37.69 kr; rounded 57 and 38.

use bifall::domain::Money;
use bifall::domain::calculation::{Evaluation, Row, RowKind};
use bifall::domain::id::CaseId;
use bifall::services::ServiceError;
use bifall::services::cases::compare::{Compared, Comparison, Differences, compare, differences};

use crate::support::actors::{Association, activity_answers};
use crate::support::dak::{adult, girl, girls, occasion};
use crate::support::{TestTenant, on_both};

/// A club with five girls and a leader once, calculated.
async fn club(t: &TestTenant) -> (Association<'_>, CaseId) {
    let club = t.club(1).await;
    club.send(&[occasion("2026-02-03", "a", &girls(0, 5))]).await;
    let case = club.apply(&activity_answers(), "one").await.case;
    t.work().await;
    assert_eq!(t.total(case).await, 5_700);
    (club, case)
}

async fn compared(t: &TestTenant, case: CaseId) -> Comparison {
    compare(&t.tenant, &t.officer("anna").await.actor, case).await.unwrap().unwrap()
}

async fn again(t: &TestTenant, case: CaseId) -> Differences {
    let Compared::Again(differences) = compared(t, case).await.result else { panic!("disposed of") };
    differences
}

#[test]
fn what_is_calculated_comes_out_the_same_before_and_after_the_lock() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, case) = club(&t).await;
        let open = compared(&t, case).await;
        assert_eq!((open.seq, open.is_final), (1, false));
        assert!(again(&t, case).await.same());
        t.closed().await;
        assert!(compared(&t, case).await.is_final);
        assert!(again(&t, case).await.same());
        t.decided(case).await;
        assert!(again(&t, case).await.same());
        // Looking keeps nothing.
        assert_eq!(t.newest(case).await.seq, 2);
    });
}

#[test]
fn a_clash_that_came_since_shows_as_rows_account_and_sum() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (_, case) = club(&t).await;
        let two = t.club(2).await;
        two.send(&[occasion("2026-02-03", "x", &[girl(3), girl(4), girl(5), girl(6)]).led_by(adult(1))]).await;
        two.apply(&activity_answers(), "two").await;
        t.work().await;
        let found = again(&t, case).await;
        assert!(found.material_changed);
        assert_eq!(found.total, Some((Money::from_ore(5_700), Money::from_ore(3_800))));
        let girls = found.rows.iter().find(|row| row.before.as_ref().is_some_and(|row| row.id == "flickor_och_kvinnor")).unwrap();
        let quantity = |row: &Option<Row>| row.as_ref().unwrap().quantity.unwrap().to_string();
        assert_eq!((quantity(&girls.before), quantity(&girls.now)), ("5".to_owned(), "3".to_owned()));
        let clash = found.account.iter().find(|line| line.now.as_ref().is_some_and(|line| line.id == "without_collisions")).unwrap();
        assert_eq!((clash.before.as_ref().unwrap().marks, clash.now.as_ref().unwrap().marks), (0, -2));
        assert_eq!(found.checks, []);
    });
}

#[test]
fn locked_material_that_somebody_changed_is_told_with_what_it_would_give() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let club = t.club(1).await;
        club.send(&[occasion("2026-02-03", "a", &girls(0, 5)), occasion("2026-02-10", "b", &girls(0, 3))]).await;
        let case = club.apply(&activity_answers(), "one").await.case;
        t.work().await;
        t.closed().await;
        t.execute("update occasion set marks = (select marks from occasion order by length(marks) limit 1)".to_owned()).await.unwrap();
        let found = again(&t, case).await;
        // Twice three girls and a leader instead of five and three: 6 × 9.89 + 2 × 8.02 = 75.38.
        assert!(found.material_changed);
        assert_eq!(found.total, Some((Money::from_ore(9_500), Money::from_ore(7_500))));
    });
}

#[test]
fn after_disposal_there_is_a_hash_and_before_calculation_nothing() {
    on_both(|t| async move {
        let t = t.staffed().await;
        let (one, case) = club(&t).await;
        let two = t.club(2).await;
        let early = two.apply(&activity_answers(), "two").await.case;
        assert!(compare(&t.tenant, &t.officer("anna").await.actor, early).await.unwrap().is_none());
        let foreign = compare(&t.tenant, &two.actor, case).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)));
        t.work().await;
        t.closed().await;
        assert!(compare(&t.tenant, &one.actor, case).await.unwrap().is_some());
        t.execute("update data_key set wrapped = null, destroyed_at = '2036-01-01 00:00:00+00:00'".to_owned()).await.unwrap();
        let Compared::Disposed { input_hash } = compared(&t, case).await.result else { panic!("there still") };
        assert_eq!(input_hash, t.newest(case).await.input_hash);
    });
}

#[test]
fn lines_of_the_same_id_are_laid_beside_each_other_in_order() {
    let row = |id: &str, ore: i64| Row {
        id: id.to_owned(),
        kind: RowKind::Factor,
        text: bifall::domain::Localized::sv(id),
        quantity: None,
        rate: None,
        value: Money::from_ore(ore).kronor(),
        unit: "kr".to_owned(),
        paragraph: None,
        refs: Vec::new(),
        reason: None,
    };
    let result = |rows: Vec<Row>| Evaluation { rows, ..Evaluation::default() };
    let before = result(vec![row("a", 100), row("b", 200), row("b", 300), row("gone", 1)]);
    let now = result(vec![row("b", 200), row("a", 100), row("b", 301), row("new", 2)]);
    let found = differences(false, &before, &now);
    let shown: Vec<(Option<i64>, Option<i64>)> = found
        .rows
        .iter()
        .map(|line| {
            let ore = |row: &Option<Row>| row.as_ref().map(|row| Money::exact(row.value).unwrap().ore());
            (ore(&line.before), ore(&line.now))
        })
        .collect();
    assert_eq!(shown, [(Some(300), Some(301)), (Some(1), None), (None, Some(2))]);
    assert!(differences(false, &before, &before).same());
    assert!(!differences(true, &before, &before).same());
}
