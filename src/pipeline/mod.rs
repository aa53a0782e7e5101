//! The durable worker and one file per automatic step.

pub mod bundle;
mod dispatch;
pub mod send;
pub mod steps;
pub mod wait;
pub mod worker;
