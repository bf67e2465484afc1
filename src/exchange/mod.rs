//! Files in and out: bytes and domain values. No dialogs, no paths.

pub mod pdf;
