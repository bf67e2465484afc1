//! Which files are exports: recognized by what is in them.

use crate::evidence::Scanner;
use crate::evidence::signatures::Signatures;
use crate::exchange::exports::{is_text, open};
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a file that tell whether it is an export.
const PROBE_BYTES: u64 = 1024 * 1024;
/// The one format that is none: read line by line.
pub(super) const UNKNOWN_FORMAT: &str = "text";

/// Whether the file is text in a format that is known.
pub(super) fn is_export(path: &Path) -> io::Result<bool> {
    if !is_text(path)? {
        return Ok(false);
    }
    let mut scanner = Scanner::new(Signatures::builtin());
    scanner.add(open(path)?.take(PROBE_BYTES))?;
    let formats = scanner.finish().formats;
    Ok(formats.iter().any(|format| format != UNKNOWN_FORMAT))
}
