//! The searches that are built from the entries: for a piece of every pattern, so that a text is
//! compared with those entries alone whose piece is in it.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::needles::Needles;
use super::{Entry, Subject};

/// Words that readers need to see whatever the entries are: Kaspersky itself, and the heads of logs.
const ALWAYS: [&str; 11] = [
    "kasper",
    "касперск",
    "КАСПЕРСК",
    "Касперск",
    "com.kms",
    "farbar",
    "hijackthis",
    "combofix",
    "random's system",
    "otl logfile",
    "otl extras",
];
/// Shorter pieces would stop at nearly every line.
const NEEDLE_BYTES_MIN: usize = 3;

/// The entries of one subject, and a search for a piece of each, so that a text is compared with those
/// entries alone whose piece is in it.
#[derive(Debug)]
pub(super) struct Finder {
    pub pieces: AhoCorasick,
    /// For each piece, the entry it belongs to.
    pub entries: Vec<usize>,
}

/// The longest piece of a pattern that stands for itself.
pub(super) fn piece_of(entry: &Entry) -> &str {
    let pieces = entry.pattern.split(['*', '#']);
    pieces.max_by_key(|piece| piece.len()).unwrap_or_default()
}

/// A search for each subject. Letters beyond ASCII are looked for in each case they are written in.
pub(super) fn finders_for(
    entries: &[Entry],
) -> Result<HashMap<Subject, Finder>, aho_corasick::BuildError> {
    let mut pieces: HashMap<Subject, Vec<(String, usize)>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let piece = piece_of(entry);
        let of_subject = pieces.entry(entry.subject).or_default();
        of_subject.push((piece.to_owned(), at));
        if !piece.is_ascii() {
            of_subject.push((piece.to_lowercase(), at));
            of_subject.push((piece.to_uppercase(), at));
        }
    }
    let build = |(subject, pieces): (Subject, Vec<(String, usize)>)| {
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(pieces.iter().map(|(piece, _)| piece))?;
        let entries = pieces.into_iter().map(|(_, at)| at).collect();
        Ok((subject, Finder { pieces: search, entries }))
    };
    pieces.into_iter().map(build).collect()
}

pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// One search for a piece of every pattern, and for words that no entry needs but every reader does.
pub(super) fn needles_for(entries: &[Entry]) -> Needles {
    let mut needles: Vec<String> = ALWAYS.map(str::to_owned).to_vec();
    for entry in entries.iter().filter(|entry| entry.subject != Subject::Lookalike) {
        let longest = piece_of(entry).to_lowercase();
        if longest.len() >= NEEDLE_BYTES_MIN {
            needles.push(longest);
        }
    }
    needles.sort_by_key(String::len);
    let mut least: Vec<String> = Vec::new();
    for needle in needles {
        // A needle that contains a shorter one stops nowhere else.
        if !least.iter().any(|short| needle.contains(short.as_str())) {
            least.push(needle);
        }
    }
    Needles::new(least)
}
