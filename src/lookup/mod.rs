//! From what is typed to ranked customers, with the reason for each.
//!
//! [`query`] reads what stands in the box: words that may be names or a town, numbers that may be
//! a ZIP code or the end of a phone number, and [`key::Probe`]s for what the file's own indexes
//! answer (phone, e-mail, codes, receipts). [`index`] answers the names from memory, [`rank`] puts
//! both answers into one list. [`alike`] tells how likely two customers are one person.
//!
//! Invariants: the index is a function of the customers it was given, nothing else; any text is
//! answered within fixed bounds on the work, which `work` counts. No SQL, no file, no clock in this
//! layer; only building a large index takes a second thread.

pub mod alike;
pub mod fold;
pub mod index;
pub mod inside;
pub mod key;
pub mod query;
pub mod rank;

mod cost;
mod deletes;
mod dictionary;
mod draft;
mod either;
mod facts;
mod found;
mod judge;
mod last_resort;
mod lists;
mod near;
mod nickname;
mod pair;
mod person;
mod pieces;
mod reading;
mod search;
mod segment;
mod shown;
mod side;
mod sound;
mod unfinished;
mod work;
