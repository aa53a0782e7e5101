//! The command line: one file per command.

pub mod announce;
mod answers;
mod arguments;
pub mod attendance;
pub mod attest;
pub mod budget;
pub mod cases;
pub mod check;
pub mod close_period;
pub mod decide;
#[cfg(feature = "demo")]
pub mod demo;
pub mod evaluate;
pub mod handle;
pub mod import;
pub mod import_packages;
pub mod init;
pub mod instance;
pub mod organisation;
mod out;
pub mod payout;
pub mod replay;
pub mod report_meeting;
pub mod round;
pub mod serve;
pub mod show;
pub mod simulate;
pub mod staff;
mod stop;
pub mod submit;
pub mod table;
pub mod undo;
pub mod verify;
pub mod worker;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use instance::Instance;

/// Rule-driven grant case management for Swedish municipalities.
#[derive(Debug, Parser)]
#[command(name = "bifall", version)]
struct Cli {
    #[command(flatten)]
    instance: Instance,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Records when a meeting's minutes were announced and taken down.
    Announce(announce::Args),
    /// Attendance files.
    Attendance(attendance::Args),
    /// Attests payments: review (granskning) or payment (beslut).
    Attest(attest::Args),
    /// What may be granted, and what is left.
    Budget(budget::Args),
    /// Lists cases.
    Cases(cases::Args),
    /// Checks grant types and runs their cases.
    Check(check::Args),
    /// Locks a period: clashes are settled and cases go on to their final calculation.
    ClosePeriod(close_period::Args),
    /// Decides cases as proposed.
    Decide(decide::Args),
    /// Makes a lifelike municipality and serves it, ready to click.
    #[cfg(feature = "demo")]
    Demo(demo::Args),
    /// Calculates one case.
    Evaluate(evaluate::Args),
    /// Does the open tasks of cases.
    Handle(handle::Args),
    /// Takes in an association's attendance file.
    Import(import::Args),
    /// Imports grant types from a folder or zip.
    ImportPackages(import_packages::Args),
    /// Makes an instance with the grant types that come with the service.
    Init(init::Args),
    /// Associations.
    Organisation(organisation::Args),
    /// Writes payment files of everything attested, or makes a batch's files again.
    Payout(payout::Args),
    /// Calculates decided cases again and compares.
    Replay(replay::Args),
    /// Reports delegated decisions to a committee's meeting.
    ReportMeeting(report_meeting::Args),
    /// Shares and locks the pot of a period.
    Round(round::Args),
    /// Serves the pages and works through the queue.
    Serve(serve::Args),
    /// Shows a case: checks, account, rows and timeline.
    Show(show::Args),
    /// Tries a changed grant type on a period's real cases.
    Simulate(simulate::Args),
    /// The staff.
    Staff(staff::Args),
    /// Hands in an application for an association.
    Submit(submit::Args),
    /// Tables of outside figures.
    Table(table::Args),
    /// Takes back a decision that was not sent yet.
    Undo(undo::Args),
    /// Checks that everything stored is whole and agrees.
    Verify(verify::Args),
    /// Carries out the steps that are due.
    Worker(worker::Args),
}

/// Runs the command the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { instance, command } = Cli::parse();
    let result = match command {
        Command::Announce(args) => announce::run(args, &instance),
        Command::Attendance(args) => attendance::run(args, &instance),
        Command::Attest(args) => attest::run(args, &instance),
        Command::Budget(args) => budget::run(args, &instance),
        Command::Cases(args) => cases::run(args, &instance),
        Command::Check(args) => check::run(args),
        Command::ClosePeriod(args) => close_period::run(args, &instance),
        Command::Decide(args) => decide::run(args, &instance),
        #[cfg(feature = "demo")]
        Command::Demo(args) => demo::run(&args, &instance),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Handle(args) => handle::run(args, &instance),
        Command::Import(args) => import::run(args, &instance),
        Command::ImportPackages(args) => import_packages::run(args, &instance),
        Command::Init(args) => init::run(args, &instance),
        Command::Organisation(args) => organisation::run(args, &instance),
        Command::Payout(args) => payout::run(args, &instance),
        Command::Replay(args) => replay::run(args, &instance),
        Command::ReportMeeting(args) => report_meeting::run(args, &instance),
        Command::Round(args) => round::run(args, &instance),
        Command::Serve(args) => serve::run(&args, &instance),
        Command::Show(args) => show::run(args, &instance),
        Command::Simulate(args) => simulate::run(args, &instance),
        Command::Staff(args) => staff::run(args, &instance),
        Command::Submit(args) => submit::run(args, &instance),
        Command::Table(args) => table::run(args, &instance),
        Command::Undo(args) => undo::run(args, &instance),
        Command::Verify(args) => verify::run(args, &instance),
        Command::Worker(args) => worker::run(args, &instance),
    };
    result.unwrap_or_else(|error| {
        let (text, code) = out::failure(&error);
        // Where standard error is closed there is nobody to tell.
        drop(writeln!(std::io::stderr(), "{text}"));
        code
    })
}
