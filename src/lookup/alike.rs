//! How likely two customers are one person, with the reasons: "someone alike exists" while a
//! customer is entered, and the pairs of `duplicates`.
//!
//! Each fact that both customers have speaks for or against (Fellegi and Sunter 1969): its weight
//! is about the natural logarithm of how much oftener it agrees between two records of one person
//! than between two people. Households share surname, phone and address, so the given name has
//! the last word.

use std::fmt;

use rapidfuzz::distance::osa;

use super::cost;
use super::nickname;
use super::sound;

pub use super::person::{Fields, Person, place};

/// What two customers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Common {
    /// The same given name and surname.
    Name,
    /// Given name and surname swapped.
    NameSwapped,
    /// A name nearly the same: a slip, the same sound, a nickname.
    NameNearly,
    /// A phone.
    Phone,
    /// The e-mail address.
    Email,
    /// The street and the town or ZIP code.
    Address,
    /// The town or ZIP code alone.
    Place,
}

impl fmt::Display for Common {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "same name",
            Self::NameSwapped => "names swapped",
            Self::NameNearly => "nearly the same name",
            Self::Phone => "same phone",
            Self::Email => "same e-mail",
            Self::Address => "same address",
            Self::Place => "same town or ZIP",
        })
    }
}

/// How likely two customers are one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Evidence for less evidence against, in nats; see [`PROBABLE`].
    pub score: f32,
    /// What they have in common, the most telling first.
    pub common: Vec<Common>,
}

impl Likeness {
    /// Whether the two should be looked at by a person.
    pub fn is_probable(&self) -> bool {
        self.score >= PROBABLE
    }

