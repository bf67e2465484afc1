//! SHA-256: of a file, and of the columns of an entry.

/// The number that names one subscription on every desk.
pub use crate::domain::subscription_mark::SubscriptionMark;

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
}
