//! Why the store could not do what it was asked.

use crate::domain::guard::Refusal;
use std::io;
use std::path::PathBuf;

/// Why the store could not do what it was asked. After any of these the file is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A rule of the desk says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No free key of the product is left.
    #[error("no free key of this product is left")]
    NoFreeKey,
    /// It is in the file already, under the same id.
    #[error("{0} is in the file already")]
    AlreadyThere(&'static str),
    /// Another program held the file for longer than the store waits.
    #[error("the file is in use by another program")]
    Busy,
    /// A window of this program has the file open.
    #[error("the file is open in another window")]
    WindowOpen,
    /// The file, its folder or its disk may only be read.
    #[error("the file can only be read")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The disk, the stick or the network drive did not answer as it should.
    #[error("the disk failed: {0}")]
    Disk(String),
    /// SQLite, or the check of the file, found damage.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// The file is no file of this program.
    #[error("not a file of this program")]
    NotADeskFile,
    /// A newer version of the program wrote the file. It was not touched.
    #[error("the file has version {found}, and this program knows version {known}")]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The file or its folder is not there, or may not be opened.
    #[error("can't open the file: {0}")]
    CannotOpen(String),
    /// Where something is to be written, something is. Nothing is ever overwritten.
    #[error("there is something already: {}", .0.display())]
    Exists(PathBuf),
    /// Anything else SQLite says: a bug of ours.
    #[error("SQLite: {0}")]
    Sqlite(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(err: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = || err.to_string();
        match &err {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                Code::DatabaseBusy | Code::DatabaseLocked => Self::Busy,
                Code::ReadOnly => Self::ReadOnly,
                Code::SystemIoFailure => Self::Disk(text()),
                Code::DatabaseCorrupt => Self::Damaged(text()),
                Code::DiskFull => Self::DiskFull,
                Code::CannotOpen | Code::PermissionDenied => Self::CannotOpen(text()),
                Code::NotADatabase => Self::NotADeskFile,
                _ => Self::Sqlite(text()),
            },
            // Only the column: the value may be a key, and this text ends in a log.
            rusqlite::Error::FromSqlConversionFailure(column, _, _) => {
                Self::Damaged(format!("column {column} holds what this program never writes"))
            }
            _ => Self::Sqlite(text()),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(err: io::Error) -> Self {
        match err.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied => {
                Self::CannotOpen(err.to_string())
            }
            _ => Self::Disk(err.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn each_code_of_sqlite_becomes_what_a_person_can_act_on() {
        let of =
            |code| StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(matches!(of(5), StoreError::Busy));
        assert!(matches!(of(8), StoreError::ReadOnly));
        assert!(matches!(of(10), StoreError::Disk(_)));
        assert!(matches!(of(778), StoreError::Disk(_)));
        assert!(matches!(of(11), StoreError::Damaged(_)));
        assert!(matches!(of(13), StoreError::DiskFull));
        assert!(matches!(of(14), StoreError::CannotOpen(_)));
        assert!(matches!(of(26), StoreError::NotADeskFile));
        assert!(matches!(of(1), StoreError::Sqlite(_)));
    }
}
