//! `bifall check`: is a folder of grant types in order, and do its cases pass?

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use serde::Serialize;

use crate::app::profile::Profile;
use crate::domain::problem::{Problem, Severity};
use crate::packages::{CaseResult, Checked, FEWEST_CASES, Files, Surroundings, load_all, run_cases};

/// Checks grant types: forms, rules, workflows, letters and test cases.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exempel:\n  bifall check .\n  bifall check mitt-bidrag.zip --json")]
pub struct Args {
    /// Folders or zip files that hold forms/, rules/, workflows/ and letters/
    #[arg(required = true, value_name = "DIR")]
    dirs: Vec<PathBuf>,
    /// The municipality's settings, whose units routes may name; otherwise bifall.toml in a folder, or the example municipality's
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    packages: Vec<PackageReport>,
}

#[derive(Serialize)]
struct PackageReport {
    id: String,
    ok: bool,
    problems: Vec<ProblemReport>,
    cases: Cases,
    /// Whether the cases were run; errors stop that.
    #[serde(skip)]
    tried: bool,
}

#[derive(Serialize)]
struct ProblemReport {
    file: String,
    line: usize,
    column: usize,
    code: String,
    severity: Severity,
    message: String,
    hint: String,
}

#[derive(Default, Serialize)]
struct Cases {
    passed: usize,
    failed: usize,
}

/// Runs the command; a failure when anything is in error or a case fails.
///
/// # Errors
/// When a folder cannot be read or the answer cannot be written.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let read = args.dirs.iter().map(|dir| Ok((dir, read_files(dir)?))).collect::<anyhow::Result<Vec<_>>>()?;
    // What one folder declares, the others may lean on.
    let profile = profile(&args)?;
    let mut around = Surroundings::built_in().with_units(profile.units().map(|unit| unit.id.as_str()));
    read.iter().for_each(|(_, files)| around.know(files));
    let mut packages = Vec::new();
    for (dir, files) in read {
        let checked = load_all(&files, &around);
        if checked.is_empty() {
            return Err(anyhow!("{}: här finns inget bidrag. Ett paket har mapparna forms/, rules/ och workflows/.", dir.display()));
        }
        packages.extend(checked.into_iter().map(report));
    }
    let ok = packages.iter().all(|package| package.ok);
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &Report { packages })?;
        writeln!(out)?;
    } else {
        print(&mut out, &packages)?;
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The municipality whose grant types they are.
fn profile(args: &Args) -> anyhow::Result<Profile> {
    let Some(path) = &args.profile else {
        let beside = args.dirs.iter().map(|dir| dir.join("bifall.toml")).find(|path| path.is_file());
        return beside.map_or_else(Profile::example, |path| Profile::load(&path));
    };
    if !path.is_file() {
        return Err(anyhow!("{} finns inte", path.display()));
    }
    Profile::load(path)
}

/// The files of a folder or a zip.
pub(super) fn read_files(path: &Path) -> anyhow::Result<Files> {
    let files = if path.is_dir() {
        Files::from_dir(path)
    } else {
        std::fs::read(path).map_err(Into::into).and_then(|bytes| Files::from_zip(&bytes))
    };
    files.with_context(|| format!("{} går inte att läsa", path.display()))
}

fn report(checked: Checked) -> PackageReport {
    let results = checked.package.as_ref().map(run_cases).unwrap_or_default();
    let failed = results.iter().filter(|result| !result.passed()).count();
    let mut problems: Vec<ProblemReport> = checked.problems.iter().map(problem_report).collect();
    problems.extend(results.iter().flat_map(case_problems));
    let ok = checked.package.is_some() && failed == 0;
    let tried = checked.package.is_some();
    PackageReport { id: checked.id, ok, problems, cases: Cases { passed: results.len() - failed, failed }, tried }
}

fn problem_report(problem: &Problem) -> ProblemReport {
    ProblemReport {
        file: problem.place.file.clone(),
        line: problem.place.line,
        column: problem.place.column,
        code: problem.code.clone(),
        severity: problem.severity,
        message: problem.message.sv.clone(),
        hint: problem.hint.sv.clone(),
    }
}

fn case_problems(result: &CaseResult) -> Vec<ProblemReport> {
    if let Some(fault) = &result.fault {
        let report = problem_report(fault);
        return vec![ProblemReport { message: format!("Testfallet ”{}”: {}", result.id, report.message), ..report }];
    }
    let report = |difference: &crate::packages::Difference| ProblemReport {
        file: difference.place.file.clone(),
        line: difference.place.line,
        column: difference.place.column,
        code: "case_failed".to_owned(),
        severity: Severity::Error,
        message: format!("Testfallet ”{}”: {}.", result.id, difference.message.sv),
        hint: "Rätta regeln, eller rätta det väntade värdet om du räknat fel.".to_owned(),
    };
    result.differences.iter().map(report).collect()
}

fn print(out: &mut impl Write, packages: &[PackageReport]) -> anyhow::Result<()> {
    for package in packages {
        for problem in &package.problems {
            let place = match (problem.line, problem.column) {
                (0, _) => problem.file.clone(),
                (line, 0) => format!("{}:{line}", problem.file),
                (line, column) => format!("{}:{line}:{column}", problem.file),
            };
            let word = match problem.severity {
                Severity::Error => "fel",
                Severity::Warning => "varning",
            };
            writeln!(out, "{place}: {word}: {}\n    {} [{}]", problem.message, problem.hint, problem.code)?;
        }
        let verdict = if package.ok { "i ordning" } else { "inte i ordning" };
        writeln!(out, "{}: {verdict}, {}", package.id, cases(package))?;
    }
    Ok(())
}

/// How the cases came out; what nobody tried must not sound as if it had passed.
fn cases(package: &PackageReport) -> String {
    let Cases { passed, failed } = package.cases;
    match (package.tried, passed + failed) {
        (false, _) => "testfallen är inte prövade: rätta felen först".to_owned(),
        (true, 0) => format!("men inget är prövat: det finns inga testfall, skriv minst {FEWEST_CASES}"),
        (true, all) => format!("testfall {passed} av {all} gröna"),
    }
}
