//! What the window asks of the worker. Each command carries all it needs, already checked.

use crate::domain::customer::CustomerDraft;
use crate::domain::entry::{Change, SheetKind, Stamp};
use crate::domain::id::{CaseId, ExternalId, ProductId, SubscriptionUid};
use crate::domain::intake;
use crate::domain::time::Moment;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Tells a late answer from the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// A day and the moment that it is read at: what every verdict and hold is decided for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The moment.
    pub now: Moment,
    /// The store's day.
    pub today: NaiveDate,
}

/// Done one after the other on the thread that owns the write connection.
#[derive(Debug, Clone)]
pub enum Write {
    /// Record a change.
    Record {
        /// Who and when.
        stamp: Stamp,
        /// What.
        change: Change,
        /// For the case that is loaded afterwards.
        when: When,
    },
    /// Begin a visit.
    OpenCase {
        /// Who and when.
        stamp: Stamp,
        /// Whose.
        customer: ExternalId,
        /// What is to be exchanged.
        subscription: Option<SubscriptionUid>,
        /// For the verdict.
        when: When,
    },
    /// Hold a free key of a product.
    HoldKey {
        /// Who and when.
        stamp: Stamp,
        /// For which case.
        case: CaseId,
        /// Of which product.
        product: ProductId,
        /// For the case that is loaded afterwards.
        when: When,
    },
    /// Issue the held key, and make the handoff sheet of what then stands in the file.
    IssueAndMakeSheet {
        /// Who and when.
        stamp: Stamp,
        /// The issue.
        change: Change,
        /// For the sheet.
        when: When,
    },
    /// Make a sheet and note that it was made.
    MakeSheet {
        /// Who and when.
        stamp: Stamp,
        /// Of which case.
        case: CaseId,
        /// Which.
        sheet: SheetKind,
        /// For the sheet.
        when: When,
    },
    /// Import a file.
    Import {
        /// Who and when.
        stamp: Stamp,
        /// What it holds.
        kind: FileKind,
        /// Where it is.
        path: PathBuf,
    },
}

/// Done on the thread that reads; a later search makes an earlier one pointless.
#[derive(Debug, Clone)]
pub enum Read {
    /// Settings, people, counts.
    Desk(When),
    /// Customers that match.
    Find {
        /// What stands in the box.
        query: String,
        /// How many.
        limit: usize,
        /// For verdicts.
        when: When,
    },
    /// Customers like the one being entered.
    Alike(CustomerDraft, When),
    /// All customers who are called like this one.
    Namesakes(ExternalId, When),
    /// A customer with all on file.
    Customer(ExternalId, When),
    /// A case with all that its screen shows.
    Case(CaseId, When),
    /// Cases for a list.
    Cases(CaseQuery, When),
    /// Keys and figures.
    Stock {
        /// Key ending, product or case number; empty for all.
        text: String,
        /// How many rows.
        limit: usize,
        /// For holds.
        when: When,
    },
    /// The latest entries.
    Journal {
        /// Who, what or case number; empty for all.
        text: String,
        /// Only entries before this one; `None` for the latest.
        before: Option<i64>,
    },
}

/// Done beside everything else, with a connection of its own.
#[derive(Debug, Clone)]
pub enum Job {
    /// The first rows of a file, and what its columns mean.
    Preview {
        /// What it holds; `None` finds out.
        kind: Option<FileKind>,
        /// Where it is.
        path: PathBuf,
        /// For the ids of a catalog's products.
        now: Moment,
    },
    /// Read a file of signatures that is to be used instead of the program's own.
    Signatures(PathBuf),
    /// Check the file, the chain and the replay.
    Verify,
    /// Copy the file and read the copy back.
    Backup(PathBuf),
    /// Write a table as CSV.
    Export(Table, PathBuf, When),
}

/// Exports of a device to read into one scan, on a thread of their own: a hundred megabytes must
/// keep nobody waiting.
#[derive(Debug, Clone)]
pub struct ScanJob {
    /// For which case: the marks of computers' names tell nothing outside of it.
    pub case: CaseId,
    /// From where.
    pub source: ScanSource,
}

/// Where exports come from.
#[derive(Debug, Clone)]
pub enum ScanSource {
    /// Files, which are read whatever they hold, and folders, of which what is recognized is.
    Paths(Vec<PathBuf>),
    /// What was pasted: an export, or where some lie.
    Text(String),
    /// These, one after the other.
    Together(Vec<ScanSource>),
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Rows of a CSV file.
    Rows(intake::FileKind),
    /// Replacement products as JSON.
    Catalog,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Cases.
    Cases,
    /// Keys.
    Stock,
    /// Entries.
    Journal,
}

/// Which cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseQuery {
    /// Number, name or device; empty for all.
    pub text: String,
    /// Closed ones too.
    pub with_closed: bool,
}
