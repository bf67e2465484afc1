//! The index of names: a function of the customers in it, kept current one by one.
//!
//! It is three segments, each sorted once and never changed: the customers of the last build, the
//! thousands that came after it, the few that came last. A new customer rebuilds only the
//! smallest, in well under a millisecond; nothing is ever searched unsorted.

use std::collections::HashMap;

use super::draft::Draft;
use super::query::Query;
use super::rank::{self, NameHit};
use super::search::search;
use super::segment::Segment;
use super::shown::Shown;

pub use super::draft::Named;

/// The smallest segment is rebuilt with every new customer, so it holds few.
const NEWEST_MAX: usize = 64;
/// The middle segment is rebuilt with every [`NEWEST_MAX`] new customers.
const NEWER_MAX: usize = 4_096;

/// Customers on their way into a [`NameIndex`].
#[derive(Debug, Default)]
pub struct NameIndexBuilder {
    draft: Draft,
}

impl NameIndexBuilder {
    /// Adds a customer. A row is added once; one without a name can't be found by name.
    pub fn add(&mut self, named: &Named<'_>) {
        self.draft.add(named);
    }

    /// Sorts everything; a large index on two threads. With the adding a second or so for a million
    /// customers.
    pub fn build(self) -> NameIndex {
        let base = self.draft.finish();
        NameIndex {
            segments: [base, Segment::default(), Segment::default()],
            ..NameIndex::default()
        }
    }
}

/// A customer that came or changed after the build, as written.
#[derive(Debug, Clone)]
struct Newer {
    row: i64,
    given: String,
    surname: String,
    town: String,
    postcode: String,
    last_four: [Option<u16>; 2],
}

impl Newer {
    fn named(&self) -> Named<'_> {
        Named {
            row: self.row,
            given: &self.given,
            surname: &self.surname,
            town: &self.town,
            postcode: &self.postcode,
            last_four: self.last_four,
        }
    }
}

/// All customers by name.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// The build, the newer, the newest.
    segments: [Segment; 3],
    newer: Vec<Newer>,
    newest: Vec<Newer>,
    /// For each row that came or changed after the build the segment that has it.
    moved: HashMap<i64, usize>,
    /// Whether the middle segment is to be made anew.
    is_newer_old: bool,
}

impl NameIndex {
    /// Adds a customer, or replaces the one of this row, and is out of date until
    /// [`NameIndex::refresh`].
    pub fn put(&mut self, named: &Named<'_>) {
        self.forget(named.row);
        self.newest.push(Newer {
            row: named.row,
            given: named.given.to_owned(),
            surname: named.surname.to_owned(),
            town: named.town.to_owned(),
            postcode: named.postcode.to_owned(),
            last_four: named.last_four,
        });
        self.moved.insert(named.row, 2);
        if self.newest.len() > NEWEST_MAX {
            for newer in &self.newest {
                self.moved.insert(newer.row, 1);
            }
            self.newer.append(&mut self.newest);
            self.is_newer_old = true;
        }
    }

    /// Takes in all that was [`NameIndex::put`]: the next search finds it as it is now.
    pub fn refresh(&mut self) {
        if std::mem::take(&mut self.is_newer_old) {
            self.rebuild(1);
        }
        self.rebuild(2);
    }

    fn forget(&mut self, row: i64) {
        self.newest.retain(|newer| newer.row != row);
        let n_newer = self.newer.len();
        self.newer.retain(|newer| newer.row != row);
        self.is_newer_old |= self.newer.len() < n_newer;
    }

    fn rebuild(&mut self, place: usize) {
        let mut draft = Draft::default();
        let newer = if place == 1 { &self.newer } else { &self.newest };
        for newer in newer {
            draft.add(&newer.named());
        }
        if let Some(segment) = self.segments.get_mut(place) {
            *segment = draft.finish();
        }
    }

    /// Whether so many customers are new that the whole should be built again, in the background.
    pub fn wants_rebuild(&self) -> bool {
        self.newer.len() > NEWER_MAX
    }

