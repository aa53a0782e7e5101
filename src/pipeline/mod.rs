//! The room `pipeline`; see docs/ARCHITECTURE.md.
