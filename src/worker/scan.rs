//! A device's exports into one scan: files, folders, pasted text, with progress and Cancel.
//!
//! Nothing of it is written to the desk's file: what is kept of a scan is a change, recorded by
//! whoever asked. What can't be read is told with its reason and is no failure of the rest.

use crate::domain::evidence::kept::FILES_MAX;
use crate::domain::file_mark::FileMark;
use crate::evidence::Scanner;
use crate::exchange::exports::{ENTRIES_MAX, files_in, is_text, open};
use crate::store::reader::Reader;
use crate::worker::command::{ScanJob, ScanSource, Ticket};
use crate::worker::event::{Event, RefusedFile, ScanProgress, Scanned, WorkError};
use crate::worker::exports::{UNKNOWN_FORMAT, is_export};
use crate::worker::signatures::{Chosen, InUse};
use crate::worker::{Outbox, Place};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;

/// Bytes that one scan reads. A device's exports are a few megabytes.
const BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Bytes after which progress is told.
const STEP_BYTES: u64 = 1024 * 1024;
/// The name of what was pasted, where files have theirs.
const PASTED: &str = "Pasted text";
/// Bytes of a pasted text that may be paths of files; a longer one is an export.
const PATHS_BYTES_MAX: usize = 8 * 1024;

/// Scans what comes until nobody can ask any more.
pub(super) fn run(
    at: &Place,
    inbox: &Receiver<(Ticket, ScanJob)>,
    canceled_to: &AtomicU64,
) -> Result<(), WorkError> {
    if !at.opened.wait() {
        return Ok(());
    }
    let reader = Reader::open(&at.path).map_err(WorkError::NotOpened)?;
    let mut chosen = Chosen::default();
    for (ticket, job) in inbox {
        let in_use = chosen.look(&reader);
        let mut watch = Watch { told: Some(&at.outbox), ..Watch::new(ticket, canceled_to) };
        let event = scan(&job, in_use, &mut watch);
        at.outbox.tell(ticket, event);
    }
    Ok(())
}

/// Reads what the job names into one scan.
fn scan(job: &ScanJob, in_use: InUse<'_>, watch: &mut Watch<'_>) -> Event {
    let salt = job.case.to_string();
    let mut reading = Reading {
        scanner: Scanner::new(in_use.signatures).salted(&salt),
        why_built_in: in_use.why_built_in,
        names: Vec::new(),
        refused: Vec::new(),
    };
    reading.read(&job.source, watch);
    if watch.is_canceled() { Event::ScanCanceled } else { Event::Scanned(Box::new(reading.end())) }
}

/// What has been read so far.
struct Reading<'s> {
    scanner: Scanner<'s>,
    /// Why the signatures that were chosen are not used.
    why_built_in: Option<&'s str>,
    /// Of the files that were read whole, in the order in which the scan has their digests.
    names: Vec<String>,
    refused: Vec<RefusedFile>,
}

