//! What is hidden, and what is refused: masking, and card numbers in free text.

use std::fmt;

/// A text that only its owner should see: an activation code or a license key.
///
/// It has no `Display`, and `Debug` prints `***`, so it can't slip into a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` as a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Only for the file, the key sheet and a reveal that is in the journal.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `…` and the last `n` characters, separators left out: `…9KLD`. Of a short one at most a
    /// third, so that no one learns it from its end.
    pub fn ending(&self, n: usize) -> String {
        let kept: Vec<char> = self.0.chars().filter(|c| c.is_alphanumeric()).collect();
        let n = n.min(kept.len() / 3);
        let tail = kept.get(kept.len().saturating_sub(n)..).unwrap_or_default();
        tail.iter().fold("…".to_owned(), |mut text, c| {
            text.push(*c);
            text
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// How many digits a payment card number has.
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// The fewest digits of a group of a card number, but for its last: 4-4-4-4, 4-6-5, 8-8.
const GROUP_DIGITS_MIN: usize = 4;

/// Whether `text` holds what looks like a payment card number: 13–19 digits, single blanks,
/// hyphens or dots between groups of them allowed, whose Luhn check digit is right. An expiry date
/// or a code behind it hides nothing; digits out of the middle of a longer run are none.
///
/// Source: product rules, "Privacy". Such text is refused, never stored.
pub fn holds_card_number(text: &str) -> bool {
    if text.bytes().filter(u8::is_ascii_digit).count() < *CARD_DIGITS.start() {
        return false;
    }
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut before = '\n';
    for c in text.chars().chain(std::iter::once('\n')) {
        match (c.to_digit(10), groups.last_mut()) {
            (Some(digit), Some(group)) if before.is_ascii_digit() => group.push(digit),
            (Some(digit), _) => groups.push(vec![digit]),
            (None, Some(_)) if is_separator(c) && before.is_ascii_digit() => (),
            (None, Some(_)) => {
                if is_card_among(&groups) {
                    return true;
                }
                groups.clear();
            }
            (None, None) => (),
        }
        before = c;
    }
    false
}

/// What people type or paste between the groups of a number.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2011}' | '\u{2013}')
}

/// Whether some of the groups, one after the other, are a card number. All of them together may be
/// grouped in any way; a part of them only as cards are, or dates and phone numbers in a row would
/// be one too often.
fn is_card_among(groups: &[Vec<u32>]) -> bool {
    (0..groups.len()).any(|first| {
        let mut digits = Vec::new();
        let mut is_like_a_card = true;
        for (idx, group) in groups.iter().enumerate().skip(first) {
            digits.extend_from_slice(group);
            if digits.len() > *CARD_DIGITS.end() {
                return false;
            }
            let is_all = first == 0 && idx + 1 == groups.len();
            let is_card = (is_like_a_card || is_all) && CARD_DIGITS.contains(&digits.len());
            if is_card && is_luhn(&digits) {
                return true;
            }
            is_like_a_card = is_like_a_card && group.len() >= GROUP_DIGITS_MIN;
        }
        false
    })
}

fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(idx, &digit)| match (idx % 2, digit) {
            (0, _) => digit,
            (_, ..=4) => digit * 2,
            _ => digit * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `•••• 0142`: the last four digits of a phone number; empty when there are fewer than four.
pub fn masked_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(4).and_then(|from| digits.get(from..)) {
        Some(last) => format!("•••• {}", last.iter().collect::<String>()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_seen_in_any_spacing() {
        let table = [
            ("4111111111111111", true),
            ("card 4111 1111 1111 1111 exp", true),
            ("4111-1111-1111-1111", true),
            ("378282246310005", true),
            ("4111111111111112", false),
            ("411111111111", false),
            ("4111  1111 1111 1111", false),
            ("4111 1111 1111 1111 0919", true),
            ("4111 1111 1111 1111 123", true),
            ("4111 1111 1111 1111 09-19 123", true),
            ("10-05 4111 1111 1111 1111", true),
            ("2 x 4111-1111-1111-1111.", true),
            ("4111.1111.1111.1111", true),
            ("4111\u{a0}1111\u{a0}1111\u{a0}1111", true),
            ("3782 822463 10005 0919", true),
            ("41111111 11111111 123", true),
            ("411 111 111 111 111 1", true),
            ("41111111111111110919", false),
            ("004111111111111111100", false),
            ("192.168.100.200 17.0.0.611", false),
            ("612 555 0142 651 555 0199 952 444 0142", false),
            ("phone 612 555 0142", false),
            ("", false),
        ];
        for (text, expected) in table {
            assert_eq!(holds_card_number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_secret_prints_as_stars_and_shows_only_its_end() {
        let secret = Secret::new("SARW-NJEF-6YAM-TR7W-CMU8");
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(secret.ending(4), "…CMU8");
        for (short, ending) in [("", "…"), ("A1", "…"), ("A1-B2", "…2"), ("ABC-DEF-GHI", "…GHI")]
        {
            assert_eq!(Secret::new(short).ending(5), ending, "{short:?}");
        }
        assert_eq!(masked_phone("(609) 306-3744"), "•••• 3744");
        assert_eq!(masked_phone("12"), "");
    }
}
