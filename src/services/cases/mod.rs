//! Cases: the queue, the page of one, and what officers do beside the workflow.

pub mod beside;
pub mod bulk;
pub mod compare;
pub mod handing_over;
pub mod handing_preview;
pub mod list;
pub mod looks;
pub mod notes;
pub mod overrides;
pub mod queue;
pub mod views;
pub mod withdrawal;
