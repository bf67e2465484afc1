//! When nobody good was found: both words of a name are wrong, or only one of them is right.

use super::facts::{Facts, Number};
use super::near::{Depth, Manner, Near};
use super::query::Query;
use super::reading::{Names, Reading, UNREAD};
use super::search::{FREE, Search};
use super::side::Context;

/// On top, when both words are wrong, one of them in two places.
const BOTH_WRONG: f32 = 1.0;
/// On top of a half of the name, where the whole was nearly found.
const BELOW: f32 = 4.5;

impl Search<'_> {
    /// Customers of whose two words both are wrong, one of them in two places or by its sound.
    pub(super) fn both_wrong(&mut self, numbers: &[Number], readings: &[Reading]) {
        let segment = self.segment;
        // The plainest reading is the first.
        let is_plain = |reading: &&Reading| reading.town.is_none() && reading.cost == 0.0;
        let Some(reading) = readings.first().filter(is_plain) else { return };
        let Names::Two(first, second) = &reading.names else { return };
        let nothing = (None, Depth::Plain);
        let Some(facts) = Facts::read(segment, numbers, nothing, &mut self.work) else { return };
        let [given_first, surname_first] = reading.orders;
        for (within, within_other) in [(Depth::Two, Depth::One), (Depth::One, Depth::Two)] {
            let (one, other) = (self.side(first, within), self.side(second, within_other));
            let orders = [(given_first, &one, &other), (surname_first, &other, &one)];
            for (order, given, surname) in orders {
                let context = Context {
                    reading: 0,
                    cost: order + BOTH_WRONG,
                    is_partial: false,
                    is_one: false,
                    is_joined: false,
                    facts: &facts,
                };
                self.two_near(&context, given, surname);
            }
        }
    }

    /// The last resort: customers with one word right, or nearly, whatever stands for the rest.
    pub(super) fn one_word_right(&mut self, query: &Query) {
        let segment = self.segment;
        let nothing = (None, Depth::Plain);
        let Some(facts) = Facts::read(segment, &[], nothing, &mut self.work) else { return };
        let n_unread = query.words.len().saturating_sub(2) + query.numbers.len();
        // Who was found by the whole name stands above, however many slips that took.
        let is_below = self.best.least_cost() < FREE + BELOW;
        let cost = FREE + if is_below { BELOW } else { 0.0 };
        let context = Context {
            reading: 0,
            cost: cost + UNREAD * n_unread as f32,
            is_partial: true,
            is_one: true,
            is_joined: true,
            facts: &facts,
        };
        for text in &query.words {
            let within = if text.len() > 4 { Depth::Two } else { Depth::Plain };
            let side = self.side(text, within);
            let exact = side.exact.map(|word| Near { word, cost: 0.0, manner: Manner::Exact });
            for near in exact.into_iter().chain(side.likeliest.iter().copied()) {
                self.one_exactly(&context, near);
            }
        }
    }
}
