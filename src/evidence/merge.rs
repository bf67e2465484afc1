//! The same thing seen twice: what the second sighting adds to the first.

use super::judge::Sighting;
use super::words;
use crate::domain::evidence::trace::{Confidence, State, Trace};

/// Bytes of a text that are kept with its trace.
pub(super) const TEXT_BYTES_MAX: usize = 400;

/// Adds what a second sighting says more than the first.
pub(super) fn merge(known: &mut Trace, more: Sighting, cap: Confidence) {
    if weight(more.state) > weight(known.state) {
        known.state = more.state;
    }
    known.confidence = known.confidence.max(more.confidence.min(cap));
    known.product = known.product.take().or(more.product);
    known.generation = known.generation.take().or(more.generation);
    if known.path.is_none() && !more.path.is_empty() {
        known.path = Some(words::cut_words(&more.path, TEXT_BYTES_MAX).to_owned());
    }
}

/// Which of two states of one thing is told.
pub(super) fn weight(state: State) -> u8 {
    match state {
        State::Unknown => 0,
        State::Removed => 1,
        State::Present => 2,
        State::Stopped => 3,
        State::Disabled => 4,
        State::FileMissing => 5,
        State::Enabled => 6,
        State::Running => 7,
    }
}
