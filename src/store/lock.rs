//! One window a file, and no restore while somebody writes. The command line works beside a window.
//!
//! Locks lie beside the file and are never deleted: deleting a locked name lets two programs in.
//! The system takes them away with the process, however that ends, so nothing stale can lock
//! anybody out.

use crate::store::error::StoreError;
use crate::store::files::{real, with_end};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

/// How often a lock is asked for, and how long the pause is: half a second in all.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(10);

/// The sign that a window has the file open.
#[derive(Debug)]
pub struct WindowLock {
    _file: File,
}

impl WindowLock {
    /// Takes the sign, or says that another window has it.
    pub fn acquire(path: &Path) -> Result<Self, StoreError> {
        let file = open_beside(path, ".window")?;
        if is_locked(&file, File::try_lock)? {
            Ok(Self { _file: file })
        } else {
            Err(StoreError::WindowOpen)
        }
    }
}

/// The sign that a program may write to the file: many share it, and who puts another file in its
/// place has it alone.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes it beside other writers; busy while the file is being replaced.
    pub(super) fn share(path: &Path) -> Result<Self, StoreError> {
        let file = open_beside(path, ".writers").map_err(|err| match err.kind() {
            // The file can be opened where its folder can't be written to: to read.
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem if path.exists() => {
                StoreError::ReadOnly
            }
            _ => err.into(),
        })?;
        Self::take(file, File::try_lock_shared)
    }

    /// Takes it alone; busy while anybody writes or may write.
    pub(super) fn alone(path: &Path) -> Result<Self, StoreError> {
        let file = open_beside(path, ".writers")?;
        Self::take(file, File::try_lock)
    }

    fn take(
        file: File,
        try_lock: fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, StoreError> {
        if is_locked(&file, try_lock)? { Ok(Self { _file: file }) } else { Err(StoreError::Busy) }
    }
}

/// Asks for a lock until it is given, or was refused for half a second: who has it may be ending,
/// and a program that was just started holds a copy of every lock for a moment.
fn is_locked(
    file: &File,
    try_lock: fn(&File) -> Result<(), TryLockError>,
) -> Result<bool, StoreError> {
    for _ in 0..TRIES {
        match try_lock(file) {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(err)) => return Err(err.into()),
        }
    }
    Ok(false)
}

/// Opens the file that is locked. Two names of one file, one of them a link, are one lock.
fn open_beside(path: &Path, end: &str) -> io::Result<File> {
    let path = with_end(&real(path), end);
    match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
        // Another user's: reading is enough to lock.
        Err(err) if err.kind() == ErrorKind::PermissionDenied && path.exists() => File::open(path),
        opened => opened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_window_on_the_same_file_is_told_until_the_first_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        let first = WindowLock::acquire(&path).expect("the first window");
        assert!(matches!(WindowLock::acquire(&path), Err(StoreError::WindowOpen)));
        let other = folder.path().join("other.swapdesk");
        WindowLock::acquire(&other).expect("another file");
        let closing = std::thread::Builder::new().name("closing".to_owned()).spawn(move || {
            std::thread::sleep(3 * PAUSE);
            drop(first);
        });
        WindowLock::acquire(&path).expect("the next window, while the first one closes");
        closing.expect("a thread").join().expect("closed");
    }

    #[test]
    fn writers_share_the_file_and_who_replaces_it_has_it_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        let first = WriterLock::share(&path).expect("a writer");
        let second = WriterLock::share(&path).expect("another");
        drop(first);
        assert!(matches!(WriterLock::alone(&path), Err(StoreError::Busy)));
        drop(second);
        let alone = WriterLock::alone(&path).expect("nobody writes");
        assert!(matches!(WriterLock::share(&path), Err(StoreError::Busy)));
        drop(alone);
        WriterLock::share(&path).expect("a writer");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_file_is_the_same_file_also_before_it_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("desk.swapdesk", &link).expect("a link");
        for is_made in [false, true] {
            if is_made {
                std::fs::write(&path, b"").expect("a file");
            }
            let _first = WindowLock::acquire(&path).expect("the first window");
            assert!(matches!(WindowLock::acquire(&link), Err(StoreError::WindowOpen)));
        }
    }
}
