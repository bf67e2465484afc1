//! What a typed word may stand for, and what a name that is made of such words counts.

use super::dictionary::Dictionary;
use super::facts::Facts;
use super::near::{Depth, FREQUENCY, Manner, Near, Words, of_beginning};
use super::rank::Tier;
use super::work::Work;

/// The beginning of a word that is itself a word.
const KNOWN: f32 = 0.8;

/// A typed word, and what it may stand for in the dictionary.
#[derive(Debug)]
pub(super) struct Side {
    /// The folded word.
    pub(super) text: String,
    /// How far it was looked for.
    pub(super) depth: Depth,
    /// The word itself.
    pub(super) exact: Option<u32>,
    /// The words that begin so, with the word itself.
    pub(super) range: std::ops::Range<u32>,
    /// The words that are near, sorted by word.
    pub(super) near: Vec<Near>,
    /// The same, the likeliest first.
    pub(super) likeliest: Vec<Near>,
}

impl Side {
    /// Looks `text` up.
    pub(super) fn new(words: &Words, text: &str, depth: Depth, work: &mut Work) -> Self {
        let range = words.dictionary.beginning(text);
        let is_exact = !range.is_empty() && words.dictionary.word(range.start) == text;
        let exact = is_exact.then_some(range.start);
        let near = words.near(text, depth, work);
        Self { text: text.to_owned(), depth, exact, range, near, likeliest: Vec::new() }
            .ranked(words)
    }

    /// With the words too that begin so but for a slip: the word may not be finished.
    pub(super) fn unfinished(mut self, words: &Words, work: &mut Work) -> Self {
        if self.depth == Depth::Two || self.range.is_empty() {
            self.near.extend(words.slipped_beginnings(&self.text, work));
            let order = |a: &Near, b: &Near| a.word.cmp(&b.word).then(a.cost.total_cmp(&b.cost));
            self.near.sort_by(order);
            self.near.dedup_by_key(|near| near.word);
        }
        self.ranked(words)
    }

    fn ranked(mut self, words: &Words) -> Self {
        let mut likeliest = self.near.clone();
        let likely = |near: &Near| near.cost - FREQUENCY * words.likelihood(near.word);
        likeliest.sort_by(|a, b| likely(a).total_cmp(&likely(b)));
        self.likeliest = likeliest;
        self
    }

    /// How the text stands for `word`, if it does.
    pub(super) fn find(&self, dictionary: &Dictionary, word: u32) -> Option<Near> {
        if self.range.contains(&word) {
            return Some(self.as_typed(dictionary, word));
        }
        let at = self.near.binary_search_by_key(&word, |near| near.word).ok()?;
        self.near.get(at).copied()
    }

    /// The words that begin so and go on.
    pub(super) fn longer(&self) -> std::ops::Range<u32> {
        self.range.start + u32::from(self.exact.is_some())..self.range.end
    }

    /// How a word of `range` was typed.
    pub(super) fn as_typed(&self, dictionary: &Dictionary, word: u32) -> Near {
        let n_untyped = dictionary.n_bytes_of(word).saturating_sub(self.text.len());
        let (cost, manner) = of_beginning(n_untyped);
        // What is a name itself was sooner meant than a longer one.
        let is_known = n_untyped > 0 && self.exact.is_some();
        Near { word, cost: cost + if is_known { KNOWN } else { 0.0 }, manner }
    }
}

/// What an offered name belongs to.
pub(super) struct Context<'r> {
    pub(super) reading: u8,
    pub(super) cost: f32,
    pub(super) is_partial: bool,
    /// Whether the name is one word.
    pub(super) is_one: bool,
    /// Whether that word was typed in several.
    pub(super) is_joined: bool,
    pub(super) facts: &'r Facts<'r>,
}

impl Context<'_> {
    /// How a name was found whose words were found so.
    pub(super) fn tier(&self, words: [Option<Near>; 2]) -> Tier {
        if self.is_partial { Tier::Guess } else { tier(words) }
    }
}

/// What a name of `n_alike` customers is sorted by, inside its tier.
pub(super) fn rank(context: &Context<'_>, tier: Tier, cost: f32, n_alike: usize) -> f32 {
    // The two words of a name as typed need no likelihood: there is one such name. And several
    // words that are nearly one word are not likelier because many have that.
    let is_likelier = match tier {
        Tier::Exact => context.is_one,
        Tier::Beginning => true,
        Tier::Guess => !context.is_joined,
    } && !context.is_partial;
    if context.is_partial && context.is_one {
        // One word of several: the rarer it is the more it tells.
        return cost + likelihood(n_alike);
    }
    if is_likelier { cost - likelihood(n_alike) } else { cost }
}

/// How much likelier than a name of one customer a name of `n` is.
fn likelihood(n: usize) -> f32 {
    FREQUENCY * (n.max(1) as f32).ln()
}

/// How a name was found whose words were found so.
pub(super) fn tier(words: [Option<Near>; 2]) -> Tier {
    let mut manners = words.into_iter().flatten().map(|near| near.manner);
    if manners.clone().any(Manner::is_guess) {
        Tier::Guess
    } else if manners.any(|manner| manner == Manner::Beginning) {
        Tier::Beginning
    } else {
        Tier::Exact
    }
}
