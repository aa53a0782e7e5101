//! The room `letters`; see docs/ARCHITECTURE.md.
