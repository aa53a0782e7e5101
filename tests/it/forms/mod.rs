//! Conditions and forms.

mod conditions;
mod definitions;
mod entries;
