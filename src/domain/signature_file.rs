//! A signature file that was chosen in place of the program's own, and which of the two scans use.
//!
//! What the signatures say is the evidence layer's to know: here they are a text with a name, a day
//! and a count.

use crate::domain::file_mark::FileMark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Bytes that a signature file may have; the program's own has a twentieth of it. Every copy of
/// the desk's file and every check of its journal carries it.
pub const TEXT_BYTES_MAX: usize = 2 * 1024 * 1024;

/// What is told of a signature file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureMark {
    /// Its name and the digest of its text.
    pub file: FileMark,
    /// The day that it was compiled for.
    pub day: NaiveDate,
    /// Signatures in it.
    pub n_entries: u32,
}

/// A signature file that was read and found good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureFile {
    /// What is told of it.
    pub mark: SignatureMark,
    /// All of it, as it was read.
    pub text: String,
}

/// The program's own signatures, and those that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignaturesHere {
    /// The day of the program's own.
    pub own_day: NaiveDate,
    /// Signatures in the program's own.
    pub n_own: u32,
    /// The file that was chosen.
    pub chosen: Option<SignatureMark>,
}

impl SignaturesHere {
    /// The chosen file, if scans use it: a newer program may bring newer signatures than it has.
    pub fn chosen_in_use(&self) -> Option<&SignatureMark> {
        self.chosen.as_ref().filter(|chosen| chosen.day >= self.own_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_file_is_used_unless_the_program_has_newer_ones() {
        let day = |day| NaiveDate::from_ymd_opt(2017, 10, day).expect("a day");
        let mark = |day| SignatureMark {
            file: FileMark { name: "newer.json".to_owned(), sha256: "0".repeat(64) },
            day,
            n_entries: 3,
        };
        for (chosen, is_used) in
            [(None, false), (Some(day(4)), false), (Some(day(5)), true), (Some(day(6)), true)]
        {
            let here = SignaturesHere { own_day: day(5), n_own: 9, chosen: chosen.map(mark) };
            assert_eq!(here.chosen_in_use().is_some(), is_used, "{chosen:?}");
        }
    }
}
