use bifall::domain::Money;
use bifall::domain::ranking::{Candidate, Ranked, Terms, TermsError, Why, rank};
use bifall::domain::score::Points;
use proptest::prelude::*;

fn kr(kronor: i64) -> Money {
    Money::from_kronor(kronor).unwrap()
}

fn candidate(no: u32, points: i64, applied: i64, proposed: i64, district: Option<&str>) -> Candidate {
    Candidate {
        number: format!("KFN 2026/{no:04}"),
        points: Points::from_hundredths(points * 100).unwrap(),
        applied: kr(applied),
        proposed: kr(proposed),
        district: district.map(str::to_owned),
    }
}

fn terms(budget: i64) -> Terms {
    Terms { budget: kr(budget), most_percent: None, least_points: None, district_percent: None, rest_to_next: false }
}

fn told(ranked: &[Ranked]) -> Vec<(usize, i64, Why)> {
    ranked.iter().map(|one| (one.candidate, one.amount.ore() / 100, one.why)).collect()
}

/// Five applications; every expected sum was added up by hand.
fn round() -> Vec<Candidate> {
    vec![
        candidate(1, 50, 40_000, 30_000, Some("norr")),
        candidate(2, 90, 60_000, 60_000, Some("centrum")),
        candidate(3, 70, 50_000, 40_000, Some("centrum")),
        candidate(4, 70, 20_000, 20_000, Some("soder")),
        candidate(5, 30, 10_000, 10_000, Some("norr")),
    ]
}

#[test]
fn the_budget_goes_down_the_list_and_nobody_is_passed_by() {
    // 60 000 + 40 000 + 20 000 = 120 000; 5 000 do not reach the next 30 000, and the 10 000 after it gets nothing either.
    let ranked = rank(&round(), &terms(125_000)).unwrap();
    assert_eq!(
        told(&ranked),
        [
            (1, 60_000, Why::AsProposed),
            (2, 40_000, Why::AsProposed),
            (3, 20_000, Why::AsProposed),
            (0, 0, Why::BelowLine),
            (4, 0, Why::BelowLine)
        ]
    );
    assert_eq!(ranked.iter().map(|one| one.place).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    // With what is left to the next in line.
    let rest = rank(&round(), &Terms { rest_to_next: true, ..terms(125_000) }).unwrap();
    assert_eq!(told(&rest)[3..], [(0, 5_000, Why::Rest), (4, 0, Why::BelowLine)]);
}

#[test]
fn an_exact_budget_reaches_the_last_and_an_ore_less_does_not() {
    let exact = rank(&round(), &terms(160_000)).unwrap();
    assert!(exact.iter().all(|one| one.why == Why::AsProposed));
    let short = rank(&round(), &Terms { budget: Money::from_ore(15_999_999), ..terms(0) }).unwrap();
    assert_eq!(told(&short)[4], (4, 0, Why::BelowLine));
}

#[test]
fn the_greatest_part_and_the_least_points_cut_before_the_budget_does() {
    let terms = Terms { most_percent: Some(75), least_points: Points::from_hundredths(5_000), ..terms(200_000) };
    // 75 % of 60 000 is 45 000, of 50 000 is 37 500, of 20 000 is 15 000, of 40 000 is 30 000: what was proposed.
    assert_eq!(
        told(&rank(&round(), &terms).unwrap()),
        [
            (1, 45_000, Why::MostPercent),
            (2, 37_500, Why::MostPercent),
            (3, 15_000, Why::MostPercent),
            (0, 30_000, Why::AsProposed),
            (4, 0, Why::BelowLeast)
        ]
    );
}

#[test]
fn every_district_has_its_part_before_the_others_compete() {
    // A quarter of 100 000 is 25 000. The south has 20 000 to get, the north and the centre 25 000 each: 30 000 are kept for nobody.
    // The centre's first wants 60 000, 35 000 beyond its part: too much. The north's first wants 30 000, 5 000 beyond its part.
    // 50 000 are left, and the centre's first does not fit in them.
    let terms = Terms { district_percent: Some(25), ..terms(100_000) };
    let ranked = rank(&round(), &terms).unwrap();
    assert_eq!(
        told(&ranked),
        [
            (1, 0, Why::BelowLine),
            (2, 0, Why::BelowLine),
            (3, 20_000, Why::AsProposed),
            (0, 30_000, Why::AsProposed),
            (4, 0, Why::BelowLine)
        ]
    );
    assert_eq!(ranked.iter().map(|one| one.through_district).collect::<Vec<_>>(), [false, false, true, true, false]);
    let rest = rank(&round(), &Terms { rest_to_next: true, ..terms }).unwrap();
    assert_eq!(told(&rest)[0], (1, 50_000, Why::Rest), "what is left goes to the first");
}

#[test]
fn the_only_application_of_a_district_gets_in_though_it_is_larger_than_the_part() {
    // The north's only one wants 50 000, its part is 42 500; the 7 500 beyond are kept for nobody, for the centre wants 100 000 in all.
    let round = [
        candidate(1, 90, 60_000, 60_000, Some("centrum")),
        candidate(2, 80, 40_000, 40_000, Some("centrum")),
        candidate(3, 40, 50_000, 50_000, Some("norr")),
    ];
    let ranked = rank(&round, &Terms { district_percent: Some(25), ..terms(170_000) }).unwrap();
    assert_eq!(told(&ranked), [(0, 60_000, Why::AsProposed), (1, 40_000, Why::AsProposed), (2, 50_000, Why::AsProposed)]);
    let less = rank(&round, &Terms { district_percent: Some(25), ..terms(120_000) }).unwrap();
    assert_eq!(told(&less), [(0, 60_000, Why::AsProposed), (1, 0, Why::BelowLine), (2, 50_000, Why::AsProposed)]);
}

#[test]
fn terms_that_contradict_themselves_are_refused() {
    let refused = |terms: Terms| rank(&round(), &terms).unwrap_err();
    assert_eq!(refused(Terms { budget: Money::from_ore(-1), ..terms(0) }), TermsError::Budget);
    assert_eq!(refused(Terms { most_percent: Some(0), ..terms(1) }), TermsError::MostPercent);
    assert_eq!(refused(Terms { most_percent: Some(101), ..terms(1) }), TermsError::MostPercent);
    assert_eq!(refused(Terms { district_percent: Some(34), ..terms(1) }), TermsError::Districts { districts: 3 });
    assert!(rank(&round(), &Terms { district_percent: Some(33), ..terms(1) }).is_ok());
    assert_eq!(rank(&[], &terms(1)).unwrap(), []);
}

fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0_i64..=100, 1_i64..200_000, 0_i64..=100, 0_usize..4);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        (1_u32..)
            .zip(all)
            .map(|(no, (points, applied, percent, district))| {
                candidate(no, points, applied, applied * percent / 100, ["norr", "soder", "centrum", "landsbygd"].get(district).copied())
            })
            .collect()
    })
}

