//! CSV files of customers, subscriptions and keys: bounded, in UTF-8 or Windows-1252, columns by
//! name in any order, line numbers as an editor shows them.
//!
//! A bad line costs itself and no other. Absent on purpose: any guess at what a bad line meant.

mod decode;
mod header;
mod lines;
mod records;
mod rows;
#[cfg(test)]
mod tests;

use crate::domain::entry::FileMark;
use crate::domain::intake::{
    Encoding, FileKind, Intake, LineProblem, Preview, PreviewRow, RefusedLine,
};
use crate::domain::privacy::Secret;
use crate::exchange::error::ReadError;
pub use header::Header;
use lines::Lines;
use records::{Record, Records};
pub use rows::{Cells, FileRow};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::hash::{BuildHasher as _, RandomState};
use std::io::Read;
use std::marker::PhantomData;
use std::path::Path;

/// A file of rows, read from its beginning to its end. As an iterator it ends with
/// [`Intake::End`], or without one when the file can't be read on: see [`RowFile::failure`].
pub struct RowFile<R> {
    name: String,
    n_bytes: Option<u64>,
    encoding: Encoding,
    header: Header,
    places: header::Places,
    records: Records,
    /// Rows that were taken, by the hash of what names them: 12 bytes each, also for millions.
    seen: HashMap<u64, u32>,
    hasher: RandomState,
    n_other_encoding: u64,
    first_other_encoding: u64,
    failure: Option<ReadError>,
    is_over: bool,
    row: PhantomData<R>,
}

impl<R: FileRow> RowFile<R> {
    /// Opens the file at `path` and reads its header.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path)?;
        let n_bytes =
            file.metadata().ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len());
        Self::new(&name_of(path), Box::new(file), n_bytes)
    }

    /// Reads the header of `input`, which is called `name` and, if known, is `n_bytes` long.
    pub fn new(
        name: &str,
        input: Box<dyn Read + Send>,
        n_bytes: Option<u64>,
    ) -> Result<Self, ReadError> {
        let (mut records, encoding) = begin(input)?;
        let header = Header::read(R::KIND, first_record(&mut records)?)?;
        records.expect_columns(header.columns().len());
        Ok(Self {
            name: name.to_owned(),
            n_bytes,
            encoding,
            places: header.places(R::KIND),
            header,
            records,
            seen: HashMap::new(),
            hasher: RandomState::new(),
            n_other_encoding: 0,
            first_other_encoding: 0,
            failure: None,
            is_over: false,
            row: PhantomData,
        })
    }

    /// How the columns are read.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The file's size; `None` when nobody knows.
    pub fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// What is worth knowing and stops nothing: skipped columns, mixed encodings. Whole after the
    /// last row.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let skipped = self.header.skipped();
        if !skipped.is_empty() {
            notes.push(format!(
                "columns that are not known here were skipped: {}",
                skipped.join(", ")
            ));
        }
        if self.encoding != Encoding::Utf8 {
            notes.push(format!("the file was read as {}", self.encoding.label()));
        } else if self.n_other_encoding > 0 {
            notes.push(format!(
                "{} of the lines (the first is line {}) are not UTF-8 and were read as {}",
                self.n_other_encoding,
                self.first_other_encoding,
                Encoding::Windows1252.label()
            ));
        }
        notes
    }

    /// Why the file ended before its end, once.
    pub fn failure(&mut self) -> Option<ReadError> {
        self.failure.take()
    }

    /// The first `n_rows` rows and how the columns are read. The file is used up by it.
    pub fn preview(mut self, n_rows: usize) -> Result<Preview, ReadError> {
        let mut rows = Vec::new();
        while rows.len() < n_rows {
            let Some(next) = self.records.next_record()? else { break };
            rows.push(match next {
                Err(RefusedLine { line_no, why }) => {
                    PreviewRow { line_no, cells: Vec::new(), problem: Some(why) }
                }
                Ok(record) => PreviewRow {
                    line_no: record.line_no,
                    cells: shown_cells(R::KIND, &self.header, record),
                    problem: R::read(Cells::new(R::KIND, record, &self.places)).err(),
                },
            });
        }
        Ok(Preview {
            name: self.name,
            kind: R::KIND,
            encoding: self.encoding,
            n_bytes: self.n_bytes,
            columns: self.header.columns().to_vec(),
            rows,
        })
    }

    fn read_next(&mut self) -> Result<Intake<R>, ReadError> {
        let Some(next) = self.records.next_record()? else {
            self.is_over = true;
            let sha256 = self.records.digest();
            return Ok(Intake::End(FileMark { name: self.name.clone(), sha256 }));
        };
        let record = match next {
            Ok(record) => record,
            Err(refused) => return Ok(Intake::Refused(refused)),
        };
        let (line_no, at_byte) = (record.line_no, record.at_byte);
        if record.is_1252 {
            self.n_other_encoding += 1;
            if self.n_other_encoding == 1 {
                self.first_other_encoding = line_no;
            }
        }
        let row = match R::read(Cells::new(R::KIND, record, &self.places)) {
            Ok(row) => row,
            Err(why) => return Ok(Intake::Refused(RefusedLine { line_no, why })),
        };
        let name = self.hasher.hash_one(row.identity());
        if let Some(&first_line) = self.seen.get(&name) {
            let why = LineProblem::Duplicate { what: R::UNIQUE, first_line };
            return Ok(Intake::Refused(RefusedLine { line_no, why }));
        }
        self.seen.insert(name, u32::try_from(line_no).unwrap_or(u32::MAX));
        Ok(Intake::Row { line_no, at_byte, row })
    }
}

