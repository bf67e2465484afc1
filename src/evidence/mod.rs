//! From a device's exports to traces and a verdict. Bytes in, values out: no I/O but a `Read`, no clock.
//!
//! Flow: bytes → `decode` (text in blocks, bounded) → `formats` (what the export lists) →
//! `judge` (whose is it, by the [`signatures`]) → `collector` (no duplicates, masked) → [`Scan`].
//! A scan of several files is one device at one time; [`crate::domain::evidence::compare`] sets two scans side by side.
//!
//! Memory is bounded whatever the input: long lines come in pieces, records and traces have limits.

mod antivirus;
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
mod fact;
mod formats;
mod glob;
mod hashed;
mod judge;
mod mask;
mod places;
pub mod signatures;
#[cfg(test)]
mod steps;
mod verdict;
mod words;
mod wrapping;

use std::io::{self, BufReader, Read};

use self::collector::Collector;
use self::decode::Blocks;
use self::fact::Line;
use self::formats::{Ending, Reader};
use self::hashed::Hashed;
use self::signatures::Signatures;
use self::wrapping::Wrapping;
use crate::domain::evidence::trace::Scan;

/// Bytes asked of a source at once.
const BUFFER_BYTES: usize = 64 * 1024;

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

    /// Reads one export to its end. After an error the scan holds what came before it.
    pub fn add(&mut self, source: impl Read) -> io::Result<()> {
        self.add_from(source, Origin::File)
    }

    /// The same for text that was pasted: its last line may lack its end.
    pub fn add_pasted(&mut self, source: impl Read) -> io::Result<()> {
        self.add_from(source, Origin::Clipboard)
    }

    fn add_from(&mut self, source: impl Read, origin: Origin) -> io::Result<()> {
        let added = self.add_whole(source, origin);
        if added.is_err() {
            self.collector.broken_file();
        }
        added
    }

    fn add_whole(&mut self, source: impl Read, origin: Origin) -> io::Result<()> {
        let source = Hashed::new(source);
        let mut source = BufReader::with_capacity(BUFFER_BYTES, source);
        let mut blocks = Blocks::new(&mut source);
        let mut reader = Reader::default();
        let mut wrapping = Wrapping::default();
        let mut no = 1;
        let mut is_torn = false;
        while let Some(block) = blocks.next()? {
            wrapping.look(block.text);
            is_torn = !block.text.ends_with(['\n', '\r']);
            let mut lines = Lines::new(block.text, self.collector.signatures());
            while let Some((text, is_hit, is_last)) = lines.next() {
                if reader.is_xml() {
                    reader.line(Line { no, text, is_hit }, &mut self.collector);
                } else {
                    wrapping.unwrap(no, text, |text| {
                        reader.line(Line { no, text, is_hit }, &mut self.collector);
                    });
                }
                no += u64::from(!(is_last && block.is_open));
            }
        }
        if blocks.is_damaged() {
            self.collector.note("damaged characters: some text could not be read");
        }
        let ending = match origin {
            Origin::Clipboard => Ending::Pasted,
            Origin::File if is_torn => Ending::Torn,
            Origin::File => Ending::Line,
        };
        reader.end(ending, &mut self.collector);
        self.collector.end_of_file(source.into_inner().digest()?);
        Ok(())
    }

    /// The scan of everything that was added.
    pub fn finish(self) -> Scan {
        self.collector.finish()
    }
}

/// The lines of a block, each with the answer whether a signature could be in it.
struct Lines<'t, 's> {
    text: &'t str,
    at: usize,
    separator: u8,
    signatures: &'s Signatures,
    /// Where the next place is that a signature could be at; behind the text if there is none.
    next_hit: usize,
}

impl<'t, 's> Lines<'t, 's> {
    fn new(text: &'t str, signatures: &'s Signatures) -> Self {
        let is_old_mac = memchr::memchr(b'\n', text.as_bytes()).is_none();
        let separator = if is_old_mac { b'\r' } else { b'\n' };
        let next_hit = signatures.next_hit(text, 0);
        Self { text, at: 0, separator, signatures, next_hit }
    }

    fn next(&mut self) -> Option<(&'t str, bool, bool)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(self.separator, rest.as_bytes());
        let line = rest.get(..end.unwrap_or(rest.len()))?;
        let from = self.at;
        self.at += end.map_or(rest.len(), |end| end + 1);
        let is_hit = self.next_hit < self.at && self.next_hit >= from;
        if is_hit {
            self.next_hit = self.signatures.next_hit(self.text, self.at);
        }
        Some((line.trim_end_matches('\r'), is_hit, end.is_none()))
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
