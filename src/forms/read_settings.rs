//! Reads the settings of a grant type.

use super::read::whole;
use super::settings::{
    AccountString, ApprovalSettings, AssignedBy, Assignment, Checkpoints, Clash, ClashDefault, ClashScope, Decided, DiarySettings,
    DocumentType, DueAfter, Experts, PayWhen, PaymentChannel, PaymentSettings, Ranking, Register, Releases, ReportSettings, Retention,
    Risk, Route,
};
use crate::domain::Localized;
use crate::domain::grant::GrantKind;
use crate::text::definition::{Located, Table, Value};

pub(super) fn read_approval(table: &Table<'_>, kind: Option<GrantKind>) -> Option<ApprovalSettings> {
    let value = table.get("approval");
    match (kind?, value) {
        (GrantKind::Approval, None) => Some(ApprovalSettings::default()),
        (GrantKind::Approval, Some(value)) => value.table().map(|table| {
            let default = ApprovalSettings::default();
            let year_end = table.get("year_end").and_then(|value| value.located_text());
            let months_after_year_end = whole(table.get("months_after_year_end"), 1, 36).unwrap_or(default.months_after_year_end);
            let mut remind_days: Vec<u32> = table
                .get("remind_days")
                .map_or(default.remind_days, |value| value.items().into_iter().filter_map(|item| whole(Some(item), 1, 365)).collect());
            remind_days.sort_unstable_by(|a, b| b.cmp(a));
            table.finish();
            ApprovalSettings { year_end, months_after_year_end, remind_days }
        }),
        (GrantKind::General | GrantKind::Selective | GrantKind::Report, Some(value)) => {
            value.problem(
                "approval_without_kind",
                Localized::both("Uppgiften approval hör bara till godkännanden.", "The key approval belongs to approvals only."),
                Localized::both("Ta bort den, eller skriv kind = \"approval\".", "Remove it, or write kind = \"approval\"."),
            );
            None
        }
        (GrantKind::General | GrantKind::Selective | GrantKind::Report, None) => None,
    }
}

pub(super) fn read_report(table: &Table<'_>, kind: Option<GrantKind>) -> Option<ReportSettings> {
    match (kind?, table.get("report")) {
        (GrantKind::Report, Some(value)) => read_report_table(&value.table()?),
        (GrantKind::Report, None) => {
            table.require("report");
            None
        }
        (GrantKind::General | GrantKind::Selective | GrantKind::Approval, Some(value)) => {
            value.problem(
                "report_without_kind",
                Localized::both("Uppgiften report hör bara till redovisningar.", "The key report belongs to reports only."),
                Localized::both("Ta bort den, eller skriv kind = \"report\".", "Remove it, or write kind = \"report\"."),
            );
            None
        }
        (GrantKind::General | GrantKind::Selective | GrantKind::Approval, None) => None,
    }
}

/// The word of what a last day is counted from.
#[derive(Clone, Copy)]
enum AfterWord {
    Decision,
    Period,
    Answer,
}

fn read_report_table(table: &Table<'_>) -> Option<ReportSettings> {
    let of = table.require("of").and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }));
    let releases =
        table.require("releases").and_then(|value| value.one_of(&[("requisition", Releases::Requisition), ("report", Releases::Report)]));
    let after = table
        .require("due_after")
        .and_then(|value| value.one_of(&[("decision", AfterWord::Decision), ("period", AfterWord::Period), ("answer", AfterWord::Answer)]));
    let due_after = match after {
        Some(AfterWord::Decision) => Some(DueAfter::Decision),
        Some(AfterWord::Period) => Some(DueAfter::Period),
        Some(AfterWord::Answer) => table.require("due_answer").and_then(|value| value.located_text()).map(DueAfter::Answer),
        None => None,
    };
    let due_days = table.require("due_days").and_then(|value| whole(Some(value), 0, 3650));
    let mut remind_days: Vec<u32> = table
        .get("remind_days")
        .map_or_else(|| vec![14, 1], |value| value.items().into_iter().filter_map(|item| whole(Some(item), 1, 365)).collect());
    remind_days.sort_unstable_by(|a, b| b.cmp(a));
    let pay_back_days = whole(table.get("pay_back_days"), 0, 365).unwrap_or(30);
    table.finish();
    Some(ReportSettings { of: of?, releases: releases?, due_after: due_after?, due_days: due_days?, remind_days, pay_back_days })
}

