//! Words within two edits of a typed one, by what is left when letters are deleted.
//!
//! Two words within two edits have a common remainder when up to two letters are deleted from
//! each (Garbe's SymSpell). Only the first seven letters are kept, which fit one machine word, so
//! no string is built. What is found is a candidate: the caller compares.

use super::dictionary::{Dictionary, mask_distance};

/// How many first bytes of a word count.
const N_BYTES: usize = 7;
/// Words shorter than this are kept with one deletion: two would leave nothing to tell them by.
const LONG_BYTES_MIN: usize = 4;
/// Of a bucket at most so many entries are looked at, so that a degenerate file stays bounded.
const BUCKET_MAX: usize = 512;

/// An index of a dictionary's words by their remainders.
#[derive(Debug, Default)]
pub(super) struct Deletes {
    /// Where each bucket starts in `items`, and one end.
    starts: Vec<u32>,
    /// In the low `id_bits` a word's id; above it, bits of the remainder's hash as a check.
    items: Vec<u32>,
    id_bits: u32,
    bucket_bits: u32,
}

impl Deletes {
    /// Indexes all words of `dictionary`.
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let n_words = dictionary.len();
        let id_bits = (32 - n_words.leading_zeros()).max(1);
        let bucket_bits = (id_bits + 3).clamp(4, 24);
        let mut all = Self {
            starts: vec![0; (1 << bucket_bits) + 1],
            items: Vec::new(),
            id_bits,
            bucket_bits,
        };
        for id in 0..n_words {
            let word = dictionary.word(id);
            each_remainder(word, deletions_of(word), |hash| {
                if let Some(count) = all.starts.get_mut((hash >> (32 - bucket_bits)) as usize + 1) {
                    *count += 1;
                }
            });
        }
        let mut sum = 0;
        for start in &mut all.starts {
            sum += *start;
            *start = sum;
        }
        all.items = vec![0; sum as usize];
        let mut next = all.starts.clone();
        for id in 0..n_words {
            let word = dictionary.word(id);
            each_remainder(word, deletions_of(word), |hash| {
                if let Some(place) = next.get_mut((hash >> (32 - bucket_bits)) as usize)
                    && let Some(item) = all.items.get_mut(*place as usize)
                {
                    *item = id | check(hash, id_bits);
                    *place += 1;
                }
            });
        }
        all
    }

    /// Adds to `into` the ids of words that may be within `n_edits` (1 or 2) of `word`.
    pub(super) fn collect(
        &self,
        dictionary: &Dictionary,
        word: &str,
        n_edits: usize,
        into: &mut Vec<u32>,
    ) {
        if self.items.is_empty() {
            return;
        }
        let mask = super::dictionary::mask(word);
        let differs_max = 2 * n_edits as u32;
        each_remainder(word, n_edits.min(deletions_of(word)), |hash| {
            let bucket = (hash >> (32 - self.bucket_bits)) as usize;
            let Some([from, until, ..]) = self.starts.get(bucket..) else { return };
            let items = self.items.get(*from as usize..*until as usize).unwrap_or_default();
            let check = check(hash, self.id_bits);
            let id_mask = id_mask(self.id_bits);
            for item in items.iter().take(BUCKET_MAX) {
                let id = item & id_mask;
                if item & !id_mask == check
                    && mask_distance(mask, dictionary.mask(id)) <= differs_max
                {
                    into.push(id);
                }
            }
        });
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        (self.starts.capacity() + self.items.capacity()) * 4
    }
}

/// How many letters are deleted from a word of this length.
fn deletions_of(word: &str) -> usize {
    if word.len() < LONG_BYTES_MIN { 1 } else { 2 }
}

fn id_mask(id_bits: u32) -> u32 {
    u32::MAX.checked_shr(32 - id_bits).unwrap_or_default()
}

/// The bits of `hash` that stand above an id.
fn check(hash: u32, id_bits: u32) -> u32 {
    // The bucket has used up the high bits, so the check takes the low ones.
    hash.checked_shl(id_bits).unwrap_or_default()
}

/// Calls `found` with the hash of the word's first bytes and of all that is left of them when up
/// to `n_deletions` are deleted.
fn each_remainder(word: &str, n_deletions: usize, mut found: impl FnMut(u32)) {
    let mut packed = 0_u64;
    let mut n_bytes = 0;
    for (place, byte) in word.bytes().take(N_BYTES).enumerate() {
        packed |= u64::from(byte) << (8 * place);
        n_bytes = place + 1;
    }
    found(hash(packed));
    if n_deletions == 0 {
        return;
    }
    for first in 0..n_bytes {
        let without_one = without(packed, first);
        found(hash(without_one));
        if n_deletions > 1 {
            for second in first..n_bytes.saturating_sub(1) {
                found(hash(without(without_one, second)));
            }
        }
    }
}

/// `packed` without its byte at `place`.
fn without(packed: u64, place: usize) -> u64 {
    let low = packed & ((1 << (8 * place)) - 1);
    low | (packed >> (8 * place + 8)) << (8 * place)
}

/// Spreads the bits of a packed word.
fn hash(packed: u64) -> u32 {
    let mixed = packed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(words: &[&str], typed: &str, n_edits: usize) -> Vec<String> {
        let dictionary = Dictionary::build(words.iter().copied());
        let deletes = Deletes::build(&dictionary);
        let mut ids = Vec::new();
        deletes.collect(&dictionary, typed, n_edits, &mut ids);
        ids.sort_unstable();
        ids.dedup();
        ids.iter().map(|id| dictionary.word(*id).to_owned()).collect()
    }

    #[test]
    fn every_word_within_the_edits_is_among_the_candidates() {
        let words = ["christopher", "jo", "joan", "john", "johnson", "smith", "smyth", "wilson"];
        let table = [
            ("jhon", 1, "john"),
            ("jon", 1, "john"),
            ("jon", 1, "joan"),
            ("joohn", 1, "john"),
            ("smtih", 1, "smith"),
            ("smith", 1, "smyth"),
            ("simth", 2, "smyth"),
            ("jhonsno", 2, "johnson"),
            ("chrsitopehr", 2, "christopher"),
            ("wlison", 1, "wilson"),
            ("wlisno", 2, "wilson"),
        ];
        for (typed, n_edits, stored) in table {
            let found = near(&words, typed, n_edits);
            assert!(found.iter().any(|word| word == stored), "{typed}: {found:?}");
        }
        assert!(near(&words, "zzzzz", 2).is_empty());
        assert!(near(&[], "john", 2).is_empty());
        assert_eq!(near(&["a"], "", 1), ["a"]);
    }
}
