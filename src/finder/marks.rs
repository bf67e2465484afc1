//! The letters of a shown name that agree with what was typed, also where it was misspelt.

use crate::domain::fold;
use std::ops::Range;

/// A word of the shown name: each letter as folded, with its place in bytes.
struct Word {
    letters: Vec<(char, Range<usize>)>,
    is_taken: bool,
}

/// The letters of `name` that the folded `words` agree with: in bytes, in order, not overlapping.
pub(super) fn marks(name: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut shown = words_of(name);
    let mut marked: Vec<Range<usize>> = Vec::new();
    // The longest first, so that `ok` does not take the word that `okafor` is.
    let mut typed: Vec<Vec<char>> = words.iter().map(|word| word.chars().collect()).collect();
    typed.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in typed {
        let best = shown
            .iter()
            .enumerate()
            .filter(|(_, shown)| !shown.is_taken)
            .filter_map(|(place, shown)| Some((place, agreeing(&word, &shown.letters)?)))
            .max_by_key(|(place, (n_agree, _))| (*n_agree, std::cmp::Reverse(*place)));
        let whole = whole(&word, &shown);
        let n_best = best.as_ref().map_or(0, |(_, (n_agree, _))| *n_agree);
        match (best, whole) {
            (_, Some((n_agree, places))) if n_agree > n_best => {
                for shown in &mut shown {
                    shown.is_taken = true;
                }
                marked.extend(places);
            }
            (Some((place, (_, places))), _) => {
                if let Some(shown) = shown.get_mut(place) {
                    shown.is_taken = true;
                }
                marked.extend(places);
            }
            (None, _) => (),
        }
    }
    joined(marked)
}

/// Names typed as one word, over all words that are shown.
fn whole(typed: &[char], shown: &[Word]) -> Option<(usize, Vec<Range<usize>>)> {
    let is_free = shown.iter().all(|word| !word.is_taken);
    let letters: Vec<_> = shown.iter().flat_map(|word| word.letters.clone()).collect();
    if is_free && shown.len() > 1 { agreeing(typed, &letters) } else { None }
}

/// How many letters agree, and where: a beginning as typed, or the longest common row of letters
/// when that is most of both.
fn agreeing(typed: &[char], shown: &[(char, Range<usize>)]) -> Option<(usize, Vec<Range<usize>>)> {
    let n_begin = typed.iter().zip(shown).take_while(|(one, (other, _))| *one == other).count();
    if n_begin == typed.len() && n_begin > 0 {
        // As good as can be, and the shorter word is the better one.
        let places = shown.iter().take(n_begin).map(|(_, place)| place.clone());
        return Some((1_000 * n_begin - shown.len().min(999), places.collect()));
    }
    let places = common(typed, shown);
    let is_most = 2 * places.len() > typed.len().max(shown.len());
    is_most.then_some((places.len(), places))
}

/// The places of the longest common subsequence.
fn common(typed: &[char], shown: &[(char, Range<usize>)]) -> Vec<Range<usize>> {
    let width = shown.len() + 1;
    // lengths[i][j]: of what follows letter i of one and letter j of the other.
    let mut lengths = vec![0_u16; (typed.len() + 1) * width];
    let at = |lengths: &[u16], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, one) in typed.iter().enumerate().rev() {
        for (j, (other, _)) in shown.iter().enumerate().rev() {
            let length = if one == other {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(slot) = lengths.get_mut(i * width + j) {
                *slot = length;
            }
        }
    }
    let (mut i, mut places) = (0, Vec::new());
    for (j, (letter, place)) in shown.iter().enumerate() {
        let here = at(&lengths, i, j);
        if here == at(&lengths, i, j + 1) {
            continue;
        }
        while i < typed.len() && (typed.get(i) != Some(letter) || at(&lengths, i + 1, j) == here) {
            i += 1;
        }
        i += 1;
        places.push(place.clone());
    }
    places
}

/// The words of a name as folding sees them. A bare accent or an apostrophe belongs to the letter
/// before it.
fn words_of(name: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_inside = false;
    for (at, letter) in name.char_indices() {
        let place = at..at + letter.len_utf8();
        let mut folded = String::new();
        fold::push_folded(letter, &mut folded);
        if folded.is_empty() && fold::is_inside_word(letter) {
            let last = words.last_mut().filter(|_| is_inside).and_then(|w| w.letters.last_mut());
            if let Some((_, before)) = last {
                before.end = place.end;
            }
            continue;
        }
        if folded.is_empty() {
            is_inside = false;
            continue;
        }
        if !is_inside {
            words.push(Word { letters: Vec::new(), is_taken: false });
            is_inside = true;
        }
        if let Some(word) = words.last_mut() {
            word.letters.extend(folded.chars().map(|folded| (folded, place.clone())));
        }
    }
    words
}

/// Neighbors as one, in order.
fn joined(mut marked: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marked.sort_by_key(|mark| (mark.start, mark.end));
    let mut all: Vec<Range<usize>> = Vec::with_capacity(marked.len());
    for mark in marked {
        match all.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => all.push(mark),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_agree_are_marked() {
        let table = [
            ("Amara Okafor", "amara ok", "[Amara] [Ok]afor"),
            ("Amara Okafor", "okafor a", "[A]mara [Okafor]"),
            ("Amara Okafor", "okafro", "Amara [Okaf]o[r]"),
            ("John Smith", "smyth", "John [Sm]i[th]"),
            ("John Smith", "johnsmith", "[John] [Smith]"),
            ("Stephen Kowalczyk", "stefen kowalchik", "[Ste]ph[en] [Kowalc]zy[k]"),
            ("Robert Lee", "bob lee", "Robert [Lee]"),
            ("Zoë O’Brien-Núñez", "zoe obrien nunez", "[Zoë] [O’Brien]-[Núñez]"),
            ("Zoe\u{308} Straße", "zoe strasse", "[Zoe\u{308}] [Straße]"),
            ("Ok Okafor", "okafor ok", "[Ok] [Okafor]"),
            ("Jane Roe", "smith", "Jane Roe"),
            ("", "smith", ""),
            ("Jane Roe", "", "Jane Roe"),
        ];
        for (name, typed, expected) in table {
            let words: Vec<String> =
                typed.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            let (mut shown, mut at) = (String::new(), 0);
            for mark in marks(name, &words) {
                shown.push_str(&name[at..mark.start]);
                shown.extend(["[", &name[mark.clone()], "]"]);
                at = mark.end;
            }
            assert_eq!(shown + &name[at..], expected, "{typed}");
        }
    }
}
