//! What arguments say, as people write it, and those that commands share.

use crate::domain::Money;
use crate::forms::parse_money;

/// An amount in kronor: `1500`, `1 500` or `1500,50`.
///
/// # Errors
/// What to write instead.
pub(in crate::cli) fn kronor(text: &str) -> Result<Money, String> {
    parse_money(text).map_err(|_| "skriv beloppet i kronor, till exempel 1500 eller 1500,50".to_owned())
}

/// Who asks, and how the answer is written.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Asked {
    /// Who does it: an administrator, or for a list anybody of the staff
    #[arg(long = "as", value_name = "NAME")]
    pub actor: String,
    /// Write JSON for machines
    #[arg(long)]
    pub json: bool,
}
