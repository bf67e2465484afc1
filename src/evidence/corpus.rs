//! The labeled corpus in `tests/data/evidence`: synthetic exports in the true shape of each format.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use super::read;
use crate::domain::evidence::trace::{Protection, Scan};

#[derive(Deserialize)]
struct Labels {
    files: Vec<Label>,
}

/// What a file holds. Traces are kind and name; other antivirus is vendor, state, current.
#[derive(Deserialize)]
struct Label {
    file: String,
    format: Option<String>,
    verdict: String,
    traces: BTreeSet<(String, String)>,
    covers: Vec<String>,
    not_covers: Vec<String>,
    other_antivirus: BTreeSet<(String, String, Option<bool>)>,
    alerts: usize,
}

fn corpus() -> Vec<(Label, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/evidence");
    let json = fs::read_to_string(folder.join("labels.json")).expect("the corpus has labels");
    let labels: Labels = serde_json::from_str(&json).expect("labels are JSON");
    let with_bytes = |label: Label| {
        let bytes = fs::read(folder.join(&label.file)).expect("every labeled file is there");
        (label, bytes)
    };
    labels.files.into_iter().map(with_bytes).collect()
}

fn names(scan: &Scan) -> BTreeSet<(String, String)> {
    scan.traces.iter().map(|trace| (trace.kind.name().to_owned(), trace.name.clone())).collect()
}

#[test]
fn every_trace_of_the_corpus_is_named_and_no_other() {
    let corpus = corpus();
    assert!(corpus.len() > 60);
    for (label, bytes) in &corpus {
        let scan = read(bytes);
        assert_eq!(names(&scan), label.traces, "{}", label.file);
    }
}

#[test]
fn verdict_format_and_coverage_are_as_labeled() {
    for (label, bytes) in &corpus() {
        let scan = read(bytes);
        let covers: Vec<&str> = scan.covers.iter().map(|area| area.name()).collect();
        assert_eq!(scan.verdict.name(), label.verdict, "{}", label.file);
        if let Some(format) = &label.format {
            assert_eq!(scan.formats.join("+"), *format, "{}", label.file);
        }
        for area in &label.covers {
            assert!(covers.contains(&area.as_str()), "{} lacks {area}: {covers:?}", label.file);
        }
        for area in &label.not_covers {
            assert!(!covers.contains(&area.as_str()), "{} claims {area}", label.file);
        }
        assert_eq!(scan.alerts.len(), label.alerts, "{}", label.file);
    }
}

#[test]
fn other_antivirus_is_told_with_state_and_currency() {
    for (label, bytes) in &corpus() {
        let scan = read(bytes);
        let told = scan
            .other_antivirus
            .iter()
            .map(|known| (known.vendor.clone(), known.state.name().to_owned(), known.current));
        assert_eq!(told.collect::<BTreeSet<_>>(), label.other_antivirus, "{}", label.file);
    }
}

#[test]
fn exactly_one_antivirus_that_is_on_and_current_can_be_shown() {
    let told = |file: &str| {
        let found = corpus().into_iter().find(|(label, _)| label.file == file);
        found.map(|(_, bytes)| read(&bytes).protection())
    };
    let one = |name: &str, current| Some(Protection::One { name: name.to_owned(), current });
    let eset = "ESET Internet Security 10.1.219.0";
    assert_eq!(told("frst_addition_clean_de.txt"), one(eset, Some(true)));
    assert_eq!(told("ps_mpcomputerstatus.txt"), one("Windows Defender", Some(true)));
    assert_eq!(told("wmic_av_list.txt"), Some(Protection::None));
    assert_eq!(told("driverquery_de.txt"), Some(Protection::NotShown));
}

#[test]
fn no_scan_gives_away_people_or_computers() {
    let people = [
        "lieselotte",
        "werkstatt7",
        "kranz",
        "otto",
        "kasia",
        "bernd",
        "gast2",
        "desktop-7qk2m1p",
        "s-1-5-21",
    ];
    for (label, bytes) in &corpus() {
        let said = serde_json::to_string(&read(bytes)).expect("plain data").to_lowercase();
        for name in people {
            assert!(!said.contains(name), "{} gives away {name}: {said}", label.file);
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_read_without_inventing_traces() {
    for (label, bytes) in &corpus() {
        let whole = names(&read(bytes));
        for n_parts in 1..12 {
            let cut = bytes.get(..bytes.len() * n_parts / 12).unwrap_or_default();
            let scan = read(cut);
            let is_known = |kind: &str| whole.iter().any(|(known, _)| known == kind);
            for (kind, name) in names(&scan) {
                // A name may be cut; another kind of trace must not appear.
                assert!(
                    is_known(&kind),
                    "{} cut to {n_parts}/12 invents {kind} {name}",
                    label.file
                );
            }
        }
    }
}

#[test]
fn damaged_bytes_neither_stop_nor_confuse_the_readers() {
    for (label, bytes) in &corpus() {
        for step in [37, 101, 499] {
            let mut damaged = bytes.clone();
            for at in (step..damaged.len()).step_by(step) {
                damaged[at] ^= 0x80;
            }
            let scan = read(&damaged);
            assert!(
                scan.traces.len() <= label.traces.len() + 12,
                "{} damaged at every {step}",
                label.file
            );
        }
    }
}

/// What a page that shows blanks as one makes of a text: of each run one is left, of a line's last none.
fn with_single_blanks(bytes: &[u8]) -> Vec<u8> {
    let mut left: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let n_indent = line.iter().take_while(|byte| **byte == b' ').count();
        left.extend(&line[..n_indent]);
        for byte in &line[n_indent..] {
            match byte {
                b' ' if left.last() == Some(&b' ') => (),
                b'\r' | b'\n' if left.last() == Some(&b' ') => {
                    left.pop();
                    left.push(*byte);
                }
                byte => left.push(*byte),
            }
        }
    }
    left
}

/// Lists whose keys and tables whose headers only their blanks tell from prose.
const NEED_BLANKS: [&str; 2] = ["driverquery_list_fr.txt", "tasklist_list_pl.txt"];

#[test]
fn a_copy_that_lost_its_blanks_names_the_same() {
    let mut lost = BTreeSet::new();
    for (label, bytes) in &corpus() {
        let is_wide = bytes.iter().take(200).any(|byte| *byte == 0);
        if !is_wide && names(&read(&with_single_blanks(bytes))) != label.traces {
            lost.insert(label.file.clone());
        }
    }
    assert_eq!(lost, NEED_BLANKS.map(str::to_owned).into());
}
