//! From what the words may stand for to the customers: a range of the sorted entries for each
//! surname, and inside it a range for each given name.

use std::ops::Range;

use super::lists::between;
use super::near::{Depth, FREQUENCY, Manner, Near, Typed};
use super::rank::Tier;
use super::search::{NO_SPACE, Search};
use super::segment::NONE;
use super::side::{Context, Side, rank};
use super::work::Work;

/// Up to so many words that begin as typed each is looked at; of more, the most frequent.
const WORDS_MAX: usize = 256;
/// Of the most frequent words with a short beginning so many are looked at.
const FREQUENT_MAX: usize = 24;
/// Of the words that begin as the only typed word so many are looked at: each has many customers.
const FREQUENT_ALONE_MAX: usize = 8;
/// A known given name was typed and none is stored.
const NO_GIVEN: f32 = 5.5;
/// Of one surname at most so many customers without a given name are offered.
const NAMELESS_MAX: usize = 64;
/// Of the customers of a given name so many are looked at beside a fact that is not as typed.
const LISTED_GIVEN_MAX: usize = 256;
/// So many customers of one name are few enough to compare the other name of each.
const PARTNERS_MAX: usize = 400;
/// The likelihood of a word is kept rounded down by at most so much.
const ROUNDED: f32 = 0.13;
/// A word without a space has at least so many letters.
const NO_SPACE_BYTES_MIN: usize = 5;

