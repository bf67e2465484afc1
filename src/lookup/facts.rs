//! Town, ZIP code and last four digits: what was typed beside a name, and how well a customer fits.

use super::near::{Depth, Manner, Near, of_beginning};
use super::rank::Reason;
use super::segment::{Fact, NO_PHONE, NONE, Segment};

/// A number that fits no fact of a customer.
const NUMBER_OFF: f32 = 7.0;
/// A number with one digit wrong, or two swapped.
const DIGIT_OFF: f32 = 3.4;
/// Four digits are sooner the end of a phone or a ZIP code, whichever fits.
const LAST_FOUR: f32 = 0.1;

/// What was typed beside the name, and which stored facts it may stand for.
#[derive(Debug)]
pub(super) struct Facts<'n> {
    town: Option<Vec<Near>>,
    numbers: &'n [Number],
}

/// A number that was typed beside the name.
#[derive(Debug)]
pub(super) struct Number {
    /// ZIP codes that it is, begins, or is one digit off; sorted.
    postcodes: Vec<Near>,
    last_four: Option<u16>,
}

/// How well a customer's facts fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// How unlikely.
    pub(super) cost: f32,
    /// Whether any fact only fits nearly, or not.
    pub(super) is_guess: bool,
}

impl<'n> Facts<'n> {
    /// The `numbers` and what the words of a `town` may stand for. `None` if there is no such town.
    pub(super) fn read(
        segment: &Segment,
        numbers: &'n [Number],
        town: Option<&str>,
        depth: Depth,
    ) -> Option<Self> {
        let mut facts = Self { town: None, numbers };
        if let Some(town) = town {
            let words = &segment.towns;
            let mut near = words.near(town, if town.len() < 4 { Depth::Plain } else { depth });
            if town.len() >= 3 {
                let towns = words.dictionary.beginning(town);
                near.extend(towns.take(64).map(|word| {
                    let n_untyped = words.dictionary.word(word).len() - town.len();
                    let (cost, manner) = of_beginning(n_untyped);
                    Near { word, cost, manner }
                }));
            }
            near.sort_unstable_by(|a, b| a.word.cmp(&b.word).then(a.cost.total_cmp(&b.cost)));
            near.dedup_by_key(|near| near.word);
            if near.is_empty() {
                return None;
            }
            facts.town = Some(near);
        }
        Some(facts)
    }

    /// Whether nothing was typed beside the name.
    pub(super) fn is_empty(&self) -> bool {
        self.town.is_none() && self.numbers.is_empty()
    }

    /// The lists of those who have one of these numbers, or are in this town, as typed: short
    /// enough to look at each.
    pub(super) fn lists<'s>(&self, segment: &'s Segment, customers_max: usize) -> Vec<&'s [u32]> {
        let is_read = |near: &&Near| near.manner == Manner::Exact;
        let towns = self.town.iter().flatten().filter(is_read).map(|near| Fact::Town(near.word));
        let numbers = self.numbers.iter().flat_map(|number| {
            let postcodes = number.postcodes.iter().filter(is_read);
            let last_four = number.last_four.map(Fact::LastFour);
            postcodes.map(|near| Fact::Postcode(near.word)).chain(last_four)
        });
        towns
            .chain(numbers)
            .map(|fact| segment.customers_of(fact))
            .filter(|list| !list.is_empty() && list.len() <= customers_max)
            .collect()
    }

    /// The lists of all who fit the town, or else the first number, as typed or nearly.
    pub(super) fn near_lists<'s>(&self, segment: &'s Segment) -> Vec<&'s [u32]> {
        let facts: Vec<Fact> = match (&self.town, self.numbers) {
            (Some(towns), _) => towns.iter().map(|near| Fact::Town(near.word)).collect(),
            (None, [first, ..]) => {
                let postcodes = first.postcodes.iter().map(|near| Fact::Postcode(near.word));
                let phones = first.last_four.into_iter().flat_map(digits_off);
                postcodes.chain(phones.map(Fact::LastFour)).collect()
            }
            (None, []) => return Vec::new(),
        };
        let lists = facts.into_iter().map(|fact| segment.customers_of(fact));
        lists.filter(|list| !list.is_empty()).collect()
    }

    /// How well customer `who` fits; `None` if the town is another.
    pub(super) fn fit(&self, segment: &Segment, who: u32) -> Option<Fit> {
        let mut fit = Fit { cost: 0.0, is_guess: false };
        if let Some(towns) = &self.town {
            let near = find(towns, segment.customers.facts(who).town)?;
            fit.cost += near.cost;
            fit.is_guess |= near.manner.is_guess();
        }
        for number in self.numbers {
            let cost = number.cost(segment, who);
            fit.cost += cost;
            fit.is_guess |= cost >= DIGIT_OFF;
        }
        Some(fit)
    }

    /// Why customer `who` fits, to be shown.
    pub(super) fn reasons(&self, segment: &Segment, who: u32) -> Vec<Reason> {
        let mut all = Vec::new();
        for number in self.numbers {
            let postcode = segment.customers.facts(who).postcode;
            if let Some(digits) = number.phone_of(segment, who).filter(|_| {
                find(&number.postcodes, postcode).is_none_or(|near| near.manner != Manner::Exact)
            }) {
                all.push(Reason::PhoneEnds(format!("{digits:04}")));
            } else if find(&number.postcodes, postcode).is_some_and(|near| !near.manner.is_guess()) {
                let code = segment.postcodes.dictionary.word(postcode).to_ascii_uppercase();
                all.push(Reason::Postcode(code));
            } else {
                all.push(Reason::FactOff);
            }
        }
        if let Some(near) = self.town.as_ref().and_then(|all| find(all, segment.customers.facts(who).town)) {
            all.push(if near.manner.is_guess() { Reason::FactOff } else { Reason::Town });
        }
        all
    }
}

