//! Files in and out: bytes to domain values and back. No dialogs, no store.
//!
//! Everything that is read is bounded: a line, a field, a record, a whole JSON file. What is too
//! large is refused with its place, never read into memory.

pub mod catalog;
pub mod csv;
pub mod error;
pub mod export;
pub mod exports;
pub mod pdf;
