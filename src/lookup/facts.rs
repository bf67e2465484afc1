//! Town, ZIP code and last four digits: what was typed beside a name, and how well a customer fits.

use super::near::{Depth, Manner, Near, of_beginning};
use super::rank::{Reason, Tier};
use super::segment::{Fact, NONE, Segment};

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
    /// Ends of phones that it is, or is one digit off, with the cost; sorted.
    last_four: Vec<(u16, f32)>,
}

/// How well a customer's facts fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// How unlikely.
    pub(super) cost: f32,
    /// How, at worst.
    pub(super) tier: Tier,
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
    fn lists<'s>(&self, segment: &'s Segment, customers_max: usize) -> Vec<&'s [u32]> {
        let is_read = |near: &&Near| near.manner == Manner::Exact;
        let towns = self.town.iter().flatten().filter(is_read).map(|near| Fact::Town(near.word));
        let numbers = self.numbers.iter().flat_map(|number| {
            let postcodes = number.postcodes.iter().filter(is_read);
            let phones = number.last_four.iter().filter(|(_, cost)| *cost < DIGIT_OFF);
            let last_four = phones.map(|(digits, _)| Fact::LastFour(*digits));
            postcodes.map(|near| Fact::Postcode(near.word)).chain(last_four)
        });
        towns
            .chain(numbers)
            .map(|fact| segment.customers_of(fact))
            .filter(|list| !list.is_empty() && list.len() <= customers_max)
            .collect()
    }

    /// The lists that are short enough to look at each customer: as typed, and at [`Depth::Two`]
    /// of all who nearly fit.
    pub(super) fn lists_at<'s>(
        &self,
        segment: &'s Segment,
        depth: Depth,
        customers_max: usize,
    ) -> Vec<&'s [u32]> {
        if depth < Depth::Two {
            return self.lists(segment, customers_max);
        }
        let mut n_left = customers_max / 4;
        let mut lists = self.near_lists(segment);
        lists.retain(|list| {
            let fits = list.len() <= n_left;
            n_left -= if fits { list.len() } else { 0 };
            fits
        });
        lists
    }

    /// The lists of all who fit the town, or else the first number, as typed or nearly.
    pub(super) fn near_lists<'s>(&self, segment: &'s Segment) -> Vec<&'s [u32]> {
        let facts: Vec<Fact> = match (&self.town, self.numbers) {
            (Some(towns), _) => towns.iter().map(|near| Fact::Town(near.word)).collect(),
            (None, [first, ..]) => {
                let postcodes = first.postcodes.iter().map(|near| Fact::Postcode(near.word));
                let phones = first.last_four.iter().map(|(digits, _)| Fact::LastFour(*digits));
                postcodes.chain(phones).collect()
            }
            (None, []) => return Vec::new(),
        };
        let lists = facts.into_iter().map(|fact| segment.customers_of(fact));
        lists.filter(|list| !list.is_empty()).collect()
    }

    /// How well customer `who` fits; `None` if the town is another.
    pub(super) fn fit(&self, segment: &Segment, who: u32) -> Option<Fit> {
        let mut fit = Fit { cost: 0.0, tier: Tier::Exact };
        if let Some(towns) = &self.town {
            let near = find(towns, segment.customers.facts(who).town)?;
            fit.cost += near.cost;
            fit.tier = match near.manner {
                Manner::Exact => Tier::Exact,
                Manner::Beginning => Tier::Beginning,
                _ => Tier::Guess,
            };
        }
        for number in self.numbers {
            let cost = number.cost(segment, who);
            fit.cost += cost;
            if cost >= DIGIT_OFF {
                fit.tier = Tier::Guess;
            }
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
            } else if find(&number.postcodes, postcode).is_some_and(|near| !near.manner.is_guess())
            {
                let code = segment.postcodes.dictionary.word(postcode).to_ascii_uppercase();
                all.push(Reason::Postcode(code));
            } else {
                all.push(Reason::FactOff);
            }
        }
        if let Some(near) =
            self.town.as_ref().and_then(|all| find(all, segment.customers.facts(who).town))
        {
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
        Self { postcodes, last_four: ends_of_phones(text) }
    }

    fn cost(&self, segment: &Segment, who: u32) -> f32 {
        let postcode = find(&self.postcodes, segment.customers.facts(who).postcode);
        let by_postcode = postcode.map_or(NUMBER_OFF, |near| near.cost);
        let by_phone = segment.customers.facts(who).last_four.into_iter().map(|digits| {
            let known = self.last_four.binary_search_by_key(&digits, |(known, _)| *known).ok();
            known.and_then(|at| self.last_four.get(at)).map_or(NUMBER_OFF, |(_, cost)| *cost)
        });
        by_phone.fold(by_postcode, f32::min)
    }

    /// The last four of the customer's phone that was typed.
    fn phone_of(&self, segment: &Segment, who: u32) -> Option<u16> {
        let (typed, _) = self.last_four.iter().find(|(_, cost)| *cost < DIGIT_OFF)?;
        segment.customers.facts(who).last_four.contains(typed).then_some(*typed)
    }
}

fn find(sorted: &[Near], word: u32) -> Option<&Near> {
    if word == NONE {
        return None;
    }
    sorted.binary_search_by_key(&word, |near| near.word).ok().and_then(|at| sorted.get(at))
}

/// The ends of phones that the typed digits are, or are one digit off: one wrong, two swapped, one
/// too few or too many.
fn ends_of_phones(typed: &str) -> Vec<(u16, f32)> {
    if !(3..=5).contains(&typed.len()) || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut all: Vec<(u16, f32)> = Vec::with_capacity(40);
    let mut keep = |digits: &str, cost: f32| {
        all.extend(digits.parse().ok().filter(|_| digits.len() == 4).map(|digits| (digits, cost)));
    };
    keep(typed, LAST_FOUR);
    for at in 0..=typed.len() {
        let (before, after) = typed.split_at(at);
        let mut rest = after.chars();
        let (first, second) = (rest.next(), rest.next());
        let (without_one, without_two) = (after.get(1..), after.get(2..));
        for digit in '0'..='9' {
            keep(&format!("{before}{digit}{after}"), DIGIT_OFF);
            if let Some(after) = without_one {
                keep(&format!("{before}{digit}{after}"), DIGIT_OFF);
            }
        }
        if let Some(after) = without_one {
            keep(&format!("{before}{after}"), DIGIT_OFF);
        }
        if let (Some(first), Some(second), Some(after)) = (first, second, without_two) {
            keep(&format!("{before}{second}{first}{after}"), DIGIT_OFF);
        }
    }
    all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    all.dedup_by_key(|(digits, _)| *digits);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_off_is_one_wrong_swapped_missing_or_too_many() {
        let table = [
            ("0142", 142, Some(LAST_FOUR)),
            ("0142", 143, Some(DIGIT_OFF)),
            ("0142", 412, Some(DIGIT_OFF)),
            ("0142", 421, None),
            ("1234", 2134, Some(DIGIT_OFF)),
            ("1234", 1243, Some(DIGIT_OFF)),
            ("1234", 4231, None),
            ("817", 8170, Some(DIGIT_OFF)),
            ("54180", 5180, Some(DIGIT_OFF)),
            ("17", 1717, None),
            ("v6b1", 6161, None),
        ];
        for (typed, digits, cost) in table {
            let all = ends_of_phones(typed);
            let found = all.iter().find(|(known, _)| *known == digits).map(|(_, cost)| *cost);
            assert_eq!(found, cost, "{typed} {digits}");
        }
    }
}
