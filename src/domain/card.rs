//! What the screens show of a customer, a case, the lists and the journal: read, never written.

use crate::domain::case::{Case, Closing, Step};
use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::device::Device;
use crate::domain::eligibility::Eligibility;
use crate::domain::id::{CaseId, CaseNumber, EntryId, ExternalId, KeyId};
use crate::domain::privacy::Secret;
use crate::domain::replacement::{Offer, Wanted};
use crate::domain::subscription::Subscription;
use crate::domain::time::Moment;

/// A customer with all that is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerCard {
    /// The person.
    pub customer: Customer,
    /// Their subscriptions, the one to offer for exchange first.
    pub subscriptions: Vec<Subscription>,
    /// Both entitlements for the first of them, decided for the day on which the card was made.
    pub eligibility: Eligibility,
    /// Devices of earlier visits, the latest first.
    pub devices: Vec<Device>,
    /// Visits, the latest first.
    pub cases: Vec<CaseLine>,
}

impl CustomerCard {
    /// The visit that is open, if any.
    pub fn open_case(&self) -> Option<&CaseLine> {
        self.cases.iter().find(|line| line.closing.is_none())
    }
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Its row.
    pub id: CaseId,
    /// Its number.
    pub number: CaseNumber,
    /// Whose.
    pub customer: ExternalId,
    /// `Amara Okafor`.
    pub customer_name: String,
    /// The first device's label; empty for none.
    pub device: String,
    /// Where it stands.
    pub step: Step,
    /// When it was opened.
    pub opened_at: Moment,
    /// Since when the customer is unprotected.
    pub unprotected_since: Option<Moment>,
    /// When it ended and how.
    pub closing: Option<(Moment, Closing)>,
}

/// A case with all that its screen and its sheets show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The visit.
    pub case: Case,
    /// Whose.
    pub customer: Customer,
    /// The subscription to exchange.
    pub subscription: Option<Subscription>,
    /// The customer's other subscriptions.
    pub other_subscriptions: Vec<Subscription>,
    /// Devices of earlier visits, the latest first, for check-in.
    pub known_devices: Vec<Device>,
    /// Both entitlements, decided for the day on which the case was opened.
    pub eligibility: Eligibility,
    /// What the replacement should cover.
    pub wanted: Wanted,
    /// The suggestion and alternatives; empty once a key is out or when nothing is in stock.
    pub offers: Vec<Offer>,
    /// The key that is held or was handed out last, with its product.
    pub key: Option<CaseKey>,
    /// What was done, the latest first.
    pub timeline: Vec<TimelineLine>,
    /// Who opened it: the name of the technician.
    pub agent: String,
}

/// The key of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseKey {
    /// Its row.
    pub id: KeyId,
    /// The key.
    pub key: Secret,
    /// Its product.
    pub product: Product,
}

/// One thing that was done in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLine {
    /// When.
    pub at: Moment,
    /// Who: a name, or `Command line`.
    pub who: String,
    /// What, in a few words.
    pub what: String,
}

/// One entry of the journal in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// Its place in this file's chain, counted from 1.
    pub seq: i64,
    /// Its id.
    pub entry: EntryId,
    /// When.
    pub at: Moment,
    /// Who: a name, or `Command line`.
    pub who: String,
    /// Which desk: `D2`.
    pub desk: String,
    /// What, in a few words.
    pub what: String,
    /// The case it belongs to.
    pub case: Option<CaseId>,
    /// That case's number.
    pub case_number: Option<CaseNumber>,
    /// SHA-256 of the entry and the one before, 64 lower-case hex digits.
    pub hash: String,
}
