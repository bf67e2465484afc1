//! From a device's exports to traces and a verdict. Bytes in, values out: no I/O but a `Read`, no clock.
//!
//! Flow: bytes → `decode` (text in blocks, bounded) → `formats` (what the export lists) →
//! `judge` (whose is it, by the [`signatures`]) → `collector` (no duplicates, masked) → [`Scan`].
//! A scan of several files is one device at one time; [`crate::domain::evidence::compare`] sets two scans side by side.
//!
//! Memory is bounded whatever the input: long lines come in pieces, records and traces have limits.

mod antivirus;
mod batch;
mod codepage;
mod collector;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod corpus_fuzz;
mod coverage;
#[cfg(test)]
mod cuts;
mod decode;
mod device;
#[cfg(test)]
mod endings;
mod fact;
mod formats;
mod glob;
mod hashed;
mod hosts;
mod judge;
mod mask;
mod merge;
mod notes;
#[cfg(test)]
mod partial;
mod piece;
mod places;
pub mod signatures;
#[cfg(test)]
mod steps;
mod verdict;
mod words;
mod wrapping;

use std::io::{self, Read};
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread::{Builder, scope};

use self::batch::{Batch, Batches};
use self::collector::Collector;
use self::fact::Line;
use self::formats::{Ending, Reader};
use self::signatures::Signatures;
use self::wrapping::Wrapping;
use crate::domain::evidence::trace::Scan;

/// Bytes of text from which on a second thread is worth its start.
const THREAD_BYTES: usize = 1024 * 1024;
/// Batches that may wait for the readers, so that memory stays bounded.
const WAITING_MAX: usize = 16;

/// Reads one export with the built-in signatures.
pub fn read(bytes: &[u8]) -> Scan {
    let mut scanner = Scanner::new(Signatures::builtin());
    // Reading from memory cannot fail.
    scanner.add(bytes).ok();
    scanner.finish()
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy)]
enum Origin {
    File,
    Clipboard,
}

/// Reads the exports of one device, one after the other, into one scan.
pub struct Scanner<'a> {
    collector: Collector<'a>,
}

impl<'a> Scanner<'a> {
    /// Starts a scan with these signatures.
    pub fn new(signatures: &'a Signatures) -> Self {
        Self { collector: Collector::new(signatures) }
    }

    /// Salts the marks of computers' names, so that scans with another salt tell nothing together.
    #[must_use]
    pub fn salted(mut self, salt: &str) -> Self {
        self.collector.salt(salt);
        self
    }

    /// Reads one export to its end, and notes what limits it under the file's name.
    ///
    /// # Errors
    /// As [`Scanner::add`].
    pub fn add_file(&mut self, name: &str, source: impl Read) -> io::Result<()> {
        self.collector.file(name);
        let added = self.add(source);
        self.collector.file("");
        added
    }

    /// Reads one export to its end. After an error the scan holds what came before it.
    ///
    /// The source is read on this thread. The lines of a large one are told apart on a second
    /// thread, which has ended when this returns.
    pub fn add(&mut self, source: impl Read) -> io::Result<()> {
        self.add_from(source, Origin::File)
    }

    /// As [`Scanner::add_file`], of text that was pasted: its last line may lack its end.
    ///
    /// # Errors
    /// As [`Scanner::add`].
    pub fn add_pasted(&mut self, name: &str, source: impl Read) -> io::Result<()> {
        self.collector.file(name);
        let added = self.add_from(source, Origin::Clipboard);
        self.collector.file("");
        added
    }

    fn add_from(&mut self, source: impl Read, origin: Origin) -> io::Result<()> {
        let added = self.add_whole(source, origin);
        if added.is_err() {
            self.collector.broken_file();
        }
        added
    }

    fn add_whole(&mut self, source: impl Read, origin: Origin) -> io::Result<()> {
        let mut batches = Batches::new(source, self.collector.signatures());
        let mut readers = Readers::new(&mut self.collector);
        let mut batch = Batch::default();
        let mut n_bytes = 0;
        loop {
            let filled = batches.fill(&mut batch);
            n_bytes += batch.text().len();
            readers.read(&batch);
            if !filled? {
                break;
            }
            if n_bytes >= THREAD_BYTES && read_beside(&mut batches, &mut readers)? {
                break;
            }
        }
        if batches.is_damaged() {
            readers.collector.note("damaged characters: some text could not be read");
        }
        readers.end(origin);
        self.collector.end_of_file(batches.digest());
        Ok(())
    }

    /// The scan of everything that was added.
    pub fn finish(self) -> Scan {
        self.collector.finish()
    }
}

