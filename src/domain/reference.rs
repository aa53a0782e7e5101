//! Keys of reference tables: organisation numbers, postcodes, areas, facilities.

/// A key in one way of writing: small letters, single spaces, an organisation number and a postcode as digits alone.
///
/// `802400-1234` and `8024001234` are the same association, `411 01` and `41101` the same place.
#[must_use]
pub fn key(written: &str) -> String {
    let words: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
    let joined = words.join(" ");
    let digits: String = joined.chars().filter(char::is_ascii_digit).collect();
    let only = |allowed: char| joined.chars().all(|c| c.is_ascii_digit() || c == allowed);
    if (digits.len() == 10 && only('-')) || (digits.len() == 5 && only(' ')) { digits } else { joined }
}
