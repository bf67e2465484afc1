//! From a file's bytes to lines of text, in bounded memory: one window of bytes, one block of text.
//!
//! UTF-8 and UTF-16 with or without mark, single-byte code pages, and mixtures of them, since
//! console output is often appended to a file in another encoding. Each window is looked at anew.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};

use super::codepage::CodePage;

/// Bytes looked at at once.
const WINDOW_BYTES: usize = 16 * 1024;
/// A line longer than this is handed on in pieces, so that a line without end costs no memory.
const LINE_BYTES_MAX: usize = 8 * 1024;

/// Hands out a file's text block by block.
pub(super) struct Blocks<R> {
    source: R,
    window: Vec<u8>,
    unit: Unit,
    utf16: Option<Decoder>,
    /// Bytes in UTF-8 or a code page, of which the first `done` were handed out already.
    pending: Vec<u8>,
    done: usize,
    text: String,
    page: Option<CodePage>,
    is_at_start: bool,
    is_at_end: bool,
    is_damaged: bool,
}

/// How the current window stores characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Bytes,
    Little,
    Big,
}

/// One block: whole lines, or a piece of a line that is too long.
pub(super) struct Block<'a> {
    /// The text, line ends included.
    pub text: &'a str,
    /// Whether the last line goes on in the next block.
    pub is_open: bool,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            window: Vec::with_capacity(WINDOW_BYTES),
            unit: Unit::Bytes,
            utf16: None,
            pending: Vec::with_capacity(WINDOW_BYTES * 4),
            done: 0,
            text: String::new(),
            page: None,
            is_at_start: true,
            is_at_end: false,
            is_damaged: false,
        }
    }

    /// Whether bytes were met that no encoding explains.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// The source, as far as it was read.
    pub(super) fn into_source(self) -> R {
        self.source
    }

    /// The next block, `None` at the end. Passes on what the source refuses.
    pub(super) fn next(&mut self) -> io::Result<Option<Block<'_>>> {
        self.pending.drain(..self.done);
        self.done = 0;
        loop {
            if let Some((end, is_open)) = self.block_end() {
                self.done = end;
                let bytes = self.pending.get(..end).unwrap_or_default();
                if std::str::from_utf8(bytes).is_err() {
                    self.repair(end);
                    return Ok(Some(Block { text: &self.text, is_open }));
                }
                let bytes = self.pending.get(..end).unwrap_or_default();
                let text = std::str::from_utf8(bytes).unwrap_or_default();
                return Ok(Some(Block { text, is_open }));
            }
            if self.is_at_end {
                return Ok(None);
            }
            self.fill()?;
        }
    }

    /// Where the next block ends, if there is enough for one.
    fn block_end(&self) -> Option<(usize, bool)> {
        if self.pending.is_empty() {
            return None;
        }
        if let Some(at) = memchr::memrchr(b'\n', &self.pending) {
            return Some((at + 1, false));
        }
        if self.is_at_end {
            return Some((self.pending.len(), false));
        }
        if self.pending.len() <= LINE_BYTES_MAX {
            return None;
        }
        // A file with lone carriage returns has its line ends there.
        if let Some(at) = memchr::memrchr(b'\r', &self.pending)
            && at + 1 < self.pending.len()
        {
            return Some((at + 1, false));
        }
        let is_gap = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b'>' | b'\t');
        let end = match self.pending.iter().rposition(is_gap) {
            Some(at) if at > self.pending.len() / 2 => at + 1,
            _ => char_end(&self.pending),
        };
        Some((end, true))
    }

    /// Reads one window and appends it to `pending` in a single-byte or UTF-8 form.
    fn fill(&mut self) -> io::Result<()> {
        self.window.clear();
        let mut source = (&mut self.source).take(WINDOW_BYTES as u64);
        source.read_to_end(&mut self.window)?;
        self.is_at_end = self.window.len() < WINDOW_BYTES;
        if std::mem::take(&mut self.is_at_start) {
            self.skip_mark();
        }
        let unit = self.unit_of_window();
        if unit != self.unit {
            self.flush_utf16();
            self.unit = unit;
        }
        match self.unit {
            Unit::Bytes if memchr::memchr(0, &self.window).is_none() => {
                self.pending.extend_from_slice(&self.window);
            }
            // Text in UTF-16 appended to text in bytes: its ASCII part survives without the zeros.
            Unit::Bytes => self.pending.extend(self.window.iter().filter(|byte| **byte != 0)),
            Unit::Little | Unit::Big => self.push_utf16(),
        }
        if self.is_at_end {
            self.flush_utf16();
        }
        Ok(())
    }

    /// Drops a byte order mark and takes its word for the encoding.
    fn skip_mark(&mut self) {
        let (unit, n_bytes) = match self.window.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Unit::Bytes, 3),
            [0xFF, 0xFE, ..] => (Unit::Little, 2),
            [0xFE, 0xFF, ..] => (Unit::Big, 2),
            _ => return,
        };
        self.unit = unit;
        self.window.drain(..n_bytes);
    }

    /// How this window stores characters: by where its zero bytes are, else as before.
    fn unit_of_window(&mut self) -> Unit {
        if self.unit == Unit::Bytes && memchr::memchr(0, &self.window).is_none() {
            return Unit::Bytes;
        }
        // A window that holds both forms is read as bytes: the ASCII part of either survives.
        if self.unit != Unit::Big && is_mixed(&self.window) {
            return Unit::Bytes;
        }
        let (mut even, mut odd) = (0_usize, 0_usize);
        for pair in self.window.chunks_exact(2) {
            if let [first, second] = pair {
                even += usize::from(*first == 0);
                odd += usize::from(*second == 0);
            }
        }
        let n_pairs = self.window.len() / 2 + 1;
        let is_wide = (even.max(odd)) * 5 > n_pairs;
        match self.unit {
            Unit::Bytes if is_wide && odd > even * 3 => Unit::Little,
            Unit::Bytes if is_wide && even > odd * 3 => Unit::Big,
            Unit::Bytes => Unit::Bytes,
            Unit::Little | Unit::Big if !is_wide && is_ascii_text(&self.window) => Unit::Bytes,
            Unit::Little if is_wide && even > odd * 3 => {
                self.realign();
                Unit::Little
            }
            Unit::Big if is_wide && odd > even * 3 => {
                self.realign();
                Unit::Big
            }
            // Both halves full of zeros: a byte was lost within. The ASCII part is enough.
            Unit::Little | Unit::Big if is_wide && even * 3 > odd && odd * 3 > even => Unit::Bytes,
            same => same,
        }
    }

    /// A byte was lost before this window: starts over one byte later.
    fn realign(&mut self) {
        self.is_damaged = true;
        self.flush_utf16();
        if !self.window.is_empty() {
            self.window.remove(0);
        }
    }

    fn push_utf16(&mut self) {
        let encoding = if self.unit == Unit::Big { UTF_16BE } else { UTF_16LE };
        let decoder = self.utf16.get_or_insert_with(|| encoding.new_decoder_without_bom_handling());
        decode_into(decoder, &self.window, &mut self.pending);
    }

    /// Ends the current UTF-16 run, so that a half character is not carried into other text.
    fn flush_utf16(&mut self) {
        self.utf16 = None;
    }

    /// Decodes a block that isn't UTF-8, line by line, into `text`.
    fn repair(&mut self, end: usize) {
        let bytes = self.pending.get(..end).unwrap_or_default();
        let page = *self.page.get_or_insert_with(|| CodePage::guess(bytes));
        self.text.clear();
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if let Ok(text) = std::str::from_utf8(line) {
                self.text.push_str(text);
                continue;
            }
            let (n_good, n_bad) = utf8_balance(line);
            if n_good > n_bad {
                self.is_damaged = true;
                self.text.push_str(&String::from_utf8_lossy(line));
            } else {
                page.decode_into(line, &mut self.text);
            }
        }
    }
}

