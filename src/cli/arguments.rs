//! What arguments say, as people write it.

use crate::domain::Money;
use crate::forms::parse_money;

/// An amount in kronor: `1500`, `1 500` or `1500,50`.
///
/// # Errors
/// What to write instead.
pub(in crate::cli) fn kronor(text: &str) -> Result<Money, String> {
    parse_money(text).map_err(|_| "skriv beloppet i kronor, till exempel 1500 eller 1500,50".to_owned())
}
