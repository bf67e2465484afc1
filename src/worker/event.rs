//! What the worker answers. Each command is answered by exactly one event; an import tells its
//! progress before.

use crate::domain::card::{CaseFile, CaseLine, CustomerCard, JournalLine};
use crate::domain::catalog::Product;
use crate::domain::entry::ImportCounts;
use crate::domain::entry::SheetKind;
use crate::domain::evidence::trace::Scan;
use crate::domain::file_mark::FileMark;
use crate::domain::hit::{Found, Hit};
use crate::domain::id::{ExternalId, KeyId};
use crate::domain::intake::{Preview, RefusedLine};
use crate::domain::people::Person;
use crate::domain::settings::Settings;
use crate::domain::signature_file::{SignatureFile, SignaturesHere};
use crate::domain::stock::{KeyRow, ProductStock, StockCounts};
use crate::exchange::error::{ReadError, WriteError};
use crate::store::error::StoreError;
use crate::store::settings::FileCounts;
use crate::worker::command::FileKind;
use std::path::PathBuf;

/// An answer.
#[derive(Debug)]
pub enum Event {
    /// Settings, people, counts, the cases that are open.
    Desk(Box<DeskState>),
    /// Customers that match; the query stands in it.
    Found(Found),
    /// Customers like the one being entered.
    Alike(Vec<Hit>),
    /// All customers who are called like one.
    Namesakes {
        /// Like whom.
        of: ExternalId,
        /// Who, the one itself among them.
        hits: Vec<Hit>,
    },
    /// How far the reading of all names is, in percent: from 100 on, misspelt names are found, too.
    /// Not an answer.
    NamesRead(u8),
    /// A customer; `None` when there is no such one.
    Customer(Option<Box<CustomerCard>>),
    /// A case; `None` when there is no such one.
    Case(Option<Box<CaseFile>>),
    /// Cases of a list.
    Cases(Vec<CaseLine>),
    /// Keys and figures.
    Stock(Box<StockPage>),
    /// The latest entries.
    Journal {
        /// The latest first.
        lines: Vec<JournalLine>,
        /// Before which entry these were asked for; `None` for the latest ones.
        before: Option<i64>,
        /// Before which entry the next older ones are; `None` when there are none.
        next: Option<i64>,
    },
    /// A change is in the file.
    Recorded {
        /// The case as it is now, if the change belongs to one.
        case: Option<Box<CaseFile>>,
    },
    /// A sheet is ready.
    Sheet {
        /// The case as it is now.
        case: Box<CaseFile>,
        /// Which sheet.
        sheet: SheetKind,
        /// The PDF.
        pdf: Vec<u8>,
    },
    /// The first rows of a file.
    Previewed(Box<FilePreview>),
    /// A file of signatures was read, or why it can't be used.
    SignaturesRead(Result<Box<SignatureFile>, String>),
    /// How far the import is; not an answer yet.
    ImportProgress(Progress),
    /// A file was imported.
    Imported(Box<ImportReport>),
    /// The import was stopped, and nothing of it was kept.
    ImportCanceled,
    /// How far a scan is; not an answer yet.
    ScanProgress(ScanProgress),
    /// Exports were read. Nothing is kept of them until it is recorded.
    Scanned(Box<Scanned>),
    /// The scan was stopped.
    ScanCanceled,
    /// The watched folder is there, or not: a stick comes and goes. Nobody asked, as below.
    FolderSeen {
        /// Whether it is there.
        is_there: bool,
    },
    /// Exports are new or changed in the watched folder. Nobody asked: it comes under [`Ticket`] 0.
    ///
    /// [`Ticket`]: crate::worker::command::Ticket
    ExportsAppeared {
        /// Where they are, by name.
        paths: Vec<PathBuf>,
    },
    /// What was checked, a line each.
    Verified(Verified),
    /// A copy lies here.
    BackedUp(PathBuf),
    /// A table lies here.
    Exported(PathBuf),
    /// It was not done, and the file is as before.
    NotDone(WorkError),
    /// A thread has ended; nothing more will be done. The text says why.
    Stopped(String),
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The file could not be opened.
    #[error("not opened: {0}")]
    NotOpened(StoreError),
    /// The file refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read.
    #[error("{path}: {cause}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        cause: ReadError,
    },
    /// A file could not be written.
    #[error("{path}: {cause}")]
    Write {
        /// Which.
        path: String,
        /// Why.
        cause: WriteError,
    },
    /// The change is in the file, but what follows it was not done.
    #[error("recorded, but: {0}")]
    AfterRecord(String),
    /// The sheet could not be drawn.
    #[error("the sheet could not be made: {0}")]
    Sheet(String),
}

