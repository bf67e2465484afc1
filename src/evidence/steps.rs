//! Counts work for tests, in bytes looked at: clocks say different things on different days.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Counts bytes that were looked at.
pub(super) fn add(n_bytes: usize) {
    STEPS.set(STEPS.get() + n_bytes as u64);
}

/// Starts over.
pub(super) fn reset() {
    STEPS.set(0);
}

/// What was counted since.
pub(super) fn count() -> u64 {
    STEPS.get()
}
