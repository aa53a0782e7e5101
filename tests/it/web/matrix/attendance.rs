//! An association's attendance. Who acts for B comes to her own half-years, never to A's files, clashes or cards.

use super::Row;

/// The rows.
pub const ROWS: &[Row] = &[
    ("GET", "/narvaro", "liii------"),
    ("GET", "/narvaro/{half}", "liii------"),
    ("POST", "/narvaro/{half}/fil", "l-ii------"),
    ("POST", "/narvaro/{half}/kalla", "l-ii------"),
    ("GET", "/narvaro/{half}/fil/{import}", "lii-------"),
    ("POST", "/narvaro/{half}/fil/{import}/ratta", "l-i-------"),
    ("POST", "/narvaro/{half}/fil/{import}/lamna", "l-i-------"),
    ("GET", "/narvaro/{half}/fil/{import}/rapport.csv", "lii-------"),
    ("GET", "/narvaro/{half}/fil/{import}/svar.xml", "lii-------"),
    ("GET", "/narvaro/{half}/rader/{grant}", "liii------"),
    ("GET", "/narvaro/{half}/krockar", "liii------"),
    ("POST", "/narvaro/{half}/krockar", "l-ii------"),
    ("POST", "/narvaro/{half}/krockar/{clash}", "l-i-------"),
    ("GET", "/narvaro/{half}/kort", "liii------"),
    ("POST", "/narvaro/{half}/kort", "l-ii------"),
    ("GET", "/narvaro/{half}/kort/{group}", "lii-------"),
    ("GET", "/narvaro/{half}/kort/{group}/utskrift", "lii-------"),
    ("POST", "/narvaro/{half}/kort/{group}/person", "l-i-------"),
    ("POST", "/narvaro/{half}/kort/{group}/person/{member}/bort", "l-i-------"),
    ("GET", "/narvaro/{half}/kort/{group}/ny", "l-i-------"),
    ("POST", "/narvaro/{half}/kort/{group}/ny", "l-i-------"),
    ("GET", "/narvaro/{half}/kort/{group}/tillfalle/{code}", "lii-------"),
    ("POST", "/narvaro/{half}/kort/{group}/tillfalle/{code}", "l-i-------"),
    ("POST", "/narvaro/{half}/kort/{group}/tillfalle/{code}/bort", "l-i-------"),
];