/// Reads on to the end with the readers on a thread of their own. False if there is none to be had.
fn read_beside<R: Read>(
    batches: &mut Batches<'_, R>,
    readers: &mut Readers<'_, '_>,
) -> io::Result<bool> {
    let (full, to_read) = sync_channel::<Batch>(WAITING_MAX);
    let (empty, to_fill) = sync_channel::<Batch>(WAITING_MAX);
    scope(|scope| {
        let reading = Builder::new().name("readers".to_owned()).spawn_scoped(scope, move || {
            for batch in to_read {
                readers.read(&batch);
                // Its room is used again, unless there is enough or the source has ended.
                empty.try_send(batch).ok();
            }
        });
        let Ok(reading) = reading else { return Ok(false) };
        let filled = loop {
            let mut batch = to_fill.try_recv().unwrap_or_default();
            let filled = batches.fill(&mut batch);
            // Without a receiver the readers have panicked, which is told below.
            let is_sent = full.send(batch).is_ok();
            if !is_sent || !matches!(filled, Ok(true)) {
                break filled;
            }
        };
        // Without a sender the thread comes to its end.
        drop(full);
        reading.join().unwrap_or_else(|panic| resume_unwind(panic));
        filled.map(|_| true)
    })
}

/// The readers of one file.
struct Readers<'c, 'a> {
    reader: Reader,
    wrapping: Wrapping,
    /// The number of the next line.
    no: u64,
    /// Whether the last line has no end.
    is_torn: bool,
    collector: &'c mut Collector<'a>,
}

impl<'c, 'a> Readers<'c, 'a> {
    fn new(collector: &'c mut Collector<'a>) -> Self {
        let (reader, wrapping) = (Reader::default(), Wrapping::default());
        Self { reader, wrapping, no: 1, is_torn: false, collector }
    }

    fn read(&mut self, batch: &Batch) {
        if let Some(last) = batch.text().as_bytes().last() {
            self.is_torn = !matches!(last, b'\n' | b'\r');
        }
        let Self { reader, wrapping, no, collector, .. } = self;
        for (text, line) in batch.lines() {
            let is_hit = line.is_hit;
            if reader.is_xml() {
                reader.line(Line { no: *no, text, is_hit }, collector);
            } else {
                wrapping.unwrap(*no, text, line.marks, |text| {
                    reader.line(Line { no: *no, text, is_hit }, collector);
                });
            }
            *no += u64::from(!line.goes_on);
        }
    }

