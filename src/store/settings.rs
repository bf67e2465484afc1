//! What holds for the whole file: settings, its life, people, products, and how much is in it.

use crate::domain::catalog::Product;
use crate::domain::id::{Incarnation, PersonId, ProductId};
use crate::domain::people::Person;
use crate::domain::product_text::Seats;
use crate::domain::settings::Settings;
use crate::domain::signature_file::SignatureMark;
use crate::store::error::StoreError;
use crate::store::sql_types::{Json, Word};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// How much is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileCounts {
    /// Rows of `customer`.
    pub n_customers: i64,
    /// Rows of `subscription`.
    pub n_subscriptions: i64,
    /// Rows of `license_key`.
    pub n_keys: i64,
    /// Rows of `cases`.
    pub n_cases: i64,
}

/// Whether the file has its first entry.
pub(super) fn is_begun(conn: &Connection) -> Result<bool, StoreError> {
    Ok(meta::<String>(conn, "incarnation")?.is_some())
}

pub(super) fn settings(conn: &Connection) -> Result<Settings, StoreError> {
    meta::<Json<Settings>>(conn, "settings")?.map(|json| json.0).ok_or_else(|| missing("settings"))
}

pub(super) fn incarnation(conn: &Connection) -> Result<Incarnation, StoreError> {
    meta(conn, "incarnation")?.ok_or_else(|| missing("incarnation"))
}

/// The first counter that no case number of this desk has.
pub(super) fn next_case_counter(conn: &Connection) -> Result<u32, StoreError> {
    let text: Option<String> = meta(conn, "next_case_counter")?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| missing("next_case_counter"))
}

/// What is told of the signature file that was chosen; `None` for the program's own signatures.
pub(super) fn signature_mark(conn: &Connection) -> Result<Option<SignatureMark>, StoreError> {
    Ok(meta::<Json<SignatureMark>>(conn, "signatures")?.map(|json| json.0))
}

/// The text of the signature file that was chosen.
pub(super) fn signature_text(conn: &Connection) -> Result<Option<String>, StoreError> {
    meta(conn, "signatures_text")
}

fn meta<T: FromSql>(conn: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = :name";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row(named_params! { ":name": name }, |row| row.get("value")).optional()?)
}

fn missing(name: &str) -> StoreError {
    StoreError::Damaged(format!("meta has no {name}"))
}

/// Everybody, also who has left; leads first, then by name.
pub(super) fn people(conn: &Connection) -> Result<Vec<Person>, StoreError> {
    let sql = "SELECT * FROM person ORDER BY role <> 'lead', role, name, id";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map([], read_person)?.collect::<Result<_, _>>()?)
}

pub(super) fn person(conn: &Connection, id: PersonId) -> Result<Option<Person>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM person WHERE id = :id")?;
    Ok(statement.query_row(named_params! { ":id": id }, read_person).optional()?)
}

fn read_person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get("id")?,
        name: row.get("name")?,
        role: row.get::<_, Word<_>>("role")?.0,
        is_active: row.get("is_active")?,
    })
}

/// The name that stands in a list: of a person, or of the command line.
pub(super) fn who(conn: &Connection, id: Option<PersonId>) -> Result<String, StoreError> {
    let Some(id) = id else { return Ok("Command line".to_owned()) };
    Ok(person(conn, id)?.map_or_else(|| "Somebody unknown".to_owned(), |person| person.name))
}

/// The catalog, by name.
pub(super) fn products(conn: &Connection) -> Result<Vec<Product>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM product ORDER BY name_key")?;
    Ok(statement.query_map([], |row| read_product(row, "id"))?.collect::<Result<_, _>>()?)
}

pub(super) fn product(conn: &Connection, id: ProductId) -> Result<Option<Product>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM product WHERE id = :id")?;
    let mut rows =
        statement.query_map(named_params! { ":id": id }, |row| read_product(row, "id"))?;
    Ok(rows.next().transpose()?)
}

/// Reads a row of `product`, whose id stands in column `id_column`.
pub(super) fn read_product(row: &Row<'_>, id_column: &str) -> rusqlite::Result<Product> {
    Ok(Product {
        id: row.get(id_column)?,
        vendor: row.get("vendor")?,
        name: row.get("name")?,
        tier: row.get::<_, Option<Word<_>>>("tier")?.map(|word| word.0),
        seats: row.get::<_, Option<u16>>("seats")?.map_or(Seats::Unlimited, Seats::Count),
        term_months: row.get("term_months")?,
        platforms: row.get::<_, Json<_>>("platforms")?.0,
        activation_address: row.get("activation_address")?,
        key_groups: row.get("key_groups")?,
    })
}

/// How much is in the file. Counts the smallest index of each table: some ms for a million rows.
pub(super) fn counts(conn: &Connection) -> Result<FileCounts, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM customer) AS customers,
                      (SELECT count(*) FROM subscription) AS subscriptions,
                      (SELECT count(*) FROM license_key) AS keys,
                      (SELECT count(*) FROM cases) AS cases";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| {
        Ok(FileCounts {
            n_customers: row.get("customers")?,
            n_subscriptions: row.get("subscriptions")?,
            n_keys: row.get("keys")?,
            n_cases: row.get("cases")?,
        })
    })?)
}
