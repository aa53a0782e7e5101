//! The room `demo`; see docs/ARCHITECTURE.md.
pub mod clock;
