//! What staff write in words of their own: reasons and notes. They are read by many and kept long, so no personal number
//! stands in them (dataskyddslagen 3 kap. 10 §).

use super::error::Finding;
use super::{ServiceError, ServiceResult};
use crate::domain::{Localized, person_number};

/// Refuses a text with a personal number in it.
///
/// # Errors
/// [`ServiceError::Invalid`] at the text's place.
pub fn refuse_person_numbers(place: &str, text: &str) -> ServiceResult<()> {
    finding(place, text).map_or(Ok(()), |finding| Err(ServiceError::Invalid(vec![finding])))
}

/// What is wrong with a text that has a personal number in it.
#[must_use]
pub fn finding(place: &str, text: &str) -> Option<Finding> {
    person_number::stands_in(text).then(|| Finding {
        place: place.to_owned(),
        code: "person_number".to_owned(),
        message: Localized::both(
            "Texten ser ut att innehålla ett personnummer. Skriv utan personnummer, till exempel med namn eller diarienummer.",
            "The text seems to hold a personal number. Write without it, for instance with a name or a diary number.",
        ),
    })
}
