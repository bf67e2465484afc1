//! Files of the store's systems into the desk's file, in bulk: each import is one transaction.
//!
//! Customers and subscriptions are reference data: a million rows, one journal entry that names
//! the file, its digest and its counts. Keys are stock: every one stands in an entry. A file that
//! changes nothing writes nothing, not even an entry. What was entered at the desk is never
//! overwritten by a file.

mod directory;
mod indexes;
mod stock;

use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::entry::{Directory, FileMark, ImportCounts, Stamp};
use crate::domain::intake::{
    ImportEnd, ImportNews, Intake, KeyLine, LineProblem, RefusedLine, SubscriptionLine,
};
use crate::store::Store;
use crate::store::error::StoreError;
use directory::{CustomerTable, SubscriptionTable};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::ops::ControlFlow;

/// Page cache of an import, in KiB. Sorting for an index takes as much again, and the whole
/// stays under 200 MB.
const CACHE_KIB: i64 = 40 * 1024;

/// From this many rows on, the write-ahead log is worth being cut back afterwards.
const LARGE_ROWS: u64 = 10_000;

/// Rows between two words on progress.
const PROGRESS_ROWS: u64 = 2_000;

/// Whether an import stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// It does.
    Keep,
    /// All is counted and checked, and taken back at the end.
    DryRun,
}

/// What an import needs beside its rows.
pub struct ImportJob<'a> {
    /// Who imports, and when.
    pub stamp: Stamp,
    /// Whether it stays.
    pub mode: ImportMode,
    /// Told of refused lines, notes and progress; it can stop the import, and then nothing of it
    /// stays.
    pub watch: &'a mut dyn FnMut(ImportNews) -> ControlFlow<()>,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Took {
    Added,
    Changed,
    Same,
    /// Entered at the desk: left as it is, whatever the file says.
    Kept,
    Refused(LineProblem),
}

/// The rows of a file, as the reader gives them.
type Rows<'a, R> = &'a mut dyn Iterator<Item = Intake<R>>;

impl Store {
    /// Imports customers: all that can be taken and one entry, or nothing.
    pub fn import_customers(
        &mut self,
        rows: Rows<'_, Customer>,
        job: ImportJob<'_>,
    ) -> Result<ImportEnd, StoreError> {
        in_bulk(&mut self.reader.conn, |tx| {
            let mut table = CustomerTable::prepare(tx)?;
            let mut run = Run::new(job);
            let Some(file) = run.take_all(rows, |run, _, row| {
                let took = table.take(&row)?;
                run.indexes.count(tx, "customer", &took)?;
                Ok(took)
            })?
            else {
                return Ok(None);
            };
            run.end_directory(tx, Directory::Customers, file)
        })
    }

    /// Imports subscriptions of customers that are on file: all that can be taken and one entry,
    /// or nothing.
    pub fn import_subscriptions(
        &mut self,
        rows: Rows<'_, SubscriptionLine>,
        job: ImportJob<'_>,
    ) -> Result<ImportEnd, StoreError> {
        in_bulk(&mut self.reader.conn, |tx| {
            let mut table = SubscriptionTable::prepare(tx)?;
            let mut run = Run::new(job);
            let Some(file) = run.take_all(rows, |run, _, row| {
                let took = table.take(row)?;
                run.indexes.count(tx, "subscription", &took)?;
                Ok(took)
            })?
            else {
                return Ok(None);
            };
            run.end_directory(tx, Directory::Subscriptions, file)
        })
    }

    /// Imports keys, and the products that only their names tell of.
    pub fn import_keys(
        &mut self,
        rows: Rows<'_, KeyLine>,
        job: ImportJob<'_>,
    ) -> Result<ImportEnd, StoreError> {
        in_bulk(&mut self.reader.conn, |tx| stock::import_keys(tx, rows, job))
    }

    /// Imports products of the catalog. One of a name that is on file takes its place.
    pub fn import_catalog(
        &mut self,
        rows: Rows<'_, Product>,
        job: ImportJob<'_>,
    ) -> Result<ImportEnd, StoreError> {
        in_bulk(&mut self.reader.conn, |tx| stock::import_catalog(tx, rows, job))
    }
}

