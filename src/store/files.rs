//! The files beside the file: numbered names, what is set aside instead of deleted, and how one
//! file takes the place of another.

use crate::store::error::StoreError;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a file and needs to read it whole.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// What SQLite keeps beside a file that is being made.
const LEFTOVERS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Lies beside a file while another takes its place, and says under which name it is kept.
const RESTORING: &str = ".restoring";

/// Where the file itself is, when `path` is a link to it: locks and what is kept lie there.
pub(super) fn real(path: &Path) -> PathBuf {
    if !path.is_symlink() {
        return path.to_owned();
    }
    path.canonicalize().unwrap_or_else(|_| {
        // A link to a file that is still to be made.
        let target = std::fs::read_link(path);
        target.map_or(path.to_owned(), |target| path.with_file_name(target))
    })
}

/// Puts a damaged file, with what belongs to it, under a name that is free, and says which.
/// Nothing is deleted. The file must not be open.
pub fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = free_name(path, "aside");
    move_whole(path, &aside)?;
    Ok(aside)
}

fn move_whole(path: &Path, aside: &Path) -> Result<(), StoreError> {
    // The file goes first: without its log it would open in silence, and be old.
    std::fs::rename(path, aside)?;
    move_companions(path, aside)
}

fn move_companions(path: &Path, aside: &Path) -> Result<(), StoreError> {
    for end in COMPANIONS {
        rename_if_there(&with_end(path, end), &with_end(aside, end))?;
    }
    Ok(())
}

/// Puts a log without a file under another name: SQLite would delete it on making a new file.
pub(super) fn set_orphans_aside(path: &Path) -> Result<(), StoreError> {
    let log = with_end(path, "-wal");
    let is_worth_keeping = log.metadata().is_ok_and(|meta| meta.len() > 0);
    // An empty file of nobody's is made by a program that is opening it right now.
    if is_worth_keeping && !path.exists() {
        move_companions(path, &free_name(path, "aside"))?;
    }
    Ok(())
}

fn rename_if_there(from: &Path, to: &Path) -> Result<(), StoreError> {
    match std::fs::rename(from, to) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// `desk.swapdesk` and `aside` give `desk.swapdesk.aside-1`, or the next number that is free.
pub(super) fn free_name(path: &Path, what: &str) -> PathBuf {
    with_end(path, &free_end(path, what))
}

fn free_end(path: &Path, what: &str) -> String {
    let ends = (1_u32..).map(|number| format!(".{what}-{number}"));
    let mut free = ends.filter(|end| {
        let name = with_end(path, end);
        !name.exists() && COMPANIONS.iter().all(|end| !with_end(&name, end).exists())
    });
    free.next().unwrap_or_else(|| ".aside".to_owned())
}

/// `path` with more at its end.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    PathBuf::from(name)
}

/// Makes an empty file that only its owner may read, since keys stand in it as they are. One that
/// is there keeps its rights.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    private().create(true).truncate(false).open(path).map(drop)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A file on its way to a place. What does not get there is taken away again.
pub(super) struct Part {
    path: PathBuf,
    is_in_place: bool,
}

impl Part {
    /// An empty one beside `dest`, under a name that nobody else has.
    pub(super) fn beside(dest: &Path) -> Result<Self, StoreError> {
        loop {
            let path = free_name(dest, "part");
            match private().create_new(true).open(&path) {
                // Another program was quicker.
                Err(err) if err.kind() == io::ErrorKind::AlreadyExists => (),
                made => return Ok(made.map(|_| Self { path, is_in_place: false })?),
            }
        }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it the name `dest`.
    pub(super) fn rename_to(mut self, dest: &Path) -> Result<(), StoreError> {
        std::fs::rename(&self.path, dest)?;
        self.is_in_place = true;
        sync_folder(dest);
        Ok(())
    }

    /// Puts it in the place of the file at `dest`, which nobody may have open. Gives the name
    /// under which that one is kept; `None` when there was none.
    ///
    /// What stops half-way leaves either file whole in the place, or none and a sign that
    /// [`check_no_restore_was_interrupted`] reads: never a new file in silence, nor a file with
    /// another one's log.
    pub(super) fn replace(self, dest: &Path) -> Result<Option<PathBuf>, StoreError> {
        let sign = with_end(dest, RESTORING);
        if !dest.exists() {
            match interrupted(dest) {
                Some(aside) => move_companions(dest, &aside)?,
                None => set_orphans_aside(dest)?,
            }
            self.rename_to(dest)?;
            remove(&sign);
            return Ok(None);
        }
        // Who may use the desk's file stays as it was.
        std::fs::set_permissions(&self.path, dest.metadata()?.permissions())?;
        let end = free_end(dest, "aside");
        let aside = with_end(dest, &end);
        leave_sign(&sign, &end)?;
        let replaced = move_whole(dest, &aside).and_then(|()| self.rename_to(dest));
        if replaced.is_err() && !dest.exists() {
            // The log goes first, as the file alone would be old.
            move_companions(&aside, dest)?;
            std::fs::rename(&aside, dest)?;
        }
        remove(&sign);
        replaced.map(|()| Some(aside))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_in_place {
            remove(&self.path);
            for end in LEFTOVERS {
                remove(&with_end(&self.path, end));
            }
        }
    }
}

fn leave_sign(sign: &Path, end: &str) -> io::Result<()> {
    let mut file = File::create(sign)?;
    file.write_all(end.as_bytes())?;
    file.sync_all()?;
    sync_folder(sign);
    Ok(())
}

/// Under which name the file is kept that was to be replaced, when the sign of it is there.
fn interrupted(path: &Path) -> Option<PathBuf> {
    let end = std::fs::read_to_string(with_end(path, RESTORING)).ok()?;
    let aside = with_end(path, &end);
    aside.exists().then_some(aside)
}

/// For a file that is not there: an error that says what to do, when a restore stopped between
/// setting it aside and putting the copy in its place.
pub(super) fn check_no_restore_was_interrupted(path: &Path) -> Result<(), StoreError> {
    match interrupted(path) {
        None => Ok(()),
        Some(aside) => Err(StoreError::CannotOpen(format!(
            "a restore was interrupted; run it again, or rename {} back",
            aside.display()
        ))),
    }
}

fn remove(path: &Path) {
    if let Err(err) = std::fs::remove_file(path)
        && err.kind() != io::ErrorKind::NotFound
    {
        log::warn!("{} stays: {err}", path.display());
    }
}

/// Makes a new name last through a power cut, where the system can. The file is in place already,
/// so that a failure is told in the log alone.
fn sync_folder(path: &Path) {
    if !cfg!(unix) {
        return;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    if let Err(err) = synced {
        log::warn!("{} may not last through a power cut: {err}", path.display());
    }
}
