//! Journal entries: a variant for each thing that can change at the desk.
//!
//! An entry holds all that the change needs, so that replaying the journal gives the same tables.
//! Customers and subscriptions of an imported directory are reference data: one entry names the
//! file, its digest and its counts.

use crate::domain::case::{CheckIn, Closing, OverrideKind};
use crate::domain::catalog::Product;
use crate::domain::customer::Customer;
use crate::domain::evidence::kept::KeptScan;
use crate::domain::id::{
    CaseId, CaseNumber, EntryId, ExternalId, Incarnation, KeyId, PersonId, RemovalId,
    ReplacementId, ScanId, SubscriptionUid,
};
use crate::domain::people::Person;
use crate::domain::removal::{Check, Finish, Removal};
use crate::domain::replacement::Replacement;
use crate::domain::settings::Settings;
use crate::domain::signature_file::SignatureFile;
use crate::domain::stock::NewKey;
use crate::domain::subscription::{Reading, Subscription};
use crate::domain::time::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::domain::file_mark::FileMark;

/// Who did it, when, under which id. What [`Change`] it was comes beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The entry's id; recording it a second time changes nothing.
    pub id: EntryId,
    /// When.
    pub at: Moment,
    /// Who; `None` for the command line.
    pub by: Option<PersonId>,
}

impl Stamp {
    /// A stamp with a new id.
    pub fn new(at: Moment, by: Option<PersonId>) -> Self {
        Self { id: EntryId::mint(at), at, by }
    }
}

/// Which directory was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Directory {
    /// Customers.
    Customers,
    /// Subscriptions.
    Subscriptions,
}

/// What an import did, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows after the header.
    pub n_read: u64,
    /// New rows.
    pub n_added: u64,
    /// Rows that were here and differ now.
    pub n_changed: u64,
    /// Rows that were refused, each with a reason.
    pub n_refused: u64,
}

/// A sheet for the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// The handoff sheet: the key is masked.
    Handoff,
    /// The key sheet, on demand: the key is whole.
    Key,
}

/// A thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// The file's first entry.
    FileCreated {
        /// This file's first life.
        incarnation: Incarnation,
        /// What it begins with.
        settings: Settings,
        /// Who can be chosen.
        people: Vec<Person>,
        /// What can be handed out.
        catalog: Vec<Product>,
    },
    /// The file was put in place of another one; what is free or held is frozen.
    Restored {
        /// Its new life.
        incarnation: Incarnation,
        /// The copy it came from.
        file: FileMark,
        /// The first counter that case numbers may take now.
        next_case_counter: u32,
    },
    /// Settings were changed.
    SettingsChanged {
        /// All of them, as they are now.
        settings: Settings,
    },
    /// Scans use these signatures, as long as the program's own are not newer.
    SignaturesSet {
        /// All of it.
        file: SignatureFile,
    },
    /// Scans use the program's own signatures again.
    SignaturesReset,
    /// A person was added, renamed, given another role or let go.
    PersonSet {
        /// As it is now.
        person: Person,
    },
    /// Products were added or changed.
    CatalogImported {
        /// From where.
        file: FileMark,
        /// As they are now.
        products: Vec<Product>,
    },
    /// Customers or subscriptions were imported.
    DirectoryImported {
        /// Which.
        directory: Directory,
        /// From where.
        file: FileMark,
        /// How many.
        counts: ImportCounts,
    },
    /// Keys arrived. Large deliveries are several entries.
    KeysImported {
        /// From where.
        file: FileMark,
        /// The new ones.
        keys: Vec<NewKey>,
    },
    /// A customer was entered at the desk.
    CustomerAdded {
        /// As entered.
        customer: Customer,
    },
    /// A subscription was entered at the desk.
    SubscriptionAdded {
        /// As entered.
        subscription: Subscription,
    },
    /// The term was read from the program.
    SubscriptionRead {
        /// Which subscription.
        subscription: SubscriptionUid,
        /// What it said.
        reading: Reading,
    },
    /// A visit began.
    CaseOpened {
        /// Its row.
        case: CaseId,
        /// Its number.
        number: CaseNumber,
        /// Whose.
        customer: ExternalId,
        /// The subscription to exchange.
        subscription: Option<SubscriptionUid>,
        /// The store's day.
        opened_on: NaiveDate,
    },
    /// Another subscription, or none, is to be exchanged.
    SubscriptionChosen {
        /// In which case.
        case: CaseId,
        /// Which.
        subscription: Option<SubscriptionUid>,
    },
    /// Check-in was done, or done again.
    CheckedIn {
        /// In which case.
        case: CaseId,
        /// All of it.
        check_in: CheckIn,
    },
    /// A removal began, or was described anew before its end.
    RemovalStarted {
        /// In which case.
        case: CaseId,
        /// All of it; ticks and end are kept as they are in the file.
        removal: Removal,
    },
    /// An item was ticked.
    CheckTicked {
        /// In which case.
        case: CaseId,
        /// Of which removal.
        removal: RemovalId,
        /// Which item.
        check: Check,
    },
    /// A tick was taken back.
    CheckUnticked {
        /// In which case.
        case: CaseId,
        /// Of which removal.
        removal: RemovalId,
        /// Which item.
        check: Check,
    },
    /// A removal ended.
    RemovalFinished {
        /// In which case.
        case: CaseId,
        /// Which removal.
        removal: RemovalId,
        /// How.
        finish: Finish,
    },
    /// The end of a removal was taken back, to go on with it.
    RemovalResumed {
        /// In which case.
        case: CaseId,
        /// Which removal.
        removal: RemovalId,
    },
    /// A scan of a device was kept, or kept again under its id, with or without its lines.
    EvidenceKept {
        /// In which case.
        case: CaseId,
        /// All of it.
        scan: KeptScan,
    },
    /// A scan was taken back.
    EvidenceDropped {
        /// In which case.
        case: CaseId,
        /// Which.
        scan: ScanId,
    },
    /// A lead overrode a rule.
    Overridden {
        /// In which case.
        case: CaseId,
        /// Which rule.
        what: OverrideKind,
        /// Why.
        reason: String,
    },
    /// A key is kept for a case for some minutes.
    KeyHeld {
        /// For which case.
        case: CaseId,
        /// Which key.
        key: KeyId,
        /// Until when.
        until: Moment,
    },
    /// A held key was given back, unseen.
    HoldReleased {
        /// By which case.
        case: CaseId,
        /// Which key.
        key: KeyId,
    },
    /// A key was handed out.
    KeyIssued {
        /// All of it.
        replacement: Replacement,
    },
    /// A key can't be used any more.
    KeyVoided {
        /// Which key.
        key: KeyId,
        /// The case in which that was found, if any.
        case: Option<CaseId>,
        /// Why.
        reason: String,
    },
    /// The replacement was seen active on the customer's device.
    ReplacementSeenActive {
        /// In which case.
        case: CaseId,
        /// Which replacement.
        replacement: ReplacementId,
    },
    /// Another protection was seen on.
    ProtectionSeen {
        /// In which case.
        case: CaseId,
        /// Which: `Windows Security`.
        name: String,
    },
    /// A whole key was shown on the screen.
    KeyRevealed {
        /// Which key.
        key: KeyId,
        /// For which case, if any.
        case: Option<CaseId>,
    },
    /// A lead decided that frozen keys were not handed out: they are free again.
    FrozenReleased {
        /// Which keys.
        keys: Vec<KeyId>,
        /// How that is known.
        reason: String,
    },
    /// A note.
    NoteAdded {
        /// In which case.
        case: CaseId,
        /// What.
        text: String,
    },
    /// A sheet was made.
    SheetMade {
        /// In which case.
        case: CaseId,
        /// Which.
        sheet: SheetKind,
    },
    /// A case ended.
    CaseClosed {
        /// Which.
        case: CaseId,
        /// How.
        closing: Closing,
    },
    /// A closed case goes on.
    CaseReopened {
        /// Which.
        case: CaseId,
        /// Why.
        reason: String,
    },
}

