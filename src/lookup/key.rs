//! Keys that the file's own indexes find: phone, e-mail, codes, receipts, ids.
//!
//! A [`Column`] says in which form a key is stored; the importer writes it with [`Column::key`],
//! and a [`Probe`] names the range of that column to read. What lies in the range is a candidate:
//! [`Probe::judge`] compares the key as written, and says how well it agrees.

use rapidfuzz::distance::osa;

use super::rank::{Field, KeyHit, Part, Reason, Tier};

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
    /// Only when neither the first probes nor the names found what was typed.
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
/// Keys shorter than this are not looked up with an error in them.
const ONE_OFF_CHARS_MIN: usize = 6;

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
        let (part, tier, cost) = match field {
            Field::Phone => judge_digits(&phone_digits(&self.typed), &phone_digits(stored)),
            Field::Receipt => judge_digits(&digits(&self.typed), &digits(stored)),
            Field::Email => judge_email(&email(&self.typed), &email(stored)),
            Field::Code => judge_code(&self.typed, stored),
            Field::MemberId | Field::Serial => {
                judge_text(&letters_and_digits(&self.typed), &letters_and_digits(stored))
            }
            Field::CaseNumber => judge_text(&case_number(&self.typed)?, &case_number(stored)?),
        }?;
        Some(KeyHit { row, tier, cost, reason: Reason::Key(field, part) })
    }
}

type Judged = Option<(Part, Tier, f32)>;

/// A slip in a key that is otherwise right.
const ONE_OFF: f32 = 3.5;

fn is_one_off(typed: &str, stored: &str) -> bool {
    typed.len() >= ONE_OFF_CHARS_MIN
        && typed.len().abs_diff(stored.len()) <= 1
        && osa::distance(typed.bytes(), stored.bytes()) <= 1
}

fn judge_text(typed: &str, stored: &str) -> Judged {
    if typed.is_empty() {
        None
    } else if typed == stored {
        Some((Part::Whole, Tier::Exact, 0.0))
    } else if stored.starts_with(typed) {
        Some((Part::Beginning, Tier::Beginning, 1.0))
    } else if is_one_off(typed, stored) {
        Some((Part::OneOff, Tier::Guess, ONE_OFF))
    } else {
        None
    }
}

fn judge_digits(typed: &str, stored: &str) -> Judged {
    let judged = judge_text(typed, stored);
    if judged.is_some() || typed.len() < 4 {
        return judged;
    }
    if let Some(before) = stored.strip_suffix(typed) {
        let shown = if typed.len() > 7 { before.len() } else { stored.len() - typed.len() };
        let ending = stored.get(shown..)?.to_owned();
        return Some((Part::Ending(ending), Tier::Exact, 0.5));
    }
    // An error in the last seven: the end of the number may be a digit shorter or longer.
    let n = typed.len();
    let is_near_end = n >= 7
        && [n - 1, n, n + 1].into_iter().any(|n| {
            let end = stored.len().checked_sub(n).and_then(|from| stored.get(from..));
            end.is_some_and(|end| is_one_off(typed, end))
        });
    is_near_end.then_some((Part::OneOff, Tier::Guess, ONE_OFF + 0.5))
}

fn judge_email(typed: &str, stored: &str) -> Judged {
    let judged = judge_text(typed, stored);
    if matches!(judged, Some((Part::Whole, ..))) {
        return judged;
    }
    let (typed_local, stored_local) = (local_part(typed), local_part(stored));
    if !typed.contains('@') && typed == stored_local {
        return Some((Part::Beginning, Tier::Exact, 0.2));
    }
    if judged.is_some() {
        return judged;
    }
    if is_one_off(typed_local, stored_local) {
        let domain = |text: &str| text.split_once('@').map(|(_, domain)| domain.to_owned());
        let (typed_domain, stored_domain) = (domain(typed), domain(stored)?);
        if typed_domain.is_none_or(|typed| stored_domain.starts_with(&typed)) {
            return Some((Part::OneOff, Tier::Guess, ONE_OFF + 0.2));
        }
    }
    (typed.len() >= 3 && stored.contains(typed)).then_some((Part::Inside, Tier::Beginning, 2.0))
}

