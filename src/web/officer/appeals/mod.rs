//! Appeals: the list of open ones, a case's own, what is done with one; and decisions that take the place of others.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::services::appeals::views::{self, OpenLine};
use crate::text::number;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::site::routes::{Access, Route};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

pub mod change;
pub mod of_case;
pub mod one;
mod sent;
pub(in crate::web) mod words;

/// The addresses of appeals.
pub(super) fn routes() -> Vec<Route> {
    let staff = Access::Staff;
    vec![
        Route::get("/overklaganden", staff, page),
        Route::get("/arenden/{case}/overklagande", staff, of_case::page),
        Route::post("/arenden/{case}/overklagande", staff, of_case::enter),
        Route::get("/arenden/{case}/overklagande/{appeal}", staff, one::page),
        Route::post("/arenden/{case}/overklagande/{appeal}/avvisa", staff, one::reject),
        Route::post("/arenden/{case}/overklagande/{appeal}/omprova", staff, one::reconsider),
        Route::post("/arenden/{case}/overklagande/{appeal}/overlamna", staff, one::forward),
        Route::post("/arenden/{case}/overklagande/{appeal}/forelaggande", staff, one::request),
        Route::post("/arenden/{case}/overklagande/{appeal}/svara", staff, one::answer),
        Route::post("/arenden/{case}/overklagande/{appeal}/utgang", staff, one::judge),
        Route::post("/arenden/{case}/overklagande/{appeal}/aterkalla", staff, one::withdraw),
        Route::get("/arenden/{case}/andra-beslut", staff, change::page),
        Route::post("/arenden/{case}/andra-beslut", staff, change::change),
        Route::post("/arenden/{case}/ratta-beslut", staff, change::correct),
    ]
}

/// The open appeals with what is due.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/appeals.html")]
pub struct AppealsPage {
    /// The page around it.
    pub page: Page,
    /// The appeals, what is due first comes first.
    pub rows: Vec<Row>,
}

/// An open appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The case's number, leading to the appeal.
    pub case: Link,
    /// Applicant and grant.
    pub about: String,
    /// Who appeals, and when it came.
    pub appellant: String,
    /// Where it stands.
    pub state: Shown,
    /// What is to be done.
    pub todo: String,
    /// By when; empty for nothing.
    pub due: Option<Shown>,
}

async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let open = views::open(&site.tenant, visitor.staff()?).await?;
    let page = visitor.page(&site, Section::Officer, visitor.t("appealed-list-title"), Vec::new()).await?;
    html(&AppealsPage { rows: open.iter().map(|line| row(&visitor, line)).collect(), page })
}

fn row(visitor: &Visitor, line: &OpenLine) -> Row {
    let language = visitor.language;
    let came = number::date(line.row.received_on, language);
    let due = line.row.due.map(|due| number::date(due, language));
    Row {
        case: Link::new(format!("/arenden/{}/overklagande/{}", line.row.case_id, line.row.id), line.number.clone()),
        about: format!("{} · {}", line.applicant, line.grant.get(language)),
        appellant: super::words::say(language, "appealed-by", &[("who", &line.row.appellant), ("date", &came)]),
        state: words::state(line.row.state, line.row.outcome, language),
        todo: words::todo(&line.row, language),
        due: due.map(|due| if line.overdue { Shown::stop(due) } else { Shown::wait(due) }),
    }
}
