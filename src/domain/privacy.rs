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

    /// `…` and the last `n` characters, separators left out: `…9KLD`.
    pub fn ending(&self, n: usize) -> String {
        let kept: Vec<char> = self.0.chars().filter(|c| c.is_alphanumeric()).collect();
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

/// Whether `text` holds what looks like a payment card number: 13–19 digits in a row, single
/// blanks or hyphens between them allowed, whose Luhn check digit is right.
///
/// Source: product rules, "Privacy". Such text is refused, never stored.
pub fn holds_card_number(text: &str) -> bool {
    let mut digits: Vec<u32> = Vec::new();
    let mut gap = 0;
    for c in text.chars().chain(std::iter::once('\n')) {
        match c.to_digit(10) {
            Some(digit) => {
                digits.push(digit);
                gap = 0;
            }
            None if (c == ' ' || c == '-') && gap == 0 && !digits.is_empty() => gap = 1,
            None => {
                if (13..=19).contains(&digits.len()) && is_luhn(&digits) {
                    return true;
                }
                digits.clear();
                gap = 0;
            }
        }
    }
    false
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
        assert_eq!(Secret::new("A1").ending(5), "…A1");
        assert_eq!(masked_phone("(609) 306-3744"), "•••• 3744");
        assert_eq!(masked_phone("12"), "");
    }
}
