//! The main job on real input: from a real attendance file to an explained decision and a payment file.

mod applications;
mod assessment;
mod attendance;
mod attests;
mod clashes;
mod compare;
mod decisions;
mod diary;
mod drafts;
mod hand;
mod main_job;
mod members;
mod officers;
mod outcomes;
mod own_attendance;
mod papers;
mod payments;
mod pipeline;
mod preliminary;
mod protection;
mod queue;
mod random;
mod register;
mod renewals;
mod sections;
mod statistics;
pub mod workflow;
