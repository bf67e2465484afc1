//! One customer's visit: check-in, removals, replacement, and what each step still wants.

mod evidence;

pub use evidence::{ADDS_MS, DeviceEvidence, Placing, ProductSeen, ProtectionShown};

use crate::domain::device::{Backup, Device};
use crate::domain::evidence::kept::KeptScan;
use crate::domain::id::{
    CaseId, CaseNumber, DeviceId, ExternalId, KeyId, PersonId, ProductId, RemovalId,
    SubscriptionUid,
};
use crate::domain::privacy::holds_card_number;
use crate::domain::removal::{Outcome, Removal};
use crate::domain::replacement::Replacement;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the customer came for. The two parts of the offer are independent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    /// Removal and exchange.
    #[default]
    Both,
    /// Only the removal.
    RemovalOnly,
    /// Only the exchange: the device may be at home.
    ExchangeOnly,
}

impl Wants {
    /// As it is offered at check-in.
    pub fn label(self) -> &'static str {
        match self {
            Self::Both => "Removal and exchange",
            Self::RemovalOnly => "Removal only",
            Self::ExchangeOnly => "Exchange only",
        }
    }

    /// Whether something is to be removed.
    pub fn removal(self) -> bool {
        self != Self::ExchangeOnly
    }

    /// Whether a key is to be handed out.
    pub fn exchange(self) -> bool {
        self != Self::RemovalOnly
    }
}

/// What was handed over, and what the customer agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// What the customer came for.
    pub wants: Wants,
    /// The devices at the desk; empty for an exchange without one.
    pub devices: Vec<Device>,
    /// The customer's answer about a backup; `None` when no device is at the desk.
    pub backup: Option<Backup>,
    /// Who signed the consent to the work; empty when no device is at the desk.
    pub consent_by: String,
}

/// What check-in still wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CheckInGap {
    /// A removal is wanted, and no device is here.
    #[error("Add the device, or choose Exchange only")]
    Device,
    /// A device has no model.
    #[error("Enter the make and model")]
    Model,
    /// Nobody asked for a backup.
    #[error("Ask the customer about a backup")]
    Backup,
    /// Nobody signed.
    #[error("The customer signs before the work begins")]
    Consent,
    /// A card number was typed.
    #[error("This looks like a card number. Card numbers are never stored here")]
    CardNumber,
}

impl CheckIn {
    /// Every gap, in the order of the form.
    pub fn check(&self) -> Result<(), Vec<CheckInGap>> {
        let has_device = !self.devices.is_empty();
        // Not the serial number: that of a phone always ends in a check digit.
        let texts = self
            .devices
            .iter()
            .flat_map(|device| [&device.model, &device.condition, &device.accessories]);
        let no_model = self.devices.iter().any(|device| device.model.trim().is_empty());
        let gaps: Vec<_> = [
            (self.wants.removal() && !has_device, CheckInGap::Device),
            (no_model, CheckInGap::Model),
            (has_device && self.backup.is_none(), CheckInGap::Backup),
            (has_device && self.consent_by.trim().is_empty(), CheckInGap::Consent),
            (
                texts.chain([&self.consent_by]).any(|text| holds_card_number(text)),
                CheckInGap::CardNumber,
            ),
        ]
        .into_iter()
        .filter_map(|(is_gap, gap)| is_gap.then_some(gap))
        .collect();
        if gaps.is_empty() { Ok(()) } else { Err(gaps) }
    }
}

/// What a lead overrides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideKind {
    /// The verdict on the free exchange.
    Exchange,
    /// The verdict on the free removal.
    Removal,
    /// The replacement goes out although the removal is not settled.
    GoOn,
    /// A removal ends, or a device goes home, although a filter of its mouse or keyboard has lost
    /// its driver.
    Danger,
}

impl OverrideKind {
    /// As it stands in the journal.
    pub fn label(self) -> &'static str {
        match self {
            Self::Exchange => "Free exchange",
            Self::Removal => "Free removal",
            Self::GoOn => "Replacement before the removal is settled",
            Self::Danger => "Device filter without its driver",
        }
    }
}

/// A lead's word against a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Against which.
    pub what: OverrideKind,
    /// Why.
    pub reason: String,
    /// The lead.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

/// A key that this case holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Which key.
    pub key: KeyId,
    /// Of which product.
    pub product: ProductId,
    /// Until when; then it is free again by itself.
    pub until: Moment,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Closing {
    /// Everything wanted was done, and the sheet was handed over.
    HandedOver,
    /// The customer changed their mind, or it could not go on.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl Closing {
    /// As it stands in the list of cases.
    pub fn label(&self) -> &'static str {
        match self {
            Self::HandedOver => "Handed over",
            Self::Withdrawn { .. } => "Withdrawn",
        }
    }
}

