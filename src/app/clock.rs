//! The window's clock: the system's, or one that a test or the picture run sets.

use crate::domain::time::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the moment. Only the system's variant reads a clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The computer's clock.
    System,
    /// Stands still until it is set: milliseconds since 1970 in UTC.
    Still(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn still(moment: Moment) -> Self {
        Self::Still(Arc::new(AtomicI64::new(moment.0)))
    }

    /// The moment now.
    pub fn now(&self) -> Moment {
        match self {
            Self::System => crate::clock::now(),
            Self::Still(ms) => Moment(ms.load(Ordering::Relaxed)),
        }
    }

    /// Moves a clock that stands still; the system's goes by itself.
    pub fn advance_ms(&self, by_ms: i64) {
        match self {
            Self::System => (),
            Self::Still(ms) => {
                ms.fetch_add(by_ms, Ordering::Relaxed);
            }
        }
    }
}
