//! The catalog of replacement products, as JSON: a list of products, or `{"products": [...]}`.

use crate::domain::catalog::{CatalogEntry, Product};
use crate::domain::entry::FileMark;
use crate::domain::id::ProductId;
use crate::domain::intake::{Intake, LineProblem, RefusedLine};
use crate::domain::time::Moment;
use crate::exchange::csv::{hex, name_of};
use crate::exchange::error::ReadError;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest catalog that is read, in bytes.
const CATALOG_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// A catalog that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogFile {
    /// Which file.
    pub file: FileMark,
    /// What can be taken, in the order of the list.
    pub products: Vec<Product>,
    /// What can't, by its place in the list, counted from 1.
    pub refused: Vec<RefusedLine>,
}

impl CatalogFile {
    /// The list as a stream for the store: products and refused lines, each with its place.
    pub fn into_rows(self) -> impl Iterator<Item = Intake<Product>> {
        let n_rows = (self.products.len() + self.refused.len()) as u64;
        let (mut products, mut refused) =
            (self.products.into_iter(), self.refused.into_iter().peekable());
        let rows = (1..=n_rows).filter_map(move |line_no| {
            match refused.next_if(|line| line.line_no == line_no) {
                Some(line) => Some(Intake::Refused(line)),
                None => products.next().map(|row| Intake::Row { line_no, at_byte: 0, row }),
            }
        });
        rows.chain([Intake::End(self.file)])
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CatalogJson {
    List(Vec<serde_json::Value>),
    Object { products: Vec<serde_json::Value> },
}

/// Reads the catalog at `path`. A product without an id gets a new one, minted for `at`.
pub fn read_catalog(path: &Path, at: Moment) -> Result<CatalogFile, ReadError> {
    let mut bytes = Vec::new();
    File::open(path)?.take(CATALOG_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CATALOG_BYTES_MAX {
        return Err(ReadError::TooLarge(CATALOG_BYTES_MAX));
    }
    let file = FileMark { name: name_of(path), sha256: hex(&Sha256::digest(&bytes)) };
    parse(file, &bytes, at)
}

fn parse(file: FileMark, bytes: &[u8], at: Moment) -> Result<CatalogFile, ReadError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    let json = serde_json::from_slice(text).map_err(|err| {
        ReadError::NotACatalog(if err.is_data() {
            "it should be a list of products".to_owned()
        } else {
            err.to_string()
        })
    })?;
    let (CatalogJson::List(entries) | CatalogJson::Object { products: entries }) = json;
    let mut catalog = CatalogFile { file, products: Vec::new(), refused: Vec::new() };
    for (line_no, entry) in (1..).zip(entries) {
        match product(entry, at) {
            Ok(product) => catalog.products.push(product),
            Err(why) => {
                let why = LineProblem::NotAProduct(why);
                catalog.refused.push(RefusedLine { line_no, why });
            }
        }
    }
    Ok(catalog)
}

fn product(entry: serde_json::Value, at: Moment) -> Result<Product, String> {
    let entry: CatalogEntry = serde_json::from_value(entry).map_err(|err| err.to_string())?;
    let id = entry.id.unwrap_or_else(|| ProductId::mint(at));
    entry.into_product(id).map_err(|gap| gap.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::product_text::Seats;

    fn read(json: &str) -> Result<CatalogFile, ReadError> {
        let file = FileMark { name: "catalog.json".to_owned(), sha256: String::new() };
        parse(file, json.as_bytes(), Moment(0))
    }

    #[test]
    fn a_product_says_what_its_name_does_not() {
        let catalog = read(
            r#"{"products": [
                {"vendor": "Webroot", "name": "Webroot Complete 5 Devices 1 Year"},
                {"vendor": "AVG", "name": "AVG Ultimate", "seats": "unlimited", "term_months": 24,
                 "tier": "total_security", "platforms": ["windows", "macos"]},
                {"vendor": "ESET", "name": "ESET NOD32"},
                {"vendor": "ESET", "name": "ESET 1 Device 1 Year", "seats": 0},
                {"vendor": "ESET", "name": "ESET 1 Device 1 Year", "price": 10},
                7
            ]}"#,
        )
        .expect("a catalog");
        let told: Vec<_> = catalog
            .into_rows()
            .map(|intake| match intake {
                Intake::Row { line_no, row, .. } => (line_no, Some((row.seats, row.term_months))),
                Intake::Refused(refused) => (refused.line_no, None),
                Intake::End(_) => (0, None),
            })
            .collect();
        let expected = [
            (1, Some((Seats::Count(5), 12))),
            (2, Some((Seats::Unlimited, 24))),
            (3, None),
            (4, None),
            (5, None),
            (6, None),
            (0, None),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_catalog_is_told() {
        for json in ["", "product,key,lot\n", "{}", "{\"products\": 7}", "\"x\"", "[{]"] {
            let err = read(json).expect_err(json);
            assert!(matches!(err, ReadError::Empty | ReadError::NotACatalog(_)), "{json}");
        }
    }
}
