//! Keys that the file's own indexes find: phone, e-mail, codes, receipts, ids.
//!
//! A [`Column`] says in which form a key is stored; the importer writes it with [`Column::key`],
//! and a [`Probe`] names the range of that column to read. What lies in the range is a candidate:
//! [`Probe::judge`] compares the key as written, and says how well it agrees.

use super::judge;
use super::rank::{Field, KeyHit, Reason};

/// A stored form of a key. `…Backward` is the text reversed, for endings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// Digits of a phone; of a US number ten.
    Phone,
    /// The last seven digits.
    PhoneLocal,
    /// All digits, reversed.
    PhoneBackward,
    /// Lower case.
    Email,
    /// What stands before the @, lower case, reversed.
    EmailBackward,
    /// Lower case, where any part can be found (a trigram index).
    EmailInside,
    /// Letters that look alike made one, see [`code_letters`].
    Code,
    /// The same, reversed.
    CodeBackward,
    /// Digits of a receipt number.
    Receipt,
    /// The same, reversed.
    ReceiptBackward,
    /// Letters and digits of a member id (or the id in another system), lower case.
    MemberId,
    /// Letters and digits of a device's serial number, lower case.
    Serial,
    /// A case number, lower case, its counter without leading zeros: `d2-419`.
    CaseNumber,
}

impl Column {
    /// The form in which `text` is stored in this column; `None` if nothing of it remains.
    pub fn key(self, text: &str) -> Option<String> {
        let key = match self {
            Self::Phone => phone_digits(text),
            Self::PhoneLocal => {
                let digits = phone_digits(text);
                digits.get(digits.len().checked_sub(7)?..)?.to_owned()
            }
            Self::PhoneBackward => reversed(&phone_digits(text)),
            Self::Email | Self::EmailInside => email(text),
            Self::EmailBackward => reversed(local_part(&email(text))),
            Self::Code => code_letters(text),
            Self::CodeBackward => reversed(&code_letters(text)),
            Self::Receipt => digits(text),
            Self::ReceiptBackward => reversed(&digits(text)),
            Self::MemberId | Self::Serial => letters_and_digits(text),
            Self::CaseNumber => case_number(text)?,
        };
        (!key.is_empty()).then_some(key)
    }

    /// The field that this column is a form of.
    pub fn field(self) -> Field {
        match self {
            Self::Phone | Self::PhoneLocal | Self::PhoneBackward => Field::Phone,
            Self::Email | Self::EmailBackward | Self::EmailInside => Field::Email,
            Self::Code | Self::CodeBackward => Field::Code,
            Self::Receipt | Self::ReceiptBackward => Field::Receipt,
            Self::MemberId => Field::MemberId,
            Self::Serial => Field::Serial,
            Self::CaseNumber => Field::CaseNumber,
        }
    }
}

/// Which keys of a column to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Keys that are this.
    Exact(String),
    /// Keys that begin so.
    Beginning(String),
    /// Keys that contain this; only of [`Column::EmailInside`].
    Inside(String),
}

impl Span {
    /// From where (included) until where (excluded) the keys lie in their order; `None` for
    /// [`Span::Inside`], which is no range.
    pub fn bounds(&self) -> Option<(String, String)> {
        match self {
            Self::Exact(key) => Some((key.clone(), format!("{key}\0"))),
            Self::Beginning(key) => Some((key.clone(), format!("{key}\u{10FFFF}"))),
            Self::Inside(_) => None,
        }
    }
}

/// When a probe is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// With every keystroke.
    First,
    /// Only when neither the first probes nor the names found anything exact, and the list is not
    /// full.
    Fallback,
}

/// A range of keys to read from the file, and how to judge what is found there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The column to read.
    pub column: Column,
    /// The keys to read.
    pub span: Span,
    /// When to read them.
    pub stage: Stage,
    /// What was typed for this key.
    typed: String,
}

/// At most so many rows are read for a probe whose keys agree as they are.
const ROWS_MAX: usize = 64;
/// At most so many rows are read for a probe whose keys must be compared.
const COMPARED_ROWS_MAX: usize = 2_000;

impl Probe {
    /// A probe for `typed`, as it was typed.
    pub(super) fn new(column: Column, span: Span, stage: Stage, typed: &str) -> Self {
        Self { column, span, stage, typed: typed.to_owned() }
    }

