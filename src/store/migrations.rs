//! One ladder over frozen SQL files. A new file climbs it too, so there is one description of the
//! schema.

use crate::store::error::StoreError;
use crate::store::files;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The newest schema, which is the number of steps.
pub(super) const SCHEMA_VERSION: i64 = 1;

/// The steps, oldest first. Step `n`, counted from 1, takes a file from schema `n - 1` to `n`.
const STEPS: [&str; SCHEMA_VERSION as usize] = [include_str!("migrations/0001_the_desk.sql")];

/// `Swap`, so that other programs, and `file`, know whose file it is.
pub(super) const APPLICATION_ID: i64 = 0x5377_6170;

/// The schema of a file; 0 for an empty one.
pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Takes the file to the newest schema, after copying it when it has rows to lose.
pub(super) fn climb(conn: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let from = version(conn)?;
    if from == SCHEMA_VERSION {
        return Ok(());
    }
    if from > 0 {
        let copy = files::free_name(path, &format!("schema-{from}"));
        conn.backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)?;
    }
    climb_all(conn)
}

/// Every missing step in one transaction: a file is never between two schemas.
pub(super) fn climb_all(conn: &mut Connection) -> Result<(), StoreError> {
    // SQLite ignores this pragma inside a transaction.
    conn.pragma_update(None, "foreign_keys", false)?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have climbed while this one waited for its turn.
    let from = usize::try_from(version(&tx)?).unwrap_or_default();
    for step in STEPS.iter().skip(from) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    let mut check = tx.prepare("PRAGMA foreign_key_check")?;
    if check.exists([])? {
        return Err(StoreError::Damaged("rows point at rows that are not there".to_owned()));
    }
    drop(check);
    tx.commit()?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}