/// A file before it is imported.
#[derive(Debug, Clone, PartialEq)]
pub enum FilePreview {
    /// A CSV file.
    Rows(Preview),
    /// A catalog.
    Catalog {
        /// The file's name without folders.
        name: String,
        /// Its products.
        products: Vec<Product>,
        /// Entries that will be refused.
        refused: Vec<RefusedLine>,
    },
}

impl FilePreview {
    /// What the file holds.
    pub fn kind(&self) -> FileKind {
        match self {
            Self::Rows(preview) => FileKind::Rows(preview.kind),
            Self::Catalog { .. } => FileKind::Catalog,
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// What the file held.
    pub kind: FileKind,
    /// The file's name without folders.
    pub name: String,
    /// Rows.
    pub counts: ImportCounts,
    /// The first refused lines: [`REFUSED_SHOWN_MAX`] at most.
    pub refused: Vec<RefusedLine>,
    /// What is worth knowing and stopped nothing.
    pub notes: Vec<String>,
}

/// Refused lines that a report keeps. The count tells how many there were.
pub const REFUSED_SHOWN_MAX: usize = 1_000;

/// What the whole window shows.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskState {
    /// What is set.
    pub settings: Settings,
    /// Who can be chosen, also those who left.
    pub people: Vec<Person>,
    /// Which signatures scans use.
    pub signatures: SignaturesHere,
    /// How much is in the file.
    pub counts: FileCounts,
    /// Free and issued keys.
    pub stock: StockCounts,
    /// SQLite's version.
    pub sqlite: String,
    /// The hash at the end of the journal's chain.
    pub head: String,
    /// Open cases, the oldest gap first.
    pub open_cases: Vec<CaseLine>,
}

/// What the Stock page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct StockPage {
    /// What it was filtered by.
    pub text: String,
    /// The first rows.
    pub rows: Vec<KeyRow>,
    /// Keys whose fate is unknown after a restore.
    pub frozen: Vec<KeyId>,
    /// The figures.
    pub counts: StockCounts,
    /// Each product.
    pub products: Vec<ProductStock>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read.
    pub n_bytes: u64,
    /// Bytes in the file.
    pub n_bytes_all: u64,
    /// Rows read.
    pub n_rows: u64,
}

/// Exports that were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Scanned {
    /// What they say.
    pub scan: Scan,
    /// The files that were read to their end; empty when none could be.
    pub files: Vec<FileMark>,
    /// Whether any of it is an export: a format was recognized, or something was found.
    pub is_known: bool,
    /// Files that were not read, or not to their end.
    pub refused: Vec<RefusedFile>,
}

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    /// Its name without folders.
    pub name: String,
    /// Why.
    pub why: String,
}

/// How far a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScanProgress {
    /// Bytes read.
    pub n_bytes: u64,
    /// Bytes in all files.
    pub n_bytes_all: u64,
    /// Files read to their end.
    pub n_files: usize,
    /// Files there are.
    pub n_files_all: usize,
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// A line for each thing that was checked.
    pub lines: Vec<String>,
    /// Whether all of it is whole.
    pub is_whole: bool,
}
