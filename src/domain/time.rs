//! Moments and days. Nothing here reads a clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970 in UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The wall clock of the store at this moment.
    pub fn local(self, zone: Tz) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.0)
            .unwrap_or_default()
            .with_timezone(&zone)
            .naive_local()
    }

    /// The day at the store: it changes at the store's own midnight.
    pub fn day(self, zone: Tz) -> NaiveDate {
        self.local(zone).date()
    }

    /// `11:06`, as the store's clock shows it.
    pub fn clock_text(self, zone: Tz) -> String {
        self.local(zone).format("%H:%M").to_string()
    }

    /// This moment and `ms` milliseconds more.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Whole minutes from `earlier` until now; 0 when `earlier` is later.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0.saturating_sub(earlier.0) / 60_000).max(0)
    }
}

/// The moment at which `day` begins at the store: its midnight, or what follows it in the night
/// in which the clocks jump over midnight.
pub fn day_start(day: NaiveDate, zone: Tz) -> Moment {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=2)
        .find_map(|hours| (midnight + TimeDelta::hours(hours)).and_local_timezone(zone).earliest())
        .map_or(Moment(midnight.and_utc().timestamp_millis()), |at| Moment(at.timestamp_millis()))
}

/// A day as the desk writes it: `13 Nov 2017`.
pub fn day_text(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A day without its year, where the year is plain: `22 Oct`.
pub fn short_day_text(day: NaiveDate) -> String {
    day.format("%-d %b").to_string()
}

/// `4 min`, `1 h 26 min`, `2 d 3 h`: how long somebody has waited.
pub fn span_text(minutes: i64) -> String {
    match minutes {
        ..60 => format!("{} min", minutes.max(0)),
        60..1_440 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / 1_440, minutes % 1_440 / 60),
    }
}

/// `1 day`, `17 days`: a number and its noun. The plural takes an `s`.
pub fn count_text(n: i64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Reads a day as ISO `2017-10-05` or US `10/05/2017`; nothing else, and only days that exist.
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts = |separator| -> Option<[u32; 3]> {
        let mut numbers = text.split(separator).map(|part| {
            let plain = (1..=4).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
            if plain { part.parse().ok() } else { None }
        });
        let found = [numbers.next()??, numbers.next()??, numbers.next()??];
        if numbers.next().is_none() { Some(found) } else { None }
    };
    let ((Some([year, month, day]), _) | (_, Some([month, day, year]))) = (parts('-'), parts('/'))
    else {
        return None;
    };
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_read() {
        let table = [
            ("2017-10-05", Some((2017, 10, 5))),
            ("10/05/2017", Some((2017, 10, 5))),
            (" 1/5/2017 ", Some((2017, 1, 5))),
            ("2016-02-29", Some((2016, 2, 29))),
            ("2017-02-29", None),
            ("02/30/2017", None),
            ("13/01/2017", None),
            ("2017-10", None),
            ("2017-10-05-01", None),
            ("20171005", None),
            ("0017-10-05", None),
            ("2017-10-05T00:00", None),
            ("", None),
        ];
        for (text, expected) in table {
            let expected = expected.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(parse_day(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_day_ends_at_the_stores_own_midnight() {
        let zone: Tz = "America/Chicago".parse().expect("a zone");
        // 2017-10-24 04:59 UTC is one minute before midnight in Chicago.
        let late = DateTime::parse_from_rfc3339("2017-10-24T04:59:00Z").expect("a time");
        let late = Moment(late.timestamp_millis());
        assert_eq!(day_text(late.day(zone)), "23 Oct 2017");
        assert_eq!(day_text(late.plus_ms(60_000).day(zone)), "24 Oct 2017");
        assert_eq!(day_start(late.plus_ms(60_000).day(zone), zone), late.plus_ms(60_000));
        // In Havana the clocks of 12 March 2017 jumped from midnight to one.
        let havana: Tz = "America/Havana".parse().expect("a zone");
        let day = NaiveDate::from_ymd_opt(2017, 3, 12).expect("a day");
        assert_eq!(day_start(day, havana).clock_text(havana), "01:00");
    }

    #[test]
    fn spans_read_as_people_say_them() {
        for (minutes, text) in
            [(-5, "0 min"), (59, "59 min"), (86, "1 h 26 min"), (3_060, "2 d 3 h")]
        {
            assert_eq!(span_text(minutes), text);
        }
    }
}
