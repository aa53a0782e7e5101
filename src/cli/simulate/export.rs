//! A simulation as a table for spreadsheets and as a picture.

use crate::domain::Money;
use crate::domain::simulation::{Bar as Spread, Standing, histogram};
use crate::services::simulation::Simulation;
use crate::text::chart::{self, Bar, Chart, Tone};
use crate::text::number;

/// The most bars that are drawn beside that of the unchanged.
const MOST_BARS: u64 = 24;

/// Every case: UTF-8 with a byte order mark, `;` between cells, a decimal comma.
pub(super) fn csv(found: &Simulation) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    writer.write_record([
        "Ärende",
        "Förening",
        "I dag",
        "Med ändringen",
        "Skillnad",
        "Utfall i dag",
        "Utfall med ändringen",
        "Satt av handläggare",
    ])?;
    for case in &found.cases {
        let applicant = case.applicant.as_deref().map(harmless).unwrap_or_default();
        let set = if case.set_by_officer { "ja" } else { "" };
        writer.write_record([
            case.number.as_str(),
            &applicant,
            &kronor(case.pair.before.amount_ore),
            &kronor(case.pair.after.amount_ore),
            &kronor(case.difference_ore),
            words(case.pair.before.standing),
            words(case.pair.after.standing),
            set,
        ])?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

/// How the differences spread.
pub(super) fn svg(found: &Simulation) -> String {
    let differences: Vec<Money> = found.cases.iter().map(|case| case.difference_ore).collect();
    let spread = histogram(&differences, MOST_BARS);
    let side = |bar: &Spread, tone: Tone, direction: &str| {
        let whole = |amount: Money| number::money(Money::from_ore(amount.ore().saturating_abs()));
        Bar {
            words: format!("{} ärenden får mer än {} och högst {} {direction}", bar.count, whole(bar.over_ore), whole(bar.to_ore)),
            tick: number::decimal(bar.to_ore.kronor()),
            count: bar.count,
            tone,
        }
    };
    let mut bars: Vec<Bar> = spread.losses.iter().rev().map(|bar| side(bar, Tone::Less, "mindre")).collect();
    bars.push(Bar {
        words: format!("{} ärenden får lika mycket", spread.same),
        tick: "0".to_owned(),
        count: spread.same,
        tone: Tone::Same,
    });
    bars.extend(spread.gains.iter().map(|bar| side(bar, Tone::More, "mer")));
    let summary = &found.summary;
    let lead = format!(
        "{} ärenden får mer, {} mindre och {} lika mycket. Summan går från {} till {}.",
        summary.winners,
        summary.losers,
        summary.unchanged,
        number::money(summary.before_ore),
        number::money(summary.after_ore)
    );
    chart::svg(&Chart {
        language: "sv",
        title: format!("Skillnad per ärende, {} {}", found.grant_type, found.period),
        description: format!("{lead} Varje stapel är {} bred.", number::money(spread.width_ore)),
        lead,
        along: "Skillnad i kronor, till och med".to_owned(),
        up: "Antal ärenden".to_owned(),
        bars,
    })
}

const fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Granted => "bifall",
        Standing::Refused => "avslag",
    }
}

/// Kronor as Swedish spreadsheets read them.
fn kronor(amount: Money) -> String {
    amount.to_string().replace('.', ",")
}

/// A name that no spreadsheet takes for a formula (CWE-1236).
fn harmless(name: &str) -> String {
    let line: String = name.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    if line.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) { format!("'{line}") } else { line }
}