    fn end(self, origin: Origin) {
        let ending = match origin {
            Origin::Clipboard => Ending::Pasted,
            Origin::File if self.is_torn => Ending::Torn,
            Origin::File => Ending::Line,
        };
        self.reader.end(ending, self.collector);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::compare::compare;

    #[test]
    fn an_empty_file_and_one_without_text_find_nothing() {
        for bytes in [&b""[..], &[0xFF, 0xFE], &[0; 100], b"\n\n\n", &[0xFF; 3000]] {
            assert!(read(bytes).traces.is_empty());
        }
    }

    #[test]
    fn a_scan_survives_being_written_and_read_back() {
        let scan = read(b"package:com.kms.free\r\npackage:com.android.phone\r\n");
        let json = serde_json::to_string(&scan).expect("plain data");
        assert_eq!(serde_json::from_str::<Scan>(&json).expect("plain data"), scan);
        assert_eq!(scan.digests.first().map(String::len), Some(64));
    }

    #[test]
    fn a_file_that_breaks_off_shows_nothing_whole() {
        struct Broken<'a>(&'a [u8]);
        impl Read for Broken<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let n_bytes = self.0.read(buffer)?;
                if n_bytes == 0 { Err(io::Error::other("pulled out")) } else { Ok(n_bytes) }
            }
        }
        let mut scanner = Scanner::new(Signatures::builtin());
        let long = BEFORE.to_owned() + &"PC,Other Antivirus,{},0\r\n".repeat(100_000);
        assert!(scanner.add(Broken(long.as_bytes())).is_err());
        scanner.add(&b"nothing more"[..]).expect("from memory");
        let scan = scanner.finish();
        assert_eq!((scan.covers.len(), scan.traces.len(), scan.digests.len()), (0, 1, 1));
        assert_eq!(scan.traces[0].file, None, "its digest is not known");
    }

    #[test]
    fn each_trace_tells_in_which_file_it_was_seen() {
        let mut scanner = Scanner::new(Signatures::builtin());
        for export in ["package:com.android.a\r\n", BEFORE, "package:com.kms.free\r\n"] {
            scanner.add(export.as_bytes()).expect("from memory");
        }
        let scan = scanner.finish();
        let files: Vec<_> = scan.traces.iter().map(|trace| trace.file).collect();
        assert_eq!(files, [Some(1), Some(2)]);
    }

    /// Text of three megabytes that names something now and then, damaged in one place.
    fn large() -> Vec<u8> {
        let listed = "SERVICE_NAME: AVP17.0.0\r\n        TYPE  : 10  WIN32_OWN_PROCESS\r\n        STATE : 4  RUNNING\r\n\r\n";
        let other = listed.replace("AVP17.0.0", "Dhcp").replace("4  RUNNING", "1  STOPPED");
        let mut text: Vec<u8> = (listed.to_owned() + &other.repeat(1_000)).into_bytes().repeat(30);
        text.extend(b"SERVICE_NAME: klif\r\nDISPLAY_NAME: \xC3\xA9\xC3\xA9\xFF\r\n        TYPE : 2  FILE_SYSTEM_DRIVER\r\n        STATE : 4  RUNNING\r\n");
        assert!(text.len() > 2 * THREAD_BYTES);
        text
    }

    /// Gives a few bytes at a time, and then ends in its own way.
    struct Slow<'a, F>(&'a [u8], F);

    impl<F: FnMut() -> io::Result<usize>> Read for Slow<'_, F> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n_bytes = self.0.len().min(buffer.len()).min(1_777);
            if n_bytes == 0 { (self.1)() } else { self.0.read(&mut buffer[..n_bytes]) }
        }
    }

    #[test]
    fn a_large_file_says_the_same_however_it_arrives() {
        let bytes = large();
        let whole = read(&bytes);
        assert_eq!(whole.traces.iter().map(|trace| trace.line).collect::<Vec<_>>(), [1, 120_121]);
        assert_eq!(whole.notes, ["damaged characters: some text could not be read"]);
        let mut scanner = Scanner::new(Signatures::builtin());
        scanner.add(Slow(&bytes, || Ok(0))).expect("from memory");
        assert_eq!(scanner.finish(), whole);
    }

    #[test]
    fn a_large_file_that_breaks_off_keeps_what_came_before() {
        let bytes = large();
        let mut scanner = Scanner::new(Signatures::builtin());
        let added = scanner.add(Slow(&bytes, || Err(io::Error::other("unplugged"))));
        assert_eq!(added.expect_err("broken").to_string(), "unplugged");
        let scan = scanner.finish();
        assert_eq!((scan.traces.len(), scan.covers.len(), scan.digests.len()), (1, 0, 0));
        assert_eq!(scan.notes, ["could not be read to its end"]);
    }

    #[test]
    #[should_panic(expected = "the source is broken")]
    fn a_panic_of_the_source_is_told() {
        let bytes = large();
        let mut scanner = Scanner::new(Signatures::builtin());
        scanner.add(Slow(&bytes, || panic!("the source is broken"))).ok();
    }

    #[test]
    fn a_computer_is_known_again_under_the_same_salt_and_by_nothing_else() {
        let hosts = |name: &str, salt: &str| {
            let text = BEFORE.replace("\nPC,", &format!("\n{name},"));
            let mut scanner = Scanner::new(Signatures::builtin()).salted(salt);
            scanner.add(text.as_bytes()).expect("from memory");
            scanner.finish().hosts
        };
        let amaras = hosts("AMARAS-LAPTOP-2017", "case 1");
        assert_eq!(amaras.iter().map(String::len).collect::<Vec<_>>(), [4]);
        assert_eq!(amaras, hosts("amaras-laptop-2", "case 1"));
        assert_ne!(amaras, hosts("AMARAS-LAPTOP-2017", "case 2"));
        assert_ne!(amaras, hosts("JOHNS-LAPTOP", "case 1"));
    }

    const BEFORE: &str = "Node,DisplayName,instanceGuid,productState\r\nPC,Kaspersky Total Security,{86367591-4BE4-AE08-2FD9-7FCB8259CD98},266240\r\n";

    #[test]
    fn gone_is_only_what_the_after_files_would_show() {
        let before = read(BEFORE.as_bytes());
        let shown = read(b"Node,displayName,instanceGuid,productState\r\nPC,Windows Defender,{D68DDC3A-831F-4FAE-9E44-DA132C1ACF46},397568\r\n");
        let other = read(
            b"package:com.android.phone\r\npackage:com.android.x\r\npackage:com.android.y\r\n",
        );
        let table = [
            (&shown, "1 found, 1 gone", true),
            (&other, "1 found, 0 gone, 1 unknown", false),
            (&before, "1 found, 0 gone, 1 still there", false),
        ];
        for (after, said, is_proof) in table {
            let comparison = compare(&before, after);
            assert_eq!(comparison.summary(), said);
            assert_eq!(comparison.is_proof(), is_proof, "{said}");
        }
        assert_eq!(compare(&other, &before).summary(), "0 found, 0 gone, 1 new");
    }
}