/// Runs an import in one transaction with a large cache. `None` and a dry run take all back.
fn in_bulk(
    conn: &mut Connection,
    import: impl FnOnce(&Transaction<'_>) -> Result<Option<(ImportCounts, ImportMode)>, StoreError>,
) -> Result<ImportEnd, StoreError> {
    let cache: i64 = conn.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    let end = (|| {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match import(&tx)? {
            Some((counts, ImportMode::Keep)) => {
                tx.commit()?;
                Ok(ImportEnd::Done(counts))
            }
            Some((counts, ImportMode::DryRun)) => Ok(ImportEnd::Done(counts)),
            None => Ok(ImportEnd::Stopped),
        }
    })();
    let is_large = match &end {
        Ok(ImportEnd::Done(counts)) => counts.n_read >= LARGE_ROWS,
        Ok(ImportEnd::Stopped) => true,
        Err(_) => false,
    };
    // What is committed stays so, whatever becomes of this: an error here would say otherwise.
    if let Err(err) = give_back_memory(conn, cache) {
        log::warn!("the memory of an import stays taken: {err}");
    }
    if is_large {
        // When somebody reads just now, the log shrinks later.
        let cut_back = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        cut_back.unwrap_or_else(|err| log::warn!("the log of an import stays long: {err}"));
    }
    end
}

fn give_back_memory(conn: &Connection, cache: i64) -> rusqlite::Result<()> {
    conn.pragma_update(None, "cache_size", cache)?;
    conn.execute_batch("PRAGMA shrink_memory")
}

#[cfg(test)]
mod tests;

/// An import under way.
struct Run<'a> {
    job: ImportJob<'a>,
    counts: ImportCounts,
    n_kept: u64,
    at_byte: u64,
    indexes: indexes::Indexes,
}

impl<'a> Run<'a> {
    fn new(job: ImportJob<'a>) -> Self {
        Self {
            job,
            counts: ImportCounts::default(),
            n_kept: 0,
            at_byte: 0,
            indexes: indexes::Indexes::default(),
        }
    }

    /// Takes every row. Gives the file's mark, or `None` when it was stopped or has no end.
    fn take_all<R>(
        &mut self,
        rows: Rows<'_, R>,
        mut take: impl FnMut(&mut Self, u64, R) -> Result<Took, StoreError>,
    ) -> Result<Option<FileMark>, StoreError> {
        for intake in rows {
            let refused = match intake {
                Intake::End(file) => return Ok(Some(file)),
                Intake::Refused(refused) => Some(refused),
                Intake::Row { line_no, at_byte, row } => {
                    self.at_byte = at_byte;
                    match take(self, line_no, row)? {
                        Took::Refused(why) => Some(RefusedLine { line_no, why }),
                        took => {
                            self.count(&took);
                            None
                        }
                    }
                }
            };
            self.counts.n_read += 1;
            if let Some(refused) = refused {
                self.counts.n_refused += 1;
                if self.tell(ImportNews::Refused(refused)).is_break() {
                    return Ok(None);
                }
            }
            let is_time = self.counts.n_read.is_multiple_of(PROGRESS_ROWS);
            if is_time && self.tell_progress().is_break() {
                return Ok(None);
            }
        }
        Ok(None)
    }

    fn count(&mut self, took: &Took) {
        match took {
            Took::Added => self.counts.n_added += 1,
            Took::Changed => self.counts.n_changed += 1,
            Took::Kept => self.n_kept += 1,
            Took::Same | Took::Refused(_) => (),
        }
    }

    /// Puts the indexes back, tells what was kept, and writes the entry if anything changed.
    fn end_directory(
        mut self,
        tx: &Transaction<'_>,
        directory: Directory,
        file: FileMark,
    ) -> Result<Option<(ImportCounts, ImportMode)>, StoreError> {
        for sql in std::mem::take(&mut self.indexes).into_sql() {
            tx.execute_batch(&sql)?;
            if self.tell_progress().is_break() {
                return Ok(None);
            }
        }
        if self.n_kept > 0 {
            let note = format!(
                "{} of the rows were entered at the desk and stay as they are there",
                self.n_kept
            );
            if self.tell(ImportNews::Noted(note)).is_break() {
                return Ok(None);
            }
        }
        if self.counts.n_added + self.counts.n_changed > 0 {
            let counts = self.counts;
            let change =
                crate::domain::entry::Change::DirectoryImported { directory, file, counts };
            crate::store::record_in(tx, &self.job.stamp, &change)?;
        }
        Ok(Some((self.counts, self.job.mode)))
    }

    fn tell(&mut self, news: ImportNews) -> ControlFlow<()> {
        (self.job.watch)(news)
    }

    fn tell_progress(&mut self) -> ControlFlow<()> {
        let (n_read, at_byte) = (self.counts.n_read, self.at_byte);
        self.tell(ImportNews::Progress { n_read, at_byte })
    }
}
