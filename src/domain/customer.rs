//! A customer, a new one being entered, and when two are probably the same person.

use crate::domain::id::ExternalId;
use serde::{Deserialize, Serialize};

/// A person in the store's directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Unique in the directory.
    pub external_id: ExternalId,
    /// First name or names.
    pub given_name: String,
    /// Family name.
    pub surname: String,
    /// As written; empty when unknown.
    pub phone: String,
    /// A second number; empty when unknown.
    pub phone2: String,
    /// As written; empty when unknown.
    pub email: String,
    /// Street and house number; empty when unknown.
    pub street: String,
    /// Town; empty when unknown.
    pub city: String,
    /// Two letters in the US; empty when unknown.
    pub state: String,
    /// ZIP; empty when unknown.
    pub postcode: String,
    /// Loyalty program id; empty when unknown.
    pub member_id: String,
}

impl Customer {
    /// `Amara Okafor`.
    pub fn full_name(&self) -> String {
        let name = format!("{} {}", self.given_name, self.surname);
        name.trim().to_owned()
    }

    /// Street, town, state and ZIP in one line; what is unknown is left out.
    pub fn address_line(&self) -> String {
        let region = format!("{} {}", self.state, self.postcode);
        [self.street.as_str(), self.city.as_str(), region.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What is typed of a new customer. Three fields are required: both names, and a phone or e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerDraft {
    /// Required.
    pub given_name: String,
    /// Required.
    pub surname: String,
    /// Required: a phone number (7 to 15 digits) or an e-mail address.
    pub contact: String,
    /// Optional.
    pub city: String,
    /// Optional.
    pub postcode: String,
    /// Optional.
    pub member_id: String,
}

/// A field of [`CustomerDraft`] that still wants something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CustomerGap {
    /// No first name.
    #[error("Enter the first name")]
    GivenName,
    /// No family name.
    #[error("Enter the last name")]
    Surname,
    /// Neither a phone number nor an e-mail address.
    #[error("Enter a phone number with 7 to 15 digits or an e-mail address")]
    Contact,
    /// A card number was typed.
    #[error("This looks like a card number. Card numbers are never stored here")]
    CardNumber,
}

impl CustomerDraft {
    /// The customer that was entered, or every gap in the order of the fields.
    pub fn check(&self, external_id: ExternalId) -> Result<Customer, Vec<CustomerGap>> {
        let contact = self.contact.trim();
        let n_digits = contact.chars().filter(char::is_ascii_digit).count();
        let is_email = contact.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !contact.contains(' ')
        });
        let is_phone = (7..=15).contains(&n_digits) && !contact.chars().any(char::is_alphabetic);
        let fields = [&self.given_name, &self.surname, &self.contact, &self.city, &self.postcode];
        let mut gaps = Vec::new();
        if self.given_name.trim().is_empty() {
            gaps.push(CustomerGap::GivenName);
        }
        if self.surname.trim().is_empty() {
            gaps.push(CustomerGap::Surname);
        }
        if !is_email && !is_phone {
            gaps.push(CustomerGap::Contact);
        }
        if fields.iter().any(|text| crate::domain::privacy::holds_card_number(text)) {
            gaps.push(CustomerGap::CardNumber);
        }
        if !gaps.is_empty() {
            return Err(gaps);
        }
        let text = |field: &String| field.trim().to_owned();
        Ok(Customer {
            external_id,
            given_name: text(&self.given_name),
            surname: text(&self.surname),
            phone: if is_email { String::new() } else { contact.to_owned() },
            phone2: String::new(),
            email: if is_email { contact.to_owned() } else { String::new() },
            street: String::new(),
            city: text(&self.city),
            state: String::new(),
            postcode: text(&self.postcode),
            member_id: text(&self.member_id),
        })
    }

    /// Whether anything was typed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_fields_make_a_customer_and_each_gap_is_named() {
        use CustomerGap::{CardNumber, Contact, GivenName, Surname};
        let table: [(&str, &str, &str, &[CustomerGap]); 8] = [
            ("Amara", "Okafor", "612 555 0142", &[]),
            ("Amara", "Okafor", "amara.o@example.com", &[]),
            ("", " ", "", &[GivenName, Surname, Contact]),
            ("Amara", "Okafor", "555", &[Contact]),
            ("Amara", "Okafor", "amara@", &[Contact]),
            ("Amara", "Okafor", "@example.com", &[Contact]),
            ("Amara", "Okafor", "call 612 555 0142", &[Contact]),
            ("Amara", "4111 1111 1111 1111", "612 555 0142", &[CardNumber]),
        ];
        for (given, surname, contact, gaps) in table {
            let draft = CustomerDraft {
                given_name: given.to_owned(),
                surname: surname.to_owned(),
                contact: contact.to_owned(),
                ..CustomerDraft::default()
            };
            let checked = draft.check(ExternalId("N-1".to_owned()));
            assert_eq!(checked.err().unwrap_or_default(), gaps, "{given} {surname} {contact}");
        }
    }
}
