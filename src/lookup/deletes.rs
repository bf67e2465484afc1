//! Words within one edit of a typed one, by what is left when a letter is deleted.
//!
//! Two words within one edit have a common remainder when up to one letter is deleted from each
//! (Garbe's SymSpell). Only the first seven letters are kept, which fit one machine word, so no
//! string is built. What is found is a candidate: the caller compares.

use super::dictionary::{Dictionary, is_near};

/// How many first bytes of a word count.
const N_BYTES: usize = 7;
/// Of a bucket at most so many entries are looked at, so that a degenerate file stays bounded.
const BUCKET_MAX: usize = 256;

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
        let bucket_bits = (id_bits + 1).clamp(4, 24);
        let mut all = Self {
            starts: vec![0; (1 << bucket_bits) + 1],
            items: Vec::new(),
            id_bits,
            bucket_bits,
        };
        for id in 0..n_words {
            each_remainder(dictionary.word(id), |hash| {
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
        // Filled from the back, each start moves down to where its bucket begins.
        for id in (0..n_words).rev() {
            each_remainder(dictionary.word(id), |hash| {
                if let Some(place) = all.starts.get_mut((hash >> (32 - bucket_bits)) as usize + 1) {
                    *place -= 1;
                    if let Some(item) = all.items.get_mut(*place as usize) {
                        *item = id | check(hash, id_bits);
                    }
                }
            });
        }
        all.starts.rotate_left(1);
        if let Some(end) = all.starts.last_mut() {
            *end = sum;
        }
        all
    }

    /// Adds to `into` the ids of words that may be within one edit of `word`.
    pub(super) fn collect(&self, dictionary: &Dictionary, word: &str, into: &mut Vec<u32>) {
        if self.items.is_empty() {
            return;
        }
        let mask = super::dictionary::mask(word);
        let id_mask = id_mask(self.id_bits);
        each_remainder(word, |hash| {
            let bucket = (hash >> (32 - self.bucket_bits)) as usize;
            let Some([from, until, ..]) = self.starts.get(bucket..) else { return };
            let items = self.items.get(*from as usize..*until as usize).unwrap_or_default();
            let check = check(hash, self.id_bits);
            let of_hash = items.iter().take(BUCKET_MAX).filter(|item| **item & !id_mask == check);
            let ids = of_hash.map(|item| item & id_mask);
            into.extend(ids.filter(|id| is_near::<1>(mask, dictionary.mask(*id))));
        });
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        (self.starts.capacity() + self.items.capacity()) * 4
    }
}

fn id_mask(id_bits: u32) -> u32 {
    u32::MAX.checked_shr(32 - id_bits).unwrap_or_default()
}

/// The bits of `hash` that stand above an id.
fn check(hash: u32, id_bits: u32) -> u32 {
    // The bucket has used up the high bits, so the check takes the low ones.
    hash.checked_shl(id_bits).unwrap_or_default()
}

/// Calls `found` with the hash of the word's first bytes and of all that is left of them when one
/// is deleted.
fn each_remainder(word: &str, mut found: impl FnMut(u32)) {
    let mut packed = 0_u64;
    let mut n_bytes = 0;
    for (place, byte) in word.bytes().take(N_BYTES).enumerate() {
        packed |= u64::from(byte) << (8 * place);
        n_bytes = place + 1;
    }
    found(hash(packed));
    let mut before = packed;
    for place in 0..n_bytes {
        let without_one = without(packed, place);
        // Of a doubled letter either leaves the same.
        if without_one != before {
            found(hash(without_one));
        }
        before = without_one;
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

    fn near(words: &[&str], typed: &str) -> Vec<String> {
        let dictionary = Dictionary::build(words.iter().copied());
        let deletes = Deletes::build(&dictionary);
        let mut ids = Vec::new();
        deletes.collect(&dictionary, typed, &mut ids);
        ids.sort_unstable();
        ids.dedup();
        ids.iter().map(|id| dictionary.word(*id).to_owned()).collect()
    }

    #[test]
    fn every_word_within_one_edit_is_among_the_candidates() {
        let words = ["christopher", "jo", "joan", "john", "johnson", "smith", "smyth", "wilson"];
        let table = [
            ("jhon", "john"),
            ("jon", "john"),
            ("jon", "joan"),
            ("joohn", "john"),
            ("smtih", "smith"),
            ("smith", "smyth"),
            ("mith", "smith"),
            ("christohper", "christopher"),
            ("wlison", "wilson"),
        ];
        for (typed, stored) in table {
            let found = near(&words, typed);
            assert!(found.iter().any(|word| word == stored), "{typed}: {found:?}");
        }
        assert!(near(&words, "zzzzz").is_empty());
        assert!(near(&[], "john").is_empty());
        assert_eq!(near(&["a"], ""), ["a"]);
    }
}