/// Whether a window has runs of text without zero bytes, and runs with a zero at every other byte.
fn is_mixed(window: &[u8]) -> bool {
    let n_parts = 16;
    let size = (window.len() / n_parts).max(16);
    let parts = window.chunks(size).filter(|part| part.len() >= 8);
    let (mut narrow, mut wide) = (0_usize, 0_usize);
    for part in parts {
        let n_zero = memchr::memchr_iter(0, part).count();
        narrow += usize::from(n_zero == 0 && is_ascii_text(part));
        wide += usize::from(n_zero * 4 > part.len());
    }
    narrow > 0 && wide > 0
}

/// Decodes all of `source`; bytes that fit nowhere become replacement characters.
fn decode_into(decoder: &mut Decoder, source: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let room = decoder.max_utf8_buffer_length(source.len()).unwrap_or(source.len() * 3);
    out.resize(start + room, 0);
    let target = out.get_mut(start..).unwrap_or_default();
    let (_, _, n_written, _) = decoder.decode_to_utf8(source, target, false);
    out.truncate(start + n_written);
}

/// Where to cut bytes so that no UTF-8 character is cut.
fn char_end(bytes: &[u8]) -> usize {
    let n_tail = bytes.iter().rev().take(4).take_while(|byte| **byte & 0xC0 == 0x80).count();
    match bytes.len().checked_sub(n_tail + 1) {
        Some(at) if n_tail < 4 && at > 0 => at,
        _ => bytes.len(),
    }
}

