//! `swapdesk lookup`: who matches, and why.

use crate::cli::args::Lookup;
use crate::cli::{CliError, Desk, Outcome, cell};
use crate::clock;
use crate::domain::hit::Hit;
use crate::finder::{CUT, Finder};
use cpu_time::ThreadTime;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

/// The longest query of a batch, in bytes. Nobody types or scans a longer one.
const QUERY_BYTES_MAX: usize = 4 * 1024;

pub(super) fn run(desk: &mut Desk<'_>, args: &Lookup) -> Result<Outcome, CliError> {
    match (&args.batch, &args.query) {
        (Some(queries), _) => batch(desk, args, queries),
        (None, query) => one(desk, args, query.as_deref().unwrap_or_default()),
    }
}

fn one(desk: &mut Desk<'_>, args: &Lookup, query: &str) -> Result<Outcome, CliError> {
    let mut finder = Finder::open_for(&desk.file, query).map_err(|err| desk.failed(err))?;
    let settings = finder.reader().settings().map_err(|err| desk.failed(err))?;
    let today = clock::now().day(settings.desk.time_zone);
    let found = finder.find(query, (args.limit.into(), today), &|| false);
    let found = found.map_err(|err| desk.failed(err))?.unwrap_or_default();
    if args.json {
        let hits: Vec<_> = found.hits.iter().map(as_json).collect();
        writeln!(desk.data, "{}", serde_json::Value::from(hits))?;
    } else {
        for hit in &found.hits {
            let (why, name) = (cell(&hit.why), cell(&hit.name));
            writeln!(desk.data, "{}\t{}\t{why}\t{name}", cell(&hit.customer.0), hit.score)?;
        }
    }
    if let Some(note) = &found.note {
        writeln!(desk.words, "{note}")?;
    }
    if found.hits.is_empty() {
        writeln!(desk.words, "nobody matches")?;
    }
    Ok(Outcome::Done)
}

fn as_json(hit: &Hit) -> serde_json::Value {
    serde_json::json!({
        "external_id": hit.customer,
        "score": hit.score,
        "reason": hit.why,
        "name": hit.name,
        "details": hit.details,
    })
}

fn batch(desk: &mut Desk<'_>, args: &Lookup, queries: &Path) -> Result<Outcome, CliError> {
    let mut finder = Finder::open_whole(&desk.file).map_err(|err| desk.failed(err))?;
    let unreadable = |err: io::Error| CliError::Read(queries.to_owned(), err.into());
    let mut times = Vec::new();
    let mut file = BufReader::new(File::open(queries).map_err(unreadable)?);
    let mut bytes = Vec::new();
    for line_no in 1_u64.. {
        let n_bytes = next_line(&mut file, &mut bytes).map_err(unreadable)?;
        let Some(n_bytes) = n_bytes else { break };
        if n_bytes > QUERY_BYTES_MAX {
            writeln!(
                desk.words,
                "line {line_no}: longer than {QUERY_BYTES_MAX} bytes, not looked up"
            )?;
            continue;
        }
        let line = String::from_utf8_lossy(&bytes);
        let begun = ThreadTime::now();
        let ranked = finder.rank(&line, args.limit.into(), &|| false);
        // A blank line is no query.
        if !line.trim().is_empty() {
            times.push(begun.elapsed());
        }
        let ranked = ranked.map_err(|err| desk.failed(err))?;
        if ranked.as_ref().is_some_and(|ranked| ranked.query.is_cut) {
            writeln!(desk.words, "line {line_no}: {CUT}")?;
        }
        for (rank, hit) in (1_u32..).zip(ranked.iter().flat_map(|ranked| &ranked.hits)) {
            let id = finder.reader().external_id(hit.row).map_err(|err| desk.failed(err))?;
            let id = id.map(|id| cell(&id.0)).unwrap_or_default();
            writeln!(desk.data, "{line_no}\t{rank}\t{id}")?;
        }
    }
    if args.time {
        desk.data.flush()?;
        let [p50, p99, max] = percentiles(&mut times).map(|time| time.as_micros());
        writeln!(
            desk.words,
            "{} queries, CPU time of a query: p50 {p50} us, p99 {p99} us, max {max} us",
            times.len()
        )?;
    }
    Ok(Outcome::Done)
}

/// Reads a line without its end into `line`, but no more of it than a query may have. Gives its
/// whole length in bytes; `None` after the last line.
fn next_line(file: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
    line.clear();
    let mut n_bytes = 0;
    loop {
        let piece = file.fill_buf()?;
        if piece.is_empty() {
            return Ok((n_bytes > 0).then(|| trimmed(line, n_bytes)));
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let n_here = end.unwrap_or(piece.len());
        let room = (QUERY_BYTES_MAX + 1).saturating_sub(line.len());
        line.extend(piece.iter().take(n_here.min(room)));
        n_bytes += n_here;
        file.consume(n_here + usize::from(end.is_some()));
        if end.is_some() {
            return Ok(Some(trimmed(line, n_bytes)));
        }
    }
}

/// Without the CR that ends a line on Windows.
fn trimmed(line: &mut Vec<u8>, n_bytes: usize) -> usize {
    if n_bytes == line.len() && line.pop_if(|byte| *byte == b'\r').is_some() {
        n_bytes - 1
    } else {
        n_bytes
    }
}

/// The median, the 99th of a hundred and the longest; zeros for none.
fn percentiles(times: &mut [Duration]) -> [Duration; 3] {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(place).copied().unwrap_or_default()
    };
    [at(50), at(99), at(100)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_on_any_system_and_a_long_one_is_only_measured() {
        let long = "x".repeat(3 * QUERY_BYTES_MAX);
        let full = "y".repeat(QUERY_BYTES_MAX);
        let text = format!("a b\r\n\n\u{e9}\n{long}\r\n{full}\r\nlast\r");
        let lines = |capacity| {
            let mut file = BufReader::with_capacity(capacity, text.as_bytes());
            let (mut line, mut lines) = (Vec::new(), Vec::new());
            while let Some(n_bytes) = next_line(&mut file, &mut line).expect("memory") {
                assert!(line.len() <= QUERY_BYTES_MAX + 1);
                lines.push((n_bytes, String::from_utf8_lossy(&line).into_owned()));
            }
            lines
        };
        for capacity in [1, 7, 8 * 1024] {
            let lines = lines(capacity);
            let [a, empty, e, measured, whole, last] = &lines[..] else { panic!("{lines:?}") };
            assert_eq!(*a, (3, "a b".to_owned()));
            assert_eq!(*empty, (0, String::new()));
            assert_eq!(*e, (2, "\u{e9}".to_owned()));
            assert!(measured.0 >= long.len());
            assert_eq!(*whole, (QUERY_BYTES_MAX, full.clone()));
            assert_eq!(*last, (4, "last".to_owned()));
        }
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let of = |n: u64| {
            let mut times: Vec<_> = (1..=n).rev().map(Duration::from_micros).collect();
            percentiles(&mut times).map(|time| time.as_micros())
        };
        assert_eq!(of(0), [0, 0, 0]);
        assert_eq!(of(1), [1, 1, 1]);
        assert_eq!(of(100), [50, 99, 100]);
        assert_eq!(of(200), [100, 198, 200]);
    }
}
