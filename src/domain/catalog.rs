//! Replacement products, and what their keys usually look like.

use crate::domain::device::Platform;
use crate::domain::id::ProductId;
use crate::domain::product_text::{self, Seats};
use crate::domain::subscription::{Edition, Tier};
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
        let unit = if self.term_months == 1 { "month" } else { "months" };
        format!("{}, {} {unit}", self.seats.label(), self.term_months)
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

/// A product as a catalog file has it: a JSON list of these.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogEntry {
    /// Its row; a file from elsewhere has none, and the product gets a new one.
    #[serde(default)]
    pub id: Option<ProductId>,
    /// As in [`Product`].
    pub vendor: String,
    /// As in [`Product`].
    pub name: String,
    /// `anti_virus`, `internet_security` or `total_security`.
    #[serde(default)]
    pub tier: Option<Tier>,
    /// A number or `"unlimited"`; read from the name when it is not there.
    #[serde(default)]
    pub seats: Option<SeatsText>,
    /// Read from the name when it is not there.
    #[serde(default)]
    pub term_months: Option<u16>,
    /// Any of `windows`, `macos`, `android`, `ios`.
    #[serde(default)]
    pub platforms: Vec<Platform>,
    /// As in [`Product`].
    #[serde(default)]
    pub activation_address: String,
    /// As in [`Product`].
    #[serde(default)]
    pub key_groups: String,
}

/// How a catalog file writes seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SeatsText {
    /// `5`.
    Count(u16),
    /// `"unlimited"`.
    Word(Unlimited),
}

/// The one word that stands for a number of seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlimited {
    /// `"unlimited"`.
    Unlimited,
}

/// What an entry of a catalog file still wants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogGap {
    /// No vendor or no name.
    #[error("a product has no vendor or no name")]
    Name,
    /// Neither a field nor the name says how many devices.
    #[error("{0} says nothing of devices")]
    Seats(String),
    /// Neither a field nor the name says how long, or it is not 1 to 120 months.
    #[error("{0} has no term of 1 to 120 months")]
    Term(String),
}

impl CatalogEntry {
    /// The product, under `id`.
    pub fn into_product(self, id: ProductId) -> Result<Product, CatalogGap> {
        if self.vendor.trim().is_empty() || product_text::words(&self.name).is_empty() {
            return Err(CatalogGap::Name);
        }
        let named = product_text::read_name(&self.name);
        let seats = match self.seats {
            Some(SeatsText::Count(0)) => None,
            Some(SeatsText::Count(n)) => Some(Seats::Count(n)),
            Some(SeatsText::Word(Unlimited::Unlimited)) => Some(Seats::Unlimited),
            None => named.seats,
        };
        let term = self.term_months.or(named.term_months).filter(|n| (1..=120).contains(n));
        Ok(Product {
            id,
            seats: seats.ok_or_else(|| CatalogGap::Seats(self.name.clone()))?,
            term_months: term.ok_or_else(|| CatalogGap::Term(self.name.clone()))?,
            vendor: self.vendor,
            name: self.name,
            tier: self.tier,
            platforms: self.platforms,
            activation_address: self.activation_address,
            key_groups: self.key_groups,
        })
    }
}

/// Whether two product names are the same but for case and punctuation.
pub fn same_name(a: &str, b: &str) -> bool {
    product_text::words(a) == product_text::words(b)
}

/// Whether a product is the withdrawn vendor's, which can never be issued. Kaspersky's are also
/// known by the short names that stores write: `KTS 2018`, vendor `KL`.
///
/// Source: product rules, "Replacement".
pub fn is_withdrawn(withdrawn_vendor: &str, vendor: &str, name: &str) -> bool {
    let withdrawn = product_text::words(withdrawn_vendor);
    let holds = |text: &str| {
        !withdrawn.is_empty()
            && product_text::words(text).windows(withdrawn.len()).any(|words| words == withdrawn)
    };
    let is_short = |text: &str| {
        let first = product_text::words(text).into_iter().next();
        Edition::read(text).is_some()
            || first.is_some_and(|word| word == "kl" || word.starts_with("kaspersky"))
    };
    let is_kaspersky = withdrawn.iter().any(|word| word == "kaspersky");
    holds(vendor) || holds(name) || (is_kaspersky && (is_short(vendor) || is_short(name)))
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
            ("KTS", "KTS 2018 5 Devices 1 Year", true),
            ("", "KIS 3 Devices 1 Year", true),
            ("KIS2017", "Internet Security 3 Devices 1 Year", true),
            ("KL", "Security Cloud 5 Devices 1 Year", true),
            ("KasperskyLab", "Total Security 5 Devices 1 Year", true),
            ("Reseller", "kav 1 PC 1 Year", true),
            ("McAfee", "McAfee Internet Security 3 Devices 1 Year", false),
            ("Bitdefender", "Total Security 2018 5 Devices", false),
            ("", "", false),
        ] {
            assert_eq!(is_withdrawn("Kaspersky", vendor, name), expected, "{vendor} {name}");
        }
        assert!(!is_withdrawn("Webroot", "KTS", "KTS 2018 5 Devices 1 Year"));
        assert!(!is_withdrawn("", "Webroot", "SecureAnywhere"));
    }

    fn entry(name: &str, seats: Option<SeatsText>, term_months: Option<u16>) -> CatalogEntry {
        CatalogEntry {
            id: None,
            vendor: "Webroot".to_owned(),
            name: name.to_owned(),
            tier: None,
            seats,
            term_months,
            platforms: Vec::new(),
            activation_address: String::new(),
            key_groups: String::new(),
        }
    }

    #[test]
    fn a_catalog_says_seats_and_term_in_its_fields_or_in_the_name() {
        let id = ProductId(uuid::Uuid::nil());
        let read = |name, seats, term| {
            let product = entry(name, seats, term).into_product(id);
            product.map(|product| (product.seats, product.term_months))
        };
        let unlimited = Some(SeatsText::Word(Unlimited::Unlimited));
        assert_eq!(read("Suite 5 Devices 1 Year", None, None), Ok((Seats::Count(5), 12)));
        assert_eq!(read("Suite 5 Devices 1 Year", unlimited, Some(6)), Ok((Seats::Unlimited, 6)));
        assert_eq!(read("Suite", Some(SeatsText::Count(3)), Some(120)), Ok((Seats::Count(3), 120)));
        let seats = CatalogGap::Seats("Suite 1 Year".to_owned());
        assert_eq!(read("Suite 1 Year", None, None), Err(seats.clone()));
        assert_eq!(read("Suite 1 Year", Some(SeatsText::Count(0)), None), Err(seats));
        let term = CatalogGap::Term("Suite 1 PC".to_owned());
        assert_eq!(read("Suite 1 PC", None, Some(121)), Err(term));
        assert_eq!(read(" ", None, None), Err(CatalogGap::Name));
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

    #[test]
    fn one_month_is_not_months() {
        let product = |term| {
            entry("Suite 3 Devices", None, Some(term))
                .into_product(ProductId(uuid::Uuid::nil()))
                .expect("whole")
        };
        assert_eq!(product(1).terms_text(), "3 devices, 1 month");
        assert_eq!(product(12).terms_text(), "3 devices, 12 months");
    }
}
