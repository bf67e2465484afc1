//! The questions that a query is asked: each one range of one index, a few rows at most.

use super::asked::Asked;
use super::{EXACT, Match};
use crate::domain::fold;
use crate::domain::id::ExternalId;
use crate::store::error::StoreError;
use rusqlite::{Connection, named_params};

/// A range of an index. Each gives `external_id` and the `key` that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe {
    pub sql: &'static str,
}

/// `$key` of `$table` between `:from` and `:to`. That it is not empty is said again, because only
/// then a partial index is used.
macro_rules! range {
    ($table:literal, $id:literal, $key:literal) => {
        Probe {
            sql: concat!(
                "SELECT ",
                $id,
                " AS external_id, ",
                $key,
                " AS key FROM ",
                $table,
                " WHERE ",
                $key,
                " >= :from AND ",
                $key,
                " < :to AND ",
                $key,
                " <> ''",
                " ORDER BY ",
                $key,
                " LIMIT :limit"
            ),
        }
    };
}

const NAME: Probe = range!("customer", "external_id", "name_key");
const GIVEN: Probe = range!("customer", "external_id", "given_key");
const PHONE: Probe = range!("customer", "external_id", "phone_key");
const PHONE_END: Probe = range!("customer", "external_id", "phone_rkey");
const PHONE2_END: Probe = range!("customer", "external_id", "phone2_rkey");
const EMAIL: Probe = range!("customer", "external_id", "email_key");
const MEMBER: Probe = range!("customer", "external_id", "member_key");
const ID: Probe = range!("customer", "external_id", "external_id");
const CODE: Probe = range!("subscription", "customer", "code_key");
const CODE_END: Probe = range!("subscription", "customer", "code_rkey");
const RECEIPT: Probe = range!("subscription", "customer", "receipt_key");
const RECEIPT_END: Probe = range!("subscription", "customer", "receipt_rkey");
const SERIAL: Probe = range!("device", "customer", "serial_key");
const CASE: Probe = range!("cases", "customer", "number");

/// A name beside a phone's end: the end is rarer, so its index is the one that is walked. The
/// plus signs keep SQLite from the others.
macro_rules! name_beside {
    ($key:literal) => {
        concat!(
            "SELECT external_id, +name_key AS key FROM customer
              WHERE ",
            $key,
            " >= :from AND ",
            $key,
            " < :to AND ",
            $key,
            " <> ''
                AND ((+name_key >= :name AND +name_key < :name_to)
                     OR (+given_key >= :name AND +given_key < :name_to))
              ORDER BY ",
            $key,
            " LIMIT :limit"
        )
    };
}
const NAME_BESIDE_PHONE: &str = name_beside!("phone_rkey");
const NAME_BESIDE_PHONE2: &str = name_beside!("phone2_rkey");

/// Every statement, so that a test can ask SQLite how it would run it.
#[cfg(test)]
pub(super) const ALL: [&str; 16] = [
    NAME.sql,
    GIVEN.sql,
    PHONE.sql,
    PHONE_END.sql,
    PHONE2_END.sql,
    EMAIL.sql,
    MEMBER.sql,
    ID.sql,
    CODE.sql,
    CODE_END.sql,
    RECEIPT.sql,
    RECEIPT_END.sql,
    SERIAL.sql,
    CASE.sql,
    NAME_BESIDE_PHONE,
    NAME_BESIDE_PHONE2,
];

/// Collects what the probes find, the better reason for each customer.
struct Search<'a> {
    conn: &'a Connection,
    limit: i64,
    matches: Vec<Match>,
}

/// Asks everything that `asked` may mean. Best first, `limit` at most.
pub(super) fn run(
    conn: &Connection,
    asked: &Asked,
    limit: usize,
) -> Result<Vec<Match>, StoreError> {
    let limit_rows = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut search = Search { conn, limit: limit_rows, matches: Vec::new() };
    if !asked.text.is_empty() {
        search.numbers(asked)?;
        search.codes(asked)?;
        search.phones(asked)?;
        search.names(asked)?;
    }
    let mut matches = search.matches;
    // Stable: what one index gives in order stays in order.
    matches.sort_by_key(|found| std::cmp::Reverse(found.score));
    matches.truncate(limit);
    Ok(matches)
}

