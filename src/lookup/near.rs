//! Which stored words a typed one may stand for, how unlikely that is, and in what manner.

use rapidfuzz::distance::osa;

use super::cost;
use super::deletes::Deletes;
use super::dictionary::{Dictionary, is_near, mask};
use super::nickname::{self, Relation};
use super::sound::{self, Agreement, Sounds};
use super::work::Work;

/// In what manner a typed word stands for a stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// The same word.
    Exact,
    /// The stored word begins so.
    Beginning,
    /// Typing errors.
    Slip,
    /// The stored word begins so, but for a typing error.
    SlippedBeginning,
    /// The same or nearly the same sound.
    Sound,
    /// A nickname was typed, the full name is stored.
    FullName,
    /// The full name was typed, a nickname is stored.
    Nickname,
}

impl Manner {
    /// Whether the word was guessed, not read.
    pub(super) fn is_guess(self) -> bool {
        !matches!(self, Self::Exact | Self::Beginning)
    }
}

/// A stored word for which another may have been typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    /// The stored word's id.
    pub(super) word: u32,
    /// How unlikely, see [`cost`].
    pub(super) cost: f32,
    /// In what manner.
    pub(super) manner: Manner,
}

/// How far to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// As typed.
    Plain,
    /// One slip, the same sound, nicknames.
    One,
    /// Two slips, nearly the same sound.
    Two,
}

/// A nickname: about one customer in ten is asked for by one.
const NICKNAME: f32 = 2.0;
/// On top, when the name begins otherwise: "Sandy" is rather Sandra than Alexander.
const NICKNAME_APART: f32 = 0.5;
/// On top, when somebody is stored by the nickname and asked for by the full name.
const FORMAL: f32 = 0.3;
/// A word heard right and spelled by ear.
const SAME_SOUND: f32 = 2.8;
/// A word heard nearly right.
const NEAR_SOUND: f32 = 4.4;
/// How much of the cost of typing remains when the sound agrees.
const SPELLING: f32 = 0.3;
/// About what an edit costs, where it is not weighed.
const EDIT: f32 = 4.2;
/// A word of which only the beginning was typed.
const BEGINNING: f32 = 0.5;
/// Each letter that was not typed.
const UNTYPED_LETTER: f32 = 0.05;
/// How much the likelihood of a name counts against that of the slip. 1 would be right if every
/// customer of a name were equally likely to be meant and found at its first place; but of many
/// namesakes only few are shown.
pub(super) const FREQUENCY: f32 = 0.5;
/// Steps in which the likelihood of a word is kept.
const WEIGHTS_PER_NAT: f32 = 8.0;
/// What is less likely than this is no match.
const COST_MAX: f32 = 9.6;
/// At [`Depth::One`] what is less likely than this waits for the second pass.
pub(super) const COST_ONE_MAX: f32 = 6.2;
/// At most so many words are near, the likeliest.
pub(super) const NEAR_MAX: [usize; 3] = [0, 48, 96];
/// Of words of one sound at most so many are compared.
const SAME_SOUND_MAX: usize = 200;
/// Shorter words have too many others within two edits.
const TWO_EDITS_BYTES_MIN: usize = 4;

/// The words of a field with everything that finds them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words themselves.
    pub(super) dictionary: Dictionary,
    deletes: Deletes,
    sounds: Sounds,
    /// Of each word how frequent it is, see [`Words::likelihood`]; empty if that tells nothing.
    weights: Vec<u8>,
}

/// How the word of this id, `name`, was typed as `text`, to which it is so related.
fn as_related(text: &str, (word, name): (u32, &str), relation: Relation) -> Near {
    let (cost, manner) = match relation {
        Relation::FullName => (NICKNAME, Manner::FullName),
        Relation::Nickname => (NICKNAME + FORMAL, Manner::Nickname),
    };
    let is_apart = text.get(..2).is_none_or(|start| !name.starts_with(start));
    Near { word, cost: cost + if is_apart { NICKNAME_APART } else { 0.0 }, manner }
}

