//! What happens to keys. Every statement names the state that it moves from, and fails when no row
//! is there: the guards were asked before, and this is the second lock.

use super::run;
use crate::domain::entry::{Change, Stamp};
use crate::domain::guard::Refusal;
use crate::domain::id::{CaseId, ExternalId, KeyId, SubscriptionUid};
use crate::domain::replacement::Replacement;
use crate::domain::stock::NewKey;
use crate::domain::subscription::CODE_LETTERS_KEPT;
use crate::domain::subscription_mark::SubscriptionMark;
use crate::store::error::StoreError;
use crate::store::search_keys::SubscriptionKeys;
use crate::store::sql_types::Day;
use rusqlite::{Connection, OptionalExtension, ToSql, named_params};

/// Writes what `change` says about keys.
pub(super) fn apply(conn: &Connection, stamp: &Stamp, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::KeysImported { keys, .. } => keys.iter().try_for_each(|key| add(conn, key)),
        Change::KeyHeld { case, key, until } => {
            free_holds(conn, *case)?;
            // Also a key that another case held too long: time frees it without a write.
            move_one(
                conn,
                "UPDATE license_key SET state = 'held', case_id = :case, held_until_ms = :until
                  WHERE id = :key
                    AND (state = 'free' OR (state = 'held' AND held_until_ms <= :now))",
                named_params! { ":case": case, ":key": key, ":until": until, ":now": stamp.at },
            )
        }
        Change::HoldReleased { case, key } => run(
            conn,
            "UPDATE license_key SET state = 'free', case_id = NULL, held_until_ms = NULL
              WHERE id = :key AND case_id = :case AND state = 'held'",
            named_params! { ":case": case, ":key": key },
        ),
        Change::KeyIssued { replacement } => issue(conn, replacement),
        Change::KeyVoided { key, reason, .. } => void(conn, stamp, *key, reason),
        Change::ReplacementSeenActive { replacement, .. } => {
            let params = named_params! { ":id": replacement, ":at": stamp.at };
            run(
                conn,
                "UPDATE replacement SET active_at_ms = max(coalesce(active_at_ms, :at), :at)
                  WHERE id = :id",
                params,
            )?;
            run(
                conn,
                "UPDATE license_key SET state = 'activated'
                  WHERE state = 'issued'
                    AND id = (SELECT key_id FROM replacement WHERE id = :id)",
                named_params! { ":id": replacement },
            )
        }
        Change::FrozenReleased { keys, .. } => keys.iter().try_for_each(|key| {
            let sql = "UPDATE license_key SET state = 'free' WHERE id = :key AND state = 'frozen'";
            move_one(conn, sql, named_params! { ":key": key })
        }),
        _ => Ok(()),
    }
}

/// What is free or held is frozen: whether a customer has seen it is not known.
pub(super) fn freeze_all(conn: &Connection) -> Result<(), StoreError> {
    let sql = "UPDATE license_key SET state = 'frozen', case_id = NULL, held_until_ms = NULL
                WHERE state IN ('free', 'held')";
    run(conn, sql, &[])
}

/// The keys that `case` holds are free again.
pub(super) fn free_holds(conn: &Connection, case: CaseId) -> Result<(), StoreError> {
    let sql = "UPDATE license_key SET state = 'free', case_id = NULL, held_until_ms = NULL
                WHERE case_id = :case AND state = 'held'";
    run(conn, sql, named_params! { ":case": case })
}

/// Runs a statement that must change one row.
fn move_one(conn: &Connection, sql: &str, params: &[(&str, &dyn ToSql)]) -> Result<(), StoreError> {
    if conn.prepare_cached(sql)?.execute(params)? == 1 {
        Ok(())
    } else {
        Err(Refusal::KeyNotAvailable("not where it was").into())
    }
}

/// A key that is here already, from whichever file, stays as it is.
fn add(conn: &Connection, key: &NewKey) -> Result<(), StoreError> {
    let license = key.key.reveal();
    run(
        conn,
        "INSERT INTO license_key (id, product_id, license, license_key, lot, expires_on, state)
         VALUES (:id, :product, :license, :license_key, :lot, :expires_on, 'free')
         ON CONFLICT DO NOTHING",
        named_params! {
            ":id": key.id,
            ":product": key.product,
            ":license": license,
            ":license_key": crate::domain::fold::letters_and_digits(license),
            ":lot": key.lot,
            ":expires_on": key.expires_on.map(Day),
        },
    )
}

