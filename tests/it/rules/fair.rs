//! Alike is treated alike (kommunallagen 2 kap. 3 §): who somebody is called or numbered never changes a sum.

use bifall::domain::calculation::{Evaluation, Row};
use bifall::rules::{Mode, RuleSet, compile};

use super::generated::{Dice, attendance, renumbered, shared};
use super::support::{inputs, rules, sources, try_run};

/// Cases that are drawn.
const CASES: u64 = 10_000;

const PARAMETERS: &str = r#"
[alder]
type = "range"
paragraph = "§ 1"
values = [{ from = 2026-01-01, value = [5, 25] }]
[tid]
type = "integer"
paragraph = "§ 1"
values = [{ from = 2026-01-01, value = 40 }]
[tid_funk]
type = "integer"
paragraph = "§ 1"
values = [{ from = 2026-01-01, value = 30 }]
[antal]
type = "integer"
paragraph = "§ 1"
values = [{ from = 2026-01-01, value = 2 }]
[hogst]
type = "integer"
paragraph = "§ 1"
values = [{ from = 2026-01-01, value = 4 }]
[per_vecka]
type = "bands"
paragraph = "§ 2"
values = [{ from = 2026-01-01, value = [{ from = 5, to = 9, value = 1 }, { from = 10, value = 2 }] }]
[minst]
type = "integer"
paragraph = "§ 2"
values = [{ from = 2026-01-01, value = 2 }]
[flicka]
type = "bands"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = [{ from = 0, to = 12, value = "9.89" }, { from = 13, value = "12.05" }] }]
[pojke]
type = "money"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = "8.02" }]
[poang]
type = "bands"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = [{ from = 0, to = 12, value = 1 }, { from = 13, value = "1.5" }] }]
[faktor]
type = "decimal"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = "1.5" }]
[storlek]
type = "bands"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = [{ from = 0, to = 3, value = 40 }, { from = 4, value = 60 }] }]
[timmar]
type = "integer"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = 3 }]
[gang]
type = "steps"
paragraph = "§ 3"
values = [{ from = 2026-01-01, value = [{ to = 1, value = "7.86" }, { to = 3, value = 5 }] }]
[tak]
type = "money"
paragraph = "§ 4"
values = [{ from = 2026-01-01, value = 40 }]
[krona]
type = "money"
paragraph = "§ 4"
values = [{ from = 2026-01-01, value = "3.10" }]
"#;

const TEXTS: &str = r#"
[a]
text = "{quantity} à {rate}"
[b]
text = "{quantity} à {rate}"
[c]
text = "{band}: {quantity} à {rate}"
[d]
text = "{amount}"
[tak]
text = "Tak"
motivation = "Tak {limit}"
"#;

/// Rules without a warning: what the linter says chooses by number may not be here.
const RULES: [&str; 4] = [
    r#"fn calculate(application) {
        let a = application.attendance.rates(#{ female: "flicka", male: "pojke" })
            .min_minutes("tid", "tid_funk", "any").eligible("alder").without_collisions().leaders_not_participants()
            .once_per_person_and_day("best_paid").at_most_per_person("per_vecka", "week", "best_paid")
            .min_attendances("minst").at_least("antal").at_most("hogst", "best_paid");
        row("a", a.participants, "pojke");
        row("b", a.occasions, "krona");
        amount_row("d", a.amount);
        cap_per_occasion("tak", a);
        round_to_krona();
    }"#,
    r#"fn calculate(application) {
        let a = application.attendance.eligible("alder").once_per_person_sport_and_day("first")
            .at_most_per_person_and_sport("per_vecka", "week", "first").once_per_group_and_day("largest").at_least("antal");
        row("a", a.points("poang", #{ female_factor: "faktor", disability_points: "minst", older_points: "minst" }), "krona");
        hour_rows("c", a, "storlek", "timmar", "at_least_one");
        round_to_krona();
    }"#,
    r#"fn calculate(application) {
        let a = application.attendance.rates(#{ female: "flicka", male: "pojke", leaders: "krona" })
            .age_on("period_end").eligible("alder").residents("keep_unknown").leaders_one_at_a_time();
        rank_rows("c", a, "gang", "week");
        row("a", a.extra_leaders, "krona");
        row("b", a.persons, "krona");
        round_to_krona();
    }"#,
    r#"fn calculate(application) {
        let a = application.attendance.eligible("alder").once_per_person_and_day("first").at_least("antal")
            .numbered_by_sport("gang", "week").at_most_per_leader("minst", "best_paid").at_most("hogst", "best_paid");
        rank_rows_by_sport("c", a, "gang", "week");
        row("a", a.participants, "krona");
        round_to_krona();
    }"#,
];

