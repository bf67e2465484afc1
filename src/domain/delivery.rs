//! What a delivery's product name tells about a product that is not in the catalog yet.

use crate::domain::catalog::Product;
use crate::domain::device::Platform;
use crate::domain::id::ProductId;
use crate::domain::product_text::{read_name, words};
use crate::domain::subscription::Tier;

/// Vendors that sold consumer security in US stores in 2017, as they write themselves.
const VENDORS: [&str; 18] = [
    "AVG",
    "Avast",
    "Avira",
    "Bitdefender",
    "BullGuard",
    "Comodo",
    "ESET",
    "F-Secure",
    "G DATA",
    "Kaspersky",
    "Malwarebytes",
    "McAfee",
    "Norton",
    "Panda",
    "Sophos",
    "Symantec",
    "Trend Micro",
    "Webroot",
];

/// The product that `name` describes: vendor, seats, term and, where the words tell, the tier.
/// `None` when the name does not say for how many devices and how long. It is taken to run on
/// Windows alone until the catalog says more, so that nothing is promised too much.
pub fn product_named(name: &str, id: ProductId) -> Option<Product> {
    let facts = read_name(name);
    let (seats, term_months) = (facts.seats?, facts.term_months?);
    Some(Product {
        id,
        vendor: vendor_of(name)?,
        name: name.trim().to_owned(),
        tier: tier_of(&words(name)),
        seats,
        term_months,
        platforms: vec![Platform::Windows],
        activation_address: String::new(),
        key_groups: String::new(),
    })
}

/// The known vendor at the beginning of a product's name, else its first word.
pub fn vendor_of(name: &str) -> Option<String> {
    let all = words(name);
    let known = VENDORS.iter().find(|vendor| all.starts_with(&words(vendor)));
    let first = || name.split_whitespace().next().map(str::to_owned);
    known.map(|vendor| (*vendor).to_owned()).or_else(first)
}

/// The highest tier that the words name; `None` when they name none.
fn tier_of(words: &[String]) -> Option<Tier> {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let pair =
        |a: &str, b: &str| words.windows(2).any(|pair| matches!(pair, [x, y] if x == a && y == b));
    if has(&["total", "complete", "maximum", "ultimate"]) {
        Some(Tier::TotalSecurity)
    } else if pair("internet", "security") {
        Some(Tier::InternetSecurity)
    } else if has(&["antivirus"]) || pair("anti", "virus") {
        Some(Tier::AntiVirus)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::product_text::Seats;

    #[test]
    fn a_name_that_tells_seats_and_term_is_a_product() {
        let table = [
            (
                "Webroot SecureAnywhere Internet Security Complete 5 Devices 1 Year",
                Some(("Webroot", Some(Tier::TotalSecurity), Seats::Count(5), 12)),
            ),
            (
                "trend micro Internet Security 3PC 2 Years",
                Some(("Trend Micro", Some(Tier::InternetSecurity), Seats::Count(3), 24)),
            ),
            (
                "F-Secure Anti-Virus 1 PC 1yr",
                Some(("F-Secure", Some(Tier::AntiVirus), Seats::Count(1), 12)),
            ),
            ("Acme Premium unlimited 6 months", Some(("Acme", None, Seats::Unlimited, 6))),
            ("Webroot SecureAnywhere 5 Devices", None),
            ("Webroot SecureAnywhere 1 Year", None),
            ("", None),
        ];
        for (name, expected) in table {
            let product = product_named(name, ProductId(uuid::Uuid::nil()));
            let told = product.as_ref().map(|product| {
                (product.vendor.as_str(), product.tier, product.seats, product.term_months)
            });
            assert_eq!(told, expected, "{name:?}");
        }
    }
}
