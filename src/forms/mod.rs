//! The room `forms`; see docs/ARCHITECTURE.md.
