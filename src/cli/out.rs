//! What commands print: JSON for machines, Swedish for people, failures with what to do.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::domain::Problem;
use crate::services::ServiceError;

/// Standard output, buffered until it is dropped or flushed.
pub(super) fn stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::new(io::stdout().lock())
}

/// Writes JSON for machines.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = stdout();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// Writes a list: for machines, or a line each for people, who are told what to do where there is nothing.
pub(super) fn list<T>(
    as_json: bool,
    rows: &[T],
    machine: fn(&T) -> serde_json::Value,
    person: fn(&T) -> String,
    nothing: &str,
) -> anyhow::Result<()> {
    if as_json {
        return json(&rows.iter().map(machine).collect::<Vec<_>>());
    }
    let mut out = stdout();
    if rows.is_empty() {
        writeln!(out, "{nothing}")?;
    }
    for row in rows {
        writeln!(out, "{}", person(row))?;
    }
    out.flush()?;
    Ok(())
}

/// A verdict as an exit code: 1 when something is wrong.
pub(super) fn verdict(fine: bool) -> ExitCode {
    if fine { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// A bar for `count` things; silent where nobody looks.
pub(super) fn bar(count: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(count as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// A bar for a file of so many bytes; silent where nobody looks.
pub(super) fn bytes(size: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(size);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// A sign of life where the amount of work is not known; silent where nobody looks.
pub(super) fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner();
    spinner.set_message(what);
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// A failure in words, and its exit code: 1 when the service said no, 2 when something did not work.
pub(super) fn failure(error: &anyhow::Error) -> (String, ExitCode) {
    match error.downcast_ref::<ServiceError>() {
        Some(said) => {
            let code = match said {
                ServiceError::Store(_) | ServiceError::Internal(_) => 2,
                ServiceError::Invalid(_)
                | ServiceError::NotFound
                | ServiceError::KeptAway(_)
                | ServiceError::Refused(_)
                | ServiceError::Stale
                | ServiceError::Definition(_) => 1,
            };
            (words(said), ExitCode::from(code))
        }
        None => (format!("{error:#}"), ExitCode::from(2)),
    }
}

/// What a service answered, in Swedish.
pub(super) fn words(error: &ServiceError) -> String {
    match error {
        ServiceError::Invalid(findings) => {
            let line = |finding: &crate::services::error::Finding| match finding.place.as_str() {
                "" => finding.message.sv.clone(),
                place => format!("{place}: {}", finding.message.sv),
            };
            findings.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        ServiceError::NotFound | ServiceError::KeptAway(_) => "Det finns inte.".to_owned(),
        ServiceError::Refused(why) => why.sv.clone(),
        ServiceError::Stale => "Någon annan hann före. Kör kommandot igen.".to_owned(),
        ServiceError::Definition(problems) => problems.iter().map(problem).collect::<Vec<_>>().join("\n"),
        ServiceError::Store(error) => format!("Databasen: {error}"),
        ServiceError::Internal(error) => format!("{error:#}"),
    }
}

/// A problem in a definition, with its place.
pub(super) fn problem(problem: &Problem) -> String {
    let place = &problem.place;
    format!("{}:{}:{}: {} {}", place.file, place.line, place.column, problem.message.sv, problem.hint.sv)
}
