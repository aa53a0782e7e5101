//! Places in a text that staff write once and use often: `Hej {förening}!`. The list is closed, so that whoever writes can
//! be told at once what is none.

use super::definition::nearest;

/// What a place is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The case's diary number.
    Number,
    /// The applicant's name.
    Applicant,
    /// The grant's name.
    Grant,
    /// The period, in words.
    Period,
    /// The last day to answer what the case waits for.
    LastDay,
    /// Who handles the case.
    Officer,
    /// The amount, calculated or decided.
    Amount,
}

impl Place {
    /// Every place, in the order a page lists them.
    pub const ALL: [Self; 7] = [Self::Number, Self::Applicant, Self::Grant, Self::Period, Self::LastDay, Self::Officer, Self::Amount];

    /// The word between the braces.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "ärendenummer",
            Self::Applicant => "förening",
            Self::Grant => "bidrag",
            Self::Period => "period",
            Self::LastDay => "sista dag",
            Self::Officer => "handläggare",
            Self::Amount => "belopp",
        }
    }

    fn of(word: &str) -> Option<Self> {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Self::ALL.into_iter().find(|place| place.word() == word)
    }
}

/// What is no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// What stands between the braces; none where they are never closed on the line.
    pub word: Option<String>,
    /// What was meant, perhaps.
    pub near: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    Place(Place),
}

/// A text with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template<'t> {
    parts: Vec<Part<'t>>,
}

/// Reads a text with places.
///
/// # Errors
/// Every place that is none, in order.
pub fn read(text: &str) -> Result<Template<'_>, Vec<Fault>> {
    let (mut parts, mut faults) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(Part::Text(before));
        let at = text.len() - after.len() - 1;
        let closed = after.find('}').filter(|end| !after[..*end].contains(['\n', '{']));
        let word = closed.map(|end| &after[..end]);
        match (word, word.and_then(Place::of)) {
            (_, Some(place)) => parts.push(Part::Place(place)),
            (word, None) => faults.push(fault(text, at, word)),
        }
        rest = closed.map_or(after, |end| &after[end + 1..]);
    }
    parts.push(Part::Text(rest));
    if faults.is_empty() { Ok(Template { parts }) } else { Err(faults) }
}

fn fault(text: &str, at: usize, word: Option<&str>) -> Fault {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let near = word.and_then(|word| {
        let word = word.trim().to_lowercase();
        let found = nearest(&word, Place::ALL.iter().map(|place| place.word()))?;
        Place::of(found)
    });
    Fault { line: before.matches('\n').count() + 1, column: line.chars().count() + 1, word: word.map(|word| word.trim().to_owned()), near }
}

impl Template<'_> {
    /// The text with its places filled, and those that could not be: they stand as they were.
    pub fn fill(&self, value: impl Fn(Place) -> Option<String>) -> (String, Vec<Place>) {
        let (mut text, mut missing) = (String::new(), Vec::new());
        for part in &self.parts {
            match part {
                Part::Text(own) => text.push_str(own),
                Part::Place(place) => match value(*place) {
                    Some(value) => text.push_str(&value),
                    None => {
                        text.push_str(&format!("{{{}}}", place.word()));
                        if !missing.contains(place) {
                            missing.push(*place);
                        }
                    }
                },
            }
        }
        (text, missing)
    }
}

/// The first place of the list that still stands in a text about to be sent.
#[must_use]
pub fn left(text: &str) -> Option<Place> {
    let mut pieces = text.split('{').skip(1).filter_map(|after| after.split_once('}'));
    pieces.find_map(|(word, _)| Place::of(word))
}
