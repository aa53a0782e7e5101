//! Ten thousand cases without attendance tried with a changed rule, against the bare engine calls on the same inputs.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bifall::domain::Money;
use bifall::domain::inputs::{Answer, Inputs};
use bifall::packages::Files;
use bifall::pipeline::worker::Worker;
use bifall::rules::{Mode, evaluate};
use bifall::services::applications::{Submission, submit};
use bifall::services::{Actor, packages, simulation};
use bifall::store::calculations;

use crate::measure::{judge, median, peak_mib, tell, times_as_long};
use crate::place::{Engine, Place, register, treasurer};
use crate::rule;

const PERIOD: &str = "2026-H1";
const ROUNDS: usize = 5;

/// Measures both; `BENCH_CASES` for another number of cases.
pub async fn run(engine: Engine) {
    let count: u32 = std::env::var("BENCH_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let place = Place::new(engine, "simulate");
    place.clear().await;
    let tenant = place.open("2026-08-20").await;
    crate::place::with_packages(&tenant).await;
    let imported = packages::import(&tenant, &Actor::Service, &files("20000.00")).await.unwrap();
    assert_eq!(imported.new, ["prov"], "{:#?}", imported.problems);
    let mut cases = Vec::new();
    for number in 0..count {
        let organisation = register(&tenant, 10_000 + number).await;
        let (answers, key) = (answers(number), format!("bench/{number}"));
        let submission = Submission {
            organisation,
            grant_type: "prov",
            period: PERIOD,
            answers: &answers,
            signed_by: "Kassören",
            idempotency_key: &key,
        };
        cases.push(submit(&tenant, &treasurer(organisation), submission).await.unwrap().case);
    }
    let worker = Worker::start(&tenant, &place.folder().join("worker.lock")).await.unwrap();
    worker.run_due(&tenant).await.unwrap();
    drop(worker);

    // A lower cap, so that most lose something.
    let draft = simulation::draft(&tenant, &Actor::Service, &files("5000.00"), "prov").await.unwrap();
    let mut tx = tenant.db.read().await.unwrap();
    let (_, in_force) = packages::governing(&mut tx, &tenant, "prov", PERIOD).await.unwrap().expect("it was taken in");
    let mut inputs: Vec<Arc<Inputs>> = Vec::new();
    for case in &cases {
        let newest = calculations::newest(&mut tx, *case).await.unwrap().expect("a worked case has a calculation");
        inputs.push(Arc::new(serde_json::from_slice(&newest.inputs).unwrap()));
    }
    drop(tx);
    let (mut floors, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut sum = Money::ZERO;
        for inputs in &inputs {
            // What is not finally calculated is run by the rules in force as well, to be held against.
            drop(black_box(evaluate(&in_force.rules, Arc::clone(black_box(inputs)), None, Mode::Plain)));
            let done = evaluate(&draft.package.rules, Arc::clone(black_box(inputs)), None, Mode::Plain).unwrap();
            sum = sum.checked_add(done.evaluation.total_ore).unwrap();
        }
        floors.push(begun.elapsed());
        let begun = Instant::now();
        let found = simulation::simulate(&tenant, &Actor::Service, ("prov", PERIOD), &draft.package, |_, _| ()).await.unwrap();
        runs.push(begun.elapsed());
        assert_eq!((found.summary.cases, found.summary.after_ore), (cases.len(), sum), "both give the same sum");
        assert!(found.summary.losers > 0);
    }
    let (floor, run) = (median(floors), median(runs));
    let what = format!("simulating {count} cases without attendance, {}", engine.name());
    let seconds = |time: Duration| format!("{:.3} s", time.as_secs_f64());
    tell(&format!("{what}: the bare engine calls, in force and changed (floor)"), seconds(floor));
    let ratio = times_as_long(run, floor);
    judge(&what, format!("{}, {ratio:.2}x", seconds(run)), "under 2x of the bare engine calls", ratio < 2.0);
    tell(&format!("{what}: peak resident"), format!("{} MiB", peak_mib()));
    tenant.db.close().await;
    place.remove().await;
}

/// The grant of [`rule`] with twenty questions, and a cap.
fn files(cap: &str) -> Files {
    let mut form = String::from(
        "id = \"prov\"\ntitle = \"Prov\"\nkind = \"general\"\nworkflow = \"general\"\nappeal = \"laglighetsprovning\"\n\
         decision_mode = \"batch_delegate\"\napplicants = [\"association\"]\nsigned_by = \"role\"\n\n\
         [[period]]\nid = \"2026-H1\"\ncovers = [2026-01-01, 2026-06-30]\nopens = 2026-07-01\ncloses = 2026-08-25\nlate_until = 2026-09-30\n\n\
         [[section]]\nid = \"fragor\"\ntitle = \"Frågor\"\n",
    );
    for number in 1..=20 {
        let kind = if number <= 14 { "integer" } else { "money" };
        form += &format!("\n[[section.field]]\nid = \"a{number:02}\"\ntype = \"{kind}\"\nlabel = \"Fråga {number}\"\nrequired = true\n");
    }
    let [script, parameters, texts] = rule::sources();
    let texts = texts
        .lines()
        .map(|line| if line.starts_with("text = ") { format!("{line}\nmotivation = \"Enligt reglerna.\"\n") } else { format!("{line}\n") })
        .collect();
    let parameters = parameters.replace("\"20000.00\"", &format!("\"{cap}\""));
    let files = [
        ("forms/prov.toml", form),
        ("rules/prov/rules.rhai", script),
        ("rules/prov/parameters.toml", parameters),
        ("rules/prov/texts.toml", texts),
    ];
    Files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect())
}

fn answers(number: u32) -> BTreeMap<String, Answer> {
    let mut inputs = rule::answers();
    inputs.insert("a10".to_owned(), Answer::Integer(i64::from(200 + number % 300)));
    inputs
}
