//! How fast evidence is read, beside ripgrep looking for the same patterns in the same file.
//!
//! `cargo bench --bench evidence`. The text is the corpus in `tests/data/evidence`, each file once as
//! it is and many times without its lines that name anything, so that one line in thirty does: about
//! what a log of an installed product shows. Without `rg` on the path only our own speed is told.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints its figures and ends where something fails"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use swapdesk::evidence::Scanner;
use swapdesk::evidence::signatures::{Signatures, Subject};

/// Bytes of the whole mix.
const MIX_BYTES: usize = 100_000_000;
/// Bytes for one format alone.
const FORMAT_BYTES: usize = 8_000_000;
/// Of so many lines one names something.
const LINES_PER_HIT: usize = 30;
/// Runs of which the fastest counts.
const N_RUNS: usize = 3;

fn main() {
    // `cargo test` and CI build this and call it with `--test` or not at all: only `cargo bench` runs it.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the mix");
    let patterns = patterns();
    let pattern_file = folder.path().join("patterns");
    fs::write(&pattern_file, patterns.join("\n")).expect("room for the patterns");
    let texts = texts();
    println!("{:<28} {:>8} {:>8} {:>7} {:>7}", "", "MB", "hits %", "MB/s", "of rg");
    let all: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let mix = folder.path().join("mix");
    compare("all formats", &mixed(&all, &patterns, MIX_BYTES), &mix, &pattern_file);
    for (name, text) in &texts {
        if text.len() > 1_500 {
            compare(name, &mixed(&[text], &patterns, FORMAT_BYTES), &mix, &pattern_file);
        }
    }
}

/// What ripgrep looks for: the patterns, as far as they are plain text.
fn patterns() -> Vec<String> {
    let entries = Signatures::builtin().entries().iter();
    let mut patterns: Vec<String> = entries
        .filter(|entry| entry.subject != Subject::Lookalike)
        .map(|entry| entry.pattern.split(['*', '#']).max_by_key(|part| part.len()))
        .filter_map(|part| part.filter(|part| part.len() >= 3).map(str::to_lowercase))
        .collect();
    patterns.sort();
    patterns.dedup();
    patterns
}

/// The corpus as UTF-8: a file with several encodings would be binary to ripgrep.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/evidence");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end != "json" && end != "md"))
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(path).expect("a file of the corpus");
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => {
                let units = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                String::from_utf16_lossy(&units.collect::<Vec<_>>())
            }
            bytes => String::from_utf8_lossy(bytes).replace('\0', ""),
        };
        (name, text)
    };
    paths.into_iter().map(read).collect()
}

/// Each text once as it is, then without what names something, over and over.
fn mixed(texts: &[&str], patterns: &[String], n_bytes: usize) -> String {
    let is_hit = |line: &&str| {
        let line = line.to_lowercase();
        patterns.iter().any(|pattern| line.contains(pattern.as_str()))
    };
    let parts: Vec<(&str, String, usize)> = texts
        .iter()
        .map(|text| {
            let n_hits = text.lines().filter(is_hit).count();
            let clean: Vec<&str> = text.lines().filter(|line| !is_hit(line)).collect();
            let n_clean = clean.len().max(1);
            (*text, clean.join("\r\n") + "\r\n", (n_hits * LINES_PER_HIT).div_ceil(n_clean))
        })
        .collect();
    let mut mix = String::with_capacity(n_bytes + 1_000_000);
    while mix.len() < n_bytes {
        for (text, clean, n_times) in &parts {
            mix.push_str(text);
            if !text.ends_with('\n') {
                mix.push_str("\r\n");
            }
            for _ in 0..(*n_times).min(400) {
                mix.push_str(clean);
            }
        }
    }
    mix
}

fn compare(name: &str, text: &str, file: &Path, patterns: &Path) {
    fs::write(file, text).expect("room for the mix");
    let ours = fastest(|| {
        let mut scanner = Scanner::new(Signatures::builtin());
        scanner.add(fs::File::open(file).expect("the mix")).expect("it can be read");
        assert!(!scanner.finish().digests.is_empty());
    });
    let mut hits = None;
    let theirs = fastest(|| {
        let told =
            Command::new("rg").args(["-c", "-i", "-F", "-f"]).args([patterns, file]).output();
        hits = told
            .ok()
            .and_then(|told| String::from_utf8(told.stdout).ok()?.trim().parse::<f64>().ok());
    });
    let mb = text.len() as f64 / 1e6;
    let share = hits.map_or_else(
        || "rg not run".to_owned(),
        |hits: f64| format!("{:.1}", hits * 100.0 / text.lines().count() as f64),
    );
    let ratio =
        hits.map_or(String::new(), |_| format!("{:.2}", theirs.as_secs_f64() / ours.as_secs_f64()));
    println!("{name:<28} {mb:>8.1} {share:>8} {:>7.0} {ratio:>7}", mb / ours.as_secs_f64());
}

fn fastest(mut run: impl FnMut()) -> Duration {
    let times = (0..N_RUNS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
