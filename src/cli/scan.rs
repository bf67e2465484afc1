//! `swapdesk scan`: reads evidence and prints the verdict and the traces, or what became of them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::cli::args::Scan;
use crate::cli::{CliError, Desk, Outcome};
use crate::domain::evidence::compare::{Comparison, Fate, compare};
use crate::domain::evidence::trace::{Scan as Found, Trace, Verdict};
use crate::evidence::Scanner;
use crate::evidence::signatures::Signatures;
use crate::exchange::exports::{Bounded, ENTRIES_MAX, files_in, is_text, open};

/// Bytes that are read of one file, or of standard input: no export is as large.
const BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// Stands for standard input among the files.
const STDIN: &str = "-";

/// Scans as asked. Something found wrong: a file could not be read, or with `--compare` something is
/// left, unknown or in doubt.
pub(super) fn run(desk: &mut Desk<'_>, args: &Scan) -> Result<Outcome, CliError> {
    let newer = match &args.signatures {
        Some(path) => match read_signatures(path) {
            Ok(signatures) => Some(signatures),
            Err(why) => {
                writeln!(desk.words, "{}: {why}", path.display())?;
                return Ok(Outcome::FoundWrong);
            }
        },
        None => None,
    };
    let signatures = newer.as_ref().unwrap_or_else(|| Signatures::builtin());
    let is_good = match () {
        () if !args.compare.is_empty() => run_compare(args, signatures, desk.data, desk.words)?,
        () if args.each => run_each(args, signatures, desk.data, desk.words)?,
        () => run_one(args, signatures, desk.data, desk.words)?,
    };
    Ok(if is_good { Outcome::Done } else { Outcome::FoundWrong })
}

/// Reads a signature file. Refused are one that contradicts itself and one that is older than the
/// program's own.
fn read_signatures(path: &Path) -> Result<Signatures, String> {
    let json = std::fs::read_to_string(path).map_err(|why| why.to_string())?;
    let signatures = Signatures::newer_from_json(&json).map_err(|why| why.to_string())?;
    Ok(signatures)
}

fn run_one(
    args: &Scan,
    signatures: &Signatures,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let files = Files::of(&args.files, err)?;
    let (scan, is_whole) = scan_files(&files, signatures, err)?;
    if args.json {
        writeln!(out, "{}", object(&scan, None))?;
    } else {
        print(&scan, out)?;
    }
    Ok(is_whole)
}

fn run_each(
    args: &Scan,
    signatures: &Signatures,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let files = Files::of(&args.files, err)?;
    let mut is_whole = files.is_all;
    for file in files.paths {
        let one = Files { paths: vec![file.clone()], is_all: true };
        let (scan, is_read) = scan_files(&one, signatures, err)?;
        is_whole &= is_read;
        if !is_read {
            continue;
        }
        if args.json {
            writeln!(out, "{}", object(&scan, Some(&file)))?;
        } else {
            writeln!(out, "{}", file.display())?;
            print(&scan, out)?;
            writeln!(out)?;
        }
    }
    Ok(is_whole)
}

