//! Deliveries of keys: products by name, new ones told by their names, keys in entries.

use crate::domain::catalog::{Product, is_withdrawn};
use crate::domain::delivery;
use crate::domain::entry::{Change, FileMark, ImportCounts, Stamp};
use crate::domain::fold;
use crate::domain::id::{KeyId, ProductId};
use crate::domain::intake::{ImportNews, KeyLine, LineProblem, quoted};
use crate::domain::product_text::words;
use crate::domain::stock::NewKey;
use crate::domain::time::{Moment, count_text};
use crate::store::error::StoreError;
use crate::store::import::{ImportJob, ImportMode, Rows, Run, Took};
use crate::store::settings;
use rusqlite::{OptionalExtension, Statement, Transaction, params};
use std::collections::{BTreeMap, HashMap};

/// Keys in one entry, so that no entry grows without bound.
const ENTRY_KEYS_MAX: usize = 1_000;

/// A delivery being read.
struct Delivery<'tx> {
    at: Moment,
    withdrawn_vendor: String,
    products: HashMap<Vec<String>, Product>,
    new_products: Vec<Product>,
    new_keys: Vec<NewKey>,
    /// Unusual keys: a warning and how many it is for.
    warnings: BTreeMap<String, i64>,
    find: Statement<'tx>,
}

pub(super) fn import_keys(
    tx: &Transaction<'_>,
    rows: Rows<'_, KeyLine>,
    job: ImportJob<'_>,
) -> Result<Option<(ImportCounts, ImportMode)>, StoreError> {
    let sql = "SELECT p.name, k.product_id FROM license_key k JOIN product p ON p.id = k.product_id
                WHERE k.license_key = ?1";
    let catalog = settings::products(tx)?.into_iter();
    let mut delivery = Delivery {
        at: job.stamp.at,
        withdrawn_vendor: settings::settings(tx)?.campaign.withdrawn_vendor,
        products: catalog.map(|product| (words(&product.name), product)).collect(),
        new_products: Vec::new(),
        new_keys: Vec::new(),
        warnings: BTreeMap::new(),
        find: tx.prepare(sql)?,
    };
    let mut run = Run::new(job);
    let Some(file) = run.take_all(rows, |_, _, row| delivery.take(row))? else { return Ok(None) };
    for note in delivery.notes() {
        if run.tell(ImportNews::Noted(note)).is_break() {
            return Ok(None);
        }
    }
    let Delivery { new_products, new_keys, .. } = delivery;
    record_all(tx, run.job.stamp, &file, (new_products, new_keys))?;
    Ok(Some((run.counts, run.job.mode)))
}

pub(super) fn import_catalog(
    tx: &Transaction<'_>,
    rows: Rows<'_, Product>,
    job: ImportJob<'_>,
) -> Result<Option<(ImportCounts, ImportMode)>, StoreError> {
    let withdrawn_vendor = settings::settings(tx)?.campaign.withdrawn_vendor;
    let mut products: HashMap<_, _> = settings::products(tx)?
        .into_iter()
        .map(|product| (words(&product.name), (product, 0)))
        .collect();
    let mut names: HashMap<_, _> =
        products.values().map(|(product, _)| (product.id, product.name.clone())).collect();
    let mut set = Vec::new();
    let mut run = Run::new(job);
    let file = run.take_all(rows, |_, line_no, mut row| {
        if is_withdrawn(&withdrawn_vendor, &row.vendor, &row.name) {
            return Ok(Took::Refused(LineProblem::WithdrawnVendor(quoted(&row.name))));
        }
        let place = u32::try_from(line_no).unwrap_or(u32::MAX);
        let took = match products.get(&words(&row.name)) {
            Some((_, first_line)) if *first_line > 0 => {
                let what = "a product of this name";
                return Ok(Took::Refused(LineProblem::Duplicate { what, first_line: *first_line }));
            }
            Some((here, _)) => {
                // Keys that were delivered under the name stay its keys.
                row.id = here.id;
                if *here == row { Took::Same } else { Took::Changed }
            }
            None => match names.get(&row.id) {
                Some(name) => {
                    return Ok(Took::Refused(LineProblem::OtherName(quoted(name))));
                }
                None => Took::Added,
            },
        };
        names.insert(row.id, row.name.clone());
        if took != Took::Same {
            set.push(row.clone());
        }
        products.insert(words(&row.name), (row, place));
        Ok(took)
    })?;
    let Some(file) = file else { return Ok(None) };
    record_all(tx, run.job.stamp, &file, (set, Vec::new()))?;
    Ok(Some((run.counts, run.job.mode)))
}

/// Writes the entries: new products first, then the keys, a thousand in each.
fn record_all(
    tx: &Transaction<'_>,
    mut stamp: Stamp,
    file: &FileMark,
    (products, mut keys): (Vec<Product>, Vec<NewKey>),
) -> Result<(), StoreError> {
    let mut changes = Vec::new();
    if !products.is_empty() {
        changes.push(Change::CatalogImported { file: file.clone(), products });
    }
    while !keys.is_empty() {
        let rest = keys.split_off(keys.len().min(ENTRY_KEYS_MAX));
        changes.push(Change::KeysImported { file: file.clone(), keys });
        keys = rest;
    }
    for change in &changes {
        crate::store::record_in(tx, &stamp, change)?;
        stamp = Stamp::new(stamp.at, stamp.by);
    }
    Ok(())
}

impl Delivery<'_> {
    fn take(&mut self, line: KeyLine) -> Result<Took, StoreError> {
        let product = match self.product(&line.product) {
            Ok(product) => product,
            Err(why) => return Ok(Took::Refused(why)),
        };
        let (id, warning) = (product.id, product.key_warning(line.key.reveal()));
        let letters = fold::letters_and_digits(line.key.reveal());
        let found: Option<(String, ProductId)> = self
            .find
            .query_row(params![letters], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match found {
            Some((_, found)) if found == id => return Ok(Took::Same),
            Some((name, _)) => return Ok(Took::Refused(LineProblem::OtherProduct(name))),
            None => (),
        }
        if let Some(warning) = warning {
            *self.warnings.entry(warning).or_default() += 1;
        }
        self.new_keys.push(NewKey {
            id: KeyId::mint(self.at),
            product: id,
            key: line.key,
            lot: line.lot,
            expires_on: line.expires_on,
        });
        Ok(Took::Added)
    }

    /// The product of this name, made from it when the catalog has none.
    fn product(&mut self, name: &str) -> Result<&Product, LineProblem> {
        use std::collections::hash_map::Entry;
        let product = match self.products.entry(words(name)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                if is_withdrawn(&self.withdrawn_vendor, "", name) {
                    return Err(LineProblem::WithdrawnVendor(quoted(name)));
                }
                let product = delivery::product_named(name, ProductId::mint(self.at))
                    .ok_or_else(|| LineProblem::UnknownProduct(quoted(name)))?;
                self.new_products.push(product.clone());
                unknown.insert(product)
            }
        };
        if is_withdrawn(&self.withdrawn_vendor, &product.vendor, &product.name) {
            return Err(LineProblem::WithdrawnVendor(quoted(name)));
        }
        Ok(product)
    }

    fn notes(&self) -> Vec<String> {
        let new = self.new_products.iter().map(|product| {
            format!(
                "new in the catalog, as its name tells: {} by {}, {}, taken to run on Windows",
                product.name,
                product.vendor,
                product.terms_text()
            )
        });
        let unusual = self.warnings.iter().map(|(warning, n)| {
            format!("{} taken that may be mistyped: {warning}", count_text(*n, "key"))
        });
        new.chain(unusual).collect()
    }
}