fn issue(conn: &Connection, replacement: &Replacement) -> Result<(), StoreError> {
    move_one(
        conn,
        "UPDATE license_key SET state = 'issued', held_until_ms = NULL
          WHERE id = :key AND case_id = :case AND state = 'held'",
        named_params! { ":key": replacement.key, ":case": replacement.case },
    )?;
    run(
        conn,
        "INSERT INTO replacement (id, case_id, key_id, product_id, subscription_uid,
                                  is_overridden, issued_at_ms, shortfall_reason)
         SELECT :id, c.id, :key, :product, c.subscription_uid,
                EXISTS (SELECT 1 FROM case_override o
                         WHERE o.case_id = c.id AND o.what = 'exchange'),
                :at, :reason
           FROM cases c WHERE c.id = :case",
        named_params! {
            ":id": replacement.id,
            ":case": replacement.case,
            ":key": replacement.key,
            ":product": replacement.product,
            ":at": replacement.issued_at,
            ":reason": replacement.shortfall_reason,
        },
    )?;
    let sql = "SELECT s.uid, s.customer, s.product, s.activation_code, s.receipt_no
                 FROM cases c JOIN subscription s ON s.uid = c.subscription_uid
                WHERE c.id = :case";
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_row(named_params! { ":case": replacement.case }, |row| {
        Ok(Exchanged {
            uid: row.get("uid")?,
            customer: row.get("customer")?,
            product: row.get("product")?,
            code: row.get("activation_code")?,
            receipt_no: row.get("receipt_no")?,
        })
    });
    match found.optional()? {
        Some(exchanged) => cut_code(conn, &exchanged),
        None => Ok(()),
    }
}

/// A subscription at the moment of its exchange.
struct Exchanged {
    uid: SubscriptionUid,
    customer: ExternalId,
    product: String,
    code: String,
    receipt_no: String,
}

/// Of an activation code that was exchanged only the last five characters are kept, and digests
/// that know it again when somebody brings it a second time.
///
/// Source: product rules, "Words", subscription.
fn cut_code(conn: &Connection, exchanged: &Exchanged) -> Result<(), StoreError> {
    let letters = crate::domain::fold::letters_and_digits(&exchanged.code);
    let last = letters.get(letters.len().saturating_sub(CODE_LETTERS_KEPT)..).unwrap_or_default();
    let keys = SubscriptionKeys::of(last, &exchanged.receipt_no);
    let mark = SubscriptionMark {
        customer: &exchanged.customer,
        product: &exchanged.product,
        activation_code: &exchanged.code,
        receipt_no: &exchanged.receipt_no,
        purchased_on: None,
    };
    run(
        conn,
        "UPDATE subscription
            SET activation_code = :code, code_key = :code_key, code_rkey = :code_rkey,
                code_mark = coalesce(code_mark, :code_mark),
                receipt_mark = coalesce(receipt_mark, :receipt_mark)
          WHERE uid = :uid",
        named_params! {
            ":uid": exchanged.uid,
            ":code_mark": mark.code_mark(),
            ":receipt_mark": mark.receipt_mark(),
            ":code": last,
            ":code_key": keys.code,
            ":code_rkey": keys.code_reversed,
        },
    )
}

/// Voids a key, and what was handed out with it.
fn void(conn: &Connection, stamp: &Stamp, key: KeyId, reason: &str) -> Result<(), StoreError> {
    move_one(
        conn,
        "UPDATE license_key
            SET state = 'voided', reason = :reason, held_until_ms = NULL,
                case_id = CASE state WHEN 'held' THEN NULL ELSE case_id END
          WHERE id = :key AND state NOT IN ('voided', 'leased')",
        named_params! { ":key": key, ":reason": reason },
    )?;
    run(
        conn,
        "UPDATE replacement SET voided_at_ms = :at, void_reason = :reason
          WHERE key_id = :key AND voided_at_ms IS NULL",
        named_params! { ":key": key, ":at": stamp.at, ":reason": reason },
    )
}
