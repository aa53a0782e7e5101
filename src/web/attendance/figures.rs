//! What was read of a file and what it did, in figures: the same for the association and for officers.

use crate::services::attendance::reports::OwnReport;
use crate::text::number;
use crate::web::parts::{Line, LineKind};
use crate::web::site::Visitor;

/// What was read.
pub(in crate::web) fn summary(visitor: &Visitor, report: &OwnReport) -> Vec<Line> {
    let receipt = &report.report.receipt;
    let line = |key: &str, count: u64, kind: LineKind| Line { kind, ..figure(visitor, key, i64::try_from(count).unwrap_or(i64::MAX)) };
    let mut lines = vec![
        line("att-occasions", receipt.occasions, LineKind::Figure),
        line("att-persons", receipt.persons, LineKind::Figure),
        line("att-participants", receipt.participant_marks, LineKind::Adds),
        line("att-leaders", receipt.leader_marks, LineKind::Adds),
    ];
    if receipt.excluded_marks > 0 {
        lines.push(line("att-excluded-marks", receipt.excluded_marks, LineKind::Minus));
    }
    lines
}

/// What the import did; nothing of a file that was not taken.
pub(in crate::web) fn effect(visitor: &Visitor, report: &OwnReport) -> Vec<Line> {
    if !report.row.accepted {
        return Vec::new();
    }
    vec![figure(visitor, "att-written", report.effect.0), figure(visitor, "att-taken-away", report.effect.1)]
}

fn figure(visitor: &Visitor, key: &str, count: i64) -> Line {
    Line { text: visitor.t(key), value: number::integer(count), ..Line::default() }
}