fn any_terms() -> impl Strategy<Value = Terms> {
    (0_i64..2_000_000, prop::option::of(1_u32..=100), prop::option::of(0_i64..=100), prop::option::of(0_u32..=25), any::<bool>()).prop_map(
        |(budget, most_percent, least, district_percent, rest_to_next)| Terms {
            budget: kr(budget),
            most_percent,
            least_points: least.map(|points| Points::from_hundredths(points * 100).unwrap()),
            district_percent,
            rest_to_next,
        },
    )
}

proptest! {
    #[test]
    fn the_sum_never_exceeds_the_budget_and_nobody_gets_more_than_proposed(candidates in any_candidates(), terms in any_terms()) {
        let ranked = rank(&candidates, &terms).unwrap();
        prop_assert_eq!(ranked.len(), candidates.len());
        prop_assert!(ranked.iter().map(|one| one.amount.ore()).sum::<i64>() <= terms.budget.ore());
        for one in &ranked {
            let own = &candidates[one.candidate];
            prop_assert!(one.amount <= own.proposed && !one.amount.is_negative());
            if let Some(percent) = terms.most_percent {
                prop_assert!(one.amount.ore() * 100 <= own.applied.ore() * i64::from(percent));
            }
            if terms.least_points.is_some_and(|least| own.points < least) {
                prop_assert_eq!(one.amount, Money::ZERO);
            }
        }
    }

    #[test]
    fn the_order_in_which_they_come_changes_nothing(candidates in any_candidates(), terms in any_terms()) {
        let by_number = |candidates: &[Candidate]| {
            let mut all: Vec<_> = rank(candidates, &terms).unwrap().into_iter()
                .map(|one| (candidates[one.candidate].number.clone(), one.place, one.amount, one.why)).collect();
            all.sort();
            all
        };
        let reversed: Vec<Candidate> = candidates.iter().rev().cloned().collect();
        prop_assert_eq!(by_number(&candidates), by_number(&reversed));
    }

    /// Without districts: whoever has fewer points never gets in before whoever has more.
    #[test]
    fn whoever_is_above_is_served_first(candidates in any_candidates(), terms in any_terms()) {
        let ranked = rank(&candidates, &Terms { district_percent: None, ..terms }).unwrap();
        let first_below = ranked.iter().position(|one| one.why == Why::BelowLine).unwrap_or(ranked.len());
        prop_assert!(ranked[first_below..].iter().all(|one| one.amount == Money::ZERO));
        prop_assert!(ranked.windows(2).all(|pair| candidates[pair[0].candidate].points >= candidates[pair[1].candidate].points));
    }

    /// More money never takes from anybody, where no district has a part of its own.
    #[test]
    fn a_larger_budget_never_gives_anybody_less(candidates in any_candidates(), terms in any_terms(), more in 0_i64..500_000) {
        let terms = Terms { district_percent: None, ..terms };
        let larger = Terms { budget: Money::from_ore(terms.budget.ore() + more * 100), ..terms };
        let (before, after) = (rank(&candidates, &terms).unwrap(), rank(&candidates, &larger).unwrap());
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!(before.candidate, after.candidate);
            prop_assert!(before.amount <= after.amount);
        }
    }

    /// A district gets its part, or all that it asked for, but for the one application that goes beyond what is left.
    #[test]
    fn every_district_gets_its_part_but_for_one_application(candidates in any_candidates(), percent in 1_u32..=25, budget in 0_i64..4_000_000) {
        let terms = Terms { district_percent: Some(percent), ..terms(budget) };
        let ranked = rank(&candidates, &terms).unwrap();
        for district in ["norr", "soder", "centrum", "landsbygd"] {
            let own = || candidates.iter().enumerate().filter(|(_, one)| one.district.as_deref() == Some(district));
            let asked: i64 = own().map(|(_, one)| one.proposed.ore()).sum();
            let largest = own().map(|(_, one)| one.proposed.ore()).max().unwrap_or(0);
            let got: i64 = ranked.iter().filter(|one| own().any(|(at, _)| at == one.candidate)).map(|one| one.amount.ore()).sum();
            prop_assert!(got >= asked.min(budget * i64::from(percent)) - largest, "{district}: {got} of {asked}");
        }
    }
}
