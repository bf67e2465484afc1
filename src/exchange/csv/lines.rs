//! Physical lines, bounded: what is too long is skipped, counted and hashed, never held.

use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes.
pub const LINE_BYTES_MAX: usize = 64 * 1024;

/// One line without its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Counted from 1.
    pub no: u64,
    /// How many bytes of the file end with it.
    pub at_byte: u64,
    /// Its bytes; empty when it is too long.
    pub bytes: Vec<u8>,
    /// Whether it is longer than [`LINE_BYTES_MAX`].
    pub is_too_long: bool,
}

/// The lines of a file, and the digest of all its bytes.
pub(super) struct Lines {
    input: BufReader<Box<dyn Read + Send>>,
    hash: Sha256,
    at_byte: u64,
    n_read: u64,
    /// The last line ended with CR, so that an LF at once belongs to it.
    ended_with_cr: bool,
    put_back: VecDeque<Line>,
}

impl Lines {
    pub(super) fn new(input: Box<dyn Read + Send>) -> Self {
        Self {
            input: BufReader::with_capacity(LINE_BYTES_MAX, input),
            hash: Sha256::new(),
            at_byte: 0,
            n_read: 0,
            ended_with_cr: false,
            put_back: VecDeque::new(),
        }
    }

    /// The file's first bytes, not taken from it: up to 64 KiB, empty for an empty file.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    /// Leaves out the first `n` bytes. They are part of the digest.
    pub(super) fn skip(&mut self, n: usize) -> io::Result<()> {
        let buffer = self.input.fill_buf()?;
        let skipped = buffer.get(..n.min(buffer.len())).unwrap_or_default();
        self.hash.update(skipped);
        let n = skipped.len();
        self.at_byte += n as u64;
        self.input.consume(n);
        Ok(())
    }

    /// The next line; `None` after the last.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.put_back.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Line { no: self.n_read + 1, ..Line::default() };
        let mut has_any = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let begin = usize::from(self.ended_with_cr && buffer.first() == Some(&b'\n'));
            self.ended_with_cr = false;
            let rest = buffer.get(begin..).unwrap_or_default();
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let body = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            has_any |= end.is_some() || !body.is_empty();
            if line.bytes.len() + body.len() > LINE_BYTES_MAX {
                line.is_too_long = true;
                line.bytes = Vec::new();
            } else if !line.is_too_long {
                line.bytes.extend_from_slice(body);
            }
            let n_used = begin + body.len() + usize::from(end.is_some());
            let used = buffer.get(..n_used).unwrap_or_default();
            self.hash.update(used);
            self.ended_with_cr = end.is_some() && used.last() == Some(&b'\r');
            self.at_byte += n_used as u64;
            self.input.consume(n_used);
            if end.is_some() {
                break;
            }
        }
        if !has_any {
            return Ok(None);
        }
        self.n_read += 1;
        line.at_byte = self.at_byte;
        Ok(Some(line))
    }

    /// Gives lines back, to be read again before all others.
    pub(super) fn put_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.put_back.push_front(line);
        }
    }

    /// The digest of all that was read, 64 lower-case hex digits. Call it after the last line.
    pub(super) fn digest(&self) -> String {
        super::hex(&self.hash.clone().finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: Vec<u8>) -> Lines {
        Lines::new(Box::new(io::Cursor::new(bytes)))
    }

    fn all(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut lines = lines(bytes.to_vec());
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().expect("memory does not fail") {
            found.push((line.no, String::from_utf8(line.bytes).expect("text")));
        }
        found
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        let table: [(&[u8], &[&str]); 8] = [
            (b"", &[]),
            (b"a", &["a"]),
            (b"a\n", &["a"]),
            (b"a\nb", &["a", "b"]),
            (b"a\r\nb\r\n", &["a", "b"]),
            (b"a\rb\r", &["a", "b"]),
            (b"\n\n", &["", ""]),
            (b"a\r\n\r\nb", &["a", "", "b"]),
        ];
        for (bytes, expected) in table {
            let found = all(bytes);
            let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(texts, expected, "{bytes:?}");
            assert!(found.iter().zip(1..).all(|((no, _), expected)| *no == expected));
        }
    }

    #[test]
    fn a_line_over_the_limit_is_told_and_the_next_one_is_whole() {
        for over in [0, 1, LINE_BYTES_MAX * 3] {
            let mut bytes = vec![b'x'; LINE_BYTES_MAX + over];
            bytes.extend_from_slice(b"\r\nnext\n");
            let n_bytes = bytes.len() as u64;
            let mut lines = lines(bytes);
            let first = lines.next_line().expect("memory").expect("a line");
            assert_eq!(first.is_too_long, over > 0, "{over}");
            let next = lines.next_line().expect("memory").expect("a line");
            assert_eq!((next.no, next.bytes.as_slice()), (2, b"next".as_slice()));
            assert_eq!(next.at_byte, n_bytes);
        }
    }

    #[test]
    fn the_digest_is_of_all_bytes() {
        let mut lines = lines(b"abc".to_vec());
        while lines.next_line().expect("memory").is_some() {}
        // The first test vector of FIPS 180-2.
        assert_eq!(
            lines.digest(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
