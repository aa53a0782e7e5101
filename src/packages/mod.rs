//! The room `packages`; see docs/ARCHITECTURE.md.

/// placeholder until merged
#[derive(Clone, Debug, Default)]
pub struct Cache;
