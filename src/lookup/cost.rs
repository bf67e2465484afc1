//! How unlikely it is that one word was typed for another: the slips of a hand on a keyboard and
//! of an ear over the noise of a store.
//!
//! Costs are negative natural logarithms of probabilities, so they add up: 3 is one in twenty.
//! The orders follow what is known of typing errors: most are a single slip; a doubled or a
//! swapped letter is commoner than a wrong one; the first letter is seldom wrong (Damerau 1964,
//! Pollock & Zamora 1984). The values were then settled with `tests/bench/lookup.rs`.

use std::sync::LazyLock;

/// Words of more bytes than this are compared by their first so many.
pub(super) const WORD_BYTES_MAX: usize = 24;

/// A letter typed twice, or once instead of twice.
const DOUBLED: f32 = 2.4;
/// Two neighbors swapped.
const SWAPPED: f32 = 3.2;
/// A vowel or an `h` left out: heard least.
const MISSED_SOFT: f32 = 3.5;
/// Any other letter left out.
const MISSED: f32 = 4.0;
/// A letter too many.
const EXTRA: f32 = 4.4;
/// One letter for another that lies beside it or sounds like it.
const WRONG_NEAR: f32 = 3.6;
/// One letter for any other.
const WRONG: f32 = 4.6;
/// On top, when it is the first letter.
const FIRST: f32 = 1.0;

/// What a letter is taken for: its neighbors on a US keyboard, then what sounds like it.
const TAKEN_FOR: [&str; 26] = [
    "qwsz eiouy",
    "vghn pv",
    "xdfv kqsz",
    "serfcx t",
    "wsdr aiouy",
    "drtgvc vp",
    "ftyhbv jk",
    "gyujnb",
    "uojk aeouy",
    "huikmn gy",
    "jiolm cqx",
    "kop r",
    "njk n",
    "bhjm m",
    "ipkl aeiuy",
    "ol bf",
    "wa kc",
    "edft l",
    "awedxz czx",
    "rfgy d",
    "yihj aeioy",
    "cfgb fwb",
    "qeas v",
    "zsdc sk",
    "tugh aeiouj",
    "asx sc",
];

/// For each letter the letters it is taken for, a bit each.
static NEAR: LazyLock<[u32; 26]> = LazyLock::new(|| {
    TAKEN_FOR.map(|letters| {
        letters.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, b| mask | 1 << (b - b'a'))
    })
});

/// The letters that `letter` is typed for.
pub(super) fn taken_for(letter: &str) -> impl Iterator<Item = char> {
    let near = letter.bytes().next().and_then(|letter| letter.checked_sub(b'a'));
    let all = near.and_then(|at| TAKEN_FOR.get(usize::from(at))).copied().unwrap_or_default();
    all.chars().filter(char::is_ascii_lowercase)
}

