//! A pot that is shared: to the krona, by measure and never by name.

use std::collections::BTreeMap;

use bifall::domain::Money;
use bifall::domain::allocation::{AllocationError, share};
use bifall::rules::{Allocated, Entry, RuleError, allocate};
use rust_decimal::Decimal;

use super::generated::Dice;
use super::support::{inputs, rules};

fn entry(id: &str, order: u64, own: i64, marks: Option<i64>) -> Entry {
    let measures = BTreeMap::from([("m".to_owned(), marks.map(Decimal::from))]);
    Entry { id: id.to_owned(), order, own: Money::from_kronor(own).expect("kronor"), measures, takes_part: true }
}

fn run(body: &str, parameters: &[(&str, &str, &str)], entries: Vec<Entry>) -> Result<Allocated, RuleError> {
    let parameters: String = parameters
        .iter()
        .map(|(id, kind, value)| {
            format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2020-01-01, value = {value} }}]\n")
        })
        .collect();
    let texts = "[m]\ntext = \"{value}\"\n[a]\ntext = \"Andel\"\n[f]\ntext = \"Fasta\"\n[resten]\ntext = \"{quantity} à {rate}\"\n[pott]\ntext = \"{amount}\"\n[reserv]\ntext = \"{amount}\"\n";
    let used: String = texts
        .split_inclusive("\"\n")
        .filter(|part| {
            body.contains(&format!("\"{}\"", part[1..].split(']').next().unwrap_or_default()))
                || part.starts_with("[m]")
                || part.starts_with("[a]")
        })
        .collect();
    let script =
        format!("fn calculate(application) {{ measure(\"m\", 1, \"st\"); allocated_row(\"a\"); }} fn allocate(round) {{ {body} }}");
    allocate(&rules(&script, &parameters, &used), &inputs(), entries)
}

fn parts(done: &Allocated) -> Vec<(&str, i64)> {
    done.parts.iter().map(|(id, part)| (id.as_str(), part.ore())).collect()
}

fn rows(done: &Allocated) -> Vec<(&str, String)> {
    done.rows.iter().map(|row| (row.id.as_str(), row.value.to_string())).collect()
}

