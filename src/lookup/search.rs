//! One search of one segment: readings and depths in turn, until the list is good enough.

use std::rc::Rc;

use super::facts::{Facts, Number};
use super::found::{Best, Found};
use super::near::{Depth, Manner, Near, Typed};
use super::query::Query;
use super::rank::{GUESSES_PER_NAME_MAX, Tier};
use super::reading::{Names, Reading, UNREAD, readings};
use super::segment::{NONE, Segment};
use super::side::{Context, Side, rank};

/// An entry that leaves out a part of the customer's name.
const PARTIAL: f32 = 0.5;
/// At most so many entries are looked at.
const ENTRIES_MAX: usize = 5_000;
/// At most so many words are compared with the whole dictionary in one depth.
const NEAR_SIDES_MAX: usize = 6;
/// Comparing the words of a customer's name costs as much as looking at so many entries.
const COMPARED: usize = 3;
/// Lists of customers with a fact are looked through up to this length.
const LIST_MAX: usize = 3_000;
/// A list whose best costs this little needs no second look: about one slip.
const GOOD: f32 = 5.3;
/// Each further customer of a name that is shown for a guess or a beginning.
const NAMESAKE: f32 = 1.2;
/// A word of the name that is free: only the other one was typed right.
const FREE: f32 = 8.0;
/// Half of a name beside a fact that only nearly fits.
const ONE_WORD: f32 = 1.5;
/// Two words written as one.
pub(super) const NO_SPACE: f32 = 0.4;

/// A search under way.
pub(super) struct Search<'s> {
    pub(super) segment: &'s Segment,
    pub(super) limit: usize,
    pub(super) best: Best,
    sides: Vec<Rc<Side>>,
    /// How many more entries may be looked at.
    pub(super) n_left: usize,
}

/// The customers of `segment` whom the words of `query` may mean, the best first, with the
/// readings that their places refer to.
pub(super) fn search(segment: &Segment, query: &Query, limit: usize) -> (Vec<Found>, Vec<Reading>) {
    let readings = readings(query);
    let best = Best::new((8 * limit).clamp(64, 1024));
    let mut search = Search { segment, limit, best, sides: Vec::new(), n_left: ENTRIES_MAX };
    let numbers: Vec<Number> =
        query.numbers.iter().map(|text| Number::read(segment, text)).collect();
    for depth in [Depth::Plain, Depth::One, Depth::Two] {
        for (place, reading) in readings.iter().enumerate() {
            if depth == Depth::Plain || search.is_worth(query, reading, depth) {
                search.read(&numbers, reading, place as u8, depth);
            }
        }
        if search.is_enough(query, depth) {
            break;
        }
    }
    if search.best.least_cost() > FREE + 4.0 {
        search.one_word_right(query);
    }
    (search.best.into_sorted(), readings)
}

