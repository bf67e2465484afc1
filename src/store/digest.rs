//! SHA-256: of a file, and the number that names one subscription on every desk.

use crate::domain::id::{ExternalId, SubscriptionUid};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};

/// SHA-256 of everything that `reader` gives, as 64 lower-case hex digits. Reads in small pieces.
pub fn sha256_of(mut reader: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(hex(&hasher.finalize())),
            Ok(n) => hasher.update(piece.get(..n).unwrap_or_default()),
            Err(err) if err.kind() == io::ErrorKind::Interrupted => (),
            Err(err) => return Err(err),
        }
    }
}

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

impl SubscriptionMark<'_> {
    /// The number: the first 63 bits of a SHA-256. A code alone is enough to know a subscription
    /// of a customer; without one, product, receipt and day together are.
    pub fn uid(&self) -> SubscriptionUid {
        let code = crate::domain::fold::letters_and_digits(self.activation_code);
        let mut parts = Parts::new();
        parts.text(&self.customer.0);
        if code.is_empty() {
            parts.text("product");
            parts.text(&crate::domain::product_text::words(self.product).join(" "));
            parts.text(&crate::domain::fold::letters_and_digits(self.receipt_no));
            parts.text(&self.purchased_on.map(|day| day.to_string()).unwrap_or_default());
        } else {
            parts.text("code");
            parts.text(&code);
        }
        let hash = parts.hasher.finalize();
        let first = hash.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        SubscriptionUid(i64::try_from(first >> 1).unwrap_or(i64::MAX))
    }
}

/// Collects columns for a hash: each with its length before it, so that no two rows read alike.
pub(super) struct Parts {
    hasher: Sha256,
}

impl Parts {
    pub(super) fn new() -> Self {
        Self { hasher: Sha256::new() }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.hasher.update([1]);
        self.hasher.update((text.len() as u64).to_be_bytes());
        self.hasher.update(text.as_bytes());
    }

    /// A column that may be NULL, which is not the empty text.
    pub(super) fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.hasher.update([0]),
        }
    }

    pub(super) fn number(&mut self, number: i64) {
        self.hasher.update([2]);
        self.hasher.update(number.to_be_bytes());
    }

    /// 64 lower-case hex digits.
    pub(super) fn hex(self) -> String {
        hex(&self.hasher.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_published_one() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_of(io::empty()).expect("nothing to fail"), empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_of(&b"abc"[..]).expect("nothing to fail"), abc);
    }

    #[test]
    fn a_subscription_is_known_by_its_code_and_without_one_by_its_receipt() {
        let customer = ExternalId("M1".to_owned());
        let other = ExternalId("M2".to_owned());
        let mark = |customer, product, activation_code, receipt_no| {
            SubscriptionMark { customer, product, activation_code, receipt_no, purchased_on: None }
                .uid()
        };
        let with_code = mark(&customer, "KIS", "HST6A-VV5DB", "0112");
        assert_eq!(with_code, mark(&customer, "Kaspersky", "hst6avv5db", ""));
        assert_ne!(with_code, mark(&other, "KIS", "HST6A-VV5DB", "0112"));
        assert_ne!(with_code, mark(&customer, "KIS", "", "0112"));
        assert_eq!(
            mark(&customer, "KIS 2017", "", "01-12"),
            mark(&customer, "kis-2017", "", "0112")
        );
        assert_ne!(mark(&customer, "KIS", "", "0112"), mark(&customer, "KIS", "", "0113"));
    }
}
