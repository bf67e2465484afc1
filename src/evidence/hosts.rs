//! Marks of computers' names: they tell one computer from another, and no name by itself.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Characters of a computer's name in its short form.
const HOST_CHARS_MAX: usize = 15;

/// The mark of a computer's name, 4 hexadecimal digits; `None` for what names none.
pub(super) fn host_mark(salt: &str, name: &str) -> Option<String> {
    // Windows tells the name now whole, now cut to 15 characters and in capitals.
    let bare = name.trim().trim_matches(['"', '\\']).split('.').next().unwrap_or_default();
    let short: String = bare.chars().take(HOST_CHARS_MAX).collect::<String>().to_lowercase();
    if short.len() < 3 || short == "localhost" {
        return None;
    }
    Some(mark(salt, &short))
}

/// The mark of any text, 4 hexadecimal digits: it tells two texts apart, and neither.
pub(super) fn mark(salt: &str, text: &str) -> String {
    let digest = Sha256::new().chain_update(salt).chain_update([0]).chain_update(text);
    digest.finalize().iter().take(2).fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        write!(hex, "{byte:02x}").ok();
        hex
    })
}
