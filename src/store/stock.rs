//! Reading keys: one, the next to hold, the Stock page. Holds run out by time, without a write.

use crate::domain::catalog::Product;
use crate::domain::id::{CaseId, KeyId, ProductId};
use crate::domain::privacy::Secret;
use crate::domain::product_text::Seats;
use crate::domain::stock::{KeyRow, KeyState, ProductStock, StockCounts};
use crate::domain::time::{Moment, day_start};
use crate::store::error::StoreError;
use crate::store::settings::read_product;
use crate::store::sql_types::Day;
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// Which rows of the Stock page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyQuery<'a> {
    /// Words of the product, the lot, the key's end or the case number; empty for all.
    pub text: &'a str,
    /// A word of [`KeyState::code`]; `None` for all.
    pub state: Option<&'a str>,
    /// Rows to leave out before the first.
    pub offset: usize,
    /// Rows at most.
    pub limit: usize,
}

/// A key with its product.
#[derive(Debug, Clone)]
pub(super) struct StoredKey {
    pub key: Secret,
    pub state: KeyState,
    pub product: Product,
}

/// One key.
pub(super) fn key(conn: &Connection, id: KeyId) -> Result<Option<StoredKey>, StoreError> {
    let sql = "SELECT k.license, k.state, k.case_id, k.held_until_ms, k.reason, k.leased_to, p.*
                 FROM license_key k JOIN product p ON p.id = k.product_id WHERE k.id = :key";
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_row(named_params! { ":key": id }, |row| {
        Ok(StoredKey {
            key: Secret::new(row.get::<_, String>("license")?),
            state: read_state(row)?,
            product: read_product(row, "id")?,
        })
    });
    Ok(found.optional()?)
}

/// The key of `product` that `case` holds next: the one it has or had, else the free one that
/// expires first, of the oldest delivery.
pub(super) fn key_to_hold(
    conn: &Connection,
    case: CaseId,
    product: ProductId,
    (now, today): (Moment, NaiveDate),
) -> Result<Option<KeyId>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("key_to_hold.sql"))?;
    let params = named_params! {
        ":case": case,
        ":product": product,
        ":now": now,
        ":today": Day(today),
    };
    Ok(statement.query_row(params, |row| row.get("id")).optional()?)
}

/// Every product with its free keys, by name.
pub(super) fn product_stock(
    conn: &Connection,
    now: Moment,
    today: NaiveDate,
) -> Result<Vec<ProductStock>, StoreError> {
    let sql = "SELECT p.*, (SELECT count(*) FROM license_key k
                             WHERE k.product_id = p.id
                               AND (k.state = 'free'
                                    OR (k.state = 'held' AND k.held_until_ms <= :now))
                               AND (k.expires_on IS NULL OR k.expires_on >= :today)) AS n_free,
                         EXISTS (SELECT 1 FROM license_key k
                                  WHERE k.product_id = p.id) AS was_delivered
                 FROM product p ORDER BY p.name_key";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":now": now, ":today": Day(today) }, |row| {
        Ok(ProductStock {
            product: read_product(row, "id")?,
            n_free: row.get("n_free")?,
            was_delivered: row.get("was_delivered")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The Stock page's figures.
pub(super) fn counts(conn: &Connection, now: Moment, zone: Tz) -> Result<StockCounts, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("stock_counts.sql"))?;
    let midnight = day_start(now.day(zone), zone);
    Ok(statement.query_row(named_params! { ":now": now, ":midnight": midnight }, |row| {
        Ok(StockCounts {
            n_free: row.get("n_free")?,
            n_held: row.get("n_held")?,
            n_issued_today: row.get("n_issued_today")?,
            n_issued: row.get("n_issued")?,
            n_voided: row.get("n_voided")?,
            n_frozen: row.get("n_frozen")?,
        })
    })?)
}

/// Keys by product, delivery and age.
pub(super) fn rows(
    conn: &Connection,
    query: &KeyQuery<'_>,
    now: Moment,
) -> Result<Vec<KeyRow>, StoreError> {
    let mut statement = conn.prepare_cached(include_str!("key_rows.sql"))?;
    let params = named_params! {
        ":words": crate::domain::product_text::words(query.text).join(" "),
        ":letters": crate::domain::fold::letters_and_digits(query.text),
        ":text": query.text.trim(),
        ":state": query.state,
        ":now": now,
        ":offset": i64::try_from(query.offset).unwrap_or(i64::MAX),
        ":limit": i64::try_from(query.limit).unwrap_or(i64::MAX),
    };
    let rows = statement.query_map(params, |row| {
        Ok(KeyRow {
            id: row.get("id")?,
            product: row.get("name")?,
            seats: row.get::<_, Option<u16>>("seats")?.map_or(Seats::Unlimited, Seats::Count),
            term_months: row.get("term_months")?,
            ending: Secret::new(row.get::<_, String>("license")?).ending(4),
            lot: row.get("lot")?,
            state: read_state(row)?.at(now),
            case_number: row.get("case_number")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads `state` and the columns that belong to it.
fn read_state(row: &Row<'_>) -> rusqlite::Result<KeyState> {
    let state: String = row.get("state")?;
    Ok(match state.as_str() {
        "free" => KeyState::Free,
        "held" => KeyState::Held { case: row.get("case_id")?, until: row.get("held_until_ms")? },
        "issued" => KeyState::Issued { case: row.get("case_id")? },
        "activated" => KeyState::Activated { case: row.get("case_id")? },
        "voided" => KeyState::Voided { reason: row.get("reason")? },
        "leased" => KeyState::Leased { desk: row.get("leased_to")? },
        // The column's CHECK knows no other word but 'frozen', which is also the safe one.
        _ => KeyState::Frozen,
    })
}