impl Reading<'_> {
    fn read(&mut self, source: &ScanSource, watch: &mut Watch<'_>) {
        match source {
            ScanSource::Text(text) => {
                if let Some(paths) = paths_in(text) {
                    return self.read_paths(&paths, watch);
                }
                watch.progress.n_bytes_all += len(text.len());
                self.add_pasted(text, watch);
            }
            ScanSource::Paths(paths) => self.read_paths(paths, watch),
            ScanSource::Together(sources) => {
                for source in sources {
                    self.read(source, watch);
                }
            }
        }
    }

    fn read_paths(&mut self, paths: &[PathBuf], watch: &mut Watch<'_>) {
        let files = self.files_of(paths, watch);
        let sizes = files.iter().filter_map(|path| Some(fs::metadata(path).ok()?.len()));
        watch.progress.n_bytes_all += sizes.sum::<u64>();
        watch.progress.n_files_all += files.len();
        for path in files {
            if watch.is_canceled() {
                break;
            }
            match open(&path) {
                Ok(file) => self.add(name_of(&path), file, watch),
                Err(why) => self.refuse(&path, why.to_string()),
            }
            watch.progress.n_files += 1;
        }
    }

    /// The files that the paths name. A file that was named is read whatever it holds, unless it is
    /// no text at all; of a folder only what is recognized.
    fn files_of(&mut self, paths: &[PathBuf], watch: &Watch<'_>) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                self.of_folder(path, &mut files, watch);
                continue;
            }
            if fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() == 0) {
                self.refuse(path, "it is empty".to_owned());
                continue;
            }
            match is_text(path) {
                Ok(true) => files.push(path.clone()),
                Ok(false) => self.refuse(path, "it is not text".to_owned()),
                Err(why) => self.refuse(path, why.to_string()),
            }
        }
        for path in files.iter().skip(FILES_MAX) {
            self.refuse(path, format!("more than {FILES_MAX} files"));
        }
        files.truncate(FILES_MAX);
        files
    }

    fn of_folder(&mut self, folder: &Path, files: &mut Vec<PathBuf>, watch: &Watch<'_>) {
        let found = match files_in(folder) {
            Ok(found) => found,
            Err(why) => return self.refuse(folder, why.to_string()),
        };
        if found.is_cut() {
            self.refuse(folder, format!("more than {ENTRIES_MAX} files: not all were looked at"));
        }
        for (path, why) in found.unread {
            self.refuse(&path, why.to_string());
        }
        for path in found.files {
            if watch.is_canceled() {
                return;
            }
            match is_export(&path) {
                Ok(true) => files.push(path),
                Ok(false) => self.refuse(&path, "not recognized as an export".to_owned()),
                Err(why) => self.refuse(&path, why.to_string()),
            }
        }
    }

    fn add(&mut self, name: String, source: impl Read, watch: &mut Watch<'_>) {
        let added = self.scanner.add_file(&name, Counted { source, watch });
        self.end_file(name, added, watch);
    }

    fn add_pasted(&mut self, text: &str, watch: &mut Watch<'_>) {
        let added = self.scanner.add_pasted(PASTED, Counted { source: text.as_bytes(), watch });
        self.end_file(PASTED.to_owned(), added, watch);
    }

    fn end_file(&mut self, name: String, added: io::Result<()>, watch: &Watch<'_>) {
        match added {
            Ok(()) => self.names.push(name),
            // The reason of a cancel is nobody's news.
            Err(_) if watch.is_canceled() => (),
            Err(why) => self.refused.push(RefusedFile { name, why: why.to_string() }),
        }
    }

    fn refuse(&mut self, path: &Path, why: String) {
        self.refused.push(RefusedFile { name: name_of(path), why });
    }

    fn end(self) -> Scanned {
        let mut scan = self.scanner.finish();
        scan.notes.extend(self.why_built_in.map(str::to_owned));
        let marks = self.names.into_iter().zip(&scan.digests);
        let files = marks.map(|(name, sha256)| FileMark { name, sha256: sha256.clone() });
        let is_known = scan.formats.iter().any(|format| format != UNKNOWN_FORMAT)
            || !scan.traces.is_empty()
            || !scan.other_antivirus.is_empty();
        Scanned { files: files.collect(), scan, is_known, refused: self.refused }
    }
}

/// Counts, tells, and stops.
struct Watch<'a> {
    ticket: Ticket,
    /// Scans up to this ticket are not wanted any more.
    canceled_to: &'a AtomicU64,
    told: Option<&'a Outbox>,
    progress: ScanProgress,
    n_bytes_told: u64,
}

impl<'a> Watch<'a> {
    fn new(ticket: Ticket, canceled_to: &'a AtomicU64) -> Self {
        let progress = ScanProgress::default();
        Self { ticket, canceled_to, told: None, progress, n_bytes_told: 0 }
    }

    fn is_canceled(&self) -> bool {
        self.ticket.0 <= self.canceled_to.load(Ordering::Relaxed)
    }

    fn count(&mut self, n_bytes: usize) {
        self.progress.n_bytes += len(n_bytes);
        if self.progress.n_bytes - self.n_bytes_told >= STEP_BYTES {
            self.n_bytes_told = self.progress.n_bytes;
            if let Some(outbox) = self.told {
                outbox.try_tell(self.ticket, Event::ScanProgress(self.progress));
            }
        }
    }
}

/// A source that is counted as it is read.
struct Counted<'w, 'a, R> {
    source: R,
    watch: &'w mut Watch<'a>,
}

impl<R: Read> Read for Counted<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.watch.is_canceled() {
            return Err(io::Error::other("canceled"));
        }
        let n_bytes = self.source.read(buffer)?;
        self.watch.count(n_bytes);
        if self.watch.progress.n_bytes > BYTES_MAX {
            return Err(io::Error::other("more than 1 GB was given"));
        }
        Ok(n_bytes)
    }
}

/// The files and folders that a pasted text names, a line each, as a file manager copies them;
/// `None` when it is no list of such.
fn paths_in(text: &str) -> Option<Vec<PathBuf>> {
    if text.len() > PATHS_BYTES_MAX {
        return None;
    }
    let lines = text.lines().map(|line| line.trim().trim_matches('"'));
    let paths: Vec<PathBuf> = lines.filter(|line| !line.is_empty()).map(PathBuf::from).collect();
    let are_there = paths.iter().all(|path| path.is_absolute() && path.exists());
    (!paths.is_empty() && are_there).then_some(paths)
}

fn len(n_bytes: usize) -> u64 {
    u64::try_from(n_bytes).unwrap_or(u64::MAX)
}

