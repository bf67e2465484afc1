//! The key columns of customers and subscriptions: what lookup searches.
//!
//! Desk and importer fill them with the same functions.

use crate::domain::customer::Customer;
use crate::domain::fold;

/// The key columns of a row of `customer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CustomerKeys {
    /// Surname, blank, given name.
    pub name: String,
    /// Given name, blank, surname.
    pub given: String,
    /// Digits without the country code.
    pub phone: String,
    /// The same from its end.
    pub phone_reversed: String,
    /// The second number from its end.
    pub phone2_reversed: String,
    /// Lower-case.
    pub email: String,
    /// Capitals and digits.
    pub member: String,
}

impl CustomerKeys {
    /// The keys of `customer`.
    pub(super) fn of(customer: &Customer) -> Self {
        let (given, surname) = (fold::fold(&customer.given_name), fold::fold(&customer.surname));
        let phone = fold::phone(&customer.phone);
        Self {
            name: format!("{surname} {given}").trim().to_owned(),
            given: format!("{given} {surname}").trim().to_owned(),
            phone_reversed: fold::reversed(&phone),
            phone,
            phone2_reversed: fold::reversed(&fold::phone(&customer.phone2)),
            email: fold::email(&customer.email),
            member: fold::letters_and_digits(&customer.member_id),
        }
    }
}

/// The key columns of a row of `subscription`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SubscriptionKeys {
    /// Look-alike letters as one.
    pub code: String,
    /// The same from its end.
    pub code_reversed: String,
    /// Capitals and digits.
    pub receipt: String,
    /// The same from its end.
    pub receipt_reversed: String,
}

impl SubscriptionKeys {
    /// The keys of an activation code and a receipt number; either may be empty.
    pub(super) fn of(activation_code: &str, receipt_no: &str) -> Self {
        let code = fold::code(activation_code);
        let receipt = fold::letters_and_digits(receipt_no);
        Self {
            code_reversed: fold::reversed(&code),
            code,
            receipt_reversed: fold::reversed(&receipt),
            receipt,
        }
    }
}
