//! One search of one segment: readings and depths in turn, until the list is good enough.

use std::ops::Range;
use std::rc::Rc;

use super::either::of_words;
use super::facts::{Facts, Number};
use super::found::{Best, Found};
use super::lists::between;
use super::near::{Depth, Near};
use super::query::Query;
use super::rank::{GUESSES_PER_NAME_MAX, Tier};
use super::reading::{Names, Reading, readings};
use super::segment::Segment;
use super::side::{Context, Side, rank};
use super::work::Work;

/// An entry that leaves out a part of the customer's name.
const PARTIAL: f32 = 0.8;
/// At most so many words are compared with the whole dictionary in one depth.
const NEAR_SIDES_MAX: usize = 6;
/// Finding a name in a list costs as much as looking at so many customers.
const LISTED: usize = 6;
/// Lists of customers with a fact are looked through up to this length.
const LIST_MAX: usize = 3_000;
/// A list whose best costs this little needs no second look: about one slip.
const GOOD: f32 = 5.3;
/// Each further customer of a name that is shown for a guess or a beginning.
const NAMESAKE: f32 = 1.2;
/// A word of the name that is free: only the other one was typed right.
pub(super) const FREE: f32 = 8.0;
/// Half of a name beside a fact that only nearly fits.
const ONE_WORD: f32 = 3.0;
/// The only word beside a fact is a given name: it is the surname that one says.
const GIVEN_ALONE: f32 = 0.8;
/// Two words written as one.
pub(super) const NO_SPACE: f32 = 0.4;

/// A search under way.
pub(super) struct Search<'s> {
    pub(super) segment: &'s Segment,
    pub(super) limit: usize,
    pub(super) best: Best,
    sides: Vec<Rc<Side>>,
    pub(super) work: Work,
    /// The last word, which may not be finished.
    pub(super) last: &'s str,
}

/// What a search found.
pub(super) struct Searched {
    /// The best first.
    pub(super) found: Vec<Found>,
    /// The readings that the places in `found` refer to.
    pub(super) readings: Vec<Reading>,
    /// What the numbers of the query may stand for.
    pub(super) numbers: Vec<Number>,
    /// What it took.
    #[cfg(test)]
    pub(super) work: Work,
}

/// The customers of `segment` whom the words of `query` may mean.
pub(super) fn search<'s>(segment: &'s Segment, query: &'s Query, limit: usize) -> Searched {
    let readings = readings(query);
    let best = Best::new((5 * limit).clamp(48, 1024));
    let last = query.words.last().map(String::as_str).unwrap_or_default();
    let (sides, work) = (Vec::new(), Work::default());
    let mut search = Search { segment, limit, best, sides, work, last };
    let mut numbers = search.numbers(query, Depth::Plain);
    for depth in [Depth::Plain, Depth::One, Depth::Two] {
        if depth == Depth::One && !numbers.is_empty() {
            numbers = search.numbers(query, depth);
        }
        let order = match depth {
            Depth::Plain => (0..readings.len()).collect(),
            _ => search.likeliest(&readings),
        };
        for place in order {
            let Some(reading) = readings.get(place) else { continue };
            if search.is_worth(query, reading, depth) {
                search.read(&numbers, reading, place as u8, depth);
            }
        }
        if search.is_enough(query, depth) {
            break;
        }
    }
    if search.best.least_cost() > FREE {
        search.both_wrong(&numbers, &readings);
    }
    if search.best.least_cost() > GOOD && search.best.n_read(Tier::Guess, limit) < limit {
        search.one_word_right(query);
    }
    Searched {
        found: search.best.into_sorted(),
        readings,
        numbers,
        #[cfg(test)]
        work: search.work,
    }
}

