//! A source whose bytes are hashed as they pass. Of a large one on a thread beside the one that reads
//! it: hashing is a tenth of the work, and someone is waiting.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use sha2::{Digest, Sha256};

/// Bytes from which on a thread is worth its start.
const THREAD_BYTES: u64 = 1024 * 1024;
/// Buffers that may wait to be hashed, so that memory stays bounded.
const WAITING_MAX: usize = 8;

/// A source, and the hash of what it gave.
pub(super) struct Hashed<R> {
    source: R,
    n_bytes: u64,
    hash: Hash,
}

/// Where the hash is.
enum Hash {
    Here(Sha256),
    Beside { buffers: SyncSender<Vec<u8>>, thread: JoinHandle<Sha256> },
}

impl<R> Hashed<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, n_bytes: 0, hash: Hash::Here(Sha256::new()) }
    }

    /// The SHA-256 of all bytes that passed, as 64 hexadecimal digits.
    pub(super) fn digest(self) -> io::Result<String> {
        let hash = match self.hash {
            Hash::Here(hash) => hash,
            Hash::Beside { buffers, thread } => {
                // Without a sender the thread comes to its end.
                drop(buffers);
                thread.join().map_err(|_| broken())?
            }
        };
        Ok(hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            write!(hex, "{byte:02x}").ok();
            hex
        }))
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.n_bytes += bytes.len() as u64;
        if let Hash::Here(hash) = &mut self.hash {
            hash.update(bytes);
            // Without a thread it goes on here.
            if self.n_bytes >= THREAD_BYTES
                && let Ok(beside) = beside(hash.clone())
            {
                self.hash = beside;
            }
            return Ok(());
        }
        match &self.hash {
            Hash::Beside { buffers, .. } => buffers.send(bytes.to_vec()).map_err(|_| broken()),
            Hash::Here(_) => Ok(()),
        }
    }
}

/// Goes on with a hash on a thread of its own.
fn beside(mut hash: Sha256) -> io::Result<Hash> {
    let (buffers, waiting) = sync_channel::<Vec<u8>>(WAITING_MAX);
    let thread = Builder::new().name("hash".to_owned()).spawn(move || {
        for buffer in waiting {
            hash.update(&buffer);
        }
        hash
    })?;
    Ok(Hash::Beside { buffers, thread })
}

fn broken() -> io::Error {
    io::Error::other("the file could not be hashed")
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.source.read(buffer)?;
        self.pass(buffer.get(..n_bytes).unwrap_or_default())?;
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_the_same_here_and_beside_and_however_the_bytes_come() {
        for n_bytes in [0, 3, 1_000_000, 1_048_576, 3_000_001] {
            let bytes: Vec<u8> = (0..n_bytes).map(|at: u32| (at % 251) as u8).collect();
            let mut said = String::new();
            for byte in Sha256::digest(&bytes) {
                write!(said, "{byte:02x}").expect("a string");
            }
            for n_each in [1000, 65_536, 5_000_000] {
                let mut hashed = Hashed::new(bytes.as_slice());
                let mut buffer = vec![0; n_each];
                while hashed.read(&mut buffer).expect("from memory") > 0 {}
                assert_eq!(hashed.digest().expect("hashed"), said, "{n_bytes} by {n_each}");
            }
        }
    }
}
