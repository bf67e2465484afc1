//! When the window must be drawn again although nothing happened: a second of a hold, a minute of
//! a protection gap, a message that goes, midnight.

use crate::app::App;
use crate::app::clock::Clock;
use crate::app::scans::BAR_AFTER_MS;
use crate::domain::time::Moment;
use crate::ui::shell::Page;
use std::time::Duration;

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// A second, in milliseconds.
const SECOND_MS: i64 = 1_000;

impl App {
    /// Asks to be drawn when the next thing on the screen changes by itself. A clock that stands
    /// still changes nothing.
    pub(super) fn ask_when_due(&self) {
        if let Clock::Still(_) = self.clock {
            return;
        }
        let due = self.dues().into_iter().flatten().min();
        if let Some(ms) = due {
            let wait = Duration::from_millis(u64::try_from(ms).unwrap_or_default().max(1));
            self.ctx.request_repaint_after(wait);
        }
    }

    /// Milliseconds until each of them.
    fn dues(&self) -> [Option<i64>; 7] {
        let model = &self.model;
        let now = model.now;
        let until = |at: Moment| (at.0 - now.0).max(0);
        let shown = model.case.as_ref().filter(|_| model.page == Page::Cases);
        let hold = shown.and_then(|file| file.case.held_at(now));
        let open = model.desk.as_ref().map(|desk| desk.open_cases.as_slice()).unwrap_or_default();
        let gaps = open.iter().filter_map(|line| line.unprotected_since);
        let gap = gaps.map(|since| MINUTE_MS - (now.0 - since.0).rem_euclid(MINUTE_MS)).min();
        let held_row = model.page == Page::Stock
            && model.stock.as_ref().is_some_and(|stock| stock.counts.n_held > 0);
        [
            hold.map(|hold| (hold.until.0 - now.0).rem_euclid(SECOND_MS) + 1),
            held_row.then(|| SECOND_MS - now.0.rem_euclid(SECOND_MS)),
            gap,
            model.toast.as_ref().map(|toast| until(toast.until)),
            self.clears_at.map(until),
            // A reading gets its bar.
            model
                .scan
                .as_ref()
                .map(|run| until(run.began.plus_ms(BAR_AFTER_MS)))
                .filter(|ms| *ms > 0),
            // Midnight comes on a full minute in every time zone in use.
            Some(MINUTE_MS * 15 - now.0.rem_euclid(MINUTE_MS * 15)),
        ]
    }
}
