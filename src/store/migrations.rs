//! One ladder over frozen SQL files. A new file climbs it too, so there is one description of the
//! schema.

use crate::store::error::StoreError;
use crate::store::files;
use crate::store::search_keys;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The newest schema, which is the number of steps.
pub(super) const SCHEMA_VERSION: i64 = 3;

/// The steps, oldest first. Step `n`, counted from 1, takes a file from schema `n - 1` to `n`.
const STEPS: [&str; SCHEMA_VERSION as usize] = [
    include_str!("migrations/0001_the_desk.sql"),
    include_str!("migrations/0002_lookup.sql"),
    include_str!("migrations/0003_evidence.sql"),
];

/// `Swap`, so that other programs, and `file`, know whose file it is.
pub(super) const APPLICATION_ID: i64 = 0x5377_6170;

/// The schema of a file; 0 for an empty one.
pub(super) fn version(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Takes the file to the newest schema, after copying it when it has rows to lose.
pub(super) fn climb(conn: &mut Connection, path: &Path) -> Result<(), StoreError> {
    climb_ladder(conn, path, &STEPS)
}

/// Takes an empty file to the newest schema.
pub(super) fn climb_all(conn: &mut Connection) -> Result<(), StoreError> {
    climb_steps(conn, &STEPS)
}

fn climb_ladder(conn: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let from = version(conn)?;
    if usize::try_from(from) == Ok(steps.len()) {
        return Ok(());
    }
    if from > 0 {
        let copy = files::free_name(path, &format!("schema-{from}"));
        files::make_private(&copy)?;
        conn.backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)?;
    }
    climb_steps(conn, steps)
}

/// Every missing step in one transaction: a file is never between two schemas.
fn climb_steps(conn: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    // SQLite ignores this pragma inside a transaction.
    conn.pragma_update(None, "foreign_keys", false)?;
    search_keys::with_functions(conn, |conn| climb_at_once(conn, steps))?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

fn climb_at_once(conn: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have climbed while this one waited for its turn.
    let from = usize::try_from(version(&tx)?).unwrap_or_default();
    for step in steps.iter().skip(from) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(StoreError::Damaged("rows point at rows that are not there".to_owned()));
    }
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(conn: &Connection) -> Vec<String> {
        let sql = "SELECT name FROM pragma_table_info('person')";
        let mut statement = conn.prepare(sql).expect(sql);
        let names = statement.query_map([], |row| row.get(0)).expect(sql);
        names.collect::<Result<_, _>>().expect(sql)
    }

    #[test]
    fn a_file_is_copied_before_its_next_step_and_a_step_that_fails_leaves_it_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk");
        let mut conn = Connection::open(&path).expect("the file");
        let first = STEPS[0];
        climb_steps(&mut conn, &[first]).expect("the first step");
        let before = columns(&conn);

        let broken = [first, "ALTER TABLE person ADD COLUMN pin TEXT; DROP TABLE nothing;"];
        assert!(climb_ladder(&mut conn, &path, &broken).is_err());
        assert_eq!((version(&conn).expect("a version"), columns(&conn)), (1, before.clone()));
        let orphan = "INSERT INTO subscription_reading VALUES (1, '2017-11-13', '2017-10-05')";
        let refused = climb_ladder(&mut conn, &path, &[first, orphan]);
        assert!(matches!(refused, Err(StoreError::Damaged(_))));
        assert_eq!(version(&conn).expect("a version"), 1);

        let copies = || {
            let names = std::fs::read_dir(folder.path()).expect("a folder");
            let names = names.map(|entry| entry.expect("an entry").file_name());
            names.filter(|name| name.to_string_lossy().contains(".schema-1-")).count()
        };
        assert_eq!(copies(), 2);
        let next = [first, "ALTER TABLE person ADD COLUMN pin TEXT"];
        climb_ladder(&mut conn, &path, &next).expect("a step");
        assert_eq!(version(&conn).expect("a version"), 2);
        assert!(columns(&conn).contains(&"pin".to_owned()));
        let copy = Connection::open(folder.path().join("desk.schema-1-3")).expect("the copy");
        assert_eq!((version(&copy).expect("a version"), columns(&copy)), (1, before));
        drop(copy);
        climb_ladder(&mut conn, &path, &next).expect("nothing to do");
        assert_eq!(copies(), 3);
    }
}
