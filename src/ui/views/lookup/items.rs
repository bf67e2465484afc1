//! The rows of the list: the hits, and under a guessed name that many share a row that opens the
//! others.

use crate::domain::hit::{Found, Hit};
use crate::domain::id::ExternalId;
use std::ops::Range;

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item<'a> {
    /// A customer.
    Hit(&'a Hit),
    /// Opens the others of this name, or closes them again.
    More {
        /// One of that name: whom the others are asked by.
        of: &'a Hit,
        /// How many others there are.
        n_more: u32,
        /// Whether they are in the list.
        opening: Opening,
    },
}

/// Whether the others of a name are in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    Open,
    Closed,
}

/// Those of one name that were asked for; the one they were asked by is among them.
#[derive(Debug, Clone, Copy)]
pub struct Namesakes<'a> {
    /// By whom they were asked.
    pub of: &'a ExternalId,
    /// All of them.
    pub hits: &'a [Hit],
}

/// The rows of an answer. Where `opened` is open and the others are there, they stand before the
/// row that closes them.
pub(super) fn items<'a>(
    found: &'a Found,
    opened: Option<&ExternalId>,
    namesakes: Option<Namesakes<'a>>,
) -> Vec<Item<'a>> {
    let mut items = Vec::with_capacity(found.hits.len());
    for (idx, hit) in found.hits.iter().enumerate() {
        items.push(Item::Hit(hit));
        let mut later = found.hits.iter().skip(idx + 1);
        if hit.n_more == 0 || later.any(|other| other.name == hit.name) {
            continue;
        }
        let is_open = opened == Some(&hit.customer);
        if is_open && let Some(namesakes) = namesakes.filter(|it| *it.of == hit.customer) {
            let is_listed =
                |other: &Hit| found.hits.iter().any(|known| known.customer == other.customer);
            let others = namesakes.hits.iter().filter(|other| !is_listed(other));
            items.extend(others.map(Item::Hit));
        }
        let opening = if is_open { Opening::Open } else { Opening::Closed };
        items.push(Item::More { of: hit, n_more: hit.n_more, opening });
    }
    items
}

/// What Enter does in this row.
pub(super) fn enter_words(item: Option<&Item<'_>>) -> String {
    match item {
        Some(Item::Hit(Hit { open_case: Some((_, number)), .. })) => {
            format!("Enter opens {number}.")
        }
        Some(Item::More { opening: Opening::Closed, .. }) => "Enter opens them.".to_owned(),
        Some(Item::More { opening: Opening::Open, .. }) => "Enter closes them.".to_owned(),
        Some(Item::Hit(_)) | None => "Enter starts the case.".to_owned(),
    }
}

/// How many customers the rows tell of, and how many of them can be seen.
pub(super) fn counts(items: &[Item<'_>]) -> (usize, usize) {
    let n_hits = items.iter().filter(|item| matches!(item, Item::Hit(_))).count();
    let hidden = items.iter().map(|item| match item {
        Item::More { n_more, opening: Opening::Closed, .. } => *n_more as usize,
        Item::More { .. } | Item::Hit(_) => 0,
    });
    (n_hits + hidden.sum::<usize>(), n_hits)
}

/// The number of the customer in this row, counted from 1. A row that opens others has none, so
/// that the numbers have no gap.
pub(super) fn number(items: &[Item<'_>], row_idx: usize) -> Option<usize> {
    let before = items.get(..=row_idx)?;
    matches!(before.last(), Some(Item::Hit(_)))
        .then(|| before.iter().filter(|item| matches!(item, Item::Hit(_))).count())
}

/// The row of the customer with this number.
pub(super) fn row_of(items: &[Item<'_>], number: usize) -> Option<usize> {
    let hits = items.iter().enumerate().filter(|(_, item)| matches!(item, Item::Hit(_)));
    hits.map(|(row_idx, _)| row_idx).nth(number.checked_sub(1)?)
}

/// The number of the row that shows this customer, counted from 1.
pub(super) fn shown_number(items: &[Item<'_>], customer: &ExternalId) -> Option<usize> {
    let is_it = |item: &Item<'_>| matches!(item, Item::Hit(shown) if shown.customer == *customer);
    let row_idx = items.iter().position(is_it)?;
    number(items, row_idx)
}

/// The letters of a name that fit, also in the rows of others who are called so.
pub(super) fn marks<'a>(hit: &'a Hit, found: &'a Found) -> &'a [Range<usize>] {
    if !hit.marks.is_empty() {
        return &hit.marks;
    }
    let same = found.hits.iter().find(|other| other.name == hit.name);
    same.map_or(&[], |other| other.marks.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing;

    fn told(items: &[Item<'_>]) -> Vec<String> {
        let tell = |item: &Item<'_>| match item {
            Item::Hit(hit) => hit.customer.0.clone(),
            Item::More { n_more, opening: Opening::Closed, .. } => format!("+{n_more}"),
            Item::More { n_more, opening: Opening::Open, .. } => format!("-{n_more}"),
        };
        items.iter().map(tell).collect()
    }

    #[test]
    fn the_others_of_a_name_stand_behind_its_last_row_and_nobody_stands_twice() {
        let mut found = testing::found();
        found.hits[1].name = "Amara Okafor".to_owned();
        for hit in &mut found.hits[..2] {
            hit.n_more = 2;
        }
        let mut all = found.hits[..2].to_vec();
        all.push(testing::hit("M7", "Amara Okafor"));
        all.push(testing::hit("M8", "Amara Okafor"));
        let by = ExternalId("M2".to_owned());
        let namesakes = Namesakes { of: &by, hits: &all };
        assert_eq!(told(&items(&found, None, Some(namesakes))), ["M1", "M2", "+2", "M3"]);
        let open = items(&found, Some(&by), Some(namesakes));
        assert_eq!(told(&open), ["M1", "M2", "M7", "M8", "-2", "M3"]);
        assert_eq!(told(&items(&found, Some(&by), None)), ["M1", "M2", "-2", "M3"]);
        let number_of = |id: &str| shown_number(&open, &ExternalId(id.to_owned()));
        assert_eq!(["M3", "M1", "M9"].map(number_of), [Some(5), Some(1), None]);
        // The row that closes them has no number, and Alt with a digit goes past it.
        assert_eq!(number(&open, 3), Some(4));
        assert_eq!(number(&open, 4), None);
        assert_eq!(number(&open, 5), Some(5));
        assert_eq!(row_of(&open, 5), Some(5));
        assert_eq!(row_of(&open, 6), None);
    }

    #[test]
    fn those_who_are_counted_are_those_who_can_be_seen_once_all_are_open() {
        let mut found = testing::found();
        found.hits[0].n_more = 12;
        assert_eq!(counts(&items(&found, None, None)), (15, 3));
        let mut all = vec![found.hits[0].clone()];
        all.extend((0..12).map(|n| testing::hit(&format!("N{n}"), "Amara Okafor")));
        let by = ExternalId("M1".to_owned());
        let open = items(&found, Some(&by), Some(Namesakes { of: &by, hits: &all }));
        assert_eq!(counts(&open), (15, 15));
        assert_eq!(counts(&[]), (0, 0));
    }

    #[test]
    fn those_who_are_called_alike_have_the_same_letters_marked() {
        let mut found = testing::found();
        let marked: Vec<_> = std::iter::once(0..3).collect();
        found.hits[0].marks.clone_from(&marked);
        let (same, other) = (testing::hit("M7", &found.hits[0].name), testing::hit("M8", "Lee"));
        assert_eq!(marks(&same, &found), marked);
        assert!(marks(&other, &found).is_empty());
    }
}
