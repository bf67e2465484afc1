//! Words that sound alike: double metaphone, exact and with related consonants taken as one.

use rphonetic::DoubleMetaphone;

use super::dictionary::Dictionary;
use super::near::Depth;

/// Consonants of a code; more would part words that differ in an ending nobody heard.
const CODE_LETTERS_MAX: usize = 6;

/// A word's code, five bits a consonant; 0 has no sound.
type Code = u32;

/// An index of a dictionary's words by their sound.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    /// Of each word the two codes of double metaphone.
    codes: Vec<[Code; 2]>,
    /// Code and word, sorted.
    same: Vec<(Code, u32)>,
    /// Coarse code and word, sorted.
    nearly: Vec<(Code, u32)>,
}

impl Sounds {
    /// Indexes all words of `dictionary`.
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let mut all = Self::default();
        all.codes.reserve_exact(dictionary.len() as usize);
        for id in 0..dictionary.len() {
            let codes = codes(dictionary.word(id));
            all.codes.push(codes);
            for code in distinct(codes) {
                all.same.push((code, id));
            }
            for code in distinct(codes.map(coarse)) {
                all.nearly.push((code, id));
            }
        }
        all.same.sort_unstable();
        all.nearly.sort_unstable();
        all.same.shrink_to_fit();
        all.nearly.shrink_to_fit();
        all
    }

    /// The words that sound like these codes.
    pub(super) fn same(&self, of: [Code; 2]) -> impl Iterator<Item = u32> {
        distinct(of).flat_map(|code| with_code(&self.same, code))
    }

    /// The words that sound nearly like these codes.
    pub(super) fn nearly(&self, of: [Code; 2]) -> impl Iterator<Item = u32> {
        distinct(of.map(coarse)).flat_map(|code| with_code(&self.nearly, code))
    }

    /// How well a word of this id agrees in sound with these codes; nearly only at [`Depth::Two`].
    pub(super) fn agreement(&self, of: [Code; 2], id: u32, depth: Depth) -> Agreement {
        let stored = self.codes.get(id as usize).copied().unwrap_or_default();
        let agree = |one: [Code; 2], other: [Code; 2]| {
            one.iter().any(|code| *code != 0 && other.contains(code))
        };
        if agree(of, stored) {
            Agreement::Same
        } else if depth == Depth::Two && agree(of.map(coarse), stored.map(coarse)) {
            Agreement::Nearly
        } else {
            Agreement::None
        }
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        (self.codes.capacity() + self.same.capacity() + self.nearly.capacity()) * 8
    }
}

/// How well two words agree in sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One code in common.
    Same,
    /// One code in common when related consonants count as one.
    Nearly,
    /// Nothing in common, or a word without a code.
    None,
}

/// The two codes of `word`, equal if double metaphone has but one; 0 for what has no sound in it.
pub(super) fn codes(word: &str) -> [Code; 2] {
    // The encoder slices by bytes, so it is given plain letters only.
    if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return [0, 0];
    }
    let result = DoubleMetaphone::new(Some(CODE_LETTERS_MAX)).double_metaphone(word);
    [packed(&result.primary()), packed(&result.alternate())]
}

fn packed(code: &str) -> Code {
    code.bytes().take(CODE_LETTERS_MAX).fold(0, |packed, byte| {
        // Metaphone writes "th" as 0; letters come as 1 to 26.
        packed << 5 | if byte == b'0' { 27 } else { u32::from(byte.wrapping_sub(b'A') % 26) + 1 }
    })
}

/// The code with voiced and voiceless, nasal and hissing consonants taken as one each.
fn coarse(code: Code) -> Code {
    let mut result = 0;
    for place in (0..CODE_LETTERS_MAX).rev() {
        let letter = code >> (5 * place) & 31;
        let related = match letter {
            27 | 4 => 20,       // Th, D: T.
            2 => 16,            // B: P.
            22 => 6,            // V: F.
            13 => 14,           // M: N.
            24 | 10 | 26 => 19, // X (sh), J, Z: S.
            7 | 17 => 11,       // G, Q: K.
            8 => 0,             // H is hardly heard.
            other => other,
        };
        if related != 0 && related != result & 31 {
            result = result << 5 | related;
        }
    }
    result
}

fn distinct([one, other]: [Code; 2]) -> impl Iterator<Item = Code> {
    let second = (other != one).then_some(other);
    std::iter::once(one).chain(second).filter(|code| *code != 0)
}

fn with_code(sorted: &[(Code, u32)], code: Code) -> impl Iterator<Item = u32> {
    let from = sorted.partition_point(|(other, _)| *other < code);
    let rest = sorted.get(from..).unwrap_or_default();
    rest.iter().take_while(move |(other, _)| *other == code).map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_is_found() {
        let table = [
            ("steven", "stephen", Agreement::Same),
            ("catherine", "kathryn", Agreement::Same),
            ("fillips", "phillips", Agreement::Same),
            ("meyer", "maier", Agreement::Same),
            ("schmidt", "shmit", Agreement::Same),
            ("baker", "paker", Agreement::Same),
            ("martin", "nartin", Agreement::Nearly),
            ("smith", "jones", Agreement::None),
            ("иван", "иван", Agreement::None),
            ("", "", Agreement::None),
        ];
        for (typed, stored, expected) in table {
            let dictionary = Dictionary::build([stored].into_iter());
            let sounds = Sounds::build(&dictionary);
            let found = sounds.agreement(codes(typed), 0, Depth::Two);
            assert_eq!(found, expected, "{typed} {stored}");
            let is_same = sounds.same(codes(typed)).any(|id| id == 0);
            assert_eq!(is_same, expected == Agreement::Same, "{typed} {stored}");
        }
    }
}
