//! Town, ZIP code and last four digits: what was typed beside a name, and how well a customer fits.

use super::near::{Depth, Manner, Near, of_beginning};
use super::rank::{Reason, Tier};
use super::segment::{Fact, NONE, Segment};
use super::work::Work;

/// A number that fits no fact of a customer.
const NUMBER_OFF: f32 = 7.0;
/// A number with one digit wrong, or two swapped.
const DIGIT_OFF: f32 = 3.4;
/// Four digits are sooner the end of a phone or a ZIP code, whichever fits.
const LAST_FOUR: f32 = 0.1;
/// Of ZIP codes that begin as typed at most so many are looked at.
const POSTCODES_MAX: usize = 256;

/// What was typed beside the name, and which stored facts it may stand for.
#[derive(Debug)]
pub(super) struct Facts<'n> {
    town: Option<Vec<Near>>,
    numbers: &'n [Number],
    /// The customers who fit the town, or else the first number: a list for each of what it may
    /// stand for.
    lists: Vec<&'n [u32]>,
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
        segment: &'n Segment,
        numbers: &'n [Number],
        (town, depth): (Option<&str>, Depth),
        work: &mut Work,
    ) -> Option<Self> {
        let mut facts = Self { town: None, numbers, lists: Vec::new() };
        if let Some(town) = town {
            let words = &segment.towns;
            let within = if town.len() < 4 { Depth::Plain } else { depth };
            let mut near = words.near(town, within, work);
            if town.len() >= 3 {
                let towns = words.dictionary.beginning(town);
                near.extend(towns.take(64).map(|word| {
                    let n_untyped = words.dictionary.n_bytes_of(word) - town.len();
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
        facts.lists = facts.near_lists(segment);
        Some(facts)
    }

    /// Whether nothing was typed beside the name.
    pub(super) fn is_empty(&self) -> bool {
        self.town.is_none() && self.numbers.is_empty()
    }

    /// The lists of those who have one of these numbers, or are in this town, as typed or
    /// beginning so: the surest first, as many as are short enough to look at each customer.
    fn lists_as_typed<'s>(&self, segment: &'s Segment, customers_max: usize) -> Vec<&'s [u32]> {
        let read = |near: &&Near| !near.manner.is_guess();
        let towns = self.town.iter().flatten().filter(read);
        let mut all: Vec<(f32, Fact)> =
            towns.map(|near| (near.cost, Fact::Town(near.word))).collect();
        for number in self.numbers {
            let postcodes = number.postcodes.iter().filter(read);
            all.extend(postcodes.map(|near| (near.cost, Fact::Postcode(near.word))));
            let phones = number.last_four.iter().filter(|(_, cost)| *cost < DIGIT_OFF);
            all.extend(phones.map(|(digits, cost)| (*cost, Fact::LastFour(*digits))));
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut n_left = customers_max;
        let lists = all.into_iter().map(|(_, fact)| segment.customers_of(fact));
        let short = lists.take_while(|list| {
            let left = n_left.checked_sub(list.len());
            n_left = left.unwrap_or_default();
            left.is_some()
        });
        short.filter(|list| !list.is_empty()).collect()
    }

    /// The lists that are short enough to look at each customer: as typed, and at [`Depth::Two`]
    /// of all who nearly fit.
    pub(super) fn lists_at<'s>(
        &self,
        segment: &'s Segment,
        depth: Depth,
        customers_max: usize,
    ) -> Vec<&'s [u32]>
    where
        'n: 's,
    {
        if depth < Depth::Two {
            return self.lists_as_typed(segment, customers_max);
        }
        let mut n_left = customers_max / 4;
        let mut lists = self.lists.clone();
        lists.retain(|list| {
            let fits = list.len() <= n_left;
            n_left -= if fits { list.len() } else { 0 };
            fits
        });
        lists
    }

    /// The lists of all who fit the town, or else the first number, as typed or nearly.
    pub(super) fn lists(&self) -> &[&'n [u32]] {
        &self.lists
    }

    /// Whether a customer in none of [`Facts::lists`] may still fit.
    pub(super) fn may_be_off(&self) -> bool {
        self.town.is_none()
    }

    fn near_lists(&self, segment: &'n Segment) -> Vec<&'n [u32]> {
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
            } else if number.cost(segment, who) < NUMBER_OFF {
                all.push(Reason::NumberNearly);
            } else {
                all.push(Reason::NumberOff);
            }
        }
        if let Some(near) =
            self.town.as_ref().and_then(|all| find(all, segment.customers.facts(who).town))
        {
            all.push(if near.manner.is_guess() { Reason::TownNearly } else { Reason::Town });
        }
        all
    }
}

impl Number {
    /// What the folded `text` may stand for; with one digit off from [`Depth::One`] on.
    pub(super) fn read(segment: &Segment, text: &str, depth: Depth, work: &mut Work) -> Self {
        let words = &segment.postcodes;
        let mut postcodes = Vec::new();
        if depth > Depth::Plain && text.len() > 3 {
            let near = words.near(text, Depth::One, work).into_iter();
            let off = near.map(|near| Near { cost: DIGIT_OFF, manner: Manner::Slip, ..near });
            let n_bytes = |near: &Near| words.dictionary.n_bytes_of(near.word);
            postcodes.extend(off.filter(|near| n_bytes(near).abs_diff(text.len()) <= 1));
        }
        postcodes.extend(words.dictionary.beginning(text).take(POSTCODES_MAX).map(|word| {
            let n_untyped = words.dictionary.n_bytes_of(word) - text.len();
            let (cost, manner) = of_beginning(n_untyped);
            Near { word, cost, manner }
        }));
        postcodes.sort_unstable_by_key(|near| near.word);
        Self { postcodes, last_four: ends_of_phones(text, depth) }
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

/// The ends of phones that the typed digits are, and from [`Depth::One`] on those that they are one
/// digit off: one wrong, two swapped, one too few or too many.
fn ends_of_phones(typed: &str, depth: Depth) -> Vec<(u16, f32)> {
    let digits: Vec<u8> = typed.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    if !(3..=5).contains(&digits.len()) || digits.iter().any(|digit| *digit > 9) {
        return Vec::new();
    }
    let mut all: Vec<(u16, f32)> = Vec::with_capacity(64);
    let mut keep = |before: &[u8], between: &[u8], after: &[u8], cost: f32| {
        if before.len() + between.len() + after.len() == 4 {
            let digits = before.iter().chain(between).chain(after);
            all.push((digits.fold(0, |end, digit| 10 * end + u16::from(*digit)), cost));
        }
    };
    keep(&digits, &[], &[], LAST_FOUR);
    if depth == Depth::Plain {
        return all;
    }
    for at in 0..=digits.len() {
        let Some((before, after)) = digits.split_at_checked(at) else { continue };
        for digit in 0..10 {
            keep(before, &[digit], after, DIGIT_OFF);
            if let [_, rest @ ..] = after {
                keep(before, &[digit], rest, DIGIT_OFF);
            }
        }
        if let [first, rest @ ..] = after {
            keep(before, &[], rest, DIGIT_OFF);
            if let [second, rest @ ..] = rest {
                keep(before, &[*second, *first], rest, DIGIT_OFF);
            }
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
            let all = ends_of_phones(typed, Depth::One);
            let found = all.iter().find(|(known, _)| *known == digits).map(|(_, cost)| *cost);
            assert_eq!(found, cost, "{typed} {digits}");
        }
    }
}
