//! The customers of one moment, sorted by surname and given name, with the lists that find them.
//!
//! An *entry* is one way to call a customer ([`fold::called`]); entries are sorted by surname, then
//! given name. So "all Smiths" is one range, "all Smiths whose given name begins with jo" is one
//! range inside it, and namesakes lie side by side. Customers are numbered in the same order.

use std::collections::HashMap;
use std::ops::Range;

use super::dictionary::Dictionary;
use super::fold;
use super::lists::Lists;
use super::near::Words;

/// Stands where a customer has no given name, town or ZIP code.
pub(super) const NONE: u32 = u32::MAX;
/// Stands where a customer has no phone.
pub(super) const NO_PHONE: u16 = u16::MAX;
/// Marks an entry that leaves out a part of the name.
const PARTIAL: u32 = 1 << 31;

/// So many of the most frequent names with one beginning are kept.
const FREQUENT_KEPT: usize = 48;

/// What the index keeps of a customer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// The row in the file.
    pub row: i64,
    /// The given name as written; may be empty.
    pub given: &'a str,
    /// The surname as written; may be empty.
    pub surname: &'a str,
    /// The town as written; may be empty.
    pub town: &'a str,
    /// The ZIP code as written; may be empty.
    pub postcode: &'a str,
    /// The last four digits of up to two phones, see [`super::key::last_four`].
    pub last_four: [Option<u16>; 2],
}

/// Numbers texts in the order in which they come.
#[derive(Debug, Default)]
struct Interner {
    ids: HashMap<Box<str>, u32>,
}

impl Interner {
    fn id(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = self.ids.len() as u32;
        self.ids.insert(text.into(), id);
        id
    }

    /// The texts sorted, and for each number its place among them.
    fn sorted(self) -> (Dictionary, Vec<u32>) {
        let mut all: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        all.sort_unstable();
        let mut places = vec![0; all.len()];
        for (place, (_, id)) in all.iter().enumerate() {
            if let Some(slot) = places.get_mut(*id as usize) {
                *slot = place as u32;
            }
        }
        (Dictionary::build(all.iter().map(|(text, _)| text.as_ref())), places)
    }
}

/// A customer while the segment is drafted; ids as the interners gave them.
#[derive(Debug, Clone, Copy)]
struct Drafted {
    row: i64,
    town: u32,
    postcode: u32,
    last_four: [u16; 2],
}

/// An entry while the segment is drafted. Its order is the order of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    surname: u32,
    given: u32,
    /// The customer's number, with [`PARTIAL`].
    who: u32,
}

/// Customers on their way into a [`Segment`].
#[derive(Debug, Default)]
pub(super) struct Draft {
    names: Interner,
    towns: Interner,
    postcodes: Interner,
    customers: Vec<Drafted>,
    entries: Vec<Entry>,
}

impl Draft {
    /// Adds a customer; one without any name is not kept.
    pub(super) fn add(&mut self, named: &Named<'_>) {
        let number = self.customers.len() as u32;
        let called = fold::called(named.given, named.surname);
        if called.is_empty() {
            return;
        }
        for called in called {
            let who = if called.is_partial { number | PARTIAL } else { number };
            let (surname, given) = (self.names.id(&called.surname), self.names.id(&called.given));
            self.entries.push(Entry { surname, given, who });
        }
        self.customers.push(Drafted {
            row: named.row,
            town: self.towns.id(&fold::joined(named.town)),
            postcode: self.postcodes.id(&fold::joined(named.postcode)),
            last_four: named.last_four.map(|digits| digits.unwrap_or(NO_PHONE)),
        });
    }

