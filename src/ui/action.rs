//! What a view asks for. Plain data; `app` turns it into commands to the worker.

use crate::domain::case::OverrideKind;
use crate::domain::customer::{Customer, CustomerDraft};
use crate::domain::entry::{Change, SheetKind};
use crate::domain::evidence::kept::Side;
use crate::domain::id::{
    CaseId, DeviceId, ExternalId, KeyId, PersonId, ProductId, ScanId, SubscriptionUid,
};
use crate::domain::privacy::Secret;
use crate::domain::replacement::Replacement;
use crate::ui::command::UiCommand;
use crate::ui::shell::Page;
use std::path::PathBuf;

/// What was asked for in a frame. A view returns at most one.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Turn to a page.
    Go(Page),
    /// Open a dialog.
    Open(Dialog),
    /// Close the dialog that is open; what was typed is kept where it can be.
    CloseDialog,
    /// Do this, as if its key had been pressed on the page; picked in the palette.
    Do(UiCommand),
    /// The text in the search box is now this.
    Find(String),
    /// Show this customer's card.
    Look(ExternalId),
    /// Look up all who are called like this customer.
    Namesakes(ExternalId),
    /// Turn to Lookup with this customer's card; a dialog that is open closes.
    ShowCustomer(ExternalId),
    /// Begin a visit, or go on with the customer's open one.
    StartCase {
        /// Whose.
        customer: ExternalId,
        /// What is to be exchanged.
        subscription: Option<SubscriptionUid>,
    },
    /// Show this case.
    OpenCase(CaseId),
    /// Record this in the name of the technician at the desk.
    Record(Change),
    /// Record this in the name of a lead, who gave their word.
    RecordAs {
        /// The lead.
        lead: PersonId,
        /// What.
        change: Change,
    },
    /// Add the customer and show their card.
    AddCustomer(Customer),
    /// Look for customers like this one; answered while it is typed.
    FindAlike(CustomerDraft),
    /// Hold a free key of a product for a case.
    HoldKey {
        /// The case.
        case: CaseId,
        /// The product.
        product: ProductId,
    },
    /// Issue the held key, then make and print the handoff sheet.
    IssueAndPrint(Replacement),
    /// Make a sheet, then do this with it.
    Sheet {
        /// Of which case.
        case: CaseId,
        /// Which sheet.
        sheet: SheetKind,
        /// What then.
        then: SheetUse,
    },
    /// Show a whole key; the reveal goes into the journal.
    Reveal {
        /// Which key.
        key: KeyId,
        /// For which case.
        case: Option<CaseId>,
    },
    /// Take a scan: what is new in the watched folder, else what the system's dialog says.
    TakeScan(ScanTarget),
    /// Keep what was read and waits for this word.
    PlaceScan(ScanPlace),
    /// Say this for some seconds.
    Say(&'static str),
    /// Read what stands on the clipboard as an export.
    PasteScan,
    /// Stop reading exports; nothing of them is kept.
    CancelScan,
    /// Keep the masked lines of this device's scans with the case.
    KeepLines(ScanTarget),
    /// Keep them no longer.
    DropLines(ScanTarget),
    /// A scan counts no longer; the note says why.
    DropScan {
        /// In which case.
        case: CaseId,
        /// Which.
        scan: ScanId,
        /// For the timeline.
        note: String,
    },
    /// Turn to the list of all cases, closed ones too.
    AllCases,
    /// Choose the folder that is watched for exports in the system's dialog.
    PickWatched,
    /// Choose a file of signatures in the system's dialog; once it is read and found good, this
    /// lead says that it is used.
    PickSignatures(PersonId),
    /// Put a secret on the clipboard; it is cleared after ten seconds.
    CopySecret(Secret),
    /// Put text on the clipboard.
    Copy(String),
    /// This is where it lies, or shall lie, for which the system has no dialog.
    PathTyped(PathBuf),
    /// Choose files of this kind in the system's dialog.
    PickFile(ImportKind),
    /// Read the first rows of a file; `None` finds out its kind by its header.
    Preview(Option<ImportKind>, PathBuf),
    /// Import the previewed file.
    StartImport,
    /// Stop the import that runs; nothing of it is kept.
    CancelImport,
    /// The list of cases shows these.
    CasesFilter {
        /// Number, name or device.
        text: String,
        /// Closed ones too.
        scope: CaseScope,
    },
    /// The stock shows these keys.
    StockFilter {
        /// Key ending, product, case number.
        text: String,
    },
    /// The stock shows more rows after these.
    MoreStock,
    /// The journal shows these entries.
    JournalFilter {
        /// Who, what, case number.
        text: String,
    },
    /// The journal shows older entries too.
    MoreJournal,
    /// Check the file, the chain and the replay.
    Verify,
    /// Copy the file, chosen in the system's dialog.
    Backup,
    /// Write what the page shows as CSV, chosen in the system's dialog.
    Export(Page),
    /// Another technician is at the desk.
    ChooseMe(PersonId),
    /// Another look.
    SetLook(Look),
    /// Take back the last thing that can be taken back.
    Undo,
    /// The notice was read.
    DismissNotice,
    /// End the program.
    Quit,
}

