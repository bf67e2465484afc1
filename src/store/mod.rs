//! The desk's file: one SQLite database. The only module that names `rusqlite`.
//!
//! Invariants: every change is one entry, appended to the journal and applied to the tables in one
//! transaction by one function, after the domain's guards were asked inside it. An entry that is
//! there already changes nothing. Rows of an imported directory are the one exception: written in
//! bulk, with one entry that names the file.
//!
//! `Store` has the one connection that writes; `Reader` has one that can't. Both read alike.

mod apply;
pub mod backup;
mod case;
mod case_file;
pub mod case_lines;
mod catalog;
mod connection;
mod customer;
pub mod digest;
pub mod error;
pub mod export;
mod facts;
pub mod files;
pub mod find;
pub mod import;
pub mod journal;
pub mod journal_lines;
pub mod lock;
mod migrations;
pub mod reader;
mod replay;
pub mod report;
mod search_keys;
pub mod settings;
mod sql_types;
pub mod stock;
pub mod verify;

use crate::domain::entry::{Change, Stamp};
use crate::domain::id::{
    CaseId, CaseNumber, ExternalId, Incarnation, PersonId, ProductId, SubscriptionUid,
};
use crate::domain::people::{Person, Role};
use crate::domain::settings::Settings;
use crate::domain::stock::HOLD_MS;
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::lock::WriterLock;
use crate::store::reader::Reader;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// The file, to write and to read. One thread owns it.
#[derive(Debug)]
pub struct Store {
    reader: Reader,
    /// Let go after the connection is closed; `None` for a file that nobody else knows.
    _lock: Option<WriterLock>,
}

/// An entry that is in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in this file's chain, counted from 1.
    pub seq: i64,
    /// Whether it was recorded now; `false` when it had been before, and nothing changed.
    pub is_new: bool,
    /// What changed, as it stands in the file.
    pub change: Change,
}

/// A visit that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// Whose.
    pub customer: ExternalId,
    /// The subscription to exchange, if it is known.
    pub subscription: Option<SubscriptionUid>,
    /// The store's day.
    pub opened_on: NaiveDate,
}

impl Store {
    /// Opens the file, made anew with default settings, two people and the built-in catalog when
    /// it is missing. `now` is the moment of its first entry. Until it is dropped, no restore
    /// replaces the file.
    pub fn open(path: &Path, now: Moment) -> Result<Self, StoreError> {
        let path = files::real(path);
        // Beside a file that is refused, not even a lock is made.
        connection::header(&path)?;
        let lock = WriterLock::share(&path)?;
        Self::over(connection::open_to_write(&path)?, Some(lock), now)
    }

    fn over(conn: Connection, lock: Option<WriterLock>, now: Moment) -> Result<Self, StoreError> {
        let mut store = Self { reader: Reader::over(conn), _lock: lock };
        if !settings::is_begun(store.conn())? {
            store.begin(now)?;
        }
        Ok(store)
    }

    /// Everything that can be read.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Checks `change` against the file, appends it to the journal and applies it: all or nothing.
    /// An entry whose id is there already changes nothing.
    pub fn record(&mut self, stamp: Stamp, change: Change) -> Result<Recorded, StoreError> {
        self.write(&stamp, |_| Ok(change))
    }

    /// Opens a visit under the next number of this desk.
    pub fn open_case(&mut self, stamp: Stamp, new: NewCase) -> Result<Recorded, StoreError> {
        self.write(&stamp, |conn| {
            let prefix = settings::settings(conn)?.desk.case_prefix;
            let counter = settings::next_case_counter(conn)?;
            Ok(Change::CaseOpened {
                case: CaseId::mint(stamp.at),
                number: CaseNumber { prefix, counter },
                customer: new.customer,
                subscription: new.subscription,
                opened_on: new.opened_on,
            })
        })
    }

    /// Holds a key of `product` for `case`, five minutes long: the one it holds already, else the
    /// free one that expires first. The case's hold on another product's key ends.
    pub fn hold_key(
        &mut self,
        stamp: Stamp,
        case: CaseId,
        product: ProductId,
    ) -> Result<Recorded, StoreError> {
        self.write(&stamp, |conn| {
            let today = stamp.at.day(settings::settings(conn)?.desk.time_zone);
            let key = stock::key_to_hold(conn, case, product, (stamp.at, today))?;
            let key = key.ok_or(StoreError::NoFreeKey)?;
            Ok(Change::KeyHeld { case, key, until: stamp.at.plus_ms(HOLD_MS) })
        })
    }

    /// Moves what the write-ahead log holds into the file, as far as no reader is in the way. For
    /// moments in which nobody waits; the log keeps its size, so that later commits are quick.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        Ok(self.conn().query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
    }

    /// The one way into the tables: `build` says what changes, and is told what the file holds.
    fn write(
        &mut self,
        stamp: &Stamp,
        build: impl FnOnce(&Transaction<'_>) -> Result<Change, StoreError>,
    ) -> Result<Recorded, StoreError> {
        // Immediate: a busy file is noticed before anything was read or done.
        let tx = self.reader.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(line) = journal::entry(&tx, stamp.id)? {
            return Ok(Recorded { seq: line.seq, is_new: false, change: line.change()? });
        }
        let change = build(&tx)?;
        let seq = record_in(&tx, stamp, &change)?;
        tx.commit()?;
        Ok(Recorded { seq, is_new: true, change })
    }

    fn begin(&mut self, now: Moment) -> Result<(), StoreError> {
        let person = |name: &str, role| Person {
            id: PersonId::mint(now),
            name: name.to_owned(),
            role,
            is_active: true,
        };
        let first = Change::FileCreated {
            incarnation: Incarnation::mint(now),
            settings: Settings::default(),
            people: vec![
                person("Desk technician", Role::Technician),
                person("Desk lead", Role::Lead),
            ],
            catalog: catalog::built_in()?,
        };
        match self.record(Stamp::new(now, None), first) {
            // Another program opened the new file at the same time, and was first.
            Ok(_) | Err(StoreError::AlreadyThere(_)) => Ok(()),
            Err(err) => Err(err),
        }
    }

    fn conn(&self) -> &Connection {
        &self.reader.conn
    }
}

/// Checks an entry that is new, appends and applies it, in a transaction that the caller ends.
fn record_in(tx: &Transaction<'_>, stamp: &Stamp, change: &Change) -> Result<i64, StoreError> {
    let settings = match change {
        Change::FileCreated { settings, .. } => settings.clone(),
        _ => settings::settings(tx)?,
    };
    facts::check(tx, &settings, stamp, change)?;
    let seq = journal::append(tx, stamp, change, &settings.desk.case_prefix)?;
    apply::apply(tx, stamp, change)?;
    Ok(seq)
}

#[cfg(test)]
mod tests;