pub(super) fn read_clash(table: &Table<'_>) -> Option<Clash> {
    let table = table.get("clash")?.table()?;
    let scope =
        table.require("scope").and_then(|value| value.one_of(&[("within", ClashScope::Within), ("everywhere", ClashScope::Everywhere)]));
    let answer_days = whole(table.get("answer_days"), 1, 90).unwrap_or(14);
    let default = table.require("default").and_then(|value| {
        value.one_of(&[
            ("none", ClashDefault::None),
            ("first", ClashDefault::First),
            ("both", ClashDefault::Both),
            ("officer", ClashDefault::Officer),
        ])
    });
    table.finish();
    Some(Clash { scope: scope?, answer_days, default: default? })
}

pub(super) fn read_ranking(table: &Table<'_>) -> Option<Ranking> {
    let table = table.get("ranking")?.table()?;
    let field = |value: Value<'_>| value.id().map(|id| Located { value: id, place: value.place() });
    let applied = table.require("applied").and_then(field);
    let (category, district) = (table.get("category").and_then(field), table.get("district").and_then(field));
    table.finish();
    Some(Ranking { applied: applied?, category, district })
}

/// An id by its key, with its place.
pub(super) fn read_id(table: &Table<'_>, key: &'static str) -> Option<Located<String>> {
    table.get(key).and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }))
}

pub(super) fn read_experts(table: &Table<'_>) -> Option<Experts> {
    let table = table.get("experts")?.table()?;
    let listed = table.require("sections");
    let sections: Vec<_> = listed.iter().flat_map(Value::items).filter_map(|item| item.located_text()).collect();
    if let Some(listed) = listed.filter(|listed| listed.is_array() && listed.items().is_empty()) {
        listed.problem(
            "nothing_to_read",
            Localized::both("En sakkunnig får inte läsa någonting av ansökan.", "An expert may read nothing of the application."),
            Localized::both(
                "Nämn de avsnitt hon ska bedöma, eller ta bort [experts].",
                "Name the sections she is to assess, or remove [experts].",
            ),
        );
    }
    table.finish();
    (!sections.is_empty()).then(|| Experts { sections, place: table.place() })
}

pub(super) fn read_decided(table: &Table<'_>) -> Option<Decided> {
    let table = table.get("decided")?.table()?;
    let body = table.require("body").and_then(|value| value.text().map(str::to_owned));
    let date = table.require("date").and_then(|value| value.date());
    let text = |key: &'static str| table.get(key).and_then(|value| value.text().map(str::to_owned));
    let (paragraph, diary_number) = (text("paragraph"), text("diary_number"));
    table.finish();
    Some(Decided { body: body?, date: date?, paragraph, diary_number })
}

pub(super) fn read_payment(table: &Table<'_>) -> PaymentSettings {
    let when = table
        .get("pay")
        .and_then(|value| {
            value.one_of(&[("at_once", PayWhen::AtOnce), ("after_legal_force", PayWhen::AfterLegalForce), ("manual", PayWhen::Manual)])
        })
        .unwrap_or(PayWhen::AtOnce);
    let channel = table
        .get("channel")
        .and_then(|value| {
            value.one_of(&[("bank", PaymentChannel::Bank), ("ledger", PaymentChannel::Ledger), ("list", PaymentChannel::List)])
        })
        .unwrap_or(PaymentChannel::Bank);
    let account = table.get("account_string").and_then(|value| value.table()).map(|table| {
        let part = |key| table.get(key).and_then(|value| account_part(&value));
        let account = AccountString {
            account: part("account"),
            cost_centre: part("cost_centre"),
            activity: part("activity"),
            counterpart: part("counterpart"),
        };
        table.finish();
        account
    });
    PaymentSettings { when, channel, account: account.unwrap_or_default() }
}

/// A part of an accounting string: digits and capital letters, as ledgers take them.
fn account_part(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if (1..=20).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return Some(text.to_owned());
    }
    value.problem(
        "bad_account_part",
        Localized::both(format!("”{text}” är ingen del av en kodsträng."), format!("\"{text}\" is no part of an accounting string.")),
        Localized::both("Använd 1–20 siffror eller stora bokstäver, som \"4510\".", "Use 1–20 digits or capital letters, as \"4510\"."),
    );
    None
}