impl Search<'_> {
    fn is_enough(&self, query: &Query, depth: Depth) -> bool {
        let has_facts = !query.numbers.is_empty();
        match depth {
            Depth::Plain if has_facts => self.best.n_read(Tier::Exact, 1) > 0,
            Depth::Plain => self.best.n_read(Tier::Beginning, self.limit) >= self.limit,
            _ => self.best.least_cost() <= GOOD,
        }
    }

    /// Whether a reading is worth a look at what is near.
    fn is_worth(&self, query: &Query, reading: &Reading, depth: Depth) -> bool {
        // A word that stands for nothing is dear enough; with two slips beside it, all is noise.
        if reading.n_unread > 0 && depth == Depth::Two {
            return false;
        }
        // A good name needs no town; and half a name beside a town with two slips is noise too.
        if reading.town.is_some() && depth > Depth::Plain {
            let is_half = matches!(reading.names, Names::One(_));
            if is_half && depth == Depth::Two || self.best.least_cost() <= GOOD {
                return false;
            }
        }
        // When all words are there as typed, other ways to read them are noise too.
        let is_plain = reading.town.is_none() && reading.cost == 0.0;
        is_plain || query.words.len() < 2 || self.best.n_read(Tier::Exact, 1) == 0
    }

    fn read(&mut self, numbers: &[Number], reading: &Reading, place: u8, depth: Depth) {
        let town = reading.town.as_deref();
        let Some(facts) = Facts::read(self.segment, numbers, town, depth) else { return };
        let is_partial = reading.n_unread > 0;
        let is_one = matches!(reading.names, Names::One(_));
        let cost = reading.cost;
        let is_joined = reading.is_joined;
        let mut context =
            Context { reading: place, cost, is_partial, is_one, is_joined, facts: &facts };
        let lists = facts.lists_at(self.segment, depth, LIST_MAX);
        self.by_facts(reading, &context, &lists, depth);
        match &reading.names {
            Names::One(text) => {
                let has_lists = !lists.is_empty();
                // Of one word's many customers those with the fact are found by the fact; then
                // those whose fact is a digit off, by the word as typed.
                let within = match (depth, has_lists, numbers.is_empty()) {
                    (Depth::One, true, _) if text.len() >= 3 => Depth::Plain,
                    (_, true, _) | (Depth::One | Depth::Two, _, false) => return,
                    (depth, ..) => depth,
                };
                let side = self.side(text, within);
                self.one(&context, &side);
                if within == Depth::One && town.is_some() {
                    let plain = self.side(text, Depth::Plain);
                    self.one(&context, &plain);
                }
            }
            Names::Two(first, second) => {
                let [given_first, surname_first] = reading.orders;
                // A name as typed may stand beside a town that is not.
                let again = (depth == Depth::One && town.is_some()).then_some(Depth::Plain);
                for depth in again.into_iter().chain([depth]) {
                    let (first, second) = (self.side(first, depth), self.side(second, depth));
                    context.cost = reading.cost + given_first;
                    self.two(&context, &first, &second);
                    context.cost = reading.cost + surname_first;
                    self.two(&context, &second, &first);
                }
            }
        }
    }

    /// What `text` may stand for, looked up once.
    pub(super) fn side(&mut self, text: &str, depth: Depth) -> Rc<Side> {
        let known = |side: &&Rc<Side>| side.text == text && side.depth == depth;
        if let Some(side) = self.sides.iter().find(known) {
            return Rc::clone(side);
        }
        let n_near = self.sides.iter().filter(|side| side.depth == depth).count();
        let within = if n_near < NEAR_SIDES_MAX { depth } else { Depth::Plain };
        let mut side = Side::new(&self.segment.names, text, within);
        side.depth = depth;
        let side = Rc::new(side);
        self.sides.push(Rc::clone(&side));
        side
    }

    /// Whether names near the typed ones are looked for, beyond those as typed.
    pub(super) fn is_plain(side: &Side) -> bool {
        side.depth == Depth::Plain
    }

    /// Looks through the customers of a ZIP code, a town or a phone's end, whatever their names:
    /// few enough to compare each.
    fn by_facts(
        &mut self,
        reading: &Reading,
        context: &Context<'_>,
        lists: &[&[u32]],
        depth: Depth,
    ) {
        if lists.is_empty() {
            return;
        }
        let words: Vec<Typed> = match &reading.names {
            Names::One(one) => vec![Typed::new(one)],
            Names::Two(one, other) => vec![Typed::new(one), Typed::new(other)],
        };
        for who in lists.iter().copied().flatten() {
            if depth > Depth::Plain {
                let Some(n_left) = self.n_left.checked_sub(COMPARED) else { return };
                self.n_left = n_left;
            }
            if let Some((cost, name)) = self.compare(&words, reading.orders, *who, depth) {
                self.offer(context, *who, cost + reading.cost, name);
            }
        }
    }

    /// How well the typed `words` fit a customer's name, in the better order.
    fn compare(
        &self,
        words: &[Typed],
        [given_first, surname_first]: [f32; 2],
        who: u32,
        depth: Depth,
    ) -> Option<(f32, [Option<Near>; 2])> {
        let names = &self.segment.names;
        let [given, surname] = self.segment.customers.name(who);
        let one = |typed: &Typed, word: u32| {
            (word != NONE).then(|| names.compare(typed, word, depth)).flatten()
        };
        let cost = |near: Option<Near>| near.map_or(FREE, |near| near.cost);
        match words {
            [typed] => {
                let (given, surname) = (one(typed, given), one(typed, surname));
                let is_given = cost(given) < cost(surname);
                let near = if is_given { given } else { surname }?;
                Some((near.cost, if is_given { [given, None] } else { [None, surname] }))
            }
            [first, second] => {
                let straight = [one(first, given), one(second, surname)];
                let swapped = [one(second, given), one(first, surname)];
                let sum = |[given, surname]: [Option<Near>; 2]| cost(given) + cost(surname);
                let straight_cost = given_first + sum(straight);
                let swapped_cost = surname_first + sum(swapped);
                let is_straight = straight_cost <= swapped_cost;
                let best = if is_straight { straight } else { swapped };
                let cost = straight_cost.min(swapped_cost);
                best.iter().any(Option::is_some).then_some((cost, best))
            }
            _ => None,
        }
    }

    /// The last resort: customers with one word right, or nearly, whatever stands for the rest.
    fn one_word_right(&mut self, query: &Query) {
        let Some(facts) = Facts::read(self.segment, &[], None, Depth::Plain) else { return };
        let n_unread = query.words.len().saturating_sub(2) + query.numbers.len();
        let context = Context {
            reading: 0,
            cost: FREE + UNREAD * n_unread as f32,
            is_partial: true,
            is_one: true,
            is_joined: true,
            facts: &facts,
        };
        for text in &query.words {
            let within = if text.len() > 4 { Depth::Two } else { Depth::Plain };
            let side = self.side(text, within);
            let exact = side.exact.map(|word| Near { word, cost: 0.0, manner: Manner::Exact });
            for near in exact.into_iter().chain(side.near.iter().copied()) {
                self.one_exactly(&context, near);
            }
        }
    }

    /// Offers the entries of one name: `n_alike` of them, though `entries` may be fewer.
    pub(super) fn offer_entries(
        &mut self,
        context: &Context<'_>,
        entries: impl Iterator<Item = u32>,
        n_alike: usize,
        [given, surname]: [Option<Near>; 2],
    ) {
        let cost = [given, surname].into_iter().flatten().map(|near| near.cost).sum::<f32>();
        let cost = context.cost + cost;
        let tier = context.tier([given, surname]);
        if !context.facts.is_empty() {
            for entry in entries {
                if self.n_left == 0 {
                    return;
                }
                self.n_left -= 1;
                let (who, is_partial) = self.segment.who(entry);
                let cost = cost + if is_partial { PARTIAL } else { 0.0 };
                self.offer(context, who, cost, [given, surname]);
            }
            return;
        }
        let rank = rank(context, tier, cost, n_alike);
        if !self.best.wants(tier, rank) {
            return;
        }
        // Of several namesakes none is likelier, so after the first other names come first.
        let is_exact = tier == Tier::Exact;
        let is_name = given.is_some() && surname.is_some();
        let per_name = if is_exact || !is_name { self.limit } else { GUESSES_PER_NAME_MAX };
        for (place, entry) in entries.take(per_name).enumerate() {
            let (who, is_partial) = self.segment.who(entry);
            let later = if is_exact || !is_name { 0.0 } else { NAMESAKE * place as f32 };
            let more = later + if is_partial { PARTIAL } else { 0.0 };
            self.n_left = self.n_left.saturating_sub(1);
            self.best.offer(Found {
                who,
                tier,
                cost: cost + more,
                rank: rank + more,
                given,
                surname,
                n_alike: n_alike as u32,
                reading: context.reading,
                is_partial: is_partial || context.is_partial,
            });
        }
    }

    /// Offers a customer found with facts: each is judged by its own.
    pub(super) fn offer(
        &mut self,
        context: &Context<'_>,
        who: u32,
        cost: f32,
        words: [Option<Near>; 2],
    ) {
        let named = if cost < FREE { context.tier(words) } else { Tier::Guess };
        if !self.best.wants(named, cost) {
            return;
        }
        let Some(fit) = context.facts.fit(self.segment, who) else { return };
        let [given, surname] = words;
        // One word of a name, and another that only begins a town, is a guess at what was meant.
        let is_one = given.is_none() || surname.is_none();
        let fitted = if is_one && fit.tier == Tier::Beginning { Tier::Guess } else { fit.tier };
        let tier = fitted.max(named);
        let cost = cost + fit.cost + if is_one && fitted == Tier::Guess { ONE_WORD } else { 0.0 };
        self.best.offer(Found {
            who,
            tier,
            cost,
            rank: cost,
            given,
            surname,
            n_alike: 1,
            reading: context.reading,
            is_partial: context.is_partial,
        });
    }
}
