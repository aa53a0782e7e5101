//! The diary as anybody may read it.

use axum::extract::{Query, State};
use axum::response::Response;
use chrono::Datelike;
use serde::Deserialize;

use crate::services::public_diary::{self, Wanted};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::Choice;
use crate::web::public::diary::{DiaryEntry, DiaryFilter, DiaryPage, Shown};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

/// How many documents a page shows.
const MOST: i64 = 100;

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    ar: String,
    #[serde(default)]
    fran: String,
    #[serde(default)]
    till: String,
    #[serde(default)]
    riktning: String,
    #[serde(default)]
    sida: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let this_year = i64::from(site.tenant.clock.today().year());
    let year = asked.ar.parse().unwrap_or(this_year);
    let at: i64 = asked.sida.parse().unwrap_or(1).clamp(1, 1_000_000);
    let wanted = Wanted {
        query: &asked.sok,
        from: asked.fran.parse().ok(),
        to: asked.till.parse().ok(),
        direction: &asked.riktning,
        skip: (at - 1) * MOST,
        most: MOST,
        ..Wanted::of(year)
    };
    let mut tx = site.tenant.db.read().await.map_err(Error::internal)?;
    let found = public_diary::extract(&mut tx, &wanted).await?;
    let mut years = public_diary::years(&mut tx).await?;
    drop(tx);
    if !years.contains(&year) {
        years.insert(0, year);
    }
    let entries = found.lines.into_iter().map(|line| {
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
        previous: (at > 1).then(|| asked.on_page(at - 1)),
        next: (at * MOST < found.found).then(|| asked.on_page(at + 1)),
        filter: DiaryFilter {
            active: [&asked.sok, &asked.fran, &asked.till, &asked.riktning].iter().any(|asked| !asked.is_empty()) || year != this_year,
            years: years.into_iter().map(|one| Choice { value: one.to_string(), text: one.to_string(), selected: one == year }).collect(),
            directions: vec![choice("", "Alla"), choice("in", "Inkommen"), choice("out", "Utgående"), choice("internal", "Upprättad")],
            query: asked.sok,
            from: asked.fran,
            to: asked.till,
        },
        found: number::integer(found.found),
        page,
    })
}

impl Asked {
    /// The address of another page of the same.
    fn on_page(&self, page: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("sok", &self.sok), ("ar", &self.ar), ("fran", &self.fran), ("till", &self.till), ("riktning", &self.riktning)]
        {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("sida", &page.to_string());
        format!("/diarium?{}", query.finish())
    }
}

fn direction(word: &str) -> &'static str {
    match word {
        "in" => "Inkommen",
        "out" => "Utgående",
        _ => "Upprättad",
    }
}
