//! A copy of the file while it is in use, and going back to one.
//!
//! After going back nobody knows which keys were handed out since the copy was made. So the file
//! begins a new life, what is free or held in it is frozen until a lead decides, and case numbers
//! begin beyond any that were given.

use crate::domain::entry::{Change, FileMark, Stamp};
use crate::domain::id::Incarnation;
use crate::domain::time::Moment;
use crate::store::error::StoreError;
use crate::store::files::{Part, real};
use crate::store::journal::Head;
use crate::store::lock::{WindowLock, WriterLock};
use crate::store::reader::Reader;
use crate::store::{Store, connection, digest, settings, verify};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Case numbers that are left out when nobody can say which ones the lost file gave.
const NUMBERS_LEFT_OUT: u32 = 1_000;

/// The largest file that is held in memory, in pages of 4 KiB: 64 MB.
const REHEARSAL_PAGES_MAX: i64 = 16_384;

/// A restore that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restoration {
    /// Under which name the file that was there is kept; `None` when there was none.
    pub kept_as: Option<PathBuf>,
    /// The first counter that case numbers take now.
    pub next_case_counter: u32,
    /// Keys that are frozen until a lead decides.
    pub n_frozen: i64,
}

impl Reader {
    /// Copies the file as it is at one moment to `dest`, where nothing may be, and reads the copy
    /// back. Others go on writing meanwhile. Gives the end of the copied journal.
    pub fn backup(&self, dest: &Path) -> Result<Head, StoreError> {
        if dest.exists() {
            return Err(StoreError::Exists(dest.to_owned()));
        }
        let part = Part::beside(dest)?;
        copy(&self.conn, part.path())?;
        let head = read_back(part.path())?;
        part.rename_to(dest)?;
        Ok(head)
    }
}

impl Store {
    /// The file as it is at one moment, in memory: what is written to it is gone when it is
    /// dropped, and nobody waits for it meanwhile. A new one when the file is missing; `None` when
    /// the file is too large.
    pub fn rehearsal(path: &Path, now: Moment) -> Result<Option<Self>, StoreError> {
        let mut conn = connection::open_in_memory()?;
        if path.exists() {
            let from = connection::open_to_read(path)?;
            let n_pages: i64 = from.pragma_query_value(None, "page_count", |row| row.get(0))?;
            if n_pages > REHEARSAL_PAGES_MAX {
                return Ok(None);
            }
            copy_pages(&from, &mut conn)?;
        }
        Self::over(conn, None, now).map(Some)
    }
}

/// Why no copy was put in the place of the file: which of the two it is about.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The copy.
    #[error("{0}")]
    Copy(StoreError),
    /// The file, its folder or its disk.
    #[error("{0}")]
    Place(StoreError),
}

impl From<StoreError> for RestoreError {
    fn from(err: StoreError) -> Self {
        Self::Place(err)
    }
}

impl From<rusqlite::Error> for RestoreError {
    fn from(err: rusqlite::Error) -> Self {
        Self::Place(err.into())
    }
}

/// Puts the copy `src` in the place of the file at `dest`, which is kept under another name. The
/// lock shows that no window has `dest` open; while another program writes to it, it is busy.
pub fn restore(
    src: &Path,
    dest: &Path,
    stamp: Stamp,
    _lock: &WindowLock,
) -> Result<Restoration, RestoreError> {
    let dest = &real(dest);
    let _alone = WriterLock::alone(dest)?;
    let of_copy = RestoreError::Copy;
    let conn = connection::open_to_read(src).map_err(of_copy)?;
    verify::check_copy(&conn).map_err(of_copy)?;
    let part = Part::beside(dest)?;
    // The copy was just read to its end: what fails now is where it goes.
    copy(&conn, part.path())?;
    drop(conn);
    read_back(part.path())?;
    let mut store = Store::over(connection::open_to_write(part.path())?, None, stamp.at)?;
    let next_case_counter = next_counter(store.conn(), dest)?;
    let name = src.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sha256 = File::open(src).and_then(digest::sha256_of);
    let sha256 = sha256.map_err(|err| of_copy(err.into()))?;
    store.record(
        stamp,
        Change::Restored {
            incarnation: Incarnation::mint(stamp.at),
            file: FileMark { name, sha256 },
            next_case_counter,
        },
    )?;
    let sql = "SELECT count(*) AS n FROM license_key WHERE state = 'frozen'";
    let n_frozen = store.conn().query_row(sql, [], |row| row.get("n"))?;
    into_one_file(&store.reader.conn)?;
    drop(store);
    // Only now, when the copy is whole and its keys are frozen, does it take the place.
    let kept_as = part.replace(dest)?;
    Ok(Restoration { kept_as, next_case_counter, n_frozen })
}

/// Beyond every number that the copy or the file that it replaces has given.
fn next_counter(copy: &Connection, dest: &Path) -> Result<u32, StoreError> {
    let known = settings::next_case_counter(copy)?;
    let lost = connection::open_to_read(dest).and_then(|old| settings::next_case_counter(&old));
    Ok(match lost {
        Ok(counter) => counter.max(known),
        // Not there, damaged, newer: whatever it gave is unknown.
        Err(_) => known.saturating_add(NUMBERS_LEFT_OUT),
    })
}

/// All pages in one step: the copy is of one moment, and no writer makes it begin again.
fn copy(from: &Connection, dest: &Path) -> Result<(), StoreError> {
    let mut to = Connection::open(dest)?;
    copy_pages(from, &mut to)?;
    into_one_file(&to)
}

fn copy_pages(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// Without a log beside it: a copy is one file that can be carried.
fn into_one_file(conn: &Connection) -> Result<(), StoreError> {
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(StoreError::Busy) }
}

fn read_back(copy: &Path) -> Result<Head, StoreError> {
    // What the system has not written yet could not be read back after a power cut.
    File::open(copy)?.sync_all()?;
    verify::check_copy(&connection::open_to_read(copy)?)
}
