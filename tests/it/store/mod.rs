//! The store: both schemas alike, histories that show every change, leases that fence.

mod cancelled;
mod history;
mod jobs;
mod schema;
