//! Rows of the directory: customers and subscriptions, one by one into their tables.
//!
//! Parameters are bound by place here, against the rule: by name costs a search for each of 23
//! columns of each of a million rows.

use crate::domain::customer::Customer;
use crate::domain::intake::{LineProblem, SubscriptionLine, quoted};
use crate::domain::privacy::Secret;
use crate::store::digest::SubscriptionMark;
use crate::store::error::StoreError;
use crate::store::import::Took;
use crate::store::search_keys::{CustomerKeys, SubscriptionKeys};
use rusqlite::{Row, Statement, Transaction, params};

/// The table of customers.
pub(super) struct CustomerTable<'tx> {
    find: Statement<'tx>,
    insert: Statement<'tx>,
    update: Statement<'tx>,
    /// Nothing was here before the import, and the reader lets no id through twice: nothing to find.
    is_new: bool,
    /// Of the entry that ends the import.
    seq: i64,
}

impl<'tx> CustomerTable<'tx> {
    pub(super) fn prepare(tx: &'tx Transaction<'_>) -> Result<Self, StoreError> {
        let find = tx.prepare(
            "SELECT given_name, surname, phone, phone2, email, street, city, state, postcode,
                    member_id, origin
               FROM customer WHERE external_id = ?1",
        )?;
        let insert = tx.prepare(
            "INSERT INTO customer (external_id, given_name, surname, phone, phone2, email, street,
                                   city, state, postcode, member_id, name_key, given_key,
                                   phone_key, phone_rkey, phone2_rkey, email_key, member_key,
                                   phone2_key, email_rkey, id_key, changed_in, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19, ?20, ?21, ?22, 'file')",
        )?;
        let update = tx.prepare(
            "UPDATE customer
                SET given_name = ?2, surname = ?3, phone = ?4, phone2 = ?5, email = ?6,
                    street = ?7, city = ?8, state = ?9, postcode = ?10, member_id = ?11,
                    name_key = ?12, given_key = ?13, phone_key = ?14, phone_rkey = ?15,
                    phone2_rkey = ?16, email_key = ?17, member_key = ?18, phone2_key = ?19,
                    email_rkey = ?20, id_key = ?21, changed_in = ?22
              WHERE external_id = ?1",
        )?;
        let is_new = !tx.prepare("SELECT 1 FROM customer LIMIT 1")?.exists([])?;
        let seq = crate::store::journal::head(tx)?.seq + 1;
        Ok(Self { find, insert, update, is_new, seq })
    }

    pub(super) fn take(&mut self, row: &Customer) -> Result<Took, StoreError> {
        let found = if self.is_new { None } else { self.found(row)? };
        let statement = match found {
            Some(took) if took != Took::Changed => return Ok(took),
            Some(_) => &mut self.update,
            None => &mut self.insert,
        };
        let keys = CustomerKeys::of(row);
        statement.execute(params![
            row.external_id.0,
            row.given_name,
            row.surname,
            row.phone,
            row.phone2,
            row.email,
            row.street,
            row.city,
            row.state,
            row.postcode,
            row.member_id,
            keys.name,
            keys.given,
            keys.phone,
            keys.phone_reversed,
            keys.phone2_reversed,
            keys.email,
            keys.member,
            keys.phone2,
            keys.email_reversed,
            keys.id,
            self.seq,
        ])?;
        Ok(found.unwrap_or(Took::Added))
    }

    /// How the row stands to what is here; `None` when it is not here.
    fn found(&mut self, row: &Customer) -> Result<Option<Took>, StoreError> {
        let mut rows = self.find.query(params![row.external_id.0])?;
        let Some(found) = rows.next()? else { return Ok(None) };
        if found.get_ref(10)?.as_str().is_ok_and(|origin| origin == "desk") {
            return Ok(Some(Took::Kept));
        }
        let columns = [
            &row.given_name,
            &row.surname,
            &row.phone,
            &row.phone2,
            &row.email,
            &row.street,
            &row.city,
            &row.state,
            &row.postcode,
            &row.member_id,
        ];
        let is_same = columns
            .iter()
            .enumerate()
            .all(|(place, text)| text_at(found, place) == Some(text.as_str()));
        Ok(Some(if is_same { Took::Same } else { Took::Changed }))
    }
}

fn text_at<'row>(row: &'row Row<'_>, place: usize) -> Option<&'row str> {
    row.get_ref(place).ok().and_then(|value| value.as_str().ok())
}

/// The table of subscriptions.
pub(super) struct SubscriptionTable<'tx> {
    find: Statement<'tx>,
    insert: Statement<'tx>,
    update: Statement<'tx>,
    is_new: bool,
}

