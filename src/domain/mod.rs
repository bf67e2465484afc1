//! What is true at the desk: words, rules and checks. No I/O, no clock, no SQL, no egui.
//!
//! Everything here is a value or a function of its arguments: the day, the moment and the
//! settings come in from outside. A rule that is here can't be gone round by any door, because
//! the store asks it inside the transaction that would break it.

pub mod campaign;
pub mod card;
pub mod case;
pub mod catalog;
pub mod customer;
pub mod delivery;
pub mod device;
pub mod eligibility;
pub mod entry;
pub mod entry_words;
pub mod evidence;
pub mod file_mark;
pub mod fold;
pub mod guard;
pub mod handoff;
pub mod hit;
pub mod id;
pub mod intake;
pub mod key;
pub mod people;
pub mod privacy;
pub mod product_text;
pub mod removal;
pub mod replacement;
pub mod settings;
pub mod signature_file;
pub mod stock;
pub mod subscription;
pub mod subscription_mark;
pub mod time;
