//! Reading one case with all its parts.

use crate::domain::case::{Case, CheckIn, Hold, Override, Wants};
use crate::domain::device::{Backup, Device};
use crate::domain::evidence::kept::KeptScan;
use crate::domain::id::{CaseId, PersonId, RemovalId, ScanId};
use crate::domain::removal::{Check, Finish, Removal};
use crate::domain::replacement::Replacement;
use crate::domain::time::Moment;
use crate::store::customer::read_device;
use crate::store::error::StoreError;
use crate::store::sql_types::{Day, Json, Word};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// A case, and who opened it.
pub(super) struct CaseRow {
    pub case: Case,
    pub opened_by: Option<PersonId>,
}

/// The columns of `cases` that say what was agreed at check-in.
struct Agreed {
    wants: Option<Wants>,
    backup: Option<Backup>,
    consent_by: String,
}

/// Reads a case.
pub(super) fn case(conn: &Connection, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
    let mut statement = conn.prepare_cached("SELECT * FROM cases WHERE id = :id")?;
    let row = statement.query_row(named_params! { ":id": id }, read_row).optional()?;
    let Some((mut found, agreed)) = row else { return Ok(None) };
    found.case.check_in = match agreed.wants {
        Some(wants) => Some(CheckIn {
            wants,
            devices: devices(conn, id)?,
            backup: agreed.backup,
            consent_by: agreed.consent_by,
        }),
        None => None,
    };
    found.case.removals = removals(conn, id)?;
    found.case.scans = scans(conn, id)?;
    found.case.overrides = overrides(conn, id)?;
    found.case.hold = hold(conn, id)?;
    found.case.replacements = replacements(conn, id)?;
    Ok(Some(found))
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<(CaseRow, Agreed)> {
    let seen: Option<Moment> = row.get("protection_seen_at_ms")?;
    let name: String = row.get("protection_name")?;
    let closing: Option<Json<_>> = row.get("closing")?;
    let closed_at: Option<Moment> = row.get("closed_at_ms")?;
    let case = Case {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: row.get("customer")?,
        opened_at: row.get("opened_at_ms")?,
        opened_on: row.get::<_, Day>("opened_on")?.0,
        subscription: row.get("subscription_uid")?,
        check_in: None,
        removals: Vec::new(),
        scans: Vec::new(),
        overrides: Vec::new(),
        hold: None,
        replacements: Vec::new(),
        protection_seen: seen.map(|at| (at, name)),
        closed: closed_at.zip(closing.map(|json| json.0)),
    };
    let agreed = Agreed {
        wants: row.get::<_, Option<Word<_>>>("wants")?.map(|word| word.0),
        backup: row.get::<_, Option<Word<_>>>("backup")?.map(|word| word.0),
        consent_by: row.get("consent_by")?,
    };
    Ok((CaseRow { case, opened_by: row.get("opened_by")? }, agreed))
}

/// The devices of a case, in the order of check-in.
pub(super) fn devices(conn: &Connection, case: CaseId) -> Result<Vec<Device>, StoreError> {
    let sql = "SELECT d.id, d.model, d.serial, d.platform, v.condition, v.accessories
                 FROM case_device v JOIN device d ON d.id = v.device_id
                WHERE v.case_id = :case ORDER BY v.position";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement
        .query_map(named_params! { ":case": case }, read_device)?
        .collect::<Result<_, _>>()?)
}

fn removals(conn: &Connection, case: CaseId) -> Result<Vec<Removal>, StoreError> {
    let sql = "SELECT * FROM removal WHERE case_id = :case ORDER BY started_at_ms, id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":case": case }, read_removal)?;
    let mut removals: Vec<Removal> = rows.collect::<Result<_, _>>()?;
    for removal in &mut removals {
        removal.checks = checks(conn, removal.id)?;
    }
    Ok(removals)
}

