//! The one place that opens the file.
//!
//! What the file is and which version wrote it is asked first: nothing here writes to a file that
//! is refused, not even its header.

use crate::store::error::StoreError;
use crate::store::files;
use crate::store::migrations::{self, APPLICATION_ID, SCHEMA_VERSION};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// How often a change asks whether another program's change is over: for about five seconds.
///
/// SQLite's own waits grow to 100 ms. Among four programs that write without a pause, one of them
/// then finds no gap in five seconds; asking each millisecond, it does.
const TURNS_ASKED: i32 = 5_000;
const TURN: Duration = Duration::from_millis(1);

/// Pages of 4 KiB in the write-ahead log before a commit itself moves them into the file. The
/// worker does so earlier, while nobody waits; this is for programs that have no such moment.
///
/// Source: the p99 of a commit is the checkpoint inside it.
const CHECKPOINT_PAGES: i64 = 4_000;

/// Statements kept ready: about as many as the store has.
const STATEMENTS_KEPT: usize = 128;

/// Page cache of a connection that reads, in KiB: the inner pages of every index of a million
/// customers, so that a range of keys costs one or two reads at most.
const READER_CACHE_KIB: i64 = 12 * 1024;

/// Page cache, in KiB, of who reads everything once.
const ONCE_CACHE_KIB: i64 = 512;

/// What the first 100 bytes of a file say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// No file, or one without a byte.
    Missing,
    /// A file of this program, of this version.
    Ours(i64),
}

/// Reads what `path` is, without SQLite, so without a write.
pub(super) fn header(path: &Path) -> Result<Header, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Header::Missing),
        Err(err) => return Err(err.into()),
    };
    let mut bytes = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Ok(Header::Missing);
    }
    let number = |at: usize| -> Option<i64> {
        let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(i64::from(u32::from_be_bytes(four)))
    };
    let (Some(version), Some(application)) = (number(60), number(68)) else {
        return Err(StoreError::NotADeskFile);
    };
    if !bytes.starts_with(b"SQLite format 3\0") || application != APPLICATION_ID {
        return Err(StoreError::NotADeskFile);
    }
    if version > SCHEMA_VERSION {
        return Err(StoreError::Newer { found: version, known: SCHEMA_VERSION });
    }
    Ok(Header::Ours(version))
}

/// Opens `path` to write, made anew when it is missing, at the newest schema.
pub(super) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    if header(path)? == Header::Missing {
        files::check_no_restore_was_interrupted(path)?;
        files::set_orphans_aside(path)?;
        // SQLite gives the log the rights of the file.
        files::make_private(path)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    check_and_prepare(&mut conn)?;
    if conn.is_readonly("main")? {
        return Err(StoreError::ReadOnly);
    }
    migrations::climb(&mut conn, path)?;
    ready_to_write(conn)
}

/// A new file that is gone when it is closed.
pub(super) fn open_in_memory() -> Result<Connection, StoreError> {
    let mut conn = Connection::open_in_memory()?;
    check_and_prepare(&mut conn)?;
    migrations::climb_all(&mut conn)?;
    ready_to_write(conn)
}

fn ready_to_write(mut conn: Connection) -> Result<Connection, StoreError> {
    switch_to_log(&mut conn)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(conn)
}

/// Switches a new file to the write-ahead log. SQLite does not ask the busy handler for this, so
/// that of several programs which make the same file, all but one would be told that it is in use.
fn switch_to_log(conn: &mut Connection) -> Result<(), StoreError> {
    // Where SQLite does ask it, its waits would multiply with those here.
    conn.busy_timeout(Duration::ZERO)?;
    for _ in 0..TURNS_ASKED {
        match conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(err) if err.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                std::thread::sleep(TURN);
            }
            switched => {
                switched?;
                return wait_for_turns(conn);
            }
        }
    }
    Err(StoreError::Busy)
}

fn wait_for_turns(conn: &mut Connection) -> Result<(), StoreError> {
    conn.busy_handler(Some(|n_asked| {
        std::thread::sleep(TURN);
        n_asked < TURNS_ASKED
    }))?;
    Ok(())
}

/// Opens `path` to read. It must be there, at the newest schema.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    // Asked of the system and of SQLite, not through `header`: closing a plain handle of the file
    // would drop the locks that another connection of this process holds on it, and the next
    // program to close the file would take the log away from under that connection.
    let n_bytes = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => 0,
        Err(err) => return Err(err.into()),
    };
    if n_bytes == 0 {
        files::check_no_restore_was_interrupted(path)?;
        return Err(StoreError::CannotOpen("there is no file".to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    wait_for_turns(&mut conn)?;
    let application: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Err(StoreError::NotADeskFile);
    }
    check_and_prepare(&mut conn)?;
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    Ok(conn)
}

/// For reading everything once: a page is not come back to.
pub(super) fn keep_few_pages(conn: &Connection) -> Result<(), StoreError> {
    Ok(conn.pragma_update(None, "cache_size", -ONCE_CACHE_KIB)?)
}

/// Settles what a file may do to this program, then looks at its version once more: the header
/// can be older than what stands in the write-ahead log.
fn check_and_prepare(conn: &mut Connection) -> Result<(), StoreError> {
    wait_for_turns(conn)?;
    // Closing a file that is refused must not move its log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    let found = migrations::version(conn)?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::Newer { found, known: SCHEMA_VERSION });
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    // Without it SQLite plans a statement anew for every value that a partial index might care for:
    // that is dearer than the answer.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}
