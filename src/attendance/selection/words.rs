//! Filters by what an occasion is called, where it was, what type it is and when it was sent.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{ByDate, Selection, SelectionError};
use crate::domain::attendance::{ActivityKind, OccasionFacts};

impl Selection {
    /// Cuts occasions whose activity has one of the words as a word of its own or as the last part of a compound.
    ///
    /// In Swedish the last part of a compound says what the thing is: `fest` cuts "Julfest" but neither
    /// "Festkommitté" nor "Manifestation". Capitals and small letters are the same.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn without_words(self, words: &ByDate<Vec<String>>) -> Result<Self, SelectionError> {
        self.cut_occasions("excluded_kinds", |_, occasion, _| Ok(mentions(&occasion.activity, words.on(occasion.date())?)))
    }

    /// Cuts occasions whose activity has none of the words; see [`Selection::without_words`].
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn only_activities(self, words: &ByDate<Vec<String>>) -> Result<Self, SelectionError> {
        self.cut_occasions("only_activities", |_, occasion, _| Ok(!mentions(&occasion.activity, words.on(occasion.date())?)))
    }

    /// Cuts occasions at places that have one of the words; see [`Selection::without_words`].
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn excluded_places(self, words: &ByDate<Vec<String>>) -> Result<Self, SelectionError> {
        self.cut_occasions("excluded_places", |_, occasion, _| Ok(mentions(&occasion.place, words.on(occasion.date())?)))
    }

    /// Cuts occasions at places that have none of the words; see [`Selection::without_words`].
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn only_places(self, words: &ByDate<Vec<String>>) -> Result<Self, SelectionError> {
        self.cut_occasions("only_places", |_, occasion, _| Ok(!mentions(&occasion.place, words.on(occasion.date())?)))
    }

    /// Cuts occasions of some types.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn excluded_types(self, types: &ByDate<Vec<ActivityKind>>) -> Result<Self, SelectionError> {
        self.cut_occasions("excluded_types", |_, occasion, _| Ok(types.on(occasion.date())?.contains(&occasion.kind)))
    }

    /// Cuts occasions that were first sent more than so many days after their day. Those of unknown registration stay.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn registered_within(self, days: &ByDate<i64>) -> Result<Self, SelectionError> {
        self.cut_occasions("registered_within", |_, occasion, _| {
            let limit = *days.on(occasion.date())?;
            Ok(occasion.registered.is_some_and(|registered| (registered - occasion.date()).num_days() > limit))
        })
    }

    /// Of occasions that mention one of the words (camps), keeps at most so many days in a row of each card, the first ones.
    ///
    /// # Errors
    /// See [`Selection::min_minutes`].
    pub fn camp_days(self, words: &ByDate<Vec<String>>, most: &ByDate<i64>) -> Result<Self, SelectionError> {
        // Per card: the last day seen and the number of days in a row up to it.
        let mut runs: HashMap<i32, (NaiveDate, i64)> = HashMap::new();
        self.cut_occasions("camp_days", |_, occasion, _| {
            let date = occasion.date();
            if !mentions(&occasion.activity, words.on(date)?) {
                return Ok(false);
            }
            let run = runs.entry(occasion.card).or_insert((date, 1));
            if run.0.succ_opt() == Some(date) {
                *run = (date, run.1 + 1);
            } else if run.0 != date {
                *run = (date, 1);
            }
            Ok(run.1 > *most.on(date)?)
        })
    }

    /// The same, knowing the words that name sports.
    #[must_use]
    pub fn with_sports(mut self, words: ByDate<Vec<String>>) -> Self {
        self.sports = Some(std::sync::Arc::new(words));
        self
    }

    /// Each occasion's sport, as a number: the first word of the list that its activity mentions, else the activity itself.
    pub(super) fn sport_of_occasions(&self) -> Result<Vec<u32>, SelectionError> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut known: HashMap<(&str, Option<&[String]>), u32> = HashMap::new();
        let mut sports = Vec::with_capacity(self.frame.data.occasions.len());
        for occasion in &self.frame.data.occasions {
            let words = match &self.sports {
                Some(words) => Some(words.on(occasion.date())?.as_slice()),
                None => None,
            };
            let key = (occasion.activity.as_str(), words);
            let sport = match known.get(&key) {
                Some(sport) => *sport,
                None => {
                    let name = sport(&occasion.activity, words.unwrap_or_default());
                    let next = u32::try_from(numbers.len()).map_err(|_| SelectionError::TooLarge)?;
                    let sport = *numbers.entry(name).or_insert(next);
                    known.insert(key, sport);
                    sport
                }
            };
            sports.push(sport);
        }
        Ok(sports)
    }

    /// How many occasions with a kept mark are called something with one of the words; see [`Selection::without_words`].
    ///
    /// # Errors
    /// [`SelectionError::NoValue`] when the words have no value on the day of an occasion.
    pub fn mentions(&self, words: &ByDate<Vec<String>>) -> Result<u64, SelectionError> {
        self.count_occasions(|_, occasion, _| Ok(mentions(&occasion.activity, words.on(occasion.date())?)))
    }

    /// How many kept occasions nobody knows when they were registered.
    ///
    /// # Errors
    /// None of its own.
    pub fn unregistered(&self) -> Result<u64, SelectionError> {
        self.count_occasions(|_, occasion: &OccasionFacts, _| Ok(occasion.registered.is_none()))
    }
}

fn sport(activity: &str, sports: &[String]) -> String {
    let activity = in_words(activity);
    let named = sports.iter().map(|sport| in_words(sport)).find(|sport| activity.contains(sport.as_str()));
    named.unwrap_or(activity)
}

/// Whether a text has one of the words (or phrases) as a word of its own or as the last part of a compound.
fn mentions(text: &str, words: &[String]) -> bool {
    let text = in_words(text);
    words.iter().any(|word| text.contains(&in_words(word)))
}

/// Small letters, one space after each word: what ends a word then ends with a space.
fn in_words(text: &str) -> String {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).fold(String::new(), |mut words, word| {
        words.push_str(word);
        words.push(' ');
        words
    })
}
