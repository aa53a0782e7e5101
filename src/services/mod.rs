//! The room `services`; see docs/ARCHITECTURE.md.
