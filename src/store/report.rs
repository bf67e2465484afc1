//! The figures of a day.

use crate::domain::time::{Moment, day_start};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::settings;
use chrono::NaiveDate;
use rusqlite::named_params;

/// What was done on one day of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayFigures {
    /// Cases that were opened.
    pub n_opened: i64,
    /// Cases that ended with the sheet handed over.
    pub n_handed_over: i64,
    /// Cases that ended without.
    pub n_withdrawn: i64,
    /// Removals that ended, however.
    pub n_removed: i64,
    /// Keys that were handed out, also those that were voided since.
    pub n_issued: i64,
    /// Keys that were handed out and voided on this day.
    pub n_voided: i64,
    /// A lead's words against a rule.
    pub n_overrides: i64,
}

/// A product of which keys were ever delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockLine {
    /// Its whole name.
    pub product: String,
    /// Keys that can be held now and have not expired.
    pub n_free: u32,
}

impl Reader {
    /// What was done on `day`.
    pub fn day_figures(&self, day: NaiveDate) -> Result<DayFigures, StoreError> {
        let zone = settings::settings(&self.conn)?.desk.time_zone;
        let after = day.succ_opt().map_or(Moment(i64::MAX), |next| day_start(next, zone));
        let params = named_params! { ":from": day_start(day, zone), ":to": after };
        Ok(self.conn.query_row(include_str!("report.sql"), params, |row| {
            Ok(DayFigures {
                n_opened: row.get("n_opened")?,
                n_handed_over: row.get("n_handed_over")?,
                n_withdrawn: row.get("n_withdrawn")?,
                n_removed: row.get("n_removed")?,
                n_issued: row.get("n_issued")?,
                n_voided: row.get("n_voided")?,
                n_overrides: row.get("n_overrides")?,
            })
        })?)
    }

    /// Free keys of every product of which keys were ever delivered, by name.
    pub fn stock_lines(&self, now: Moment) -> Result<Vec<StockLine>, StoreError> {
        let zone = settings::settings(&self.conn)?.desk.time_zone;
        let mut statement = self.conn.prepare(
            "SELECT p.name,
                    count(*) FILTER (
                        WHERE (k.state = 'free' OR (k.state = 'held' AND k.held_until_ms <= :now))
                          AND (k.expires_on IS NULL OR k.expires_on >= :today)) AS n_free
               FROM product p JOIN license_key k ON k.product_id = p.id
              GROUP BY p.id ORDER BY p.name_key",
        )?;
        let today = now.day(zone).to_string();
        let rows = statement.query_map(named_params! { ":now": now, ":today": today }, |row| {
            Ok(StockLine { product: row.get("name")?, n_free: row.get("n_free")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
