//! Replacement products, and what their keys usually look like.

use crate::domain::device::Platform;
use crate::domain::id::ProductId;
use crate::domain::product_text::{self, Seats};
use crate::domain::subscription::Tier;
use serde::{Deserialize, Serialize};

/// A replacement product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its row.
    pub id: ProductId,
    /// `Webroot`.
    pub vendor: String,
    /// The whole name with seats and term, as keys are delivered under; unique, compared by
    /// [`same_name`].
    pub name: String,
    /// How much it does; `None` when nobody said.
    pub tier: Option<Tier>,
    /// Devices covered.
    pub seats: Seats,
    /// Length of its term in months, 1 to 120.
    pub term_months: u16,
    /// Where it runs.
    pub platforms: Vec<Platform>,
    /// Where the customer activates it; empty when unknown.
    pub activation_address: String,
    /// What a key usually looks like: groups such as `4-4-4-4-4`; empty when unknown.
    /// Only ever a warning.
    pub key_groups: String,
}

impl Product {
    /// `5 devices, 12 months`.
    pub fn terms_text(&self) -> String {
        format!("{}, {} months", self.seats.label(), self.term_months)
    }

    /// A warning when `key` does not look like this product's keys; `None` when it does, or when
    /// nothing is known. A warning never blocks: vendors change formats.
    pub fn key_warning(&self, key: &str) -> Option<String> {
        if self.key_groups.is_empty() {
            return None;
        }
        let groups: Vec<String> =
            key.trim().split('-').map(|group| group.chars().count().to_string()).collect();
        let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && groups.join("-") == self.key_groups {
            None
        } else {
            Some(format!("keys of {} usually have the form {}", self.vendor, self.key_groups))
        }
    }
}

/// Whether two product names are the same but for case and punctuation.
pub fn same_name(a: &str, b: &str) -> bool {
    product_text::words(a) == product_text::words(b)
}

/// Whether a product is the withdrawn vendor's, which can never be issued.
///
/// Source: product rules, "Replacement".
pub fn is_withdrawn(withdrawn_vendor: &str, vendor: &str, name: &str) -> bool {
    let withdrawn = product_text::words(withdrawn_vendor);
    let holds = |text: &str| {
        !withdrawn.is_empty()
            && product_text::words(text).windows(withdrawn.len()).any(|words| words == withdrawn)
    };
    holds(vendor) || holds(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_withdrawn_vendor_is_seen_in_vendor_and_name() {
        for (vendor, name, expected) in [
            ("Kaspersky", "Internet Security", true),
            ("KASPERSKY Lab", "Total", true),
            ("Reseller", "kaspersky-total 3 PC", true),
            ("Webroot", "SecureAnywhere", false),
            ("", "", false),
        ] {
            assert_eq!(is_withdrawn("Kaspersky", vendor, name), expected, "{vendor} {name}");
        }
        assert!(!is_withdrawn("", "Webroot", "SecureAnywhere"));
    }

    #[test]
    fn an_unusual_key_is_a_warning_and_an_unknown_form_is_none() {
        let mut product = Product {
            id: ProductId(uuid::Uuid::nil()),
            vendor: "Webroot".to_owned(),
            name: "Webroot SecureAnywhere".to_owned(),
            tier: None,
            seats: Seats::Count(3),
            term_months: 12,
            platforms: Vec::new(),
            activation_address: String::new(),
            key_groups: "4-4-4-4-4".to_owned(),
        };
        assert_eq!(product.key_warning("SARW-NJEF-6YAM-TR7W-CMU8"), None);
        assert!(product.key_warning("SARW-NJEF-6YAM-TR7W").is_some());
        assert!(product.key_warning("SARW-NJEF-6YAM-TR7W-CMÜ8").is_some());
        product.key_groups.clear();
        assert_eq!(product.key_warning("anything"), None);
    }
}