/// A typed word, with what is compared.
pub(super) struct Typed {
    /// The folded word.
    pub(super) text: String,
    mask: u32,
    codes: [u32; 2],
    related: &'static [(&'static str, Relation)],
    /// Counts edits, many times faster than [`cost::of_typing`] weighs them.
    edits: osa::BatchComparator<u8>,
}

impl Typed {
    /// Prepares a folded word.
    pub(super) fn new(text: &str) -> Self {
        let edits = osa::BatchComparator::new(text.bytes());
        let (codes, related) = (sound::codes(text), nickname::related(text));
        Self { text: text.to_owned(), mask: mask(text), codes, related, edits }
    }
}

impl Words {
    /// Indexes the words of `dictionary`.
    pub(super) fn build(dictionary: Dictionary) -> Self {
        let deletes = Deletes::build(&dictionary);
        let sounds = Sounds::build(&dictionary);
        Self { dictionary, deletes, sounds, weights: Vec::new() }
    }

    /// Tells how frequent each word is, as [`weight`] gives it.
    pub(super) fn set_weights(&mut self, weights: Vec<u8>) {
        self.weights = weights;
    }

    /// How much likelier than one that only one customer has this word is, in nats.
    pub(super) fn likelihood(&self, word: u32) -> f32 {
        f32::from(self.weight(word)) / WEIGHTS_PER_NAT
    }

    /// The same in steps, as [`weight`] gives it.
    pub(super) fn weight(&self, word: u32) -> u8 {
        self.weights.get(word as usize).copied().unwrap_or_default()
    }

    /// The words for which `text` may have been typed, other than itself and words that begin so;
    /// sorted by word. What it does is taken from `work`.
    pub(super) fn near(&self, text: &str, depth: Depth, work: &mut Work) -> Vec<Near> {
        if depth == Depth::Plain || text.len() < 2 || text.len() > 2 * cost::WORD_BYTES_MAX {
            return Vec::new();
        }
        let typed = Typed::new(text);
        let mut ids = Vec::with_capacity(512);
        self.deletes.collect(&self.dictionary, text, &mut ids);
        ids.extend(self.sounds.same(typed.codes).take(SAME_SOUND_MAX));
        if depth == Depth::Two {
            ids.extend(self.sounds.nearly(typed.codes).take(SAME_SOUND_MAX));
            self.collect_two_edits(&typed, work, &mut ids);
        }
        ids.sort_unstable();
        ids.dedup();

        let mut all: Vec<Near> = ids
            .into_iter()
            .take_while(|_| work.take(Work::COMPARED))
            .filter_map(|word| self.compare(&typed, word, depth))
            .filter(|near| !matches!(near.manner, Manner::Exact | Manner::Beginning))
            .collect();
        self.add_nicknames(text, &mut all);
        self.keep_likeliest(&mut all, NEAR_MAX.get(depth as usize).copied().unwrap_or_default());
        all
    }

    /// Adds the words that may be within two edits. With two errors the first letter is right.
    fn collect_two_edits(&self, typed: &Typed, work: &mut Work, into: &mut Vec<u32>) {
        let n = typed.text.len();
        let Some(first) = typed.text.bytes().next().filter(|_| n >= TWO_EDITS_BYTES_MIN) else {
            return;
        };
        let ids = self.dictionary.initial(first);
        if work.take(ids.len() / Work::SCANNED_PER_UNIT) {
            let letters = |mask| is_near::<2>(typed.mask, mask);
            self.dictionary.scan(ids, letters, n - 2..n + 3, into);
        }
    }

