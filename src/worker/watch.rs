//! A folder in which exports appear: a stick that comes and goes. It is looked at every two
//! seconds, and what is new or changed there, and whole, is told once.
//!
//! What lies in the folder when watching begins is old; what lies on a stick that comes later is
//! new, unless it was told before.

use crate::exchange::exports::files_in;
use crate::worker::Outbox;
use crate::worker::command::Ticket;
use crate::worker::event::Event;
use crate::worker::exports::is_export;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, SystemTime};

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Files that are remembered; a folder with more is not one of exports.
const FILES_MAX: usize = 10_000;

/// Watches the folder that was last asked for, or waits for one, until nobody can ask any more.
pub(super) fn run(outbox: &Outbox, inbox: &Receiver<Option<PathBuf>>) {
    let mut watched: Option<Watched> = None;
    loop {
        let asked = match watched {
            Some(_) => inbox.recv_timeout(EVERY),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match (asked, &mut watched) {
            (Err(RecvTimeoutError::Disconnected), _) => return,
            (Err(RecvTimeoutError::Timeout), Some(watched)) => {
                tell_place(outbox, watched);
                let paths = watched.look();
                if !paths.is_empty() {
                    outbox.tell(Ticket::default(), Event::ExportsAppeared { paths });
                }
            }
            (Err(RecvTimeoutError::Timeout), None) => (),
            (Ok(Some(folder)), Some(watched)) if watched.folder == folder => (),
            (Ok(folder), _) => {
                watched = folder.map(Watched::begin);
                if let Some(watched) = &mut watched {
                    tell_place(outbox, watched);
                }
            }
        }
    }
}

fn tell_place(outbox: &Outbox, watched: &mut Watched) {
    if let Some(is_there) = watched.news_of_place() {
        outbox.tell(Ticket::default(), Event::FolderSeen { is_there });
    }
}

/// By what a file is known to be the same: its size, and when it was last written.
type Look = (u64, Option<SystemTime>);

/// A folder and what is known of it.
struct Watched {
    folder: PathBuf,
    /// Files that were there at the beginning, were told, or are no exports.
    known: HashMap<PathBuf, Look>,
    /// New ones, as they looked last time: those still being written look otherwise next time.
    growing: HashMap<PathBuf, Look>,
    /// Whether it was there when that was told last.
    told_there: Option<bool>,
}

impl Watched {
    fn begin(folder: PathBuf) -> Self {
        let known = looks(&folder);
        Self { folder, known, growing: HashMap::new(), told_there: None }
    }

    /// Whether the folder is there, where that was not told yet.
    fn news_of_place(&mut self) -> Option<bool> {
        let is_there = self.folder.is_dir();
        (self.told_there.replace(is_there) != Some(is_there)).then_some(is_there)
    }

    /// The exports that are new or changed, whole, and not told yet.
    fn look(&mut self) -> Vec<PathBuf> {
        let now = looks(&self.folder);
        let mut told = Vec::new();
        let mut growing = HashMap::new();
        for (path, look) in now {
            if self.known.get(&path) == Some(&look) {
                continue;
            }
            if self.growing.get(&path) != Some(&look) {
                growing.insert(path, look);
                continue;
            }
            match is_export(&path) {
                Ok(is_export) => {
                    if is_export {
                        told.push(path.clone());
                    }
                    self.remember(path, look);
                }
                // It may be held by the program that writes it.
                Err(_) => {
                    growing.insert(path, look);
                }
            }
        }
        self.growing = growing;
        told.sort();
        told
    }

    fn remember(&mut self, path: PathBuf, look: Look) {
        if self.known.len() >= FILES_MAX {
            self.known.clear();
        }
        self.known.insert(path, look);
    }
}

/// The files of the folder; none when it is not there.
fn looks(folder: &Path) -> HashMap<PathBuf, Look> {
    let files = files_in(folder).map(|found| found.files).unwrap_or_default();
    let look = |path: PathBuf| {
        let about = fs::metadata(&path).ok()?;
        Some((path, (about.len(), about.modified().ok())))
    };
    files.into_iter().filter_map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = "package:com.kms.free\r\npackage:com.android.phone\r\n";

    #[test]
    fn what_is_new_or_changed_and_whole_is_told_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old.txt"), EXPORT).expect("a file");
        let mut watched = Watched::begin(folder.path().to_owned());
        assert_eq!(watched.look(), Vec::<PathBuf>::new());

        fs::write(at("new.txt"), EXPORT).expect("a file");
        fs::write(at("letter.txt"), "Dear customer").expect("a file");
        assert_eq!(watched.look(), Vec::<PathBuf>::new(), "it may still be written");
        fs::write(at("new.txt"), EXPORT.repeat(2)).expect("a file");
        assert_eq!(watched.look(), Vec::<PathBuf>::new(), "it was");
        assert_eq!(watched.look(), [at("new.txt")]);
        assert_eq!(watched.look(), Vec::<PathBuf>::new());

        fs::write(at("old.txt"), EXPORT.repeat(3)).expect("a file");
        watched.look();
        assert_eq!(watched.look(), [at("old.txt")]);
    }

    #[test]
    fn a_stick_that_comes_later_is_new_and_known_when_it_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let stick = folder.path().join("stick");
        let mut watched = Watched::begin(stick.clone());
        assert_eq!(watched.look(), Vec::<PathBuf>::new());
        assert_eq!((watched.news_of_place(), watched.news_of_place()), (Some(false), None));
        fs::create_dir(&stick).expect("a folder");
        assert_eq!((watched.news_of_place(), watched.news_of_place()), (Some(true), None));
        fs::write(stick.join("a.txt"), EXPORT).expect("a file");
        watched.look();
        assert_eq!(watched.look(), [stick.join("a.txt")]);
        let away = folder.path().join("away");
        fs::rename(&stick, &away).expect("pulled out");
        assert_eq!(watched.news_of_place(), Some(false));
        assert_eq!(watched.look(), Vec::<PathBuf>::new());
        fs::write(away.join("b.txt"), EXPORT).expect("a file");
        fs::rename(&away, &stick).expect("put in");
        watched.look();
        assert_eq!(watched.look(), [stick.join("b.txt")]);
    }
}
