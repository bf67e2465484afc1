//! What takes long and writes nothing to the file: preview, verify, backup, export.

use crate::exchange::{catalog, csv};
use crate::store::reader::Reader;
use crate::store::verify::verify;
use crate::worker::Place;
use crate::worker::command::{FileKind, Job, Ticket};
use crate::worker::event::{Event, FilePreview, Verified, WorkError};
use std::path::Path;
use std::sync::mpsc::Receiver;

/// Rows that a preview shows.
const PREVIEW_ROWS: usize = 8;

/// Waits for the file, then does what comes until nobody can ask any more.
pub(super) fn run(at: &Place, inbox: &Receiver<(Ticket, Job)>) -> Result<(), WorkError> {
    if !at.opened.wait() {
        return Ok(());
    }
    for (ticket, job) in inbox {
        at.outbox.tell_result(ticket, execute(&at.path, job));
    }
    Ok(())
}

fn execute(file: &Path, job: Job) -> Result<Event, WorkError> {
    match job {
        Job::Preview { kind, path } => {
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
                FileKind::Catalog => preview_catalog(&path).map_err(read)?,
            };
            Ok(Event::Previewed(Box::new(preview)))
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