    /// Keeps the likeliest of each word and `most` words, sorted by word.
    pub(super) fn keep_likeliest(&self, all: &mut Vec<Near>, most: usize) {
        if all.len() > most {
            let likely = |near: &Near| near.cost - FREQUENCY * self.likelihood(near.word);
            all.select_nth_unstable_by(most, |a, b| likely(a).total_cmp(&likely(b)));
            all.truncate(most);
        }
        all.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(a.cost.total_cmp(&b.cost)));
        all.dedup_by_key(|near| near.word);
    }

    fn add_nicknames(&self, text: &str, all: &mut Vec<Near>) {
        for (name, relation) in nickname::related(text) {
            let Some(word) = self.dictionary.find(name) else { continue };
            all.push(as_related(text, (word, name), *relation));
        }
    }

    /// How `typed` may stand for the word of this id, if that is likely enough at this depth.
    pub(super) fn compare(&self, typed: &Typed, word: u32, depth: Depth) -> Option<Near> {
        let stored = self.dictionary.word(word);
        if let Some(rest) = stored.strip_prefix(typed.text.as_str()) {
            let (cost, manner) = of_beginning(rest.len());
            return Some(Near { word, cost, manner });
        }
        if let Some((name, relation)) = typed.related.iter().find(|(name, _)| *name == stored) {
            return Some(as_related(&typed.text, (word, name), *relation));
        }
        let at_most = match depth {
            Depth::Plain => return None,
            Depth::One => COST_ONE_MAX,
            Depth::Two => COST_MAX,
        };
        let agreement = self.sounds.agreement(typed.codes, word, depth);
        if agreement == Agreement::None && !is_near::<2>(typed.mask, self.dictionary.mask(word)) {
            return None;
        }
        let n_edits = typed.edits.distance(stored.bytes());
        if agreement == Agreement::None && n_edits > depth as usize {
            return None;
        }
        let slip = if n_edits <= depth as usize {
            cost::of_typing(&typed.text, stored, COST_MAX)
        } else {
            None
        };
        let spelled = slip.unwrap_or(EDIT * n_edits as f32) * SPELLING;
        let heard = match agreement {
            Agreement::Same => Some(SAME_SOUND + spelled),
            Agreement::Nearly => Some(NEAR_SOUND + spelled),
            Agreement::None => None,
        };
        let (cost, manner) = match (slip, heard) {
            (Some(slip), Some(heard)) if heard < slip => (heard, Manner::Sound),
            (Some(slip), _) => (slip, Manner::Slip),
            (None, Some(heard)) => (heard, Manner::Sound),
            (None, None) => return None,
        };
        (cost <= at_most).then_some(Near { word, cost, manner })
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        let weights = self.weights.capacity();
        self.dictionary.n_bytes() + self.deletes.n_bytes() + self.sounds.n_bytes() + weights
    }
}

/// What a word that `n` customers have weighs, see [`Words::likelihood`].
pub(super) fn weight(n: usize) -> u8 {
    (WEIGHTS_PER_NAT * (n.max(1) as f32).ln()) as u8
}

/// What it costs to have typed a word but for its last `n_untyped` bytes.
pub(super) fn of_beginning(n_untyped: usize) -> (f32, Manner) {
    match n_untyped {
        0 => (0.0, Manner::Exact),
        n => (BEGINNING + UNTYPED_LETTER * n.min(12) as f32, Manner::Beginning),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 12] = [
        "bob",
        "catherine",
        "christopher",
        "jon",
        "kathryn",
        "robert",
        "smith",
        "smithson",
        "smyth",
        "stephen",
        "steven",
        "иван",
    ];

    fn near(text: &str, depth: Depth) -> Vec<(String, Manner)> {
        let words = Words::build(Dictionary::build(NAMES.iter().copied()));
        let mut all = words.near(text, depth, &mut Work::default());
        all.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        all.iter().map(|near| (words.dictionary.word(near.word).to_owned(), near.manner)).collect()
    }

    #[test]
    fn the_likeliest_word_comes_first_with_its_manner() {
        let table = [
            ("steven", Depth::One, "stephen", Manner::Sound),
            ("catharine", Depth::One, "catherine", Manner::Slip),
            ("kathrin", Depth::One, "kathryn", Manner::Slip),
            ("bob", Depth::One, "robert", Manner::FullName),
            ("robert", Depth::One, "bob", Manner::Nickname),
            ("smtih", Depth::One, "smith", Manner::Slip),
            ("chrsitopehr", Depth::Two, "christopher", Manner::Slip),
        ];
        for (typed, depth, stored, manner) in table {
            assert_eq!(near(typed, depth).first(), Some(&(stored.to_owned(), manner)), "{typed}");
        }
        assert!(near("smtih", Depth::Plain).is_empty());
        assert!(near("s", Depth::Two).is_empty());
        assert!(near(&"smith".repeat(100), Depth::Two).is_empty());
    }
}
