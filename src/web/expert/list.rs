//! What an expert is asked to assess, and what she has done.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::domain::localized::Language;
use crate::services::experts::views::{self, Mine, Standing};
use crate::text::{fluent, number};
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// The list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "expert/list.html")]
pub struct ListPage {
    /// The page around it.
    pub page: Page,
    /// Her invitations, newest first.
    pub lines: Vec<Line>,
}

/// An invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The grant; leads to its page.
    pub link: Link,
    /// The case's diary number, and the last day to finish.
    pub note: String,
    /// How it stands.
    pub state: Shown,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor) -> Result<Response, Error> {
    let mine = views::mine(&site.tenant, visitor.actor()?).await?;
    let page = visitor.page(&site, Section::Public, visitor.t("expert-title"), Vec::new()).await?;
    html(&ListPage { lines: mine.iter().map(|one| line(one, visitor.language)).collect(), page })
}

fn line(one: &Mine, language: Language) -> Line {
    Line {
        link: Link::new(format!("/sakkunnig/{}", one.id), one.grant.get(language)),
        note: say(language, "expert-note", &[("number", &one.number), ("day", &number::date(one.last_day, language))]),
        state: state(one.standing, language),
    }
}

/// How an invitation stands, to its expert.
fn state(standing: Standing, language: Language) -> Shown {
    let t = |key: &str| fluent::plain(language, key);
    match standing {
        Standing::Asked => Shown::wait(t("expert-mine-asked")),
        Standing::Scores => Shown::wait(t("expert-mine-scores")),
        Standing::Done(at) => Shown::ok(say(language, "expert-done-at", &[("day", &number::moment(at, language))])),
        Standing::Tied | Standing::Revoked | Standing::Over => Shown::none(t("expert-mine-over")),
    }
}
