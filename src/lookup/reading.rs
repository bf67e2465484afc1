//! The ways in which the words of a query can be meant: which are names, which a town.

use super::query::Query;

/// Words as a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Names {
    /// One word: a surname, a given name, or both without a space.
    One(String),
    /// Two words, in the order in which they were typed.
    Two(String, String),
}

/// One way to read a query's words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The words that are a name.
    pub(super) names: Names,
    /// The words that are a town, as one.
    pub(super) town: Option<String>,
    /// What the reading itself costs.
    pub(super) cost: f32,
    /// What it costs when the given name comes first, and when the surname does.
    pub(super) orders: [f32; 2],
    /// How many words stand for nothing.
    pub(super) n_unread: u8,
    /// Whether a name of one word was typed in several.
    pub(super) is_joined: bool,
}

/// The surname first without a comma.
const SURNAME_FIRST: f32 = 0.6;
/// Against the comma.
const AGAINST_COMMA: f32 = 2.5;
/// Words that are one in the file.
const JOINED: f32 = 0.8;
/// A word that stands for nothing: a street, a middle name.
pub(super) const UNREAD: f32 = 7.0;
/// Each further one: the words of a street or a town are wrong together.
const UNREAD_MORE: f32 = 1.5;
/// A word that could be a name is a town.
const TOWN: f32 = 0.3;
/// On top, when the other word is all that is left of the name.
const TOWN_BESIDE_ONE: f32 = 0.9;
/// A letter that is a middle initial, which the index leaves out.
const INITIAL: f32 = 0.4;
/// A town has at most so many words.
const TOWN_WORDS_MAX: usize = 4;

/// All ways to read `query`, the plainest first.
pub(super) fn readings(query: &Query) -> Vec<Reading> {
    let words = query.words.as_slice();
    let mut all = Vec::new();
    push_names(words, query.n_before_comma, None, &mut all);
    for n in 1..=TOWN_WORDS_MAX.min(words.len().saturating_sub(1)) {
        let (names, town) = words.split_at(words.len() - n);
        push_names(names, query.n_before_comma, Some(town), &mut all);
        let (town, names) = words.split_at(n);
        push_names(names, query.n_before_comma.saturating_sub(n), Some(town), &mut all);
    }
    all.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    all
}

/// The ways to read `words` as names, beside the words of a town.
fn push_names(words: &[String], n_surname: usize, town: Option<&[String]>, all: &mut Vec<Reading>) {
    let town_text = town.map(<[String]>::concat);
    let town_cost = town.map_or(0.0, |_| TOWN);
    let mut push = |names: Names, cost: f32, orders: [f32; 2], n_unread: usize| {
        let town = town_text.clone();
        let cost = cost + town_cost;
        let is_joined = words.len() > 1 && matches!(names, Names::One(_));
        all.push(Reading { names, town, cost, orders, n_unread: n_unread as u8, is_joined });
    };
    let plain = [0.0, SURNAME_FIRST];
    match words {
        [] => (),
        [one] => {
            let cost = if town.is_some() { TOWN_BESIDE_ONE } else { 0.0 };
            push(Names::One(one.clone()), cost, plain, 0);
        }
        _ => {
            for n in 1..words.len() {
                let (first, second) = words.split_at(n);
                let orders = if n == n_surname { [AGAINST_COMMA, 0.0] } else { plain };
                let cost = JOINED * (words.len() - 2) as f32;
                push(Names::Two(first.concat(), second.concat()), cost, orders, 0);
            }
            if let [first, initial, last] = words
                && is_letter(initial)
            {
                push(Names::Two(first.clone(), last.clone()), INITIAL, plain, 0);
            } else if let [first, second, initial] = words
                && is_letter(initial)
            {
                let orders = if n_surname == 1 { [AGAINST_COMMA, 0.0] } else { plain };
                push(Names::Two(first.clone(), second.clone()), INITIAL, orders, 0);
            }
            if words.len() <= 3 {
                push(Names::One(words.concat()), JOINED, plain, 0);
            }
            if let ([first, .., last], n @ 1..) = (words, words.len() - 2) {
                let names = |second: &String| Names::Two(first.clone(), second.clone());
                let cost = UNREAD + UNREAD_MORE * (n - 1) as f32;
                push(names(last), cost, plain, n);
                if let Some(second) = words.get(1) {
                    push(names(second), cost, plain, n);
                }
            }
        }
    }
}

fn is_letter(word: &str) -> bool {
    word.chars().nth(1).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::query::parse;

    #[test]
    fn words_are_read_in_every_way_they_can_be_meant() {
        let table: [(&str, &[&str]); 5] = [
            (
                "smith, john q",
                &[
                    "smith+john @q",
                    "john+q @smith",
                    "smith+john",
                    "smith+johnq",
                    "smithjohn+q",
                    "smithjohnq",
                    "smithjohn @q",
                    "johnq @smith",
                    "smith @johnq",
                    "q @smithjohn",
                    "smith+q",
                    "smith+john",
                ],
            ),
            ("smith", &["smith"]),
            ("smith, john", &["smith+john", "smithjohn", "smith @john", "john @smith"]),
            (
                "john smith reno",
                &[
                    "john+smith @reno",
                    "smith+reno @john",
                    "john+smithreno",
                    "johnsmith+reno",
                    "johnsmithreno",
                    "johnsmith @reno",
                    "smithreno @john",
                    "john @smithreno",
                    "reno @johnsmith",
                    "john+reno",
                    "john+smith",
                ],
            ),
            ("", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<String> = readings(&parse(text))
                .into_iter()
                .map(|reading| {
                    let names = match reading.names {
                        Names::One(one) => one,
                        Names::Two(first, second) => format!("{first}+{second}"),
                    };
                    reading.town.map_or(names.clone(), |town| format!("{names} @{town}"))
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        assert!(readings(&parse("a b c d e f g h i")).len() < 50);
    }
}
