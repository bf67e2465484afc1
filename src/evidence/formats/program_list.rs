//! Programs of others in a list of programs, to know the list again: on 64-bit Windows there are two,
//! and `wmic` knows a third.

use std::collections::VecDeque;

use crate::evidence::words;

/// Programs that are remembered at either end: what is installed later comes between.
const ENDS_MAX: usize = 12;
/// Of these, at either end, those that must be there again. Those at the end show that the list
/// goes as far as before, those at the beginning that it is the same.
const NEIGHBORS: usize = 2;

/// What the programs of one export were.
#[derive(Debug, Default)]
pub(super) struct ProgramList {
    n: usize,
    first: Vec<String>,
    last: VecDeque<String>,
}

impl ProgramList {
    /// The next program.
    pub(super) fn pass(&mut self, name: &str) {
        self.n += 1;
        let name = name.trim();
        let is_own = words::contains(name, "kasper") || name.contains("Касперск");
        if name.is_empty() || is_own {
            return;
        }
        if self.first.len() < ENDS_MAX {
            self.first.push(name.to_owned());
        }
        if self.last.len() == ENDS_MAX {
            self.last.pop_front();
        }
        self.last.push_back(name.to_owned());
    }

    /// How many came, named or not.
    pub(super) fn len(&self) -> usize {
        self.n
    }

    /// Those that another list must show, too, to be the same one; none if there are too few.
    pub(super) fn neighbors(&self) -> Vec<&str> {
        if self.first.len() < NEIGHBORS {
            return Vec::new();
        }
        let last = self.last.iter().rev().take(NEIGHBORS);
        self.first.iter().take(NEIGHBORS).chain(last).map(String::as_str).collect()
    }

    /// All that are remembered.
    pub(super) fn ends(&self) -> impl Iterator<Item = &str> {
        self.first.iter().chain(&self.last).map(String::as_str)
    }
}
