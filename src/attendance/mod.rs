//! Attendance: file readers, identity, the blob codec, selections and their filters, collisions, reports. No SQL, no HTTP.

pub mod codec;
pub mod collisions;
pub mod dak;
pub mod file;
pub mod finding;
pub mod identity;
pub mod members;
pub mod report;
pub mod response;
pub mod selection;
mod source;
pub mod versions;
