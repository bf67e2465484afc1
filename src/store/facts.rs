//! What the file says about a change, put before the domain's guards inside the transaction that
//! would make it.

use crate::domain::eligibility;
use crate::domain::entry::{Change, Stamp};
use crate::domain::guard::{self, Facts, KeyFacts, Refusal};
use crate::domain::id::{ExternalId, KeyId, SubscriptionUid};
use crate::domain::people;
use crate::domain::replacement::{Wanted, shortfalls};
use crate::domain::settings::Settings;
use crate::domain::stock::KeyState;
use crate::store::digest::sha256_of;
use crate::store::error::StoreError;
use crate::store::{case, customer, settings, stock};
use rusqlite::Connection;

/// Asks whether `change` may happen now.
pub(super) fn check(
    conn: &Connection,
    settings: &Settings,
    stamp: &Stamp,
    change: &Change,
) -> Result<(), StoreError> {
    let actor = if let Some(id) = stamp.by {
        let known = settings::person(conn, id)?.filter(|person| person.is_active);
        Some(known.ok_or(Refusal::Missing("the person"))?)
    } else {
        guard::check_nobody(change)?;
        None
    };
    let case = match change.case() {
        Some(id) => case::case(conn, id)?.map(|row| row.case),
        None => None,
    };
    let subscription = match case.as_ref().and_then(|case| Some((case.id, case.subscription?))) {
        Some((id, uid)) => customer::subscription(conn, uid, Some(id))?,
        None => None,
    };
    let eligibility = case
        .as_ref()
        .map(|case| eligibility::decide(&settings.campaign, subscription.as_ref(), case.opened_on));
    let key = match change.key() {
        Some(id) => stock::key(conn, id)?,
        None => None,
    };
    let short = match (&case, &key) {
        (Some(case), Some(key)) => {
            shortfalls(&Wanted::of(case, subscription.as_ref()), &key.product)
        }
        (None, _) | (_, None) => Vec::new(),
    };
    let facts = Facts {
        now: stamp.at,
        actor: actor.as_ref(),
        settings,
        case: case.as_ref(),
        eligibility: eligibility.as_ref(),
        key: key.as_ref().map(|key| KeyFacts {
            state: &key.state,
            product: &key.product,
            shortfalls: &short,
        }),
    };
    guard::check(change, &facts)?;
    check_there(conn, &facts, change)
}

/// Asks whether what `change` names is in the file, or is not yet, so that a person is told
/// instead of a constraint failing.
fn check_there(conn: &Connection, facts: &Facts<'_>, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::FileCreated { .. } if settings::is_begun(conn)? => {
            Err(StoreError::AlreadyThere("the first entry"))
        }
        Change::SignaturesSet { file } => {
            if sha256_of(file.text.as_bytes()).ok().as_ref() == Some(&file.mark.file.sha256) {
                Ok(())
            } else {
                Err(Refusal::SignaturesDiffer.into())
            }
        }
        Change::SignaturesReset if settings::signature_mark(conn)?.is_none() => {
            Err(Refusal::Missing("a signature file").into())
        }
        Change::CustomerAdded { customer: new } => {
            match customer::customer(conn, &new.external_id)? {
                Some(_) => Err(StoreError::AlreadyThere("the customer")),
                None => Ok(()),
            }
        }
        Change::SubscriptionAdded { subscription } => {
            has_customer(conn, &subscription.customer)?;
            match customer::subscription(conn, subscription.uid, None)? {
                Some(_) => Err(StoreError::AlreadyThere("the subscription")),
                None => Ok(()),
            }
        }
        Change::SubscriptionRead { subscription, .. } => {
            customer::subscription(conn, *subscription, None)?
                .map(drop)
                .ok_or_else(|| Refusal::Missing("the subscription").into())
        }
        Change::CaseOpened { customer, subscription, .. } => {
            has_customer(conn, customer)?;
            has_subscription(conn, customer, *subscription)
        }
        Change::SubscriptionChosen { subscription, .. } => match facts.case {
            Some(case) => has_subscription(conn, &case.customer, *subscription),
            None => Err(Refusal::Missing("the case").into()),
        },
        Change::KeysImported { keys, .. } => {
            let mut products: Vec<_> = keys.iter().map(|key| key.product).collect();
            products.sort_unstable();
            products.dedup();
            for id in products {
                let product =
                    settings::product(conn, id)?.ok_or(Refusal::Missing("the product"))?;
                guard::check_vendor(facts.settings, &product)?;
            }
            Ok(())
        }
        Change::EvidenceKept { case, scan } => {
            match case::case_of_scan(conn, scan.id)?.filter(|owner| owner != case) {
                Some(_) => Err(StoreError::AlreadyThere("the scan")),
                None => Ok(()),
            }
        }
        Change::FrozenReleased { keys, .. } => all_frozen(conn, keys),
        Change::PersonSet { person } if !people::has_lead(&settings::people(conn)?, person) => {
            Err(Refusal::LastLead.into())
        }
        Change::HoldReleased { .. } if facts.key.is_none() => {
            Err(Refusal::Missing("the key").into())
        }
        _ => Ok(()),
    }
}

fn has_customer(conn: &Connection, id: &ExternalId) -> Result<(), StoreError> {
    customer::customer(conn, id)?.map(drop).ok_or_else(|| Refusal::Missing("the customer").into())
}

/// Whether the subscription, if one is named, is this customer's.
fn has_subscription(
    conn: &Connection,
    customer: &ExternalId,
    uid: Option<SubscriptionUid>,
) -> Result<(), StoreError> {
    let Some(uid) = uid else { return Ok(()) };
    let found = customer::subscription(conn, uid, None)?;
    let theirs = found.filter(|subscription| subscription.customer == *customer);
    theirs.map(drop).ok_or_else(|| Refusal::Missing("the subscription").into())
}

fn all_frozen(conn: &Connection, keys: &[KeyId]) -> Result<(), StoreError> {
    for id in keys {
        let key = stock::key(conn, *id)?.ok_or(Refusal::Missing("the key"))?;
        if key.state != KeyState::Frozen {
            return Err(Refusal::KeyNotAvailable(key.state.label()).into());
        }
    }
    Ok(())
}
