//! The distinct words of a segment, sorted, so that those with one beginning are one range of ids.

use std::ops::Range;

/// Letters `a` to `z`, something before them, something after.
const N_CLASSES: usize = 28;
/// So many words are scanned at once.
const SCANNED_AT_ONCE: usize = 8;

/// Sorted distinct words. A word's id is its place in the order.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    /// Where each word starts in `text`, and one end.
    starts: Vec<u32>,
    /// For each pair of first letters the first id, so that a search starts in the right place.
    by_two: Vec<u32>,
    /// For each word which letters occur in it, a bit each.
    masks: Vec<u32>,
}

impl Dictionary {
    /// Keeps `words`, which must be sorted and distinct.
    pub(super) fn build<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self { starts: vec![0], ..Self::default() };
        let mut counts = vec![0_u32; N_CLASSES * N_CLASSES + 1];
        for word in words {
            all.text.push_str(word);
            all.starts.push(all.text.len() as u32);
            all.masks.push(mask(word));
            if let Some(count) = counts.get_mut(class_of(word) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        all.by_two = counts;
        all.text.shrink_to_fit();
        all.starts.shrink_to_fit();
        all.masks.shrink_to_fit();
        all
    }

    /// How many words there are.
    pub(super) fn len(&self) -> u32 {
        self.masks.len() as u32
    }

    /// The word of this id; empty for an id that is none.
    pub(super) fn word(&self, id: u32) -> &str {
        match self.starts.get(id as usize..) {
            Some([from, until, ..]) => {
                self.text.get(*from as usize..*until as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// Which letters the word has, see [`mask`].
    pub(super) fn mask(&self, id: u32) -> u32 {
        self.masks.get(id as usize).copied().unwrap_or_default()
    }

    /// The id of exactly this word.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let id = self.first_from(word);
        (id < self.len() && self.word(id) == word).then_some(id)
    }

    /// The ids of the words that begin so, the word itself included.
    pub(super) fn beginning(&self, start: &str) -> Range<u32> {
        if start.is_empty() {
            return 0..self.len();
        }
        let from = self.first_from(start);
        let block = self.block(start);
        let until = if start.len() < 2 { self.len() } else { block.end.max(from) };
        from..self.cut(from..until, |word| word.starts_with(start))
    }

    /// Adds to `into` the ids of the words in `ids` that pass: `letters` is asked for a word's
    /// [`mask`], then `lengths` for its bytes.
    pub(super) fn scan(
        &self,
        ids: Range<u32>,
        letters: impl Fn(u32) -> bool,
        lengths: Range<usize>,
        into: &mut Vec<u32>,
    ) {
        let masks = self.masks.get(ids.start as usize..ids.end as usize).unwrap_or_default();
        for (from, chunk) in ids.step_by(SCANNED_AT_ONCE).zip(masks.chunks(SCANNED_AT_ONCE)) {
            // Without a branch for each word the chunk is done by vector instructions.
            if !chunk.iter().fold(false, |any, mask| any | letters(*mask)) {
                continue;
            }
            let passed = (from..).zip(chunk).filter(|(_, mask)| letters(**mask));
            into.extend(
                passed.map(|(id, _)| id).filter(|id| lengths.contains(&self.n_bytes_of(*id))),
            );
        }
    }

    /// How many bytes the word of this id has.
    pub(super) fn n_bytes_of(&self, id: u32) -> usize {
        match self.starts.get(id as usize..) {
            Some([from, until, ..]) => (until - from) as usize,
            _ => 0,
        }
    }

    /// The ids of the words with this first byte, if it is one of `a` to `z`.
    pub(super) fn initial(&self, first: u8) -> Range<u32> {
        if !first.is_ascii_lowercase() {
            return 0..0;
        }
        let class = (usize::from(first - b'a') + 1) * N_CLASSES;
        let at = |class: usize| self.by_two.get(class).copied().unwrap_or_default();
        at(class)..at(class + N_CLASSES)
    }

    /// The first id whose word is not before `word`.
    fn first_from(&self, word: &str) -> u32 {
        let block = self.block(word);
        self.cut(block, |other| other < word)
    }

    /// The ids among which `word` stands, if it is there.
    fn block(&self, word: &str) -> Range<u32> {
        let class = class_of(word);
        match self.by_two.get(class..) {
            Some([from, until, ..]) => *from..*until,
            _ => 0..0,
        }
    }

    /// The first id in `ids` for whose word `is_before` no longer holds.
    fn cut(&self, ids: Range<u32>, is_before: impl Fn(&str) -> bool) -> u32 {
        let Range { mut start, mut end } = ids;
        while start < end {
            let middle = start + (end - start) / 2;
            if is_before(self.word(middle)) {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        let n_numbers = self.starts.capacity() + self.by_two.capacity() + self.masks.capacity();
        self.text.capacity() + n_numbers * 4
    }
}

/// Which letters occur in `word`: a bit for each of `a` to `z`, the other bits for the rest.
pub(super) fn mask(word: &str) -> u32 {
    word.bytes().fold(0, |mask, byte| match byte {
        b'a'..=b'z' => mask | 1 << (byte - b'a'),
        _ => mask | 1 << (26 + byte % 6),
    })
}

/// Whether the letters of one word that the other does not have are `N` at most, and the other way
/// round: each edit adds one on either side at most.
pub(super) fn is_near<const N: usize>(one: u32, other: u32) -> bool {
    without_lowest::<N>(one & !other) | without_lowest::<N>(other & !one) == 0
}

/// `mask` without its `N` lowest bits that are set.
fn without_lowest<const N: usize>(mask: u32) -> u32 {
    (0..N).fold(mask, |mask, _| mask & mask.wrapping_sub(1))
}

/// The pair of the first two letters, in the order of the words.
fn class_of(word: &str) -> usize {
    let class = |byte: Option<u8>| match byte {
        Some(byte @ b'a'..=b'z') => usize::from(byte - b'a') + 1,
        Some(byte) if byte > b'z' => N_CLASSES - 1,
        _ => 0,
    };
    let mut bytes = word.bytes();
    let first = class(bytes.next());
    // One class holds several first bytes at both ends, where a second letter would not sort.
    let second = if (1..N_CLASSES - 1).contains(&first) { class(bytes.next()) } else { 0 };
    first * N_CLASSES + second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_by_their_beginning() {
        let words = ["4th", "a", "an", "anna", "anne", "ann\u{3b1}", "bo", "z", "иван"];
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        let all = Dictionary::build(sorted.iter().copied());
        for (id, word) in sorted.iter().enumerate() {
            assert_eq!(all.find(word), Some(id as u32), "{word}");
            assert_eq!(all.word(id as u32), *word);
        }
        let beginnings =
            [("", 9), ("a", 5), ("an", 4), ("ann", 3), ("anna", 1), ("x", 0), ("и", 1)];
        for (start, n) in beginnings {
            assert_eq!(all.beginning(start).len(), n, "{start}");
        }
        for absent in ["", "b", "annab", "zz", "5"] {
            assert_eq!(all.find(absent), None, "{absent}");
        }
        assert_eq!(Dictionary::build([].into_iter()).beginning("a"), 0..0);
    }
}
