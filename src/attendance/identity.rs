//! Keyed identities: how a person is found again without her number being stored in the clear.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::person_number::PersonNumber;

/// HMAC-SHA-256 of the twelve digits under the municipality's key, cut to 16 bytes.
///
/// There are few personal numbers, so an unkeyed hash could be undone by trying all of them;
/// whoever has the stored value but not the key learns nothing.
#[must_use]
pub fn person_hmac(key: &[u8; 32], number: PersonNumber) -> [u8; 16] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(number.expose().as_bytes());
    let full = mac.finalize().into_bytes();
    let mut cut = [0; 16];
    cut.copy_from_slice(&full[..16]);
    cut
}
