//! A card on paper: who was where, with empty columns to tick in by hand.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use super::super::words;
use super::card::role_key;
use crate::services::attendance::half_words;
use crate::services::attendance::hand::{self, Kept, Member, Membership};
use crate::text::fluent;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// How many occasions stand beside each other on a sheet.
const COLUMNS: usize = 8;

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/print.html")]
pub struct PrintPage {
    /// The page around it.
    pub page: Page,
    /// What the group does and where.
    pub what: String,
    /// The tables, so many occasions each; the last one has empty columns.
    pub tables: Vec<PrintTable>,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct PrintTable {
    /// The days and times; empty ones to fill in.
    pub columns: Vec<String>,
    /// Name, role, and a mark for each column.
    pub rows: Vec<(String, String, Vec<bool>)>,
}

pub(in crate::web) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, group)): Path<(String, Uuid)>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let (row, members, kept) = hand::card(&site.tenant, actor, organisation, &half, group).await?;
    let words = half_words(&half).get(visitor.language).to_owned();
    let title = fluent::t(visitor.language, "att-print-title", &[("group", row.name.clone().into()), ("period", words.clone().into())]);
    let mut crumbs = words::crumbs(&visitor, Some((&half, &words)), &visitor.t("att-print-crumb"));
    crumbs.insert(3, Link::new(format!("/narvaro/{half}/kort"), visitor.t("att-cards")));
    crumbs.insert(4, Link::new(format!("/narvaro/{half}/kort/{group}"), row.name.clone()));
    let page = visitor.page(&site, Section::Applicant, title, crumbs).await?;
    let mut parts: Vec<&[Kept]> = kept.chunks(COLUMNS).collect();
    if parts.last().is_none_or(|last| last.len() == COLUMNS) {
        parts.push(&[]);
    }
    let tables = parts.into_iter().map(|part| table(part, &members, &visitor)).collect();
    html(&PrintPage { what: format!("{}, {}", row.activity, row.place), tables, page })
}

fn table(part: &[Kept], members: &[Member], visitor: &Visitor) -> PrintTable {
    let mut columns: Vec<String> = part.iter().map(|one| one.facts.start.format("%-d/%-m %H.%M").to_string()).collect();
    columns.resize(COLUMNS, String::new());
    let listed = members.iter().filter(|member| {
        member.present == Membership::Now || part.iter().any(|one| one.marked.iter().any(|mark| mark.person == member.id))
    });
    let rows = listed
        .map(|member| {
            let mut marks: Vec<bool> = part.iter().map(|one| one.marked.iter().any(|mark| mark.person == member.id)).collect();
            marks.resize(COLUMNS, false);
            (member.name.whole(), visitor.t(role_key(member.role)), marks)
        })
        .collect();
    PrintTable { columns, rows }
}
