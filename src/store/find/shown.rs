//! What is shown of customers, by their row numbers.

use crate::domain::customer::Customer;
use crate::domain::eligibility::{self, Verdict};
use crate::domain::id::{CaseId, CaseNumber, ExternalId};
use crate::store::customer::{self, read_customer};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::settings;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A customer in a list.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its number in this file.
    pub row: i64,
    /// Who.
    pub customer: Customer,
    /// The folded name, the same of all who are called so.
    pub name_key: String,
    /// The verdict on the free exchange; `None` when no subscription is on file.
    pub verdict: Option<Verdict>,
    /// The latest case that is open.
    pub open_case: Option<(CaseId, CaseNumber)>,
}

impl Reader {
    /// The customers of `rows`, in this order, decided for `today`. One that is not there is left
    /// out.
    pub fn shown(&self, rows: &[i64], today: NaiveDate) -> Result<Vec<Shown>, StoreError> {
        self.at_one_moment(|conn| {
            let campaign = settings::settings(conn)?.campaign;
            let mut all = Vec::with_capacity(rows.len());
            for row in rows {
                let Some((customer, name_key)) = customer_of(conn, *row)? else { continue };
                let subscriptions = customer::subscriptions(conn, &customer.external_id, None)?;
                let verdict = eligibility::best(&campaign, &subscriptions, today)
                    .map(|best| eligibility::decide(&campaign, Some(best), today).verdict());
                let open_case = open_case(conn, &customer.external_id)?;
                all.push(Shown { row: *row, customer, name_key, verdict, open_case });
            }
            Ok(all)
        })
    }

    /// The id of the customer in `row`; `None` when there is none.
    pub fn external_id(&self, row: i64) -> Result<Option<ExternalId>, StoreError> {
        let sql = "SELECT external_id FROM customer WHERE row = :row";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(named_params! { ":row": row }, |row| row.get(0)).optional()?)
    }

    /// How many have this folded name, counted up to `limit`.
    pub fn n_called(&self, name_key: &str, limit: usize) -> Result<usize, StoreError> {
        let sql = "SELECT count(*)
                     FROM (SELECT 1 FROM customer WHERE name_key = :name LIMIT :limit)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = named_params! { ":name": name_key, ":limit": limit };
        let n: i64 = statement.query_row(params, |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or_default())
    }

    /// The rows of all who are called like `customer`, in the order of rows, at most `limit`.
    pub fn namesakes(&self, customer: &ExternalId, limit: usize) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT row FROM customer
                    WHERE name_key = (SELECT name_key FROM customer WHERE external_id = :customer)
                    ORDER BY row LIMIT :limit";
        let mut statement = self.conn.prepare_cached(sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let params = named_params! { ":customer": customer, ":limit": limit };
        Ok(statement.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

fn customer_of(conn: &Connection, row: i64) -> Result<Option<(Customer, String)>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM customer WHERE row = :row")?;
    let read = |row: &Row<'_>| Ok((read_customer(row)?, row.get("name_key")?));
    Ok(statement.query_row(named_params! { ":row": row }, read).optional()?)
}

fn open_case(
    conn: &Connection,
    customer: &ExternalId,
) -> Result<Option<(CaseId, CaseNumber)>, StoreError> {
    let sql = "SELECT id, number FROM cases WHERE customer = :customer AND closed_at_ms IS NULL
                ORDER BY opened_at_ms DESC LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    let params = named_params! { ":customer": customer };
    Ok(statement.query_row(params, |row| Ok((row.get("id")?, row.get("number")?))).optional()?)
}
