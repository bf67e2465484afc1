//! A customer as two are compared.

use super::fold;
use super::key::{Column, phone_digits};

/// A customer as two are compared. A million of them are held at once, so all is in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The folded fields, one after the other, in the order of the methods below.
    text: Box<str>,
    /// Where each field ends.
    ends: [u16; N_FIELDS],
}

const N_FIELDS: usize = 7;

/// The fields of a customer as written; empty where nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fields<'a> {
    /// The given name.
    pub given: &'a str,
    /// The surname.
    pub surname: &'a str,
    /// Up to two phones.
    pub phones: [&'a str; 2],
    /// The e-mail address.
    pub email: &'a str,
    /// The street with its number.
    pub street: &'a str,
    /// The ZIP code, or the town where there is none.
    pub place: &'a str,
}

/// The ZIP code, or the town where there is none.
pub fn place<'a>(postcode: &'a str, town: &'a str) -> &'a str {
    if postcode.trim().is_empty() { town } else { postcode }
}

/// `none@none.com` is nobody's.
fn email(text: &str) -> String {
    let email = Column::Email.key(text).unwrap_or_default();
    let is_made_up = email.split_once('@').is_some_and(|(local, domain)| {
        domain.strip_prefix(local).is_some_and(|rest| rest.starts_with('.'))
    });
    if is_made_up { String::new() } else { email }
}

/// Of ZIP+4 the five that everybody knows.
fn postcode_or_town(text: &str) -> String {
    let mut folded = fold::joined(text);
    if folded.len() == 9 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        folded.truncate(5);
    }
    folded
}

impl Person {
    /// Folds the fields of a customer.
    pub fn new(fields: &Fields<'_>) -> Self {
        let phone = |text: &str| {
            let is_phone = |digits: &String| {
                // One digit again and again stands for "none".
                digits.len() >= 7
                    && !digits.bytes().all(|digit| digits.starts_with(char::from(digit)))
            };
            Some(phone_digits(text)).filter(is_phone).unwrap_or_default()
        };
        let [phone_one, phone_two] = fields.phones.map(phone);
        let folded: [String; N_FIELDS] = [
            fold::words(fields.given).concat(),
            fold::words(fields.surname).concat(),
            phone_one,
            phone_two,
            email(fields.email),
            fold::joined(fields.street),
            postcode_or_town(fields.place),
        ];
        let (mut text, mut ends) = (String::new(), [0; N_FIELDS]);
        for (field, end) in folded.iter().zip(&mut ends) {
            // What is longer than this says nothing more.
            text.extend(field.chars().take(FIELD_CHARS_MAX));
            *end = text.len() as u16;
        }
        Self { text: text.into_boxed_str(), ends }
    }

    /// The folded given names as one word.
    pub(super) fn given(&self) -> &str {
        self.field(0)
    }

    /// The folded surname as one word.
    pub(super) fn surname(&self) -> &str {
        self.field(1)
    }

    /// Digits of up to two phones.
    pub(super) fn phones(&self) -> impl Iterator<Item = &str> {
        [self.field(2), self.field(3)].into_iter().filter(|phone| !phone.is_empty())
    }

    /// Lower-case e-mail.
    pub(super) fn email(&self) -> &str {
        self.field(4)
    }

    /// Folded street with its number.
    pub(super) fn street(&self) -> &str {
        self.field(5)
    }

    /// Folded ZIP code, or else town.
    pub(super) fn place(&self) -> &str {
        self.field(6)
    }

    fn field(&self, place: usize) -> &str {
        let end_of = |place: usize| self.ends.get(place).copied().map_or(0, usize::from);
        let start = place.checked_sub(1).map_or(0, end_of);
        self.text.get(start..end_of(place)).unwrap_or_default()
    }
}

/// So many letters of a field are compared.
const FIELD_CHARS_MAX: usize = 200;