impl Search<'_> {
    /// Offers customers of whose name one word was typed.
    pub(super) fn one(&mut self, context: &Context<'_>, side: &Side) {
        if !Self::is_plain(side) {
            for near in &side.likeliest {
                self.one_exactly(context, *near);
            }
            return;
        }
        if let Some(word) = side.exact {
            self.one_exactly(context, Near { word, cost: 0.0, manner: Manner::Exact });
        }
        for word in self.segment.frequent(side.longer(), &side.text, FREQUENT_ALONE_MAX) {
            let near = side.as_typed(&self.segment.names.dictionary, word);
            self.one_exactly(context, near);
        }
        self.without_space(context, &side.text);
    }

    /// Offers the customers who have this very word as a surname or a given name.
    pub(super) fn one_exactly(&mut self, context: &Context<'_>, near: Near) {
        let segment = self.segment;
        let entries = segment.entries(near.word..near.word + 1);
        let given = segment.of_given(near.word);
        if !context.facts.is_empty() {
            self.one_with_facts(context, near, entries, given);
            return;
        }
        let words = [None, Some(near)];
        let tier = context.tier(words);
        let at_best = rank(context, tier, context.cost + near.cost, entries.len());
        if !entries.is_empty() && self.best.wants(tier, at_best) {
            let varied = self.varied(entries.clone());
            self.offer_namesakes(context, varied.into_iter(), entries.len(), words);
        }
        self.offer_namesakes(context, given.iter().copied(), given.len(), [Some(near), None]);
    }

    /// Of the entries of one surname the first of each given name, then the others: the list
    /// should show whom there is.
    fn varied(&self, entries: Range<u32>) -> Vec<u32> {
        let givens = self.segment.givens(entries.clone());
        let mut all = Vec::with_capacity(self.limit);
        let mut at = 0;
        while at < givens.len() && all.len() < self.limit {
            all.push(entries.start + at as u32);
            at += run_of(givens, at);
        }
        let n_varied = all.len();
        for entry in entries {
            if all.len() >= self.limit {
                break;
            }
            if !all.iter().take(n_varied).any(|other| *other == entry) {
                all.push(entry);
            }
        }
        all
    }

    /// Offers customers of one word of a name who fit the facts.
    fn one_with_facts(
        &mut self,
        context: &Context<'_>,
        near: Near,
        entries: Range<u32>,
        given: &[u32],
    ) {
        self.offer_run(context, entries, [None, Some(near)]);
        let given = given.iter().copied().take(LISTED_GIVEN_MAX);
        self.offer_entries(context, given, [Some(near), None]);
    }

    /// Offers customers whose given name and surname are `text` without a space.
    fn without_space(&mut self, context: &Context<'_>, text: &str) {
        if context.is_joined || !(NO_SPACE_BYTES_MIN..=40).contains(&text.len()) {
            return;
        }
        let cost = context.cost + NO_SPACE;
        let context = Context { cost, ..*context };
        for at in 1..text.len() {
            let Some((left, right)) = text.split_at_checked(at) else { continue };
            let left = self.segment.names.dictionary.find(left);
            let Some(left) = left.filter(|_| at > 1) else { continue };
            let right = self.side(right, Depth::Plain);
            if right.range.is_empty() || right.text.len() < 2 {
                continue;
            }
            let left = Near { word: left, cost: 0.0, manner: Manner::Exact };
            // Given name first: its entries that lie among those surnames.
            let entries = self.segment.entries(right.range.clone());
            self.of_given_among(&context, left, entries, &right);
            // Surname first: its entries that have one of those given names.
            let entries = self.segment.entries(left.word..left.word + 1);
            self.givens_as_typed(&context, entries, &right, left);
        }
    }

    /// Offers customers of whose name two words were typed: the given name and the surname.
    pub(super) fn two(
        &mut self,
        context: &Context<'_>,
        (given, surname): (&str, &str),
        depth: Depth,
    ) {
        if depth == Depth::Two {
            self.two_beside_exact(context, given, surname);
            return;
        }
        let (given, surname) = (self.side(given, depth), self.side(surname, depth));
        if depth == Depth::Plain {
            self.two_as_typed(context, &given, &surname);
        } else {
            self.two_near(context, &given, &surname);
        }
    }

    /// With two slips in one word the other is right: of those who have it each name is compared,
    /// or if they are too many, words are looked for that are near.
    fn two_beside_exact(&mut self, context: &Context<'_>, given: &str, surname: &str) {
        let segment = self.segment;
        let names = &segment.names;
        let exactly = |word: u32| Near { word, cost: 0.0, manner: Manner::Exact };
        if let Some(exact) = names.dictionary.find(surname).map(exactly) {
            let entries = segment.entries(exact.word..exact.word + 1);
            if entries.len() > PARTNERS_MAX {
                let side = self.side(given, Depth::Two);
                self.givens_near(context, entries, &side, exact);
            } else if !entries.is_empty() && self.work.take(entries.len() * Work::COMPARED) {
                let typed = Typed::new(given);
                let givens = segment.givens(entries.clone());
                let mut at = 0;
                while let Some(word) = givens.get(at).copied().filter(|word| *word != NONE) {
                    let (from, n) = (entries.start + at as u32, run_of(givens, at));
                    if let Some(near) = self.compare(&typed, word) {
                        self.offer_run(context, from..from + n as u32, [Some(near), Some(exact)]);
                    }
                    at += n;
                }
            }
        }
        let Some(exact) = names.dictionary.find(given).map(exactly) else { return };
        let list = segment.of_given(exact.word);
        if list.len() > PARTNERS_MAX {
            let side = self.side(surname, Depth::Two);
            for near in &side.likeliest {
                if !self.may_be_wanted(context, [Some(exact), Some(*near)]) || !self.work.take(2) {
                    continue;
                }
                let entries = segment.entries(near.word..near.word + 1);
                self.given_exactly(context, entries, exact, *near);
            }
        } else if !list.is_empty() && self.work.take(list.len() * (Work::COMPARED + 1)) {
            let typed = Typed::new(surname);
            for entry in list {
                let word = segment.surname_of(*entry);
                if let Some(near) = self.compare(&typed, word) {
                    self.offer_run(context, *entry..*entry + 1, [Some(exact), Some(near)]);
                }
            }
        }
    }

    /// Whether `typed` may stand for `word` with two slips, or with one if it is not finished.
    fn compare(&self, typed: &Typed, word: u32) -> Option<Near> {
        let names = &self.segment.names;
        let unfinished = || names.slipped_beginning(&typed.text, word);
        let is_last = typed.text == self.last;
        names.compare(typed, word, Depth::Two).or_else(|| is_last.then(unfinished).flatten())
    }

    fn two_as_typed(&mut self, context: &Context<'_>, given: &Side, surname: &Side) {
        if given.range.is_empty() || surname.range.is_empty() {
            return;
        }
        let segment = self.segment;
        let dictionary = &segment.names.dictionary;
        let longer = surname.longer();
        let surnames = segment.frequent(longer.clone(), &surname.text, FREQUENT_MAX);
        let is_all = longer.len() <= WORDS_MAX;
        let words = surname.exact.into_iter().chain(if is_all { longer.clone() } else { 0..0 });
        for word in words.chain(if is_all { Vec::new() } else { surnames }) {
            let near = surname.as_typed(dictionary, word);
            self.givens_as_typed(context, segment.entries(word..word + 1), given, near);
        }
        if is_all {
            return;
        }
        let entries = segment.entries(longer);
        let givens = given.longer();
        let is_all = givens.len() <= WORDS_MAX;
        let frequent = segment.frequent(givens.clone(), &given.text, FREQUENT_MAX);
        let words = given.exact.into_iter().chain(if is_all { givens } else { 0..0 });
        for word in words.chain(if is_all { Vec::new() } else { frequent }) {
            let near = given.as_typed(dictionary, word);
            self.of_given_among(context, near, entries.clone(), surname);
        }
    }

    /// Of the `entries` of one surname offers those whose given name is as typed or begins so.
    fn givens_as_typed(
        &mut self,
        context: &Context<'_>,
        entries: Range<u32>,
        given: &Side,
        surname: Near,
    ) {
        let segment = self.segment;
        let givens = segment.givens(entries.clone());
        if !self.work.take(1) {
            return;
        }
        let mut at = givens.partition_point(|word| *word < given.range.start);
        while let Some(word) = givens.get(at).copied().filter(|word| given.range.contains(word)) {
            let n = run_of(givens, at);
            let near = given.as_typed(&segment.names.dictionary, word);
            let from = entries.start + at as u32;
            self.offer_run(context, from..from + n as u32, [Some(near), Some(surname)]);
            at += n;
        }
    }

    /// Of the entries of one given name offers those that lie among `entries`, whose surnames are
    /// as typed or begin so.
    fn of_given_among(
        &mut self,
        context: &Context<'_>,
        given: Near,
        entries: Range<u32>,
        surname: &Side,
    ) {
        const ENTRIES_MAX: usize = 256;
        if !self.work.take(2) {
            return;
        }
        let segment = self.segment;
        let mut list = between(segment.of_given(given.word), entries.start, entries.end);
        if context.facts.is_empty() {
            list = list.get(..ENTRIES_MAX).unwrap_or(list);
        }
        while let Some(first) = list.first().copied().filter(|_| self.work.take(3)) {
            let word = segment.surname_of(first);
            let n = list.partition_point(|entry| *entry < segment.entries(word..word + 1).end);
            let (run, rest) = list.split_at(n.max(1));
            let near = surname.as_typed(&segment.names.dictionary, word);
            let run = first..first + run.len() as u32;
            self.offer_run(context, run, [Some(given), Some(near)]);
            list = rest;
        }
    }

    /// Whether a name with these words, or any if there is but one, may be worth keeping.
    fn may_be_wanted(&self, context: &Context<'_>, words: [Option<Near>; 2]) -> bool {
        let near = words.into_iter().flatten();
        let (cost, likelihood) = near.fold((context.cost, f32::INFINITY), |(cost, least), near| {
            (cost + near.cost, least.min(self.segment.names.likelihood(near.word)))
        });
        let is_likelier = context.facts.is_empty() && !context.is_partial;
        let likelier = if is_likelier { FREQUENCY * (likelihood + ROUNDED) } else { 0.0 };
        self.best.wants(Tier::Guess, cost - likelier)
    }

    /// Pairs of which at least one word is near what was typed.
    pub(super) fn two_near(&mut self, context: &Context<'_>, given: &Side, surname: &Side) {
        let segment = self.segment;
        let exact = surname.exact.map(|word| Near { word, cost: 0.0, manner: Manner::Exact });
        for near in exact.iter().chain(&surname.likeliest) {
            if !self.may_be_wanted(context, [None, Some(*near)]) || !self.work.take(2) {
                continue;
            }
            let entries = segment.entries(near.word..near.word + 1);
            if entries.is_empty() {
                continue;
            }
            if !given.range.is_empty() && near.cost > 0.0 {
                self.givens_as_typed(context, entries.clone(), given, *near);
            }
            if given.exact.is_some() {
                self.without_given(context, entries.clone(), *near);
            }
            self.givens_near(context, entries, given, *near);
        }
        let longer = surname.longer();
        if !longer.is_empty() {
            let entries = segment.entries(longer);
            for near in &given.likeliest {
                if self.may_be_wanted(context, [Some(*near), None]) {
                    self.of_given_among(context, *near, entries.clone(), surname);
                }
            }
        }
    }

    /// Of the `entries` of one surname offers those without a given name.
    fn without_given(&mut self, context: &Context<'_>, entries: Range<u32>, surname: Near) {
        let n =
            self.segment.givens(entries.clone()).iter().rev().take_while(|g| **g == NONE).count();
        let n = n.min(NAMELESS_MAX);
        if n > 0 {
            let context = Context { cost: context.cost + NO_GIVEN, is_partial: true, ..*context };
            let nameless = entries.end - n as u32..entries.end;
            self.offer_run(&context, nameless, [None, Some(surname)]);
        }
    }

    /// Of the `entries` of one surname offers those whose given name is near the typed one.
    fn givens_near(
        &mut self,
        context: &Context<'_>,
        entries: Range<u32>,
        given: &Side,
        surname: Near,
    ) {
        let givens = self.segment.givens(entries.clone());
        if givens.len() <= 2 * given.near.len() {
            let mut at = 0;
            self.work.take(1 + givens.len() / 8);
            while let Some(word) = givens.get(at).copied().filter(|word| *word != NONE) {
                let n = run_of(givens, at);
                let found = given.near.binary_search_by_key(&word, |near| near.word).ok();
                if let Some(near) = found.and_then(|found| given.near.get(found)) {
                    let from = entries.start + at as u32;
                    self.offer_run(context, from..from + n as u32, [Some(*near), Some(surname)]);
                }
                at += n;
            }
            return;
        }
        for near in &given.likeliest {
            let words = [Some(*near), Some(surname)];
            if !self.may_be_wanted(context, words) || !self.work.take(1) {
                continue;
            }
            self.given_exactly(context, entries.clone(), *near, surname);
        }
    }

    /// Of the `entries` of one surname offers those with this given name.
    fn given_exactly(
        &mut self,
        context: &Context<'_>,
        entries: Range<u32>,
        given: Near,
        surname: Near,
    ) {
        let givens = self.segment.givens(entries.clone());
        let at = givens.partition_point(|word| *word < given.word);
        if givens.get(at) == Some(&given.word) {
            let (from, n) = (entries.start + at as u32, run_of(givens, at));
            self.offer_run(context, from..from + n as u32, [Some(given), Some(surname)]);
        }
    }
}

/// How many equal numbers follow from `at` on in the ascending `list`; at least one.
fn run_of(list: &[u32], at: usize) -> usize {
    let rest = list.get(at..).unwrap_or_default();
    let Some(first) = rest.first() else { return 1 };
    if rest.get(1).is_none_or(|second| second != first) {
        return 1;
    }
    rest.partition_point(|other| other == first)
}
