//! The room `rules`; see docs/ARCHITECTURE.md.
