//! Parts of e-mail addresses, found wherever they stand.
//!
//! The addresses lie one after the other, `BLOCK` to a block. A row of bits for each kind of
//! three letters says in which blocks it stands, so that only blocks that may hold all of what was
//! typed are read. The domains that most people share are one letter each: nobody is found by
//! them alone.

use std::collections::HashSet;

use memchr::memmem;

use crate::domain::fold;

/// Addresses that are read together.
const BLOCK: usize = 64;
/// Kinds of three letters; several share one, which costs a look and changes nothing.
const KINDS: usize = 4_096;
/// Blocks that are read for one answer: a hundred thousand addresses. Five letters or more are
/// nearly always in fewer, so only what says little is looked for in a part.
const BLOCKS_MAX: usize = 1_500;
/// What ends an address; no address has one inside.
const END: char = '\n';

/// Domains of one letter each, from [`FIRST_DOMAIN`] on.
const DOMAINS: [&str; 14] = [
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "aol.com",
    "outlook.com",
    "comcast.net",
    "icloud.com",
    "msn.com",
    "live.com",
    "att.net",
    "verizon.net",
    "sbcglobal.net",
    "me.com",
    "mail.com",
];
const FIRST_DOMAIN: u8 = 0x0E;

/// All e-mail addresses by what is inside them.
#[derive(Debug, Default)]
pub struct InsideIndex {
    /// The addresses, packed, each with [`END`] behind it.
    text: String,
    /// Where each block begins in `text`, and where the last one ends.
    starts: Vec<u32>,
    /// Whose address each is.
    rows: Vec<u32>,
    /// A row of bits for each kind of three letters, one bit for each block.
    bits: Vec<u64>,
    /// Addresses that came or changed later, and those that fit no number above.
    newer: Vec<(i64, String)>,
    /// Whose address in `text` counts no more.
    moved: HashSet<i64>,
}

impl InsideIndex {
    /// Adds an address before [`Self::build`]. An empty one is nobody's.
    pub fn add(&mut self, row: i64, email: &str) {
        let email = fold::email(email);
        if email.is_empty() || email.contains(END) {
            return;
        }
        let is_room = self.text.len() + email.len() < u32::MAX as usize;
        match u32::try_from(row) {
            Ok(number) if is_room => {
                if self.rows.len().is_multiple_of(BLOCK) {
                    self.starts.push(self.text.len() as u32);
                }
                self.rows.push(number);
                pack(&email, &mut self.text);
                self.text.push(END);
            }
            _ => self.newer.push((row, email)),
        }
    }

    /// Marks which letters stand where. Before this only what came later is found.
    #[must_use]
    pub fn build(mut self) -> Self {
        let n_words = self.starts.len().div_ceil(64);
        self.starts.push(self.text.len() as u32);
        self.text.shrink_to_fit();
        self.rows.shrink_to_fit();
        let mut bits = vec![0_u64; KINDS * n_words];
        for (block, text) in self.blocks() {
            for kind in kinds(text.as_bytes()) {
                if let Some(word) = bits.get_mut(kind * n_words + block / 64) {
                    *word |= 1 << (block % 64);
                }
            }
        }
        self.bits = bits;
        self
    }

    fn blocks(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.starts.iter().skip(1);
        let texts = self.starts.iter().zip(ends);
        texts
            .map(|(from, to)| self.text.get(*from as usize..*to as usize).unwrap_or_default())
            .enumerate()
    }

    /// Adds or replaces the address of `row`.
    pub fn put(&mut self, row: i64, email: &str) {
        self.remove(row);
        let email = fold::email(email);
        if !email.is_empty() {
            self.newer.push((row, email));
        }
    }

    /// Removes the address of `row`, if there is one.
    fn remove(&mut self, row: i64) {
        self.newer.retain(|(known, _)| *known != row);
        self.moved.insert(row);
    }

    /// Up to `limit` addresses that contain `part`, each with its row: those of the build first.
    pub fn find(&self, part: &str, limit: usize) -> Vec<(i64, String)> {
        let part = fold::email(part);
        let mut found = Vec::new();
        if part.len() < 3 {
            return found;
        }
        let mut n_left = BLOCKS_MAX;
        for needle in needles(&part) {
            let finder = memmem::Finder::new(needle.as_bytes());
            for block in self.candidates(&needle).into_iter().take(n_left) {
                if found.len() >= limit {
                    return found;
                }
                n_left -= 1;
                self.find_in(block, (&finder, &part), &mut found);
            }
        }
        let newer = self.newer.iter().filter(|(_, email)| email.contains(&part));
        found.extend(newer.cloned());
        found.truncate(limit);
        found
    }

