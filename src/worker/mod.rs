//! The threads that own the file: one writes, one reads, one does what takes long.
//!
//! The writer owns the only write connection. The reader answers searches and loads pages, so a
//! large import never keeps the technician from looking a customer up; all names are read into
//! memory on a thread of their own. Jobs (preview, verify, backup, export) have a connection of
//! their own. One thread reads exports of devices, and sees of the desk's file only which signatures
//! were chosen. One, started when it is wanted, watches a folder for exports. Channels are bounded, threads have names, and
//! dropping the [`Handle`] carries out what is queued and waits until the file is closed.

pub mod command;
pub mod demo;
pub mod event;
mod exports;
mod import;
mod jobs;
mod reader;
mod scan;
mod signatures;
mod watch;
mod writer;

use command::{Job, Read, ScanJob, Ticket, Write};
use event::{Event, WorkError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// Commands that may wait in one queue. Fingers never fill it.
const COMMANDS_MAX: usize = 256;
/// Answers that may wait to be taken in; a worker that is further ahead waits.
const EVENTS_MAX: usize = 1_024;

/// Threads that wait until the file is open: the reader and the jobs.
const N_WAITING: usize = 3;

/// Wakes the window when an answer is there.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What the threads share.
#[derive(Clone)]
struct Outbox {
    events: SyncSender<(Ticket, Event)>,
    wake: Wake,
    is_canceled: Arc<AtomicBool>,
}

impl Outbox {
    /// Tells an answer. When nobody listens any more there is nobody to tell.
    fn tell(&self, ticket: Ticket, event: Event) {
        if self.events.send((ticket, event)).is_ok() {
            (self.wake)();
        }
    }

    /// Tells progress, if there is room: a window that is not looking must not hold an import up.
    fn tell_progress(&self, ticket: Ticket, progress: event::Progress) {
        self.try_tell(ticket, Event::ImportProgress(progress));
    }

    /// Tells, if there is room.
    fn try_tell(&self, ticket: Ticket, event: Event) {
        if self.events.try_send((ticket, event)).is_ok() {
            (self.wake)();
        }
    }

    /// Tells how far the names are, in percent. Only the last word must arrive.
    fn tell_names(&self, percent: u8) {
        let event = (Ticket::default(), Event::NamesRead(percent));
        let told = if percent < 100 {
            self.events.try_send(event).is_ok()
        } else {
            self.events.send(event).is_ok()
        };
        if told {
            (self.wake)();
        }
    }

    fn tell_result(&self, ticket: Ticket, result: Result<Event, WorkError>) {
        self.tell(ticket, result.unwrap_or_else(Event::NotDone));
    }
}

/// The way to the threads and back.
pub struct Handle {
    writes: Option<SyncSender<(Ticket, Write)>>,
    reads: Option<SyncSender<(Ticket, Read)>>,
    jobs: Option<SyncSender<(Ticket, Job)>>,
    scans: Option<SyncSender<(Ticket, ScanJob)>>,
    /// To the thread that watches, once it is wanted.
    watched: Option<SyncSender<Option<PathBuf>>>,
    outbox: Outbox,
    events: Receiver<(Ticket, Event)>,
    is_canceled: Arc<AtomicBool>,
    /// Scans up to this ticket are not wanted any more.
    canceled_to: Arc<AtomicU64>,
    threads: Vec<JoinHandle<()>>,
    last_ticket: u64,
    n_unanswered: usize,
}

impl Handle {
    /// Starts the threads on the file at `path`. The writer opens it, creates it when it is not
    /// there, and says so with the first [`Event::Desk`], under [`Ticket`] 0.
    pub fn start(path: &Path, when: command::When, wake: Wake) -> std::io::Result<Self> {
        let (events_in, events) = sync_channel(EVENTS_MAX);
        let is_canceled = Arc::new(AtomicBool::new(false));
        let outbox = Outbox { events: events_in, wake, is_canceled: Arc::clone(&is_canceled) };
        let (opened_in, opened) = sync_channel::<()>(N_WAITING);
        let (writes, write_inbox) = sync_channel(COMMANDS_MAX);
        let (reads, read_inbox) = sync_channel(COMMANDS_MAX);
        let (jobs, job_inbox) = sync_channel(COMMANDS_MAX);
        let opened = Opened(Arc::new(std::sync::Mutex::new(opened)));
        let (scans, scan_inbox) = sync_channel(COMMANDS_MAX);
        let canceled_to = Arc::new(AtomicU64::new(0));
        let unwanted = Arc::clone(&canceled_to);
        let at = Place { path: path.to_owned(), outbox: outbox.clone(), opened };
        let threads = vec![
            spawn("swapdesk writer", &at, move |at| {
                writer::run(&at, when, &opened_in, &write_inbox)
            })?,
            spawn("swapdesk reader", &at, move |at| reader::run(&at, &read_inbox))?,
            spawn("swapdesk jobs", &at, move |at| {
                jobs::run(&at, &job_inbox);
                Ok(())
            })?,
            spawn("swapdesk scans", &at, move |at| scan::run(&at, &scan_inbox, &unwanted))?,
        ];
        Ok(Self {
            writes: Some(writes),
            reads: Some(reads),
            jobs: Some(jobs),
            scans: Some(scans),
            watched: None,
            outbox,
            events,
            is_canceled,
            canceled_to,
            threads,
            last_ticket: 0,
            n_unanswered: 0,
        })
    }

    /// Asks for a write.
    ///
    /// `None` when nobody will answer: see [`Self::read`].
    pub fn write(&mut self, command: Write) -> Option<Ticket> {
        if let Write::Import { .. } = command {
            self.is_canceled.store(false, Ordering::Relaxed);
        }
        let ticket = self.next_ticket();
        let sent = Self::send(self.writes.as_ref(), ticket, command);
        self.count(sent)
    }

    /// Asks for a read. `None` when nobody will answer: the thread is gone, or so far behind that
    /// its queue is full, and waiting for it would hang the window as well.
    pub fn read(&mut self, command: Read) -> Option<Ticket> {
        let ticket = self.next_ticket();
        let sent = Self::send(self.reads.as_ref(), ticket, command);
        self.count(sent)
    }

    /// Asks for a job. `None` when nobody will answer: see [`Self::read`].
    pub fn job(&mut self, command: Job) -> Option<Ticket> {
        let ticket = self.next_ticket();
        let sent = Self::send(self.jobs.as_ref(), ticket, command);
        self.count(sent)
    }

    /// Asks for a scan of a device's exports. `None` when nobody will answer: see [`Self::read`].
    pub fn scan(&mut self, command: ScanJob) -> Option<Ticket> {
        let ticket = self.next_ticket();
        let sent = Self::send(self.scans.as_ref(), ticket, command);
        self.count(sent)
    }

    /// Stops the scan that runs, and those that wait.
    pub fn cancel_scan(&self) {
        self.canceled_to.store(self.last_ticket, Ordering::Relaxed);
    }

    /// Watches this folder for exports from now on, or none. What lies there now is not told.
    pub fn watch(&mut self, folder: Option<PathBuf>) {
        if self.watched.is_none() && folder.is_some() {
            let (asked, inbox) = sync_channel(COMMANDS_MAX);
            let outbox = self.outbox.clone();
            let body = move || watch::run(&outbox, &inbox);
            match Builder::new().name("swapdesk watch".to_owned()).spawn(body) {
                Ok(thread) => {
                    self.threads.push(thread);
                    self.watched = Some(asked);
                }
                Err(why) => log::error!("the folder can't be watched: {why}"),
            }
        }
        if let Some(asked) = &self.watched
            && asked.try_send(folder).is_err()
        {
            log::error!("the folder can't be watched: its thread is gone");
        }
    }

    /// Stops the import that runs.
    pub fn cancel(&self) {
        self.is_canceled.store(true, Ordering::Relaxed);
    }

    /// The next answer, if one is there.
    pub fn take(&mut self) -> Option<(Ticket, Event)> {
        let (ticket, event) = self.events.try_recv().ok()?;
        match event {
            Event::ImportProgress(_) | Event::ScanProgress(_) => (),
            // Whoever has ended answers nothing more.
            Event::Stopped(_) | Event::NotDone(WorkError::NotOpened(_)) => self.n_unanswered = 0,
            _ if ticket == Ticket::default() => (),
            _ => self.n_unanswered = self.n_unanswered.saturating_sub(1),
        }
        Some((ticket, event))
    }

    /// Whether something that was asked for has not been answered yet.
    pub fn is_waiting(&self) -> bool {
        self.n_unanswered > 0
    }

    fn next_ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    fn send<T>(
        inbox: Option<&SyncSender<(Ticket, T)>>,
        ticket: Ticket,
        command: T,
    ) -> Option<Ticket> {
        inbox.is_some_and(|inbox| inbox.try_send((ticket, command)).is_ok()).then_some(ticket)
    }

    fn count(&mut self, sent: Option<Ticket>) -> Option<Ticket> {
        match sent {
            Some(_) => self.n_unanswered += 1,
            None => log::error!("a command was not taken: its thread is gone or too far behind"),
        }
        sent
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.cancel();
        self.cancel_scan();
        self.writes = None;
        self.reads = None;
        self.jobs = None;
        self.scans = None;
        self.watched = None;
        // A worker that waits for room in the outbox must be able to end.
        while self.threads.iter().any(|thread| !thread.is_finished()) {
            drop(self.events.recv_timeout(std::time::Duration::from_millis(5)));
        }
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                log::error!("a worker thread ended by a panic");
            }
        }
    }
}

/// The writer has opened the file: schema and all. The others wait for it.
#[derive(Clone)]
struct Opened(Arc<std::sync::Mutex<Receiver<()>>>);

impl Opened {
    /// Waits; `false` when the writer could not open the file.
    fn wait(&self) -> bool {
        self.0.lock().is_ok_and(|opened| opened.recv().is_ok())
    }
}

/// What each thread is given.
#[derive(Clone)]
struct Place {
    path: PathBuf,
    outbox: Outbox,
    opened: Opened,
}

/// Starts a thread that tells its end when it was not asked to end.
fn spawn(
    name: &str,
    at: &Place,
    body: impl FnOnce(Place) -> Result<(), WorkError> + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    let at = at.clone();
    let outbox = at.outbox.clone();
    let name_told = name.to_owned();
    Builder::new().name(name.to_owned()).spawn(move || {
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(at)));
        match ended {
            Ok(Ok(())) => (),
            Ok(Err(error)) => outbox.tell(Ticket(0), Event::NotDone(error)),
            Err(_) => outbox.tell(Ticket(0), Event::Stopped(name_told)),
        }
    })
}
