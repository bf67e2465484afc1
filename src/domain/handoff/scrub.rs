//! The last gate before paper: a whole key, code or serial number that was typed into a note.

use crate::domain::card::CaseFile;

/// Shorter texts are no secrets: masking them would only garble words.
const SECRET_CHARS_MIN: usize = 6;

/// Characters that are left standing at the end of what was masked.
const CHARS_SHOWN: usize = 4;

/// What must not stand whole on the handoff sheet: letters and digits alone, capitals, the
/// longest first so that a code is not cut by a shorter one inside it.
pub(super) fn secrets_of(file: &CaseFile) -> Vec<Vec<char>> {
    let keys = file.key.iter().map(|key| key.key.reveal());
    let codes = file.subscription.iter().chain(&file.other_subscriptions);
    let codes = codes.filter_map(|one| Some(one.activation_code.as_ref()?.reveal()));
    let devices = file.case.devices().iter().chain(&file.known_devices);
    let serials = devices.map(|device| device.serial.as_str());
    let mut secrets: Vec<Vec<char>> = keys
        .chain(codes)
        .chain(serials)
        .map(|text| text.chars().filter(|c| c.is_alphanumeric()).map(capital).collect())
        .filter(|secret: &Vec<char>| {
            secret.len() >= SECRET_CHARS_MIN && secret.iter().any(char::is_ascii_digit)
        })
        .collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// Masks every secret in `text`, however it is spaced, hyphenated or capitalized there.
pub(super) fn scrub(text: &mut String, secrets: &[Vec<char>]) {
    for secret in secrets {
        let chars: Vec<char> = text.chars().collect();
        let mut masked = String::with_capacity(text.len());
        let mut rest = chars.as_slice();
        while let Some((first, after)) = rest.split_first() {
            if let Some(n_taken) = found_at(rest, secret) {
                masked.push('…');
                masked.extend(secret.get(secret.len() - CHARS_SHOWN..).unwrap_or_default());
                rest = rest.get(n_taken..).unwrap_or_default();
            } else {
                masked.push(*first);
                rest = after;
            }
        }
        *text = masked;
    }
}

/// How many characters of `text` spell `secret` from its first on; `None` when it does not.
fn found_at(text: &[char], secret: &[char]) -> Option<usize> {
    let mut wanted = secret.iter();
    let mut next = wanted.next()?;
    for (idx, c) in text.iter().enumerate() {
        if capital(*c) == *next {
            match wanted.next() {
                Some(after) => next = after,
                None => return Some(idx + 1),
            }
        } else if idx == 0 || c.is_alphanumeric() {
            return None;
        }
    }
    None
}

fn capital(c: char) -> char {
    c.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_however_it_is_written() {
        let secrets = [vec!['S', 'A', 'R', 'W', 'N', 'J', '7', '2']];
        let table = [
            ("key SARW-NJ72 was typed", "key …NJ72 was typed"),
            ("sarwnj72", "…NJ72"),
            ("SA RW / NJ 72.", "…NJ72."),
            ("SARW-NJ72SARW-NJ72", "…NJ72…NJ72"),
            ("SARW-NJ7", "SARW-NJ7"),
            ("SARW-NJ73", "SARW-NJ73"),
            ("SSARW-NJ72", "S…NJ72"),
            ("", ""),
        ];
        for (text, expected) in table {
            let mut scrubbed = text.to_owned();
            scrub(&mut scrubbed, &secrets);
            assert_eq!(scrubbed, expected, "{text:?}");
        }
    }
}
