//! The room `integrations`; see docs/ARCHITECTURE.md.

pub mod finance;
