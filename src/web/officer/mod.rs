//! Pages for those who handle, decide and pay.

pub mod case;
pub mod cases;
pub mod decide;
pub mod import;
pub mod payments;
pub mod periods;
pub mod trace;
