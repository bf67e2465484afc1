//! Customers who have a fact, whatever their names: how well the typed words fit each.

use std::rc::Rc;

use super::near::{Depth, Near, Typed};
use super::reading::{Names, Reading};
use super::search::{FREE, Search};
use super::segment::NONE;
use super::side::{Context, Side};
use super::work::Work;

/// Of so many customers with a fact each name is compared letter by letter.
const COMPARED_MAX: usize = 600;

impl Search<'_> {
    /// Looks through the customers of a ZIP code, a town or a phone's end: few enough to compare
    /// each name, or else at the names that the words are known to stand for.
    pub(super) fn by_facts(
        &mut self,
        reading: &Reading,
        context: &Context<'_>,
        lists: &[&[u32]],
        depth: Depth,
    ) {
        let n_listed: usize = lists.iter().map(|list| list.len()).sum();
        let is_compared = depth > Depth::Plain && n_listed <= COMPARED_MAX;
        let each = if is_compared { Work::COMPARED } else { 1 };
        if n_listed == 0 || !self.work.take(n_listed * each) {
            return;
        }
        let segment = self.segment;
        let texts = match &reading.names {
            Names::One(one) => vec![one],
            Names::Two(one, other) => vec![one, other],
        };
        let typed: Vec<Typed> = if is_compared {
            texts.iter().map(|text| Typed::new(text)).collect()
        } else {
            Vec::new()
        };
        let sides: Vec<Rc<Side>> = if is_compared {
            Vec::new()
        } else {
            texts.iter().map(|text| self.side(text, depth)).collect()
        };
        let near = |at: usize, word: u32| match (typed.get(at), sides.get(at)) {
            (Some(typed), _) => segment.names.compare(typed, word, depth),
            (None, Some(side)) => side.find(&segment.names.dictionary, word),
            (None, None) => None,
        };
        for who in lists.iter().copied().flatten() {
            let name = segment.customers.name(*who);
            let near = |at: usize, word: u32| if word == NONE { None } else { near(at, word) };
            let found = match texts.len() {
                1 => in_either_place(name, |word| near(0, word)),
                _ => in_better_order(name, reading.orders, near),
            };
            if let Some((cost, words)) = found {
                self.offer(context, *who, cost + reading.cost, words);
            }
        }
    }
}

/// What both words cost.
pub(super) fn of_words(words: [Option<Near>; 2]) -> f32 {
    words.into_iter().flatten().map(|near| near.cost).sum()
}

/// How one typed word stands for a part of the name, whichever it fits better.
fn in_either_place(
    [given, surname]: [u32; 2],
    near: impl Fn(u32) -> Option<Near>,
) -> Option<(f32, [Option<Near>; 2])> {
    match (near(given), near(surname)) {
        (Some(given), surname) if surname.is_none_or(|surname| given.cost < surname.cost) => {
            Some((given.cost, [Some(given), None]))
        }
        (_, Some(surname)) => Some((surname.cost, [None, Some(surname)])),
        (_, None) => None,
    }
}

/// How two typed words stand for the name, in the better order; one of them may stand for nothing.
fn in_better_order(
    [given, surname]: [u32; 2],
    [given_first, surname_first]: [f32; 2],
    near: impl Fn(usize, u32) -> Option<Near>,
) -> Option<(f32, [Option<Near>; 2])> {
    let straight = [near(0, given), near(1, surname)];
    let swapped = [near(1, given), near(0, surname)];
    if straight.iter().chain(&swapped).all(Option::is_none) {
        return None;
    }
    let cost = |near: Option<Near>| near.map_or(FREE, |near| near.cost);
    let sum = |[given, surname]: [Option<Near>; 2]| cost(given) + cost(surname);
    let (straight_cost, swapped_cost) = (given_first + sum(straight), surname_first + sum(swapped));
    if straight_cost <= swapped_cost {
        Some((straight_cost, straight))
    } else {
        Some((swapped_cost, swapped))
    }
}
