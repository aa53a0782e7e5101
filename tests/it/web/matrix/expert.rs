//! An expert's own pages. The invitation is somebody else's than any of the persons': to them all it is not there.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/sakkunnig", "liiiiiiiii"),
    ("GET", "/sakkunnig/{invitation}", "l---------"),
    ("POST", "/sakkunnig/{invitation}", "l---------"),
    ("POST", "/sakkunnig/{invitation}/jav", "l---------"),
    ("GET", "/sakkunnig/{invitation}/fil/{question}", "l---------"),
];
