//! The journal in a list, page by page, the latest entry first.

use crate::domain::card::JournalLine;
use crate::domain::entry_words;
use crate::domain::fold::fold;
use crate::domain::id::CaseNumber;
use crate::store::error::StoreError;
use crate::store::journal::Line;
use crate::store::settings;
use rusqlite::{Connection, OptionalExtension, named_params};

/// Entries that one page looks through at most, so that a rare word can't stop the window.
const LOOKED_THROUGH_MAX: usize = 20_000;

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalPage {
    /// The latest first.
    pub lines: Vec<JournalLine>,
    /// Where the next page begins: entries before this one. `None` at the first entry.
    pub next_before: Option<i64>,
}

/// Entries before `before_seq` (all for `None`) whose words, person, case number or desk hold
/// `text`; `limit` of them at most.
pub(super) fn page(
    conn: &Connection,
    text: &str,
    before_seq: Option<i64>,
    limit: usize,
) -> Result<JournalPage, StoreError> {
    let wanted = fold(text);
    let case = match text.parse::<CaseNumber>() {
        Ok(number) => conn
            .prepare_cached("SELECT id FROM cases WHERE number = :number")?
            .query_row(named_params! { ":number": number }, |row| row.get::<_, String>("id"))
            .optional()?,
        Err(_) => None,
    };
    let sql = match case {
        Some(_) => {
            "SELECT * FROM journal WHERE seq < :before AND case_id = :case ORDER BY seq DESC"
        }
        None => "SELECT * FROM journal WHERE seq < :before AND :case IS NULL ORDER BY seq DESC",
    };
    let mut statement = conn.prepare_cached(sql)?;
    let params = named_params! { ":before": before_seq.unwrap_or(i64::MAX), ":case": case };
    let rows = statement.query_map(params, Line::read)?;
    let mut page = JournalPage::default();
    for (n_looked, row) in rows.enumerate() {
        let line = row?;
        let seq = line.seq;
        if page.lines.len() == limit || n_looked == LOOKED_THROUGH_MAX {
            page.next_before = Some(seq + 1);
            break;
        }
        let shown = shown(conn, line)?;
        let number = shown.case_number.as_ref().map(ToString::to_string).unwrap_or_default();
        let words = fold(&format!("{} {} {number} {}", shown.what, shown.who, shown.desk));
        if case.is_some() || words.contains(&wanted) {
            page.lines.push(shown);
        }
    }
    Ok(page)
}

fn shown(conn: &Connection, line: Line) -> Result<JournalLine, StoreError> {
    let (stamp, change) = (line.stamp()?, line.change()?);
    let case = change.case();
    let case_number = match case {
        Some(id) => conn
            .prepare_cached("SELECT number FROM cases WHERE id = :id")?
            .query_row(named_params! { ":id": id }, |row| row.get("number"))
            .optional()?,
        None => None,
    };
    Ok(JournalLine {
        seq: line.seq,
        entry: stamp.id,
        at: stamp.at,
        who: settings::who(conn, stamp.by)?,
        desk: line.desk,
        what: entry_words::words(&change),
        case,
        case_number,
        hash: line.hash,
    })
}
