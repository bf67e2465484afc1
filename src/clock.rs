//! The clock of the command line: read here and nowhere else.

use crate::domain::time::Moment;

/// This moment.
#[expect(clippy::disallowed_methods, reason = "the one place where a command reads the clock")]
pub fn now() -> Moment {
    Moment(chrono::Utc::now().timestamp_millis())
}
