//! Is the file whole? Its pages, its references, the journal's chain, and whether replaying the
//! journal gives the same tables.

use crate::domain::time::count_text;
use crate::store::error::StoreError;
use crate::store::journal::{Head, Line};
use crate::store::{connection, replay};
use rusqlite::Connection;
use std::path::Path;

/// How many of SQLite's complaints are shown.
const COMPLAINTS_MAX: usize = 10;

/// What was checked, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// In the order of the checks.
    pub lines: Vec<ReportLine>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportLine {
    /// Whether all is well.
    pub is_good: bool,
    /// What was checked and what was found.
    pub text: String,
}

impl Report {
    /// Whether every check found all well.
    pub fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.is_good)
    }

    fn good(&mut self, text: impl Into<String>) {
        self.lines.push(ReportLine { is_good: true, text: text.into() });
    }

    fn bad(&mut self, text: impl Into<String>) {
        self.lines.push(ReportLine { is_good: false, text: text.into() });
    }

    /// Adds the check, or what stopped it.
    fn check(&mut self, what: &str, check: impl FnOnce(&mut Self) -> Result<(), StoreError>) {
        if let Err(err) = check(self) {
            self.bad(format!("{what}: {err}"));
        }
    }
}

/// Checks the file at `path`. An error is a file that can't be opened; damage is in the report.
pub fn verify(path: &Path) -> Result<Report, StoreError> {
    let conn = connection::open_to_read(path)?;
    let mut report = Report::default();
    report.check("pages and indexes", |report| pages(&conn, report));
    report.check("references", |report| references(&conn, report));
    report.check("journal", |report| journal(path, report));
    Ok(report)
}

fn pages(conn: &Connection, report: &mut Report) -> Result<(), StoreError> {
    let complaints = complaints(conn, "integrity_check")?;
    if complaints.is_empty() {
        report.good("pages and indexes: whole");
    }
    for complaint in complaints {
        report.bad(format!("pages and indexes: {complaint}"));
    }
    Ok(())
}

fn references(conn: &Connection, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        Ok(format!(
            "{} points at a {} that is not there",
            text(row, "table")?,
            text(row, "parent")?
        ))
    })?;
    let complaints: Vec<String> = rows.take(COMPLAINTS_MAX).collect::<Result<_, _>>()?;
    if complaints.is_empty() {
        report.good("references: all there");
    }
    for complaint in complaints {
        report.bad(format!("references: {complaint}"));
    }
    Ok(())
}

fn text(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<String> {
    row.get(column)
}

fn journal(path: &Path, report: &mut Report) -> Result<(), StoreError> {
    let found = replay::replay(path)?;
    match found.broken {
        None if found.n_entries == 1 => report.good("chain: 1 entry follows from the beginning"),
        None => report.good(format!("chain: {} entries follow each other", found.n_entries)),
        Some(why) => report.bad(format!("chain: {why}")),
    }
    if found.differences.is_empty() {
        let tables = count_text(i64::try_from(found.n_tables).unwrap_or(i64::MAX), "table");
        report.good(format!(
            "replay: the journal gives the same {tables}; imported customers and subscriptions \
             are reference data and were not compared"
        ));
    }
    for difference in found.differences {
        report.bad(format!("replay: {difference}"));
    }
    Ok(())
}

/// Checks a copy: its pages and its chain. The end of the chain, or the first thing that is wrong.
pub(super) fn check_copy(conn: &Connection) -> Result<Head, StoreError> {
    if let Some(complaint) = complaints(conn, "quick_check")?.into_iter().next() {
        return Err(StoreError::Damaged(complaint));
    }
    let mut head = Head::before_the_first();
    let mut statement = conn.prepare("SELECT * FROM journal ORDER BY seq")?;
    for row in statement.query_map([], Line::read)? {
        let line = row?;
        line.follows(&head).map_err(StoreError::Damaged)?;
        head = line.into_head();
    }
    if head.seq == 0 {
        Err(StoreError::Damaged("the journal is empty".to_owned()))
    } else {
        Ok(head)
    }
}

fn complaints(conn: &Connection, pragma: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = conn.prepare(&format!("PRAGMA {pragma}({COMPLAINTS_MAX})"))?;
    let rows = statement.query_map([], |row| row.get(0))?;
    let found: Vec<String> = rows.collect::<Result<_, _>>()?;
    Ok(found.iter().flat_map(|text| in_lines(text)).take(COMPLAINTS_MAX).collect())
}

/// SQLite puts what is wrong with the pages of a database into one text, below its name.
fn in_lines(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && *line != "ok" && !line.starts_with("***"));
    lines.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_of_several_lines_becomes_one_line_each() {
        let lines = |text| in_lines(text).collect::<Vec<_>>();
        assert_eq!(lines("ok"), Vec::<String>::new());
        assert_eq!(
            lines(
                "*** in database main ***\nTree 4 page 4: btreeInitPage() returns 11\nPage 9: never used\n"
            ),
            ["Tree 4 page 4: btreeInitPage() returns 11", "Page 9: never used"]
        );
    }
}
