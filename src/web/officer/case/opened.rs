//! A case opened for one of the pages beside its own.

use crate::domain::id::CaseId;
use crate::domain::localized::Language;
use crate::services::cases::beside::{self, Beside};
use crate::services::cases::views::{self, CaseView};
use crate::text::number;
use crate::web::Error;
use crate::web::officer::case::Said;
use crate::web::officer::words::say;
use crate::web::page::{Page, Section};
use crate::web::parts::Link;
use crate::web::site::words::of_case;
use crate::web::site::{Site, Visitor};

/// A case with what stands beside it.
pub(in crate::web::officer) struct Opened {
    /// The case.
    pub view: CaseView,
    /// What stands beside it.
    pub beside: Beside,
}

impl Opened {
    /// Opens a case for a member of the staff.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there or not hers to see.
    pub async fn of(site: &Site, visitor: &Visitor, id: CaseId) -> Result<Self, Error> {
        let actor = visitor.staff()?;
        Ok(Self { view: views::case(&site.tenant, actor, id).await?, beside: beside::of(&site.tenant, actor, id).await? })
    }

    /// A page beside the case's own, which it leads back to.
    ///
    /// # Errors
    /// When the demonstration's bar cannot be filled.
    pub async fn page(&self, site: &Site, visitor: &Visitor, title: &str) -> Result<Page, Error> {
        let case = &self.view.line.case;
        let crumbs = vec![
            Link::new("/arenden", visitor.t("cases-title")),
            Link::new(format!("/arenden/{}", case.id), case.number.clone()),
            Link::here(visitor.t(title)),
        ];
        visitor.page(site, Section::Officer, format!("{}, {}", visitor.t(title), case.number), crumbs).await
    }

    /// Which case it is, in a line.
    pub fn about(&self, language: Language) -> String {
        let line = &self.view.line;
        let period = of_case(line.period.as_ref(), &line.case.period, language);
        say(
            language,
            "case-about",
            &[("grant", line.grant.get(language)), ("period", &period), ("name", &line.applicant), ("number", &line.case.number)],
        )
    }

    /// The notes for colleagues, the newest first.
    pub fn notes(&self, language: Language) -> Vec<Said> {
        let said = self.beside.notes.iter().map(|(who, at, text)| Said {
            who: who.clone(),
            when: number::moment(*at, language),
            text: text.clone(),
            ..Said::default()
        });
        said.collect()
    }
}
