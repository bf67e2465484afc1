//! A source whose bytes are hashed as they pass.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// A source, and the hash of what it gave.
pub(super) struct Hashed<R> {
    source: R,
    hash: Sha256,
}

impl<R> Hashed<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, hash: Sha256::new() }
    }

    /// The SHA-256 of all bytes that passed, as 64 hexadecimal digits.
    pub(super) fn digest(self) -> String {
        self.hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").ok();
            hex
        })
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.source.read(buffer)?;
        self.hash.update(buffer.get(..n_bytes).unwrap_or_default());
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_same_however_the_bytes_come() {
        for n_bytes in [0, 3, 1_000_001] {
            let bytes: Vec<u8> = (0..n_bytes).map(|at: u32| (at % 251) as u8).collect();
            let mut said = String::new();
            for byte in Sha256::digest(&bytes) {
                write!(said, "{byte:02x}").expect("a string");
            }
            for n_each in [1000, 65_536, 5_000_000] {
                let mut hashed = Hashed::new(bytes.as_slice());
                let mut buffer = vec![0; n_each];
                while hashed.read(&mut buffer).expect("from memory") > 0 {}
                assert_eq!(hashed.digest(), said, "{n_bytes} by {n_each}");
            }
        }
    }
}
