//! `bifall evaluate`: what a grant type's rules say about one case, without a database.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use serde::Serialize;

use crate::domain::attendance::AttendanceData;
use crate::domain::calculation::{AccountLine, Check, CheckStatus, Evaluation, Row, RowKind};
use crate::domain::inputs::Inputs;
use crate::domain::{Money, Problem};
use crate::packages::{
    AttendanceSource, CaseAttendance, Files, Package, Surroundings, attendance_of, input_hash, load_all, read_single_case,
};
use crate::rules::{self, Mode};

/// Calculates one case and shows checks, rows and the account of marks.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exempel:\n  bifall evaluate startbidrag --case fall.toml --json\n  bifall evaluate . --grant aktivitetsstod --case fall.toml --attendance narvaro.xml"
)]
pub struct Args {
    /// A folder, a zip file, or the id of a built-in grant type
    package: String,
    /// The grant type, where the folder holds several
    #[arg(long, value_name = "ID")]
    grant: Option<String>,
    /// The case, written as in cases.toml
    #[arg(long, value_name = "FILE.toml")]
    case: PathBuf,
    /// Which case, where the file holds several
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Attendance files, instead of the case's own attendance
    #[arg(long, value_name = "FILE")]
    attendance: Vec<PathBuf>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'e> {
    checks: &'e [Check],
    rows: &'e [Row],
    account: &'e [AccountLine],
    total_ore: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'e str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    dismissed: &'e [String],
    version_hash: String,
    input_hash: String,
}

/// Where a case lies: as it is named, or among the grant's own files when nothing lies there.
fn case_path(package: &std::path::Path, id: &str, named: &std::path::Path) -> PathBuf {
    let own = package.join("rules").join(id).join(named);
    if !named.exists() && own.exists() { own } else { named.to_owned() }
}

/// Runs the command.
///
/// # Errors
/// When the package, the case or the attendance cannot be read, or the rules are at fault.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let package = find(&args.package, args.grant.as_deref())?;
    let path = case_path(std::path::Path::new(&args.package), &package.id, &args.case);
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path).with_context(|| format!("{name} går inte att läsa"))?;
    let (case, problems) = read_single_case(&name, &text, &package.form, args.id.as_deref());
    stop_on(&problems)?;
    let case = case.ok_or_else(|| anyhow!("{name}: här finns inget fall att räkna på"))?;
    let attendance = match (args.attendance.as_slice(), &case.attendance) {
        ([], CaseAttendance::Written(data)) => Some(data.clone()),
        ([], CaseAttendance::None) => package.form.uses_attendance().then(AttendanceData::default),
        ([], CaseAttendance::Files(paths)) => {
            let beside = path.parent().unwrap_or(std::path::Path::new("."));
            let paths: Vec<PathBuf> = paths.iter().map(|path| beside.join(&path.value)).collect();
            read_all(&paths, &case.inputs)?
        }
        (paths, _) => read_all(paths, &case.inputs)?,
    };
    let input_hash = input_hash(&case.inputs, attendance.as_ref())?;
    let evaluation = rules::evaluate(&package.rules, &case.inputs, attendance.map(Arc::new), Mode::Plain)?.evaluation;
    let answer = Answer {
        checks: &evaluation.checks,
        rows: &evaluation.rows,
        account: &evaluation.account,
        total_ore: evaluation.total_ore,
        route: evaluation.route.as_deref(),
        dismissed: &evaluation.dismissed,
        version_hash: package.hash.hex(),
        input_hash: input_hash.hex(),
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        print(&mut out, &evaluation)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The package of a folder or zip, or a built-in one by id.
fn find(wanted: &str, grant: Option<&str>) -> anyhow::Result<Package> {
    let path = std::path::Path::new(wanted);
    let (files, grant) = if path.exists() { (super::check::read_files(path)?, grant) } else { (Files::built_in(), Some(wanted)) };
    let checked = load_all(&files, &Surroundings::built_in());
    let ids = || checked.iter().map(|checked| checked.id.as_str()).collect::<Vec<_>>().join(", ");
    let fitting: Vec<_> = checked.iter().filter(|checked| grant.is_none_or(|grant| checked.id == grant)).collect();
    match fitting.as_slice() {
        [only] => {
            stop_on(&only.problems)?;
            only.package.clone().ok_or_else(|| anyhow!("bidraget {} är inte i ordning", only.id))
        }
        [] => bail!("{wanted} är varken en mapp, en zip-fil eller ett inbyggt bidrag. Det finns: {}", ids()),
        _ => bail!("{wanted} har flera bidrag. Ange ett med --grant: {}", ids()),
    }
}

fn stop_on(problems: &[Problem]) -> anyhow::Result<()> {
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.is_error())
        .map(|problem| {
            let place = &problem.place;
            format!("{}:{}:{}: {} {}", place.file, place.line, place.column, problem.message.sv, problem.hint.sv)
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { bail!("{}", errors.join("\n")) }
}

fn read_all(paths: &[PathBuf], inputs: &Inputs) -> anyhow::Result<Option<AttendanceData>> {
    let mut files = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).with_context(|| format!("{name} går inte att läsa"))?;
        files.push((name, bytes));
    }
    let sources: Vec<AttendanceSource<'_>> = files.iter().map(|(name, bytes)| AttendanceSource { name, bytes }).collect();
    attendance_of(&sources, inputs).map(Some).map_err(|message| anyhow!(message.sv))
}

