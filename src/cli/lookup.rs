//! `swapdesk lookup`: who matches, and why.

use crate::cli::args::Lookup;
use crate::cli::{CliError, Desk, Outcome, cell};
use crate::clock;
use crate::domain::hit::Hit;
use crate::store::reader::Reader;
use chrono::NaiveDate;
use cpu_time::ThreadTime;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Duration;

pub(super) fn run(desk: &mut Desk<'_>, args: &Lookup) -> Result<Outcome, CliError> {
    let reader = desk.reader()?;
    let settings = reader.settings().map_err(|err| desk.failed(err))?;
    let today = clock::now().day(settings.desk.time_zone);
    match (&args.batch, &args.query) {
        (Some(queries), _) => batch(desk, args, &reader, (queries, today)),
        (None, query) => one(desk, args, &reader, (query.as_deref().unwrap_or_default(), today)),
    }
}

fn one(
    desk: &mut Desk<'_>,
    args: &Lookup,
    reader: &Reader,
    (query, today): (&str, NaiveDate),
) -> Result<Outcome, CliError> {
    let found = reader.find(query, args.limit.into(), today).map_err(|err| desk.failed(err))?;
    if args.json {
        let hits: Vec<_> = found.hits.iter().map(as_json).collect();
        writeln!(desk.data, "{}", serde_json::Value::from(hits))?;
    } else {
        for hit in &found.hits {
            let (why, name) = (cell(&hit.why), cell(&hit.name));
            writeln!(desk.data, "{}\t{}\t{why}\t{name}", cell(&hit.customer.0), hit.score)?;
        }
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

fn batch(
    desk: &mut Desk<'_>,
    args: &Lookup,
    reader: &Reader,
    (queries, today): (&Path, NaiveDate),
) -> Result<Outcome, CliError> {
    let unreadable = |err: std::io::Error| CliError::Read(queries.to_owned(), err.into());
    let mut times = Vec::new();
    let file = BufReader::new(File::open(queries).map_err(unreadable)?);
    for (line_no, line) in (1_u64..).zip(file.lines()) {
        let line = line.map_err(unreadable)?;
        let begun = ThreadTime::now();
        let found = reader.find(&line, args.limit.into(), today);
        times.push(begun.elapsed());
        for (rank, hit) in (1_u32..).zip(found.map_err(|err| desk.failed(err))?.hits) {
            writeln!(desk.data, "{line_no}\t{rank}\t{}", cell(&hit.customer.0))?;
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
