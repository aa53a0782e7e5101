//! Messages as the association reads them.

use super::Row;

/// The rows.
pub const ROWS: &[Row] =
    &[("GET", "/mina-sidor/arenden/{case}/meddelanden", "lii-------"), ("POST", "/mina-sidor/arenden/{case}/meddelanden", "l-i-------")];
