//! The room `integrations`; see docs/ARCHITECTURE.md.

pub mod finance;
pub mod mail;
pub mod population;
