//! Ratios to floors measured in the same run. `./tests/bench` runs it; `docs/PERFORMANCE.md` tells what came out.
//!
//! Every phase runs in a process of its own, so that its peak of memory is its own. Nothing here fails because a
//! machine is slow: a missed aim is a word in the table.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops here")]
#![expect(clippy::print_stdout, reason = "the table is what a bench is for")]
#![expect(clippy::float_arithmetic, reason = "ratios of times; no money")]

mod caps;
mod cases;
mod city;
mod committee;
mod floor;
mod http;
mod import;
mod measure;
mod place;
mod rule;
mod selection;
mod simulate;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use measure::Row;
use place::{Engine, engines};

/// The phases, in order; those after a city import stand on its database.
const PHASES: [&str; 10] = ["rule", "selection", "sample", "city", "submit", "close", "caps", "cases", "committee", "simulate"];

/// Those that need no database.
const WITHOUT_DATABASE: [&str; 2] = ["rule", "selection"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["phase", phase, engine] => run(phase, Engine::of(engine)),
        wanted => all(wanted),
    }
}

/// Carries out a phase in this process.
fn run(phase: &str, engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        match phase {
            "rule" => rule::run(),
            "selection" => selection::run(),
            "sample" => import::sample(engine).await,
            "city" => import::year(engine).await,
            "submit" => cases::city(engine).await,
            "close" => cases::close(engine).await,
            "caps" => caps::run(engine).await,
            "cases" => cases::pages(engine).await,
            "committee" => committee::round(engine).await,
            "simulate" => simulate::run(engine).await,
            other => panic!("no phase {other}: there are {PHASES:?}"),
        }
    });
}

/// Runs the wanted phases (all, when none is named) in processes of their own and tells what came out.
fn all(wanted: &[&str]) {
    let mut rows: Vec<Row> = Vec::new();
    for engine in engines() {
        for phase in PHASES.iter().filter(|phase| wanted.is_empty() || wanted.contains(*phase)) {
            if engine == Engine::Sqlite || !WITHOUT_DATABASE.contains(phase) {
                rows.extend(child(phase, engine));
            }
        }
    }
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or_default();
    println!();
    for row in &rows {
        println!("{:width$}  {:>28}  {:<36} {}", row.what, row.measured, row.aim, row.verdict);
    }
    let missed = rows.iter().filter(|row| row.verdict == "missed").count();
    println!("\n{} met, {missed} missed", rows.iter().filter(|row| row.verdict == "met").count());
}

fn child(phase: &str, engine: Engine) -> Vec<Row> {
    println!("--- {phase}, {}", engine.name());
    let mut child =
        Command::new(std::env::current_exe().unwrap()).args(["phase", phase, engine.word()]).stdout(Stdio::piped()).spawn().unwrap();
    let mut rows = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        match measure::heard(&line) {
            Some(row) => {
                println!("{}: {} {}", row.what, row.measured, row.verdict);
                rows.push(row);
            }
            None => println!("{line}"),
        }
    }
    assert!(child.wait().unwrap().success(), "phase {phase} on {} did not finish", engine.name());
    rows
}
