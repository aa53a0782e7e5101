//! The room `web`; see docs/ARCHITECTURE.md.
