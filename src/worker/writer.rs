//! The thread that owns the write connection: one command after the other.

use crate::domain::card::CaseFile;
use crate::domain::entry::{Change, SheetKind, Stamp};
use crate::domain::handoff;
use crate::domain::id::CaseId;
use crate::exchange::pdf;
use crate::store::error::StoreError;
use crate::store::{NewCase, Recorded, Store};
use crate::worker::command::{Ticket, When, Write};
use crate::worker::event::{Event, WorkError};
use crate::worker::{Place, import, reader};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

/// After this much quiet the write-ahead log is moved into the file, while nobody waits.
const QUIET: Duration = Duration::from_millis(500);

/// Opens the file, tells so, and carries out what comes until nobody can send any more.
pub(super) fn run(
    at: &Place,
    when: When,
    opened: &SyncSender<()>,
    inbox: &Receiver<(Ticket, Write)>,
) -> Result<(), WorkError> {
    let mut store = Store::open(&at.path, when.now).map_err(WorkError::NotOpened)?;
    for _ in 0..super::N_WAITING {
        // A reader that is gone already has told why.
        let _ = opened.send(());
    }
    at.outbox.tell_result(Ticket::default(), reader::desk(store.read(), when));
    let mut is_moved = true;
    loop {
        match inbox.recv_timeout(QUIET) {
            Ok((ticket, command)) => {
                let result = execute(&mut store, command, (at, ticket));
                at.outbox.tell_result(ticket, result);
                is_moved = false;
            }
            Err(RecvTimeoutError::Timeout) if !is_moved => {
                // What was confirmed is safe in the log; a full disk only keeps it there longer.
                if let Err(error) = store.checkpoint() {
                    log::warn!("the log was not moved into the file: {error}");
                }
                is_moved = true;
            }
            // Nothing to do: wait without waking up.
            Err(RecvTimeoutError::Timeout) => match inbox.recv() {
                Ok((ticket, command)) => {
                    let result = execute(&mut store, command, (at, ticket));
                    at.outbox.tell_result(ticket, result);
                    is_moved = false;
                }
                Err(_) => return Ok(()),
            },
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

fn execute(
    store: &mut Store,
    command: Write,
    (at, ticket): (&Place, Ticket),
) -> Result<Event, WorkError> {
    match command {
        Write::Record { stamp, change, when } => {
            let recorded = store.record(stamp, change)?;
            recorded_event(store, &recorded, when)
        }
        Write::OpenCase { stamp, customer, subscription, when } => {
            let new = NewCase { customer, subscription, opened_on: when.today };
            let recorded = store.open_case(stamp, new)?;
            recorded_event(store, &recorded, when)
        }
        Write::HoldKey { stamp, case, product, when } => {
            let recorded = store.hold_key(stamp, case, product)?;
            recorded_event(store, &recorded, when)
        }
        Write::IssueAndMakeSheet { stamp, change, when } => {
            let case = change.case();
            store.record(stamp, change)?;
            let stamp = Stamp::new(when.now, stamp.by);
            make_sheet(store, stamp, (case, SheetKind::Handoff), when).map_err(after_record)
        }
        Write::MakeSheet { stamp, case, sheet, when } => {
            make_sheet(store, stamp, (Some(case), sheet), when)
        }
        Write::Import { stamp, kind, path } => {
            import::run(store, (stamp, kind, &path), (at, ticket))
        }
    }
}

fn recorded_event(store: &Store, recorded: &Recorded, when: When) -> Result<Event, WorkError> {
    let case = match recorded.change.case() {
        Some(id) => {
            let read = store.read().case_file(id, when.now);
            read.map_err(|error| after_record(error.into()))?.map(Box::new)
        }
        None => None,
    };
    Ok(Event::Recorded { case })
}

/// What fails once the change is in the file must not be told as if nothing had changed.
fn after_record(error: WorkError) -> WorkError {
    WorkError::AfterRecord(error.to_string())
}

fn make_sheet(
    store: &mut Store,
    stamp: Stamp,
    (case, sheet): (Option<CaseId>, SheetKind),
    when: When,
) -> Result<Event, WorkError> {
    let file = case_file(store, case, when)?;
    let settings = store.read().settings()?;
    let pdf = match sheet {
        SheetKind::Handoff => pdf::handoff_pdf(&handoff::sheet(&file, &settings, when.now)),
        SheetKind::Key => match handoff::key_sheet(&file, &settings, when.now) {
            Some(sheet) => pdf::key_pdf(&sheet),
            None => return Err(WorkError::Sheet("no key was handed out".to_owned())),
        },
    };
    let pdf = pdf.map_err(|error| WorkError::Sheet(error.to_string()))?;
    store.record(stamp, Change::SheetMade { case: file.case.id, sheet })?;
    let case = Box::new(case_file(store, case, when)?);
    Ok(Event::Sheet { case, sheet, pdf })
}

fn case_file(store: &Store, case: Option<CaseId>, when: When) -> Result<CaseFile, WorkError> {
    let file = match case {
        Some(id) => store.read().case_file(id, when.now)?,
        None => None,
    };
    let missing = crate::domain::guard::Refusal::Missing("the case");
    file.ok_or(WorkError::Store(StoreError::Refused(missing)))
}
