//! The header: which column stands where, found by name in any order.

use crate::domain::intake::{FileKind, PreviewColumn, quoted};
use crate::exchange::csv::records::Record;
use crate::exchange::error::ReadError;

/// Where the columns of a file stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    columns: Vec<PreviewColumn>,
}

/// The places of a kind's columns, in the order of `required` and then `optional`.
pub(super) type Places = Vec<Option<usize>>;

impl Header {
    /// Reads the first record as the header of a `kind` file.
    pub(super) fn read(kind: FileKind, record: &Record) -> Result<Self, ReadError> {
        let names: Vec<String> = record.fields().map(plain).collect();
        let has = |column: &str| names.iter().any(|name| name == column);
        let missing: Vec<_> =
            kind.required().iter().copied().filter(|column| !has(column)).collect();
        if !missing.is_empty() {
            let is_whole = |kind: &FileKind| kind.required().iter().all(|column| has(column));
            let knows_one = FileKind::ALL.iter().flat_map(|kind| kind.required()).any(|c| has(c));
            return Err(match FileKind::ALL.into_iter().find(is_whole) {
                Some(found) => ReadError::OtherKind { wanted: kind, found },
                None if knows_one => ReadError::MissingColumns(missing),
                None => ReadError::NoHeader(kind),
            });
        }
        let known = |name: &String| {
            kind.required().iter().chain(kind.optional()).copied().find(|column| column == name)
        };
        for column in kind.required().iter().chain(kind.optional()) {
            if names.iter().filter(|name| name == column).count() > 1 {
                return Err(ReadError::ColumnTwice(column));
            }
        }
        let columns = record
            .fields()
            .zip(&names)
            .map(|(heading, name)| PreviewColumn { heading: quoted(heading), read_as: known(name) })
            .collect();
        Ok(Self { columns })
    }

    /// The kind of file whose columns this header has most of, not always all of them; `None` when
    /// it names none that is known.
    pub(super) fn kind_of(record: &Record) -> Option<FileKind> {
        let names: Vec<String> = record.fields().map(plain).collect();
        let percent = |kind: &FileKind| {
            let required = kind.required();
            let n_found = required.iter().filter(|column| names.iter().any(|n| n == *column));
            n_found.count() * 100 / required.len()
        };
        FileKind::ALL.into_iter().max_by_key(percent).filter(|kind| percent(kind) > 0)
    }

    /// The columns in the file's order, with what each is read as.
    pub fn columns(&self) -> &[PreviewColumn] {
        &self.columns
    }

    /// The headings of the columns that are skipped, because nobody here knows them.
    pub fn skipped(&self) -> Vec<&str> {
        let skipped = self.columns.iter().filter(|column| column.read_as.is_none());
        skipped.map(|column| column.heading.as_str()).collect()
    }

    /// Where the columns of `kind` stand.
    pub(super) fn places(&self, kind: FileKind) -> Places {
        let place = |name: &&'static str| {
            self.columns.iter().position(|column| column.read_as == Some(*name))
        };
        kind.required().iter().chain(kind.optional()).map(place).collect()
    }
}

/// A heading as it is compared: `External ID` is `external_id`.
fn plain(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What parts the fields: the one of comma, semicolon and tab that the first line has most of.
pub(super) fn delimiter_of(first_line: &[u8]) -> u8 {
    let parts = |delimiter: u8| first_line.split(|byte| *byte == delimiter).count();
    // Of equals the last one is taken.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| parts(*delimiter)).unwrap_or(b',')
}
