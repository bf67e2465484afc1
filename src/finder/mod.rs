//! From what is typed to customers: joins the lookup engine and the file.
//!
//! Keys (phone, e-mail, codes, receipts, ids) are ranges of the file's own indexes, names are in
//! memory ([`names::Names`]), and `lookup::rank` makes one list of both. The file is the only truth:
//! what is in memory follows what any program commits before the next answer is given. Until the
//! names are there, and while they are made anew, the file answers with names as typed and their
//! beginnings.

pub mod alike;
mod errand;
mod marks;
pub mod names;
mod search;
mod show;

use crate::domain::hit::{Found, Hit};
use crate::domain::id::ExternalId;
use crate::store::error::StoreError;
use crate::store::find::Shown;
use crate::store::reader::Reader;
use chrono::NaiveDate;
use names::{Names, Told};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

pub use search::Ranked;

/// Customers of one name that are listed at most.
const NAMESAKES_MAX: usize = 200;

/// What was said instead of all that was typed.
pub const CUT: &str = "too long: only the first words and numbers were looked for";

/// Finds customers in one file. One thread owns it.
#[derive(Debug)]
pub struct Finder {
    reader: Reader,
    names: Names,
}

/// Whether a later question makes this one pointless; asked again and again while searching.
pub type IsOvertaken<'a> = &'a dyn Fn() -> bool;

impl Finder {
    /// Opens the file, which must be there, and begins to read the names on a thread of their own.
    /// `told` hears how far that is.
    pub fn open(path: &Path, told: Told) -> Result<Self, StoreError> {
        let reader = Reader::open(path)?;
        let mut names = Names::of(path, told);
        names.begin();
        Ok(Self { reader, names })
    }

    /// Opens the file for one question: the names are read only if `text` may be one.
    pub fn open_for(path: &Path, text: &str) -> Result<Self, StoreError> {
        let reader = Reader::open(path)?;
        let mut names = Names::of(path, Told::default());
        if search::may_be_name(text) {
            names.read(&reader)?;
        }
        Ok(Self { reader, names })
    }

    /// Opens the file for many questions, and waits until the names are there and the keys were
    /// read ahead.
    pub fn open_whole(path: &Path) -> Result<Self, StoreError> {
        let reader = Reader::open(path)?;
        reader.touch_keys(&AtomicBool::new(false))?;
        let mut names = Names::of(path, Told::default());
        names.read(&reader)?;
        Ok(Self { reader, names })
    }

    /// The file, for everything else.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Takes in what was committed, and says whether all names are in memory now.
    pub fn is_whole(&mut self) -> Result<bool, StoreError> {
        self.names.follow(&self.reader)?;
        Ok(!self.names.is_behind())
    }

    /// Bytes that the names take in memory; 0 until they are there.
    pub fn n_bytes(&self) -> usize {
        self.names.n_bytes()
    }

    /// Who may be meant by `text`, by row, the surest first, at most `limit`. `None` when it was
    /// overtaken.
    pub fn rank(
        &mut self,
        text: &str,
        limit: usize,
        is_overtaken: IsOvertaken<'_>,
    ) -> Result<Option<Ranked>, StoreError> {
        self.names.follow(&self.reader)?;
        let (reader, names) = (&self.reader, &self.names);
        reader.at_once(|| search::rank(reader, names, (text, limit), is_overtaken))
    }

    /// The same with all that the list shows of them, decided for `today`.
    pub fn find(
        &mut self,
        text: &str,
        (limit, today): (usize, NaiveDate),
        is_overtaken: IsOvertaken<'_>,
    ) -> Result<Option<Found>, StoreError> {
        let began = Instant::now();
        let Some(ranked) = self.rank(text, limit, is_overtaken)? else { return Ok(None) };
        if is_overtaken() {
            return Ok(None);
        }
        let rows: Vec<i64> = ranked.hits.iter().map(|hit| hit.row).collect();
        let shown = self.reader.shown(&rows, today)?;
        let more = self.n_more(&ranked, &shown)?;
        Ok(Some(Found {
            query: text.to_owned(),
            hits: show::hits(&ranked, &shown, &more),
            has_more: ranked.has_more,
            took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
            is_exact: ranked.is_exact,
            note: ranked.query.is_cut.then(|| CUT.to_owned()),
        }))
    }

    /// For each of `shown` whose name is what was typed: how many who are called so are not there.
    fn n_more(&self, ranked: &Ranked, shown: &[Shown]) -> Result<Vec<u32>, StoreError> {
        let is_named = |row: i64| ranked.hits.iter().any(|hit| hit.row == row && hit.is_name);
        let mut known: Vec<(&str, u32)> = Vec::new();
        for name in shown.iter().filter(|one| is_named(one.row)).map(|one| one.name_key.as_str()) {
            if !known.iter().any(|(other, _)| *other == name) {
                let n_listed = shown.iter().filter(|one| one.name_key == name).count();
                let n = self.reader.n_called(name, NAMESAKES_MAX + n_listed)?;
                known.push((name, n.saturating_sub(n_listed) as u32));
            }
        }
        let n_of = |one: &Shown| {
            let known = known.iter().find(|(name, _)| is_named(one.row) && *name == one.name_key);
            known.map_or(0, |(_, n)| *n)
        };
        Ok(shown.iter().map(n_of).collect())
    }

    /// All who are called like `customer`, itself among them, in the order in which they came.
    pub fn namesakes(
        &self,
        customer: &ExternalId,
        today: NaiveDate,
    ) -> Result<Vec<Hit>, StoreError> {
        let rows = self.reader.namesakes(customer, NAMESAKES_MAX)?;
        Ok(show::namesakes(&self.reader.shown(&rows, today)?))
    }
}
