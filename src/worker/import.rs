//! A file into the desk's file, with progress and Cancel.

use crate::domain::customer::Customer;
use crate::domain::entry::{ImportCounts, Stamp};
use crate::domain::intake::{self, ImportEnd, ImportNews, KeyLine, RefusedLine, SubscriptionLine};
use crate::exchange::catalog;
use crate::exchange::csv::{FileRow, RowFile};
use crate::exchange::error::ReadError;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::import::{ImportJob, ImportMode};
use crate::worker::Place;
use crate::worker::command::{FileKind, Ticket};
use crate::worker::event::{Event, ImportReport, Progress, REFUSED_SHOWN_MAX, WorkError};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Imports the file; what was refused is told, and nothing is kept when it was canceled.
pub(super) fn run(
    store: &mut Store,
    (stamp, kind, path): (Stamp, FileKind, &Path),
    told: (&Place, Ticket),
) -> Result<Event, WorkError> {
    match kind {
        FileKind::Rows(intake::FileKind::Customers) => {
            rows::<Customer>(store, (stamp, path), told, Store::import_customers)
        }
        FileKind::Rows(intake::FileKind::Subscriptions) => {
            rows::<SubscriptionLine>(store, (stamp, path), told, Store::import_subscriptions)
        }
        FileKind::Rows(intake::FileKind::Keys) => {
            rows::<KeyLine>(store, (stamp, path), told, Store::import_keys)
        }
        FileKind::Catalog => products(store, stamp, path),
    }
}

/// One of the store's imports.
pub(super) type Import<R> = fn(
    &mut Store,
    &mut dyn Iterator<Item = intake::Intake<R>>,
    ImportJob<'_>,
) -> Result<ImportEnd, StoreError>;

fn rows<R: FileRow>(
    store: &mut Store,
    (stamp, path): (Stamp, &Path),
    (at, ticket): (&Place, Ticket),
    import: Import<R>,
) -> Result<Event, WorkError> {
    let mut file = RowFile::<R>::open(path).map_err(|cause| unreadable(path, cause))?;
    let n_bytes_all = file.n_bytes().unwrap_or_default();
    let mut report = empty_report(FileKind::Rows(R::KIND), path);
    let mut watch = |news| {
        match news {
            ImportNews::Refused(line) => keep(&mut report.refused, line),
            ImportNews::Noted(note) => report.notes.push(note),
            ImportNews::Progress { n_read, at_byte } => {
                let progress = Progress { n_bytes: at_byte, n_bytes_all, n_rows: n_read };
                at.outbox.tell_progress(ticket, progress);
            }
        }
        if at.outbox.is_canceled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let job = ImportJob { stamp, mode: ImportMode::Keep, watch: &mut watch };
    let end = import(store, &mut file, job)?;
    if let Some(cause) = file.failure() {
        return Err(unreadable(path, cause));
    }
    report.notes.splice(0..0, file.notes());
    Ok(match end {
        ImportEnd::Done(counts) => Event::Imported(Box::new(ImportReport { counts, ..report })),
        ImportEnd::Stopped => Event::ImportCanceled,
    })
}

fn products(store: &mut Store, stamp: Stamp, path: &Path) -> Result<Event, WorkError> {
    let read = catalog::read_catalog(path, stamp.at).map_err(|cause| unreadable(path, cause))?;
    let mut report = empty_report(FileKind::Catalog, path);
    // A catalog is small: nobody waits for it, so nobody can cancel it.
    let mut watch = |news| {
        match news {
            ImportNews::Refused(line) => keep(&mut report.refused, line),
            ImportNews::Noted(note) => report.notes.push(note),
            ImportNews::Progress { .. } => (),
        }
        ControlFlow::Continue(())
    };
    let job = ImportJob { stamp, mode: ImportMode::Keep, watch: &mut watch };
    let end = store.import_catalog(&mut read.into_rows(), job)?;
    Ok(match end {
        ImportEnd::Done(counts) => Event::Imported(Box::new(ImportReport { counts, ..report })),
        ImportEnd::Stopped => Event::ImportCanceled,
    })
}

fn empty_report(kind: FileKind, path: &Path) -> ImportReport {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    ImportReport {
        kind,
        name: name.unwrap_or_default(),
        counts: ImportCounts::default(),
        refused: Vec::new(),
        notes: Vec::new(),
    }
}

fn keep(refused: &mut Vec<RefusedLine>, line: RefusedLine) {
    if refused.len() < REFUSED_SHOWN_MAX {
        refused.push(line);
    }
}

fn unreadable(path: &Path, cause: ReadError) -> WorkError {
    WorkError::Read { path: path.display().to_string(), cause }
}
