//! One file or folder a screen. A view keeps what is typed or selected, draws domain values that it
//! is given, and returns what was asked for: at most one [`super::action::Action`] a frame. It has
//! no clock, no store and no channel.

pub mod case;
pub mod cases;
pub mod chips;
pub mod history;
pub mod import;
pub mod journal;
pub mod keys;
pub mod lookup;
pub mod new_customer;
pub mod numbers;
pub mod palette;
pub mod path;
pub mod people;
pub mod release_frozen;
pub mod settings;
pub mod stock;
#[cfg(test)]
mod testing;
pub mod void_key;
pub mod word;