/// Of what a scan is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanTarget {
    /// In which case.
    pub case: CaseId,
    /// Of which device.
    pub device: DeviceId,
    /// Before or after the removal.
    pub side: Side,
}

/// What a path is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFor {
    /// To read as a scan.
    Exports,
    /// To import.
    Import,
    /// To watch for exports.
    WatchedFolder,
    /// To find by the signatures in it.
    Signatures,
    /// To back up to.
    Backup,
    /// To export to.
    Export,
    /// To save a sheet to.
    Sheet,
}

/// Where exports belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScanPlace {
    /// They are the scan after the removal.
    After,
    /// They are read together with the scan before.
    MoreOfBefore,
    /// They count in the place of the scan before.
    Before,
}

/// What is done with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SheetUse {
    /// Shown in the system's viewer.
    Open,
    /// Sent to the system's printer.
    Print,
    /// Saved where the system's dialog says.
    Save,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportKind {
    /// Customers.
    Customers,
    /// Subscriptions.
    Subscriptions,
    /// Keys.
    Keys,
    /// Replacement products.
    Catalog,
}

impl ImportKind {
    /// Every kind, in the order in which a new file wants them.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Subscriptions, Self::Keys, Self::Catalog];

    /// The kind's name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Customers => "Customers",
            Self::Subscriptions => "Subscriptions",
            Self::Keys => "Keys",
            Self::Catalog => "Catalog",
        }
    }
}

/// Which cases a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CaseScope {
    /// Open ones.
    #[default]
    Open,
    /// All.
    All,
}

/// Light or dark.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A dialog over the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// Every command, by a few letters.
    Palette,
    /// Every key.
    Keys,
    /// A new customer.
    NewCustomer,
    /// What was done for this customer.
    History,
    /// A file is imported.
    Import,
    /// Who is at the desk.
    People,
    /// A lead gives their word against a rule.
    Override(CaseId, OverrideKind),
    /// A key is voided.
    VoidKey(KeyId, Option<CaseId>),
    /// Frozen keys are let go.
    ReleaseFrozen,
    /// A note is added.
    Note(CaseId),
    /// The term is read from the program, or a subscription is entered.
    Subscription(CaseId),
    /// A case ends without an exchange.
    Withdraw(CaseId),
    /// A closed case goes on.
    Reopen(CaseId),
    /// Something else than the replacement was seen protecting the device.
    ProtectionSeen(CaseId),
    /// A scan is removed.
    DropScan(CaseId, ScanId),
    /// The system has no dialog for files: the path is typed.
    Path(PathFor),
    /// Exports were read, and it is not clear where they belong.
    WhichScan(CaseId),
}
