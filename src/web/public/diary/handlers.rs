//! The diary as anybody may read it.

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::services::diary;
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::Choice;
use crate::web::public::diary::{DiaryEntry, DiaryFilter, DiaryPage, Shown};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

/// How many documents a page shows.
const MOST: usize = 200;

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    fran: String,
    #[serde(default)]
    till: String,
    #[serde(default)]
    riktning: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let year = i64::from(site.tenant.clock.today().year());
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let mut lines = Vec::new();
    for committee in &site.tenant.profile.committees {
        lines.extend(diary::public_extract(&mut tx, &committee.code, year).await?);
    }
    drop(tx);
    let (from, to) = (asked.fran.parse::<NaiveDate>().ok(), asked.till.parse::<NaiveDate>().ok());
    let wanted = asked.sok.trim().to_lowercase();
    lines.retain(|line| {
        let text = format!("{} {} {}", line.number, line.subject.as_deref().unwrap_or_default(), line.party.as_deref().unwrap_or_default());
        let when = from.is_none_or(|from| from <= line.dated) && to.is_none_or(|to| line.dated <= to);
        let way = asked.riktning.is_empty() || asked.riktning == line.direction.word();
        when && way && (wanted.is_empty() || text.to_lowercase().contains(&wanted))
    });
    lines.reverse();
    let found = lines.len();
    let entries = lines.into_iter().take(MOST).map(|line| {
        let (case, no) = line.number.rsplit_once('-').map_or((line.number.as_str(), ""), |pair| pair);
        DiaryEntry {
            diary_number: case.to_owned(),
            number: no.to_owned(),
            date: words::date(line.dated),
            direction: direction(line.direction.word()).to_owned(),
            matter: Shown::Open(line.matter.clone()),
            title: line.subject.map_or_else(|| Shown::Masked("Uppgift utelämnad".to_owned()), Shown::Open),
            party: line.party.map_or_else(|| Shown::Masked("Namn utelämnat".to_owned()), Shown::Open),
        }
    });
    let choice = |value: &str, text: &str| Choice { value: value.to_owned(), text: text.to_owned(), selected: value == asked.riktning };
    let page = visitor.page(&site, Section::Public, "Diarium", Vec::new()).await?;
    html(&DiaryPage {
        entries: entries.collect(),
        filter: DiaryFilter {
            active: !(asked.sok.is_empty() && asked.fran.is_empty() && asked.till.is_empty() && asked.riktning.is_empty()),
            query: asked.sok.clone(),
            from: asked.fran.clone(),
            to: asked.till.clone(),
            directions: vec![choice("", "Alla"), choice("in", "Inkommen"), choice("out", "Utgående"), choice("internal", "Upprättad")],
        },
        found: number::integer(i64::try_from(found).unwrap_or(i64::MAX)),
        previous: None,
        next: None,
        page,
    })
}

fn direction(word: &str) -> &'static str {
    match word {
        "in" => "Inkommen",
        "out" => "Utgående",
        _ => "Upprättad",
    }
}
