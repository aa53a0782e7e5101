//! The files of attendance that have come for a case's period, and the report of each.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use super::opened::Opened;
use crate::domain::id::{CaseId, ImportId};
use crate::services::attendance::half_words;
use crate::services::attendance::of_case::{self, CaseFile};
use crate::text::number;
use crate::web::attendance::words::{count, source_key};
use crate::web::officer::import;
use crate::web::officer::words::say;
use crate::web::page::Section;
use crate::web::parts::{Link, State as Shown};
use crate::web::site::{Site, Visitor};
use crate::web::{Error, Page, html};

/// The list.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "officer/files.html")]
pub struct FilesPage {
    /// The page around it.
    pub page: Page,
    /// Which case.
    pub about: String,
    /// What the page is called.
    pub heading: String,
    /// The files, the newest first.
    pub files: Vec<FileLine>,
}

/// A file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLine {
    /// When it came; leads to its report, unless that is kept from the visitor.
    pub link: Link,
    /// How it came and for which half-year.
    pub note: String,
    /// Whether it was taken in.
    pub state: Shown,
    /// What else there is to know: not used any more, kept from the visitor.
    pub remark: String,
}

pub(in crate::web) async fn page(State(site): State<Site>, visitor: Visitor, Path(id): Path<CaseId>) -> Result<Response, Error> {
    let opened = Opened::of(&site, &visitor, id).await?;
    let files = of_case::files(&site.tenant, visitor.staff()?, id).await?;
    let page = opened.page(&site, &visitor, "files-title").await?;
    html(&FilesPage {
        about: opened.about(visitor.language),
        heading: visitor.t("files-title"),
        files: files.iter().map(|file| line(&visitor, id, file)).collect(),
        page,
    })
}

fn line(visitor: &Visitor, case: CaseId, file: &CaseFile) -> FileLine {
    let row = &file.row;
    let at = number::moment(row.at, visitor.language);
    let href = if file.reserved { String::new() } else { format!("/arenden/{case}/filer/{}", row.id) };
    FileLine {
        link: Link::new(href, at),
        note: format!("{}, {}", visitor.t(source_key(row.source)), half_words(&row.period).get(visitor.language)),
        state: match (row.accepted, file.left_out) {
            (false, _) => Shown::stop(visitor.t("att-file-refused")),
            (true, 0) => Shown::ok(visitor.t("att-file-in")),
            (true, left) => Shown::wait(count(visitor.language, "files-left-out", usize::try_from(left).unwrap_or(usize::MAX))),
        },
        remark: match (file.reserved, row.accepted && !file.counts) {
            (true, _) => visitor.t("files-reserved"),
            (false, true) => visitor.t("import-not-used"),
            (false, false) => String::new(),
        },
    }
}

pub(in crate::web) async fn one(
    State(site): State<Site>,
    visitor: Visitor,
    Path((id, import)): Path<(CaseId, ImportId)>,
) -> Result<Response, Error> {
    let report = of_case::report(&site.tenant, visitor.staff()?, id, import).await?;
    let opened = Opened::of(&site, &visitor, id).await?;
    let number = &opened.view.line.case.number;
    // What an association calls its file is for itself: when it came stands for it.
    let title = say(visitor.language, "import-title", &[("at", &number::moment(report.row.at, visitor.language))]);
    let crumbs = vec![
        Link::new("/arenden", visitor.t("cases-title")),
        Link::new(format!("/arenden/{id}"), number.clone()),
        Link::new(format!("/arenden/{id}/filer"), visitor.t("files-title")),
        Link::here(title.clone()),
    ];
    let page = visitor.page(&site, Section::Officer, format!("{title}, {number}"), crumbs).await?;
    html(&import::shown(&visitor, &report, import::Around { page, about: opened.about(visitor.language), heading: title }))
}
