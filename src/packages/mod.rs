//! The room `packages`; see docs/ARCHITECTURE.md.
