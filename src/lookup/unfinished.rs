//! Words that are not finished, with a slip in what was typed so far: "gonzl" for Gonzalez.

use std::ops::Range;

use super::cost;
use super::near::{COST_ONE_MAX, Manner, NEAR_MAX, Near, Words, of_beginning};
use super::work::Work;

/// Shorter beginnings fit too many words when one letter may be wrong.
const BEGINNING_BYTES_MIN: usize = 4;
/// The letters that are left out most at the start of a name.
const OFTEN_MISSED: &str = "aehilnorstu";
/// A beginning of more words than this was sooner meant as it is.
const BEGINNING_WORDS_MAX: usize = 24;

impl Words {
    /// The words that begin as `text` but for one edit, sorted by word; none when many begin as
    /// typed, or `text` is a word, which was sooner meant. The first letter is right.
    pub(super) fn slipped_beginnings(&self, text: &str, work: &mut Work) -> Vec<Near> {
        let is_begun = || {
            let begun = self.dictionary.beginning(text);
            begun.len() > BEGINNING_WORDS_MAX || self.dictionary.word(begun.start) == text
        };
        let is_short = text.len() < BEGINNING_BYTES_MIN;
        if is_short || !text.bytes().all(|byte| byte.is_ascii_lowercase()) || is_begun() {
            return Vec::new();
        }
        let mut found = Vec::with_capacity(64);
        let mut ranges = self.begun_otherwise(text, 1);
        ranges.extend(self.begun_otherwise(text, 2));
        ranges.extend(text.get(..3).map(|start| self.dictionary.beginning(start)));
        for ids in ranges {
            if !work.take(ids.len() / 4 + 1) {
                break;
            }
            found.extend(ids.filter_map(|word| self.slipped_beginning(text, word)));
        }
        self.keep_likeliest(&mut found, NEAR_MAX.get(1).copied().unwrap_or_default());
        found
    }

    /// Whether the word of this id begins as `text` but for one edit.
    pub(super) fn slipped_beginning(&self, text: &str, word: u32) -> Option<Near> {
        let stored = self.dictionary.word(word);
        let n_begun = slipped_beginning(text.as_bytes(), stored.as_bytes())?;
        let (begun, rest) = stored.split_at_checked(n_begun)?;
        let slip = cost::of_typing(text, begun, COST_ONE_MAX)?;
        let (beginning, _) = of_beginning(rest.len());
        Some(Near { word, cost: slip + beginning, manner: Manner::SlippedBeginning })
    }

    /// The words that begin as `text` but for the letter at `at`: a likely wrong one, missing, one
    /// too many, or swapped with the next.
    fn begun_otherwise(&self, text: &str, at: usize) -> Vec<Range<u32>> {
        let (Some(before), Some(letter), Some(rest)) =
            (text.get(..at), text.get(at..=at), text.get(at + 1..))
        else {
            return Vec::new();
        };
        let wrong = cost::taken_for(letter).map(|other| format!("{before}{other}{rest}"));
        let missing = OFTEN_MISSED.chars().map(|other| format!("{before}{other}{letter}{rest}"));
        let mut starts: Vec<String> = wrong.chain(missing).collect();
        starts.push(format!("{before}{rest}"));
        if let (Some(next), Some(rest)) = (rest.get(..1), rest.get(1..)) {
            starts.push(format!("{before}{next}{letter}{rest}"));
        }
        starts.sort_unstable();
        starts.dedup();
        starts.retain(|start| start != text);
        starts.iter().map(|start| self.dictionary.beginning(start)).collect()
    }
}

/// Of how many bytes the beginning of `stored` is for which `typed` was typed with one edit; `None`
/// if it takes more.
fn slipped_beginning(typed: &[u8], stored: &[u8]) -> Option<usize> {
    let same = typed.iter().zip(stored).take_while(|(a, b)| a == b).count();
    let (typed_rest, stored_rest) = (typed.get(same..)?, stored.get(same..)?);
    let n = typed.len();
    let goes_on = |typed_from: usize, stored_from: usize| {
        let typed = typed_rest.get(typed_from..);
        typed
            .zip(stored_rest.get(stored_from..))
            .is_some_and(|(typed, stored)| stored.starts_with(typed))
    };
    let is_swapped = || match (typed_rest, stored_rest) {
        ([one, two, ..], [other, next, ..]) => one == next && two == other,
        _ => false,
    };
    if goes_on(0, 1) {
        Some(n + 1)
    } else if goes_on(1, 1) || goes_on(2, 2) && is_swapped() {
        Some(n)
    } else {
        goes_on(1, 0).then_some(n - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::dictionary::Dictionary;

    #[test]
    fn a_beginning_with_a_slip_is_found() {
        let names = ["christopher", "smith", "smithson", "smyth", "stephen", "steven", "иван"];
        let words = Words::build(Dictionary::build(names.into_iter()));
        let table = [
            ("chrs", &["christopher"][..]),
            ("crhi", &["christopher"]),
            ("chhris", &["christopher"]),
            ("cjrist", &["christopher"]),
            ("chtist", &["christopher"]),
            ("smihs", &["smithson"]),
            ("smtih", &["smithson"]),
            ("smith", &[]),
            ("chx", &[]),
            ("иван", &[]),
        ];
        for (typed, stored) in table {
            let found = words.slipped_beginnings(typed, &mut Work::default());
            let begun: Vec<&str> =
                found.iter().map(|near| words.dictionary.word(near.word)).collect();
            assert!(stored.iter().all(|word| begun.contains(word)), "{typed}: {begun:?}");
        }
    }
}
