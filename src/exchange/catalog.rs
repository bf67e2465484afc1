//! The catalog of replacement products, as JSON: a list of products, or `{"products": [...]}`.
//!
//! What a product's name says by itself (seats, term) may be left out.

use crate::domain::catalog::Product;
use crate::domain::device::Platform;
use crate::domain::entry::FileMark;
use crate::domain::id::ProductId;
use crate::domain::intake::{LineProblem, RefusedLine};
use crate::domain::product_text::{Seats, read_name};
use crate::domain::subscription::Tier;
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
    /// What can be taken, each with a new id.
    pub products: Vec<Product>,
    /// What can't, by its place in the list, counted from 1.
    pub refused: Vec<RefusedLine>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum CatalogJson {
    List(Vec<serde_json::Value>),
    Object { products: Vec<serde_json::Value> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductJson {
    vendor: String,
    name: String,
    #[serde(default)]
    tier: Option<Tier>,
    #[serde(default)]
    seats: Option<SeatsJson>,
    #[serde(default)]
    term_months: Option<u16>,
    #[serde(default = "windows_only")]
    platforms: Vec<Platform>,
    #[serde(default)]
    activation_address: String,
    #[serde(default)]
    key_groups: String,
}

fn windows_only() -> Vec<Platform> {
    vec![Platform::Windows]
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SeatsJson {
    Number(u16),
    Word(String),
}

/// Reads the catalog at `path`. Ids are minted for `at`.
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
    let (mut products, mut refused) = (Vec::<Product>::new(), Vec::new());
    for (line_no, entry) in (1..).zip(entries) {
        match product(entry, at) {
            Ok(product) => {
                let same =
                    |other: &Product| crate::domain::catalog::same_name(&other.name, &product.name);
                if products.iter().any(same) {
                    let why = format!("the product \"{}\" stands in the list twice", product.name);
                    refused.push(RefusedLine { line_no, why: LineProblem::NotAProduct(why) });
                } else {
                    products.push(product);
                }
            }
            Err(why) => refused.push(RefusedLine { line_no, why: LineProblem::NotAProduct(why) }),
        }
    }
    Ok(CatalogFile { file, products, refused })
}

fn product(entry: serde_json::Value, at: Moment) -> Result<Product, String> {
    let json: ProductJson = serde_json::from_value(entry).map_err(|err| err.to_string())?;
    let name = json.name.trim().to_owned();
    if name.is_empty() || json.vendor.trim().is_empty() {
        return Err("vendor and name must not be empty".to_owned());
    }
    let facts = read_name(&name);
    let seats = match json.seats {
        Some(SeatsJson::Number(n)) if (1..=999).contains(&n) => Some(Seats::Count(n)),
        Some(SeatsJson::Word(word)) if word == "unlimited" => Some(Seats::Unlimited),
        Some(_) => return Err("seats is not a number from 1 to 999 or \"unlimited\"".to_owned()),
        None => facts.seats,
    };
    let term = json.term_months.or(facts.term_months);
    let term_months = term
        .filter(|months| (1..=120).contains(months))
        .ok_or("term_months is not a number from 1 to 120, and the name does not tell the term")?;
    Ok(Product {
        id: ProductId::mint(at),
        vendor: json.vendor.trim().to_owned(),
        name,
        tier: json.tier,
        seats: seats.ok_or("seats is missing, and the name does not tell it")?,
        term_months,
        platforms: json.platforms,
        activation_address: json.activation_address.trim().to_owned(),
        key_groups: json.key_groups.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
                {"vendor": "AVG", "name": "avg ultimate!", "seats": 1, "term_months": 12},
                {"vendor": "ESET", "name": "ESET NOD32"},
                {"vendor": "ESET", "name": "ESET 1 Device 1 Year", "seats": 0},
                {"vendor": "ESET", "name": "ESET 1 Device 1 Year", "price": 10},
                7
            ]}"#,
        )
        .expect("a catalog");
        let taken: Vec<_> = catalog
            .products
            .iter()
            .map(|product| (product.seats, product.term_months, product.platforms.len()))
            .collect();
        assert_eq!(taken, [(Seats::Count(5), 12, 1), (Seats::Unlimited, 24, 2)]);
        let refused: Vec<_> = catalog.refused.iter().map(|line| line.line_no).collect();
        assert_eq!(refused, [3, 4, 5, 6, 7]);
    }

    #[test]
    fn what_is_no_catalog_is_told() {
        for json in ["", "product,key,lot\n", "{}", "{\"products\": 7}", "\"x\"", "[{]"] {
            let err = read(json).expect_err(json);
            assert!(matches!(err, ReadError::Empty | ReadError::NotACatalog(_)), "{json}");
        }
    }
}