    /// The reasons as one text: "same phone, nearly the same name".
    pub fn reason(&self) -> String {
        self.common.iter().map(Common::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// From this score on two customers are probably one: the same name and one more fact, or nearly
/// the same name and two.
pub const PROBABLE: f32 = 8.0;

const SAME_NAME: f32 = 4.5;
const SAME_PHONE: f32 = 5.0;
const SAME_EMAIL: f32 = 6.5;
const SAME_ADDRESS: f32 = 4.5;
const SAME_PLACE: f32 = 2.0;
const OTHER_PHONE: f32 = -0.7;
const OTHER_EMAIL: f32 = -0.5;
const OTHER_PLACE: f32 = -1.0;
/// A given name that has nothing in common with the other: somebody else of the household.
const OTHER_GIVEN: f32 = -9.0;
const OTHER_SURNAME: f32 = -4.0;
/// A name that is missing says little.
const NO_NAME: f32 = -0.5;

/// Compares two customers.
pub fn likeness(one: &Person, other: &Person) -> Likeness {
    let mut score = 0.0;
    let mut common = Vec::new();
    let straight = name_score(one, other.given(), other.surname());
    let swapped = name_score(one, other.surname(), other.given()) - 1.0;
    score += straight.max(swapped);
    if swapped > straight && swapped > 0.0 {
        common.push(Common::NameSwapped);
    } else if one.given() == other.given() && one.surname() == other.surname() {
        common.push(Common::Name);
    } else if straight > 0.0 {
        common.push(Common::NameNearly);
    }
    let has_phone = |person: &Person| person.phones().next().is_some();
    if one.phones().any(|phone| other.phones().any(|other| other == phone)) {
        score += SAME_PHONE;
        common.insert(0, Common::Phone);
    } else if has_phone(one) && has_phone(other) {
        score += OTHER_PHONE;
    }
    let has_emails = !one.email().is_empty() && !other.email().is_empty();
    if has_emails && is_near_email(one.email(), other.email()) {
        score += SAME_EMAIL;
        common.insert(0, Common::Email);
    } else if has_emails {
        score += OTHER_EMAIL;
    }
    let is_place = !one.place().is_empty() && one.place() == other.place();
    if is_place && !one.street().is_empty() && is_near_text(one.street(), other.street()) {
        score += SAME_ADDRESS;
        common.push(Common::Address);
    } else if is_place {
        score += SAME_PLACE;
        common.push(Common::Place);
    } else if !one.place().is_empty() && !other.place().is_empty() {
        score += OTHER_PLACE;
    }
    Likeness { score, common }
}

/// What the names speak for or against.
fn name_score(one: &Person, given: &str, surname: &str) -> f32 {
    word_score(one.given(), given, OTHER_GIVEN) + word_score(one.surname(), surname, OTHER_SURNAME)
}

/// What two names speak for or against; `apart` if they have nothing in common.
fn word_score(one: &str, other: &str, apart: f32) -> f32 {
    if one.is_empty() || other.is_empty() {
        return NO_NAME;
    }
    let same = SAME_NAME / 2.0;
    if one == other {
        return same;
    }
    if nickname::related(one).iter().any(|(name, _)| *name == other) {
        return same - 0.6;
    }
    let shorter = one.len().min(other.len());
    if shorter == 1 && one.get(..1) == other.get(..1) {
        return 0.2; // An initial.
    }
    if shorter >= 3 && (one.starts_with(other) || other.starts_with(one)) {
        return same - 0.8; // "Mary" and "Mary Ann", "García" and "García López".
    }
    if cost::of_typing(one, other, ALIKE_COST_MAX).is_some() && shorter >= 3 {
        return same - 0.8;
    }
    let (codes, others) = (sound::codes(one), sound::codes(other));
    if codes.iter().any(|code| *code != 0 && others.contains(code)) && shorter >= 4 {
        return same - 1.4;
    }
    apart
}

/// Names within one slip are alike.
const ALIKE_COST_MAX: f32 = 4.7;

fn is_near_email(one: &str, other: &str) -> bool {
    one == other || one.len() >= 10 && osa::distance(one.bytes(), other.bytes()) <= 1
}

fn is_near_text(one: &str, other: &str) -> bool {
    one == other || one.len() >= 6 && osa::distance(one.chars(), other.chars()) <= 2
}

/// Two customers who are probably one, by their places in the list that was searched.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The earlier place.
    pub one: u32,
    /// The later place.
    pub other: u32,
    /// How likely, and why.
    pub likeness: Likeness,
}

/// Of so many customers with one key each is compared with each; a larger crowd has a key that
/// tells nothing (a placeholder phone, a shared e-mail), and only its neighbors are compared.
const CROWD_MAX: usize = 40;

/// The pairs among `people` who are probably one person, the likeliest first.
///
/// Two are compared when they share a phone, an e-mail, an address, the name, or the sound of the
/// surname with the place. A pair that shares none of these is not found.
pub fn pairs(people: &[Person]) -> Vec<Pair> {
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(people.len() * 6);
    for (place, person) in (0_u32..).zip(people) {
        person.each_key(|key| keys.push((key, place)));
    }
    keys.sort_unstable();
    let mut found: Vec<Pair> = Vec::new();
    for crowd in keys.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, one)) in crowd.iter().enumerate() {
            let rest = crowd.get(at + 1..).unwrap_or_default();
            for (_, other) in rest.iter().take(CROWD_MAX) {
                let (Some(a), Some(b)) = (people.get(*one as usize), people.get(*other as usize))
                else {
                    continue;
                };
                let likeness = likeness(a, b);
                if one != other && likeness.is_probable() {
                    found.push(Pair { one: *one, other: *other, likeness });
                }
            }
        }
    }
    found.sort_by_key(|pair| (pair.one, pair.other));
    found.dedup_by_key(|pair| (pair.one, pair.other));
    found.sort_by(|a, b| b.likeness.score.total_cmp(&a.likeness.score));
    found
}

