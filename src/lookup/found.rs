//! The best customers of a search so far.

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
    /// How many customers of this name there are.
    pub(super) n_alike: u32,
    /// The reading that found it, by its place.
    pub(super) reading: u8,
    /// Whether a part of the name or of the query stands for nothing.
    pub(super) is_partial: bool,
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
        tier < self.worst.0 || tier == self.worst.0 && rank < self.worst.1
    }

    /// Keeps `found`, if it is good enough.
    pub(super) fn offer(&mut self, found: Found) {
        if !self.wants(found.tier, found.rank) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= 2 * self.n_kept {
            self.settle();
            self.kept.truncate(self.n_kept);
            if let Some(last) = self.kept.last().filter(|_| self.kept.len() == self.n_kept) {
                self.worst = (last.tier, last.rank);
            }
        }
    }

    /// Sorts, and leaves each customer once.
    fn settle(&mut self) {
        let order = |a: &Found, b: &Found| {
            a.tier.cmp(&b.tier).then(a.rank.total_cmp(&b.rank)).then(a.who.cmp(&b.who))
        };
        self.kept.sort_unstable_by(|a, b| a.who.cmp(&b.who).then(order(a, b)));
        self.kept.dedup_by_key(|found| found.who);
        self.kept.sort_unstable_by(order);
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

    /// All that was kept, the best first.
    pub(super) fn into_sorted(mut self) -> Vec<Found> {
        self.settle();
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_are_kept_once_each() {
        let mut best = Best::new(3);
        for who in 0..100_u32 {
            let rank = 100.0 - who as f32;
            let found = Found {
                who: who % 50,
                tier: if who == 7 { Tier::Exact } else { Tier::Guess },
                cost: rank,
                rank,
                given: None,
                surname: None,
                n_alike: 1,
                reading: 0,
                is_partial: false,
            };
            best.offer(found);
        }
        let kept: Vec<u32> = best.into_sorted().iter().map(|found| found.who).take(3).collect();
        assert_eq!(kept, [7, 49, 48]);
    }
}
