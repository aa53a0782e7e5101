//! The words of rows and checks (`texts.toml`), with placeholders for the case's own numbers.

use std::collections::BTreeMap;

use crate::domain::localized::Language;
use crate::domain::{Localized, Place, Problem};
use crate::text::definition::{Source, Table, Value, did_you_mean, is_id};

/// A grant type's texts by row or check id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub(super) BTreeMap<String, RuleText>);

/// The words of a row or check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// What it is.
    pub text: Template,
    /// What the decision says when it goes against the applicant.
    pub motivation: Option<Template>,
    /// The paragraph, where it is not the parameter's.
    pub paragraph: Option<String>,
    /// The form field a check concerns.
    pub field: Option<String>,
    /// Where the text stands.
    pub place: Place,
}

/// A text with placeholders, in Swedish and perhaps English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    sv: Vec<Piece>,
    en: Option<Vec<Piece>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Figure(Placeholder),
}

/// What a text may have a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// The value that was checked or entered.
    Value,
    /// The parameter it was held against.
    Limit,
    /// How many.
    Quantity,
    /// What each gives.
    Rate,
    /// The row's amount.
    Amount,
    /// The share that is given or taken.
    Percent,
    /// How many days late.
    Days,
    /// The span a row concerns: ages, sizes, places in the week.
    Band,
    /// The applicant's organisation number.
    Org,
    /// The period.
    Period,
}

impl Placeholder {
    /// All placeholders by name.
    pub const ALL: [(&'static str, Self); 10] = [
        ("value", Self::Value),
        ("limit", Self::Limit),
        ("quantity", Self::Quantity),
        ("rate", Self::Rate),
        ("amount", Self::Amount),
        ("percent", Self::Percent),
        ("days", Self::Days),
        ("band", Self::Band),
        ("org", Self::Org),
        ("period", Self::Period),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, placeholder)| *placeholder)
    }

    /// The name between the braces.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }
}

impl Texts {
    /// The words of a row or check.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleText> {
        self.0.get(id)
    }

    /// All texts in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RuleText)> {
        self.0.iter().map(|(id, text)| (id.as_str(), text))
    }
}

impl RuleText {
    /// The placeholders that the text and the motivation use.
    pub fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        self.text.placeholders().chain(self.motivation.iter().flat_map(Template::placeholders))
    }
}

impl Template {
    /// The text with its places filled by `figure`, which writes at the end of what it is given; a place that it has nothing for
    /// shows a dash.
    pub fn fill(&self, figure: impl Fn(&mut String, Placeholder, Language) -> bool) -> Localized {
        let write = |pieces: &[Piece], language| {
            let room = pieces.iter().map(|piece| if let Piece::Words(words) = piece { words.len() } else { 16 }).sum();
            let mut text = String::with_capacity(room);
            for piece in pieces {
                match piece {
                    Piece::Words(words) => text.push_str(words),
                    Piece::Figure(placeholder) => {
                        if !figure(&mut text, *placeholder, language) {
                            text.push('–');
                        }
                    }
                }
            }
            text
        };
        Localized { sv: write(&self.sv, Language::Sv), en: self.en.as_deref().map(|pieces| write(pieces, Language::En)) }
    }

    fn placeholders(&self) -> impl Iterator<Item = Placeholder> {
        self.sv.iter().chain(self.en.iter().flatten()).filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Figure(placeholder) => Some(*placeholder),
        })
    }

    /// A template of our own words; unknown placeholders stay as words.
    pub(super) fn plain(text: &Localized) -> Self {
        let pieces = |text: &str| parse(text).unwrap_or_else(|_| vec![Piece::Words(text.to_owned())]);
        Self { sv: pieces(&text.sv), en: text.en.as_deref().map(pieces) }
    }
}

/// Reads the texts of a grant type.
pub(super) fn read(file: &str, text: &str) -> (Option<Texts>, Vec<Problem>) {
    Source::new(file, text).read(|root| {
        let mut texts = BTreeMap::new();
        for (key, value) in root.entries() {
            if !is_id(&key.value) {
                value.problem(
                    "bad_id",
                    Localized::both(format!("”{}” är inget giltigt id.", key.value), format!("\"{}\" is not a valid id.", key.value)),
                    Localized::both(
                        "Ett id har bara a–z, 0–9, _ och - och börjar med en bokstav.",
                        "An id has only a–z, 0–9, _ and - and begins with a letter.",
                    ),
                );
            }
            if let Some(text) = value.table_like("{ text = { sv = \"…\", en = \"…\" } }").and_then(|table| rule_text(key.place, &table))
            {
                texts.insert(key.value, text);
            }
        }
        Some(Texts(texts))
    })
}

fn rule_text(place: Place, table: &Table<'_>) -> Option<RuleText> {
    let text = table.require("text").and_then(|value| template(&value));
    let motivation = table.get("motivation").and_then(|value| template(&value));
    let paragraph = table.get("paragraph").and_then(|value| value.text().map(str::to_owned));
    let field = table.get("field").and_then(|value| value.id());
    table.finish();
    Some(RuleText { text: text?, motivation, paragraph, field, place })
}

fn template(value: &Value<'_>) -> Option<Template> {
    let text = value.localized()?;
    let pieces = |text: &str| match parse(text) {
        Ok(pieces) => Some(pieces),
        Err(Fault::Unknown(name)) => {
            value.problem(
                "unknown_placeholder",
                Localized::both(format!("Platshållaren {{{name}}} finns inte."), format!("There is no placeholder {{{name}}}.")),
                did_you_mean(&name, Placeholder::ALL.iter().map(|(name, _)| *name)),
            );
            None
        }
        Err(Fault::Open) => {
            value.problem(
                "open_placeholder",
                Localized::both(
                    "En klammer { saknar sin högerklammer }, eller tvärtom.",
                    "A brace { lacks its twin }, or the other way round.",
                ),
                Localized::both("Skriv platshållare som {value}.", "Write placeholders as {value}."),
            );
            None
        }
    };
    let sv = pieces(&text.sv)?;
    let en = match &text.en {
        Some(en) => Some(pieces(en)?),
        None => None,
    };
    Some(Template { sv, en })
}

enum Fault {
    Unknown(String),
    Open,
}

fn parse(text: &str) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or(Fault::Open)?;
        if words.contains('}') || name.contains('{') {
            return Err(Fault::Open);
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(Piece::Figure(Placeholder::named(name).ok_or_else(|| Fault::Unknown(name.to_owned()))?));
        rest = tail;
    }
    if rest.contains('}') {
        return Err(Fault::Open);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}