fn code(done: Result<Allocated, RuleError>) -> String {
    match done {
        Err(RuleError::Fault(problem)) => problem.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pot_is_divided_by_marks_to_the_krona() {
    let pot = ("pott", "money", "1000");
    let entries = vec![entry("a", 1, 0, Some(1)), entry("b", 2, 0, Some(1)), entry("c", 3, 0, Some(1))];
    let done = run("pot(\"pott\"); share_by(\"resten\", \"m\");", &[pot], entries).expect("shared");
    // 333,33 each: the krona left over goes to the one received first.
    assert_eq!(parts(&done), [("a", 33_400), ("b", 33_300), ("c", 33_300)]);
    assert_eq!(rows(&done), [("pott", "1000".to_owned()), ("resten", "-1000".to_owned()), ("left_over", "0".to_owned())]);
    // 7 + 2 + 2 of 100 kr: 63,64 and 18,18 twice; the largest remainder is the first's.
    let entries = vec![entry("b", 2, 0, Some(2)), entry("c", 3, 0, Some(2)), entry("a", 1, 0, Some(7))];
    let done = run("pot(\"pott\"); share_by(\"resten\", \"m\");", &[("pott", "money", "100")], entries).expect("shared");
    assert_eq!(parts(&done), [("a", 6_400), ("b", 1_800), ("c", 1_800)]);
    assert_eq!(done.rows[1].text.sv, "11 à 9,0909\u{A0}kr");
}

#[test]
fn what_is_set_aside_and_the_fixed_parts_come_first() {
    let body = "pot(\"pott\"); reserve(\"reserv\"); fixed_part(\"f\", \"stop\"); share_by(\"resten\", \"m\");";
    let parameters = [("pott", "money", "10000"), ("reserv", "percent", "\"2.5\"")];
    let entries = || vec![entry("a", 1, 700, Some(10)), entry("b", 2, 2_100, Some(30))];
    let done = run(body, &parameters, entries()).expect("shared");
    // 10 000 - 250 - 2 800 = 6 950; a quarter is 1 737,50: the krona goes to the larger measure.
    assert_eq!(parts(&done), [("a", 173_700), ("b", 521_300)]);
    assert_eq!(
        rows(&done),
        [("pott", "10000"), ("reserv", "-250"), ("f", "-2800"), ("resten", "-6950"), ("left_over", "0")]
            .map(|(id, value)| (id, value.to_owned()))
    );
    let small = [("pott", "money", "2000"), ("reserv", "money", "0")];
    assert_eq!(code(run(body, &small, entries())), "pot_too_small");
    let scaled = body.replace("stop", "pro_rata");
    let done = run(&scaled, &small, entries()).expect("scaled");
    // All 2 000 kr in the proportion 700 : 2 100; the parts are what each loses.
    assert_eq!(parts(&done), [("a", 50_000 - 70_000), ("b", 150_000 - 210_000)]);
    assert_eq!(done.left, Money::ZERO);
}

#[test]
fn a_highest_share_leaves_more_to_the_others() {
    let body = "pot(\"pott\"); at_most_each(\"mest\"); share_by(\"resten\", \"m\");";
    let entries = vec![entry("a", 1, 0, Some(8)), entry("b", 2, 0, Some(1)), entry("c", 3, 0, Some(1))];
    let done = run(body, &[("pott", "money", "1000"), ("mest", "money", "500")], entries.clone()).expect("shared");
    assert_eq!(parts(&done), [("a", 50_000), ("b", 25_000), ("c", 25_000)]);
    let done = run(body, &[("pott", "money", "1000"), ("mest", "money", "200")], entries).expect("shared");
    assert_eq!(parts(&done), [("a", 20_000), ("b", 20_000), ("c", 20_000)]);
    assert_eq!(done.left, Money::from_ore(40_000), "nobody may have more");
}

#[test]
fn ore_below_a_krona_are_left_over_unless_the_rule_shares_ore() {
    let entries = || vec![entry("a", 1, 0, Some(1)), entry("b", 2, 0, Some(2))];
    let pot = [("pott", "money", "\"100.50\"")];
    let done = run("pot(\"pott\"); share_by(\"resten\", \"m\");", &pot, entries()).expect("shared");
    assert_eq!((parts(&done), done.left.ore()), (vec![("a", 3_300), ("b", 6_700)], 50));
    let done = run("pot(\"pott\"); share_by(\"resten\", \"m\", \"ore\");", &pot, entries()).expect("shared");
    assert_eq!((parts(&done), done.left.ore()), (vec![("a", 3_350), ("b", 6_700)], 0));
}

#[test]
fn who_is_refused_takes_no_part_and_who_is_unknown_stops_the_round() {
    let body = "pot(\"pott\"); share_by(\"resten\", \"m\");";
    let pot = [("pott", "money", "100")];
    let mut entries = vec![entry("a", 1, 0, Some(1)), entry("b", 2, 0, Some(1))];
    entries[1].takes_part = false;
    assert_eq!(parts(&run(body, &pot, entries).expect("shared")), [("a", 10_000)]);
    let error = run(body, &pot, vec![entry("a", 1, 0, Some(1)), entry("b-17", 2, 0, None)]);
    let Err(RuleError::Fault(problem)) = error else { panic!("{error:?}") };
    assert_eq!(problem.code, "measure_unknown");
    assert!(problem.message.sv.contains("b-17"), "{}", problem.message.sv);
    assert_eq!(run(body, &pot, Vec::new()).expect("nobody").left, Money::from_ore(10_000));
    assert_eq!(code(run("share_by(\"resten\", \"m\");", &[], vec![entry("a", 1, 0, Some(1))])), "pot_first");
    assert_eq!(code(run("pot(\"pott\"); pot(\"pott\");", &pot, Vec::new())), "pot_twice");
    assert_eq!(code(run(&format!("{body} share_by(\"resten\", \"m\");"), &pot, vec![entry("a", 1, 0, Some(1))])), "shared_twice");
}

#[test]
fn the_parts_always_sum_to_the_pot_and_are_within_one_of_the_exact_share() {
    for seed in 0..5_000 {
        let mut dice = Dice::new(seed);
        let total = dice.below(5_000_000);
        let weights: Vec<Decimal> = (0..1 + dice.index(30))
            .map(|_| {
                if dice.one_in(5) {
                    Decimal::ZERO
                } else {
                    Decimal::new(i64::try_from(dice.below(900_000)).expect("small"), u32::try_from(dice.below(4)).expect("small"))
                }
            })
            .collect();
        let order: Vec<u64> = (0..).take(weights.len()).collect();
        let parts = share(total, &weights, &order, None).expect("shared");
        let sum: Decimal = weights.iter().sum();
        if sum.is_zero() {
            assert!(parts.iter().all(|part| *part == 0));
            continue;
        }
        assert_eq!(parts.iter().sum::<u64>(), total, "seed {seed}");
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = Decimal::from(total) * weight / sum;
            assert!((Decimal::from(*part) - exact).abs() < Decimal::ONE, "seed {seed}: {part} for {exact}");
        }
        // With a cap: nobody above it, and nothing left while somebody may have more.
        let most = dice.below(total.max(1)) + 1;
        let capped = share(total, &weights, &order, Some(most)).expect("shared");
        let given: u64 = capped.iter().sum();
        assert!(capped.iter().all(|part| *part <= most) && given <= total, "seed {seed}");
        let open = capped.iter().zip(&weights).any(|(part, weight)| !weight.is_zero() && *part < most);
        assert!(!open || given == total, "seed {seed}: {given} of {total}");
    }
}

#[test]
fn the_order_of_cases_and_their_names_mean_nothing() {
    let body = "pot(\"pott\"); fixed_part(\"f\", \"pro_rata\"); share_by(\"resten\", \"m\");";
    for seed in 0..500 {
        let mut dice = Dice::new(seed);
        let mut entries: Vec<Entry> = (0..1 + dice.below(12))
            .map(|order| {
                entry(
                    &format!("{order:02}"),
                    order,
                    i64::try_from(dice.below(300)).expect("small"),
                    Some(i64::try_from(dice.below(5)).expect("small")),
                )
            })
            .collect();
        let pot = [("pott", "money", "1000")];
        let one = run(body, &pot, entries.clone()).expect("shared");
        dice.shuffle(&mut entries);
        assert_eq!(run(body, &pot, entries.clone()).expect("shared"), one, "seed {seed}");
        for entry in &mut entries {
            entry.id = format!("z{}", 99 - entry.order);
        }
        let renamed = run(body, &pot, entries).expect("shared");
        assert!(renamed.parts.iter().map(|(_, part)| part).eq(one.parts.iter().map(|(_, part)| part)), "seed {seed}");
    }
}

#[test]
fn what_cannot_be_shared_exactly_is_an_error_and_never_a_wrong_share() {
    assert_eq!(share(1, &[Decimal::NEGATIVE_ONE], &[0], None), Err(AllocationError::Negative(0)));
    let huge = Decimal::MAX;
    assert_eq!(share(u64::MAX, &[huge, huge], &[0, 1], None), Err(AllocationError::TooLarge));
}
