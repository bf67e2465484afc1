//! Why a file could not be read, or written.

use crate::domain::intake::FileKind;
use std::io;

/// Why a file could not be read. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The disk or the system says no.
    #[error("the file can't be read: {0}")]
    Io(#[from] io::Error),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Text with two bytes a letter.
    #[error("the file is UTF-16 text; save it as \"CSV UTF-8\" and try again")]
    Utf16,
    /// Something else than text, known by its first bytes.
    #[error("the file is {0}, not text; save it as \"CSV UTF-8\" and try again")]
    NotText(&'static str),
    /// The first line can't be read as a row.
    #[error("line 1 is no header: {0}")]
    BadHeader(String),
    /// No column's name is known.
    #[error(
        "the file has no header: its first line should name the columns {}",
        .0.required().join(",")
    )]
    NoHeader(FileKind),
    /// Another kind of file.
    #[error("this looks like a {} file, not a {} file", .found.label(), .wanted.label())]
    OtherKind {
        /// What was asked for.
        wanted: FileKind,
        /// What its header says.
        found: FileKind,
    },
    /// Columns are missing.
    #[error("the header has no column {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// A column stands there twice.
    #[error("the header names the column {0} twice")]
    ColumnTwice(&'static str),
    /// Too large for what it should be.
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    /// Not the JSON that a catalog is.
    #[error("this is not a catalog: {0}")]
    NotACatalog(String),
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk, the pipe or the system says no.
    #[error("can't write: {0}")]
    Io(#[from] io::Error),
}
