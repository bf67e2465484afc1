//! A copy of the file while it is in use, and going back to one.
//!
//! After going back nobody knows which keys were handed out since the copy was made. So the file
//! begins a new life, what is free or held in it is frozen until a lead decides, and case numbers
//! begin beyond any that were given.

use crate::domain::entry::{Change, FileMark, Stamp};
use crate::domain::id::Incarnation;
use crate::store::error::StoreError;
use crate::store::files::{free_name, set_aside};
use crate::store::journal::Head;
use crate::store::lock::WindowLock;
use crate::store::reader::Reader;
use crate::store::{Store, connection, digest, settings, verify};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Case numbers that are left out when nobody can say which ones the lost file gave.
const NUMBERS_LEFT_OUT: u32 = 1_000;

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
        let part = free_name(dest, "part");
        copy(&self.conn, &part)?;
        let head = read_back(&part)?;
        std::fs::rename(&part, dest)?;
        sync_folder(dest)?;
        Ok(head)
    }
}

/// Puts the copy `src` in the place of the file at `dest`, which is kept under another name. The
/// lock shows that no window has `dest` open.
pub fn restore(
    src: &Path,
    dest: &Path,
    stamp: Stamp,
    _lock: &WindowLock,
) -> Result<Restoration, StoreError> {
    let part = free_name(dest, "part");
    {
        let conn = connection::open_to_read(src)?;
        verify::check_copy(&conn)?;
        copy(&conn, &part)?;
    }
    read_back(&part)?;
    let mut store = Store::open(&part, stamp.at)?;
    let next_case_counter = next_counter(store.conn(), dest)?;
    let name = src.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sha256 = digest::sha256_of(File::open(src)?)?;
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
    let kept_as = if dest.exists() { Some(set_aside(dest)?) } else { None };
    std::fs::rename(&part, dest)?;
    sync_folder(dest)?;
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
    {
        let backup = Backup::new(from, &mut to)?;
        match backup.step(-1)? {
            StepResult::Done => (),
            _ => return Err(StoreError::Busy),
        }
    }
    into_one_file(&to)
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

/// Makes the new name last through a power cut, where the system can.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    if cfg!(unix)
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
