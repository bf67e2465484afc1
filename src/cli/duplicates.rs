//! `swapdesk duplicates`: customers who are probably the same person.

use crate::cli::{CliError, Desk, Outcome, cell};
use std::ops::ControlFlow;

pub(super) fn run(desk: &mut Desk<'_>) -> Result<Outcome, CliError> {
    let reader = desk.reader()?;
    let mut n_pairs = 0_u64;
    let mut told = Ok(());
    let found = reader.each_duplicate(&mut |pair| {
        n_pairs += 1;
        let (one, other) = (cell(&pair.one.0), cell(&pair.other.0));
        told = writeln!(desk.data, "{one}\t{other}\t{}\t{}", pair.score, pair.reason());
        if told.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    told?;
    found.map_err(|err| desk.failed(err))?;
    writeln!(desk.words, "{n_pairs} probable pairs")?;
    Ok(Outcome::Done)
}
