//! From what was typed to customers, each with the reason: exact numbers and codes, their ends,
//! and the beginnings of names. Every question is one range of one index.
//!
//! Misspelt names are not found here.

mod asked;
mod hits;
mod probes;

use crate::domain::hit::Found;
use crate::domain::id::ExternalId;
use crate::store::error::StoreError;
use asked::Asked;
use chrono::NaiveDate;
use rusqlite::Connection;
use std::time::Instant;

/// The score of a hit that is the very thing that was typed.
const EXACT: u16 = 1_000;

/// A customer that a probe found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Match {
    customer: ExternalId,
    why: String,
    /// As in `domain::hit::Hit`.
    score: u16,
}

/// The customers that match `query`, best first.
pub(super) fn find(
    conn: &Connection,
    query: &str,
    limit: usize,
    today: NaiveDate,
) -> Result<Found, StoreError> {
    let began = Instant::now();
    let asked = Asked::read(query);
    // One more than asked for, so that it is known whether there are more.
    let mut matches = probes::run(conn, &asked, limit.saturating_add(1))?;
    let n_exact = matches.iter().filter(|found| found.score == EXACT).count();
    let has_more = matches.len() > limit;
    matches.truncate(limit);
    let hits = hits::hits(conn, &asked, matches, today)?;
    Ok(Found {
        query: query.to_owned(),
        hits,
        has_more,
        took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        is_exact: n_exact == 1,
    })
}

#[cfg(test)]
mod tests;
