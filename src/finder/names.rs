//! Names and e-mail addresses in memory: read from the file on a thread of their own, and kept as
//! the file is.
//!
//! Before each answer the file is asked whether anything was committed; who came or changed since
//! is one range of an index. After a large import it is quicker to read everything anew, in the
//! background, while the old names and the file's own index answer.

use crate::domain::key::last_four;
use crate::lookup::index::{NameIndex, NameIndexBuilder, Named};
use crate::lookup::inside::InsideIndex;
use crate::store::error::StoreError;
use crate::store::find::DirectoryRow;
use crate::store::reader::Reader;
use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

/// Who came or changed is taken in before an answer up to so many; beyond it, everything is read
/// anew.
const CHANGES_MAX: usize = 50;

/// Rows between two words on progress.
const PROGRESS_ROWS: i64 = 16 * 1024;

/// Of all the work, in percent, what is done when every row is read; the rest is sorting.
const READ_PERCENT: i64 = 70;

/// Hears how far the names are, in percent; 100 when they answer, or never will.
#[derive(Clone)]
pub struct Told(Arc<dyn Fn(u8) + Send + Sync>);

impl Told {
    /// Calls `told` from the thread that reads.
    pub fn new(told: impl Fn(u8) + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }
}

impl Default for Told {
    /// Nobody hears it.
    fn default() -> Self {
        Self::new(|_| ())
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told")
    }
}

/// What is in memory, and up to which entry of the journal it is so.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// All names.
    pub(super) names: NameIndex,
    /// All e-mail addresses by what is inside them.
    pub(super) emails: InsideIndex,
    seq: i64,
}

impl Memory {
    /// Takes `row` in, for when `names` is refreshed.
    fn put(&mut self, row: DirectoryRow<'_>) {
        self.names.put(&named(row));
        self.emails.put(row.row(), row.email());
    }
}

