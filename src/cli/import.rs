//! `swapdesk import`: refused lines as they come, then one line of counts.

use crate::cli::args::{Import, ImportWhat};
use crate::cli::{CliError, Desk, Outcome};
use crate::clock;
use crate::domain::customer::Customer;
use crate::domain::entry::{ImportCounts, Stamp};
use crate::domain::intake::{ImportEnd, ImportNews, KeyLine, SubscriptionLine};
use crate::domain::time::Moment;
use crate::exchange::catalog::read_catalog;
use crate::exchange::csv::{FileRow, RowFile};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::import::{ImportJob, ImportMode};
use std::io::IsTerminal as _;
use std::ops::ControlFlow;

pub(super) fn run(desk: &mut Desk<'_>, args: &Import) -> Result<Outcome, CliError> {
    let now = clock::now();
    let rows_of = |err| CliError::Read(args.source.clone(), err);
    // The file is looked at before the desk's file is opened: a wrong one makes nothing.
    let (end, notes) = match args.what {
        ImportWhat::Customers => {
            let rows = RowFile::<Customer>::open(&args.source).map_err(rows_of)?;
            read_rows(desk, args, rows, Store::import_customers)?
        }
        ImportWhat::Subscriptions => {
            let rows = RowFile::<SubscriptionLine>::open(&args.source).map_err(rows_of)?;
            read_rows(desk, args, rows, Store::import_subscriptions)?
        }
        ImportWhat::Keys => {
            let rows = RowFile::<KeyLine>::open(&args.source).map_err(rows_of)?;
            read_rows(desk, args, rows, Store::import_keys)?
        }
        ImportWhat::Catalog => {
            let rows = read_catalog(&args.source, now).map_err(rows_of)?;
            let mut store = open(desk, args, now)?;
            let end = with_job(desk, args, (now, None), |job| {
                store.import_catalog(&mut rows.into_rows(), job)
            })?;
            (end, Vec::new())
        }
    };
    for note in notes {
        writeln!(desk.words, "note: {note}")?;
    }
    match end {
        ImportEnd::Done(counts) => tell(desk, args, counts),
        ImportEnd::Stopped => {
            Err(CliError::Refused("the import was stopped; nothing was changed".to_owned()))
        }
    }
}

/// Opens the store; for a dry run what it holds now, in memory, so that the window goes on. A large
/// file is tried out itself, and all is taken back.
fn open(desk: &Desk<'_>, args: &Import, now: Moment) -> Result<Store, CliError> {
    if args.dry_run {
        let rehearsal = Store::rehearsal(&desk.file, now).map_err(|err| desk.failed(err))?;
        if let Some(store) = rehearsal {
            return Ok(store);
        }
    }
    desk.make_folder()?;
    Store::open(&desk.file, now).map_err(|err| desk.failed(err))
}

/// Imports the rows of a file and gives the reader's notes.
fn read_rows<R: FileRow>(
    desk: &mut Desk<'_>,
    args: &Import,
    mut rows: RowFile<R>,
    import: impl FnOnce(
        &mut Store,
        &mut dyn Iterator<Item = crate::domain::intake::Intake<R>>,
        ImportJob<'_>,
    ) -> Result<ImportEnd, StoreError>,
) -> Result<(ImportEnd, Vec<String>), CliError> {
    let now = clock::now();
    let mut store = open(desk, args, now)?;
    let n_bytes = rows.n_bytes();
    let end = with_job(desk, args, (now, n_bytes), |job| import(&mut store, &mut rows, job))?;
    match rows.failure() {
        Some(err) => Err(CliError::Read(args.source.clone(), err)),
        None => Ok((end, rows.notes())),
    }
}

/// Runs an import that tells its news here. A reader who has gone does not stop it: what was
/// asked for is done, whether or not somebody reads along.
fn with_job(
    desk: &mut Desk<'_>,
    args: &Import,
    (now, n_bytes): (Moment, Option<u64>),
    import: impl FnOnce(ImportJob<'_>) -> Result<ImportEnd, StoreError>,
) -> Result<ImportEnd, CliError> {
    let shows_progress = std::io::stderr().is_terminal();
    let mut watch = |news| {
        let told = match news {
            ImportNews::Refused(refused) => writeln!(desk.data, "{refused}"),
            ImportNews::Noted(note) => writeln!(desk.words, "note: {note}"),
            ImportNews::Progress { n_read, at_byte } if shows_progress => {
                let percent = n_bytes.map_or(0, |n| at_byte * 100 / n.max(1));
                write!(desk.words, "\r{n_read} rows, {percent} % ")
            }
            ImportNews::Progress { .. } => Ok(()),
        };
        drop(told);
        ControlFlow::Continue(())
    };
    let mode = if args.dry_run { ImportMode::DryRun } else { ImportMode::Keep };
    let end = import(ImportJob { stamp: Stamp::new(now, None), mode, watch: &mut watch });
    if shows_progress {
        write!(desk.words, "\r")?;
    }
    end.map_err(|err| desk.failed(err))
}

fn tell(desk: &mut Desk<'_>, args: &Import, counts: ImportCounts) -> Result<Outcome, CliError> {
    let ImportCounts { n_read, n_added, n_changed, n_refused } = counts;
    writeln!(
        desk.data,
        "{n_read} read, {n_added} added, {n_changed} changed, {n_refused} refused"
    )?;
    let words = match (n_added + n_changed, args.dry_run) {
        _ if n_read == 0 => "the file has a header and no rows",
        _ if n_read == n_refused => "no line could be taken; nothing was changed",
        (0, _) => "nothing changed: what could be taken is on file already",
        (_, true) => "this was a dry run: nothing was changed",
        (_, false) => "done",
    };
    writeln!(desk.words, "{words}")?;
    let is_useless = n_read > 0 && n_read == n_refused;
    Ok(if is_useless { Outcome::FoundWrong } else { Outcome::Done })
}