fn judge_code(typed: &str, stored: &str) -> Judged {
    let (typed_raw, stored_raw) = (letters_and_digits(typed), letters_and_digits(stored));
    let (typed_key, stored_key) = (code_letters(typed), code_letters(stored));
    let ending = |n: usize| {
        let from = stored_raw.len().checked_sub(n)?;
        Some(stored_raw.get(from..)?.to_ascii_uppercase())
    };
    if typed_raw.len() < 4 {
        return None;
    }
    if typed_raw == stored_raw {
        return Some((Part::Whole, Tier::Exact, 0.0));
    }
    if stored_raw.ends_with(&typed_raw) {
        return Some((Part::Ending(ending(typed_raw.len())?), Tier::Exact, 0.3));
    }
    if stored_raw.starts_with(&typed_raw) {
        return Some((Part::Beginning, Tier::Beginning, 0.5));
    }
    if !typed_raw.bytes().any(|byte| byte.is_ascii_digit()) && typed_raw.len() < 10 {
        return None; // Only letters: a word, unless it is an ending to the letter.
    }
    if typed_key == stored_key {
        return Some((Part::Misread, Tier::Exact, 1.0));
    }
    if stored_key.ends_with(&typed_key) || stored_key.starts_with(&typed_key) {
        return Some((Part::Misread, Tier::Beginning, 2.0));
    }
    is_one_off(&typed_key, &stored_key).then_some((Part::OneOff, Tier::Guess, ONE_OFF))
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
fn letters_and_digits(text: &str) -> String {
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

fn email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What stands before the @.
pub(super) fn local_part(email: &str) -> &str {
    email.split_once('@').map_or(email, |(local, _)| local)
}

/// A case number in the form in which it is compared; `None` if `text` is none.
fn case_number(text: &str) -> Option<String> {
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
    fn keys_are_judged_as_written() {
        let table: [(Column, &str, &str, Option<(Part, Tier)>); 16] = [
            (Column::Phone, "4129498233", "(412) 949-8233", Some((Part::Whole, Tier::Exact))),
            (Column::Phone, "9498233", "412 949 8233", Some((Part::Ending("9498233".into()), Tier::Exact))),
            (Column::Phone, "8233", "412 949 8233", Some((Part::Ending("8233".into()), Tier::Exact))),
            (Column::Phone, "4129498332", "412 949 8233", None),
            (Column::Phone, "4129498323", "412 949 8233", Some((Part::OneOff, Tier::Guess))),
            (Column::Phone, "9498223", "412 949 8233", Some((Part::OneOff, Tier::Guess))),
            (Column::Phone, "412", "412 949 8233", Some((Part::Beginning, Tier::Beginning))),
            (Column::Email, "david.m", "David.M@gmail.com", Some((Part::Beginning, Tier::Exact))),
            (Column::Email, "vid.m@gm", "David.M@gmail.com", Some((Part::Inside, Tier::Beginning))),
            (Column::Email, "davdi.m@gmail.com", "david.m@gmail.com", Some((Part::OneOff, Tier::Guess))),
            (Column::Email, "davdi.m@gm", "david.m@gmail.com", Some((Part::OneOff, Tier::Guess))),
            (Column::Code, "HST6A", "XXXXX-HST6A", Some((Part::Ending("HST6A".into()), Tier::Exact))),
            (Column::Code, "H5T6A", "XXXXX-HST6A", Some((Part::Misread, Tier::Beginning))),
            (Column::Code, "james", "XXXXX-JAME5", None),
            (Column::CaseNumber, "d2 00419", "D2-00419", Some((Part::Whole, Tier::Exact))),
            (Column::Serial, "c02-xl0", "C02XL0ABJ", Some((Part::Beginning, Tier::Beginning))),
        ];
        for (column, typed, stored, expected) in table {
            let probe = Probe::new(column, Span::Exact(String::new()), Stage::First, typed);
            let judged = probe.judge(1, stored).map(|hit| match hit.reason {
                Reason::Key(_, part) => (part, hit.tier),
                other => panic!("{other:?}"),
            });
            assert_eq!(judged, expected, "{typed} {stored}");
        }
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