fn named(row: DirectoryRow<'_>) -> Named<'_> {
    Named {
        row: row.row(),
        given: row.given_name(),
        surname: row.surname(),
        town: row.city(),
        postcode: row.postcode(),
        last_four: row.phones().map(last_four),
    }
}

/// The reading of all names, under way. Dropping it waits until its thread has closed the file.
#[derive(Debug)]
struct Build {
    done: Receiver<Result<Memory, StoreError>>,
    /// Its other end is dropped when the file is closed.
    closed: Receiver<()>,
    is_canceled: Arc<AtomicBool>,
}

impl Drop for Build {
    fn drop(&mut self) {
        self.is_canceled.store(true, Ordering::Relaxed);
        // An error is what is waited for.
        let _ = self.closed.recv();
    }
}

/// The names of one file.
#[derive(Debug)]
pub struct Names {
    path: PathBuf,
    told: Told,
    memory: Option<Memory>,
    build: Option<Build>,
    /// Whether more changed than was taken in.
    is_behind: bool,
    /// Whether the last reading of everything failed: it is tried again when the file has changed.
    has_failed: bool,
    /// What `Reader::data_version` was when the file was last looked at.
    version: Option<i64>,
}

impl Names {
    /// Nothing is read yet.
    pub(super) fn of(path: &Path, told: Told) -> Self {
        let path = path.to_owned();
        let (memory, build, version) = (None, None, None);
        Self { path, told, memory, build, is_behind: false, has_failed: false, version }
    }

    /// What is in memory; `None` until everything is read.
    pub(super) fn memory(&self) -> Option<&Memory> {
        self.memory.as_ref()
    }

    /// Whether the file knows of names that are not in memory.
    pub(super) fn is_behind(&self) -> bool {
        self.is_behind || self.memory.is_none()
    }

    pub(super) fn n_bytes(&self) -> usize {
        self.memory.as_ref().map_or(0, |memory| memory.names.n_bytes() + memory.emails.n_bytes())
    }

    /// Reads everything now, on this thread.
    pub(super) fn read(&mut self, reader: &Reader) -> Result<(), StoreError> {
        self.memory = read_all(reader, &self.told, &AtomicBool::new(false))?.map(Draft::build);
        Ok(())
    }

    /// Begins to read everything on a thread of its own, unless that is under way.
    pub(super) fn begin(&mut self) {
        if self.build.is_some() {
            return;
        }
        self.has_failed = false;
        (self.told.0)(0);
        let (done_in, done) = sync_channel(1);
        let (closed_in, closed) = sync_channel::<()>(0);
        let is_canceled = Arc::new(AtomicBool::new(false));
        let (path, told, canceled) =
            (self.path.clone(), self.told.clone(), Arc::clone(&is_canceled));
        let thread = std::thread::Builder::new().name("swapdesk names".to_owned());
        let begun = thread.spawn(move || {
            let read = Reader::open(&path).and_then(|reader| {
                reader.keep_few_pages()?;
                read_all(&reader, &told, &canceled)
            });
            drop(closed_in);
            let Some(read) = read.transpose() else { return };
            // When nobody waits any more there is nobody to tell.
            if done_in.send(read.map(Draft::build)).is_ok() {
                (told.0)(100);
            }
        });
        match begun {
            Ok(_) => self.build = Some(Build { done, closed, is_canceled }),
            // The file answers with names as typed, as it does until then anyway.
            Err(err) => {
                log::error!("names can't be read: {err}");
                self.has_failed = true;
                (self.told.0)(100);
            }
        }
    }

    /// Takes in what was committed since the last answer, by whichever program.
    pub(super) fn follow(&mut self, reader: &Reader) -> Result<(), StoreError> {
        self.take_built();
        // Asked before the rows, so that what is committed in between is asked for again.
        let version = Some(reader.data_version()?);
        if self.has_failed && version != self.version {
            self.version = version;
            self.begin();
        }
        let Some(memory) = &mut self.memory else { return Ok(()) };
        if version == self.version || self.is_behind {
            return Ok(());
        }
        let mut n_changes = 0;
        let seq = reader.each_changed_customer(memory.seq, &mut |row| {
            n_changes += 1;
            if n_changes > CHANGES_MAX {
                return ControlFlow::Break(());
            }
            memory.put(row);
            ControlFlow::Continue(())
        })?;
        if n_changes > 0 {
            memory.names.refresh();
        }
        self.is_behind = n_changes > CHANGES_MAX;
        if !self.is_behind {
            memory.seq = seq;
        }
        self.version = version;
        if self.is_behind || memory.names.wants_rebuild() {
            self.begin();
        }
        Ok(())
    }

    fn take_built(&mut self) {
        let Some(build) = &self.build else { return };
        match build.done.try_recv() {
            Ok(Ok(memory)) => {
                self.memory = Some(memory);
                self.is_behind = false;
                // What was committed while it was made is asked for now.
                self.version = None;
            }
            Ok(Err(err)) => {
                log::error!("names can't be read: {err}");
                self.has_failed = true;
            }
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                log::error!("names can't be read");
                self.has_failed = true;
                (self.told.0)(100);
            }
        }
        self.build = None;
    }
}

/// Everybody, read and not yet sorted.
struct Draft {
    names: NameIndexBuilder,
    emails: InsideIndex,
    seq: i64,
}

impl Draft {
    fn build(self) -> Memory {
        Memory { names: self.names.build(), emails: self.emails.build(), seq: self.seq }
    }
}

/// Reads everybody; `None` when it was canceled.
fn read_all(
    reader: &Reader,
    told: &Told,
    is_canceled: &AtomicBool,
) -> Result<Option<Draft>, StoreError> {
    let last_row = reader.last_customer_row()?.max(1);
    let mut draft =
        Draft { names: NameIndexBuilder::default(), emails: InsideIndex::default(), seq: 0 };
    let mut n_rows = 0;
    let seq = reader.each_customer(&mut |row| {
        draft.names.add(&named(row));
        draft.emails.add(row.row(), row.email());
        n_rows += 1;
        if n_rows % PROGRESS_ROWS == 0 {
            (told.0)((READ_PERCENT * row.row().min(last_row) / last_row) as u8);
            if is_canceled.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    draft.seq = seq;
    Ok((!is_canceled.load(Ordering::Relaxed)).then_some(draft))
}