pub(super) fn read_diary(table: &Table<'_>) -> DiarySettings {
    let Some(table) = table.get("diary").and_then(|value| value.table()) else { return DiarySettings::default() };
    let default = DiarySettings::default();
    let committee = table.get("committee").and_then(|value| committee_code(&value)).unwrap_or(default.committee);
    let register = table
        .get("register")
        .and_then(|value| value.one_of(&[("case_each", Register::CaseEach), ("case_per_round", Register::CasePerRound)]))
        .unwrap_or(default.register);
    let classification = table.get("classification").and_then(|value| value.text().map(str::to_owned));
    let documents = table.tables("document").iter().filter_map(read_document).collect();
    table.finish();
    DiarySettings { committee, register, classification, documents }
}

fn committee_code(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if (2..=8).contains(&text.chars().count()) && text.chars().all(char::is_uppercase) {
        return Some(text.to_owned());
    }
    value.problem(
        "bad_committee",
        Localized::both(format!("”{text}” är ingen nämndkod."), format!("\"{text}\" is no committee code.")),
        Localized::both("Använd 2–8 stora bokstäver, som \"KFN\".", "Use 2–8 capital letters, as \"KFN\"."),
    );
    None
}

fn read_document(table: &Table<'_>) -> Option<DocumentType> {
    let id = table.require("id").and_then(|value| value.id());
    let label = table.require("label").and_then(|value| value.localized());
    let keep = table.get("keep").and_then(|value| value.boolean());
    let years = whole(table.get("dispose_after_years"), 0, 100);
    let reference = table.require("reference").and_then(|value| value.text().map(str::to_owned));
    table.finish();
    let retention = match (keep, years) {
        (Some(true), None) => Some(Retention::Keep),
        (None | Some(false), Some(years)) => Some(Retention::Dispose { years }),
        (Some(true), Some(_)) | (None | Some(false), None) => {
            table.problem(
                "retention",
                Localized::both(
                    "Det ska stå om handlingen bevaras eller när den gallras.",
                    "It must say whether the document is kept or when it is disposed of.",
                ),
                Localized::both(
                    "Skriv keep = true eller dispose_after_years = 7, inte båda.",
                    "Write keep = true or dispose_after_years = 7, not both.",
                ),
            );
            None
        }
    };
    Some(DocumentType { id: id?, label: label?, retention: retention?, reference: reference? })
}

pub(super) fn read_checkpoints(table: &Table<'_>) -> Checkpoints {
    let Some(table) = table.get("checkpoints").and_then(|value| value.table()) else { return Checkpoints::default() };
    let sample_percent = whole(table.get("sample_percent"), 0, 100).unwrap_or(0);
    let mut risks = Vec::new();
    for item in table.tables("risk") {
        let id = item.require("id").and_then(|value| value.id());
        let when = item.require("when").and_then(|value| value.condition());
        let reason = item.require("reason").and_then(|value| value.localized());
        item.finish();
        if let (Some(id), Some(when), Some(reason)) = (id, when, reason) {
            risks.push(Risk { id, when, reason });
        }
    }
    table.finish();
    Checkpoints { sample_percent, risks }
}

pub(super) fn read_assignment(table: &Table<'_>) -> Assignment {
    let Some(table) = table.get("assignment").and_then(|value| value.table()) else { return Assignment::default() };
    let by = table.require("by").and_then(|value| value.one_of(&[("load", AssignedBy::Load), ("none", AssignedBy::Nothing)]));
    let by = by.unwrap_or_default();
    let mut routes = Vec::new();
    for item in table.tables("route") {
        let guard = item.require("guard").and_then(|value| value.condition());
        let unit = item.require("unit").and_then(|value| value.id().map(|id| Located { value: id, place: value.place() }));
        if by == AssignedBy::Nothing {
            item.problem(
                "route_without_load",
                Localized::both(
                    "En väg till en enhet gäller bara när ärenden fördelas av sig själva.",
                    "A route to a unit holds only when cases are given by themselves.",
                ),
                Localized::both("Skriv by = \"load\", eller ta bort vägen.", "Write by = \"load\", or remove the route."),
            );
        }
        item.finish();
        if let (Some(guard), Some(unit)) = (guard, unit) {
            routes.push(Route { guard, unit });
        }
    }
    table.finish();
    Assignment { by, routes }
}