impl Person {
    /// Calls `found` with a hash of everything by which a duplicate of this customer is looked for.
    fn each_key(&self, mut found: impl FnMut(u64)) {
        for phone in self.phones() {
            found(hash(1, &[phone]));
        }
        if !self.email().is_empty() {
            found(hash(2, &[self.email()]));
        }
        if self.street().len() >= 6 {
            found(hash(3, &[self.street(), self.place()]));
        }
        let (given, surname) = (self.given(), self.surname());
        if !given.is_empty() && !surname.is_empty() {
            // In one order, so that swapped names meet.
            found(hash(4, &[given.min(surname), given.max(surname), self.place()]));
        }
        for name in [surname, given] {
            let [code, _] = sound::codes(name);
            if code != 0 && !self.place().is_empty() {
                found(hash(5, &[&code.to_string(), self.place()]));
            }
        }
    }
}

/// FNV-1a over a kind and texts.
fn hash(kind: u8, texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0]));
    std::iter::once(kind).chain(bytes).fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person([given, surname, phone, email, street, place]: [&str; 6]) -> Person {
        let phones = [phone, ""];
        Person::new(&Fields { given, surname, phones, email, street, place })
    }

    const DAVID: [&str; 6] = [
        "David",
        "Merrill",
        "412-949-8233",
        "david.merrill76@gmail.com",
        "3379 Hatcher Rd",
        "15235",
    ];

    #[test]
    fn one_person_twice_is_probable_and_a_household_is_not() {
        let table = [
            (DAVID, true, "same e-mail, same phone, same name, same address"),
            (["David", "Merrill", "(412) 949 8233", "", "", ""], true, "same phone, same name"),
            (
                ["Dave", "Merrill", "4129498233", "", "", "15235"],
                true,
                "same phone, nearly the same name, same town or ZIP",
            ),
            (
                ["Merrill", "David", "4129498233", "", "", "15235"],
                true,
                "same phone, names swapped, same town or ZIP",
            ),
            (
                ["Davd", "Merril", "4129498233", "", "3379 Hatcher Rd.", "15235"],
                true,
                "same phone, nearly the same name, same address",
            ),
            (
                ["David", "Merrill", "", "", "3379 Hatcher Road", "15235"],
                true,
                "same name, same address",
            ),
            (["Andres", "Merrill", "412.949.8233", "", "3379 Hatcher Rd", "15235"], false, ""),
            (["David", "Merrill", "717-555-0100", "", "1 Main St", "17011"], false, ""),
            (["Susan", "Miller", "412-949-8233", "", "", ""], false, ""),
            (["", "", "", "", "", ""], false, ""),
        ];
        for (other, is_probable, reason) in table {
            let found = likeness(&person(DAVID), &person(other));
            assert_eq!(found.is_probable(), is_probable, "{other:?}: {found:?}");
            assert!(!is_probable || found.reason() == reason, "{other:?}: {}", found.reason());
            let back = likeness(&person(other), &person(DAVID));
            assert!((back.score - found.score).abs() < 1e-3, "{other:?}");
        }
    }

    #[test]
    fn pairs_are_found_once_and_the_likeliest_first() {
        let people: Vec<Person> = [
            DAVID,
            ["Andres", "Merrill", "412-949-8233", "", "3379 Hatcher Rd", "15235"],
            ["Dave", "Merrill", "", "", "3379 Hatcher Rd", "15235"],
            DAVID,
            ["Ann", "Lee", "", "", "", ""],
            ["Ann", "Lee", "", "", "", ""],
        ]
        .map(person)
        .to_vec();
        let found: Vec<(u32, u32)> =
            pairs(&people).iter().map(|pair| (pair.one, pair.other)).collect();
        assert_eq!(found, [(0, 3), (0, 2), (2, 3)]);
        assert!(pairs(&[]).is_empty());
    }

    #[test]
    fn a_crowd_with_one_phone_stays_bounded() {
        let letters = ["a", "e", "i", "o", "u"];
        let people: Vec<Person> = (0..1_000)
            .map(|n: usize| {
                let surname: String =
                    (0..8).map(|at| letters[n / 5_usize.pow(at) % 5].to_owned() + "kz").collect();
                person(["X", &surname, "000-000-0000", "", "", ""])
            })
            .collect();
        assert!(pairs(&people).len() < 1_000 * CROWD_MAX);
    }
}
