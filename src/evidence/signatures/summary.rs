//! What is told of the built-in signatures, without the time that it takes to build their search.

use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{BUILTIN, Signatures};

#[derive(Deserialize)]
struct Summary {
    date: String,
    entries: Vec<IgnoredAny>,
}

impl Signatures {
    /// Day (`YYYY-MM-DD`) and number of the signatures that came with the program, for a window that
    /// opens: the signatures themselves may still be in the making.
    pub fn builtin_summary() -> (&'static str, usize) {
        static SUMMARY: OnceLock<(String, usize)> = OnceLock::new();
        let (date, n_entries) =
            SUMMARY.get_or_init(|| match serde_json::from_str::<Summary>(BUILTIN) {
                Ok(summary) => (summary.date, summary.entries.len()),
                // A file that is broken is told by `builtin`, and ruled out by a test.
                Err(_) => (String::new(), 0),
            });
        (date, *n_entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_tells_of_the_signatures_themselves() {
        let own = Signatures::builtin();
        assert_eq!(Signatures::builtin_summary(), (own.date(), own.entries().len()));
    }
}
