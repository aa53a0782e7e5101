//! `bifall attendance check`: judges an attendance file without a database.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use serde_json::json;

use super::instance::Instance;
use crate::attendance::dak::{self, DEFAULT_MAX_BYTES, Options, Strictness};
use crate::attendance::finding::Finding;
use crate::attendance::report::Report;
use crate::domain::localized::Language;
use crate::domain::problem::Severity;
use crate::services::members;

/// Reads attendance files.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judges an attendance file (DAK XML 2.1 or 2.2, gzipped or not) as an import would, and imports nothing.
    #[command(after_help = "\
Example:
  bifall attendance check narvaro-vt2026.xml.gz --municipality 1480
  bifall attendance check narvaro-vt2026.xml --json --today 2026-08-20

Exit code 0 when the file would be accepted, 1 when it would be refused, 2 when it cannot be read.")]
    Check(Check),
}

#[derive(Debug, clap::Args)]
struct Check {
    /// The file; `-` reads standard input.
    file: PathBuf,
    /// Answers with JSON for machines.
    #[arg(long)]
    json: bool,
    /// Refuses files for another municipality than this four-digit code.
    #[arg(long, value_name = "CODE", value_parser = municipality)]
    municipality: Option<String>,
    /// Refuses the file when a personal number is missing or invalid, as pushing systems may ask.
    #[arg(long)]
    strict: bool,
    /// The most text to read, in megabytes after unpacking.
    #[arg(long, value_name = "MB", default_value_t = DEFAULT_MAX_BYTES / 1_000_000, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    max_megabytes: u64,
}

/// Runs the command: exit code 0 when the file is accepted, 1 when it is refused.
///
/// # Errors
/// When the file cannot be read or the answer cannot be written.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let Command::Check(check) = args.command;
    let options = Options {
        today: instance.clock().today(),
        municipality: check.municipality,
        strictness: if check.strict { Strictness::RefuseFile } else { Strictness::ExcludePersons },
        max_bytes: check.max_megabytes * 1_000_000,
    };
    let report = read(&check.file, &options).with_context(|| format!("Det går inte att läsa {}", check.file.display()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    if check.json {
        serde_json::to_writer_pretty(&mut out, &machine(&report))?;
        writeln!(out)?;
    } else {
        human(&mut out, &check.file, &report)?;
    }
    out.flush()?;
    Ok(if report.accepted { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn read(path: &Path, options: &Options) -> anyhow::Result<Report> {
    let outcome = if path == Path::new("-") { dak::read(io::stdin().lock(), options)? } else { dak::read(File::open(path)?, options)? };
    Ok(outcome.report)
}

fn municipality(text: &str) -> Result<String, String> {
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("four digits, such as 1480".to_owned())
    }
}

/// A report for machines.
pub(super) fn machine(report: &Report) -> serde_json::Value {
    json!({
        "format": report.format,
        "version": report.version,
        "municipality": report.municipality,
        "associations": report.receipt.associations,
        "occasions": report.receipt.occasions,
        "participant_marks": report.receipt.participant_marks,
        "leader_marks": report.receipt.leader_marks,
        "persons": report.receipt.persons,
        "accepted": report.accepted,
        "errors": report.errors().map(line).collect::<Vec<_>>(),
        "warnings": report.warnings().map(line).collect::<Vec<_>>(),
    })
}

/// A finding for machines.
pub(super) fn line(finding: &Finding) -> serde_json::Value {
    json!({ "line": finding.line, "code": finding.code.as_str(), "message": finding.message.get(Language::Sv) })
}

/// A member list's report for people.
pub(super) fn list(out: &mut impl Write, file: &Path, report: &members::Report) -> io::Result<()> {
    let verdict = if report.accepted { "Listan är mottagen" } else { "Listan tas inte emot" };
    writeln!(out, "{verdict}: {}", file.display())?;
    writeln!(out)?;
    writeln!(out, "  {:<24}{:>12}", "Medlemmar", grouped(u64::try_from(report.members).unwrap_or_default()))?;
    let of = |severity: Severity| report.findings.iter().filter(move |finding| finding.severity == severity);
    section(out, "Fel som måste rättas", of(Severity::Error))?;
    section(out, "Rader att se över", of(Severity::Warning))?;
    left_out(out, report.findings_left_out)
}

/// A report for people.
pub(super) fn human(out: &mut impl Write, file: &Path, report: &Report) -> io::Result<()> {
    let verdict = if report.accepted { "Filen kan tas emot" } else { "Filen tas inte emot" };
    writeln!(out, "{verdict}: {}", file.display())?;
    writeln!(out)?;
    if !report.version.is_empty() {
        writeln!(out, "  {:<24}DAK {}", "Format", report.version)?;
    }
    if let Some(code) = &report.municipality {
        writeln!(out, "  {:<24}{code}", "Kommun")?;
    }
    let receipt = &report.receipt;
    let mut counts = vec![
        ("Föreningar", receipt.associations),
        ("Sammankomster", receipt.occasions),
        ("Deltagartillfällen", receipt.participant_marks),
        ("Ledartillfällen", receipt.leader_marks),
        ("Personer", receipt.persons),
    ];
    if receipt.removals > 0 {
        counts.insert(2, ("  varav att ta bort", receipt.removals));
    }
    if receipt.excluded_marks > 0 {
        counts.push(("Ej medräknade", receipt.excluded_marks));
    }
    for (name, count) in counts {
        writeln!(out, "  {name:<24}{:>12}", grouped(count))?;
    }
    section(out, "Fel som måste rättas", report.errors())?;
    section(out, "Att se över", report.warnings())?;
    left_out(out, report.findings_left_out)
}

fn left_out(out: &mut impl Write, count: u64) -> io::Result<()> {
    if count > 0 {
        writeln!(out)?;
        writeln!(out, "  … och {} till som inte visas.", grouped(count))?;
    }
    Ok(())
}

fn section<'a>(out: &mut impl Write, heading: &str, findings: impl Iterator<Item = &'a Finding>) -> io::Result<()> {
    for (place, finding) in findings.enumerate() {
        if place == 0 {
            writeln!(out)?;
            writeln!(out, "{heading}")?;
        }
        let line = if finding.line == 0 { "hela filen".to_owned() } else { format!("rad {}", grouped(finding.line)) };
        writeln!(out, "  {line:<12}{}", finding.message.get(Language::Sv))?;
    }
    Ok(())
}

/// Thousands apart, as Swedish writes numbers.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}
