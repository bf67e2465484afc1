//! The one place that reads the clock.

use crate::domain::time::Moment;

/// The moment now, by the computer's clock.
#[expect(clippy::disallowed_methods, reason = "everything else is told the time by its caller")]
pub fn now() -> Moment {
    Moment(chrono::Utc::now().timestamp_millis())
}
