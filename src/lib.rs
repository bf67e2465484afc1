//! Swapdesk: find the customer, prove that Kaspersky is gone, hand over the right key.
//!
//! A desktop program for one desk of a store, over one SQLite file, with or without a network.
//! This page is the map; each module says for itself what it is for.
//!
//! # One way round
//!
//! ```text
//!             what is drawn                        what is done
//!    ┌────────────────────────────┐      ┌─────────────────────────────┐
//!    │ views ── Action ──▶ route ─┼─────▶│ Command ──▶ writer ─▶ record│
//!    │   ▲                        │      │                        │    │
//!    │   └── Model ◀── take_in ◀──┼──────┼─ Event ◀── reader ◀── file  │
//!    └────────────────────────────┘      └─────────────────────────────┘
//! ```
//!
//! A view draws domain values and returns what was *asked for*. [`app`] turns that into a command
//! for a thread of [`worker`], and the answer into what is drawn. The thread that draws does no
//! I/O and waits for nothing; nothing is drawn again unless something happened.
//!
//! # One way in
//!
//! A change is a [`domain::entry::Change`]. `Store::record` asks [`domain::guard`] whether it may
//! happen, appends it to the journal and applies it to the tables, in one transaction. So the
//! journal misses nothing, replaying it gives the same tables (`swapdesk verify` does so), and no
//! door goes round a rule. The exception is the imported directory of customers and subscriptions:
//! reference data, written in bulk, with one entry that names the file.
//!
//! # Layers
//!
//! | layer | what it is | what it may not do |
//! |---|---|---|
//! | [`domain`] | what is true at the desk: rules, checks, words | I/O, SQL, drawing; read a clock |
//! | [`store`] | the file. Alone names `rusqlite` | know the window or other files |
//! | [`evidence`] | a device's exports to traces and a verdict: bytes in, values out | know the store or the case |
//! | [`exchange`] | files in and out: CSV, JSON, PDF | know the store |
//! | [`lookup`] | from what is typed to ranked customers, with the reason | SQL, I/O |
//! | [`finder`] | joins [`lookup`] and the file: names in memory, kept as the file is | SQL, draw |
//! | [`worker`] | the threads that own the file | draw |
//! | [`cli`] | the command line, one file a command | know the worker's threads |
//! | [`ui`] | what is drawn and what was asked for | know the worker, the store, a clock |
//! | [`raster`] | draws the window without a screen, for pictures and tests | know the program |
//! | [`app`] | the window: joins [`ui`] and [`worker`] | hold a rule |
//! | [`clock`] | the one place that reads the clock | anything else |
//!
//! `tests/it/tidy.rs` holds them to it: who may name whom is a table there.
//!
//! # Invariants
//!
//! - A key is issued once, ever: `UNIQUE` in the schema, whatever the code above it does.
//! - A key that a customer has seen never goes back to the shelf: a trigger in the schema.
//! - An entry holds all that its change needs; ids in it are unique across desks.
//! - After any error the file is as it was before, and what was typed is still there.
//! - Activation codes and keys are [`domain::privacy::Secret`]s: they can't be printed by accident.
//!
//! # Where to start
//!
//! [`domain::case`] and [`domain::guard`] for the rules, [`domain::evidence::proof`] for what scans
//! of a device prove; `store::Store` for the file; [`app`] for
//! the window.
//!
//! A new rule goes into `domain/x.rs`, with its table of edge cases. A new table into the next
//! file of `store/migrations/`, and `store/apply/`. A new command gets a variant in
//! `worker/command.rs` and `worker/event.rs`, and the compiler lists the rest. A new screen goes
//! into `ui/views/x.rs`, a new error into its enum, and `app/notices.rs` asks for its sentences.

pub mod app;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod evidence;
pub mod exchange;
pub mod finder;
pub mod lookup;
pub mod raster;
pub mod store;
pub mod ui;
pub mod worker;