impl Number {
    /// What the folded `text` may stand for.
    pub(super) fn read(segment: &Segment, text: &str) -> Self {
        let words = &segment.postcodes;
        let mut postcodes: Vec<Near> = words
            .near(text, if text.len() > 3 { Depth::One } else { Depth::Plain })
            .into_iter()
            .map(|near| Near { cost: DIGIT_OFF, manner: Manner::Slip, ..near })
            .filter(|near| words.dictionary.word(near.word).len().abs_diff(text.len()) <= 1)
            .collect();
        postcodes.extend(words.dictionary.beginning(text).take(256).map(|word| {
            let n_untyped = words.dictionary.word(word).len() - text.len();
            let (cost, manner) = of_beginning(n_untyped);
            Near { word, cost, manner }
        }));
        postcodes.sort_unstable_by_key(|near| near.word);
        let last_four = (text.len() == 4).then(|| text.parse().ok()).flatten();
        Self { postcodes, last_four }
    }

    fn cost(&self, segment: &Segment, who: u32) -> f32 {
        let postcode = find(&self.postcodes, segment.customers.facts(who).postcode);
        let by_postcode = postcode.map_or(NUMBER_OFF, |near| near.cost);
        let Some(typed) = self.last_four else { return by_postcode };
        let by_phone = segment.customers.facts(who).last_four.into_iter().map(|digits| {
            if digits == typed {
                LAST_FOUR
            } else if digits != NO_PHONE && is_digit_off(digits, typed) {
                DIGIT_OFF
            } else {
                NUMBER_OFF
            }
        });
        by_phone.fold(by_postcode, f32::min)
    }

    /// The last four of the customer's phone that was typed.
    fn phone_of(&self, segment: &Segment, who: u32) -> Option<u16> {
        let typed = self.last_four?;
        segment.customers.facts(who).last_four.contains(&typed).then_some(typed)
    }
}

fn find(sorted: &[Near], word: u32) -> Option<&Near> {
    if word == NONE {
        return None;
    }
    sorted.binary_search_by_key(&word, |near| near.word).ok().and_then(|at| sorted.get(at))
}

/// Whether two four-digit numbers differ in one digit, or in two neighbors swapped.
fn is_digit_off(one: u16, other: u16) -> bool {
    let digits = |n: u16| [n / 1000 % 10, n / 100 % 10, n / 10 % 10, n % 10];
    let [a, b, c, d] = digits(one);
    let [e, f, g, h] = digits(other);
    match (a == e, b == f, c == g, d == h) {
        (false, true, true, true)
        | (true, false, true, true)
        | (true, true, false, true)
        | (true, true, true, false) => true,
        (false, false, true, true) => a == f && b == e,
        (true, false, false, true) => b == g && c == f,
        (true, true, false, false) => c == h && d == g,
        _ => false,
    }
}

/// The four-digit number itself, and all that are one digit off.
fn digits_off(typed: u16) -> impl Iterator<Item = u16> {
    let places = [1, 10, 100, 1000];
    let wrong = places.into_iter().flat_map(move |place| {
        let rest = typed - typed / place % 10 * place;
        (0..10).map(move |digit| rest + digit * place).filter(move |other| *other != typed)
    });
    let swapped = places.into_iter().take(3).filter_map(move |place| {
        let (low, high) = (typed / place % 10, typed / place / 10 % 10);
        let rest = typed - low * place - high * place * 10;
        (low != high).then_some(rest + high * place + low * place * 10)
    });
    std::iter::once(typed).chain(wrong).chain(swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_off_is_one_wrong_or_two_swapped() {
        let table = [
            (142, 143, true),
            (142, 412, true),
            (142, 1042, true),
            (142, 124, true),
            (1234, 2134, true),
            (1234, 1324, true),
            (1234, 1243, true),
            (1234, 4231, false),
            (1234, 1234, false),
        ];
        for (one, other, expected) in table {
            assert_eq!(is_digit_off(one, other), expected, "{one} {other}");
            let is_listed = digits_off(one).any(|listed| listed == other && listed != one);
            assert_eq!(is_listed, expected, "{one} {other}");
        }
    }
}
