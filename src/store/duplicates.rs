//! Customers who are probably the same person: one folded name, and phone, e-mail or ZIP code.

use crate::domain::id::ExternalId;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use std::ops::ControlFlow;

/// Two customers of one name who share more than that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Who was on file first.
    pub one: ExternalId,
    /// Who came later.
    pub other: ExternalId,
    /// 0 to 1000; higher is surer.
    pub score: u16,
    /// What is the same besides the name: at least one of `phone`, `e-mail`, `ZIP code`.
    pub shared: Vec<&'static str>,
}

impl Pair {
    /// `same name, phone and ZIP code`.
    pub fn reason(&self) -> String {
        let mut words = vec!["name"];
        words.extend(&self.shared);
        let last = words.pop().unwrap_or_default();
        format!("same {} and {last}", words.join(", "))
    }
}

impl Reader {
    /// Tells every pair, by name. The names are compared folded, phones by their digits.
    pub fn each_duplicate(
        &self,
        each: &mut dyn FnMut(Pair) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare(
            "SELECT a.external_id AS one, b.external_id AS other,
                    a.phone_key <> '' AND a.phone_key = b.phone_key AS has_phone,
                    a.email_key <> '' AND a.email_key = b.email_key AS has_email,
                    a.postcode <> '' AND a.postcode = b.postcode AS has_postcode
               FROM customer a INDEXED BY customer_name
               JOIN customer b INDEXED BY customer_name
                    ON b.name_key = a.name_key AND b.row > a.row
              WHERE a.name_key <> '' AND (has_phone OR has_email OR has_postcode)
              ORDER BY a.name_key, a.row, b.row",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let facts = [
                (row.get("has_phone")?, "phone", 250),
                (row.get("has_email")?, "e-mail", 250),
                (row.get("has_postcode")?, "ZIP code", 100),
            ];
            let shared = facts.iter().filter(|(is_same, ..)| *is_same);
            let pair = Pair {
                one: row.get("one")?,
                other: row.get("other")?,
                // A name alone says little; there are many of one name.
                score: 400 + shared.clone().map(|(_, _, worth)| worth).sum::<u16>(),
                shared: shared.map(|(_, what, _)| *what).collect(),
            };
            if each(pair).is_break() {
                break;
            }
        }
        Ok(())
    }
}
