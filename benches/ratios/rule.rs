//! A rule run against the same rule in plain Rust decimals.
//!
//! The rule has the shape of a general grant: twenty answers, eight requirements, eight rows, a cap and rounding. The
//! floor does the same from end to end as somebody would write it by hand: it takes the twenty answers from the same case,
//! computes the same figures and lists the same rows, without words. Beside it stand the arithmetic alone, with the figures
//! at hand already, and the arithmetic with words.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use bifall::domain::grant::ApplicantKind;
use bifall::domain::inputs::{Answer, Approval, Budget, BudgetLine, EarlierGrant, Inputs, OrganisationFacts};
use bifall::domain::period::{ActivityPeriod, DateRange, Weekend};
use bifall::domain::{Localized, Money};
use bifall::rules::{Mode, RuleSet, RuleSources, compile, evaluate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::measure::{judge, median, tell, timed, times_as_long};
use crate::place::date;

const ROUNDS: usize = 31;
const RUNS: u32 = 300;

const SCRIPT: &str = r#"
fn validate(application) {
    require_at_least("v1", application.answers.a01, "g1");
    require_at_least("v2", application.answers.a02, "g2");
    require_at_most("v3", application.answers.a03, "g3");
    require_at_most("v4", application.answers.a04, "g4");
    require("v5", application.answers.a05 > application.answers.a06);
    warn_if("v6", application.answers.a07 > application.answers.a03);
    require("v7", application.answers.a08 + application.answers.a09 > 0);
    require("v8", application.received <= application.due);
}

fn calculate(application) {
    row("r1", application.answers.a10 + application.answers.a13, "p1");
    row("r2", application.answers.a11 + application.answers.a14, "p2");
    row("r3", application.answers.a12, "p3");
    amount_row("r4", application.answers.a15 + application.answers.a16);
    percent_of("r5", max(0, application.answers.a17 - application.answers.a18), "andel");
    deduct("r6", min(application.answers.a19, application.answers.a20));
    cap("tak");
    round_to_krona();
}
"#;

fn parameters() -> String {
    let mut text = String::new();
    let numbers =
        [("g1", "integer", "3"), ("g2", "integer", "5"), ("g3", "integer", "200"), ("g4", "integer", "90"), ("andel", "percent", "65")];
    let amounts = [("p1", "\"9.89\""), ("p2", "\"8.02\""), ("p3", "\"150.00\""), ("tak", "\"20000.00\"")];
    for (id, kind, value) in numbers.into_iter().chain(amounts.map(|(id, value)| (id, "money", value))) {
        text += &format!(
            "[{id}]\ntype = \"{kind}\"\nunit = \"st\"\nparagraph = \"§ 1\"\nvalues = [{{ from = 2026-01-01, value = {value} }}]\n\n"
        );
    }
    text
}

fn texts() -> String {
    let mut text = String::new();
    for id in ["v1", "v2", "v3", "v4"] {
        text += &format!(
            "[{id}]\ntext = {{ sv = \"Antal {{value}}, krav {{limit}}\", en = \"Number {{value}}, required {{limit}}\" }}\nparagraph = \"§ 2\"\n\n"
        );
    }
    for id in ["v5", "v6", "v7", "v8"] {
        text += &format!("[{id}]\ntext = {{ sv = \"Krav {id}\", en = \"Requirement {id}\" }}\nparagraph = \"§ 3\"\n\n");
    }
    for id in ["r1", "r2", "r3"] {
        text +=
            &format!("[{id}]\ntext = {{ sv = \"{{quantity}} à {{rate}}\", en = \"{{quantity}} at {{rate}}\" }}\nparagraph = \"§ 4\"\n\n");
    }
    for id in ["r4", "r5", "r6", "tak"] {
        text += &format!("[{id}]\ntext = {{ sv = \"Belopp {{amount}}\", en = \"Amount {{amount}}\" }}\nparagraph = \"§ 5\"\n\n");
    }
    text
}

/// The rule's sources: script, parameters, texts.
pub fn sources() -> [String; 3] {
    [SCRIPT.to_owned(), parameters(), texts()]
}

/// The twenty answers by question.
pub fn answers() -> BTreeMap<String, Answer> {
    inputs(&figures()).answers
}

/// The twenty answers as the floor has them.
#[derive(Clone, Copy)]
struct Figures([Decimal; 20]);

/// A row of the floor.
struct Line {
    id: &'static str,
    quantity: Decimal,
    rate: Decimal,
    value: Decimal,
}

fn plain(figures: &Figures, in_time: bool) -> (Vec<(&'static str, bool)>, Vec<Line>, Decimal) {
    let a = |place: usize| figures.0[place - 1];
    let whole = |number: i64| Decimal::from(number);
    let checks = vec![
        ("v1", a(1) >= whole(3)),
        ("v2", a(2) >= whole(5)),
        ("v3", a(3) <= whole(200)),
        ("v4", a(4) <= whole(90)),
        ("v5", a(5) > a(6)),
        ("v6", a(7) <= a(3)),
        ("v7", a(8) + a(9) > Decimal::ZERO),
        ("v8", in_time),
    ];
    let mut lines = Vec::with_capacity(9);
    let mut sum = Decimal::ZERO;
    let mut put = |id, quantity: Decimal, rate: Decimal, value: Decimal| {
        sum += value;
        lines.push(Line { id, quantity, rate, value });
        sum
    };
    for (id, quantity, rate) in [("r1", a(10) + a(13), 989), ("r2", a(11) + a(14), 802), ("r3", a(12), 15_000)] {
        let rate = Decimal::new(rate, 2);
        put(id, quantity, rate, quantity * rate);
    }
    put("r4", Decimal::ONE, Decimal::ONE, a(15) + a(16));
    let share = Decimal::new(65, 2);
    let base = (a(17) - a(18)).max(Decimal::ZERO);
    put("r5", base, share, base * share);
    let sum_now = put("r6", Decimal::ONE, Decimal::ONE, -a(19).min(a(20)));
    let over = sum_now - Decimal::new(2_000_000, 2);
    let sum_now = if over > Decimal::ZERO { put("tak", Decimal::ONE, Decimal::ONE, -over) } else { sum_now };
    let rounded = sum_now.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let total = put("rounding", Decimal::ONE, Decimal::ONE, rounded - sum_now);
    (checks, lines, total)
}

/// The whole rule by hand: the answers out of the case, as numbers, and the rule.
fn by_hand(inputs: &Inputs) -> (Vec<(&'static str, bool)>, Vec<Line>, Decimal) {
    const QUESTIONS: [&str; 20] = [
        "a01", "a02", "a03", "a04", "a05", "a06", "a07", "a08", "a09", "a10", "a11", "a12", "a13", "a14", "a15", "a16", "a17", "a18",
        "a19", "a20",
    ];
    let figures = QUESTIONS.map(|question| match inputs.answers.get(question) {
        Some(Answer::Integer(number)) => Decimal::from(*number),
        Some(Answer::Money(amount)) => amount.kronor(),
        _ => Decimal::ZERO,
    });
    plain(&Figures(figures), inputs.received <= inputs.due)
}

/// The same with the words a decision needs, in both languages.
fn worded(figures: &Figures, in_time: bool) -> (Vec<Localized>, Decimal) {
    let (checks, lines, total) = plain(figures, in_time);
    let mut words = Vec::with_capacity(checks.len() + lines.len());
    for (id, _) in &checks {
        words.push(Localized::both(format!("Krav {id}"), format!("Requirement {id}")));
    }
    for line in &lines {
        let (quantity, rate, value) = (line.quantity, line.rate, line.value);
        words.push(Localized::both(format!("{quantity} à {rate}: {value}"), format!("{quantity} at {rate}: {value} {}", line.id)));
    }
    (words, total)
}

/// Measures both.
pub fn run() {
    let rules = compiled(SCRIPT, &parameters(), &texts());
    let figures = figures();
    let inputs = Arc::new(inputs(&figures));
    let evaluated = evaluate(&rules, Arc::clone(&inputs), None, Mode::Plain).unwrap();
    let floor = by_hand(&inputs);
    assert_eq!(evaluated.evaluation.total_ore.kronor(), floor.2, "both give the same sum");
    assert_eq!(evaluated.evaluation.checks.len(), 8);
    assert_eq!(evaluated.evaluation.rows.len(), floor.1.len() + 1, "the same rows and the total");
    let (mut floors, mut plains, mut wordeds, mut runs, mut traced) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floors.push(each(|| drop(black_box(by_hand(black_box(&inputs))))));
        plains.push(each(|| drop(black_box(plain(black_box(&figures), true)))));
        wordeds.push(each(|| drop(black_box(worded(black_box(&figures), true)))));
        runs.push(each(|| drop(black_box(evaluate(&rules, Arc::clone(black_box(&inputs)), None, Mode::Plain)))));
        traced.push(each(|| drop(black_box(evaluate(&rules, Arc::clone(black_box(&inputs)), None, Mode::Traced)))));
    }
    let (floor, plain, worded, run, traced) = (median(floors), median(plains), median(wordeds), median(runs), median(traced));
    tell("rule run: by hand in Rust decimals, from the case to the rows (floor)", us(floor));
    tell("rule run: the arithmetic alone, with the figures at hand", us(plain));
    tell("rule run: the arithmetic with words in both languages", us(worded));
    let ratio = times_as_long(run, floor);
    judge(
        "rule run, 20 answers, 8 requirements, 8 rows",
        format!("{}, {ratio:.0}x", us(run)),
        "within 100x of the same by hand",
        ratio <= 100.0,
    );
    tell("rule run: to the arithmetic alone", format!("{:.0}x", times_as_long(run, plain)));
    tell("rule run: to the arithmetic with words", format!("{:.0}x", times_as_long(run, worded)));
    tell("rule run, traced, as decisions are", format!("{}, {:.0}x", us(traced), times_as_long(traced, floor)));
    premises_grant();
}

/// The built-in lokalbidrag: six requirements, three rows, a cap.
fn premises_grant() {
    let rules = compiled(
        include_str!("../../rules/lokalbidrag/rules.rhai"),
        include_str!("../../rules/lokalbidrag/parameters.toml"),
        include_str!("../../rules/lokalbidrag/texts.toml"),
    );
    let inputs = Arc::new(premises_inputs());
    let evaluated = evaluate(&rules, Arc::clone(&inputs), None, Mode::Plain).unwrap();
    // 180 000 + 20 000 − 40 000 = 160 000; 65 % = 104 000.
    assert_eq!(evaluated.evaluation.total_ore, Money::from_kronor(104_000).unwrap());
    let runs = (0..ROUNDS).map(|_| each(|| drop(black_box(evaluate(&rules, Arc::clone(black_box(&inputs)), None, Mode::Plain))))).collect();
    tell("rule run: lokalbidrag", us(median(runs)));
}

fn each(mut run: impl FnMut()) -> Duration {
    let ((), time) = timed(|| (0..RUNS).for_each(|_| run()));
    time / RUNS
}

fn us(time: Duration) -> String {
    format!("{:.2} µs", time.as_secs_f64() * 1e6)
}

/// Compiles or shows what is wrong.
pub fn compiled(script: &str, parameters: &str, texts: &str) -> RuleSet {
    let sources = RuleSources {
        id: "prov",
        script: Some(("rules.rhai", script)),
        parameters: Some(("parameters.toml", parameters)),
        texts: Some(("texts.toml", texts)),
    };
    let (rules, problems) = compile(&sources);
    rules.unwrap_or_else(|| panic!("the rules do not compile: {problems:#?}"))
}

fn figures() -> Figures {
    let whole = [7_i64, 9, 120, 60, 12, 4, 80, 1, 2, 310, 290, 4, 25, 31];
    let ore = [150_050_i64, 20_025, 900_000, 123_456, 50_000, 70_000];
    let mut all = [Decimal::ZERO; 20];
    for (place, number) in whole.into_iter().enumerate() {
        all[place] = Decimal::from(number);
    }
    for (place, amount) in ore.into_iter().enumerate() {
        all[whole.len() + place] = Decimal::new(amount, 2);
    }
    Figures(all)
}

fn inputs(figures: &Figures) -> Inputs {
    let mut inputs = general();
    for (place, number) in (1..).zip(figures.0) {
        let answer =
            if place <= 14 { Answer::Integer(i64::try_from(number).unwrap()) } else { Answer::Money(Money::rounded(number).unwrap()) };
        inputs.answers.insert(format!("a{place:02}"), answer);
    }
    inputs
}

/// A case of the spring of 2026, received in time, approved, with nothing answered.
pub fn general() -> Inputs {
    Inputs {
        grant_type: "prov".to_owned(),
        period: ActivityPeriod {
            id: "2026-H1".to_owned(),
            covers: DateRange { from: date("2026-01-01"), to: date("2026-06-30") },
            opens: date("2026-07-01"),
            closes: date("2026-08-25"),
            late_until: Some(date("2026-09-30")),
            weekend: Weekend::Exact,
        },
        received: date("2026-08-20"),
        complete: None,
        due: date("2026-08-25"),
        organisation: OrganisationFacts {
            number: "8024001234".to_owned(),
            kind: ApplicantKind::Association,
            founded: None,
            seat: None,
            members: None,
            category: None,
        },
        answers: BTreeMap::new(),
        approvals: BTreeMap::from([("godkand-forening".to_owned(), Approval { from: date("2026-01-01"), to: date("2026-12-31") })]),
        facts: BTreeMap::new(),
        earlier: Vec::new(),
        tables: BTreeMap::new(),
        proposed: None,
        allocated: None,
        granted: None,
        changed: None,
    }
}

fn premises_inputs() -> Inputs {
    let line = |text: &str, kronor| BudgetLine { text: text.to_owned(), amount: Money::from_kronor(kronor).unwrap() };
    let mut inputs = general();
    inputs.answers = BTreeMap::from([
        ("inriktning".to_owned(), Answer::Choice("ungdom".to_owned())),
        ("agandeform".to_owned(), Answer::Choice("hyr".to_owned())),
        ("kontrakt_fran".to_owned(), Answer::Date(date("2026-01-01"))),
        ("kontrakt_till".to_owned(), Answer::Date(date("2026-12-31"))),
        ("hyreskontrakt".to_owned(), Answer::Attachment(bifall::domain::inputs::Attachment::Uploaded("0".repeat(64)))),
        ("egen_anvandning".to_owned(), Answer::Integer(50)),
        (
            "kalkyl".to_owned(),
            Answer::Budget(Budget { costs: vec![line("Hyra", 180_000), line("El", 20_000)], incomes: vec![line("Uthyrning", 40_000)] }),
        ),
    ]);
    let half = |period: &str| EarlierGrant {
        grant_type: "aktivitetsstod".to_owned(),
        period: period.to_owned(),
        amount_ore: Money::from_kronor(12_000).unwrap(),
        decided: None,
    };
    inputs.earlier = vec![half("2025-H1"), half("2025-H2")];
    inputs
}