/// The name without folders.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::trace::Verdict;
    use crate::domain::id::CaseId;
    use crate::evidence::signatures::Signatures;
    use uuid::Uuid;

    fn scan_of(source: ScanSource, canceled_to: u64) -> Event {
        let job = ScanJob { case: CaseId(Uuid::nil()), source };
        let in_use = InUse { signatures: Signatures::builtin(), why_built_in: None };
        scan(&job, in_use, &mut Watch::new(Ticket(7), &AtomicU64::new(canceled_to)))
    }

    fn scanned(source: ScanSource) -> Scanned {
        match scan_of(source, 6) {
            Event::Scanned(scanned) => *scanned,
            other => panic!("{other:?}"),
        }
    }

    fn corpus(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/evidence").join(name)
    }

    #[test]
    fn files_that_cannot_be_read_are_told_and_stop_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let picture = folder.path().join("desk.png");
        fs::write(&picture, b"\x89PNG\r\n").expect("a file");
        let paths =
            vec![folder.path().join("gone.txt"), picture, corpus("reg_uninstall_installed.reg")];
        let scanned = scanned(ScanSource::Paths(paths));
        let names =
            |told: &[RefusedFile]| told.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&scanned.refused), ["gone.txt", "desk.png"]);
        assert_eq!(scanned.files.len(), 1);
        assert_eq!(scanned.files[0].name, "reg_uninstall_installed.reg");
        assert_eq!(scanned.files[0].sha256.len(), 64);
        assert_eq!(scanned.scan.verdict, Verdict::Installed);
    }

    #[test]
    fn of_a_folder_only_exports_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("collected");
        fs::create_dir(&inner).expect("a folder");
        fs::copy(corpus("sc_query.txt"), inner.join("services.txt")).expect("a file");
        fs::write(folder.path().join("readme.txt"), "Kaspersky was here.\r\n").expect("a file");
        let scanned = scanned(ScanSource::Paths(vec![folder.path().to_owned()]));
        assert_eq!(
            scanned.files.iter().map(|file| &file.name).collect::<Vec<_>>(),
            ["services.txt"]
        );
        assert_eq!(scanned.refused.len(), 1);
        assert_eq!(scanned.refused[0].name, "readme.txt");
    }

    #[test]
    fn pasted_text_is_a_file_without_a_name_of_its_own() {
        let text = fs::read_to_string(corpus("android_packages.txt")).expect("text");
        let scanned = scanned(ScanSource::Text(text));
        assert_eq!(scanned.files[0].name, "Pasted text");
        assert_eq!(scanned.scan.verdict, Verdict::Installed);
    }

    #[test]
    fn a_pasted_path_stands_for_its_file_and_any_other_text_for_itself() {
        let path = corpus("sc_query.txt").display().to_string();
        let other = corpus("reg_uninstall_installed.reg").display().to_string();
        let table = [
            (path.clone(), vec!["sc_query.txt"]),
            (format!(" \"{path}\"\r\n"), vec!["sc_query.txt"]),
            (format!("{path}\n{other}\n"), vec!["sc_query.txt", "reg_uninstall_installed.reg"]),
            (format!("{path} and more"), vec!["Pasted text"]),
            (format!("{path}\n/no/such/file.txt"), vec!["Pasted text"]),
            ("Cargo.toml".to_owned(), vec!["Pasted text"]),
        ];
        for (text, names) in table {
            let scanned = scanned(ScanSource::Text(text.clone()));
            let read: Vec<_> = scanned.files.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(read, names, "{text}");
        }
    }

    #[test]
    fn an_empty_file_is_refused_and_prose_is_nothing_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("a file");
            path
        };
        let paths = vec![write("empty.txt", ""), write("letter.txt", "Dear Amara,\nall is well\n")];
        let scanned = scanned(ScanSource::Paths(paths));
        assert_eq!(
            scanned.refused,
            [RefusedFile { name: "empty.txt".to_owned(), why: "it is empty".to_owned() }]
        );
        assert!(!scanned.is_known);
    }

    #[test]
    fn sources_that_are_read_together_make_one_scan() {
        let text = fs::read_to_string(corpus("sc_query.txt")).expect("text");
        let sources = vec![
            ScanSource::Paths(vec![corpus("reg_uninstall_installed.reg")]),
            ScanSource::Text(text),
        ];
        let together = scanned(ScanSource::Together(sources));
        assert_eq!(together.files.len(), 2);
        assert!(together.is_known && together.scan.formats.len() == 2);
    }

    #[test]
    fn a_canceled_scan_gives_nothing() {
        let source = ScanSource::Paths(vec![corpus("sc_query.txt")]);
        assert!(matches!(scan_of(source, 7), Event::ScanCanceled));
    }
}
