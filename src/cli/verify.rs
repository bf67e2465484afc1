//! `swapdesk verify`: what was checked, a line each, and whether all of it is whole.

use crate::cli::{CliError, Desk, Outcome};

pub(super) fn run(desk: &mut Desk<'_>) -> Result<Outcome, CliError> {
    let report = desk.reader()?.verify().map_err(|err| desk.failed(err))?;
    for line in &report.lines {
        writeln!(desk.data, "{line}")?;
    }
    Ok(if report.is_whole { Outcome::Done } else { Outcome::FoundWrong })
}
