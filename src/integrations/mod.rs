//! The room `integrations`; see docs/ARCHITECTURE.md.

pub mod finance;
pub mod population;
pub mod mail;
