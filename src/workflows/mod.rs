//! The room `workflows`; see docs/ARCHITECTURE.md.
