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

#[derive(Deserialize)]
#[serde(untagged)]
enum CatalogJson {
    List(Vec<serde_json::Value>),
    Object { products: Vec<serde_json::Value> },
}

/// Reads the catalog at `path`. A product's line is its place in the list, counted from 1; one
/// without an id gets a new one, minted for `at`.
pub fn read_catalog(path: &Path, at: Moment) -> Result<Vec<Intake<Product>>, ReadError> {
    let mut bytes = Vec::new();
    File::open(path)?.take(CATALOG_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > CATALOG_BYTES_MAX {
        return Err(ReadError::TooLarge(CATALOG_BYTES_MAX));
    }
    let file = FileMark { name: name_of(path), sha256: hex(&Sha256::digest(&bytes)) };
    parse(file, &bytes, at)
}

fn parse(file: FileMark, bytes: &[u8], at: Moment) -> Result<Vec<Intake<Product>>, ReadError> {
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
    let read = |(line_no, entry)| match product(entry, at) {
        Ok(row) => Intake::Row { line_no, at_byte: 0, row },
        Err(why) => Intake::Refused(RefusedLine { line_no, why: LineProblem::NotAProduct(why) }),
    };
    let rows = (1..).zip(entries).map(read);
    Ok(rows.chain([Intake::End(file)]).collect())
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

    fn read(json: &str) -> Result<Vec<Intake<Product>>, ReadError> {
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
            .iter()
            .map(|intake| match intake {
                Intake::Row { line_no, row, .. } => (*line_no, Some((row.seats, row.term_months))),
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
