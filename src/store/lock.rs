//! One window a file. The command line works beside it.

use crate::store::error::StoreError;
use crate::store::files::with_end;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The sign that a window has the file open. The system takes it away with the process, however
/// that ends, so nothing stale can lock anybody out.
#[derive(Debug)]
pub struct WindowLock {
    _file: File,
}

impl WindowLock {
    /// Takes the sign, or says that another window has it.
    pub fn acquire(path: &Path) -> Result<Self, StoreError> {
        // Beside the file and never deleted: deleting a locked name lets two windows in.
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(with_end(path, ".window"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::WindowOpen),
            Err(TryLockError::Error(err)) => Err(err.into()),
        }
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
        drop(first);
        WindowLock::acquire(&path).expect("the next window");
    }
}
