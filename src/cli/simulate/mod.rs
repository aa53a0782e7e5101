//! `bifall simulate`: what a changed grant type would do to a period's real cases.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::check::read_files;
use super::instance::{Instance, staff};
use super::out;
use crate::domain::Money;
use crate::domain::simulation::Summary;
use crate::services::Actor;
use crate::services::simulation::{self, Draft, Simulated, Simulation};
use crate::text::number;

mod export;

/// Runs every real case of a period with a changed grant type, which is checked but never taken into use, and tells who
/// would gain and lose, and whether the budget suffices. Nothing is stored.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  bifall simulate --grant-type aktivitetsstod --period 2026-H1 --with my-draft
  bifall simulate --grant-type aktivitetsstod --period 2026-H1 --with my-draft.zip --csv cases.csv --svg spread.svg

Exit code 1 when the draft is in error or cannot be run on a case.")]
pub struct Args {
    /// The grant type
    #[arg(long, visible_alias = "grant", value_name = "ID")]
    grant_type: String,
    /// The activity period whose cases are run
    #[arg(long, value_name = "ID")]
    period: String,
    /// The changed grant type: a folder or zip with forms/ and rules/
    #[arg(long, value_name = "DIR")]
    with: PathBuf,
    /// Who asks: an administrator; whoever runs the command when left out
    #[arg(long = "as", value_name = "NAME")]
    actor: Option<String>,
    /// List the cases that come out the same too
    #[arg(long)]
    all: bool,
    /// Write every case to a table for spreadsheets
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write how the differences spread as a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write JSON for machines
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When the draft is in error, there is no such grant or period, the actor may not, or a file cannot be written.
pub fn run(args: Args, instance: &Instance) -> anyhow::Result<ExitCode> {
    let files = read_files(&args.with)?;
    let (draft, found) = instance.with(async |tenant| {
        let actor = match &args.actor {
            Some(name) => staff(tenant, name).await?,
            None => Actor::Service,
        };
        let draft = simulation::draft(tenant, &actor, &files, &args.grant_type).await?;
        let bar = out::bar(0, "Räknar");
        let progress = |done: usize, of: usize| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        };
        let found = simulation::simulate(tenant, &actor, (&args.grant_type, &args.period), &draft.package, progress).await;
        bar.finish_and_clear();
        Ok((draft, found?))
    })?;
    if let Some(path) = &args.csv {
        std::fs::write(path, export::csv(&found)?).with_context(|| format!("{} går inte att skriva", path.display()))?;
    }
    if let Some(path) = &args.svg {
        std::fs::write(path, export::svg(&found)).with_context(|| format!("{} går inte att skriva", path.display()))?;
    }
    if args.json {
        out::json(&found)?;
    } else {
        let mut out = out::stdout();
        print(&mut out, &args, &draft, &found)?;
        out.flush()?;
    }
    Ok(out::verdict(found.failed.is_empty()))
}

fn print(out: &mut impl Write, args: &Args, draft: &Draft, found: &Simulation) -> anyhow::Result<()> {
    for warning in &draft.warnings {
        writeln!(out, "Varning: {}", out::problem(warning))?;
    }
    if draft.red > 0 {
        writeln!(
            out,
            "Varning: {} av utkastets {} testfall blir inte som väntat. Kör: bifall check {}",
            draft.red,
            draft.cases,
            args.with.display()
        )?;
    }
    writeln!(out, "{} {} med {}: {}", found.grant_type, found.period, args.with.display(), cases(found.summary.cases))?;
    if found.summary.cases > 0 {
        figures(out, &found.summary)?;
        budgets(out, found)?;
    }
    if let Some(left) = found.pot_left_ore {
        writeln!(out, "Potten är fördelad på nytt; {} blir kvar.", number::money(left))?;
    }
    let shown: Vec<&Simulated> = found.cases.iter().filter(|case| args.all || differs(case)).collect();
    if !shown.is_empty() {
        writeln!(out)?;
        table(out, &shown)?;
    }
    let set = found.cases.iter().filter(|case| case.set_by_officer).count();
    if set > 0 {
        writeln!(out, "\n{}: en handläggare har bestämt summan, som ändringen inte rör.", cases(set))?;
    }
    if !found.disposed.is_empty() {
        writeln!(out, "\nUnderlaget är gallrat och räknas inte med: {}", found.disposed.join(", "))?;
    }
    if found.kept_from > 0 {
        writeln!(out, "\n{} är inte med, eftersom du är jävig. Budgeten visas därför inte.", cases(found.kept_from))?;
    }
    if !found.failed.is_empty() {
        writeln!(out, "\n{} går inte att räkna med utkastet och är inte med i summorna:", cases(found.failed.len()))?;
        for failed in &found.failed {
            let place = &failed.place;
            writeln!(out, "  {}  {}:{}:{}: {}", failed.number, place.file, place.line, place.column, failed.why.sv)?;
        }
    }
    Ok(())
}

