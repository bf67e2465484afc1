//! How fast evidence is read, beside ripgrep looking for the same patterns in the same file.
//!
//! `cargo bench --bench evidence`. The text is the corpus in `tests/data/evidence`, each file once as
//! it is and many times without its lines that name anything, so that one line in thirty does: about
//! what a log of an installed product shows. Then the corpus alone, where every second line does.
//!
//! `of rg` is its wall clock divided by ours, `of CPU` the same of CPU time: a large file is read on
//! two threads, ripgrep reads one file on one. `program` is the wall clock of `rg` by that of
//! `swapdesk scan`, each from its start to its end. Without `rg` on the path only our own speed is told.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark prints its figures and ends where something fails"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use cpu_time::ProcessTime;
use swapdesk::evidence::Scanner;
use swapdesk::evidence::signatures::{Signatures, Subject};

/// Bytes of the whole mix.
const MIX_BYTES: usize = 100_000_000;
/// Bytes for one format alone.
const FORMAT_BYTES: usize = 8_000_000;
/// Of so many lines one names something.
const LINES_PER_HIT: usize = 30;
/// Runs of which the fastest counts.
const N_RUNS: usize = 5;

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
    println!(
        "{:<28} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8}",
        "", "MB", "MB/s", "wall s", "CPU s", "rg", "rg CPU", "hits %", "of rg", "of CPU", "program"
    );
    let all: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let mix = folder.path().join("mix");
    compare("all formats", &mixed(&all, &patterns, MIX_BYTES), &mix, &pattern_file);
    compare("the corpus alone", &repeated(&all, MIX_BYTES), &mix, &pattern_file);
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

/// The texts as they are, over and over: every second line names something.
fn repeated(texts: &[&str], n_bytes: usize) -> String {
    let ended = texts.iter().map(|text| format!("{}\r\n", text.trim_end_matches(['\r', '\n'])));
    let all: String = ended.collect();
    all.repeat(n_bytes.div_ceil(all.len()))
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

/// What one way of looking through a file took at its best.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    /// All threads together. Of a child process in hundredths of a second, and only where `/proc` tells.
    cpu: f64,
}

impl Cost {
    const UNKNOWN: Self = Self { wall: f64::INFINITY, cpu: f64::INFINITY };

    /// The better of this and another run.
    fn or_of(self, cpu_now: fn() -> f64, run: impl FnOnce()) -> Self {
        let (start, cpu) = (Instant::now(), cpu_now());
        run();
        let wall = start.elapsed().as_secs_f64();
        Self { wall: self.wall.min(wall), cpu: self.cpu.min(cpu_now() - cpu) }
    }
}

fn own_cpu() -> f64 {
    ProcessTime::now().as_duration().as_secs_f64()
}

/// CPU time of the children that have ended.
fn children_cpu() -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in parentheses; the 16th and 17th fields of all.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks = fields.skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

/// Looks through one text in turn with the scanner, with the program from its start to its end, and
/// with ripgrep, so that all three see the same machine.
fn compare(name: &str, text: &str, file: &Path, patterns: &Path) {
    fs::write(file, text).expect("room for the mix");
    let (mut ours, mut program, mut theirs) = (Cost::UNKNOWN, Cost::UNKNOWN, Cost::UNKNOWN);
    let mut hits = None;
    for _ in 0..N_RUNS {
        ours = ours.or_of(own_cpu, || {
            let mut scanner = Scanner::new(Signatures::builtin());
            scanner.add(fs::File::open(file).expect("the mix")).expect("it can be read");
            assert!(!scanner.finish().digests.is_empty());
        });
        program = program.or_of(children_cpu, || {
            let mut scan = Command::new(env!("CARGO_BIN_EXE_swapdesk"));
            let told = scan.arg("scan").arg(file).output().expect("the program runs");
            assert!(told.status.success(), "the program could not read the mix");
        });
        theirs = theirs.or_of(children_cpu, || {
            let mut rg = Command::new("rg");
            let told = rg.args(["-c", "-i", "-F", "-f"]).args([patterns, file]).output().ok();
            hits = told.and_then(|told| String::from_utf8(told.stdout).ok()?.trim().parse().ok());
        });
    }
    let mb = text.len() as f64 / 1e6;
    print!("{name:<28} {mb:>6.1} {:>6.0} {:>6.3} {:>6.3} ", mb / ours.wall, ours.wall, ours.cpu);
    let Some(hits): Option<f64> = hits else {
        println!("rg not run");
        return;
    };
    let share = hits * 100.0 / text.lines().count() as f64;
    println!(
        "{:>6.3} {:>6.3} {share:>6.1} {:>6.2} {:>6.2} {:>8.2}",
        theirs.wall,
        theirs.cpu,
        theirs.wall / ours.wall,
        theirs.cpu / ours.cpu,
        theirs.wall / program.wall,
    );
}
