//! What people write into a change: reasons that must be given, and texts in which a card number
//! could stand.
//!
//! Codes, keys, receipts, serial numbers and ids are identifiers: many of them end in a check digit
//! too (an IMEI always does), so they are not looked at.

use super::Refusal;
use crate::domain::case::Closing;
use crate::domain::customer::Customer;
use crate::domain::entry::Change;
use crate::domain::privacy::holds_card_number;
use crate::domain::removal::{Finish, Outcome};
use crate::domain::settings::Settings;
use crate::domain::subscription::Channel;

/// Reasons are given, and no free text holds a card number.
pub(super) fn check(change: &Change) -> Result<(), Refusal> {
    let reason = reason(change);
    if reason.into_iter().chain(others(change)).any(holds_card_number) {
        return Err(Refusal::CardNumber);
    }
    if reason.is_some_and(|text| text.trim().is_empty()) {
        return Err(Refusal::NoReason);
    }
    Ok(())
}

/// The text without which the change does not happen.
fn reason(change: &Change) -> Option<&str> {
    match change {
        Change::Overridden { reason, .. }
        | Change::KeyVoided { reason, .. }
        | Change::FrozenReleased { reason, .. }
        | Change::CaseReopened { reason, .. }
        | Change::CaseClosed { closing: Closing::Withdrawn { reason }, .. } => Some(reason),
        Change::NoteAdded { text, .. } => Some(text),
        Change::ProtectionSeen { name, .. } => Some(name),
        Change::RemovalStarted { removal, .. } => Some(&removal.product),
        Change::RemovalFinished { finish: Finish { outcome, .. }, .. } => match outcome {
            Outcome::RemovedAsStated { statement: reason }
            | Outcome::LeftoversRemain { reason }
            | Outcome::NotRemoved { reason } => Some(reason),
            Outcome::RemovedAsShown { .. }
            | Outcome::RemovedByCustomer
            | Outcome::LeftToCustomer => None,
        },
        _ => None,
    }
}

/// Everything else that is free text. What is written at check-in is a gap of check-in.
fn others(change: &Change) -> Vec<&str> {
    match change {
        Change::FileCreated { settings, people, .. } => {
            let names = people.iter().map(|person| person.name.as_str());
            of_settings(settings).into_iter().chain(names).collect()
        }
        Change::SettingsChanged { settings } => of_settings(settings).to_vec(),
        // The patterns themselves are names and numbers of programs.
        Change::SignaturesSet { file } => vec![&file.mark.file.name],
        Change::PersonSet { person } => vec![&person.name],
        Change::CatalogImported { products, .. } => products
            .iter()
            .flat_map(|product| [&product.vendor, &product.name, &product.activation_address])
            .map(String::as_str)
            .collect(),
        Change::KeysImported { keys, .. } => keys.iter().map(|key| key.lot.as_str()).collect(),
        Change::CustomerAdded { customer } => of_customer(customer).to_vec(),
        Change::SubscriptionAdded { subscription } => match &subscription.channel {
            Channel::Other(channel) => vec![&subscription.product, channel],
            _ => vec![&subscription.product],
        },
        Change::RemovalStarted { removal, .. } => vec![&removal.version],
        Change::RemovalFinished { finish, .. } => vec![&finish.notes],
        Change::KeyIssued { replacement } => vec![&replacement.shortfall_reason],
        _ => Vec::new(),
    }
}

fn of_settings(settings: &Settings) -> [&str; 4] {
    let desk = &settings.desk;
    [&desk.store_name, &desk.phone, &settings.campaign.withdrawn_vendor, &settings.watched_folder]
}

fn of_customer(customer: &Customer) -> [&str; 9] {
    [
        &customer.given_name,
        &customer.surname,
        &customer.phone,
        &customer.phone2,
        &customer.email,
        &customer.street,
        &customer.city,
        &customer.state,
        &customer.postcode,
    ]
}
