//! `swapdesk scan`: what of Kaspersky is in a device's export.

use crate::cli::args::Scan;
use crate::cli::{CliError, Desk, Outcome};

/// Says that it can't be done yet.
pub(super) fn run(_desk: &mut Desk<'_>, _args: &Scan) -> Result<Outcome, CliError> {
    Err(CliError::Refused("scan is not built yet".to_owned()))
}
