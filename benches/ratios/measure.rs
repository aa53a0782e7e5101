//! Times, sizes and how they are told.

use std::time::{Duration, Instant};

/// One line of the table: what was measured, what came out, what is aimed at.
pub struct Row {
    /// What.
    pub what: String,
    /// What came out, with its unit.
    pub measured: String,
    /// What is aimed at; empty for what is only told.
    pub aim: String,
    /// `met`, `missed`, or empty.
    pub verdict: String,
}

const MARK: &str = "row\t";

/// Tells a measurement that has no aim.
pub fn tell(what: &str, measured: impl Into<String>) {
    say(what, &measured.into(), "", "");
}

/// Tells a measurement and whether it reaches its aim.
pub fn judge(what: &str, measured: impl Into<String>, aim: &str, met: bool) {
    say(what, &measured.into(), aim, if met { "met" } else { "missed" });
}

fn say(what: &str, measured: &str, aim: &str, verdict: &str) {
    println!("{MARK}{what}\t{measured}\t{aim}\t{verdict}");
}

/// The row that a child told, if the line is one.
pub fn heard(line: &str) -> Option<Row> {
    let mut parts = line.strip_prefix(MARK)?.split('\t').map(str::to_owned);
    Some(Row { what: parts.next()?, measured: parts.next()?, aim: parts.next()?, verdict: parts.next()? })
}

/// Runs something and tells how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = run();
    (result, begun.elapsed())
}

/// The middle of some durations.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The duration that 95 of 100 do not exceed.
pub fn p95(times: Vec<Duration>) -> Duration {
    share(times, 95)
}

/// The duration that 99 of 100 do not exceed.
pub fn p99(times: Vec<Duration>) -> Duration {
    share(times, 99)
}

fn share(mut times: Vec<Duration>, of_hundred: usize) -> Duration {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) * of_hundred / 100).copied().unwrap_or_default()
}

/// How many times as long one took as the other.
pub fn times_as_long(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// A rate in millions.
pub fn millions_a_second(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64() / 1e6
}

/// The most memory this process has had resident so far, in MiB (`VmHWM`); 0 where the system does not tell.
pub fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

/// Milliseconds with two decimals.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
