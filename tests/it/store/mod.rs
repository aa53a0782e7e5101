//! The store: both schemas alike, histories that show every change, leases that fence.

mod history;
mod jobs;
mod schema;
