//! Every mark that does not count, with the rule that cut it, a page at a time.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::words;
use crate::services::Claim;
use crate::services::attendance::halves;
use crate::services::attendance::listing::{self, CutMark, Listing};
use crate::text::number;
use crate::web::page::{Page, Section};
use crate::web::parts::{Choice, Link};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, html};

/// The page.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "attendance/rows.html")]
pub struct RowsPage {
    /// The page around it.
    pub page: Page,
    /// The listing's path.
    pub path: String,
    /// Which grant.
    pub grant: String,
    /// The rules that cut something: one may look at the rows of one.
    pub rules: Vec<Choice>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The next page.
    pub next: Option<Link>,
}

/// A mark.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// When.
    pub when: String,
    /// What and where.
    pub what: String,
    /// Who.
    pub who: String,
    /// As what.
    pub role: String,
    /// The rule.
    pub why: String,
    /// Its paragraph.
    pub paragraph: Option<String>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    rad: String,
    #[serde(default)]
    fran: usize,
}

pub(super) async fn page(
    State(site): State<Site>,
    visitor: Visitor,
    Path((half, grant)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (organisation, actor) = visitor.applicant()?;
    let half = halves::half(&site.tenant, actor, organisation, &half).await?;
    let used = half.uses.iter().find(|one| one.grant_type == grant).ok_or(Error::NotFound)?;
    let claim = Claim { organisation, grant_type: &used.grant_type, period: &used.period.id };
    let line = Some(asked.rad.as_str()).filter(|line| !line.is_empty());
    let listing = listing::listing(&site.tenant, actor, &claim, line, asked.fran).await?;
    let path = format!("/narvaro/{}/rader/{grant}", half.id);
    let crumbs = words::crumbs(&visitor, Some((&half.id, half.words.get(visitor.language))), &visitor.t("att-rows"));
    let page = visitor.page(&site, Section::Applicant, visitor.t("att-rows-title"), crumbs).await?;
    html(&RowsPage {
        grant: used.title.get(visitor.language).to_owned(),
        rules: rules(&listing, line, &visitor),
        rows: listing.rows.iter().map(|mark| row(mark, &listing, &visitor)).collect(),
        next: listing.next.map(|from| {
            let filter = line.map_or_else(String::new, |line| format!("rad={line}&"));
            Link::new(format!("{path}?{filter}fran={from}"), visitor.t("page-next"))
        }),
        path,
        page,
    })
}

fn rules(listing: &Listing, chosen: Option<&str>, visitor: &Visitor) -> Vec<Choice> {
    let cut: i64 = listing.account.iter().filter(|line| line.marks < 0).map(|line| -line.marks).sum();
    let all = Choice {
        value: String::new(),
        text: format!("{} ({})", visitor.t("att-rows-all"), number::integer(cut)),
        selected: chosen.is_none(),
    };
    let lines = listing.account.iter().filter(|line| line.marks < 0).map(|line| Choice {
        value: line.id.clone(),
        text: format!("{} ({})", line.text.get(visitor.language), number::integer(-line.marks)),
        selected: chosen == Some(line.id.as_str()),
    });
    std::iter::once(all).chain(lines).collect()
}

fn row(mark: &CutMark, listing: &Listing, visitor: &Visitor) -> Row {
    let line = listing.account.iter().find(|line| line.id == mark.line);
    Row {
        when: words::span(mark.start, mark.stop, visitor.language),
        what: format!("{}, {}", mark.activity, mark.place),
        who: mark.name.clone().unwrap_or_else(|| visitor.t("att-no-name")),
        role: visitor.t(if mark.class.is_leader() { "att-role-leader" } else { "att-role-participant" }),
        why: line.map(|line| line.text.get(visitor.language).to_owned()).unwrap_or_default(),
        paragraph: line.and_then(|line| line.paragraph.clone()),
    }
}
