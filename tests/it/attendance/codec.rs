//! The blob of an occasion's marks.

use bifall::attendance::codec::{CodecError, decode, encode};
use bifall::domain::attendance::{MarkClass, PersonNo};
use proptest::prelude::*;

fn class(bits: u8) -> MarkClass {
    MarkClass::from_bits(bits).unwrap()
}

#[test]
fn the_bytes_are_as_documented() {
    // Participants 3 and 300 (distance 297 = 0b10_0101001), leader 7.
    let marks = [(PersonNo(300), MarkClass::PARTICIPANT), (PersonNo(7), MarkClass::LEADER_PRESENT), (PersonNo(3), MarkClass::PARTICIPANT)];
    assert_eq!(encode(&marks), [1, 0, 2, 3, 0xa9, 0x02, 1, 1, 7]);
    assert_eq!(encode(&[]), [1]);
}

#[test]
fn what_encode_would_not_write_is_refused() {
    let cases: [(&[u8], CodecError); 12] = [
        (&[], CodecError::Version),
        (&[2], CodecError::Version),
        (&[1, 16, 1, 5], CodecError::Class),
        (&[1, 1, 1, 5, 0, 1, 5], CodecError::Class),
        (&[1, 0, 1, 5, 0, 1, 6], CodecError::Class),
        (&[1, 0, 0], CodecError::Count),
        (&[1, 0, 3, 1, 1], CodecError::Count),
        (&[1, 0, 2, 1, 0], CodecError::Number),
        (&[1, 0, 1, 0x80], CodecError::Number),
        (&[1, 0, 1, 0x85, 0x00], CodecError::Number),
        (&[1, 0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], CodecError::Number),
        (&[1, 0], CodecError::Number),
    ];
    for (bytes, error) in cases {
        assert_eq!(decode(bytes), Err(error), "{bytes:?}");
    }
}

#[test]
fn a_mark_takes_five_bytes_at_most_in_a_large_municipality() {
    // Fifteen of 600 000 persons, as far apart as they come.
    let marks: Vec<_> = (0..15).map(|n| (PersonNo(n * 40_000 + 7), MarkClass::PARTICIPANT)).collect();
    assert!(encode(&marks).len() <= 15 * 5);
}

proptest! {
    #[test]
    fn marks_survive(marks in proptest::collection::vec((0_i64..=i64::MAX, 0_u8..16), 0..200)) {
        let marks: Vec<_> = marks.into_iter().map(|(person, bits)| (PersonNo(person), class(bits))).collect();
        let mut expected = marks.clone();
        expected.sort_by_key(|(person, class)| (class.bits(), *person));
        expected.dedup();
        let blob = encode(&marks);
        prop_assert_eq!(decode(&blob), Ok(expected));
    }

    #[test]
    fn bytes_are_refused_or_are_the_one_blob_of_their_marks(tail in proptest::collection::vec(any::<u8>(), 0..40)) {
        let mut bytes = vec![1];
        bytes.extend(tail);
        if let Ok(marks) = decode(&bytes) {
            prop_assert_eq!(encode(&marks), bytes);
        }
    }
}
