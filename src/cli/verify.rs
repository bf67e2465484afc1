//! `swapdesk verify`: what was checked, a line each, and whether all of it is whole.

use crate::cli::{CliError, Desk, Outcome};
use crate::store::verify::verify;

pub(super) fn run(desk: &mut Desk<'_>) -> Result<Outcome, CliError> {
    let report = verify(&desk.file).map_err(|err| desk.failed(err))?;
    for line in &report.lines {
        let mark = if line.is_good { "ok   " } else { "WRONG" };
        writeln!(desk.data, "{mark} {}", line.text)?;
    }
    Ok(if report.is_whole() { Outcome::Done } else { Outcome::FoundWrong })
}
