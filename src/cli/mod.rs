//! The command line: one file per command.

pub mod attendance;
pub mod check;
pub mod evaluate;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

/// Rule-driven grant case management for Swedish municipalities.
#[derive(Debug, Parser)]
#[command(name = "bifall", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Attendance files.
    Attendance(attendance::Args),
    /// Checks grant types and runs their cases.
    Check(check::Args),
    /// Calculates one case.
    Evaluate(evaluate::Args),
}

/// Runs the command the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Attendance(args) => attendance::run(args),
        Command::Check(args) => check::run(args),
        Command::Evaluate(args) => evaluate::run(args),
    };
    result.unwrap_or_else(|error| {
        // Where standard error is closed there is nobody to tell.
        drop(writeln!(std::io::stderr(), "{error:#}"));
        ExitCode::from(2)
    })
}
