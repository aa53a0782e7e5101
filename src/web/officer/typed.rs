//! A form that came back: what was typed, and what is wrong with it, at its place.

use axum::extract::Form;

use crate::domain::Localized;
use crate::domain::localized::Language;
use crate::services::ServiceError;
use crate::text::fluent;
use crate::web::Error;
use crate::web::parts::{Field, FieldKind, Link};

/// The fields of a form as they were sent; a name may come several times.
pub(in crate::web) type Sent = Vec<(String, String)>;

/// The form of a request.
pub(in crate::web) type Post = Form<Sent>;

/// What a field holds, without spaces around it; empty when it was not sent.
pub(in crate::web) fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).unwrap_or_default()
}

/// A form that came back.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    /// What was typed.
    pub sent: Sent,
    /// What is wrong: a field's name, or nothing for the whole; and the words.
    wrong: Vec<(String, Localized)>,
}

impl Typed {
    /// A form in which nothing is wrong, to be shown again.
    pub fn kept(sent: Sent) -> Self {
        Self { sent, wrong: Vec::new() }
    }

    /// A form with one thing wrong, at a field, in the words of a key.
    pub fn wrong(sent: Sent, field: &str, key: &str) -> Self {
        let text = Localized::both(fluent::plain(Language::Sv, key), fluent::plain(Language::En, key));
        Self { sent, wrong: vec![(field.to_owned(), text)] }
    }

    /// A form that a service refused. `places` says what its places are called in the form; the others have one name.
    ///
    /// # Errors
    /// What is no matter of the form: no such thing, or a fault of ours.
    pub fn refused(sent: Sent, error: ServiceError, places: &[(&str, &str)]) -> Result<Self, Error> {
        let wrong = match error {
            ServiceError::Invalid(found) => found
                .into_iter()
                .map(|finding| {
                    let field = places.iter().find(|(place, _)| *place == finding.place).map_or(finding.place.as_str(), |(_, field)| field);
                    (field.to_owned(), finding.message)
                })
                .collect(),
            ServiceError::Refused(text) => vec![(String::new(), text)],
            ServiceError::Stale => vec![(
                String::new(),
                Localized::both(fluent::plain(Language::Sv, "officer-moved-on"), fluent::plain(Language::En, "officer-moved-on")),
            )],
            other @ (ServiceError::NotFound
            | ServiceError::KeptAway(_)
            | ServiceError::Definition(_)
            | ServiceError::Store(_)
            | ServiceError::Internal(_)) => {
                return Err(other.into());
            }
        };
        Ok(Self { sent, wrong })
    }

    /// Puts what was typed, and what is wrong with it, into the fields; answers the page's summary of errors. What belongs
    /// to no field leads to the page's beginning.
    pub fn fill<'f>(&self, language: Language, fields: impl IntoIterator<Item = &'f mut Field>) -> Vec<Link> {
        let mut own = Vec::new();
        for field in fields {
            self.refill(field);
            if let Some((_, text)) = self.wrong.iter().find(|(place, _)| *place == field.name) {
                field.error = Some(text.get(language).to_owned());
                own.push(Link::new(format!("#{}", field.name), text.get(language)));
            }
        }
        let told = |text: &Localized| own.iter().any(|link| link.text == text.get(language));
        let rest: Vec<Link> =
            self.wrong.iter().filter(|(_, text)| !told(text)).map(|(_, text)| Link::new("#main", text.get(language))).collect();
        own.extend(rest);
        own
    }

    fn refill(&self, field: &mut Field) {
        let typed = self.sent.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.clone());
        match &mut field.kind {
            // A box without a tick is not sent at all.
            FieldKind::Tick => field.value = typed.unwrap_or_default(),
            FieldKind::Select(choices) | FieldKind::Radios(choices) => {
                if let Some(typed) = typed {
                    choices.iter_mut().for_each(|choice| choice.selected = choice.value == typed);
                }
            }
            FieldKind::Text | FieldKind::LongText | FieldKind::Date | FieldKind::Amount | FieldKind::Hidden => {
                if let Some(typed) = typed {
                    field.value = typed;
                }
            }
        }
    }
}
