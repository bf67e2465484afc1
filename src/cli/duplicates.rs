//! `swapdesk duplicates`: customers who are probably the same person.

use crate::cli::{CliError, Desk, Outcome, cell};
use crate::finder::alike;

pub(super) fn run(desk: &mut Desk<'_>) -> Result<Outcome, CliError> {
    let reader = desk.reader()?;
    let pairs = alike::duplicates(&reader).map_err(|err| desk.failed(err))?;
    for pair in &pairs {
        let (one, other) = (cell(&pair.one.0), cell(&pair.other.0));
        writeln!(desk.data, "{one}\t{other}\t{}\t{}", pair.score, pair.reason)?;
    }
    writeln!(desk.words, "{} probable pairs", pairs.len())?;
    Ok(Outcome::Done)
}