fn figures(out: &mut impl Write, summary: &Summary) -> std::io::Result<()> {
    let counts = [
        ("Vinner", summary.winners, Some(summary.won_ore)),
        ("Förlorar", summary.losers, Some(summary.lost_ore)),
        ("Oförändrade", summary.unchanged, None),
    ];
    for (words, count, sum) in counts {
        let sum = sum.map_or_else(String::new, |sum| format!("  {:>18}", signed(sum)));
        writeln!(out, "{words:<24}{count:>6}{sum}")?;
    }
    writeln!(out, "{:<24}{:>6}", "Nya avslag", summary.newly_refused)?;
    writeln!(out, "{:<24}{:>6}", "Nya bifall", summary.newly_granted)?;
    for (words, sum) in [
        ("Summa i dag", number::money(summary.before_ore)),
        ("Summa med ändringen", number::money(summary.after_ore)),
        ("Skillnad", signed(summary.difference_ore)),
    ] {
        writeln!(out, "{words:<24}      {:>20}", sum)?;
    }
    Ok(())
}

fn budgets(out: &mut impl Write, found: &Simulation) -> anyhow::Result<()> {
    for budget in &found.budgets {
        let name = format!("Budget {} {}", budget.unit, budget.year);
        match (budget.amount_ore, budget.left()?) {
            (Some(amount), Some(left)) => {
                let verdict = if left.is_negative() { "ÖVERSKRIDS med" } else { "räcker, kvar" };
                let left = Money::from_ore(left.ore().saturating_abs());
                let elsewhere = number::money(budget.elsewhere_ore);
                writeln!(out, "{name}: {} (andra beslut {elsewhere}), {verdict} {}", number::money(amount), number::money(left))?;
            }
            (None, _) | (_, None) => writeln!(out, "{name}: ingen budget är satt")?,
        }
    }
    Ok(())
}

fn table(out: &mut impl Write, cases: &[&Simulated]) -> std::io::Result<()> {
    let wide = cases.iter().map(|case| who(case).chars().count()).max().unwrap_or_default().clamp(10, 40);
    writeln!(out, "{:<16}  {:<wide$}  {:>16}  {:>16}  {:>16}", "Ärende", "Förening", "I dag", "Med ändringen", "Skillnad")?;
    for case in cases {
        let name: String = who(case).chars().take(wide).collect();
        let amounts = [number::money(case.pair.before.amount_ore), number::money(case.pair.after.amount_ore), signed(case.difference_ore)];
        let [before, after, difference] = amounts;
        writeln!(out, "{:<16}  {name:<wide$}  {before:>16}  {after:>16}  {difference:>16}{}", case.number, turn(case))?;
        for why in &case.refused_by {
            writeln!(out, "{:<16}  {}", "", why.sv)?;
        }
    }
    Ok(())
}

fn turn(case: &Simulated) -> &'static str {
    match (case.pair.newly_refused(), case.pair.newly_granted()) {
        (true, _) => "  nytt avslag",
        (_, true) => "  nytt bifall",
        (false, false) => "",
    }
}

fn differs(case: &Simulated) -> bool {
    case.pair.before != case.pair.after
}

fn who(case: &Simulated) -> &str {
    case.applicant.as_deref().unwrap_or("(privatperson)")
}

fn cases(count: usize) -> String {
    format!("{count} ärende{}", if count == 1 { "" } else { "n" })
}

/// An amount with its sign.
fn signed(amount: Money) -> String {
    let plus = if amount.is_positive() { "+" } else { "" };
    format!("{plus}{}", number::money(amount))
}
