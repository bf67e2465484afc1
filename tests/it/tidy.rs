//! House rules as code: layers, owned crates, file length, heads. `cargo test` at a desk says
//! what the reviewer would say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Who may name whom. A layer that is not in the list of another may not be named by it, so there
/// is no circle. `app` and `cli` are the two ends that join the others.
const MAY_NAME: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("clock", &["domain"]),
    ("lookup", &["domain"]),
    ("evidence", &["domain"]),
    ("store", &["domain"]),
    ("finder", &["domain", "lookup", "store"]),
    ("exchange", &["domain"]),
    ("raster", &[]),
    ("ui", &["domain"]),
    ("worker", &["domain", "evidence", "exchange", "finder", "store"]),
    ("app", &["clock", "domain", "exchange", "raster", "store", "ui", "worker"]),
    ("cli", &["app", "clock", "domain", "evidence", "exchange", "finder", "store", "ui", "worker"]),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Layers that are known to a layer by less than all of it: what else of them it may not name.
const ONLY: [(&str, &str, &[&str]); 4] = [
    // Errors and counts are told in words; everything else goes through the worker.
    ("app", "store", &["error", "settings", "lock"]),
    ("app", "exchange", &["error", "csv", "import"]),
    // Commands know neither views nor threads: light or dark, and the demo's file.
    ("cli", "ui", &["action"]),
    ("cli", "worker", &["demo"]),
];

/// Crates that one place alone names.
const OWNED: [(&str, &[&str]); 12] = [
    ("rusqlite", &["store"]),
    ("krilla", &["exchange"]),
    ("barcoders", &["exchange"]),
    ("csv", &["exchange", "evidence"]),
    ("csv_core", &["exchange", "evidence"]),
    ("clap", &["cli"]),
    ("egui", &["ui", "app", "raster"]),
    ("eframe", &["app"]),
    ("rfd", &["app"]),
    ("open", &["app"]),
    ("aho_corasick", &["evidence"]),
    ("quick_xml", &["evidence"]),
];

/// A file longer than this has two reasons to change.
const LINES_MAX: usize = 400;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a text");
                found.push((path, text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    for (path, _) in &mut found {
        *path = path.strip_prefix(root).expect("inside").to_owned();
    }
    found
}

/// `src/store/mod.rs` and `src/clock.rs` are of the layers `store` and `clock`.
fn layer(path: &Path) -> String {
    let first = path.components().nth(1).expect("below src").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Files and folders that are compiled for tests alone: `#[cfg(test)]` stands before their `mod`.
/// They may draw pictures of what they test.
fn is_test(path: &Path, all: &[(PathBuf, String)]) -> bool {
    path.ancestors().any(|part| {
        let (Some(parent), Some(name)) = (part.parent(), part.file_stem()) else { return false };
        let declared = format!("#[cfg(test)]\nmod {};", name.to_string_lossy());
        let is_parent =
            |file: &Path| file == parent.join("mod.rs") || file == parent.with_extension("rs");
        all.iter().any(|(file, text)| is_parent(file) && text.contains(&declared))
    })
}

/// The parts of the code that are not tests, comments or text.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

#[test]
fn no_layer_names_one_above_it() {
    let may_name: BTreeMap<_, _> = MAY_NAME.into_iter().collect();
    let mut wrong = Vec::new();
    let all = sources("src");
    for (path, text) in &all {
        let own = layer(path);
        let allowed = may_name.get(own.as_str()).unwrap_or_else(|| panic!("a new layer: {own}"));
        let is_test = is_test(path, &all);
        for line in code_lines(text) {
            for (at, _) in line.match_indices("crate::") {
                let named = &line[at + "crate::".len()..];
                let end = named.find(|c: char| !c.is_alphanumeric() && c != '_');
                let named = &named[..end.unwrap_or(named.len())];
                let is_layer = may_name.contains_key(named);
                let is_allowed = allowed.contains(&named) || (is_test && named == "raster");
                if is_layer && named != own && !is_allowed {
                    wrong.push(format!("{} names {named}", path.display()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_window_knows_of_store_and_exchange_only_what_is_told_in_words() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        for (own, other, allowed) in ONLY {
            if layer(&path) != own {
                continue;
            }
            let prefix = format!("crate::{other}::");
            for line in code_lines(&text) {
                for (at, _) in line.match_indices(&prefix) {
                    let named = &line[at + prefix.len()..];
                    if !allowed.iter().any(|part| named.starts_with(part)) {
                        wrong.push(format!("{}: {line}", path.display()));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn one_place_alone_names_a_crate() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let own = layer(&path);
        for (name, owners) in OWNED {
            let is_owner = owners.contains(&own.as_str());
            let names = |line: &str| {
                line.starts_with(&format!("use {name}::")) || line.contains(&format!(" {name}::"))
            };
            if !is_owner && code_lines(&text).any(names) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_read() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not open with what it is for", path.display()));
        }
        let n_lines = text.lines().count();
        if n_lines > LINES_MAX {
            wrong.push(format!("{} has {n_lines} lines", path.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_comment_waits_to_be_done() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        for word in ["TODO", "FIXME", "XXX"] {
            let marked = |line: &str| line.contains("//") && line.contains(word);
            if text.lines().any(|line| marked(line) && !line.contains('"')) {
                wrong.push(format!("{} has a {word}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
