//! Scripts that would eat time or memory: each is refused, stopped, or runs out of time.

use std::time::{Duration, Instant};

use bifall::rules::{DEFAULT_DEADLINE, Mode, compile, evaluate_within};

use super::support::{inputs, sources};

/// Far above the limit, so that a busy machine does not fail the test; the scripts themselves would run for minutes.
const GENEROUS: Duration = Duration::from_secs(20);

fn defused(body: &str) {
    let began = Instant::now();
    let (rules, problems) = compile(&sources(body, "", ""));
    let stopped = match rules {
        None => problems.iter().any(bifall::domain::Problem::is_error),
        Some(rules) => evaluate_within(&rules, inputs(), None, Mode::Plain, DEFAULT_DEADLINE).is_err(),
    };
    assert!(stopped, "ran to its end: {body}");
    assert!(began.elapsed() < GENEROUS, "took {:?}: {body}", began.elapsed());
}

macro_rules! bombs {
    ($($name:ident: $body:expr,)*) => {$(
        #[test]
        fn $name() {
            defused($body);
        }
    )*};
}

bombs! {
    an_endless_loop: "fn calculate(a) { loop { } }",
    a_while_that_never_ends: "fn calculate(a) { let n = 0; while true { n += 1; } }",
    endless_recursion: "fn calculate(a) { dig(1); } fn dig(n) { dig(n + 1) }",
    mutual_recursion: "fn calculate(a) { ping(1); } fn ping(n) { pong(n) } fn pong(n) { ping(n) }",
    a_doubling_text: r#"fn calculate(a) { let s = "x"; loop { s += s; } }"#,
    a_doubling_list: "fn calculate(a) { let l = [1]; loop { l += l; } }",
    a_growing_list: "fn calculate(a) { let l = []; loop { l.push(1); } }",
    a_list_in_itself: "fn calculate(a) { let l = [1]; loop { l = [l, l]; } }",
    a_growing_map: r#"fn calculate(a) { let m = #{}; let n = 0; loop { n += 1; m["k" + n] = n; } }"#,
    a_map_over_a_list_without_end: "fn calculate(a) { let l = []; for i in 0..5000 { l.push(i); } loop { l.map(|v| v); } }",
    sorting_without_end: "fn calculate(a) { let l = []; for i in 0..5000 { l.push(i); } loop { l.sort(); } }",
    a_reduce_without_end: "fn calculate(a) { let l = []; for i in 0..5000 { l.push(i); } loop { l.reduce(|s, v| s, 0); } }",
    padding_without_end: r#"fn calculate(a) { let s = ""; loop { s.pad(60000, 'x'); s.crop(0); } }"#,
    sleeping: "fn calculate(a) { sleep(600); }",
    evaluating_code: r#"fn calculate(a) { eval("loop {}"); }"#,
    importing_code: r#"import "os" as os; fn calculate(a) { os::run(); }"#,
    swallowing_the_stop: "fn calculate(a) { loop { try { loop {} } catch { } } }",
    a_huge_power: "fn calculate(a) { let n = 9; loop { n = n ** 9; } }",
    a_filter_that_never_answers: "fn calculate(a) { let l = [1, 2, 3]; l.filter(|v| { loop {} }); }",
}

#[test]
fn brackets_in_brackets_are_refused() {
    defused(&format!("fn calculate(a) {{ let x = {}1{}; }}", "(".repeat(500), ")".repeat(500)));
}

#[test]
fn running_out_of_time_is_no_fault_of_the_rule() {
    let script = "fn calculate(a) { let l = []; for i in 0..2000 { l.push(i); } loop { l.map(|v| v); } }";
    let (rules, _) = compile(&sources(script, "", ""));
    let result = evaluate_within(&rules.expect("it compiles"), inputs(), None, Mode::Plain, Duration::from_millis(5));
    assert_eq!(result.map(|_| ()), Err(bifall::rules::RuleError::Deadline));
}