    /// At most so many rows should be read for this probe.
    pub fn rows_max(&self) -> usize {
        match self.stage {
            Stage::First => ROWS_MAX,
            Stage::Fallback => COMPARED_ROWS_MAX,
        }
    }

    /// How well the key `stored` (as written) of customer `row` agrees with what was typed.
    pub fn judge(&self, row: i64, stored: &str) -> Option<KeyHit> {
        let field = self.column.field();
        let (part, tier, cost) = judge::judge(field, &self.typed, stored)?;
        Some(KeyHit { row, tier, cost, reason: Reason::Key(field, part) })
    }
}

/// The digits of `text`.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits of a phone number, without the US country code and anything after an "x".
pub fn phone_digits(text: &str) -> String {
    let number = text.split(['x', 'X', '#']).next().unwrap_or_default();
    let mut all = digits(number);
    if all.len() == 11 && all.starts_with('1') {
        all.remove(0);
    }
    all
}

/// The last four digits of a phone number of at least seven digits.
pub fn last_four(phone: &str) -> Option<u16> {
    let all = phone_digits(phone);
    if all.len() < 7 {
        return None;
    }
    all.get(all.len() - 4..)?.parse().ok()
}

/// Lower-case letters and digits of `text`, ASCII only.
pub(super) fn letters_and_digits(text: &str) -> String {
    let kept = text.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The letters of an activation code with those that are read for one another made one: B and 8,
/// S and 5, Z and 2, G and 6, V and U, O, Q, D and 0, I, L and 1.
pub fn code_letters(text: &str) -> String {
    letters_and_digits(text)
        .chars()
        .map(|letter| match letter {
            'o' | 'q' | 'd' => '0',
            'b' => '8',
            's' => '5',
            'z' => '2',
            'g' => '6',
            'v' => 'u',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

pub(super) fn email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What stands before the @.
pub(super) fn local_part(email: &str) -> &str {
    email.split_once('@').map_or(email, |(local, _)| local)
}

/// A case number in the form in which it is compared; `None` if `text` is none.
pub(super) fn case_number(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (desk, counter) = text.rsplit_once(['-', ' ', '–'])?;
    let desk = letters_and_digits(desk);
    let is_desk = desk.starts_with(|first: char| first.is_ascii_lowercase());
    let is_counter = !counter.is_empty() && counter.bytes().all(|byte| byte.is_ascii_digit());
    let counter = counter.trim_start_matches('0');
    (is_desk && is_counter && desk.len() <= 8 && counter.len() <= 9)
        .then(|| format!("{desk}-{counter}"))
}

/// `text` from its end to its start.
pub(super) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_has_one_stored_form() {
        let table: [(Column, &str, Option<&str>); 14] = [
            (Column::Phone, "+1 (412) 949-8233", Some("4129498233")),
            (Column::Phone, "412.949.8233 x12", Some("4129498233")),
            (Column::Phone, "none", None),
            (Column::PhoneLocal, "412-949-8233", Some("9498233")),
            (Column::PhoneLocal, "8233", None),
            (Column::PhoneBackward, "412-949-8233", Some("3328949214")),
            (Column::Email, " David.M@Gmail.com", Some("david.m@gmail.com")),
            (Column::EmailBackward, "david.m@gmail.com", Some("m.divad")),
            (Column::Code, "OQD0B-8S5Z2-G6VUI-L1xyz", Some("000088552266uu111xy2")),
            (Column::CodeBackward, "HST6A", Some("a6t5h")),
            (Column::Receipt, "0112-032-6467-091925", Some("01120326467091925")),
            (Column::CaseNumber, "D2-00419", Some("d2-419")),
            (Column::CaseNumber, "d2 419", Some("d2-419")),
            (Column::CaseNumber, "john smith", None),
        ];
        for (column, text, key) in table {
            assert_eq!(column.key(text).as_deref(), key, "{column:?} {text}");
        }
        assert_eq!(last_four("(412) 949-0042"), Some(42));
        assert_eq!(last_four("0042"), None);
    }

    #[test]
    fn a_span_is_a_range_of_keys() {
        let (from, until) = Span::Exact("ab".into()).bounds().unwrap();
        assert!(from.as_str() <= "ab" && "ab" < until.as_str() && until.as_str() < "aba");
        let (from, until) = Span::Beginning("ab".into()).bounds().unwrap();
        assert!(from.as_str() <= "ab" && "abzzz" < until.as_str() && until.as_str() < "ac");
        assert_eq!(Span::Inside("ab".into()).bounds(), None);
    }
}
