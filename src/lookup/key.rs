//! Keys that the file's own indexes find: phone, e-mail, codes, receipts, ids.
//!
//! A [`Column`] says in which form a key is stored, and a [`Probe`] names the range of that column
//! to read. What lies in the range is a candidate:
//! [`Probe::judge`] compares the key as written, and says how well it agrees.

use super::judge;
use super::rank::{Field, KeyHit, Reason};

pub use crate::domain::fold::{code as code_letters, phone as phone_digits};
pub use crate::domain::key::{Column, last_four};

pub(super) use crate::domain::fold::{digits, email, letters_and_digits, reversed};
pub(super) use crate::domain::key::{case_number, local_part};

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
/// The same of e-mail addresses, of which several parts are probed.
const EMAIL_ROWS_MAX: usize = 300;

impl Probe {
    /// A probe for `typed`, as it was typed.
    pub(super) fn new(column: Column, span: Span, stage: Stage, typed: &str) -> Self {
        Self { column, span, stage, typed: typed.to_owned() }
    }

    /// At most so many rows should be read for this probe.
    pub fn rows_max(&self) -> usize {
        match (self.stage, self.column) {
            (Stage::First, _) => ROWS_MAX,
            (Stage::Fallback, Column::Email | Column::EmailBackward) => EMAIL_ROWS_MAX,
            (Stage::Fallback, _) => COMPARED_ROWS_MAX,
        }
    }

    /// How well the key `stored` (as written) of customer `row` agrees with what was typed.
    pub fn judge(&self, row: i64, stored: &str) -> Option<KeyHit> {
        let field = field(self.column);
        let (part, tier, cost) = judge::judge(field, &self.typed, stored)?;
        Some(KeyHit { row, tier, cost, reason: Reason::Key(field, part) })
    }
}

/// The field that a column is a form of.
fn field(column: Column) -> Field {
    match column {
        Column::Phone | Column::PhoneLocal | Column::PhoneBackward => Field::Phone,
        Column::Email | Column::EmailBackward | Column::EmailInside => Field::Email,
        Column::Code | Column::CodeBackward => Field::Code,
        Column::Receipt | Column::ReceiptBackward => Field::Receipt,
        Column::MemberId => Field::MemberId,
        Column::Serial => Field::Serial,
        Column::CaseNumber => Field::CaseNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_range_of_keys() {
        let (from, until) = Span::Exact("ab".into()).bounds().unwrap();
        assert!(from.as_str() <= "ab" && "ab" < until.as_str() && until.as_str() < "aba");
        let (from, until) = Span::Beginning("ab".into()).bounds().unwrap();
        assert!(from.as_str() <= "ab" && "abzzz" < until.as_str() && until.as_str() < "ac");
        assert_eq!(Span::Inside("ab".into()).bounds(), None);
    }
}