/// The cost of having typed `typed` for `stored`, if it is not above `at_most`.
pub(super) fn of_typing(typed: &str, stored: &str, at_most: f32) -> Option<f32> {
    let typed = typed.as_bytes().get(..WORD_BYTES_MAX).unwrap_or(typed.as_bytes());
    let stored = stored.as_bytes().get(..WORD_BYTES_MAX).unwrap_or(stored.as_bytes());
    let near = &*NEAR;
    let width = stored.len() + 1;
    let mut older = [f32::INFINITY; WORD_BYTES_MAX + 1];
    let mut old = [f32::INFINITY; WORD_BYTES_MAX + 1];
    let mut new = [f32::INFINITY; WORD_BYTES_MAX + 1];
    let mut missed = [0.0; WORD_BYTES_MAX];
    let mut before = 0;
    for (place, letter) in missed.iter_mut().zip(stored) {
        *place = cost_missed(before, *letter);
        before = *letter;
    }
    let mut sum = 0.0;
    for (place, missed) in old.iter_mut().zip(std::iter::once(&0.0).chain(&missed)).take(width) {
        sum += *missed;
        *place = sum;
    }
    let mut before = 0;
    let mut best_before = 0.0;
    for letter in typed {
        let extra = cost_extra(before, *letter);
        let mut left = old.first().map_or(f32::INFINITY, |first| first + extra);
        let mut best = left;
        let mut stored_before = 0;
        let mut places = new.iter_mut();
        if let Some(first) = places.next() {
            *first = left;
        }
        let befores = std::iter::once(&f32::INFINITY).chain(&older);
        let cells = old.windows(2).zip(befores).zip(stored.iter().zip(&missed));
        for (place, ((pair, swapped_from), (other, missed))) in places.zip(cells) {
            let [corner, above] = pair else { continue };
            let mut cost = (above + extra).min(left + missed);
            if letter == other {
                cost = cost.min(*corner);
            } else {
                cost = cost.min(corner + cost_wrong(near, before, *letter, *other));
                if before == *other && stored_before == *letter {
                    cost = cost.min(swapped_from + SWAPPED);
                }
            }
            *place = cost;
            left = cost;
            best = best.min(cost);
            stored_before = *other;
        }
        // A swap reaches over one row, so two in turn must be above the bound.
        if best.min(best_before) > at_most {
            return None;
        }
        best_before = best;
        before = *letter;
        (older, old, new) = (old, new, older);
    }
    old.get(width - 1).copied().filter(|cost| *cost <= at_most)
}

/// What it costs to leave out `letter` after `before` (0 at the start).
fn cost_missed(before: u8, letter: u8) -> f32 {
    match letter {
        _ if letter == before => DOUBLED,
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h' => MISSED_SOFT + cost_of_start(before),
        _ => MISSED + cost_of_start(before),
    }
}

/// What it costs to type `letter` where it does not belong, after `before`.
fn cost_extra(before: u8, letter: u8) -> f32 {
    if before == letter { DOUBLED } else { EXTRA + cost_of_start(before) }
}

/// What it costs to type `letter`, after `before`, for `other`.
fn cost_wrong(near: &[u32; 26], before: u8, letter: u8, other: u8) -> f32 {
    let mask = near.get(usize::from(other.wrapping_sub(b'a'))).copied().unwrap_or_default();
    let is_near = letter.is_ascii_lowercase() && mask & 1 << (letter - b'a') != 0;
    cost_of_start(before) + if is_near { WRONG_NEAR } else { WRONG }
}

/// What a slip costs on top where nothing stands before it.
fn cost_of_start(before: u8) -> f32 {
    if before == 0 { FIRST } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likelier_slip_costs_less() {
        // Each row: what was typed, then stored words from the likeliest to the least likely.
        let table: [(&str, &[&str]); 6] = [
            ("smith", &["smith", "smitth", "smiht", "smithe", "smitha", "smithxx"]),
            ("jon", &["jon", "jonn", "john", "jan", "jong", "xon"]),
            ("philips", &["phillips", "philipps", "philips1"]),
            ("meier", &["meier", "meyer", "mexer", "meiers"]),
            ("", &["", "a", "ab"]),
            ("ann", &["ann", "an", "anna", "hann"]),
        ];
        for (typed, stored) in table {
            let costs: Vec<f32> =
                stored.iter().map(|stored| of_typing(typed, stored, 99.0).unwrap()).collect();
            if typed == "philips" || typed == "meier" {
                assert!(costs.iter().skip(1).all(|cost| *cost >= costs[0]), "{typed}: {costs:?}");
                continue;
            }
            assert!(costs.is_sorted(), "{typed}: {costs:?}");
        }
        assert_eq!(of_typing("smith", "smith", 0.0), Some(0.0));
    }

    #[test]
    fn above_the_bound_there_is_no_answer() {
        assert_eq!(of_typing("smith", "jones", 9.0), None);
        assert_eq!(of_typing("smiht", "smith", SWAPPED), Some(SWAPPED));
        assert_eq!(of_typing("smiht", "smith", SWAPPED - 0.1), None);
        let long = "x".repeat(1000);
        assert_eq!(of_typing(&long, &long, 0.0), Some(0.0));
        assert!(of_typing("\u{438}ван", "иван", 20.0).is_some());
    }
}
