//! Choosing a grant and a period.

use crate::domain::localized::Language;
use crate::services::periods::views::{self, PeriodView};
use crate::text::number;
use crate::web::Error;
use crate::web::officer::words::say;
use crate::web::parts::Choice;
use crate::web::site::words::period;
use crate::web::site::{Site, Visitor};

/// A grant and a period as an address and a form say them.
pub(super) fn word(view: &PeriodView) -> String {
    format!("{}/{}", view.grant_type, view.period.id)
}

/// The grant and the period of such a word; two empty texts, which nothing is called, where it is none.
pub(super) fn parts(word: &str) -> (&str, &str) {
    word.split_once('/').unwrap_or_default()
}

/// The periods that are not closed, to choose from; the first chooses none.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn choices(site: &Site, visitor: &Visitor, chosen: &str) -> Result<Vec<Choice>, Error> {
    let mut choices = vec![Choice { value: String::new(), text: visitor.t("rounds-choose"), selected: chosen.is_empty() }];
    let open = views::all(&site.tenant, visitor.staff()?).await?.into_iter().filter(|view| view.closed_at.is_none());
    choices.extend(open.map(|view| choice(&view, chosen, visitor.language)));
    Ok(choices)
}

fn choice(view: &PeriodView, chosen: &str, language: Language) -> Choice {
    let last = number::date(view.last_day, language);
    let period = period(&view.period, language);
    let places = [("grant", view.grant.get(language)), ("period", period.as_str()), ("date", last.as_str())];
    let value = word(view);
    Choice { selected: value == chosen, value, text: say(language, "rounds-one", &places) }
}
