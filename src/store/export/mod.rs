//! Rows for a spreadsheet, one at a time: cases, removals, replacements, stock, journal.
//!
//! Keys and codes are masked; moments are the wall clock of the store.

use crate::domain::entry_words;
use crate::domain::time::{Moment, day_start};
use crate::store::error::StoreError;
use crate::store::journal::Line;
use crate::store::reader::Reader;
use crate::store::settings;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params};
use std::ops::ControlFlow;

/// Takes a row; it can say that it has enough.
pub type EachRow<'a> = &'a mut dyn FnMut(&[String]) -> ControlFlow<()>;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportOf {
    /// Visits, by the day they were opened.
    Cases,
    /// Removals, by the day they were started.
    Removals,
    /// Keys that were handed out, by that day.
    Replacements,
    /// Every key as it is now.
    Stock,
    /// Every entry, by its day.
    Journal,
}

/// From which day to which, in the store's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first day; `None` for the beginning.
    pub from: Option<NaiveDate>,
    /// The last day; `None` for today.
    pub to: Option<NaiveDate>,
}

impl ExportOf {
    /// The header. A column that ends in `_at` is a moment, one that ends in `_on` a day.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Cases => &[
                "case",
                "external_id",
                "customer",
                "subscription",
                "devices",
                "wants",
                "opened_at",
                "opened_by",
                "closed_at",
                "closing",
                "reason",
            ],
            Self::Removals => &[
                "case",
                "external_id",
                "customer",
                "device",
                "serial",
                "platform",
                "removed_by",
                "method",
                "product",
                "version",
                "started_at",
                "finished_at",
                "outcome",
                "statement",
                "notes",
                "before_scan_at",
                "before_verdict",
                "after_scan_at",
                "after_verdict",
                "after_sha256",
            ],
            Self::Replacements => &[
                "case",
                "external_id",
                "customer",
                "subscription",
                "vendor",
                "product",
                "key",
                "lot",
                "issued_at",
                "shortfall_reason",
                "active_at",
                "voided_at",
                "void_reason",
            ],
            Self::Stock => &["product", "key", "lot", "expires_on", "state", "case", "reason"],
            Self::Journal => {
                &["seq", "at", "desk", "who", "what", "kind", "case", "entry_id", "hash"]
            }
        }
    }

    fn sql(self) -> &'static str {
        match self {
            Self::Cases => include_str!("cases.sql"),
            Self::Removals => include_str!("removals.sql"),
            Self::Replacements => include_str!("replacements.sql"),
            Self::Stock => include_str!("stock.sql"),
            Self::Journal => {
                "SELECT * FROM journal WHERE at_ms >= :from AND at_ms < :to ORDER BY seq"
            }
        }
    }
}

impl Reader {
    /// Gives every row of `of` to `each`, in the order of its columns, as of `now`.
    pub fn export(
        &self,
        of: ExportOf,
        span: Span,
        now: Moment,
        each: EachRow<'_>,
    ) -> Result<(), StoreError> {
        self.at_one_moment(|conn| {
            let zone = settings::settings(conn)?.desk.time_zone;
            let (from, to) = span.moments(zone);
            match of {
                ExportOf::Stock => {
                    each_row(conn, of, zone, named_params! { ":now": now }, &mut |row| {
                        Ok(each(&row?))
                    })
                }
                ExportOf::Journal => each_entry(conn, zone, (from, to), each),
                ExportOf::Cases | ExportOf::Removals | ExportOf::Replacements => {
                    let params = named_params! { ":from": from, ":to": to };
                    each_row(conn, of, zone, params, &mut |row| Ok(each(&row?)))
                }
            }
        })
    }
}

impl Span {
    /// The first moment of the first day, and the first after the last day.
    fn moments(self, zone: Tz) -> (Moment, Moment) {
        let after = self.to.and_then(|day| day.succ_opt());
        (
            self.from.map_or(Moment(i64::MIN), |day| day_start(day, zone)),
            after.map_or(Moment(i64::MAX), |day| day_start(day, zone)),
        )
    }
}

fn each_row(
    conn: &Connection,
    of: ExportOf,
    zone: Tz,
    params: impl Params,
    each: &mut dyn FnMut(rusqlite::Result<Vec<String>>) -> Result<ControlFlow<()>, StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare(of.sql())?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let cells = of.columns().iter().map(|column| cell(row, column, zone)).collect();
        if each(cells)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// A column as a spreadsheet shows it. Columns are found by name, so the SQL's order is its own.
fn cell(row: &Row<'_>, column: &str, zone: Tz) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => String::new(),
        ValueRef::Integer(ms) if column.ends_with("_at") => clock_text(Moment(ms), zone),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into_owned(),
    })
}

fn clock_text(at: Moment, zone: Tz) -> String {
    at.local(zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn each_entry(
    conn: &Connection,
    zone: Tz,
    (from, to): (Moment, Moment),
    each: EachRow<'_>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare(ExportOf::Journal.sql())?;
    let rows = statement.query_map(named_params! { ":from": from, ":to": to }, Line::read)?;
    for line in rows {
        let line = line?;
        let (stamp, change) = (line.stamp()?, line.change()?);
        let case: Option<String> = conn
            .prepare_cached("SELECT number FROM cases WHERE id = :id")?
            .query_row(named_params! { ":id": change.case() }, |row| row.get("number"))
            .optional()?;
        let cells = [
            line.seq.to_string(),
            clock_text(stamp.at, zone),
            line.desk,
            settings::who(conn, stamp.by)?,
            entry_words::words(&change),
            line.kind,
            case.unwrap_or_default(),
            line.entry_id,
            line.hash,
        ];
        if each(&cells).is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_export_is_in_its_sql() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.swapdesk");
        let store = crate::store::Store::open(&path, Moment(0)).expect("a file");
        for of in [ExportOf::Cases, ExportOf::Removals, ExportOf::Replacements, ExportOf::Stock] {
            let statement = store.conn().prepare(of.sql()).expect("SQL");
            let mut names: Vec<_> = statement.column_names().collect();
            let mut columns = of.columns().to_vec();
            names.sort_unstable();
            columns.sort_unstable();
            assert_eq!(names, columns, "{of:?}");
        }
    }

    #[test]
    fn the_last_day_counts_to_its_end() {
        let day = NaiveDate::from_ymd_opt(2017, 10, 23);
        let zone = Tz::America__Chicago;
        let (from, to) = Span { from: day, to: day }.moments(zone);
        assert_eq!(to.0 - from.0, 24 * 60 * 60 * 1_000);
        assert_eq!(clock_text(from, zone), "2017-10-23 00:00:00");
        assert_eq!(Span::default().moments(zone), (Moment(i64::MIN), Moment(i64::MAX)));
    }
}
