//! What the worker answers. Each command is answered by exactly one event; an import tells its
//! progress before.

use crate::domain::card::{CaseFile, CaseLine, CustomerCard, JournalLine};
use crate::domain::entry::SheetKind;
use crate::domain::hit::{Found, Hit};
use crate::domain::id::CaseId;
use crate::domain::people::Person;
use crate::domain::settings::Settings;
use crate::domain::stock::{KeyRow, ProductStock, StockCounts};
use crate::exchange::import::Preview;
use crate::exchange::report::ImportReport;
use crate::store::StoreError;
use crate::store::counts::FileCounts;
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
    /// A customer; `None` when there is no such one.
    Customer(Option<Box<CustomerCard>>),
    /// A case; `None` when there is no such one.
    Case(Option<Box<CaseFile>>),
    /// Cases of a list.
    Cases(Vec<CaseLine>),
    /// Keys and figures.
    Stock(Box<StockPage>),
    /// The latest entries.
    Journal(Vec<JournalLine>),
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
    Previewed(Box<Preview>),
    /// How far the import is; not an answer yet.
    ImportProgress(Progress),
    /// A file was imported.
    Imported(Box<ImportReport>),
    /// The import was stopped, and nothing of it was kept.
    ImportCanceled,
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
    /// A file to read or write: which, and what the system said.
    #[error("{path}: {cause}")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        cause: String,
    },
    /// The sheet could not be drawn.
    #[error("the sheet could not be made: {0}")]
    Sheet(String),
}

/// What the whole window shows.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskState {
    /// What is set.
    pub settings: Settings,
    /// Who can be chosen, also those who left.
    pub people: Vec<Person>,
    /// How much is in the file.
    pub counts: FileCounts,
    /// Free and issued keys.
    pub stock: StockCounts,
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

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// A line for each thing that was checked.
    pub lines: Vec<String>,
    /// Whether all of it is whole.
    pub is_whole: bool,
}

impl Event {
    /// The case that it brings.
    pub fn case_id(&self) -> Option<CaseId> {
        match self {
            Self::Case(Some(file)) | Self::Recorded { case: Some(file) } => Some(file.case.id),
            Self::Sheet { case, .. } => Some(case.case.id),
            _ => None,
        }
    }
}
