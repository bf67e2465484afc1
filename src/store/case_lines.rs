//! Cases in lists: all, the open ones, those that match a text, those of a customer.

use crate::domain::card::CaseLine;
use crate::domain::device::Device;
use crate::domain::fold;
use crate::domain::id::{CaseId, CaseNumber, ExternalId};
use crate::store::error::StoreError;
use crate::store::{case, customer};
use rusqlite::{Connection, Params, named_params};

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseFilter<'a> {
    /// Those that are open.
    Open,
    /// All.
    All,
    /// Open or closed, whose number, customer or device holds the text.
    Text(&'a str),
}

/// Cases, the latest first.
pub(super) fn lines(
    conn: &Connection,
    filter: CaseFilter<'_>,
    limit: usize,
) -> Result<Vec<CaseLine>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids = match filter {
        CaseFilter::Open => ids(
            conn,
            "SELECT id FROM cases WHERE closed_at_ms IS NULL
              ORDER BY opened_at_ms DESC, id DESC LIMIT :limit",
            named_params! { ":limit": limit },
        ),
        CaseFilter::All => ids(
            conn,
            "SELECT id FROM cases ORDER BY opened_at_ms DESC, id DESC LIMIT :limit",
            named_params! { ":limit": limit },
        ),
        CaseFilter::Text(text) => matching(conn, text, limit),
    }?;
    of_ids(conn, &ids)
}

/// A customer's visits, the latest first.
pub(super) fn of_customer(conn: &Connection, id: &ExternalId) -> Result<Vec<CaseLine>, StoreError> {
    let sql = "SELECT id FROM cases WHERE customer = :customer
                ORDER BY opened_at_ms DESC, id DESC";
    of_ids(conn, &ids(conn, sql, named_params! { ":customer": id })?)
}

fn matching(conn: &Connection, text: &str, limit: i64) -> Result<Vec<CaseId>, StoreError> {
    if let Ok(number) = text.parse::<CaseNumber>() {
        let sql = "SELECT id FROM cases WHERE number = :number";
        return ids(conn, sql, named_params! { ":number": number });
    }
    let sql = "SELECT c.id FROM cases c JOIN customer p ON p.external_id = c.customer
                WHERE :text = ''
                   OR instr(c.number, :upper) > 0
                   OR (:folded <> '' AND (instr(p.name_key, :folded) > 0
                                          OR instr(p.given_key, :folded) > 0))
                   OR EXISTS (SELECT 1 FROM case_device v JOIN device d ON d.id = v.device_id
                               WHERE v.case_id = c.id
                                 AND (instr(lower(d.model), lower(:text)) > 0
                                      OR (length(:serial) >= 3
                                          AND instr(d.serial_key, :serial) > 0)))
                ORDER BY c.opened_at_ms DESC, c.id DESC LIMIT :limit";
    let text = text.trim();
    ids(
        conn,
        sql,
        named_params! {
            ":text": text,
            ":upper": text.to_uppercase(),
            ":folded": fold::fold(text),
            ":serial": fold::code(text),
            ":limit": limit,
        },
    )
}

fn ids(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<CaseId>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_map(params, |row| row.get("id"))?.collect::<Result<_, _>>()?)
}

fn of_ids(conn: &Connection, ids: &[CaseId]) -> Result<Vec<CaseLine>, StoreError> {
    let mut lines = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(case) = case::case(conn, *id)?.map(|row| row.case) else { continue };
        let customer = customer::customer(conn, &case.customer)?;
        lines.push(CaseLine {
            id: case.id,
            customer_name: customer.map(|customer| customer.full_name()).unwrap_or_default(),
            device: case.devices().first().map(Device::label).unwrap_or_default(),
            step: case.step(),
            opened_at: case.opened_at,
            unprotected_since: case.unprotected_since(),
            closing: case.closed.clone(),
            number: case.number,
            customer: case.customer,
        });
    }
    Ok(lines)
}
