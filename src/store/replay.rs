//! Replaying the journal into an empty file, and comparing the tables that come of it.
//!
//! Customers and subscriptions of an imported directory are reference data: no entry has their
//! rows, so they are neither replayed nor compared. Everything else is.

use crate::store::error::StoreError;
use crate::store::journal::{Head, Line};
use crate::store::{apply, migrations};
use rusqlite::{Connection, named_params};
use std::path::Path;

/// What replaying found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Replayed {
    /// Entries read.
    pub n_entries: i64,
    /// The first entry that does not fit the chain, and why.
    pub broken: Option<String>,
    /// Tables compared.
    pub n_tables: usize,
    /// Tables that are not what the journal says, and where.
    pub differences: Vec<String>,
}

/// Replays the journal of the file at `path`, all of it as it is at one moment.
pub(super) fn replay(path: &Path) -> Result<Replayed, StoreError> {
    // A file without a name: in memory as long as it is small, on disk after that.
    let mut fresh = Connection::open("")?;
    migrations::climb_all(&mut fresh)?;
    // Reference data is not there to be pointed at.
    fresh.pragma_update(None, "foreign_keys", false)?;
    let path = path.to_str().ok_or_else(|| {
        StoreError::CannotOpen("the name of the file is not readable text".to_owned())
    })?;
    fresh.execute("ATTACH DATABASE :path AS desk", named_params! { ":path": path })?;
    let tx = fresh.transaction()?;
    let mut found = replay_entries(&tx)?;
    // Tables of a journal that can't be read to its end would differ anyway.
    if found.differences.is_empty() {
        compare(&tx, &mut found)?;
    }
    Ok(found)
}

fn replay_entries(conn: &Connection) -> Result<Replayed, StoreError> {
    let mut found = Replayed::default();
    let mut head = Head::before_the_first();
    let mut statement = conn.prepare("SELECT * FROM desk.journal ORDER BY seq")?;
    for row in statement.query_map([], Line::read)? {
        let line = row?;
        found.n_entries += 1;
        if found.broken.is_none() {
            found.broken = line.follows(&head).err();
        }
        let applied = line.stamp().and_then(|stamp| apply::apply(conn, &stamp, &line.change()?));
        if let Err(err) = applied {
            found.differences.push(format!("entry {} can't be replayed: {err}", line.seq));
            return Ok(found);
        }
        head = line.into_head();
    }
    Ok(found)
}

/// Compares every table but the journal itself.
fn compare(conn: &Connection, found: &mut Replayed) -> Result<(), StoreError> {
    let sql = "SELECT name FROM main.sqlite_schema
                WHERE type = 'table' AND name <> 'journal' AND name NOT LIKE 'sqlite_%'
                ORDER BY name";
    let mut statement = conn.prepare(sql)?;
    let tables = statement.query_map([], |row| row.get("name"))?;
    for table in tables.collect::<Result<Vec<String>, _>>()? {
        found.n_tables += 1;
        let columns = columns(conn, &table)?;
        let which = match table.as_str() {
            "customer" | "subscription" => "WHERE origin = 'desk'",
            _ => "",
        };
        let replayed = format!("SELECT {columns} FROM main.{table} {which}");
        let stored = format!("SELECT {columns} FROM desk.{table} {which}");
        let sides =
            [(&replayed, &stored, "missing or other"), (&stored, &replayed, "too many or other")];
        for (these, those, word) in sides {
            let sql = format!("SELECT *, count(*) OVER () AS n_rows FROM ({these} EXCEPT {those})");
            let mut statement = conn.prepare(&sql)?;
            let mut rows = statement.query([])?;
            if let Some(row) = rows.next()? {
                let n_rows: i64 = row.get("n_rows")?;
                let id: rusqlite::types::Value = row.get(0)?;
                let id = text_of(&id);
                found.differences.push(format!("{table}: {n_rows} rows {word}, first {id}"));
            }
        }
    }
    Ok(())
}

/// The columns that stand in entries; `row` and `changed_in` are numbers of one file.
fn columns(conn: &Connection, table: &str) -> Result<String, StoreError> {
    let sql = "SELECT name FROM pragma_table_info(:table)
                WHERE name NOT IN ('row', 'changed_in') ORDER BY cid";
    let mut statement = conn.prepare(sql)?;
    let names = statement.query_map(named_params! { ":table": table }, |row| row.get("name"))?;
    Ok(names.collect::<Result<Vec<String>, _>>()?.join(", "))
}

/// An id in words. First columns are ids and names of settings, never keys.
fn text_of(id: &rusqlite::types::Value) -> String {
    match id {
        rusqlite::types::Value::Text(text) => text.clone(),
        rusqlite::types::Value::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}
