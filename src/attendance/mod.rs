//! Attendance: file readers, identity, the blob codec, selections and their filters, collisions, reports. No SQL, no HTTP.

pub mod selection;
