//! Cases: the queue, the page of one, and what officers do beside the workflow.

pub mod compare;
pub mod list;
pub mod queue;
pub mod views;
