//! `swapdesk backup` and `restore`: copies of the file.

use crate::cli::args::{Backup, Restore};
use crate::cli::{CliError, Desk, Outcome};

pub(super) fn backup(desk: &mut Desk<'_>, args: &Backup) -> Result<Outcome, CliError> {
    desk.reader()?.backup(&args.dest).map_err(|err| CliError::Store(args.dest.clone(), err))?;
    writeln!(desk.words, "copied to {}, and read back whole", args.dest.display())?;
    Ok(Outcome::Done)
}

pub(super) fn restore(desk: &mut Desk<'_>, args: &Restore) -> Result<Outcome, CliError> {
    desk.make_folder()?;
    let _ = args;
    Err(CliError::Refused("restore waits for its part of the store".to_owned()))
}
