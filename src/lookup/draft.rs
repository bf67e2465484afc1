//! Customers on their way into a segment: numbered as they come, then sorted once.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use super::dictionary::Dictionary;
use super::fold;
use super::segment::{Customers, Entry, Facts, NO_PHONE, NONE, PARTIAL, Segment};

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
    ids: HashMap<Box<str>, u32, Quick>,
    /// For each field as written what it counts as: folding is dear, and most names come often.
    fields: HashMap<Box<str>, Vec<u32>, Quick>,
}

impl Interner {
    fn id(&mut self, text: String) -> u32 {
        let next = self.ids.len() as u32;
        *self.ids.entry(text.into()).or_insert(next)
    }

    /// The numbers of all that the `field` counts as; `parts` tells what that is.
    fn of_field(&mut self, field: &str, parts: fn(&str) -> Vec<String>) -> &[u32] {
        if !self.fields.contains_key(field) {
            let parts = parts(field).into_iter().filter(|part| !part.is_empty());
            let ids = parts.map(|part| self.id(part)).collect();
            self.fields.insert(field.into(), ids);
        }
        self.fields.get(field).map(Vec::as_slice).unwrap_or_default()
    }

    /// The texts sorted, and for each number its place among them.
    fn sorted(self) -> (Dictionary, Vec<u32>) {
        drop(self.fields);
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

/// Hashes short texts quickly. The standard hash resists names that were chosen to collide, which
/// would only make the desk's own start slow.
#[derive(Debug, Default, Clone, Copy)]
struct Quick {
    hash: u64,
}

impl BuildHasher for Quick {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self::default()
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.hash = (self.hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
        }
    }

    fn finish(&self) -> u64 {
        self.hash ^ self.hash >> 29
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

/// Customers on their way into a [`Segment`].
#[derive(Debug, Default)]
pub(super) struct Draft {
    names: Interner,
    towns: Interner,
    postcodes: Interner,
    customers: Vec<Drafted>,
    entries: Vec<Entry>,
    /// Of the customer being added, kept for its room.
    givens: Vec<u32>,
}

impl Draft {
    /// Adds a customer; one without any name is not kept.
    pub(super) fn add(&mut self, named: &Named<'_>) {
        let number = self.customers.len() as u32;
        self.givens.clear();
        self.givens.extend(self.names.of_field(named.given, fold::name_parts));
        let surnames = self.names.of_field(named.surname, fold::name_parts);
        let called = fold::called(&self.givens, surnames, NONE);
        if called.is_empty() {
            return;
        }
        self.entries.extend(called.into_iter().map(|called| {
            let who = if called.is_partial { number | PARTIAL } else { number };
            Entry { surname: called.surname, given: called.given, who }
        }));
        let one = |interner: &mut Interner, field: &str| {
            let ids = interner.of_field(field, |field| vec![fold::joined(field)]);
            ids.first().copied().unwrap_or(NONE)
        };
        self.customers.push(Drafted {
            row: named.row,
            town: one(&mut self.towns, named.town),
            postcode: one(&mut self.postcodes, named.postcode),
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
                *number = customers.len();
            }
            let facts = Facts {
                town: place(&town_places, drafted.town),
                postcode: place(&postcode_places, drafted.postcode),
                last_four: drafted.last_four,
            };
            customers.push(drafted.row, [entry.given, entry.surname], facts);
        }
        drop(self.customers);
        for entry in &mut entries {
            entry.who = renumbered(&numbers, entry.who);
        }
        Segment::new([names, towns, postcodes], &entries, customers)
    }
}

fn place(places: &[u32], id: u32) -> u32 {
    places.get(id as usize).copied().unwrap_or(NONE)
}

fn renumbered(numbers: &[u32], who: u32) -> u32 {
    numbers.get((who & !PARTIAL) as usize).copied().unwrap_or_default() | (who & PARTIAL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::segment::Fact;

    #[test]
    fn entries_lie_by_surname_and_given_name() {
        let mut draft = Draft::default();
        let people = [("John", "Smith"), ("Ana", "García-López"), ("Ann", "Smith"), ("", "Cher")];
        for (row, (given, surname)) in (10..).zip(people) {
            let last_four = [Some(142), None];
            draft.add(&Named {
                row,
                given,
                surname,
                town: "Fort Wayne",
                postcode: "15235",
                last_four,
            });
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
