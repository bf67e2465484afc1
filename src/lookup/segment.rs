//! The customers of one moment, sorted by surname and given name, with the lists that find them.
//!
//! An *entry* is one way to call a customer ([`super::fold::called`]); entries are sorted by surname, then
//! given name. So "all Smiths" is one range, "all Smiths whose given name begins with jo" is one
//! range inside it, and namesakes lie side by side. Customers are numbered in the same order.

use std::collections::HashMap;
use std::ops::Range;

use super::dictionary::Dictionary;
use super::lists::Lists;
use super::near::{Words, weight};

/// Stands where a customer has no given name, town or ZIP code.
pub(super) const NONE: u32 = u32::MAX;
/// Stands where a customer has no phone.
pub(super) const NO_PHONE: u16 = u16::MAX;
/// Marks an entry that leaves out a part of the name.
pub(super) const PARTIAL: u32 = 1 << 31;

/// So many of the most frequent names with one beginning are kept.
const FREQUENT_KEPT: usize = 48;

/// From so many entries on a second thread is worth its start.
const AT_ONCE_MIN: usize = 20_000;

/// One way to call a customer. Its order is the order of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The surname's id.
    pub(super) surname: u32,
    /// The given name's id, or [`NONE`].
    pub(super) given: u32,
    /// The customer's number, with [`PARTIAL`].
    pub(super) who: u32,
}

/// The customers in the order of their names, a column for each fact.
#[derive(Debug, Default)]
pub(super) struct Customers {
    rows: Vec<i64>,
    /// Given name and surname.
    names: Vec<[u32; 2]>,
    facts: Vec<Facts>,
}

/// What is known of a customer beside the name; in one place, since it is compared together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// The town, or [`NONE`].
    pub(super) town: u32,
    /// The ZIP code, or [`NONE`].
    pub(super) postcode: u32,
    /// The last four digits of two phones; [`NO_PHONE`] where there is none.
    pub(super) last_four: [u16; 2],
}