/// Characters beyond ASCII that are whole, and bytes that are no UTF-8.
fn utf8_balance(line: &[u8]) -> (usize, usize) {
    line.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let n_wide = chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        (good + n_wide, bad + chunk.invalid().len())
    })
}

/// Whether bytes are nearly all printable ASCII.
fn is_ascii_text(bytes: &[u8]) -> bool {
    let is_plain = |byte: &&u8| matches!(**byte, b' '..=b'~' | b'\t' | b'\r' | b'\n');
    let n_plain = bytes.iter().filter(is_plain).count();
    !bytes.is_empty() && n_plain * 10 >= bytes.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        let mut blocks = Blocks::new(bytes);
        let mut text = String::new();
        while let Some(block) = blocks.next().expect("reads memory") {
            text.push_str(block.text);
        }
        text
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn each_encoding_is_read_with_and_without_its_mark() {
        let said = "Name: Kaspersky für Überall\r\nPfad: C:\\Benutzer\r\n";
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(wide(said));
        let big: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut marked8 = vec![0xEF, 0xBB, 0xBF];
        marked8.extend(said.as_bytes());
        for bytes in [said.as_bytes().to_vec(), marked, wide(said), big, marked8] {
            assert_eq!(text_of(&bytes), said);
        }
    }

    #[test]
    fn cyrillic_survives_in_each_of_its_encodings() {
        let said = "Антивирус Касперского работает\r\n";
        let mut windows = encoding_rs::WINDOWS_1251.encode(said).0.into_owned();
        assert_eq!(text_of(&windows), said);
        windows = encoding_rs::IBM866.encode(said).0.into_owned();
        assert_eq!(text_of(&windows), said);
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(wide(said));
        assert_eq!(text_of(&marked), said);
    }

    #[test]
    fn wide_text_appended_to_narrow_text_keeps_its_names() {
        let mut bytes = b"avp.exe 12\r\n".repeat(20);
        bytes.extend(wide(&"klif.sys 34\r\n".repeat(20)));
        let text = text_of(&bytes);
        assert!(text.contains("avp.exe 12") && text.contains("klif.sys 34"), "{text:?}");
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(wide(&"klif.sys 34\r\n".repeat(2_000)));
        bytes.extend(b"avp.exe 12\r\n".repeat(3_000));
        let text = text_of(&bytes);
        assert!(text.contains("avp.exe 12") && text.contains("klif.sys 34"));
    }

    #[test]
    fn a_line_without_end_is_handed_on_in_pieces() {
        let mut blocks = Blocks::new(io::repeat(b'x').take(1_000_000));
        let mut n_bytes = 0;
        while let Some(block) = blocks.next().expect("reads memory") {
            assert!(block.text.len() <= WINDOW_BYTES * 2);
            n_bytes += block.text.len();
        }
        assert_eq!(n_bytes, 1_000_000);
    }
}
