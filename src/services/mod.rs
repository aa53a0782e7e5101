//! One function per user action: authorize, load, domain, store + event + outbox in one transaction.
//!
//! Every function takes the [`Tenant`](crate::app::Tenant). Reads for pages lie in `views` beside what they show.

pub mod actor;

pub mod error;
pub mod history;

pub use actor::Actor;
pub use error::{ServiceError, ServiceResult};
