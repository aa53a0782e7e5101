use std::collections::BTreeMap;

use bifall::domain::score::{Criterion, Levels, Points, disagreements, points, spread};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn criteria() -> Vec<Criterion> {
    [("kvalitet", 3, 3), ("delaktighet", 2, 3), ("genomforbarhet", 1, 3)]
        .map(|(id, weight, highest)| Criterion { id: id.to_owned(), weight, highest })
        .to_vec()
}

fn sheet(levels: [u32; 3]) -> Levels {
    ["kvalitet", "delaktighet", "genomforbarhet"].into_iter().map(str::to_owned).zip(levels).collect()
}

fn hundredths(sheets: &[Levels]) -> Option<i64> {
    points(&criteria(), sheets).map(Points::hundredths)
}

/// By hand: (3·3 + 2·2 + 1·1) of (3·3 + 2·3 + 1·3) is 14 of 18, 77.777… of 100.
#[test]
fn levels_are_weighed_together_to_points_of_a_hundred() {
    assert_eq!(hundredths(&[sheet([3, 2, 1])]), Some(7_778));
    assert_eq!(hundredths(&[sheet([0, 0, 0])]), Some(0));
    assert_eq!(hundredths(&[sheet([3, 3, 3])]), Some(10_000));
    // Two assessors: 14 and 10 of 18 are 24 of 36.
    assert_eq!(hundredths(&[sheet([3, 2, 1]), sheet([2, 1, 2])]), Some(6_667));
}

#[test]
fn nothing_is_reckoned_of_half_a_sheet() {
    assert_eq!(hundredths(&[]), None);
    assert_eq!(hundredths(&[BTreeMap::from([("kvalitet".to_owned(), 3)])]), None);
    assert_eq!(points(&[], &[sheet([1, 1, 1])]), None);
}

#[test]
fn one_level_apart_is_a_matter_of_taste_two_are_a_disagreement() {
    let sheets = [sheet([3, 2, 1]), sheet([1, 3, 1])];
    assert_eq!((spread("kvalitet", &sheets), spread("delaktighet", &sheets), spread("genomforbarhet", &sheets)), (2, 1, 0));
    assert_eq!(disagreements(&criteria(), &sheets), ["kvalitet"]);
}

proptest! {
    #[test]
    fn the_order_of_assessors_gives_the_same_and_a_higher_level_never_less(
        sheets in prop::collection::vec([0_u32..=3, 0..=3, 0..=3], 1..6), at in 0_usize..3, which in 0_usize..6,
    ) {
        let own: Vec<Levels> = sheets.iter().copied().map(sheet).collect();
        let reversed: Vec<Levels> = own.iter().rev().cloned().collect();
        prop_assert_eq!(hundredths(&own), hundredths(&reversed));
        // Independent: a plain fraction of what could be reached.
        let reached: u32 = sheets.iter().map(|levels| 3 * levels[0] + 2 * levels[1] + levels[2]).sum();
        let exact = Decimal::from(reached) * Decimal::from(10_000) / Decimal::from(18 * sheets.len());
        prop_assert!((exact - Decimal::from(hundredths(&own).unwrap())).abs() <= Decimal::new(5, 1));
        let mut higher = sheets.clone();
        let which = which % higher.len();
        higher[which][at] = (higher[which][at] + 1).min(3);
        let higher: Vec<Levels> = higher.into_iter().map(sheet).collect();
        prop_assert!(hundredths(&higher) >= hundredths(&own));
    }
}
