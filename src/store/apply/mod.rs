//! Entry → tables: the only place that writes to them.
//!
//! What is written follows from the entry and from rows that earlier entries wrote, never from a
//! clock, chance or an imported directory: so replaying the journal gives the same tables.
//! Whether the change may happen was asked before; here it happens.

mod keys;
mod visit;

use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::entry::{Change, Stamp};
use crate::domain::id::Incarnation;
use crate::domain::people::Person;
use crate::domain::product_text::{self, Seats};
use crate::domain::settings::Settings;
use crate::domain::signature_file::SignatureFile;
use crate::domain::subscription::{Channel, Subscription};
use crate::store::error::StoreError;
use crate::store::search_keys::{CustomerKeys, SubscriptionKeys};
use crate::store::sql_types::{Day, Json, Word};
use rusqlite::{Connection, ToSql, named_params};

/// Writes what `change` says.
pub(super) fn apply(conn: &Connection, stamp: &Stamp, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::FileCreated { incarnation, settings, people, catalog } => {
            set_life(conn, *incarnation, 1)?;
            set_settings(conn, settings)?;
            people.iter().try_for_each(|person| set_person(conn, person))?;
            catalog.iter().try_for_each(|product| set_product(conn, product))
        }
        Change::Restored { incarnation, next_case_counter, .. } => {
            set_life(conn, *incarnation, *next_case_counter)?;
            keys::freeze_all(conn)
        }
        Change::SettingsChanged { settings } => set_settings(conn, settings),
        Change::SignaturesSet { file } => set_signatures(conn, file),
        Change::SignaturesReset => {
            run(conn, "DELETE FROM meta WHERE name IN ('signatures', 'signatures_text')", &[])
        }
        Change::PersonSet { person } => set_person(conn, person),
        Change::CatalogImported { products, .. } => {
            products.iter().try_for_each(|product| set_product(conn, product))
        }
        // The rows were written in bulk in the same transaction; the entry has their counts.
        Change::DirectoryImported { .. } => Ok(()),
        Change::CustomerAdded { customer } => add_customer(conn, customer),
        Change::SubscriptionAdded { subscription } => add_subscription(conn, subscription),
        Change::SubscriptionRead { subscription, reading } => run(
            conn,
            "INSERT INTO subscription_reading (uid, runs_until, read_on)
             VALUES (:uid, :runs_until, :read_on)
             ON CONFLICT (uid) DO UPDATE
                SET runs_until = excluded.runs_until, read_on = excluded.read_on",
            named_params! {
                ":uid": subscription,
                ":runs_until": Day(reading.runs_until),
                ":read_on": Day(reading.read_on),
            },
        ),
        Change::KeysImported { .. }
        | Change::KeyHeld { .. }
        | Change::HoldReleased { .. }
        | Change::KeyIssued { .. }
        | Change::KeyVoided { .. }
        | Change::ReplacementSeenActive { .. }
        | Change::FrozenReleased { .. } => keys::apply(conn, stamp, change),
        Change::CaseOpened { .. }
        | Change::SubscriptionChosen { .. }
        | Change::CheckedIn { .. }
        | Change::RemovalStarted { .. }
        | Change::CheckTicked { .. }
        | Change::CheckUnticked { .. }
        | Change::RemovalFinished { .. }
        | Change::RemovalResumed { .. }
        | Change::EvidenceKept { .. }
        | Change::EvidenceDropped { .. }
        | Change::Overridden { .. }
        | Change::ProtectionSeen { .. }
        | Change::CaseClosed { .. }
        | Change::CaseReopened { .. } => visit::apply(conn, stamp, change),
        // These stand in the journal alone.
        Change::KeyRevealed { .. } | Change::NoteAdded { .. } | Change::SheetMade { .. } => Ok(()),
    }
}

/// Runs one statement that is kept ready.
fn run(conn: &Connection, sql: &str, params: &[(&str, &dyn ToSql)]) -> Result<(), StoreError> {
    conn.prepare_cached(sql)?.execute(params)?;
    Ok(())
}

