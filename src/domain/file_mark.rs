//! What is kept of a file that was read: enough to know it again, nothing of what was in it.

use serde::{Deserialize, Serialize};

/// A file that was read, so that it can be known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMark {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
}
