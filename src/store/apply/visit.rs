//! What happens in a case, but for its key.

use super::{keys, run, set_meta};
use crate::domain::case::CheckIn;
use crate::domain::device::Device;
use crate::domain::entry::{Change, Stamp};
use crate::domain::evidence::kept::KeptScan;
use crate::domain::id::CaseId;
use crate::domain::removal::{Check, Removal};
use crate::store::error::StoreError;
use crate::store::settings;
use crate::store::sql_types::{Day, Json, Word};
use rusqlite::{Connection, named_params};

/// Writes what `change` says about a case.
pub(super) fn apply(conn: &Connection, stamp: &Stamp, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::CaseOpened { .. } => open(conn, stamp, change),
        Change::SubscriptionChosen { case, subscription } => {
            let params = named_params! { ":case": case, ":subscription": subscription };
            // A lead's word was for the subscription that was looked at then.
            run(
                conn,
                "DELETE FROM case_override
                  WHERE case_id = :case AND what = 'exchange'
                    AND (SELECT subscription_uid FROM cases WHERE id = :case) IS NOT :subscription",
                params,
            )?;
            run(conn, "UPDATE cases SET subscription_uid = :subscription WHERE id = :case", params)
        }
        Change::CheckedIn { case, check_in } => set_check_in(conn, *case, check_in),
        Change::RemovalStarted { case, removal } => set_removal(conn, *case, removal),
        Change::CheckTicked { removal, check, .. } => run(
            conn,
            "INSERT INTO removal_check (removal_id, item, ticked_at_ms)
             VALUES (:removal, :item, :at) ON CONFLICT DO NOTHING",
            named_params! { ":removal": removal, ":item": Word(check), ":at": stamp.at },
        ),
        Change::CheckUnticked { removal, check, .. } => run(
            conn,
            "DELETE FROM removal_check WHERE removal_id = :removal AND item = :item",
            named_params! { ":removal": removal, ":item": Word(check) },
        ),
        Change::RemovalFinished { removal, finish, .. } => run(
            conn,
            "UPDATE removal SET finished_at_ms = :at, outcome = :outcome, notes = :notes
              WHERE id = :removal",
            named_params! {
                ":removal": removal,
                ":at": finish.at,
                ":outcome": Json(&finish.outcome),
                ":notes": finish.notes,
            },
        ),
        Change::RemovalResumed { removal, .. } => run(
            conn,
            "UPDATE removal SET finished_at_ms = NULL, outcome = NULL, notes = ''
              WHERE id = :removal",
            named_params! { ":removal": removal },
        ),
        Change::Overridden { case, what, reason } => run(
            conn,
            "INSERT INTO case_override (entry_id, case_id, what, reason, person_id, at_ms)
             VALUES (:entry, :case, :what, :reason, :person, :at)",
            named_params! {
                ":entry": stamp.id,
                ":case": case,
                ":what": Word(what),
                ":reason": reason,
                ":person": stamp.by,
                ":at": stamp.at,
            },
        ),
        _ => apply_end(conn, stamp, change),
    }
}

fn apply_end(conn: &Connection, stamp: &Stamp, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::EvidenceKept { case, scan } => set_scan(conn, *case, scan),
        Change::EvidenceDropped { scan, .. } => {
            run(conn, "DELETE FROM scan WHERE id = :scan", named_params! { ":scan": scan })
        }
        Change::ProtectionSeen { case, name } => run(
            conn,
            "UPDATE cases SET protection_seen_at_ms = :at, protection_name = :name
              WHERE id = :case",
            named_params! { ":case": case, ":at": stamp.at, ":name": name },
        ),
        Change::CaseClosed { case, closing } => {
            keys::free_holds(conn, *case)?;
            run(
                conn,
                "UPDATE cases SET closed_at_ms = :at, closing = :closing WHERE id = :case",
                named_params! { ":case": case, ":at": stamp.at, ":closing": Json(closing) },
            )
        }
        Change::CaseReopened { case, .. } => run(
            conn,
            "UPDATE cases SET closed_at_ms = NULL, closing = NULL WHERE id = :case",
            named_params! { ":case": case },
        ),
        _ => Ok(()),
    }
}

/// Kept again, it has or loses its lines; everything else of it stays. Another case's scan is never
/// touched.
fn set_scan(conn: &Connection, case: CaseId, kept: &KeptScan) -> Result<(), StoreError> {
    run(
        conn,
        "INSERT INTO scan (id, case_id, device_id, side, kept_at_ms, is_pinned, files, found)
         VALUES (:id, :case, :device, :side, :kept_at, :is_pinned, :files, :found)
         ON CONFLICT (id) DO UPDATE SET is_pinned = excluded.is_pinned, found = excluded.found
          WHERE case_id = excluded.case_id AND device_id = excluded.device_id",
        named_params! {
            ":id": kept.id,
            ":case": case,
            ":device": kept.device,
            ":side": Word(kept.side),
            ":kept_at": kept.kept_at,
            ":is_pinned": kept.is_pinned,
            ":files": Json(&kept.files),
            ":found": Json(&kept.scan),
        },
    )
}

