//! Everything that can be read from the file, each answer from one moment of it.

use crate::domain::card::{CaseFile, CaseLine, CustomerCard};
use crate::domain::catalog::Product;
use crate::domain::id::{CaseId, ExternalId, Incarnation};
use crate::domain::people::Person;
use crate::domain::settings::Settings;
use crate::domain::signature_file::{SignatureFile, SignatureMark};
use crate::domain::stock::{KeyRow, ProductStock, StockCounts};
use crate::domain::time::Moment;
use crate::store::case_lines::{self, CaseFilter};
use crate::store::error::StoreError;
use crate::store::journal::{self, Head};
use crate::store::journal_lines::{self, JournalPage};
use crate::store::settings::{self, FileCounts};
use crate::store::stock::{self, KeyQuery};
use crate::store::{case_file, connection, customer};
use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::Connection;
use std::path::Path;

/// The file, to read.
#[derive(Debug)]
pub struct Reader {
    pub(super) conn: Connection,
}

impl Reader {
    /// Opens a file that is there. It is never written to by this.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self::over(connection::open_to_read(path)?))
    }

    pub(super) fn over(conn: Connection) -> Self {
        Self { conn }
    }

    /// Keeps few pages in memory from now on: for who reads everything, once.
    pub fn keep_few_pages(&self) -> Result<(), StoreError> {
        connection::keep_few_pages(&self.conn)
    }

    /// What is set.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        settings::settings(&self.conn)
    }

    /// What is told of the signature file that was chosen; `None` for the program's own signatures.
    pub fn signature_mark(&self) -> Result<Option<SignatureMark>, StoreError> {
        settings::signature_mark(&self.conn)
    }

    /// The signature file that was chosen, all of it.
    pub fn signature_file(&self) -> Result<Option<SignatureFile>, StoreError> {
        self.at_one_moment(|conn| {
            let mark = settings::signature_mark(conn)?;
            let text = settings::signature_text(conn)?;
            Ok(mark.zip(text).map(|(mark, text)| SignatureFile { mark, text }))
        })
    }

    /// This life of the file.
    pub fn incarnation(&self) -> Result<Incarnation, StoreError> {
        settings::incarnation(&self.conn)
    }

    /// Everybody, also who has left; leads first, then by name.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        settings::people(&self.conn)
    }

    /// The catalog, by name.
    pub fn products(&self) -> Result<Vec<Product>, StoreError> {
        settings::products(&self.conn)
    }

    /// How much is in the file.
    pub fn file_counts(&self) -> Result<FileCounts, StoreError> {
        settings::counts(&self.conn)
    }

    /// A customer with all that is on file, decided for `today`; `None` when there is none.
    pub fn customer_card(
        &self,
        id: &ExternalId,
        today: NaiveDate,
    ) -> Result<Option<CustomerCard>, StoreError> {
        self.at_one_moment(|conn| customer::card(conn, id, today))
    }

    /// A case with all that its screen and its sheets show, as it is at `now`; `None` when there
    /// is none.
    pub fn case_file(&self, id: CaseId, now: Moment) -> Result<Option<CaseFile>, StoreError> {
        self.at_one_moment(|conn| case_file::case_file(conn, id, now))
    }

    /// Cases, the latest first.
    pub fn case_lines(
        &self,
        filter: CaseFilter<'_>,
        limit: usize,
    ) -> Result<Vec<CaseLine>, StoreError> {
        self.at_one_moment(|conn| case_lines::lines(conn, filter, limit))
    }

    /// Keys by product, delivery and age.
    pub fn key_rows(&self, query: KeyQuery<'_>, now: Moment) -> Result<Vec<KeyRow>, StoreError> {
        stock::rows(&self.conn, &query, now)
    }

    /// Every product with its free keys, by name.
    pub fn product_stock(
        &self,
        now: Moment,
        today: NaiveDate,
    ) -> Result<Vec<ProductStock>, StoreError> {
        stock::product_stock(&self.conn, now, today)
    }

    /// The Stock page's figures; the day is that of `zone`.
    pub fn stock_counts(&self, now: Moment, zone: Tz) -> Result<StockCounts, StoreError> {
        stock::counts(&self.conn, now, zone)
    }

    /// Entries before `before_seq` (all for `None`) that hold `text`, the latest first.
    pub fn journal_page(
        &self,
        text: &str,
        before_seq: Option<i64>,
        limit: usize,
    ) -> Result<JournalPage, StoreError> {
        self.at_one_moment(|conn| journal_lines::page(conn, text, before_seq, limit))
    }

    /// The end of the journal's chain.
    pub fn head(&self) -> Result<Head, StoreError> {
        journal::head(&self.conn)
    }

    /// The version of the SQLite that is part of this program: `3.54.1`.
    pub fn sqlite_version(&self) -> &'static str {
        rusqlite::version()
    }

    /// A number that changes whenever another connection changed the file.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        let mut statement = self.conn.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whatever `ask` reads here is of one moment of the file. It is also quicker: a range of keys
    /// costs half as much when it need not begin with a look at what others wrote.
    pub fn at_once<T>(&self, ask: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.at_one_moment(|_| ask())
    }

    /// Asks several questions of one moment of the file, whatever others write meanwhile.
    pub(super) fn at_one_moment<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // Deferred: it takes no lock that a writer would wait for. Dropping it ends it.
        let tx = self.conn.unchecked_transaction()?;
        ask(&tx)
    }
}