/// The three steps, and the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Devices, consent.
    CheckIn,
    /// Kaspersky goes.
    Removal,
    /// The key goes out.
    Replacement,
    /// All is done; the sheet is handed over.
    HandOver,
    /// Closed.
    Closed,
}

impl Step {
    /// `Step 2 of 3` and its like, for a chip.
    pub fn label(self) -> &'static str {
        match self {
            Self::CheckIn => "Step 1 of 3",
            Self::Removal => "Step 2 of 3",
            Self::Replacement => "Step 3 of 3",
            Self::HandOver => "Ready",
            Self::Closed => "Closed",
        }
    }
}

/// A visit. The sum of its journal entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its row.
    pub id: CaseId,
    /// Its number on paper.
    pub number: CaseNumber,
    /// Whose.
    pub customer: ExternalId,
    /// When it was opened.
    pub opened_at: Moment,
    /// The store's day on which it was opened: what every rule is decided for.
    pub opened_on: NaiveDate,
    /// The subscription to exchange, if any.
    pub subscription: Option<SubscriptionUid>,
    /// What was handed over; `None` until check-in is done.
    pub check_in: Option<CheckIn>,
    /// One for each device on which removal has begun, in order.
    pub removals: Vec<Removal>,
    /// What was read from the devices' exports, in the order in which it was kept.
    pub scans: Vec<KeptScan>,
    /// A lead's words, in order.
    pub overrides: Vec<Override>,
    /// The key that is held, also when the hold has run out.
    pub hold: Option<Hold>,
    /// What was handed out, in order; all but the last are voided.
    pub replacements: Vec<Replacement>,
    /// When a protection other than the replacement was seen on, and which.
    pub protection_seen: Option<(Moment, String)>,
    /// When it ended, and how.
    pub closed: Option<(Moment, Closing)>,
}

impl Case {
    /// The replacement that counts: handed out and not voided.
    pub fn replacement(&self) -> Option<&Replacement> {
        self.replacements.iter().rev().find(|replacement| replacement.voided.is_none())
    }

    /// The removal from `device`.
    pub fn removal_of(&self, device: DeviceId) -> Option<&Removal> {
        self.removals.iter().find(|removal| removal.device == device)
    }

    /// A removal by its id.
    pub fn removal(&self, id: RemovalId) -> Option<&Removal> {
        self.removals.iter().find(|removal| removal.id == id)
    }

    /// What the customer came for; both until check-in says.
    pub fn wants(&self) -> Wants {
        self.check_in.as_ref().map_or(Wants::Both, |check_in| check_in.wants)
    }

    /// The devices at the desk.
    pub fn devices(&self) -> &[Device] {
        self.check_in.as_ref().map_or(&[], |check_in| &check_in.devices)
    }

    /// Whether a lead gave this word.
    pub fn is_overridden(&self, what: OverrideKind) -> bool {
        self.overrides.iter().any(|word| word.what == what)
    }

    /// The devices whose removal has not ended.
    pub fn devices_to_do(&self) -> impl Iterator<Item = &Device> {
        self.devices().iter().filter(|device| {
            self.removal_of(device.id).is_none_or(|removal| removal.finish.is_none())
        })
    }

    /// Whether the removal step is over: nothing is to be removed, or every device's removal ended.
    pub fn is_removal_over(&self) -> bool {
        self.check_in.is_some()
            && (!self.wants().removal() || self.devices_to_do().next().is_none())
    }

    /// Removals that ended without Kaspersky being gone, or whose end a later scan speaks against:
    /// a lead must say that it goes on.
    pub fn unsettled(&self) -> impl Iterator<Item = (&Removal, &Outcome)> {
        self.removals.iter().filter_map(|removal| {
            let outcome = &removal.finish.as_ref()?.outcome;
            let is_open = !outcome.is_settled() || self.contradiction(removal).is_some();
            is_open.then_some((removal, outcome))
        })
    }

    /// Where the visit stands.
    pub fn step(&self) -> Step {
        if self.closed.is_some() {
            Step::Closed
        } else if self.check_in.is_none() {
            Step::CheckIn
        } else if !self.is_removal_over() {
            Step::Removal
        } else if self.wants().exchange() && self.replacement().is_none() {
            Step::Replacement
        } else {
            Step::HandOver
        }
    }

    /// The key that is held at `now`.
    pub fn held_at(&self, now: Moment) -> Option<Hold> {
        self.hold.filter(|hold| hold.until > now)
    }
}

#[cfg(test)]
pub(crate) mod tests;
