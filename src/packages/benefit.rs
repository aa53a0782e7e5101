//! What one can get, in a sentence that carries the rules' own numbers: `{belopp} per medlem`.

use chrono::NaiveDate;

use super::Package;
use crate::domain::localized::Language;
use crate::domain::{Localized, Problem};
use crate::forms::Form;
use crate::rules::RuleSet;
use crate::text::definition::did_you_mean;

/// The sentence with the values that hold on a day; none where the package says nothing.
#[must_use]
pub fn sentence(package: &Package, on: NaiveDate) -> Option<Localized> {
    let text = &package.form.benefit.as_ref()?.value;
    let fill = |language: Language| {
        pieces(text.get(language)).fold(String::new(), |all, piece| match piece {
            Piece::Text(text) => all + text,
            Piece::Parameter(id) => {
                let value = package.rules.parameter_at(id, on).map(|value| value.text(language));
                all + value.as_deref().unwrap_or(id)
            }
        })
    };
    Some(Localized::both(fill(Language::Sv), fill(Language::En)))
}

/// Places that name no parameter.
pub(super) fn problems(form: &Form, rules: &RuleSet) -> Vec<Problem> {
    let Some(text) = &form.benefit else { return Vec::new() };
    let known: Vec<&str> = rules.parameters().iter().map(|(id, _)| id).collect();
    let named = [Language::Sv, Language::En].into_iter().flat_map(|language| pieces(text.value.get(language)));
    let mut unknown: Vec<&str> = named
        .filter_map(|piece| match piece {
            Piece::Parameter(id) if !known.contains(&id) => Some(id),
            Piece::Parameter(_) | Piece::Text(_) => None,
        })
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    let problem = |id: &&str| {
        Problem::error(
            text.place.clone(),
            "unknown_parameter",
            Localized::both(format!("Det finns ingen parameter ”{id}”."), format!("There is no parameter \"{id}\".")),
            did_you_mean(id, known.iter().copied()),
        )
    };
    unknown.iter().map(problem).collect()
}

enum Piece<'a> {
    Text(&'a str),
    Parameter(&'a str),
}

/// A text cut at its places; an open bracket without its other half is text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let place = rest.strip_prefix('{').and_then(|after| after.split_once('}'));
        if let Some((id, after)) = place {
            rest = after;
            return Some(Piece::Parameter(id));
        }
        let end = rest.char_indices().skip(1).find(|(_, letter)| *letter == '{').map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(piece))
    })
}
