//! What fuzzing found worth keeping, in `tests/fuzz/corpus`, and what must hold of it and of the
//! labeled corpus: the claims of the fuzz targets, and work that grows no faster than the input.

#[path = "../../tests/fuzz/src/claims.rs"]
mod claims;

use std::fs;
use std::path::PathBuf;

use super::{THREAD_BYTES, read, steps};

/// Targets and what their inputs begin with.
const READERS: [(&str, &[u8]); 11] = [
    ("combofix", claims::COMBOFIX),
    ("csv", claims::CSV),
    ("decode", b""),
    ("fields", claims::FIELDS),
    ("frst", claims::FRST),
    ("hijackthis", claims::HIJACKTHIS),
    ("otl", claims::OTL),
    ("profiler", claims::PROFILER),
    ("registry", claims::REGISTRY),
    ("table", claims::TABLE),
    ("xml", claims::XML),
];
/// Steps that any file costs, however short.
const STEPS_FREE: u64 = 20_000;

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(&folder).expect("the corpus is there");
    let paths = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    paths.map(|path| (path.display().to_string(), fs::read(&path).expect("a file"))).collect()
}

#[test]
fn the_claims_of_fuzzing_hold_of_all_that_it_kept() {
    let mut n_files = 0;
    for (target, head) in READERS {
        for (_, bytes) in files(&format!("fuzz/corpus/{target}")) {
            claims::of_reader(head, &bytes);
            n_files += 1;
        }
    }
    for (_, bytes) in files("fuzz/corpus/mask") {
        claims::of_mask(&bytes);
    }
    for (_, bytes) in files("fuzz/corpus/signatures") {
        claims::of_signatures(&bytes);
    }
    assert!(n_files > 100);
}

#[test]
fn it_does_not_matter_how_a_labeled_file_arrives() {
    for (_, bytes) in files("data/evidence") {
        claims::of_reader(b"", &bytes);
    }
}

#[test]
fn twice_the_input_is_at_most_two_and_a_half_times_the_work() {
    let work = |bytes: &[u8]| {
        // Steps are counted on one thread.
        assert!(bytes.len() < THREAD_BYTES);
        steps::reset();
        read(bytes);
        steps::count()
    };
    let mut all = files("data/evidence");
    for (target, head) in READERS {
        for (name, bytes) in files(&format!("fuzz/corpus/{target}")) {
            all.push((name, [head, &bytes].concat()));
        }
    }
    for (name, bytes) in all {
        let four: Vec<u8> = bytes.repeat(4);
        let eight: Vec<u8> = bytes.repeat(8);
        let (less, more) = (work(&four), work(&eight));
        assert!(
            more <= less * 5 / 2 + STEPS_FREE,
            "{name}: {less} steps for four times the file, {more} for eight"
        );
    }
}

#[test]
fn a_line_without_end_is_no_more_work_than_its_length() {
    let heads = READERS.iter().map(|(_, head)| *head);
    for head in heads {
        for piece in [
            &b"x"[..],
            b"<",
            b"\\",
            b"&amp;",
            b"\"a\",",
            b"<br>",
            b"kasper ",
            b"@a.b ",
            b"</SOFTWARES>",
            b"{",
        ] {
            let work = |n: usize| {
                steps::reset();
                read(&[head, &piece.repeat(n)].concat());
                steps::count()
            };
            let (less, more) = (work(20_000), work(40_000));
            assert!(more <= less * 5 / 2 + STEPS_FREE, "{piece:?}: {less}, {more}");
        }
    }
}
