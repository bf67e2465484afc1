//! Text on its way to the readers, a batch of blocks at once: decoded, cut into lines, each with the
//! answer whether a signature could be in it. A batch knows nothing of formats, so that batches can
//! be filled on one thread and read on another.

use std::io::{self, BufReader, Read};

use super::decode::{Block, Blocks};
use super::hashed::Hashed;
use super::signatures::Signatures;
use super::wrapping::Marks;

/// Bytes asked of a source at once.
const BUFFER_BYTES: usize = 64 * 1024;
/// Bytes of text from which on a batch is full: handing one to another thread has its price.
const BATCH_BYTES: usize = 128 * 1024;

/// Some text in lines.
#[derive(Default)]
pub(super) struct Batch {
    text: String,
    lines: Vec<LineAt>,
}

/// Where in a batch a line stands, and what can be said of it without knowing its format.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineAt {
    start: u32,
    end: u32,
    /// Whether a signature could be in it.
    pub is_hit: bool,
    /// Whether it is a piece of a long line, which the next one continues.
    pub goes_on: bool,
    /// What the block that it stands in holds.
    pub marks: Marks,
}

impl Batch {
    /// All lines with their ends.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The lines without their ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, LineAt)> {
        let text_of = |line: &LineAt| self.text.get(line.start as usize..line.end as usize);
        self.lines.iter().map(move |line| (text_of(line).unwrap_or_default(), *line))
    }

    fn push(&mut self, block: Block<'_>, signatures: &Signatures) {
        let text = block.text;
        let marks = Marks::of(text);
        let is_old_mac = memchr::memchr(b'\n', text.as_bytes()).is_none();
        let separator = if is_old_mac { b'\r' } else { b'\n' };
        let offset = self.text.len();
        let mut next_hit = signatures.next_hit(text, 0);
        let mut from = 0;
        while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
            let end = memchr::memchr(separator, rest.as_bytes());
            let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let next = from + end.map_or(rest.len(), |end| end + 1);
            let is_hit = next_hit < next;
            self.lines.push(LineAt {
                start: (offset + from) as u32,
                end: (offset + from + line.trim_end_matches('\r').len()) as u32,
                is_hit,
                goes_on: block.is_open && end.is_none(),
                marks,
            });
            if is_hit {
                next_hit = signatures.next_hit(text, next);
            }
            from = next;
        }
        self.text.push_str(text);
    }
}

/// A file as batches, and its hash.
pub(super) struct Batches<'s, R> {
    blocks: Blocks<BufReader<Hashed<R>>>,
    signatures: &'s Signatures,
}

impl<'s, R: Read> Batches<'s, R> {
    pub(super) fn new(source: R, signatures: &'s Signatures) -> Self {
        let source = BufReader::with_capacity(BUFFER_BYTES, Hashed::new(source));
        Self { blocks: Blocks::new(source), signatures }
    }

    /// Fills the batch anew. False at the end of the file; passes on what the source refuses. The
    /// batch holds what came before it either way.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> io::Result<bool> {
        batch.text.clear();
        batch.lines.clear();
        while batch.text.len() < BATCH_BYTES {
            let Some(block) = self.blocks.next()? else { return Ok(false) };
            batch.push(block, self.signatures);
        }
        Ok(true)
    }

    /// Whether bytes were met that no encoding explains.
    pub(super) fn is_damaged(&self) -> bool {
        self.blocks.is_damaged()
    }

    /// The SHA-256 of all bytes that were read, as 64 hexadecimal digits.
    pub(super) fn digest(self) -> String {
        self.blocks.into_source().into_inner().digest()
    }
}
