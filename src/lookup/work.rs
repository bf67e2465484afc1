//! How much a search may do, counted, so that no text and no file makes it slow.
//!
//! A clock would make the answer depend on the machine. A unit is about 30 ns on a cheap PC: one
//! look into memory that is not in the cache.

/// What a search may still do.
#[derive(Debug, Clone)]
pub(super) struct Work {
    left: usize,
    /// All that was asked for, whether there was so much left or not.
    asked: usize,
}

impl Default for Work {
    fn default() -> Self {
        Self { left: Self::ALL, asked: 0 }
    }
}

impl Work {
    /// Of a whole search.
    pub(super) const ALL: usize = 12_000;
    /// Comparing a word letter by letter.
    pub(super) const COMPARED: usize = 3;
    /// So many words of a dictionary are scanned for one unit.
    pub(super) const SCANNED_PER_UNIT: usize = 32;

    /// Takes `n` units; `false`, and nothing is left, if there are not so many.
    pub(super) fn take(&mut self, n: usize) -> bool {
        self.asked += n;
        let left = self.left.checked_sub(n);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    /// How many units were asked for: more than [`Work::ALL`] where a search went on without.
    #[cfg(test)]
    pub(super) fn n_asked(&self) -> usize {
        self.asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_gone() {
        let mut work = Work::default();
        assert!(work.take(Work::ALL - 1) && work.take(1));
        assert!(!work.take(1));
        assert_eq!(work.n_asked(), Work::ALL + 1);
    }
}
