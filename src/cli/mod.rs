//! The command line: one file per command.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

mod check;
mod evaluate;

#[derive(Debug, Parser)]
#[command(name = "bifall", version, about = "Grant case management for municipalities")]
enum Command {
    Check(check::Args),
    Evaluate(evaluate::Args),
}

/// Runs the command the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Check(args) => check::run(args),
        Command::Evaluate(args) => evaluate::run(args),
    };
    result.unwrap_or_else(|error| {
        // There is nowhere left to tell of a standard error that is closed.
        let _ = writeln!(std::io::stderr(), "{error:#}");
        ExitCode::FAILURE
    })
}
