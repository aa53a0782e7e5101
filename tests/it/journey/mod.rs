//! The main job on real input: from a real attendance file to an explained decision and a payment file.

mod main_job;