impl<R: FileRow> Iterator for RowFile<R> {
    type Item = Intake<R>;

    fn next(&mut self) -> Option<Intake<R>> {
        if self.is_over {
            return None;
        }
        match self.read_next() {
            Ok(intake) => Some(intake),
            Err(err) => {
                self.is_over = true;
                self.failure = Some(err);
                None
            }
        }
    }
}

/// What kind of file lies at `path`, as far as its header tells: for a file that was dropped on the
/// window. What the header lacks is told by [`preview`].
pub fn kind_of(path: &Path) -> Result<FileKind, ReadError> {
    let (mut records, _) = begin(Box::new(File::open(path)?))?;
    let record = first_record(&mut records)?;
    Header::kind_of(record).ok_or(ReadError::NoHeader(FileKind::Customers))
}

/// The first `n_rows` rows of the `kind` file at `path`.
pub fn preview(path: &Path, kind: FileKind, n_rows: usize) -> Result<Preview, ReadError> {
    use crate::domain::customer::Customer;
    use crate::domain::intake::{KeyLine, SubscriptionLine};
    match kind {
        FileKind::Customers => RowFile::<Customer>::open(path)?.preview(n_rows),
        FileKind::Subscriptions => RowFile::<SubscriptionLine>::open(path)?.preview(n_rows),
        FileKind::Keys => RowFile::<KeyLine>::open(path)?.preview(n_rows),
    }
}

/// A file's name without folders.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Bytes as lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn begin(input: Box<dyn Read + Send>) -> Result<(Records, Encoding), ReadError> {
    let mut lines = Lines::new(input);
    let first = lines.peek()?;
    let encoding = decode::sniff(first)?;
    let has_mark = first.starts_with(decode::UTF8_MARK);
    let end = first.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let delimiter = header::delimiter_of(first.get(..end.unwrap_or(first.len())).unwrap_or(first));
    if has_mark {
        lines.skip(decode::UTF8_MARK.len())?;
    }
    Ok((Records::new(lines, delimiter), encoding))
}

fn first_record(records: &mut Records) -> Result<&Record, ReadError> {
    match records.next_record()? {
        None => Err(ReadError::Empty),
        Some(Err(refused)) => Err(ReadError::BadHeader(refused.why.to_string())),
        Some(Ok(record)) => Ok(record),
    }
}

/// A row as the preview shows it: nothing secret, nothing long.
fn shown_cells(kind: FileKind, header: &Header, record: &Record) -> Vec<String> {
    let shown = |(column, cell): (&crate::domain::intake::PreviewColumn, &str)| {
        let is_secret = column.read_as.is_some_and(|name| kind.is_secret(name));
        if is_secret && !cell.is_empty() {
            Secret::new(cell).ending(5)
        } else {
            crate::domain::intake::quoted(cell)
        }
    };
    header.columns().iter().zip(record.fields()).map(shown).collect()
}