impl Search<'_> {
    fn numbers(&mut self, query: &Query, depth: Depth) -> Vec<Number> {
        let (segment, work) = (self.segment, &mut self.work);
        query.numbers.iter().map(|text| Number::read(segment, text, depth, work)).collect()
    }

    /// The places of those readings of whose parts the fewest are unknown to the file, those first
    /// with the fewest: what is near is dear to find, and with every part wrong all is noise.
    fn likeliest(&self, readings: &[Reading]) -> Vec<usize> {
        let (names, towns) = (&self.segment.names.dictionary, &self.segment.towns.dictionary);
        let n_unknown = |reading: &Reading| {
            let town = reading.town.iter().map(|town| towns.find(town));
            let parts = match &reading.names {
                Names::One(one) => vec![names.find(one)],
                Names::Two(one, other) => vec![names.find(one), names.find(other)],
            };
            let n = parts.into_iter().chain(town).filter(Option::is_none).count();
            n + usize::from(reading.n_unread)
        };
        let mut all: Vec<(usize, usize)> =
            readings.iter().map(n_unknown).zip(0..readings.len()).collect();
        all.sort_unstable();
        let least = all.first().map_or(0, |(n, _)| *n);
        all.into_iter().filter(|(n, _)| *n <= least + 1).map(|(_, place)| place).collect()
    }

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
        if depth == Depth::Plain {
            // Where the plainest reading fills the list, none that costs more gets into it.
            let is_plainest = reading.cost == 0.0 || !query.numbers.is_empty();
            return is_plainest || self.best.n_read(Tier::Exact, self.limit) < self.limit;
        }
        // A word that stands for nothing is dear enough; with two slips beside it, all is noise.
        if reading.n_unread > 0 && depth == Depth::Two {
            return false;
        }
        // A good name needs no town; and half a name beside a town with two slips is noise too.
        if reading.town.is_some() {
            let is_half = matches!(reading.names, Names::One(_));
            if is_half && depth == Depth::Two || self.best.least_cost() <= GOOD {
                return false;
            }
        }
        // Two words that are one in the file are not both wrong.
        if reading.is_joined && depth == Depth::Two {
            return false;
        }
        // When all words are there as typed, other ways to read them are noise too.
        let is_plain = reading.town.is_none() && reading.cost == 0.0;
        is_plain || query.words.len() < 2 || self.best.n_read(Tier::Exact, 1) == 0
    }

    fn read(&mut self, numbers: &[Number], reading: &Reading, place: u8, depth: Depth) {
        let town = reading.town.as_deref();
        let segment = self.segment;
        let Some(facts) = Facts::read(segment, numbers, (town, depth), &mut self.work) else {
            return;
        };
        let mut context = Context {
            reading: place,
            cost: reading.cost,
            is_partial: reading.n_unread > 0,
            is_one: matches!(reading.names, Names::One(_)),
            is_joined: reading.is_joined,
            facts: &facts,
        };
        let lists = facts.lists_at(segment, depth, LIST_MAX);
        self.by_facts(reading, &context, &lists, depth);
        match &reading.names {
            Names::One(text) => {
                let has_lists = !lists.is_empty();
                // Of one word's many customers those with the fact are found by the fact; then
                // those whose fact is a digit off, by the word as typed.
                let within = match (depth, has_lists, numbers.is_empty()) {
                    (Depth::One, true, _) if text.len() >= 3 => Depth::Plain,
                    // Where too many have the fact, or nobody has it as typed, the word finds them.
                    (Depth::One, false, false) if !facts.lists().is_empty() => depth,
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
                // A name as typed may stand beside a town or a number that is not.
                let has_facts = !context.facts.is_empty();
                let again = (depth == Depth::One && has_facts).then_some(Depth::Plain);
                for depth in again.into_iter().chain([depth]) {
                    context.cost = reading.cost + given_first;
                    self.two(&context, (first, second), depth);
                    context.cost = reading.cost + surname_first;
                    self.two(&context, (second, first), depth);
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
        let names = &self.segment.names;
        let mut side = Side::new(names, text, within, &mut self.work);
        if text == self.last {
            side = side.unfinished(names, &mut self.work);
        }
        side.depth = depth;
        let side = Rc::new(side);
        self.sides.push(Rc::clone(&side));
        side
    }

    /// Whether names near the typed ones are looked for, beyond those as typed.
    pub(super) fn is_plain(side: &Side) -> bool {
        side.depth == Depth::Plain
    }

    /// Offers the entries of one name, or one surname, which lie side by side.
    pub(super) fn offer_run(
        &mut self,
        context: &Context<'_>,
        run: Range<u32>,
        words: [Option<Near>; 2],
    ) {
        if context.facts.is_empty() {
            let n = run.len();
            self.offer_namesakes(context, run, n, words);
            return;
        }
        let lists = context.facts.lists();
        let by_lists = !lists.is_empty() && run.len() > LISTED * lists.len();
        let cost = context.cost + of_words(words);
        if by_lists && self.work.take(LISTED * lists.len()) {
            let who = self.segment.customers_of_run(run.clone());
            for who in lists.iter().flat_map(|list| between(list, who.start, who.end)) {
                if !self.work.take(1) {
                    return;
                }
                self.offer(context, *who, cost, words);
            }
        }
        let n = match by_lists {
            true if context.facts.may_be_off() => self.limit,
            true => return,
            false => run.len(),
        };
        self.offer_entries(context, run.take(n), words);
    }

    /// Offers entries that lie apart, each if its facts fit.
    pub(super) fn offer_entries(
        &mut self,
        context: &Context<'_>,
        entries: impl Iterator<Item = u32>,
        words: [Option<Near>; 2],
    ) {
        let cost = context.cost + of_words(words);
        for entry in entries {
            if !self.work.take(1) {
                return;
            }
            let (who, is_partial) = self.segment.who(entry);
            let cost = cost + if is_partial { PARTIAL } else { 0.0 };
            self.offer(context, who, cost, words);
        }
    }

    /// Offers the first of `n_alike` customers of one name, beside which nothing was typed.
    pub(super) fn offer_namesakes(
        &mut self,
        context: &Context<'_>,
        entries: impl Iterator<Item = u32>,
        n_alike: usize,
        [given, surname]: [Option<Near>; 2],
    ) {
        let cost = context.cost + of_words([given, surname]);
        let tier = context.tier([given, surname]);
        let rank = rank(context, tier, cost, n_alike);
        if !self.best.wants(tier, rank) {
            return;
        }
        // Of several namesakes none is likelier, so after the first other names come first.
        let is_exact = tier == Tier::Exact;
        let is_name = given.is_some() && surname.is_some();
        // Some may have moved to a newer segment, so more are offered than are shown.
        let per_name = if is_exact || !is_name { self.limit } else { 3 * GUESSES_PER_NAME_MAX };
        for (place, entry) in entries.take(per_name).enumerate() {
            let (who, is_partial) = self.segment.who(entry);
            let later = if is_exact || !is_name { 0.0 } else { NAMESAKE * place as f32 };
            let more = later + if is_partial { PARTIAL } else { 0.0 };
            self.work.take(1);
            self.best.offer(Found {
                who,
                tier,
                cost: cost + more,
                rank: rank + more,
                given,
                surname,
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
        let is_given_alone = context.is_one && surname.is_none();
        let cost = cost
            + fit.cost
            + if is_one && fitted == Tier::Guess { ONE_WORD } else { 0.0 }
            + if is_given_alone { GIVEN_ALONE } else { 0.0 };
        self.best.offer(Found {
            who,
            tier,
            cost,
            rank: cost,
            given,
            surname,
            reading: context.reading,
            is_partial: context.is_partial,
        });
    }
}