/// A row as its columns have it.
#[derive(Debug, PartialEq, Eq)]
struct Columns {
    customer: String,
    product: String,
    activation_code: String,
    receipt_no: String,
    purchased_on: Option<String>,
    expires_on: Option<String>,
    channel: String,
    seats: Option<u16>,
    term_months: Option<u16>,
}

/// What is here of a subscription.
struct Found {
    columns: Columns,
    is_from_desk: bool,
    is_exchanged: bool,
}

impl<'tx> SubscriptionTable<'tx> {
    pub(super) fn prepare(tx: &'tx Transaction<'_>) -> Result<Self, StoreError> {
        let find = tx.prepare(
            "SELECT customer, product, activation_code, receipt_no, purchased_on, expires_on,
                    channel, seats, term_months, origin = 'desk',
                    EXISTS (SELECT 1 FROM replacement WHERE subscription_uid = ?1)
               FROM subscription WHERE uid = ?1",
        )?;
        let insert = tx.prepare(
            "INSERT INTO subscription (uid, customer, product, activation_code, receipt_no,
                                       purchased_on, expires_on, channel, seats, term_months,
                                       code_key, code_rkey, receipt_key, receipt_rkey, origin)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'file')",
        )?;
        let update = tx.prepare(
            "UPDATE subscription
                SET customer = ?2, product = ?3, activation_code = ?4, receipt_no = ?5,
                    purchased_on = ?6, expires_on = ?7, channel = ?8, seats = ?9,
                    term_months = ?10, code_key = ?11, code_rkey = ?12, receipt_key = ?13,
                    receipt_rkey = ?14
              WHERE uid = ?1",
        )?;
        let is_new = !tx.prepare("SELECT 1 FROM subscription LIMIT 1")?.exists([])?;
        Ok(Self { find, insert, update, is_new })
    }

    pub(super) fn take(&mut self, row: SubscriptionLine) -> Result<Took, StoreError> {
        let code = row.activation_code.as_ref().map_or("", Secret::reveal);
        let uid = SubscriptionMark {
            customer: &row.customer,
            product: &row.product,
            activation_code: code,
            receipt_no: row.receipt_no.as_deref().unwrap_or_default(),
            purchased_on: row.purchased_on,
        }
        .uid();
        let mut columns = Columns {
            activation_code: code.to_owned(),
            customer: row.customer.0,
            product: row.product,
            receipt_no: row.receipt_no.unwrap_or_default(),
            purchased_on: row.purchased_on.map(|day| day.to_string()),
            expires_on: row.expires_on.map(|day| day.to_string()),
            channel: String::from(row.channel),
            seats: row.seats,
            term_months: row.term_months,
        };
        let found = if self.is_new { None } else { self.found(uid.0)? };
        if let Some(found) = &found {
            if found.is_from_desk {
                return Ok(Took::Kept);
            }
            if found.is_exchanged {
                // Only its end was kept when the key went out, and that stays so.
                columns.activation_code.clone_from(&found.columns.activation_code);
            }
            if found.columns == columns {
                return Ok(Took::Same);
            }
        }
        let statement = if found.is_some() { &mut self.update } else { &mut self.insert };
        let keys = SubscriptionKeys::of(&columns.activation_code, &columns.receipt_no);
        let done = statement.execute(params![
            uid.0,
            columns.customer,
            columns.product,
            columns.activation_code,
            columns.receipt_no,
            columns.purchased_on,
            columns.expires_on,
            columns.channel,
            columns.seats,
            columns.term_months,
            keys.code,
            keys.code_reversed,
            keys.receipt,
            keys.receipt_reversed,
        ]);
        match done {
            Ok(_) if found.is_some() => Ok(Took::Changed),
            Ok(_) => Ok(Took::Added),
            Err(err) if is_missing_parent(&err) => {
                Ok(Took::Refused(LineProblem::UnknownCustomer(quoted(&columns.customer))))
            }
            Err(err) => Err(err.into()),
        }
    }

    fn found(&mut self, uid: i64) -> Result<Option<Found>, StoreError> {
        let mut rows = self.find.query(params![uid])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(Found {
            columns: Columns {
                customer: row.get(0)?,
                product: row.get(1)?,
                activation_code: row.get(2)?,
                receipt_no: row.get(3)?,
                purchased_on: row.get(4)?,
                expires_on: row.get(5)?,
                channel: row.get(6)?,
                seats: row.get(7)?,
                term_months: row.get(8)?,
            },
            is_from_desk: row.get(9)?,
            is_exchanged: row.get(10)?,
        }))
    }
}

/// Whether the row was refused because its customer is not on file: the foreign key looks that
/// customer up anyway, so nobody looks twice.
fn is_missing_parent(err: &rusqlite::Error) -> bool {
    let code = err.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}
