//! One function per user action: authorize, load, domain, store + event + outbox in one transaction.
//!
//! Every function takes the [`Tenant`](crate::app::Tenant). Reads for pages lie in `views` beside what they show.

pub mod accessibility;
pub mod actor;
pub mod appeals;
pub mod applications;
pub mod assessments;
pub mod assignment;
pub mod associations;
pub mod attendance;
pub mod budgets;
pub mod calculation;
pub mod cases;
pub mod checkpoints;
mod claim;
pub mod clashes;
pub mod committee;
pub mod conflicts;
pub mod decisions;
#[cfg(feature = "demo")]
pub mod demo;
pub mod dialogue;
pub mod diary;
pub mod documents;
pub mod drafts;
pub mod error;
pub mod experts;
pub mod explained;
pub mod extensions;
pub mod flow;
mod free_text;
pub mod grants;
pub mod history;
pub mod jobs;
pub mod mandates;
pub mod members;
pub mod messages;
pub mod organisations;
pub mod packages;
pub mod paper;
pub mod papers;
pub mod payments;
pub mod periods;
pub mod population;
pub mod preliminary;
pub mod protection;
pub mod public_diary;
pub mod ranking;
pub mod reminders;
pub mod renewals;
pub mod replay;
pub mod reports;
pub mod returned;
pub mod rounds;
pub mod sessions;
pub mod simulation;
pub mod staff;
pub mod standing;
pub mod statistics;
pub mod tables;
pub mod tasks;
mod uploads;
pub mod verify;

pub use actor::Actor;
pub use claim::Claim;
pub use error::{ServiceError, ServiceResult};
