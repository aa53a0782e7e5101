//! Attendance: file readers, identity, the blob codec, selections and their filters, collisions, reports. No SQL, no HTTP.

pub mod selection;
pub mod codec;
pub mod collisions;
pub mod dak;
pub mod file;
pub mod finding;
pub mod identity;
pub mod members;
pub mod report;
pub mod response;
mod source;
pub mod versions;