fn run_compare(
    args: &Scan,
    signatures: &Signatures,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<bool> {
    let files = [Files::of(&args.compare, err)?, Files::of(&args.after, err)?];
    let [before_files, after_files] = &files;
    let (before, is_read_before) = scan_files(before_files, signatures, err)?;
    let (after, is_read_after) = scan_files(after_files, signatures, err)?;
    let comparison = compare(&before, &after);
    if args.json {
        writeln!(out, "{}", comparison_object(&comparison, &before, &after))?;
    } else {
        print_comparison(&comparison, &after, out)?;
    }
    // Nothing before and nothing after is no failure of the removal, if they are what they seem.
    let is_bare = comparison.changes.is_empty() && comparison.doubts.is_empty();
    let is_good = comparison.is_proof() || is_bare;
    Ok(is_read_before && is_read_after && is_good)
}

/// The files that the arguments name.
struct Files {
    paths: Vec<PathBuf>,
    /// Whether these are all.
    is_all: bool,
}

impl Files {
    /// A file stands for itself, a folder for the text in it, as the window reads it.
    fn of(args: &[PathBuf], err: &mut dyn Write) -> io::Result<Self> {
        let mut files = Self { paths: Vec::new(), is_all: true };
        for path in args {
            if path.is_dir() {
                files.add_folder(path, err)?;
            } else {
                files.paths.push(path.clone());
            }
        }
        Ok(files)
    }

    fn add_folder(&mut self, folder: &Path, err: &mut dyn Write) -> io::Result<()> {
        let found = match files_in(folder) {
            Ok(found) => found,
            Err(why) => return self.miss(folder, &why.to_string(), err),
        };
        if found.is_cut() {
            let why = format!("more than {ENTRIES_MAX} files: not all were looked at");
            self.miss(folder, &why, err)?;
        }
        for (path, why) in found.unread {
            self.miss(&path, &why.to_string(), err)?;
        }
        for path in found.files {
            match is_text(&path) {
                Ok(true) => self.paths.push(path),
                Ok(false) => writeln!(err, "{}: it is not text, left out", path.display())?,
                Err(why) => self.miss(&path, &why.to_string(), err)?,
            }
        }
        Ok(())
    }

    fn miss(&mut self, path: &Path, why: &str, err: &mut dyn Write) -> io::Result<()> {
        self.is_all = false;
        writeln!(err, "{}: {why}", path.display())
    }
}

/// Reads files into one scan. A file that can't be read is told and left out.
fn scan_files(
    files: &Files,
    signatures: &Signatures,
    err: &mut dyn Write,
) -> io::Result<(Found, bool)> {
    let mut scanner = Scanner::new(signatures);
    let mut is_whole = files.is_all;
    for path in &files.paths {
        let name = path.display().to_string();
        let read = if path.to_str() == Some(STDIN) {
            scanner.add_file("standard input", Bounded::new(io::stdin().lock(), BYTES_MAX))
        } else {
            open(path).and_then(|file| scanner.add_file(&name, Bounded::new(file, BYTES_MAX)))
        };
        if let Err(why) = read {
            is_whole = false;
            writeln!(err, "{name}: {why}")?;
        }
    }
    Ok((scanner.finish(), is_whole))
}

/// The scan as one JSON object with the names that scripts depend on.
fn object(scan: &Found, file: Option<&Path>) -> Value {
    let mut object = Map::new();
    if let Some(file) = file {
        object.insert("file".to_owned(), json!(file.to_string_lossy()));
    }
    let format = if scan.formats.is_empty() { "empty".to_owned() } else { scan.formats.join("+") };
    object.insert("format".to_owned(), json!(format));
    object.insert("verdict".to_owned(), json!(scan.verdict.name()));
    object.insert("covers".to_owned(), scan.covers.iter().map(|area| area.name()).collect());
    object.insert("taken".to_owned(), json!(scan.taken));
    object.insert("traces".to_owned(), scan.traces.iter().map(trace_object).collect());
    let antivirus = scan.other_antivirus.iter().map(|known| {
        json!({"name": known.name, "vendor": known.vendor, "state": known.state.name(), "current": known.current})
    });
    object.insert("other_antivirus".to_owned(), antivirus.collect());
    object.insert("alerts".to_owned(), scan.alerts.iter().map(|alert| json!(alert.text)).collect());
    object.insert("notes".to_owned(), json!(scan.notes));
    object.insert("signatures".to_owned(), json!(scan.signatures));
    Value::Object(object)
}

fn trace_object(trace: &Trace) -> Value {
    json!({
        "kind": trace.kind.name(),
        "name": trace.name,
        "product": trace.product,
        "generation": trace.generation,
        "path": trace.path,
        "state": trace.state.name(),
        "line": trace.line,
        "confidence": trace.confidence,
        "text": trace.text,
    })
}

fn comparison_object(comparison: &Comparison, before: &Found, after: &Found) -> Value {
    let list = |fate: Fate| -> Vec<Value> {
        let changes = comparison.changes.iter().filter(|change| change.fate == fate);
        changes.map(|change| trace_object(&change.trace)).collect()
    };
    let not_covered: Vec<&str> = comparison.not_covered.iter().map(|kind| kind.name()).collect();
    json!({
        "summary": comparison.summary(),
        "found": comparison.n_found,
        "proven": comparison.is_proof(),
        "gone": list(Fate::Gone),
        "still_there": list(Fate::StillThere),
        "new": list(Fate::New),
        "unknown": list(Fate::Unknown),
        "not_covered": not_covered,
        "to_show": comparison.to_show(),
        "restart": comparison.restart.name(),
        "doubts": comparison.doubts.iter().map(|doubt| doubt.name()).collect::<Vec<_>>(),
        "before": object(before, None),
        "after": object(after, None),
    })
}

fn print(scan: &Found, out: &mut dyn Write) -> io::Result<()> {
    for alert in &scan.alerts {
        writeln!(out, "ALERT: {}", alert.text)?;
    }
    writeln!(out, "{}", sentence(scan.verdict))?;
    let covers: Vec<&str> = scan.covers.iter().map(|area| area.name()).collect();
    let covers = if covers.is_empty() { "nothing whole".to_owned() } else { covers.join(", ") };
    writeln!(out, "format: {}; shows: {covers}", scan.formats.join(" + "))?;
    for trace in &scan.traces {
        print_trace(trace, out)?;
    }
    for known in &scan.other_antivirus {
        let current = match known.current {
            Some(true) => ", current",
            Some(false) => ", out of date",
            None => "",
        };
        writeln!(out, "  other antivirus: {} ({}{current})", known.name, known.state.name())?;
    }
    for note in &scan.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(())
}

fn print_trace(trace: &Trace, out: &mut dyn Write) -> io::Result<()> {
    let generation =
        trace.generation.as_deref().map(|said| format!(" [{said}]")).unwrap_or_default();
    let path = trace.path.as_deref().map(|path| format!("  {path}")).unwrap_or_default();
    let state = trace.state.name();
    writeln!(
        out,
        "  {} {}{generation} ({state}, line {}){path}",
        trace.kind.name(),
        trace.name,
        trace.line
    )
}

fn print_comparison(comparison: &Comparison, after: &Found, out: &mut dyn Write) -> io::Result<()> {
    for alert in &after.alerts {
        writeln!(out, "ALERT: {}", alert.text)?;
    }
    for doubt in &comparison.doubts {
        writeln!(out, "warning: {}", doubt.sentence())?;
    }
    writeln!(out, "{}", comparison.summary())?;
    for change in &comparison.changes {
        let trace = &change.trace;
        writeln!(
            out,
            "  {}: {} {}",
            change.fate.name().replace('_', " "),
            trace.kind.name(),
            trace.name
        )?;
    }
    if !comparison.not_covered.is_empty() {
        let kinds: Vec<&str> = comparison.not_covered.iter().map(|kind| kind.label()).collect();
        writeln!(out, "note: the after-files don't show every {}", kinds.join(", "))?;
        for command in comparison.to_show() {
            writeln!(out, "  take after the removal: {command}")?;
        }
    }
    for note in &after.notes {
        writeln!(out, "note: after: {note}")?;
    }
    writeln!(out, "restart: {}", comparison.restart.name().replace('_', " "))
}

fn sentence(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Installed => "Kaspersky is installed",
        Verdict::Leftovers => "Leftovers of Kaspersky",
        Verdict::Clean => "Clean: programs, services and drivers were shown, and nothing was found",
        Verdict::NothingFound => "Nothing found in these files; they don't show everything",
        Verdict::ToolTracesOnly => "Only on-demand tools, no installation",
        Verdict::OtherBrand => "Another brand with Kaspersky's engine",
    }
}
