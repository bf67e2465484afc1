//! What names a subscription on every desk, and what tells that two are one and the same.
//!
//! Digests, so that a code can be compared after only its end was kept.

use crate::domain::fold;
use crate::domain::id::{ExternalId, SubscriptionUid};
use crate::domain::privacy::Secret;
use crate::domain::product_text;
use crate::domain::subscription::Subscription;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// The fewest letters of an activation code that tell one from all others. An end alone does not.
const CODE_LETTERS_MIN: usize = 10;

/// What identifies a subscription: whose, which product, its code, its receipt, its day.
#[derive(Debug, Clone, Copy)]
pub struct SubscriptionMark<'a> {
    /// Whose.
    pub customer: &'a ExternalId,
    /// The product as written.
    pub product: &'a str,
    /// The whole activation code; empty for none.
    pub activation_code: &'a str,
    /// The receipt's number; empty for none.
    pub receipt_no: &'a str,
    /// The day of purchase.
    pub purchased_on: Option<NaiveDate>,
}

impl<'a> SubscriptionMark<'a> {
    /// What identifies `subscription`, while its code is whole.
    pub fn of(subscription: &'a Subscription) -> Self {
        Self {
            customer: &subscription.customer,
            product: &subscription.product,
            activation_code: subscription.activation_code.as_ref().map_or("", Secret::reveal),
            receipt_no: subscription.receipt_no.as_deref().unwrap_or_default(),
            purchased_on: subscription.purchased_on,
        }
    }

    /// The number: the first 63 bits of a SHA-256. A code alone is enough to know a subscription
    /// of a customer; without one, product, receipt and day together are.
    pub fn uid(&self) -> SubscriptionUid {
        let code = fold::letters_and_digits(self.activation_code);
        if code.is_empty() {
            let product = product_text::words(self.product).join(" ");
            let receipt = fold::letters_and_digits(self.receipt_no);
            let day = self.purchased_on.map(|day| day.to_string()).unwrap_or_default();
            SubscriptionUid(digest(&[&self.customer.0, "product", &product, &receipt, &day]))
        } else {
            SubscriptionUid(digest(&[&self.customer.0, "code", &code]))
        }
    }

    /// The same for every customer who brings this code, however it was read from the card;
    /// `None` without a whole code.
    pub fn code_mark(&self) -> Option<i64> {
        let code = fold::code(self.activation_code);
        (code.len() >= CODE_LETTERS_MIN).then(|| digest(&["code", &code]))
    }

    /// The same for every customer who brings this product on this receipt; `None` without one.
    pub fn receipt_mark(&self) -> Option<i64> {
        let receipt = fold::letters_and_digits(self.receipt_no);
        let product = product_text::words(self.product).join(" ");
        (!receipt.is_empty()).then(|| digest(&["receipt", &receipt, &product]))
    }
}

/// 63 bits of a SHA-256 of texts, each with its length before it, so that no two lists read alike.
fn digest(texts: &[&str]) -> i64 {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update([1]);
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    let hash = hasher.finalize();
    let first = hash.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    i64::try_from(first >> 1).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark<'a>(
        customer: &'a ExternalId,
        (product, code, receipt): (&'a str, &'a str, &'a str),
    ) -> SubscriptionMark<'a> {
        SubscriptionMark {
            customer,
            product,
            activation_code: code,
            receipt_no: receipt,
            purchased_on: None,
        }
    }

    #[test]
    fn a_subscription_is_known_by_its_code_and_without_one_by_its_receipt() {
        let (customer, other) = (ExternalId("M1".to_owned()), ExternalId("M2".to_owned()));
        let uid = |customer, texts| mark(customer, texts).uid();
        let with_code = uid(&customer, ("KIS", "HST6A-VV5DB", "0112"));
        assert_eq!(with_code, uid(&customer, ("Kaspersky", "hst6avv5db", "")));
        assert_ne!(with_code, uid(&other, ("KIS", "HST6A-VV5DB", "0112")));
        assert_ne!(with_code, uid(&customer, ("KIS", "", "0112")));
        let plain = uid(&customer, ("KIS 2017", "", "01-12"));
        assert_eq!(plain, uid(&customer, ("kis-2017", "", "0112")));
        assert_ne!(plain, uid(&customer, ("KIS 2017", "", "0113")));
        assert!(plain.0 > 0);
    }

    #[test]
    fn code_and_receipt_are_compared_whoever_brings_them_and_however_they_are_written() {
        let (customer, other) = (ExternalId("M1".to_owned()), ExternalId("M2".to_owned()));
        let code = |customer, code| mark(customer, ("KIS", code, "")).code_mark();
        let whole = code(&customer, "HST6A-VV5DB-RACY3-68A3Y");
        assert!(whole.is_some());
        assert_eq!(whole, code(&other, "hst6a vv5d8 racy3 68a3y"));
        assert_ne!(whole, code(&other, "HST6A-VV5DB-RACY3-68A3X"));
        for short in ["", "68A3Y", "---"] {
            assert_eq!(code(&customer, short), None, "{short:?}");
        }
        let receipt =
            |customer, product, receipt| mark(customer, (product, "", receipt)).receipt_mark();
        let paper = receipt(&customer, "KIS 2017", "0112-032-6467");
        assert!(paper.is_some());
        assert_eq!(paper, receipt(&other, "kis-2017", "01120326467"));
        assert_ne!(paper, receipt(&other, "KAV 2017", "0112-032-6467"));
        assert_eq!(receipt(&customer, "KIS 2017", " "), None);
    }
}