    /// The blocks that may hold `needle`.
    fn candidates(&self, needle: &str) -> Vec<usize> {
        let n_blocks = self.starts.len().saturating_sub(1);
        let n_words = n_blocks.div_ceil(64);
        let mut all = vec![u64::MAX; n_words];
        for kind in kinds(needle.as_bytes()) {
            let bits = self.bits.get(kind * n_words..(kind + 1) * n_words).unwrap_or_default();
            all.iter_mut().zip(bits).for_each(|(all, bits)| *all &= bits);
        }
        let places = all.iter().enumerate().flat_map(|(at, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at * 64 + bit)
        });
        places.take_while(|block| *block < n_blocks).collect()
    }

    fn find_in(
        &self,
        block: usize,
        (finder, part): (&memmem::Finder<'_>, &str),
        found: &mut Vec<(i64, String)>,
    ) {
        let (Some(from), Some(to)) = (self.starts.get(block), self.starts.get(block + 1)) else {
            return;
        };
        let text = self.text.get(*from as usize..*to as usize).unwrap_or_default();
        if finder.find(text.as_bytes()).is_none() {
            return;
        }
        for (packed, row) in text.split(END).zip(self.rows.iter().skip(block * BLOCK)) {
            let row = i64::from(*row);
            if finder.find(packed.as_bytes()).is_some() && !self.moved.contains(&row) {
                let email = unpacked(packed);
                if email.contains(part) {
                    found.push((row, email));
                }
            }
        }
    }

    /// Bytes held.
    pub fn n_bytes(&self) -> usize {
        self.text.capacity()
            + 4 * (self.starts.capacity() + self.rows.capacity())
            + 8 * self.bits.capacity()
    }
}

/// The kinds of all neighboring three letters, also over the ends of addresses.
fn kinds(text: &[u8]) -> impl Iterator<Item = usize> {
    text.windows(3).map(|three| {
        let number = three.iter().fold(0_u32, |number, letter| number << 8 | u32::from(*letter));
        // Fibonacci hashing: the upper bits depend on all letters.
        (number.wrapping_mul(0x9E37_79B1) >> 20) as usize
    })
}

/// As what `part` may stand in the text: what follows its @ may be packed.
fn needles(part: &str) -> Vec<String> {
    let mut all = vec![part.to_owned()];
    if let Some((local, start)) = part.split_once('@').filter(|(_, start)| !start.is_empty()) {
        let packed = (FIRST_DOMAIN..).zip(DOMAINS).filter(|(_, domain)| domain.starts_with(start));
        all.extend(packed.map(|(letter, _)| format!("{local}@{}", char::from(letter))));
    }
    all
}

fn pack(email: &str, into: &mut String) {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    match (0_u8..).zip(DOMAINS).find(|(_, known)| *known == domain) {
        Some((place, _)) => {
            into.push_str(local);
            into.push('@');
            into.push(char::from(FIRST_DOMAIN + place));
        }
        None => into.push_str(email),
    }
}

fn unpacked(packed: &str) -> String {
    let last = packed.bytes().next_back().unwrap_or_default();
    let domain = last.checked_sub(FIRST_DOMAIN).and_then(|place| DOMAINS.get(usize::from(place)));
    match (domain, packed.get(..packed.len().saturating_sub(1))) {
        (Some(domain), Some(start)) if start.ends_with('@') => format!("{start}{domain}"),
        _ => packed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(index: &InsideIndex, part: &str) -> Vec<i64> {
        index.find(part, 100).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn an_address_is_found_by_any_part_of_it() {
        let mut index = InsideIndex::default();
        let all = [
            (3, "David.Merrill76@Gmail.com"),
            (7, "amara@example.com"),
            (8, ""),
            (9, "m.merrill@aol.com"),
            (i64::MAX, "far@example.com"),
        ];
        for (row, email) in all {
            index.add(row, email);
        }
        let mut index = index.build();
        let table: [(&str, &[i64]); 10] = [
            ("merr", &[3, 9]),
            ("MERRILL76", &[3]),
            ("76@gmail.com", &[3]),
            ("ill@a", &[9]),
            ("ill@e", &[]),
            ("gmail", &[]), // Nobody is found by the domain of half the town.
            ("xample", &[7, i64::MAX]),
            ("a@ex", &[7]),
            ("me", &[]),
            ("com\nm.m", &[]),
        ];
        for (part, expected) in table {
            assert_eq!(rows(&index, part), expected, "{part}");
        }
        assert_eq!(index.find("76@g", 9), [(3, "david.merrill76@gmail.com".to_owned())]);
        index.put(3, "dave@example.com");
        index.put(7, "");
        assert_eq!(rows(&index, "merr"), [9]);
        assert_eq!(rows(&index, "xample"), [i64::MAX, 3]);
        assert_eq!(index.find("xample", 1).len(), 1);
        assert!(InsideIndex::default().find("merr", 9).is_empty());
    }

    #[test]
    fn every_part_of_every_address_of_thousands_is_found() {
        let mut index = InsideIndex::default();
        let email =
            |row: i64| format!("u{}x{}@{}", row * 7_919, row % 13, DOMAINS[row as usize % 14]);
        (0..5_000).for_each(|row| index.add(row, &email(row)));
        let index = index.build();
        for row in (0..5_000).step_by(37) {
            let whole = email(row);
            let local = whole.split('@').next().unwrap();
            for from in 0..local.len() - 2 {
                let part = &local[from..];
                let found = index.find(part, usize::MAX);
                let expected = (0..5_000).filter(|row| email(*row).contains(part)).count();
                assert_eq!(found.len(), expected, "{part}");
            }
        }
    }
}