/// Checks, account, rows and sum, for people.
pub(super) fn print(out: &mut impl Write, evaluation: &Evaluation) -> anyhow::Result<()> {
    for check in &evaluation.checks {
        let status = match check.status {
            CheckStatus::Ok => "ok",
            CheckStatus::Soft => "se över",
            CheckStatus::Unknown => "okänt",
            CheckStatus::Fail => "inte uppfyllt",
        };
        writeln!(out, "[{status}] {}", check.text.sv)?;
    }
    for line in &evaluation.account {
        writeln!(out, "{:>12}  {}", line.marks, line.text.sv)?;
    }
    for row in &evaluation.rows {
        writeln!(out, "{:>12} {}  {}", row.value, row.unit, row.text.sv)?;
    }
    writeln!(out, "{}", outcome(evaluation))?;
    Ok(())
}

/// What it comes to. A sum of zero says neither that the application is not tried, nor that a requirement is not met, nor that
/// something needed for the sum is not known. An officer's sum stands whatever the rules found.
fn outcome(evaluation: &Evaluation) -> String {
    let sum = format!("{:>12} kr  att få", evaluation.total_ore);
    let of = |wanted: CheckStatus| evaluation.checks.iter().filter(|check| check.status == wanted).collect::<Vec<_>>();
    let (failed, unknown) = (of(CheckStatus::Fail), of(CheckStatus::Unknown));
    if evaluation.rows.iter().any(|row| row.kind == RowKind::Override) {
        return sum;
    }
    if !evaluation.dismissed.is_empty() {
        let why: Vec<&Check> = failed.into_iter().filter(|check| evaluation.dismissed.contains(&check.id)).collect();
        return format!("Ansökan avvisas och prövas inte i sak: {} Inget beviljas.", reasons(&why));
    }
    if !failed.is_empty() {
        return format!("Avslag: {} Inget beviljas.", reasons(&failed));
    }
    if !unknown.is_empty() {
        let so_far = match evaluation.total_ore {
            Money::ZERO => "Beloppet är inte känt".to_owned(),
            total => format!("{total} kr hittills, men allt är inte känt"),
        };
        let what: BTreeSet<String> = unknown.iter().map(|check| format!("”{}”", check.text.sv)).collect();
        let what = what.into_iter().collect::<Vec<_>>().join(", ");
        return format!("{so_far}: ett svar, en uppgift eller en fördelad pott saknas för {what}.");
    }
    if evaluation.rows.is_empty() { "Kraven är uppfyllda. Bidraget ger inget belopp.".to_owned() } else { sum }
}

/// Why, in the words of the decision where there are such.
fn reasons(checks: &[&Check]) -> String {
    let reason = |check: &&Check| match &check.motivation {
        Some(motivation) => motivation.sv.clone(),
        None => format!("”{}” är inte uppfyllt.", check.text.sv),
    };
    checks.iter().map(reason).collect::<Vec<_>>().join(" ")
}
