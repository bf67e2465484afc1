//! The files beside the file: numbered names, and what is set aside instead of deleted.

use crate::store::error::StoreError;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a file.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// Puts a damaged file, with what belongs to it, under a name that is free, and says which.
/// Nothing is deleted. The file must not be open.
pub fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = free_name(path, "aside");
    // The file goes first: without its log it would open in silence, and be old.
    std::fs::rename(path, &aside)?;
    for end in COMPANIONS {
        rename_if_there(&with_end(path, end), &with_end(&aside, end))?;
    }
    Ok(aside)
}

/// Puts a log without a file under another name: SQLite would delete it on making a new file.
pub(super) fn set_orphans_aside(path: &Path) -> Result<(), StoreError> {
    let log = with_end(path, "-wal");
    let is_worth_keeping = log.metadata().is_ok_and(|meta| meta.len() > 0);
    // An empty file of nobody's is made by a program that is opening it right now.
    if is_worth_keeping && !path.exists() {
        let aside = free_name(path, "aside");
        for end in COMPANIONS {
            rename_if_there(&with_end(path, end), &with_end(&aside, end))?;
        }
    }
    Ok(())
}

fn rename_if_there(from: &Path, to: &Path) -> Result<(), StoreError> {
    match std::fs::rename(from, to) {
        Err(err) if err.kind() != std::io::ErrorKind::NotFound => Err(err.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// `desk.swapdesk` and `aside` give `desk.swapdesk.aside-1`, or the next number that is free.
pub(super) fn free_name(path: &Path, what: &str) -> PathBuf {
    let names = (1_u32..).map(|number| with_end(path, &format!(".{what}-{number}")));
    let mut free = names.filter(|name| {
        !name.exists() && COMPANIONS.iter().all(|end| !with_end(name, end).exists())
    });
    free.next().unwrap_or_else(|| with_end(path, ".aside"))
}

/// `path` with more at its end.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}