fn fair(script: &str) -> RuleSet {
    let used = |id: &str| script.contains(&format!("\"{id}\""));
    let part = |text: &str| {
        text.split("\n[")
            .filter(|part| part.split(']').next().is_some_and(|id| used(id.trim_start_matches(['[', '\n']))))
            .map(|part| format!("[{}\n", part.trim_start_matches(['[', '\n'])))
            .collect::<String>()
    };
    let (parameters, texts) = (part(PARAMETERS), part(TEXTS));
    let (_, problems) = compile(&sources(script, &parameters, &texts));
    assert_eq!(problems, [], "{script}");
    rules(script, &parameters, &texts)
}

/// What a decision says, without the words that show the organisation number.
fn sums(evaluation: &Evaluation) -> Vec<(&str, String)> {
    evaluation.rows.iter().map(|row: &Row| (row.id.as_str(), row.value.normalize().to_string())).collect()
}

#[test]
fn another_number_and_name_gives_the_same_amount_in_ten_thousand_cases() {
    let rules = RULES.map(fair);
    let mut paid = 0;
    for seed in 0..CASES {
        let mut dice = Dice::new(seed);
        let data = attendance(&mut dice);
        let swapped = shared(renumbered(&data, &mut dice));
        let data = shared(data);
        let rules = &rules[dice.index(4)];
        let mut case = inputs();
        case.received = case.due;
        let one = try_run(rules, &case, Some(&data), Mode::Plain).expect("it runs");
        case.organisation.number = "8029991234".to_owned();
        let other = try_run(rules, &case, Some(&swapped), Mode::Plain).expect("it runs");
        assert_eq!(sums(&one.evaluation), sums(&other.evaluation), "seed {seed}");
        assert_eq!(one.evaluation.account, other.evaluation.account, "seed {seed}");
        assert_eq!(one.evaluation.total_ore, other.evaluation.total_ore);
        paid += u64::from(one.evaluation.total_ore.is_positive());
    }
    assert!(paid > CASES / 2, "most cases pay something, or nothing was shown: {paid}");
}

#[test]
fn a_choice_by_number_is_said_when_it_can_change_the_sum() {
    let codes = |chain: &str| -> Vec<String> {
        let script = format!("fn calculate(application) {{ let a = application.attendance{chain}; input(\"a\", a.count, \"st\"); }}");
        let (_, problems) = compile(&sources(&script, PARAMETERS, TEXTS));
        problems.into_iter().map(|problem| problem.code).filter(|code| code == "chosen_by_number").collect()
    };
    let rates = ".rates(#{ female: \"pojke\" })";
    assert_eq!(codes(".at_most(\"hogst\", \"first\")").len(), 1);
    assert_eq!(
        codes(&format!("{rates}.at_most(\"hogst\", \"best_paid\").at_most_per_person(\"per_vecka\", \"week\", \"first\")")).len(),
        1
    );
    assert_eq!(
        codes(&format!("{rates}.at_most_per_person(\"per_vecka\", \"week\", \"first\").at_most(\"hogst\", \"best_paid\")")).len(),
        0
    );
    let persons = ".rates(#{ female: \"pojke\" }).at_most(\"hogst\", \"best_paid\"); input(\"b\", a.persons, \"st\")";
    assert_eq!(codes(persons).len(), 1);
    // What keeps its number is worth the same whoever is chosen; numbered otherwise than it is paid, it is not.
    let numbered = |unit: &str| {
        codes(&format!(".numbered(\"gang\", \"week\").at_most(\"hogst\", \"best_paid\"); rank_rows(\"c\", a, \"gang\", \"{unit}\")")).len()
    };
    assert_eq!((numbered("week"), numbered("month")), (0, 1));
    assert_eq!(codes(".at_most(\"hogst\", \"best_paid\").numbered(\"gang\", \"week\"); rank_rows(\"c\", a, \"gang\", \"week\")").len(), 1);
    // A warning that has been weighed can be accepted, with the reason beside it.
    assert_eq!(codes("\n// ok chosen_by_number: reglerna säger de först inskrivna\n.at_most(\"hogst\", \"first\")").len(), 0);
    assert_eq!(codes("\n// ok chosen_by_number:\n.at_most(\"hogst\", \"first\")").len(), 1, "not without a reason");
}
