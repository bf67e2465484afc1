//! Names and e-mail addresses in memory: read from the file on a thread of their own, and kept as
//! the file is.
//!
//! Before each answer the file is asked whether anything was committed; who came or changed since
//! is one range of an index. After a large import it is quicker to read everything anew, in the
//! background, while the old names and the file's own index answer.

use super::errand::Errand;
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

/// The reading of all names, under way.
#[derive(Debug)]
struct Build {
    done: Receiver<Result<Memory, StoreError>>,
    /// Dropped with it.
    _errand: Errand,
}

/// The names of one file.
#[derive(Debug)]
pub struct Names {
    path: PathBuf,
    told: Told,
    memory: Option<Memory>,
    build: Option<Build>,
    /// The reading of the file's own keys, from when the names are there.
    touch: Option<Errand>,
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
        Self {
            path: path.to_owned(),
            told,
            memory: None,
            build: None,
            touch: None,
            is_behind: false,
            has_failed: false,
            version: None,
        }
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
        let (told, told_end) = (self.told.clone(), self.told.clone());
        let begun = Errand::begin(
            ("swapdesk names", &self.path),
            move |reader, is_canceled| read_all(reader, &told, is_canceled),
            move |read| {
                let Some(read) = read.transpose() else { return };
                // When nobody waits any more there is nobody to tell.
                if done_in.send(read.map(Draft::build)).is_ok() {
                    (told_end.0)(100);
                }
            },
        );
        match begun {
            Ok(errand) => self.build = Some(Build { done, _errand: errand }),
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

    /// Has the file's own keys read once, after the names, which more wait for.
    fn touch_keys(&mut self) {
        let touched = |came: Result<(), StoreError>| {
            if let Err(err) = came {
                log::warn!("keys can't be read ahead: {err}");
            }
        };
        match Errand::begin(("swapdesk keys", &self.path), Reader::touch_keys, touched) {
            Ok(errand) => self.touch = Some(errand),
            Err(err) => log::warn!("keys can't be read ahead: {err}"),
        }
    }

    fn take_built(&mut self) {
        let Some(build) = &self.build else { return };
        match build.done.try_recv() {
            Ok(Ok(memory)) => {
                self.memory = Some(memory);
                self.is_behind = false;
                // What was committed while it was made is asked for now.
                self.version = None;
                self.touch_keys();
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