fn open(conn: &Connection, stamp: &Stamp, change: &Change) -> Result<(), StoreError> {
    let Change::CaseOpened { case, number, customer, subscription, opened_on } = change else {
        return Ok(());
    };
    // Another desk's numbers, which have another prefix, do not move this desk's counter.
    if number.prefix == settings::settings(conn)?.desk.case_prefix {
        let next = settings::next_case_counter(conn)?.max(number.counter.saturating_add(1));
        set_meta(conn, "next_case_counter", &next.to_string())?;
    }
    run(
        conn,
        "INSERT INTO cases (id, number, customer, subscription_uid, opened_at_ms, opened_on,
                            opened_by)
         VALUES (:id, :number, :customer, :subscription, :at, :opened_on, :by)",
        named_params! {
            ":id": case,
            ":number": number,
            ":customer": customer,
            ":subscription": subscription,
            ":at": stamp.at,
            ":opened_on": Day(*opened_on),
            ":by": stamp.by,
        },
    )
}

/// Check-in is written whole each time: devices that are not in it any more leave the case.
fn set_check_in(conn: &Connection, case: CaseId, check_in: &CheckIn) -> Result<(), StoreError> {
    run(
        conn,
        "UPDATE cases SET wants = :wants, backup = :backup, consent_by = :consent_by
          WHERE id = :case",
        named_params! {
            ":case": case,
            ":wants": Word(check_in.wants),
            ":backup": check_in.backup.map(Word),
            ":consent_by": check_in.consent_by,
        },
    )?;
    let sql = "DELETE FROM case_device WHERE case_id = :case";
    run(conn, sql, named_params! { ":case": case })?;
    for (position, device) in (1_i64..).zip(&check_in.devices) {
        set_device(conn, case, device)?;
        run(
            conn,
            "INSERT INTO case_device (case_id, position, device_id, condition, accessories)
             VALUES (:case, :position, :device, :condition, :accessories)",
            named_params! {
                ":case": case,
                ":position": position,
                ":device": device.id,
                ":condition": device.condition,
                ":accessories": device.accessories,
            },
        )?;
    }
    Ok(())
}

fn set_device(conn: &Connection, case: CaseId, device: &Device) -> Result<(), StoreError> {
    run(
        conn,
        "INSERT INTO device (id, customer, model, serial, serial_key, platform)
         SELECT :id, customer, :model, :serial, :serial_key, :platform
           FROM cases WHERE id = :case
         ON CONFLICT (id) DO UPDATE
            SET model = excluded.model, serial = excluded.serial,
                serial_key = excluded.serial_key, platform = excluded.platform",
        named_params! {
            ":case": case,
            ":id": device.id,
            ":model": device.model,
            ":serial": device.serial,
            ":serial_key": crate::domain::fold::code(&device.serial),
            ":platform": Word(device.platform),
        },
    )
}

/// Ticks and end stay as they are; but what was ticked of another method, or of somebody else's
/// work, from the uninstall on, is to be done and ticked anew.
fn set_removal(conn: &Connection, case: CaseId, removal: &Removal) -> Result<(), StoreError> {
    run(
        conn,
        "DELETE FROM removal_check
          WHERE removal_id = :id AND item <> :data_saved
            AND EXISTS (SELECT 1 FROM removal
                         WHERE id = :id AND (removed_by <> :removed_by OR method <> :method))",
        named_params! {
            ":id": removal.id,
            ":data_saved": Word(Check::DataSaved),
            ":removed_by": Word(removal.by),
            ":method": Word(removal.method),
        },
    )?;
    run(
        conn,
        "INSERT INTO removal (id, case_id, device_id, removed_by, method, product, version,
                              started_at_ms)
         VALUES (:id, :case, :device, :removed_by, :method, :product, :version, :started_at)
         ON CONFLICT (id) DO UPDATE
            SET removed_by = excluded.removed_by, method = excluded.method,
                product = excluded.product, version = excluded.version",
        named_params! {
            ":id": removal.id,
            ":case": case,
            ":device": removal.device,
            ":removed_by": Word(removal.by),
            ":method": Word(removal.method),
            ":product": removal.product,
            ":version": removal.version,
            ":started_at": removal.started_at,
        },
    )
}