    /// The customers whom the words of `query` may mean, the surest first, at most `limit`; none
    /// if nothing in the query may be a name.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<NameHit> {
        if query.words.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut all: Vec<NameHit> = Vec::new();
        for (place, segment) in self.segments.iter().enumerate() {
            if segment.names.dictionary.len() == 0 {
                continue;
            }
            let searched = search(segment, query, limit);
            let is_here =
                |row: i64| self.moved.get(&row).map_or(place == 0, |moved| *moved == place);
            let found = searched.found.into_iter();
            let found = found.filter(|found| is_here(segment.customers.row(found.who)));
            let shown = Shown::new(segment, &searched.readings, &searched.numbers);
            all.extend(shown.hits(found, limit));
        }
        rank::few_of_each_name(all, limit)
    }

    /// Bytes held, without what few new customers hold.
    pub fn n_bytes(&self) -> usize {
        self.segments.iter().map(Segment::n_bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::query::parse;
    use crate::lookup::rank::Tier;
    use crate::lookup::work::Work;

    const PEOPLE: [(&str, &str, &str, &str, u16); 16] = [
        ("John", "Smith", "Pittsburgh", "15235", 142),
        ("John", "Smith", "Reno", "89501", 9001),
        ("John", "Smith", "Fort Wayne", "46802", 77),
        ("John", "Smith", "Akron", "44301", 78),
        ("Jon", "Smyth", "Akron", "44301", 79),
        ("Stephen", "Kowalczyk", "Akron", "44301", 80),
        ("Robert", "Kowalczyk", "Akron", "44302", 81),
        ("Christopher", "Gonzalez", "Reno", "89501", 82),
        ("Mary Ann", "O'Brien", "Reno", "89501", 83),
        ("Ana", "García-López", "Reno", "89501", 84),
        ("Jan", "van der Berg", "Reno", "89501", 85),
        ("Katherine", "Schmidt", "Reno", "89501", 86),
        ("Thomas", "James", "Reno", "89501", 87),
        ("James", "Thomas", "Reno", "89501", 88),
        ("", "Cher", "Reno", "89501", 89),
        ("Ольга", "Иванова", "Reno", "89501", 90),
    ];

    fn index() -> NameIndex {
        let mut builder = NameIndexBuilder::default();
        for (row, (given, surname, town, postcode, last)) in (1..).zip(PEOPLE) {
            let last_four = [Some(last), None];
            builder.add(&Named { row, given, surname, town, postcode, last_four });
        }
        builder.build()
    }

    fn search_text(index: &NameIndex, text: &str) -> Vec<NameHit> {
        index.search(&parse(text), 10)
    }

    #[test]
    fn the_customer_is_on_top_with_the_reason() {
        let index = index();
        let table: [(&str, i64, &str); 45] = [
            ("stephen kowalczyk", 6, "name"),
            ("Kowalczyk, Stephen", 6, "name"),
            ("kowalczyk stephen", 6, "name"),
            ("thomas james", 13, "name"),
            ("Thomas, James", 14, "name"),
            ("steven kowalczyk", 6, "sounds like Stephen"),
            ("bob kowalczyk", 7, "nickname of Robert"),
            ("stephen kowalcyk", 6, "one letter off"),
            ("stpehen kowalcyk", 6, "two letters off"),
            ("chr gonz", 8, "name begins so"),
            ("gonz chr", 8, "name begins so"),
            ("c gonzalez", 8, "name begins so"),
            ("christopher gonzl", 8, "one letter off"),
            ("christopher gozna", 8, "name begins so"),
            ("chris gomzal", 8, "one letter off"),
            ("christopher gnozlaez", 8, "two letters off"),
            ("chrsitpoher gonzalez", 8, "two letters off"),
            ("john q smith reno", 2, "town"),
            ("kowalczyk, stephen q", 6, "name"),
            ("stephen q kowalcyk", 6, "one letter off"),
            ("stephen kowalczyk 4301", 6, "nearly that number"),
            ("christophergonzalez", 8, "without a space"),
            ("gonzalezchristopher", 8, "without a space"),
            ("mary obrien", 9, "part of the name"),
            ("mary ann o'brien", 9, "name"),
            ("ann O BRIEN", 9, "part of the name"),
            ("ana garcia lopez", 10, "name"),
            ("ana lopez", 10, "part of the name"),
            ("jan vanderberg", 11, "name"),
            ("jan van der berg", 11, "name"),
            ("berg jan", 11, "part of the name"),
            ("kathryn shmit", 12, "sounds like"),
            ("cher", 15, "name"),
            ("ольга иванова", 16, "name"),
            ("smith pittsburgh", 1, "town"),
            ("john smith fort wayne", 3, "town"),
            ("fort wayne smith john", 3, "town"),
            ("smith 0142", 1, "phone ends 0142"),
            ("0142 smith", 1, "phone ends 0142"),
            ("smith 15235", 1, "ZIP 15235"),
            ("smtih 15235", 1, "ZIP 15235"),
            ("john smith 15325", 1, "nearly that number"),
            ("john smith pittsburhg", 1, "nearly that town"),
            ("bob 0081", 7, "nickname of Robert, phone ends 0081"),
            ("stephen kowalczyk banana", 6, "part of what was typed"),
        ];
        for (text, row, reason) in table {
            let hits = search_text(&index, text);
            let Some(first) = hits.first() else { panic!("{text}: nothing") };
            let reasons: Vec<String> = first.reasons.iter().map(ToString::to_string).collect();
            assert_eq!(first.row, row, "{text}: {hits:#?}");
            assert!(reasons.join(", ").contains(reason), "{text}: {reasons:?}");
        }
    }

    #[test]
    fn of_one_guessed_name_three_are_shown_and_the_rest_counted() {
        let hits = search_text(&index(), "jhon smith");
        let johns: Vec<&NameHit> = hits.iter().filter(|hit| hit.name == "john smith").collect();
        assert_eq!(johns.len(), 3);
        assert!(johns.iter().all(|hit| hit.is_name));
        let exact = search_text(&index(), "john smith");
        assert_eq!(exact.iter().filter(|hit| hit.name == "john smith").count(), 4);
    }

    #[test]
    fn of_one_guessed_name_three_are_shown_wherever_they_came_from() {
        let mut index = index();
        for row in 100..104 {
            index.put(&Named { row, given: "John", surname: "Smith", ..Named::default() });
        }
        index.refresh();
        for (text, n) in [("jhon smith", 3), ("smtih", 3), ("johm", 3), ("john smith", 8)] {
            let hits = search_text(&index, text);
            let n_johns = hits.iter().filter(|hit| hit.name == "john smith").count();
            assert_eq!(n_johns, n, "{text}: {hits:#?}");
        }
    }

    #[test]
    fn what_is_exact_stands_above_what_is_guessed() {
        for text in ["jon smyth", "john smith", "james thomas", "smyth j"] {
            let hits = search_text(&index(), text);
            let is_exact = |hit: &NameHit| hit.tier == Tier::Exact;
            assert!(hits.is_sorted_by(|a, b| is_exact(a) >= is_exact(b)), "{text}: {hits:#?}");
        }
    }

    #[test]
    fn a_customer_is_found_as_soon_as_put() {
        let mut index = index();
        for row in 100..400 {
            let surname = format!("Zzyzx{}", ["a", "b", "c"][row as usize % 3]);
            index.put(&Named { row, given: "Quentin", surname: &surname, ..Named::default() });
            index.refresh();
            let hits = search_text(&index, &format!("quentin {surname}"));
            assert!(
                !hits.is_empty() && hits[0].name == format!("quentin {}", surname.to_lowercase())
            );
        }
        index.put(&Named { row: 6, given: "Stephen", surname: "Novak", ..Named::default() });
        index.refresh();
        assert!(
            search_text(&index, "stephen kowalczyk")
                .iter()
                .all(|hit| hit.row != 6 || hit.name.contains("novak"))
        );
        assert_eq!(search_text(&index, "stephen novak")[0].row, 6);
        assert!(!index.wants_rebuild());
    }

    #[test]
    fn a_crowd_of_namesakes_and_any_text_stay_bounded() {
        let mut draft = Draft::default();
        let surnames = ["Smith", "Smyth", "Smithe", "Smitt", "Schmidt", "Mith", "Smih"];
        for (row, surname) in (0..30_000).zip(surnames.iter().cycle()) {
            let (given, town) = (["John", "Jon", "Jan", "Joan"][row as usize % 4], "Smithville");
            let last_four = [Some((row % 10) as u16), Some(142)];
            draft.add(&Named { row, given, surname, town, postcode: "15235", last_four });
        }
        let segment = draft.finish();
        let many = "jhon smiht ".repeat(20);
        let texts = [
            "j",
            "s",
            "j s",
            "john smith",
            "jhon smiht",
            "jhnn smiih 15235",
            "smiht 0142",
            "0142 15235 1523 jonh",
            "john smiht smithvile",
            "smithville",
            "jsmith",
            "smithj 142",
            "jo sm smi",
            "ojhn imsth 99999",
            many.as_str(),
        ];
        for text in texts {
            let searched = search(&segment, &parse(text), 10);
            assert!(searched.work.n_asked() <= 2 * Work::ALL, "{text}: {:?}", searched.work);
            assert!(searched.found.len() <= 200, "{text}");
        }
    }

    #[test]
    fn a_surname_with_an_error_is_found_in_a_zip_code_of_thousands() {
        let mut builder = NameIndexBuilder::default();
        let mut add = |row, surname: &str, postcode: &str| {
            let (given, last_four) = ("Ana", [None, None]);
            builder.add(&Named { row, given, surname, town: "", postcode, last_four });
        };
        for row in 1..=4_000 {
            let letter = |n: i64| char::from(b'a' + (n % 26) as u8);
            let surname: String = [row, row / 26, row / 676, 7, row].map(letter).iter().collect();
            add(row, &surname, "79473");
        }
        for row in 4_001..=4_060 {
            add(row, "Escobar", "10001");
        }
        add(4_061, "Escobar", "79473");
        let hits = search_text(&builder.build(), "escbar 79473");
        assert_eq!(hits[0].row, 4_061, "{:?}", hits[0]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert!(NameIndexBuilder::default().build().search(&parse("smith"), 10).is_empty());
        assert!(search_text(&index(), "").is_empty());
        assert!(index().search(&parse("smith"), 0).is_empty());
        assert!(search_text(&index(), "\0\u{202e}").is_empty());
    }
}
