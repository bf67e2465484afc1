//! The journal: appended to, hashed, read. Nothing here changes another table.
//!
//! Each entry's hash covers all its columns and the hash before it, so an entry can neither
//! change nor go without the chain showing it.

use crate::domain::entry::{Change, Stamp};
use crate::domain::id::EntryId;
use crate::domain::time::Moment;
use crate::store::digest::Parts;
use crate::store::error::StoreError;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// What stands before the first entry.
const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Place of the last entry, counted from 1; 0 for none.
    pub seq: i64,
    /// Its hash, 64 lower-case hex digits.
    pub hash: String,
}

/// A row of the journal, column by column, as it is hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub seq: i64,
    pub entry_id: String,
    pub at_ms: i64,
    pub desk: String,
    pub person_id: Option<String>,
    pub kind: String,
    pub case_id: Option<String>,
    pub key_id: Option<String>,
    pub body: String,
    pub prev_hash: String,
    pub hash: String,
}

impl Line {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            entry_id: row.get("entry_id")?,
            at_ms: row.get("at_ms")?,
            desk: row.get("desk")?,
            person_id: row.get("person_id")?,
            kind: row.get("kind")?,
            case_id: row.get("case_id")?,
            key_id: row.get("key_id")?,
            body: row.get("body")?,
            prev_hash: row.get("prev_hash")?,
            hash: row.get("hash")?,
        })
    }

    /// The hash that the other columns give.
    pub(super) fn hash_of_columns(&self) -> String {
        let mut parts = Parts::new();
        parts.number(self.seq);
        parts.text(&self.entry_id);
        parts.number(self.at_ms);
        parts.text(&self.desk);
        parts.maybe(self.person_id.as_deref());
        parts.text(&self.kind);
        parts.maybe(self.case_id.as_deref());
        parts.maybe(self.key_id.as_deref());
        parts.text(&self.body);
        parts.text(&self.prev_hash);
        parts.hex()
    }

    /// Who did it and when.
    pub(super) fn stamp(&self) -> Result<Stamp, StoreError> {
        let by = self.person_id.as_deref().map(str::parse).transpose();
        match (self.entry_id.parse(), by) {
            (Ok(id), Ok(by)) => Ok(Stamp { id, at: Moment(self.at_ms), by }),
            (Err(_), _) | (_, Err(_)) => Err(self.unreadable()),
        }
    }

    /// What changed.
    pub(super) fn change(&self) -> Result<Change, StoreError> {
        // Not serde's own words: they may quote a key.
        serde_json::from_str(&self.body).map_err(|_| self.unreadable())
    }

    /// Whether this entry follows on `head`, and if not, why.
    pub(super) fn follows(&self, head: &Head) -> Result<(), String> {
        if self.seq != head.seq + 1 {
            Err(format!("entry {} is missing", head.seq + 1))
        } else if self.prev_hash != head.hash {
            Err(format!("entry {} does not follow on the one before", self.seq))
        } else if self.hash != self.hash_of_columns() {
            Err(format!("entry {} was changed", self.seq))
        } else {
            Ok(())
        }
    }

    /// The end of the chain after this entry.
    pub(super) fn into_head(self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    fn unreadable(&self) -> StoreError {
        StoreError::Damaged(format!("entry {} can't be read", self.seq))
    }
}

impl Head {
    /// The chain before its first entry.
    pub(super) fn before_the_first() -> Self {
        Self { seq: 0, hash: BEFORE_THE_FIRST.to_owned() }
    }
}

/// The end of the chain.
pub(super) fn head(conn: &Connection) -> Result<Head, StoreError> {
    let sql = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1";
    let head = conn
        .prepare_cached(sql)?
        .query_row([], |row| Ok(Head { seq: row.get("seq")?, hash: row.get("hash")? }))
        .optional()?;
    Ok(head.unwrap_or_else(Head::before_the_first))
}

/// The entry with this id.
pub(super) fn entry(conn: &Connection, id: EntryId) -> Result<Option<Line>, StoreError> {
    let sql = "SELECT * FROM journal WHERE entry_id = :id";
    Ok(conn.prepare_cached(sql)?.query_row(named_params! { ":id": id }, Line::read).optional()?)
}

/// Appends the entry and gives its place.
pub(super) fn append(
    conn: &Connection,
    stamp: &Stamp,
    change: &Change,
    desk: &str,
) -> Result<i64, StoreError> {
    let head = head(conn)?;
    let (kind, body) = kind_and_body(change)?;
    let mut line = Line {
        seq: head.seq + 1,
        entry_id: stamp.id.to_string(),
        at_ms: stamp.at.0,
        desk: desk.to_owned(),
        person_id: stamp.by.map(|id| id.to_string()),
        kind,
        case_id: change.case().map(|id| id.to_string()),
        key_id: change.key().map(|id| id.to_string()),
        body,
        prev_hash: head.hash,
        hash: String::new(),
    };
    line.hash = line.hash_of_columns();
    let sql = "INSERT INTO journal (seq, entry_id, at_ms, desk, person_id, kind, case_id, key_id,
                                    body, prev_hash, hash)
               VALUES (:seq, :entry_id, :at_ms, :desk, :person_id, :kind, :case_id, :key_id,
                       :body, :prev_hash, :hash)";
    conn.prepare_cached(sql)?.execute(named_params! {
        ":seq": line.seq,
        ":entry_id": line.entry_id,
        ":at_ms": line.at_ms,
        ":desk": line.desk,
        ":person_id": line.person_id,
        ":kind": line.kind,
        ":case_id": line.case_id,
        ":key_id": line.key_id,
        ":body": line.body,
        ":prev_hash": line.prev_hash,
        ":hash": line.hash,
    })?;
    Ok(line.seq)
}

fn kind_and_body(change: &Change) -> Result<(String, String), StoreError> {
    #[derive(serde::Deserialize)]
    struct Tag {
        kind: String,
    }
    let bug = |err: serde_json::Error| StoreError::Sqlite(format!("entry as JSON: {err}"));
    let body = serde_json::to_string(change).map_err(bug)?;
    let tag: Tag = serde_json::from_str(&body).map_err(bug)?;
    Ok((tag.kind, body))
}
