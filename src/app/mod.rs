//! The window: joins what is drawn (`ui`) with what is done (`worker`).

pub mod clock;
pub mod key_guard;