impl Customers {
    /// Room for `n`.
    pub(super) fn with_capacity(n: usize) -> Self {
        Self {
            rows: Vec::with_capacity(n),
            names: Vec::with_capacity(n),
            facts: Vec::with_capacity(n),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Adds the next in the order of names.
    pub(super) fn push(&mut self, row: i64, name: [u32; 2], facts: Facts) {
        self.rows.push(row);
        self.names.push(name);
        self.facts.push(facts);
    }

    fn by(&self, n_keys: u32, key: fn(&Facts) -> u32) -> Lists {
        Lists::build(n_keys as usize, self.facts.iter().map(key).zip(0_u32..))
    }

    fn by_last_four(&self) -> Lists {
        let pairs = self.facts.iter().zip(0_u32..).flat_map(|(facts, number)| {
            let [one, other] = facts.last_four;
            let second = (other != one).then_some((u32::from(other), number));
            std::iter::once((u32::from(one), number)).chain(second)
        });
        Lists::build(10_000, pairs)
    }

    /// The row in the file.
    pub(super) fn row(&self, number: u32) -> i64 {
        self.rows.get(number as usize).copied().unwrap_or_default()
    }

    /// Given name and surname; [`NONE`] where there is none.
    pub(super) fn name(&self, number: u32) -> [u32; 2] {
        self.names.get(number as usize).copied().unwrap_or([NONE; 2])
    }

    /// Everything but the name.
    pub(super) fn facts(&self, number: u32) -> Facts {
        let none = Facts { town: NONE, postcode: NONE, last_four: [NO_PHONE; 2] };
        self.facts.get(number as usize).copied().unwrap_or(none)
    }

    fn n_bytes(&self) -> usize {
        self.rows.capacity() * 8 + self.names.capacity() * 8 + self.facts.capacity() * 12
    }
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// All parts of names.
    pub(super) names: Words,
    /// All towns, each as one word.
    pub(super) towns: Words,
    /// All ZIP codes.
    pub(super) postcodes: Words,
    /// For each name where its entries as a surname start, and one end.
    surname_starts: Vec<u32>,
    /// The most frequent names by one or two first letters, see [`Segment::frequent`].
    frequent: HashMap<Box<[u8]>, Vec<u32>>,
    /// Of each entry the given name, or [`NONE`].
    given: Vec<u32>,
    /// Of each entry the customer, with [`PARTIAL`].
    who: Vec<u32>,
    by_given: Lists,
    /// The customers.
    pub(super) customers: Customers,
    by_town: Lists,
    by_postcode: Lists,
    by_last_four: Lists,
}

impl Segment {
    /// Indexes sorted `entries`, their words (names, towns, ZIP codes) and their `customers`.
    pub(super) fn new(
        [names, towns, postcodes]: [Dictionary; 3],
        entries: &[Entry],
        customers: Customers,
    ) -> Self {
        let n_names = names.len() as usize;
        let mut surname_starts = vec![0; n_names + 1];
        for entry in entries {
            if let Some(count) = surname_starts.get_mut(entry.surname as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut surname_starts {
            sum += *start;
            *start = sum;
        }
        let numbered = entries.iter().zip(0_u32..);
        let given = numbered.map(|(entry, place)| (entry.given, place));
        let (n_towns, n_postcodes) = (towns.len(), postcodes.len());
        let texts = [names, towns, postcodes];
        // Words and lists know nothing of each other, and each takes half a second at a million.
        let (words, lists) = at_once(
            entries.len(),
            || texts.map(Words::build),
            || {
                (
                    Lists::build(n_names, given),
                    customers.by(n_towns, |facts| facts.town),
                    customers.by(n_postcodes, |facts| facts.postcode),
                    customers.by_last_four(),
                )
            },
        );
        let [names, towns, postcodes] = words;
        let (by_given, by_town, by_postcode, by_last_four) = lists;
        let mut segment = Self {
            names,
            towns,
            postcodes,
            surname_starts,
            frequent: HashMap::new(),
            given: entries.iter().map(|entry| entry.given).collect(),
            who: entries.iter().map(|entry| entry.who).collect(),
            by_given,
            customers,
            by_town,
            by_postcode,
            by_last_four,
        };
        let n_entries = |name| (segment.n_surname(name) as usize) + segment.of_given(name).len();
        let weights = (0..n_names as u32).map(|name| weight(n_entries(name))).collect();
        segment.names.set_weights(weights);
        segment.frequent = segment.all_frequent();
        segment
    }

    /// The entries whose surname is one of `names`.
    pub(super) fn entries(&self, names: Range<u32>) -> Range<u32> {
        let start = |id: u32| {
            let end = || self.surname_starts.last().copied().unwrap_or_default();
            self.surname_starts.get(id as usize).copied().unwrap_or_else(end)
        };
        start(names.start)..start(names.end)
    }

    /// How many entries have this surname.
    pub(super) fn n_surname(&self, name: u32) -> u32 {
        self.entries(name..name.saturating_add(1)).len() as u32
    }

    /// The surname of an entry.
    pub(super) fn surname_of(&self, entry: u32) -> u32 {
        self.surname_starts.partition_point(|start| *start <= entry).saturating_sub(1) as u32
    }

    /// Of the names in `range`, which are those that begin with `start`, the `n` most frequent.
    pub(super) fn frequent(&self, range: Range<u32>, start: &str, n: usize) -> Vec<u32> {
        if range.len() > n
            && let Some(all) = self.frequent.get(start.as_bytes())
        {
            return all.iter().copied().filter(|name| range.contains(name)).take(n).collect();
        }
        self.most(range, n)
    }

    fn most(&self, range: Range<u32>, n: usize) -> Vec<u32> {
        let mut all: Vec<(u8, u32)> = range.map(|name| (self.names.weight(name), name)).collect();
        if all.len() > n {
            all.select_nth_unstable_by(n, |a, b| b.0.cmp(&a.0));
            all.truncate(n);
        }
        all.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        all.into_iter().map(|(_, name)| name).collect()
    }

    /// For every one or two first letters with many names the most frequent: a keystroke at the
    /// start of a name must not count them all.
    fn all_frequent(&self) -> HashMap<Box<[u8]>, Vec<u32>> {
        let mut all = HashMap::new();
        let letters = || (b'a'..=b'z').map(char::from);
        let starts = letters().map(String::from).chain(
            letters().flat_map(|first| letters().map(move |second| format!("{first}{second}"))),
        );
        for start in starts {
            let range = self.names.dictionary.beginning(&start);
            if range.len() > FREQUENT_KEPT {
                all.insert(start.as_bytes().into(), self.most(range, FREQUENT_KEPT));
            }
        }
        all
    }

    /// The entries of this given name, ascending.
    pub(super) fn of_given(&self, name: u32) -> &[u32] {
        self.by_given.of(name)
    }

    /// The given names of these entries; inside one surname they ascend.
    pub(super) fn givens(&self, entries: Range<u32>) -> &[u32] {
        self.given.get(entries.start as usize..entries.end as usize).unwrap_or_default()
    }

    /// The customer of an entry, and whether the entry leaves out a part of the name.
    pub(super) fn who(&self, entry: u32) -> (u32, bool) {
        let who = self.who.get(entry as usize).copied().unwrap_or_default();
        (who & !PARTIAL, who & PARTIAL != 0)
    }

    /// The numbers between which the customers with the surname, or the name, of these `entries` lie.
    pub(super) fn customers_of_run(&self, entries: Range<u32>) -> Range<u32> {
        let whole = |entry: u32| {
            let (who, is_partial) = self.who(entry);
            (!is_partial).then_some(who)
        };
        let first = entries.clone().find_map(whole);
        let last = entries.rev().find_map(whole);
        first.unwrap_or_default()..last.map_or(0, |last| last + 1)
    }

    /// The customers of a town, a ZIP code, or with these last four digits; ascending.
    pub(super) fn customers_of(&self, fact: Fact) -> &[u32] {
        match fact {
            Fact::Town(id) => self.by_town.of(id),
            Fact::Postcode(id) => self.by_postcode.of(id),
            Fact::LastFour(digits) => self.by_last_four.of(u32::from(digits)),
        }
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        let words = self.names.n_bytes() + self.towns.n_bytes() + self.postcodes.n_bytes();
        let columns =
            (self.surname_starts.capacity() + self.given.capacity() + self.who.capacity()) * 4;
        let lists = [&self.by_given, &self.by_town, &self.by_postcode, &self.by_last_four];
        words + columns + self.customers.n_bytes() + lists.map(Lists::n_bytes).iter().sum::<usize>()
    }
}

/// Does both, side by side if there are entries enough to be worth it.
fn at_once<A: Send, B>(
    n_entries: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if n_entries < AT_ONCE_MIN {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (one, other)
    })
}

/// Something other than a name by which customers are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// A town's id.
    Town(u32),
    /// A ZIP code's id.
    Postcode(u32),
    /// The last four digits of a phone.
    LastFour(u16),
}
