//! The rows and the account of marks as tables.

use rust_decimal::Decimal;

use crate::domain::calculation::{AccountLine, Row, RowKind};
use crate::domain::localized::Language;
use crate::text::fluent::plain;
use crate::text::number::{self, decimal};

use super::document::{Align, Block, Cell, Column, Table, TableRow, Weight};
use super::figures::{column_kronor, two_decimals};

/// The unit of rows that are money.
const KRONOR: &str = "kr";

/// The calculation, row by row, as the rules wrote it.
pub(super) fn rows(language: Language, rows: &[Row]) -> Block {
    let column = |key, align| Column { label: plain(language, key), align };
    Block::Table(Table {
        caption: plain(language, "caption-calculation"),
        columns: vec![
            column("column-row", Align::Words),
            column("column-paragraph", Align::Short),
            column("column-quantity", Align::Figures),
            column("column-rate", Align::Figures),
            column("column-value", Align::Figures),
        ],
        rows: rows
            .iter()
            .map(|row| TableRow {
                cells: vec![
                    Cell {
                        text: row.text.get(language).to_owned(),
                        note: row.reason.as_ref().map(|reason| reason.get(language).to_owned()),
                    },
                    Cell::from(row.paragraph.clone().unwrap_or_default()),
                    Cell::from(row.quantity.map(decimal).unwrap_or_default()),
                    Cell::from(row.rate.map(|rate| self::rate(rate, &row.unit)).unwrap_or_default()),
                    Cell::from(value(row.value, &row.unit)),
                ],
                weight: match row.kind {
                    RowKind::Input | RowKind::Parameter => Weight::Quiet,
                    RowKind::Factor | RowKind::Cap | RowKind::Deduction | RowKind::Rounding | RowKind::Override => Weight::Plain,
                    RowKind::Subtotal => Weight::Subtotal,
                    RowKind::Total => Weight::Total,
                },
            })
            .collect(),
    })
}

/// The account of marks: what came in, what each filter cut, what is paid for.
pub(super) fn account(language: Language, lines: &[AccountLine]) -> Block {
    let column = |key, align| Column { label: plain(language, key), align };
    let last = lines.len().saturating_sub(1);
    Block::Table(Table {
        caption: plain(language, "caption-account"),
        columns: vec![
            column("column-account", Align::Words),
            column("column-paragraph", Align::Short),
            column("column-marks", Align::Figures),
        ],
        rows: lines
            .iter()
            .enumerate()
            .map(|(at, line)| TableRow {
                cells: vec![
                    Cell::from(line.text.get(language).to_owned()),
                    Cell::from(line.paragraph.clone().unwrap_or_default()),
                    Cell::from(decimal(Decimal::from(line.marks))),
                ],
                weight: if at == last { Weight::Total } else { Weight::Plain },
            })
            .collect(),
    })
}

/// A rate; one in kronor with öre, as price lists write it.
fn rate(rate: Decimal, unit: &str) -> String {
    if unit == KRONOR && !rate.fract().is_zero() { two_decimals(rate) } else { decimal(rate) }
}

/// A value with its unit; money with two decimals, so that the column lines up.
fn value(value: Decimal, unit: &str) -> String {
    if unit == KRONOR {
        return column_kronor(value);
    }
    format!("{}{}{unit}", decimal(value), number::BEFORE_UNIT).trim_end().to_owned()
}
