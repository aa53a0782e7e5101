//! The room `integrations`; see docs/ARCHITECTURE.md.
