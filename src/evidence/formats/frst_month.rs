//! FRST's lists of what was created or changed within a month before the log was made.
//!
//! They list folders wherever they lie, so one that stands in the list is gone when a log of the same
//! day lists the month again without it. What is about a month old leaves the list by itself.

use chrono::NaiveDate;

use crate::evidence::places;

/// What the titles of these lists say, in the languages the tool speaks.
const TITLES: [&str; 9] =
    ["month", "monat", "mois", " mes", "mese", "maand", "miesi", "месяц", "mês"];
/// Days for which an entry is in the list for certain: the shortest month has two more.
const DAYS_SAFE: i64 = 26;

/// When the log was made, and whether such a list is being read.
#[derive(Debug, Default)]
pub(super) struct Month {
    made: Option<NaiveDate>,
}

impl Month {
    /// Notes the day of the log: `05-10-2017 10:00:00`, or `2014-03-09` in older ones.
    pub(super) fn made(&mut self, date: &str) {
        self.made = day_in(date);
    }

    /// The place of the section of this title, if it is such a list.
    pub(super) fn place(&self, title: &str) -> Option<String> {
        let title = title.to_lowercase();
        let day = self.made.filter(|_| TITLES.iter().any(|said| title.contains(said)))?;
        Some(format!("{}{title} {day}", places::MONTH))
    }

    /// Whether the entry of this line, which begins with its date, can't leave the list within the day.
    pub(super) fn holds(&self, line: &str) -> bool {
        let age = self.made.zip(day_in(line)).map(|(made, day)| (made - day).num_days());
        age.is_some_and(|days| (0..=DAYS_SAFE).contains(&days))
    }
}

fn day_in(text: &str) -> Option<NaiveDate> {
    let day = text.get(..10)?;
    let forms = ["%d-%m-%Y", "%Y-%m-%d"];
    forms.iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok())
}

#[cfg(test)]
mod tests {
    use crate::domain::evidence::compare::compare;
    use crate::evidence::read;

    fn log(day: &str, title: &str, entries: &str) -> String {
        format!(
            "Scan result of Farbar Recovery Scan Tool (FRST) (x64) Version: 27-09-2017\r\nRan by X (administrator) on FRONTDESK ({day} 10:00:00)\r\n\r\n==================== {title} ========\r\n\r\n{entries}2017-10-04 09:57 - 2017-10-04 09:58 - 000000000 ____D C:\\FRST\r\n\r\n==================== End of FRST.txt ============================\r\n"
        )
    }

    #[test]
    fn a_folder_of_the_month_is_gone_when_the_same_day_lists_the_month_without_it() {
        const CREATED: &str = "One Month Created files and folders";
        let entry = |day: &str| {
            format!(
                "{day} 09:57 - {day} 09:58 - 000000000 ____D C:\\ProgramData\\Kaspersky Lab\r\n"
            )
        };
        let table = [
            ("the same day", CREATED, entry("2017-09-20"), "05-10-2017", CREATED, true),
            (
                "in German",
                "Ein Monat: Erstellte Dateien",
                entry("2017-09-20"),
                "05-10-2017",
                "Ein Monat: Erstellte Dateien",
                true,
            ),
            ("a day later", CREATED, entry("2017-09-20"), "06-10-2017", CREATED, false),
            ("a month old", CREATED, entry("2017-09-06"), "05-10-2017", CREATED, false),
            (
                "another list",
                CREATED,
                entry("2017-09-20"),
                "05-10-2017",
                "One Month Modified files and folders",
                false,
            ),
            (
                "a file that is loaded",
                "Loaded Modules",
                entry("2017-09-20"),
                "05-10-2017",
                "Loaded Modules",
                false,
            ),
        ];
        let before = read(log("05-10-2017", CREATED, &entry("2017-09-20")).as_bytes());
        let dir = " Directory of C:\\ProgramData\r\n\r\n10/05/2017  08:30 AM    <DIR>          ..\r\n               0 File(s)              0 bytes\r\n";
        assert_eq!(compare(&before, &read(dir.as_bytes())).n_gone, 1, "dir shows it as well");
        for (said, title, entry, day, title_after, is_gone) in table {
            let before = read(log("05-10-2017", title, &entry).as_bytes());
            let comparison = compare(&before, &read(log(day, title_after, "").as_bytes()));
            let told = (comparison.n_found, comparison.n_gone == comparison.n_found);
            assert_eq!(told, (1, is_gone), "{said}: {comparison:?}");
        }
    }
}
