//! The list of cases.

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::services::cases::views::{self, Line, Waits};
use crate::text::number;
use crate::web::officer::cases::{CaseFilter, CaseRow, CasesPage};
use crate::web::page::Section;
use crate::web::parts::{Choice, Link};
use crate::web::site::{Site, Visitor, words};
use crate::web::{Error, html};

/// How many cases a page shows.
const MOST: i64 = 1_000;

#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    sok: String,
    #[serde(default)]
    bidrag: String,
    #[serde(default)]
    att_gora: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let lines = views::list(&site.tenant, visitor.staff()?, MOST).await?;
    let today = site.tenant.clock.today();
    let mut grants: Vec<(String, String)> =
        lines.iter().map(|line| (line.case.grant_type.clone(), line.grant.get(visitor.language).to_owned())).collect();
    grants.sort();
    grants.dedup();
    let ready = lines.iter().filter(|line| line.waits == Waits::Decision).count();
    let waiting = lines.iter().filter(|line| matches!(line.waits, Waits::Officer | Waits::Failed)).count();
    let mut found: Vec<&Line> = lines.iter().filter(|line| fits(line, &asked)).collect();
    // What needs a human first, then what is ready, then the rest; the oldest first.
    found.sort_by_key(|line| (order(line.waits), line.case.received_at, line.case.id));
    let rows = found.iter().map(|line| CaseRow {
        href: format!("/arenden/{}", line.case.id),
        diary_number: line.case.number.clone(),
        association: line.applicant.clone(),
        grant: format!("{} {}", line.grant.get(visitor.language), line.case.period),
        state: words::waits(line.waits, line.state.get(visitor.language)),
        why: line.why.clone().unwrap_or_else(|| words::why(line.waits).to_owned()),
        amount: line.case.amount_ore.map_or_else(String::new, number::money),
        age: words::days((today - crate::domain::clock::swedish_date(line.case.received_at)).num_days()),
        due: line.due.map_or_else(String::new, words::date),
        late: line.due.is_some_and(|due| due < today),
    });
    let choice =
        |value: &str, text: &str, chosen: &str| Choice { value: value.to_owned(), text: text.to_owned(), selected: value == chosen };
    let mut grant_choices = vec![choice("", "Alla bidrag", &asked.bidrag)];
    grant_choices.extend(grants.iter().map(|(id, name)| choice(id, name, &asked.bidrag)));
    let todos = [
        ("", "Allt"),
        ("officer", "Behöver handläggare"),
        ("decision", "Klart för beslut"),
        ("applicant", "Väntar på föreningen"),
        ("closed", "Avslutat"),
    ];
    let page = visitor.page(&site, Section::Officer, "Ärenden", Vec::new()).await?;
    html(&CasesPage {
        summary: format!(
            "{} behöver en handläggare, {} är klara för beslut.",
            number::integer(whole(waiting)),
            number::integer(whole(ready))
        ),
        batch: (ready > 0).then(|| Link::new("/beslut", format!("Besluta {} ärenden", number::integer(whole(ready))))),
        filter: CaseFilter {
            query: asked.sok.clone(),
            grants: grant_choices,
            todos: todos.iter().map(|(value, text)| choice(value, text, &asked.att_gora)).collect(),
            active: !(asked.sok.is_empty() && asked.bidrag.is_empty() && asked.att_gora.is_empty()),
        },
        found: number::integer(whole(found.len())),
        cases: rows.collect(),
        previous: None,
        next: None,
        page,
    })
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn fits(line: &Line, asked: &Asked) -> bool {
    let wanted = asked.sok.trim().to_lowercase();
    let words = wanted.is_empty() || line.case.number.to_lowercase().contains(&wanted) || line.applicant.to_lowercase().contains(&wanted);
    let grant = asked.bidrag.is_empty() || asked.bidrag == line.case.grant_type;
    let todo = match asked.att_gora.as_str() {
        "officer" => matches!(line.waits, Waits::Officer | Waits::Failed),
        "decision" => line.waits == Waits::Decision,
        "applicant" => line.waits == Waits::Applicant,
        "closed" => line.waits == Waits::Nothing,
        _ => true,
    };
    words && grant && todo
}

const fn order(waits: Waits) -> u8 {
    match waits {
        Waits::Failed => 0,
        Waits::Officer => 1,
        Waits::Decision => 2,
        Waits::Applicant => 3,
        Waits::Dispatch => 4,
        Waits::Close | Waits::Time | Waits::Service => 5,
        Waits::Nothing => 6,
    }
}
