//! What becomes of the file after an import does not change what became of the import.

use super::{ImportMode, LARGE_ROWS, in_bulk};
use crate::domain::entry::ImportCounts;
use crate::domain::intake::ImportEnd;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// No pragma of those that follow a commit works.
fn forbid_tidying(conn: &mut Connection) {
    let forbid = |context: AuthContext<'_>| match context.action {
        AuthAction::Pragma { pragma_name: "shrink_memory" | "wal_checkpoint", .. } => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    };
    conn.authorizer(Some(forbid)).expect("a hook");
}

#[test]
fn a_committed_import_is_done_although_what_follows_it_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut conn = Connection::open(folder.path().join("desk")).expect("a file");
    conn.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (n)").expect("a table");
    forbid_tidying(&mut conn);
    let counts = ImportCounts { n_read: LARGE_ROWS, n_added: 1, ..ImportCounts::default() };
    let end = in_bulk(&mut conn, |tx| {
        tx.execute_batch("INSERT INTO t VALUES (1)")?;
        Ok(Some((counts, ImportMode::Keep)))
    });
    assert_eq!(end.expect("done"), ImportEnd::Done(counts));
    assert!(conn.execute_batch("PRAGMA shrink_memory").is_err(), "the hook forbids it");
    let n: i64 = conn.query_row("SELECT n FROM t", [], |row| row.get(0)).expect("the row");
    assert_eq!(n, 1);
}