impl Change {
    /// The case that it belongs to.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::CaseOpened { case, .. }
            | Self::SubscriptionChosen { case, .. }
            | Self::CheckedIn { case, .. }
            | Self::EvidenceKept { case, .. }
            | Self::EvidenceDropped { case, .. }
            | Self::RemovalStarted { case, .. }
            | Self::CheckTicked { case, .. }
            | Self::CheckUnticked { case, .. }
            | Self::RemovalFinished { case, .. }
            | Self::RemovalResumed { case, .. }
            | Self::Overridden { case, .. }
            | Self::KeyHeld { case, .. }
            | Self::HoldReleased { case, .. }
            | Self::ReplacementSeenActive { case, .. }
            | Self::ProtectionSeen { case, .. }
            | Self::NoteAdded { case, .. }
            | Self::SheetMade { case, .. }
            | Self::CaseClosed { case, .. }
            | Self::CaseReopened { case, .. } => Some(*case),
            Self::KeyIssued { replacement } => Some(replacement.case),
            Self::KeyVoided { case, .. } | Self::KeyRevealed { case, .. } => *case,
            Self::FileCreated { .. }
            | Self::Restored { .. }
            | Self::SettingsChanged { .. }
            | Self::SignaturesSet { .. }
            | Self::SignaturesReset
            | Self::PersonSet { .. }
            | Self::CatalogImported { .. }
            | Self::DirectoryImported { .. }
            | Self::KeysImported { .. }
            | Self::CustomerAdded { .. }
            | Self::SubscriptionAdded { .. }
            | Self::SubscriptionRead { .. }
            | Self::FrozenReleased { .. } => None,
        }
    }

    /// The key that it is about.
    pub fn key(&self) -> Option<KeyId> {
        match self {
            Self::KeyHeld { key, .. }
            | Self::HoldReleased { key, .. }
            | Self::KeyVoided { key, .. }
            | Self::KeyRevealed { key, .. } => Some(*key),
            Self::KeyIssued { replacement } => Some(replacement.key),
            _ => None,
        }
    }
}
