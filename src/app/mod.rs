//! The room `app`; see docs/ARCHITECTURE.md.
