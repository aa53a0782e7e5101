//! Words and figures: definitions read with their places, Fluent texts, Swedish numbers and dates, masking.

pub mod chart;
pub mod definition;
pub mod fluent;
pub mod folding;
pub mod number;
pub mod order;
pub mod placeholders;
mod toml_words;
pub mod transliterate;
