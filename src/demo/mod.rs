//! The room `demo`; see docs/ARCHITECTURE.md.
