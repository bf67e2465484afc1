//! What was typed, in pieces: which groups of digits are one number, and what is only punctuation.

use super::key::digits;

/// Fewer digits are no whole phone number.
const PHONE_DIGITS_MIN: usize = 7;
/// Of any country's phone number (ITU-T E.164).
pub(super) const PHONE_DIGITS_MAX: usize = 15;

/// A piece of what was typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Comma,
    /// With an @ in it.
    Email(String),
    /// The digits of one number, however it was grouped.
    Digits(String),
    /// Letters and digits in one word.
    Mixed(String),
    /// Letters, perhaps with hyphens, dots and apostrophes.
    Word(String),
}

/// Parts the text at spaces and commas, and puts numbers written in groups together.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    for part in text.replace(',', " , ").split_whitespace() {
        let part = without_extension(part);
        let n_digits: usize = groups.iter().map(String::len).sum();
        if n_digits >= PHONE_DIGITS_MIN && is_extension(part) {
            continue;
        }
        let has_letter = part.contains(char::is_alphabetic);
        if has_digit(part) && !has_letter && !part.contains('@') {
            groups.push(digits(part));
            continue;
        }
        flush(&mut groups, &mut all);
        match (has_digit(part), has_letter) {
            _ if part.contains('@') => all.push(Piece::Email(bare_email(part).to_owned())),
            (true, _) => all.push(Piece::Mixed(part.to_owned())),
            (false, true) => all.push(Piece::Word(part.to_owned())),
            (false, false) if part == "," => all.push(Piece::Comma),
            (false, false) => (),
        }
    }
    flush(&mut groups, &mut all);
    all
}

/// An address as it stands in a letter's head: `<a@b.c>`, `mailto:a@b.c`.
fn bare_email(part: &str) -> &str {
    let part = part.trim_matches(['<', '>', '"', '\'', '(', ')', ';']);
    part.strip_prefix("mailto:").unwrap_or(part)
}

/// Whether there is a digit in `text`.
pub(super) fn has_digit(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
}

/// A phone without the extension that is written behind it: `412-555-0142x12`.
fn without_extension(part: &str) -> &str {
    let Some((phone, extension)) = part.split_once(['x', 'X', '#']) else { return part };
    let is_phone = !phone.contains(char::is_alphabetic) && digits(phone).len() >= PHONE_DIGITS_MIN;
    if is_phone && extension.bytes().all(|byte| byte.is_ascii_digit()) { phone } else { part }
}

/// Whether this is said of a phone's extension: `x12`, `#12`, `ext.`.
fn is_extension(part: &str) -> bool {
    let word = part.trim_end_matches('.').to_ascii_lowercase();
    let behind = part.strip_prefix(['x', 'X', '#']);
    word == "ext" || behind.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Groups of digits become numbers: those of a phone ("412 949 8233") or of a receipt are one.
fn flush(groups: &mut Vec<String>, into: &mut Vec<Piece>) {
    let groups = std::mem::take(groups);
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    let mut rest = groups.as_slice();
    let mut left = lengths.as_slice();
    while !left.is_empty() {
        let n = n_of_number(left).min(left.len());
        into.push(Piece::Digits(rest.iter().take(n).map(String::as_str).collect()));
        (rest, left) = (rest.get(n..).unwrap_or_default(), left.get(n..).unwrap_or_default());
    }
}

/// How many of the groups of digits, of which these are the lengths, are the first number.
fn n_of_number(lengths: &[usize]) -> usize {
    match lengths {
        // A receipt, perhaps not to its end: 0112-032-6467-091925.
        [4, 3, 4, 1..=6, ..] => 4,
        [4, 1..=3] | [6, 4] => 2,
        [4, 3, 1..=4] => 3,
        // A phone, with the country code of the US or without.
        [1, 3, 3, 4, ..] => 4,
        [3, 3, 4, ..] | [1, 3, 7, ..] | [1, 3, 1..=3] => 3,
        [1, 3, 3, 1..=3] => 4,
        [3, 3, 1..=3] => 3,
        [3, 7 | 4, ..] | [3, 1..=3] | [1, 10, ..] | [1, 3] => 2,
        // A phone of another country, if nothing in it is a number of its own.
        _ if lengths.len() > 2
            && lengths.iter().all(|n| *n < 9 && *n != 5)
            && (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&lengths.iter().sum()) =>
        {
            lengths.len()
        }
        _ => 1,
    }
}

/// An activation code typed in groups of five with spaces between.
pub(super) fn spaced_code(pieces: &[Piece]) -> Option<String> {
    let mut code = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        let (Piece::Mixed(text) | Piece::Word(text) | Piece::Digits(text)) = piece else {
            return None;
        };
        let is_last = place + 1 == pieces.len();
        let is_group = text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && (text.len() == 5 || is_last && text.len() < 5);
        if !is_group {
            return None;
        }
        code.push_str(text);
    }
    (2..=4).contains(&pieces.len()).then_some(code)
}
