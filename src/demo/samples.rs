//! The sample files of real senders, addressed to the demo's associations.

use std::io::Read;

use anyhow::Context;
use chrono::Datelike;

use super::people::{Book, Dice};
use crate::domain::person_number::PersonNumber;

/// A file written by an attendance system or by hand after its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// 17 occasions by a real exporter.
    Small,
    /// 21,366 marks by the same exporter, gzipped; sent as it is, to the association it names.
    Large,
    /// Everything the format can say.
    AllFeatures,
    /// The rule of version 2.1 for what ends after midnight. Its people get other numbers: in the original they are
    /// the same as in [`Sample::AllFeatures`].
    Midnight,
}

const SMALL: &[u8] = include_bytes!("../../tests/fixtures/attendance/dak22_skojjt-v1_small.xml");
const LARGE: &[u8] = include_bytes!("../../tests/fixtures/attendance/dak22_skojjt-v1_large.xml.gz");
const ALL_FEATURES: &[u8] = include_bytes!("../../tests/fixtures/attendance/dak22_all-features.xml");
const MIDNIGHT: &[u8] = include_bytes!("../../tests/fixtures/attendance/dak21_midnight.xml");

/// Who the samples are addressed to.
const ADDRESSEE: [(&str, &str); 2] = [("foereningsID", "4711"), ("organisationsnummer", "802999-9904")];

/// A sample as an association sends it.
///
/// # Errors
/// When the embedded file cannot be read, which a test keeps from happening.
pub fn addressed(sample: Sample, book: &mut Book, external: &str, number: &str, name: &str) -> anyhow::Result<Vec<u8>> {
    if sample == Sample::Large {
        return Ok(LARGE.to_vec());
    }
    let mut text = plain(sample)?;
    for ((attribute, before), now) in ADDRESSEE.into_iter().zip([external, number]) {
        text = text.replacen(&format!("{attribute}=\"{before}\""), &format!("{attribute}=\"{now}\""), 1);
    }
    let given = text.split_once("foereningsNamn=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name.to_owned());
    let given = given.context("the sample names no association")?;
    text = text.replacen(&format!("foereningsNamn=\"{given}\""), &format!("foereningsNamn=\"{name}\""), 1);
    if sample == Sample::Midnight {
        let mut dice = Dice::new(21);
        for number in numbers(&text) {
            // The same year and sex: what the rules say of her stays the same.
            let other = book.number(&mut dice, number.birth().year(), number.sex());
            text = text.replace(&number.expose(), &other.expose());
        }
    }
    Ok(text.into_bytes())
}

/// The numbers of everybody in the samples as they are.
///
/// # Errors
/// When an embedded file cannot be read.
pub fn everybody() -> anyhow::Result<Vec<PersonNumber>> {
    let mut found = Vec::new();
    for sample in [Sample::Small, Sample::Large, Sample::AllFeatures, Sample::Midnight] {
        found.extend(numbers(&plain(sample)?));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The valid personal numbers of a file.
#[must_use]
pub fn numbers(xml: &str) -> Vec<PersonNumber> {
    let written = xml.split("<Personnummer>").skip(1).filter_map(|rest| rest.get(..12));
    written.filter_map(|digits| PersonNumber::from_twelve_digits(digits).ok()).collect()
}

fn plain(sample: Sample) -> anyhow::Result<String> {
    let bytes = match sample {
        Sample::Small => SMALL,
        Sample::AllFeatures => ALL_FEATURES,
        Sample::Midnight => MIDNIGHT,
        Sample::Large => {
            let mut text = String::new();
            flate2::read::GzDecoder::new(LARGE).read_to_string(&mut text)?;
            return Ok(text);
        }
    };
    Ok(std::str::from_utf8(bytes)?.to_owned())
}
