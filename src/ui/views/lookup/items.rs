//! The rows of the list: the hits, and under a guessed name that many share a row that opens the
//! others.

use crate::domain::hit::{Found, Hit};
use crate::domain::id::ExternalId;

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

/// The row of the hit at this place of the answer, counted from 1 as it is shown.
pub(super) fn shown_row(items: &[Item<'_>], found: &Found, place: usize) -> Option<usize> {
    let hit = found.hits.get(place.checked_sub(1)?)?;
    let row = items
        .iter()
        .position(|item| matches!(item, Item::Hit(shown) if shown.customer == hit.customer))?;
    Some(row + 1)
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
        assert_eq!(shown_row(&open, &found, 3), Some(6));
        assert_eq!(shown_row(&open, &found, 1), Some(1));
        assert_eq!(shown_row(&open, &found, 0), None);
    }
}
