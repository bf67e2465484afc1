//! Evidence as plain data: what a scan of a device's exports says, what two scans say side by
//! side, and what to do about a trace.
//!
//! The layer `evidence` makes scans from bytes; the journal keeps them, the window shows them.

pub mod advice;
pub mod compare;
pub mod kept;
pub mod kind;
pub mod proof;
#[cfg(test)]
pub(crate) mod samples;
pub mod trace;