fn read_removal(row: &Row<'_>) -> rusqlite::Result<Removal> {
    let finished_at: Option<Moment> = row.get("finished_at_ms")?;
    let outcome: Option<Json<_>> = row.get("outcome")?;
    let notes = row.get("notes")?;
    Ok(Removal {
        id: row.get("id")?,
        device: row.get("device_id")?,
        by: row.get::<_, Word<_>>("removed_by")?.0,
        method: row.get::<_, Word<_>>("method")?.0,
        product: row.get("product")?,
        version: row.get("version")?,
        started_at: row.get("started_at_ms")?,
        checks: Vec::new(),
        finish: finished_at.zip(outcome).map(|(at, outcome)| Finish {
            at,
            outcome: outcome.0,
            notes,
        }),
    })
}

/// Ticked items in the order of the checklist.
fn checks(conn: &Connection, removal: RemovalId) -> Result<Vec<(Check, Moment)>, StoreError> {
    let sql = "SELECT item, ticked_at_ms FROM removal_check WHERE removal_id = :removal";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":removal": removal }, |row| {
        Ok((row.get::<_, Word<Check>>("item")?.0, row.get("ticked_at_ms")?))
    })?;
    let mut checks: Vec<(Check, Moment)> = rows.collect::<Result<_, _>>()?;
    checks.sort_unstable_by_key(|(check, _)| *check);
    Ok(checks)
}

fn scans(conn: &Connection, case: CaseId) -> Result<Vec<KeptScan>, StoreError> {
    let sql = "SELECT * FROM scan WHERE case_id = :case ORDER BY kept_at_ms, id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":case": case }, |row| {
        Ok(KeptScan {
            id: row.get("id")?,
            device: row.get("device_id")?,
            side: row.get::<_, Word<_>>("side")?.0,
            kept_at: row.get("kept_at_ms")?,
            files: row.get::<_, Json<_>>("files")?.0,
            scan: row.get::<_, Json<_>>("found")?.0,
            is_pinned: row.get("is_pinned")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The case that keeps a scan.
pub(super) fn case_of_scan(conn: &Connection, id: ScanId) -> Result<Option<CaseId>, StoreError> {
    let sql = "SELECT case_id FROM scan WHERE id = :id";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row(named_params! { ":id": id }, |row| row.get("case_id")).optional()?)
}

fn overrides(conn: &Connection, case: CaseId) -> Result<Vec<Override>, StoreError> {
    let sql = "SELECT * FROM case_override WHERE case_id = :case ORDER BY at_ms, entry_id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":case": case }, |row| {
        Ok(Override {
            what: row.get::<_, Word<_>>("what")?.0,
            reason: row.get("reason")?,
            by: row.get("person_id")?,
            at: row.get("at_ms")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn hold(conn: &Connection, case: CaseId) -> Result<Option<Hold>, StoreError> {
    let sql = "SELECT id, product_id, held_until_ms FROM license_key
                WHERE case_id = :case AND state = 'held'";
    let mut statement = conn.prepare_cached(sql)?;
    let hold = statement.query_row(named_params! { ":case": case }, |row| {
        Ok(Hold {
            key: row.get("id")?,
            product: row.get("product_id")?,
            until: row.get("held_until_ms")?,
        })
    });
    Ok(hold.optional()?)
}

fn replacements(conn: &Connection, case: CaseId) -> Result<Vec<Replacement>, StoreError> {
    let sql = "SELECT * FROM replacement WHERE case_id = :case ORDER BY issued_at_ms, id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(named_params! { ":case": case }, |row| {
        let voided_at: Option<Moment> = row.get("voided_at_ms")?;
        let reason = row.get("void_reason")?;
        Ok(Replacement {
            id: row.get("id")?,
            case: row.get("case_id")?,
            key: row.get("key_id")?,
            product: row.get("product_id")?,
            issued_at: row.get("issued_at_ms")?,
            shortfall_reason: row.get("shortfall_reason")?,
            voided: voided_at.map(|at| (at, reason)),
            active_at: row.get("active_at_ms")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
