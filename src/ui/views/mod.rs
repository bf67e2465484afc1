//! One folder or file a screen. A view draws domain values, keeps what is typed, and returns what
//! was asked for. No channel, no store, no clock.

pub mod case;
