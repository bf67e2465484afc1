//! The catalog that a new file begins with.

use crate::domain::catalog::{CatalogEntry, Product};
use crate::store::error::StoreError;

/// The products of `assets/catalog.json`, with the ids that stand there.
pub(super) fn built_in() -> Result<Vec<Product>, StoreError> {
    let text = include_str!("../../assets/catalog.json");
    let broken = |why: String| StoreError::Sqlite(format!("the built-in catalog: {why}"));
    let entries: Vec<CatalogEntry> =
        serde_json::from_str(text).map_err(|err| broken(err.to_string()))?;
    let product = |entry: CatalogEntry| {
        let id = entry.id.ok_or_else(|| broken(format!("{} has no id", entry.name)))?;
        entry.into_product(id).map_err(|gap| broken(gap.to_string()))
    };
    entries.into_iter().map(product).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::{is_withdrawn, same_name};

    #[test]
    fn the_built_in_catalog_is_whole_and_has_what_is_delivered() {
        let products = built_in().expect("the catalog");
        for (name, groups) in [
            ("Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year", "4-4-4-4-4"),
            ("ESET Internet Security 1 Device 1 Year", "4-4-4-4-4"),
            ("AVG Internet Security unlimited 1 Year", "6-6-6-6-6"),
            ("McAfee Total Protection 10 Devices 1 Year", "5-5-5-5-5"),
            ("Malwarebytes Premium 1 Device 1 Year", "5-5-5-5"),
            ("Trend Micro Maximum Security 5 Devices 1 Year", "4-4-4-4-4"),
        ] {
            let product = products.iter().find(|product| product.name == name);
            assert_eq!(product.map(|product| product.key_groups.as_str()), Some(groups), "{name}");
        }
        for (n, product) in products.iter().enumerate() {
            assert!(!is_withdrawn("Kaspersky", &product.vendor, &product.name), "{product:?}");
            assert!(product.tier.is_some() && !product.platforms.is_empty(), "{product:?}");
            for other in products.iter().skip(n + 1) {
                assert_ne!(product.id, other.id);
                assert!(!same_name(&product.name, &other.name), "{}", product.name);
            }
        }
    }
}
