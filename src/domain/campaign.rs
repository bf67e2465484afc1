//! The exchange program: first day, length, how days are counted, last day.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Whether the first day is one of the days that are counted. The announcements do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCounting {
    /// The first day does not count: 8 Sept 2017 and 45 days end on 23 October. The default.
    FirstDayExcluded,
    /// The first day counts: 8 Sept 2017 and 45 days end on 22 October.
    FirstDayIncluded,
}

/// The terms under which a withdrawn product is exchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Campaign {
    /// The vendor that was withdrawn; its products are removed and never issued.
    pub withdrawn_vendor: String,
    /// The first day on which customers could exchange.
    pub first_day: NaiveDate,
    /// How many days the offer lasts, 1 to 3650.
    pub length_days: u16,
    /// Whether `first_day` is one of them.
    pub counting: DayCounting,
}

impl Default for Campaign {
    /// Best Buy and Kaspersky: from 8 September 2017, 45 days.
    fn default() -> Self {
        Self {
            withdrawn_vendor: "Kaspersky".to_owned(),
            first_day: NaiveDate::from_ymd_opt(2017, 9, 8).unwrap_or_default(),
            length_days: 45,
            counting: DayCounting::FirstDayExcluded,
        }
    }
}

/// Where a day stands in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowState {
    /// The offer has not begun.
    NotYet,
    /// Inside; days left after this one, 0 on the last day.
    Open {
        /// Days that follow before the offer ends.
        days_left: i64,
    },
    /// The offer is over.
    Over,
}

impl Campaign {
    /// The last day on which a case can be opened. It is open until the store's midnight.
    pub fn last_day(&self) -> NaiveDate {
        let days = match self.counting {
            DayCounting::FirstDayExcluded => self.length_days,
            DayCounting::FirstDayIncluded => self.length_days.saturating_sub(1),
        };
        self.first_day.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
    }

    /// Where `day` stands.
    pub fn state_on(&self, day: NaiveDate) -> WindowState {
        if day < self.first_day {
            WindowState::NotYet
        } else if day > self.last_day() {
            WindowState::Over
        } else {
            WindowState::Open { days_left: (self.last_day() - day).num_days() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2017, month, day).expect("a day")
    }

    #[test]
    fn the_last_day_depends_on_whether_the_first_one_counts() {
        let excluded = Campaign::default();
        let included = Campaign { counting: DayCounting::FirstDayIncluded, ..Campaign::default() };
        assert_eq!(excluded.last_day(), day(10, 23));
        assert_eq!(included.last_day(), day(10, 22));
        let one = Campaign { length_days: 1, ..included };
        assert_eq!(one.last_day(), one.first_day);
    }

    #[test]
    fn the_window_is_open_from_the_first_day_through_the_last() {
        let campaign = Campaign::default();
        let table = [
            (day(9, 7), WindowState::NotYet),
            (day(9, 8), WindowState::Open { days_left: 45 }),
            (day(10, 6), WindowState::Open { days_left: 17 }),
            (day(10, 23), WindowState::Open { days_left: 0 }),
            (day(10, 24), WindowState::Over),
        ];
        for (day, state) in table {
            assert_eq!(campaign.state_on(day), state, "{day}");
        }
    }
}
