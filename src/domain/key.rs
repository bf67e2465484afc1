//! The stored forms of what a customer is found by, beside the name.
//!
//! The file keeps each key in the forms of its [`Column`]s; lookup asks for ranges of them. Both
//! fold with [`Column::key`], so what was stored is found however it was typed.

use crate::domain::fold;
use crate::domain::id::CaseNumber;

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
    /// Lower case, where any part can be found. No range finds that: it is looked for in memory.
    EmailInside,
    /// Letters that look alike made one, see [`fold::code`].
    Code,
    /// The same, reversed.
    CodeBackward,
    /// Digits of a receipt number.
    Receipt,
    /// The same, reversed.
    ReceiptBackward,
    /// Capitals and digits of a member id, or of the customer's id in another system.
    MemberId,
    /// Of a device's serial number, letters that look alike made one.
    Serial,
    /// A case number as it is written: `D2-00419`.
    CaseNumber,
}

impl Column {
    /// The form in which `text` is stored in this column; `None` if nothing of it remains.
    pub fn key(self, text: &str) -> Option<String> {
        let key = match self {
            Self::Phone => fold::phone(text),
            Self::PhoneLocal => {
                let digits = fold::phone(text);
                digits.get(digits.len().checked_sub(PHONE_LOCAL_DIGITS)?..)?.to_owned()
            }
            Self::PhoneBackward => fold::reversed(&fold::phone(text)),
            Self::Email | Self::EmailInside => fold::email(text),
            Self::EmailBackward => fold::reversed(local_part(&fold::email(text))),
            Self::Code | Self::Serial => fold::code(text),
            Self::CodeBackward => fold::reversed(&fold::code(text)),
            Self::Receipt => fold::digits(text),
            Self::ReceiptBackward => fold::reversed(&fold::digits(text)),
            Self::MemberId => fold::letters_and_digits(text),
            Self::CaseNumber => case_number(text)?,
        };
        (!key.is_empty()).then_some(key)
    }
}

/// Digits of a phone number within its area.
pub const PHONE_LOCAL_DIGITS: usize = 7;

/// The last four digits of a phone number of at least seven digits.
pub fn last_four(phone: &str) -> Option<u16> {
    let all = fold::phone(phone);
    if all.len() < PHONE_LOCAL_DIGITS {
        return None;
    }
    all.get(all.len() - 4..)?.parse().ok()
}

/// What stands before the @.
pub fn local_part(email: &str) -> &str {
    email.split_once('@').map_or(email, |(local, _)| local)
}

/// A case number as it is written, `D2-00419`, also from `d2 419`; `None` if `text` is none. Every
/// desk's prefix begins with a letter: digits alone are something else.
pub fn case_number(text: &str) -> Option<String> {
    let text = text.trim().replace([' ', '–'], "-");
    let number: CaseNumber = text.parse().ok()?;
    let is_desk = number.prefix.starts_with(|first: char| first.is_ascii_alphabetic());
    is_desk.then(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_has_one_stored_form() {
        let table: [(Column, &str, Option<&str>); 18] = [
            (Column::Phone, "+1 (412) 949-8233", Some("4129498233")),
            (Column::Phone, "412.949.8233 x12", Some("4129498233")),
            (Column::Phone, "none", None),
            (Column::PhoneLocal, "412-949-8233", Some("9498233")),
            (Column::PhoneLocal, "8233", None),
            (Column::PhoneBackward, "412-949-8233", Some("3328949214")),
            (Column::Email, " David.M@Gmail.com", Some("david.m@gmail.com")),
            (Column::EmailBackward, "david.m@gmail.com", Some("m.divad")),
            (Column::Code, "OQD0B-8S5Z2-G6VUI-L1xyz", Some("000088552266UU111XY2")),
            (Column::CodeBackward, "HST6A", Some("A6T5H")),
            (Column::Receipt, "0112-032-6467-091925", Some("01120326467091925")),
            (Column::ReceiptBackward, "BBY01-42", Some("2410")),
            (Column::MemberId, "m-12 34", Some("M1234")),
            (Column::Serial, "c02-xlo", Some("C02X10")),
            (Column::CaseNumber, "D2-00419", Some("D2-00419")),
            (Column::CaseNumber, "d2 419", Some("D2-00419")),
            (Column::CaseNumber, "john smith", None),
            (Column::CaseNumber, "0112-032", None),
        ];
        for (column, text, key) in table {
            assert_eq!(column.key(text).as_deref(), key, "{column:?} {text}");
        }
        assert_eq!(last_four("(412) 949-0042"), Some(42));
        assert_eq!(last_four("0042"), None);
    }
}