fn set_life(conn: &Connection, life: Incarnation, counter: u32) -> Result<(), StoreError> {
    set_meta(conn, "incarnation", &life)?;
    set_meta(conn, "next_case_counter", &counter.to_string())
}

fn set_settings(conn: &Connection, settings: &Settings) -> Result<(), StoreError> {
    set_meta(conn, "settings", &Json(settings))
}

/// In two rows: the mark is read with every page of Settings, the text only when it has changed.
fn set_signatures(conn: &Connection, file: &SignatureFile) -> Result<(), StoreError> {
    set_meta(conn, "signatures", &Json(&file.mark))?;
    set_meta(conn, "signatures_text", &file.text)
}

/// Sets a row of `meta`.
fn set_meta(conn: &Connection, name: &str, value: &dyn ToSql) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES (:name, :value)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    run(conn, sql, named_params! { ":name": name, ":value": value })
}

fn set_person(conn: &Connection, person: &Person) -> Result<(), StoreError> {
    let sql = "INSERT INTO person (id, name, role, is_active)
               VALUES (:id, :name, :role, :is_active)
               ON CONFLICT (id) DO UPDATE
                  SET name = excluded.name, role = excluded.role, is_active = excluded.is_active";
    let params = named_params! {
        ":id": person.id,
        ":name": person.name,
        ":role": Word(person.role),
        ":is_active": person.is_active,
    };
    run(conn, sql, params)
}

/// A product of the same name keeps its id, so that keys that were delivered under it stay its.
fn set_product(conn: &Connection, product: &Product) -> Result<(), StoreError> {
    let seats = match product.seats {
        Seats::Count(n) => Some(n),
        Seats::Unlimited => None,
    };
    let params = named_params! {
        ":id": product.id,
        ":vendor": product.vendor,
        ":name": product.name,
        ":name_key": product_text::words(&product.name).join(" "),
        ":tier": product.tier.map(Word),
        ":seats": seats,
        ":term_months": product.term_months,
        ":platforms": Json(&product.platforms),
        ":activation_address": product.activation_address,
        ":key_groups": product.key_groups,
    };
    run(conn, include_str!("set_product.sql"), params)
}

fn add_customer(conn: &Connection, customer: &Customer) -> Result<(), StoreError> {
    let keys = CustomerKeys::of(customer);
    let params = named_params! {
        ":external_id": customer.external_id,
        ":given_name": customer.given_name,
        ":surname": customer.surname,
        ":phone": customer.phone,
        ":phone2": customer.phone2,
        ":email": customer.email,
        ":street": customer.street,
        ":city": customer.city,
        ":state": customer.state,
        ":postcode": customer.postcode,
        ":member_id": customer.member_id,
        ":name_key": keys.name,
        ":given_key": keys.given,
        ":phone_key": keys.phone,
        ":phone_rkey": keys.phone_reversed,
        ":phone2_key": keys.phone2,
        ":phone2_rkey": keys.phone2_reversed,
        ":email_key": keys.email,
        ":email_rkey": keys.email_reversed,
        ":member_key": keys.member,
        ":id_key": keys.id,
    };
    run(conn, include_str!("add_customer.sql"), params)
}

fn add_subscription(conn: &Connection, subscription: &Subscription) -> Result<(), StoreError> {
    let code = subscription.activation_code.as_ref().map_or("", |code| code.reveal());
    let receipt_no = subscription.receipt_no.as_deref().unwrap_or_default();
    let keys = SubscriptionKeys::of(code, receipt_no);
    let params = named_params! {
        ":uid": subscription.uid,
        ":customer": subscription.customer,
        ":product": subscription.product,
        ":activation_code": code,
        ":receipt_no": receipt_no,
        ":purchased_on": subscription.purchased_on.map(Day),
        ":expires_on": subscription.expires_on.map(Day),
        ":channel": Word::<&Channel>(&subscription.channel),
        ":seats": subscription.seats_on_file,
        ":term_months": subscription.term_months_on_file,
        ":code_key": keys.code,
        ":code_rkey": keys.code_reversed,
        ":receipt_key": keys.receipt,
        ":receipt_rkey": keys.receipt_reversed,
    };
    run(conn, include_str!("add_subscription.sql"), params)
}
