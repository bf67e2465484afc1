//! What every input of every reader must hold to: no panic, bounded traces, nobody shown, and the
//! same scan however the bytes arrive.

use std::io::{self, Read};

use crate::domain::evidence::trace::Scan;
use crate::evidence::Scanner;
use crate::evidence::signatures::Signatures;

/// A person that [`FRST`] and [`COMBOFIX`] name at their head.
const USER: &str = "quillon";
/// A computer that [`FRST`] names at its head.
const HOST: &str = "zephyrbox";
/// The beginning of an FRST log.
pub const FRST: &[u8] = b"Scan result of Farbar Recovery Scan Tool (FRST) (x64) Version: 05-10-2017\r\nRan by Quillon (administrator) on ZEPHYRBOX (05-10-2017 08:30:12)\r\n\r\n";
/// The beginning of a ComboFix log.
pub const COMBOFIX: &[u8] = b"ComboFix 11-03-04.02 - Quillon 05.03.2011  10:12:44.1.2 - x86\r\n";
/// The beginning of a HijackThis log.
pub const HIJACKTHIS: &[u8] =
    b"Logfile of Trend Micro HijackThis v2.0.4\r\n\r\nRunning processes:\r\n";
/// The beginning of an OTL log.
pub const OTL: &[u8] = b"OTL logfile created on: 05/10/2017 12:26:10 - Run 1\r\n";
/// The beginning of a registry export.
pub const REGISTRY: &[u8] = b"Windows Registry Editor Version 5.00\r\n\r\n";
/// The beginning of an inventory.
pub const XML: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<REQUEST>\n<CONTENT>\n";
/// The beginning of a list of fields.
pub const FIELDS: &[u8] = b"DisplayName : x\r\n";
/// The beginning of a table.
pub const TABLE: &[u8] =
    b"Image Name                     PID Services\r\n========================= ======== ====================\r\n";
/// The beginning of CSV.
pub const CSV: &[u8] = b"Node,displayName,instanceGuid,productState\r\n";
/// The beginning of a list of a Mac's applications.
pub const PROFILER: &[u8] = b"Applications:\r\n\r\n";
/// A line that is a trace whatever follows on it.
const TRACE: &[u8] = b"R2 AVP; C:\\Program Files\\Kaspersky Lab\\x\\avp.exe ";

/// Claims what must hold of a file that begins with `head` and goes on with `data`.
pub fn of_reader(head: &[u8], data: &[u8]) {
    let mut bytes = head.to_vec();
    bytes.extend_from_slice(data);
    let whole = scan(&mut bytes.as_slice());
    let names: &[&str] = match head {
        FRST => &[USER, HOST],
        COMBOFIX => &[USER],
        _ => &[],
    };
    assert!(whole.traces.len() <= 5_000 && whole.notes.len() <= 32);
    for trace in &whole.traces {
        let texts = [Some(&trace.text), Some(&trace.name), Some(&trace.key), trace.path.as_ref()];
        for text in texts.into_iter().flatten() {
            assert!(text.len() <= 4_000, "{text}");
            shows_nobody(text, names);
        }
    }
    let pieces = scan(&mut Pieces { bytes: &bytes, n_reads: 0 });
    assert_eq!(whole, pieces, "it matters how the bytes arrive");
}

/// Claims that whatever stands on a line with a trace, nobody is shown.
pub fn of_mask(data: &[u8]) {
    let line: Vec<u8> =
        data.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n' | 0)).collect();
    let mut bytes = TRACE.to_vec();
    bytes.extend(line);
    bytes.extend(b"\r\n");
    of_reader(FRST, &bytes);
}

/// Claims that a signature file is refused, or can be searched with.
pub fn of_signatures(data: &[u8]) {
    let Ok(json) = std::str::from_utf8(data) else { return };
    let Ok(signatures) = Signatures::from_json(json) else { return };
    let mut scanner = Scanner::new(&signatures);
    let text = b"R2 AVP; C:\\Program Files\\Kaspersky Lab\\avp.exe\r\nklif.sys\r\n";
    scanner.add(&text[..]).expect("memory can be read");
    assert!(scanner.finish().traces.len() < 100);
}

fn scan(source: &mut dyn Read) -> Scan {
    let mut scanner = Scanner::new(Signatures::builtin());
    scanner.add(source).expect("memory can be read");
    scanner.finish()
}

/// Names must be whole words here: what a file calls "xquillon" is no one's name.
fn shows_nobody(text: &str, names: &[&str]) {
    let lower = text.to_lowercase();
    for head in ["s-1-5-21-", "s-1-12-1-"] {
        for (at, _) in lower.match_indices(head) {
            let next = lower.as_bytes().get(at + head.len());
            assert!(!next.is_some_and(u8::is_ascii_digit), "a SID: {text}");
        }
    }
    for home in ["\\users\\", "/users/", "/home/", "\\documents and settings\\"] {
        for (at, _) in lower.match_indices(home) {
            let rest = lower[at + home.len()..].trim_start_matches(['\\', '/']);
            // No path goes beyond the end of a line, of whichever system.
            let ends = ['\\', '/', '"', '|', '<', '>', ';', ',', '\t', '\r', '\n'];
            let name = rest.split(ends).next();
            let name = name.unwrap_or_default().trim();
            assert!(name.is_empty() || NOBODY.contains(&name), "a user: {text}");
        }
    }
    for (at, _) in lower.match_indices('@') {
        let before = lower[..at].bytes().next_back();
        let place = lower[at + 1..]
            .split(|char: char| !char.is_ascii_alphanumeric() && !".-".contains(char));
        let place = place.into_iter().next().unwrap_or_default();
        let is_address = before.is_some_and(|byte| byte.is_ascii_alphanumeric())
            && place.split('.').filter(|part| part.len() > 1).count() > 1;
        assert!(!is_address || place.starts_with("kaspersky."), "an address: {text}");
    }
    for name in names {
        for (at, _) in lower.match_indices(*name) {
            // The small form of a capital I with a dot is two characters, and still a letter.
            let is_letter = |char: char| char.is_alphanumeric() || char == '\u{307}';
            let is_word = !lower[..at].chars().next_back().is_some_and(is_letter)
                && !lower[at + name.len()..].chars().next().is_some_and(is_letter);
            assert!(!is_word, "{name}: {text}");
        }
    }
}

/// Folders below a home that are no person's.
const NOBODY: [&str; 15] = [
    "public",
    "default",
    "all users",
    "default user",
    "shared",
    "defaultapppool",
    "localservice",
    "networkservice",
    "system",
    "guest",
    "allusers",
    ".default",
    "alluse~1",
    "localse~1",
    "networ~1",
];

/// Hands out a few bytes at a time.
struct Pieces<'a> {
    bytes: &'a [u8],
    n_reads: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.n_reads += 1;
        let n_bytes = (self.n_reads * 7 % 13 + 1).min(buffer.len()).min(self.bytes.len());
        let (head, rest) = self.bytes.split_at(n_bytes);
        buffer[..n_bytes].copy_from_slice(head);
        self.bytes = rest;
        Ok(n_bytes)
    }
}
