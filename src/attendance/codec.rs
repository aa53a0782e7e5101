//! The blob that holds an occasion's marks.
//!
//! A version byte; then, for each class that has marks, in ascending order: the class byte, how
//! many, and the persons' numbers ascending, each as the distance to the one before. Counts and
//! distances are little-endian base-128 numbers (varints). A mark costs one byte where persons are
//! close, three or four in a large municipality, and every set of marks has exactly one blob.

use crate::domain::attendance::{MarkClass, PersonNo};

const VERSION: u8 = 1;

/// Why bytes are not a blob of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// The first byte is no version we know.
    #[error("unknown version of attendance blob")]
    Version,
    /// A class with meaningless bits, or out of order.
    #[error("a class that means nothing or is out of order")]
    Class,
    /// A class without marks, or with more than there are bytes for.
    #[error("a count that cannot be right")]
    Count,
    /// A number that breaks off, is too large, is written longer than needed, or repeats the person before.
    #[error("a number that cannot be right")]
    Number,
}

/// The blob of an occasion's marks, in any order; a mark that is given twice is kept once.
///
/// # Panics
/// When a person's number is negative, which the database's constraint rules out.
#[must_use]
pub fn encode(marks: &[(PersonNo, MarkClass)]) -> Vec<u8> {
    let mut sorted: Vec<(u8, u64)> = marks
        .iter()
        .map(|(person, class)| {
            (class.bits(), u64::try_from(person.0).expect("person numbers are never negative: a constraint of the database"))
        })
        .collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut blob = Vec::with_capacity(2 + sorted.len() * 4);
    blob.push(VERSION);
    for class in sorted.chunk_by(|a, b| a.0 == b.0) {
        blob.push(class[0].0);
        put(&mut blob, u64::try_from(class.len()).expect("a length fits 64 bits"));
        let mut before = None;
        for (_, person) in class {
            put(&mut blob, person - before.unwrap_or(0));
            before = Some(*person);
        }
    }
    blob
}

/// The marks of a blob, by class and then person. Every byte is checked; no bytes make it panic or take memory beyond their length.
///
/// # Errors
/// The first thing that [`encode`] would not have written.
pub fn decode(blob: &[u8]) -> Result<Vec<(PersonNo, MarkClass)>, CodecError> {
    let (VERSION, mut rest) = blob.split_first().map(|(version, rest)| (*version, rest)).ok_or(CodecError::Version)? else {
        return Err(CodecError::Version);
    };
    let mut marks = Vec::with_capacity(rest.len());
    let mut last_class = None;
    while let Some((bits, after)) = rest.split_first() {
        let class = MarkClass::from_bits(*bits).filter(|_| last_class.is_none_or(|last| last < *bits)).ok_or(CodecError::Class)?;
        last_class = Some(*bits);
        rest = after;
        let count = take(&mut rest)?;
        // Every mark takes a byte at least.
        let count = usize::try_from(count).ok().filter(|count| (1..=rest.len()).contains(count)).ok_or(CodecError::Count)?;
        let mut person = 0_i64;
        for place in 0..count {
            let distance = take(&mut rest)?;
            if place > 0 && distance == 0 {
                return Err(CodecError::Number);
            }
            person = i64::try_from(distance).ok().and_then(|distance| person.checked_add(distance)).ok_or(CodecError::Number)?;
            marks.push((PersonNo(person), class));
        }
    }
    Ok(marks)
}

fn put(blob: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits fit a byte");
        number >>= 7;
        if number == 0 {
            blob.push(low);
            return;
        }
        blob.push(low | 0x80);
    }
}

fn take(rest: &mut &[u8]) -> Result<u64, CodecError> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first().ok_or(CodecError::Number)?;
        *rest = after;
        let low = u64::from(byte & 0x7f);
        if low.leading_zeros() < shift || (*byte == 0 && shift > 0) {
            return Err(CodecError::Number);
        }
        number |= low << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(CodecError::Number)
}