impl Search<'_> {
    /// Case numbers, ids, member ids, receipts, e-mail addresses.
    fn numbers(&mut self, asked: &Asked) -> Result<(), StoreError> {
        if let Some(number) = &asked.case {
            let number = number.to_string();
            self.whole(CASE, &number, &format!("case {number}"))?;
        }
        self.whole(ID, &asked.text, "customer id")?;
        let upper = asked.text.to_uppercase();
        self.whole(ID, &upper, "customer id")?;
        if asked.letters.len() >= 4 && asked.has_digit {
            self.begins(ID, &upper, ("customer id begins with it", 640))?;
            self.whole(MEMBER, &asked.letters, "member id")?;
            self.begins(MEMBER, &asked.letters, ("member id begins with it", 650))?;
            self.whole(RECEIPT, &asked.letters, "receipt")?;
            let end = fold::reversed(&asked.letters);
            self.begins(RECEIPT_END, &end, (&format!("receipt ends {}", asked.letters), 790))?;
        }
        if asked.letters.len() >= 6 && asked.has_digit {
            self.begins(RECEIPT, &asked.letters, ("receipt begins with it", 660))?;
        }
        if let Some(email) = asked.email.as_deref().filter(|email| email.len() >= 3) {
            self.whole(EMAIL, email, "e-mail")?;
            let score = if email.contains('@') { 900 } else { 620 };
            self.begins(EMAIL, email, (&format!("e-mail begins {email}"), score))?;
        }
        Ok(())
    }

    /// Activation codes and serial numbers. Letters alone are rather a name.
    fn codes(&mut self, asked: &Asked) -> Result<(), StoreError> {
        let (code, n_letters) = (asked.code.as_str(), asked.code.len());
        let doubt = if asked.has_digit { 0 } else { 400 };
        if n_letters >= 4 && asked.has_digit {
            self.whole(SERIAL, code, "serial number")?;
            self.begins(SERIAL, code, ("serial number begins with it", 670))?;
        }
        if n_letters >= 5 {
            self.begins(CODE, code, ("activation code begins with it", 700 - doubt))?;
        }
        if n_letters == 5 {
            let why = format!("activation code ends {}", asked.letters);
            self.begins(CODE_END, &fold::reversed(code), (&why, 880 - doubt))?;
        }
        if n_letters >= 10 {
            self.whole(CODE, code, "activation code")?;
            // Of a code that was exchanged only the last five letters are on file.
            let last = code.get(n_letters - 5..).unwrap_or_default();
            let why = format!("activation code ends {last}, exchanged");
            self.equals(CODE, last, (&why, 950))?;
        }
        Ok(())
    }

    /// Phone numbers, alone or beside a name.
    fn phones(&mut self, asked: &Asked) -> Result<(), StoreError> {
        if let Some(phone) = &asked.phone {
            let end = fold::reversed(phone);
            if phone.len() >= 10 {
                self.whole(PHONE, phone, "phone")?;
                self.equals(PHONE2_END, &end, ("second phone", EXACT))?;
            }
            if phone.len() >= 4 {
                let score = if phone.len() >= 7 { 900 } else { 800 };
                self.begins(PHONE_END, &end, (&format!("phone ends {phone}"), score))?;
                let why = format!("second phone ends {phone}");
                self.begins(PHONE2_END, &end, (&why, score - 5))?;
            }
            self.begins(PHONE, phone, ("phone begins with it", 600))?;
        }
        if let Some(digits) = &asked.digits_beside {
            let (name, end) = (asked.name(), fold::reversed(digits));
            for sql in [NAME_BESIDE_PHONE, NAME_BESIDE_PHONE2] {
                let mut statement = self.conn.prepare_cached(sql)?;
                let params = named_params! {
                    ":from": end,
                    ":to": after(&end),
                    ":name": name,
                    ":name_to": after(&name),
                    ":limit": self.limit,
                };
                let rows = statement.query_map(params, |row| row.get("external_id"))?;
                let found: Vec<ExternalId> = rows.collect::<Result<_, _>>()?;
                for customer in found {
                    self.add(customer, &format!("name, phone ends {digits}"), 960);
                }
            }
        }
        Ok(())
    }

    /// Beginnings of names, in either order.
    fn names(&mut self, asked: &Asked) -> Result<(), StoreError> {
        let name = asked.name();
        // With four digits beside it only both together are meant.
        if name.is_empty() || asked.digits_beside.is_some() {
            return Ok(());
        }
        for found in self.range(NAME, &name, &after(&name))? {
            let (why, score) = match found.1.strip_prefix(&name) {
                Some("") => ("whole name", 910),
                Some(rest) if rest.starts_with(' ') => ("last name", 860),
                Some(_) | None => ("name begins with it", 760),
            };
            self.add(found.0, why, score);
        }
        if asked.is_surname_first {
            return Ok(());
        }
        for found in self.range(GIVEN, &name, &after(&name))? {
            let (why, score) = match found.1.strip_prefix(&name) {
                Some("") => ("whole name", 910),
                Some(rest) if rest.starts_with(' ') => ("first name", 840),
                Some(_) | None => ("name begins with it", 740),
            };
            self.add(found.0, why, score);
        }
        Ok(())
    }

    /// What is `key` itself.
    fn whole(&mut self, probe: Probe, key: &str, why: &str) -> Result<(), StoreError> {
        self.equals(probe, key, (why, EXACT))
    }

    fn equals(&mut self, probe: Probe, key: &str, reason: (&str, u16)) -> Result<(), StoreError> {
        // The next text after `key` itself.
        self.found(probe, (key, &format!("{key}\0")), reason)
    }

    fn begins(&mut self, probe: Probe, key: &str, reason: (&str, u16)) -> Result<(), StoreError> {
        self.found(probe, (key, &after(key)), reason)
    }

    fn found(
        &mut self,
        probe: Probe,
        (from, to): (&str, &str),
        (why, score): (&str, u16),
    ) -> Result<(), StoreError> {
        if !from.is_empty() {
            for (customer, _) in self.range(probe, from, to)? {
                self.add(customer, why, score);
            }
        }
        Ok(())
    }

    /// The first rows of a range, each with its key.
    fn range(
        &self,
        probe: Probe,
        from: &str,
        to: &str,
    ) -> Result<Vec<(ExternalId, String)>, StoreError> {
        let mut statement = self.conn.prepare_cached(probe.sql)?;
        let params = named_params! { ":from": from, ":to": to, ":limit": self.limit };
        let rows =
            statement.query_map(params, |row| Ok((row.get("external_id")?, row.get("key")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add(&mut self, customer: ExternalId, why: &str, score: u16) {
        match self.matches.iter_mut().find(|known| known.customer == customer) {
            Some(known) if known.score >= score => (),
            Some(known) => {
                known.score = score;
                why.clone_into(&mut known.why);
            }
            None => self.matches.push(Match { customer, why: why.to_owned(), score }),
        }
    }
}

/// The end of the range of everything that begins with `key`.
fn after(key: &str) -> String {
    format!("{key}{}", char::MAX)
}
