//! The lifelike municipality of the demo: its people, their files and their story, on a clock that can be moved.
//!
//! Everything goes through the same services and the same pipeline as in production; only the embedded population
//! register, which a real municipality reads from outside, is filled from here.

pub mod answers;
pub mod clock;
pub mod generate;
pub mod municipality;
pub mod people;
pub mod personas;
pub mod samples;
pub mod seed;
pub mod story;

use std::sync::Arc;

use crate::app::Tenant;

pub use clock::DemoClock;
pub use seed::{Seeded, seed};

/// A municipality that is ready to be shown.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The tenant, on the clock below.
    pub tenant: Tenant,
    /// Its clock, which server and worker share.
    pub clock: Arc<DemoClock>,
    /// What the seed made, or found made.
    pub seeded: Seeded,
}

/// Seeds a tenant where that is not done yet, and puts it on the movable clock.
///
/// # Errors
/// When the seed stops half way, or the database refuses.
pub async fn open(tenant: Tenant) -> anyhow::Result<Demo> {
    let seeded = seed(&tenant).await?;
    let clock = DemoClock::open(&tenant.db).await?;
    Ok(Demo { tenant: tenant.with_clock(clock.clone()), clock, seeded })
}
