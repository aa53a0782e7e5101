//! A cap in kronor is never exceeded, by one öre, in any of many drawn cases; and it takes nothing from who stays below it.

use bifall::domain::calculation::Evaluation;
use bifall::rules::{Mode, RuleSet};
use rust_decimal::Decimal;

use super::generated::{Dice, attendance, shared, shuffled};
use super::support::{inputs, rules, try_run};

const CASES: u64 = 3_000;

/// The caps that are drawn, and what each holds the sum to.
const CAPS: [(&str, Bound); 5] = [
    ("cap(\"tak\");", Bound::Flat),
    ("cap_share(\"andel\", a.occasions * 100);", Bound::Share),
    ("cap_less(\"tak\", 21.35);", Bound::Less),
    ("cap_per_occasion(\"tak\", a);", Bound::Occasions),
    ("cap_per_person(\"tak\", a);", Bound::Persons),
];

#[derive(Clone, Copy)]
enum Bound {
    Flat,
    Share,
    Less,
    Occasions,
    Persons,
}

fn capped(cap: &str) -> RuleSet {
    let used = if cap.contains("andel") { "andel" } else { "tak" };
    let script = format!(
        r#"fn calculate(application) {{
            let a = application.attendance.rates(#{{ female: "flicka", male: "pojke", leaders: "pojke" }}).eligible_only("alder").without_collisions();
            input("occasions", a.occasions, "st");
            input("persons", a.persons, "st");
            amount_row("all", a.amount);
            {cap}
            round_down_to("krona");
        }}"#
    );
    let parameter = |id: &str, kind: &str, value: &str| {
        format!("[{id}]\ntype = \"{kind}\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2026-01-01, value = {value} }}]\n")
    };
    let parameters = [
        parameter("alder", "range", "[5, 25]"),
        parameter("flicka", "money", "\"9.89\""),
        parameter("pojke", "money", "\"8.02\""),
        parameter("krona", "integer", "1"),
        if used == "tak" { parameter("tak", "money", "\"40.70\"") } else { parameter("andel", "percent", "\"33.5\"") },
    ];
    let texts = format!(
        "[occasions]\ntext = \"{{value}}\"\n[persons]\ntext = \"{{value}}\"\n[all]\ntext = \"{{amount}}\"\n[{used}]\ntext = \"Tak\"\nmotivation = \"Tak {{limit}}\""
    );
    rules(&script, &parameters.concat(), &texts)
}

fn row(evaluation: &Evaluation, id: &str) -> Decimal {
    evaluation.rows.iter().filter(|row| row.id == id).map(|row| row.value).sum()
}

#[test]
fn no_cap_in_kronor_is_ever_exceeded_and_who_is_below_it_loses_nothing() {
    let rules = CAPS.map(|(cap, bound)| (capped(cap), bound));
    let (mut hit, mut free) = ([0_u64; 5], [0_u64; 5]);
    for seed in 0..CASES {
        let mut dice = Dice::new(seed);
        let data = attendance(&mut dice);
        let other = shared(shuffled(&data, &mut dice));
        let data = shared(data);
        let which = dice.index(5);
        let (rules, bound) = &rules[which];
        let done = try_run(rules, &inputs(), Some(&data), Mode::Plain).expect("it runs").evaluation;
        let (occasions, persons, all) = (row(&done, "occasions"), row(&done, "persons"), row(&done, "all"));
        let flat = Decimal::new(4_070, 2);
        let most = match bound {
            Bound::Flat => flat,
            Bound::Share => occasions * Decimal::new(3_350, 2),
            Bound::Less => Decimal::new(1_935, 2),
            Bound::Occasions => occasions * flat,
            Bound::Persons => persons * flat,
        };
        let total = done.total_ore.kronor();
        assert!(total <= most && total <= all && !total.is_sign_negative(), "seed {seed}: {total} of {all}, at most {most}");
        match bound {
            // One limit over everything is reached exactly, but for the öre that are rounded away.
            Bound::Flat | Bound::Share | Bound::Less => assert_eq!(total, all.min(most).trunc(), "seed {seed}"),
            Bound::Occasions | Bound::Persons => {}
        }
        if total == all.trunc() {
            free[which] += 1;
        } else {
            hit[which] += 1;
        }
        // Through the whole engine too, the order in which attendance is given changes nothing.
        let again = try_run(rules, &inputs(), Some(&other), Mode::Plain).expect("it runs").evaluation;
        assert_eq!((again.total_ore, again.rows, again.account), (done.total_ore, done.rows, done.account), "seed {seed}");
    }
    assert!(hit.iter().chain(&free).all(|count| *count > 20), "each cap is hit and missed: {hit:?} {free:?}");
}
