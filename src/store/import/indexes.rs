//! Indexes of a table that is being filled: sorted once at the end, they cost a fraction of what
//! they cost row by row, and the cache need not hold them all.

use crate::store::error::StoreError;
use crate::store::import::Took;
use rusqlite::{Connection, named_params};

/// New rows from which on the indexes are taken away, unless the table held more than that.
const NEW_ROWS_MIN: u64 = 20_000;

/// Counts new rows, and takes the indexes of the table away once it is mostly new. Everything
/// happens in the import's transaction, so that nobody else sees a table without them.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    n_added: u64,
    taken_away: Vec<String>,
}

impl Indexes {
    /// Counts what became of a row of `table`.
    pub(super) fn count(
        &mut self,
        conn: &Connection,
        table: &str,
        took: &Took,
    ) -> Result<(), StoreError> {
        if *took != Took::Added {
            return Ok(());
        }
        self.n_added += 1;
        if self.n_added != NEW_ROWS_MIN {
            return Ok(());
        }
        let n_rows: i64 =
            conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        if u64::try_from(n_rows).unwrap_or_default() > 2 * NEW_ROWS_MIN {
            return Ok(());
        }
        // Indexes without SQL are those of UNIQUE, which stay: they find what is here already.
        let sql = "SELECT name, sql FROM sqlite_schema
                    WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL";
        let mut statement = conn.prepare(sql)?;
        let rows = statement.query_map(named_params! { ":table": table }, |row| {
            Ok((row.get::<_, String>("name")?, row.get::<_, String>("sql")?))
        })?;
        let indexes: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (name, sql) in indexes {
            conn.execute_batch(&format!("DROP INDEX \"{name}\""))?;
            self.taken_away.push(sql);
        }
        Ok(())
    }

    /// The SQL that puts them back.
    pub(super) fn into_sql(self) -> Vec<String> {
        self.taken_away
    }
}
