//! `swapdesk backup` and `restore`: copies of the file.

use crate::cli::args::{Backup, Restore};
use crate::cli::{CliError, Desk, Outcome};
use crate::clock;
use crate::domain::entry::Stamp;
use crate::domain::time::count_text;
use crate::store::backup::{self, RestoreError};
use crate::store::lock::WindowLock;

/// Copies the file, also while a window has it open.
pub(super) fn backup(desk: &mut Desk<'_>, args: &Backup) -> Result<Outcome, CliError> {
    let head =
        desk.reader()?.backup(&args.dest).map_err(|err| CliError::Store(args.dest.clone(), err))?;
    writeln!(
        desk.words,
        "copied to {}, and read back: {} journal entries, the last with hash {}",
        args.dest.display(),
        head.seq,
        head.hash
    )?;
    Ok(Outcome::Done)
}

/// Puts a copy in the place of the file.
pub(super) fn restore(desk: &mut Desk<'_>, args: &Restore) -> Result<Outcome, CliError> {
    desk.make_folder()?;
    let lock = WindowLock::acquire(&desk.file).map_err(|err| desk.failed(err))?;
    let stamp = Stamp::new(clock::now(), None);
    let done = backup::restore(&args.src, &desk.file, stamp, &lock).map_err(|err| match err {
        RestoreError::Copy(err) => CliError::Store(args.src.clone(), err),
        RestoreError::Place(err) => desk.failed(err),
    })?;
    writeln!(desk.words, "{} is in place of {}", args.src.display(), desk.file.display())?;
    if let Some(kept) = done.kept_as {
        writeln!(desk.words, "the file that was there is kept as {}", kept.display())?;
    }
    if done.n_frozen > 0 {
        writeln!(
            desk.words,
            "{} may have been handed out since the copy was made: frozen until a lead decides",
            count_text(done.n_frozen, "key")
        )?;
    }
    writeln!(desk.words, "case numbers go on from {}", done.next_case_counter)?;
    Ok(Outcome::Done)
}
