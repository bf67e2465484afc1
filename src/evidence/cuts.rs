//! A file that was cut short is no proof: the labeled corpus, cut in many places, against itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::read;
use crate::domain::evidence::compare::{Fate, compare};
use crate::domain::evidence::trace::Scan;

/// Parts of a hundred that are left of a file.
const PERCENTS: [usize; 10] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 97];
/// Files that can't tell a cut between two of their lines, and why.
const BLIND: [(&str, &str); 1] = [(
    "android_packages.txt",
    "packages come in no order, and nothing counts them or ends the list",
)];

/// Files that no console shows: a program writes them, or puts them together.
const FILES: [&str; 2] = ["collect_browsers.txt", "inventory.xml"];

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/evidence");
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let exports = paths.filter(|path| path.is_file() && !is_about_the_corpus(path));
    let mut files: Vec<_> = exports
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

fn is_about_the_corpus(path: &Path) -> bool {
    path.ends_with("labels.json") || path.ends_with("README.md")
}

fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

/// What the file's first bytes show to be gone of what the whole of it shows.
fn gone(whole: &Scan, cut: &[u8]) -> BTreeSet<String> {
    let comparison = compare(whole, &read(cut));
    let gone = comparison.changes.iter().filter(|change| change.fate == Fate::Gone);
    let counted = gone.filter(|change| change.trace.kind.is_counted());
    counted.map(|change| format!("{} {}", change.trace.kind.name(), change.trace.name)).collect()
}

/// Where lines end.
fn line_ends(bytes: &[u8]) -> Vec<usize> {
    let step = if is_wide(bytes) { 2 } else { 1 };
    let is_end = |at: &usize| bytes.get(*at) == Some(&b'\n');
    (0..bytes.len()).step_by(step).filter(is_end).map(|at| at + step).collect()
}

#[test]
fn a_cut_copy_of_a_file_shows_nothing_gone() {
    for (name, bytes) in corpus() {
        let whole = read(&bytes);
        for percent in PERCENTS {
            let mut n_bytes = bytes.len() * percent / 100;
            n_bytes -= if is_wide(&bytes) { n_bytes % 2 } else { 0 };
            let cut = bytes.get(..n_bytes).unwrap_or_default();
            // A cut that hits the end of a line is the other test's.
            if !cut.ends_with(b"\n") && !cut.ends_with(b"\n\0") && !cut.ends_with(b"\r") {
                assert_eq!(gone(&whole, cut), BTreeSet::new(), "{name} cut to {percent} %");
            }
        }
    }
}

#[test]
fn a_copy_cut_between_two_lines_shows_nothing_gone_where_the_format_can_tell() {
    let mut blind = BTreeSet::new();
    for (name, bytes) in corpus() {
        let whole = read(&bytes);
        let mut ends = line_ends(&bytes);
        ends.pop();
        for end in ends {
            let gone = gone(&whole, bytes.get(..end).unwrap_or_default());
            if !gone.is_empty() {
                let line = line_ends(&bytes).iter().position(|at| *at == end).unwrap_or(0) + 1;
                let is_told = BLIND.iter().any(|(known, _)| *known == name);
                assert!(is_told, "{name} cut behind line {line}: {gone:?}");
                blind.insert(name.clone());
            }
        }
    }
    assert_eq!(blind.len(), BLIND.len(), "{blind:?}");
}

/// Of a long output a console has lost the head. What is copied ends with the prompt that follows.
#[test]
fn what_a_console_still_shows_of_a_long_output_shows_nothing_gone() {
    let mut wrong = Vec::new();
    let shown =
        |(name, bytes): &(String, Vec<u8>)| !is_wide(bytes) && !FILES.contains(&name.as_str());
    for (name, bytes) in corpus().into_iter().filter(shown) {
        let whole = read(&bytes);
        for start in line_ends(&bytes) {
            let mut tail = bytes.get(start..).unwrap_or_default().to_vec();
            tail.extend_from_slice(b"\r\nC:\\Users\\Jane>");
            let gone = gone(&whole, &tail);
            if !gone.is_empty() {
                let line = line_ends(&bytes).iter().position(|at| *at == start).unwrap_or(0) + 2;
                wrong.push(format!("{name} from line {line}: {gone:?}"));
                break;
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