    /// Sorts everything.
    pub(super) fn finish(self) -> Segment {
        let (names, name_places) = self.names.sorted();
        let (towns, town_places) = self.towns.sorted();
        let (postcodes, postcode_places) = self.postcodes.sorted();
        let mut entries = self.entries;
        for entry in &mut entries {
            entry.surname = place(&name_places, entry.surname);
            entry.given = place(&name_places, entry.given);
        }
        entries.sort_unstable();
        let mut customers = Customers::with_capacity(self.customers.len());
        let mut numbers = vec![0; self.customers.len()];
        for entry in entries.iter().filter(|entry| entry.who & PARTIAL == 0) {
            let Some(drafted) = self.customers.get(entry.who as usize) else { continue };
            if let Some(number) = numbers.get_mut(entry.who as usize) {
                *number = customers.rows.len() as u32;
            }
            customers.rows.push(drafted.row);
            customers.names.push([entry.given, entry.surname]);
            customers.facts.push(Facts {
                town: place(&town_places, drafted.town),
                postcode: place(&postcode_places, drafted.postcode),
                last_four: drafted.last_four,
            });
        }
        drop(self.customers);
        let n_names = names.len() as usize;
        let mut surname_starts = vec![0; n_names + 1];
        for entry in &entries {
            if let Some(count) = surname_starts.get_mut(entry.surname as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut surname_starts {
            sum += *start;
            *start = sum;
        }
        let by_given = Lists::build(
            n_names,
            entries.iter().enumerate().map(|(place, entry)| (entry.given, place as u32)),
        );
        let given = entries.iter().map(|entry| entry.given).collect();
        let who = entries.iter().map(|entry| renumbered(&numbers, entry.who)).collect();
        drop(entries);
        let mut segment = Segment {
            by_town: customers.by(towns.len(), |facts| facts.town),
            by_postcode: customers.by(postcodes.len(), |facts| facts.postcode),
            by_last_four: customers.by_last_four(),
            names: Words::build(names),
            towns: Words::build(towns),
            postcodes: Words::build(postcodes),
            surname_starts,
            given,
            who,
            frequent: HashMap::new(),
            by_given,
            customers,
        };
        segment.frequent = segment.all_frequent();
        segment
    }
}

fn place(places: &[u32], id: u32) -> u32 {
    places.get(id as usize).copied().unwrap_or(NONE)
}

fn renumbered(numbers: &[u32], who: u32) -> u32 {
    numbers.get((who & !PARTIAL) as usize).copied().unwrap_or_default() | (who & PARTIAL)
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
    fn with_capacity(n: usize) -> Self {
        Self {
            rows: Vec::with_capacity(n),
            names: Vec::with_capacity(n),
            facts: Vec::with_capacity(n),
        }
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

    /// How many entries have this word in their name.
    fn n_entries(&self, name: u32) -> u32 {
        self.n_surname(name) + self.of_given(name).len() as u32
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
        let mut all: Vec<(u32, u32)> = range.map(|name| (self.n_entries(name), name)).collect();
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
        let starts = letters()
            .map(String::from)
            .chain(letters().flat_map(|first| letters().map(move |second| format!("{first}{second}"))));
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

    /// The numbers between which the customers with the surname of these `entries` lie.
    pub(super) fn customers_of_surname(&self, entries: Range<u32>) -> Range<u32> {
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
        let columns = (self.surname_starts.capacity() + self.given.capacity() + self.who.capacity()) * 4;
        let lists = [&self.by_given, &self.by_town, &self.by_postcode, &self.by_last_four];
        words + columns + self.customers.n_bytes() + lists.map(Lists::n_bytes).iter().sum::<usize>()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_lie_by_surname_and_given_name() {
        let mut draft = Draft::default();
        let people = [("John", "Smith"), ("Ana", "García-López"), ("Ann", "Smith"), ("", "Cher")];
        for (row, (given, surname)) in (10..).zip(people) {
            let last_four = [Some(142), None];
            draft.add(&Named { row, given, surname, town: "Fort Wayne", postcode: "15235", last_four });
        }
        draft.add(&Named::default());
        let segment = draft.finish();
        let smith = segment.names.dictionary.find("smith").unwrap();
        let entries = segment.entries(smith..smith + 1);
        assert_eq!(entries.len(), 2);
        let rows: Vec<i64> =
            entries.map(|entry| segment.customers.row(segment.who(entry).0)).collect();
        assert_eq!(rows, [12, 10]);
        let lopez = segment.names.dictionary.find("lopez").unwrap();
        let (ana, is_partial) = segment.who(segment.entries(lopez..lopez + 1).start);
        assert!(is_partial);
        assert_eq!(segment.customers.row(ana), 11);
        assert_eq!(segment.customers_of(Fact::LastFour(142)).len(), 4);
        assert_eq!(segment.customers_of(Fact::Town(0)).len(), 4);
        let cher = segment.names.dictionary.find("cher").unwrap();
        assert_eq!(segment.givens(segment.entries(cher..cher + 1)), [NONE]);
    }
}
