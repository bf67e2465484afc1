//! What takes long and writes nothing to the file: preview, verify, backup, export.

use crate::domain::time::Moment;
use crate::exchange::catalog::{CatalogFile, read_catalog};
use crate::exchange::csv;
use crate::exchange::error::ReadError;
use crate::exchange::export::CsvOut;
use crate::store::export::{ExportOf, Span};
use crate::store::reader::Reader;
use crate::store::verify::verify;
use crate::worker::command::{FileKind, Job, Table, Ticket, When};
use crate::worker::event::{Event, FilePreview, Verified, WorkError};
use crate::worker::{Place, signatures};
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::Receiver;
use tempfile::NamedTempFile;

/// Rows that a preview shows.
const PREVIEW_ROWS: usize = 8;

/// Waits for the file, then does what comes until nobody can ask any more.
pub(super) fn run(at: &Place, inbox: &Receiver<(Ticket, Job)>) {
    if at.opened.wait() {
        for (ticket, job) in inbox {
            at.outbox.tell_result(ticket, execute(&at.path, job));
        }
    }
}

fn execute(file: &Path, job: Job) -> Result<Event, WorkError> {
    match job {
        Job::Preview { kind, path, now } => {
            let read = |cause| WorkError::Read { path: path.display().to_string(), cause };
            let kind = match kind {
                Some(kind) => kind,
                None if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) => {
                    FileKind::Catalog
                }
                None => FileKind::Rows(csv::kind_of(&path).map_err(read)?),
            };
            let preview = match kind {
                FileKind::Rows(kind) => {
                    FilePreview::Rows(csv::preview(&path, kind, PREVIEW_ROWS).map_err(read)?)
                }
                FileKind::Catalog => preview_catalog(&path, now).map_err(read)?,
            };
            Ok(Event::Previewed(Box::new(preview)))
        }
        Job::Signatures(path) => {
            let reader = Reader::open(file)?;
            Ok(Event::SignaturesRead(signatures::read(&path, &signatures::here(&reader)?)))
        }
        Job::Verify => {
            let report = verify(file)?;
            let is_whole = report.is_whole();
            let lines = report.lines.into_iter().map(|line| line.text).collect();
            Ok(Event::Verified(Verified { lines, is_whole }))
        }
        Job::Backup(place) => {
            Reader::open(file)?.backup(&place)?;
            Ok(Event::BackedUp(place))
        }
        Job::Export(table, place, when) => export(file, (table, &place), when),
    }
}

fn preview_catalog(path: &Path, now: Moment) -> Result<FilePreview, ReadError> {
    let CatalogFile { file, products, refused } = read_catalog(path, now)?;
    Ok(FilePreview::Catalog { name: file.name, products, refused })
}

fn export(file: &Path, (table, place): (Table, &Path), when: When) -> Result<Event, WorkError> {
    let of = match table {
        Table::Cases => ExportOf::Cases,
        Table::Stock => ExportOf::Stock,
        Table::Journal => ExportOf::Journal,
    };
    let failed = |cause| WorkError::Write { path: place.display().to_string(), cause };
    // Written beside the place and put there when it is whole: what lies there stays until then.
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let out = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")));
    let mut out = out.map_err(|error| failed(error.into()))?;
    if is_same_file(file, place) {
        let error = std::io::Error::other("this is the desk's own file");
        return Err(failed(error.into()));
    }
    let mut csv = CsvOut::new(BufWriter::new(&mut out), of.columns()).map_err(failed)?;
    let mut written = Ok(());
    Reader::open(file)?.export(of, Span { from: None, to: None }, when.now, &mut |row| {
        written = csv.row(row);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written.and_then(|()| csv.finish()).map_err(failed)?;
    out.persist(place).map_err(|error| failed(error.error.into()))?;
    Ok(Event::Exported(place.to_owned()))
}

/// Whether two paths lead to one file that is there.
fn is_same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        (Err(_), _) | (_, Err(_)) => false,
    }
}
