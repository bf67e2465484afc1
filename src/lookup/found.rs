//! The best customers of a search so far.

use std::cmp::Ordering;

use super::near::Near;
use super::rank::Tier;

/// A customer that a search found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The customer's number in the segment.
    pub(super) who: u32,
    /// How it was found.
    pub(super) tier: Tier,
    /// How unlikely it is that this name was typed so.
    pub(super) cost: f32,
    /// The same, less the likelihood of the name: what the list is sorted by.
    pub(super) rank: f32,
    /// What stands for the given name, and what for the surname.
    pub(super) given: Option<Near>,
    /// See `given`.
    pub(super) surname: Option<Near>,
    /// The reading that found it, by its place.
    pub(super) reading: u8,
    /// Whether a part of the name or of the query stands for nothing.
    pub(super) is_partial: bool,
}

impl Found {
    /// Whether both words of the name were typed.
    pub(super) fn is_name(&self) -> bool {
        self.given.is_some() && self.surname.is_some()
    }
}

/// Keeps the best of all that is offered.
#[derive(Debug)]
pub(super) struct Best {
    kept: Vec<Found>,
    n_kept: usize,
    /// Nothing worse than this is worth keeping.
    worst: (Tier, f32),
}

impl Best {
    /// Keeps about `n_kept`.
    pub(super) fn new(n_kept: usize) -> Self {
        let worst = (Tier::Guess, f32::INFINITY);
        Self { kept: Vec::with_capacity(2 * n_kept), n_kept, worst }
    }

    /// Whether something of this rank would be kept.
    pub(super) fn wants(&self, tier: Tier, rank: f32) -> bool {
        let (worst, worst_rank) = self.worst;
        match (tier == Tier::Exact, worst == Tier::Exact) {
            (true, false) => true,
            (false, true) => false,
            _ => rank < worst_rank,
        }
    }

    /// Keeps `found`, if it is good enough.
    pub(super) fn offer(&mut self, found: Found) {
        if !self.wants(found.tier, found.rank) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= 2 * self.n_kept
            && let Some(last) = self.n_kept.checked_sub(1)
        {
            let (_, worst, _) = self.kept.select_nth_unstable_by(last, order);
            self.worst = (worst.tier, worst.rank);
            self.kept.truncate(self.n_kept);
        }
    }

    /// The lowest cost of all, whatever the name's likelihood.
    pub(super) fn least_cost(&self) -> f32 {
        self.kept.iter().map(|found| found.cost).fold(f32::INFINITY, f32::min)
    }

    /// How many customers were found that are no guess, at least; counts up to `enough`.
    pub(super) fn n_read(&self, tier: Tier, enough: usize) -> usize {
        let mut all: Vec<u32> = Vec::with_capacity(enough);
        for found in self.kept.iter().filter(|found| found.tier <= tier) {
            if all.len() < enough && !all.contains(&found.who) {
                all.push(found.who);
            }
        }
        all.len()
    }

    /// All that was kept, the best first; a customer found in several ways stands there as often.
    pub(super) fn into_sorted(mut self) -> Vec<Found> {
        self.kept.sort_unstable_by(order);
        self.kept
    }
}

/// The better first; of equals the first in the order of names. Beginnings and guesses are
/// compared by what is likelier, what is exact stands above both.
fn order(a: &Found, b: &Found) -> Ordering {
    let is_read = |found: &Found| found.tier == Tier::Exact;
    is_read(b).cmp(&is_read(a)).then(a.rank.total_cmp(&b.rank)).then(a.who.cmp(&b.who))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept() {
        let mut best = Best::new(3);
        for who in 0..100_u32 {
            let rank = 100.0 - who as f32;
            let found = Found {
                who,
                tier: if who == 7 { Tier::Exact } else { Tier::Guess },
                cost: rank,
                rank,
                given: None,
                surname: None,
                reading: 0,
                is_partial: false,
            };
            best.offer(found);
        }
        let kept: Vec<u32> = best.into_sorted().iter().map(|found| found.who).take(3).collect();
        assert_eq!(kept, [7, 99, 98]);
    }
}
