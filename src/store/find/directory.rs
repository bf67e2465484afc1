//! Everybody in the directory, for what is kept in memory: all of them once, then who changed.

use crate::store::error::StoreError;
use crate::store::reader::Reader;
use rusqlite::{Connection, Params, Row};
use std::ops::ControlFlow;

/// A customer as written. Nothing is read that is not asked for; text that is not readable reads
/// as empty.
#[derive(Debug, Clone, Copy)]
pub struct DirectoryRow<'r>(&'r Row<'r>);

/// The columns in the order in which [`DirectoryRow`] reads them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT row, given_name, surname, city, postcode, phone, phone2, email, street
               FROM customer ",
            $rest
        )
    };
}

impl<'r> DirectoryRow<'r> {
    /// Its number in this file.
    pub fn row(self) -> i64 {
        self.0.get(0).unwrap_or_default()
    }

    /// The given name.
    pub fn given_name(self) -> &'r str {
        self.text(1)
    }

    /// The surname.
    pub fn surname(self) -> &'r str {
        self.text(2)
    }

    /// The town.
    pub fn city(self) -> &'r str {
        self.text(3)
    }

    /// The ZIP code.
    pub fn postcode(self) -> &'r str {
        self.text(4)
    }

    /// Both phones; either may be empty.
    pub fn phones(self) -> [&'r str; 2] {
        [self.text(5), self.text(6)]
    }

    /// The e-mail address.
    pub fn email(self) -> &'r str {
        self.text(7)
    }

    /// The street with its number.
    pub fn street(self) -> &'r str {
        self.text(8)
    }

    fn text(self, place: usize) -> &'r str {
        self.0.get_ref(place).ok().and_then(|value| value.as_str().ok()).unwrap_or_default()
    }
}

/// Told of each customer; stops the reading.
pub type EachRow<'a> = &'a mut dyn FnMut(DirectoryRow<'_>) -> ControlFlow<()>;

impl Reader {
    /// The highest row number in the directory: about how many customers there are.
    pub fn last_customer_row(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(row), 0) FROM customer";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Tells everybody, in the order of rows. Gives the place in the journal up to which this is
    /// so: what comes later is told by [`Self::each_changed_customer`].
    pub fn each_customer(&self, each: EachRow<'_>) -> Result<i64, StoreError> {
        self.at_one_moment(|conn| tell(conn, select!("ORDER BY row"), [], each))
    }

    /// Tells who came or changed after the entry `seq`, the earliest first. Gives the place up to
    /// which this is so.
    pub fn each_changed_customer(&self, seq: i64, each: EachRow<'_>) -> Result<i64, StoreError> {
        let sql = select!("WHERE changed_in > ?1 ORDER BY changed_in, row");
        self.at_one_moment(|conn| tell(conn, sql, [seq], each))
    }
}

fn tell(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    each: EachRow<'_>,
) -> Result<i64, StoreError> {
    let seq = conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM journal")?
        .query_row([], |row| row.get(0))?;
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        if each(DirectoryRow(row)).is_break() {
            break;
        }
    }
    Ok(seq)
}
