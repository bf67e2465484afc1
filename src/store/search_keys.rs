//! The key columns of customers and subscriptions: what lookup searches.
//!
//! Desk, importer and an older file that climbs to a newer schema fill them with the same
//! functions.

use crate::domain::customer::Customer;
use crate::domain::fold;
use crate::domain::key::Column;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

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
    /// Digits of the second number.
    pub phone2: String,
    /// The same from its end.
    pub phone2_reversed: String,
    /// Lower-case.
    pub email: String,
    /// What stands before the @, from its end.
    pub email_reversed: String,
    /// Capitals and digits.
    pub member: String,
    /// See [`id_key`].
    pub id: String,
}

impl CustomerKeys {
    /// The keys of `customer`.
    pub(super) fn of(customer: &Customer) -> Self {
        let (given, surname) = (fold::fold(&customer.given_name), fold::fold(&customer.surname));
        let (phone, phone2) = (fold::phone(&customer.phone), fold::phone(&customer.phone2));
        Self {
            name: format!("{surname} {given}").trim().to_owned(),
            given: format!("{given} {surname}").trim().to_owned(),
            phone_reversed: fold::reversed(&phone),
            phone,
            phone2_reversed: fold::reversed(&phone2),
            phone2,
            email: key(Column::Email, &customer.email),
            email_reversed: key(Column::EmailBackward, &customer.email),
            member: key(Column::MemberId, &customer.member_id),
            id: id_key(&customer.external_id.0),
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
    /// Digits.
    pub receipt: String,
    /// The same from its end.
    pub receipt_reversed: String,
}

impl SubscriptionKeys {
    /// The keys of an activation code and a receipt number; either may be empty.
    pub(super) fn of(activation_code: &str, receipt_no: &str) -> Self {
        let code = key(Column::Code, activation_code);
        let receipt = key(Column::Receipt, receipt_no);
        Self {
            code_reversed: fold::reversed(&code),
            code,
            receipt_reversed: fold::reversed(&receipt),
            receipt,
        }
    }
}

fn key(column: Column, text: &str) -> String {
    column.key(text).unwrap_or_default()
}

/// Capitals and digits of an id that has something else in it; empty for one that is its own key,
/// as most are: those are found by the index that every id is in anyway.
fn id_key(external_id: &str) -> String {
    let folded = fold::letters_and_digits(external_id);
    if folded == external_id { String::new() } else { folded }
}

/// A text to its key.
type Fold = fn(&str) -> String;

/// Calls `climb` on a connection that knows the functions by which key columns are filled.
pub(super) fn with_functions<T, E: From<rusqlite::Error>>(
    conn: &mut Connection,
    climb: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    let functions: [(&str, Fold); 4] = [
        ("key_reversed", fold::reversed),
        ("key_digits", fold::digits),
        ("key_email_local_reversed", |email| key(Column::EmailBackward, email)),
        ("key_id", id_key),
    ];
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    for (name, function) in functions {
        conn.create_scalar_function(name, 1, flags, move |context| {
            Ok(function(context.get_raw(0).as_str()?))
        })?;
    }
    let climbed = climb(conn);
    for (name, _) in functions {
        conn.remove_function(name, 1)?;
    }
    climbed
}
