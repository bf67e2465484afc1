//! Which signatures scans use: the file that was chosen for the desk, or the program's own.

use crate::domain::file_mark::FileMark;
use crate::domain::signature_file::{SignatureFile, SignatureMark, SignaturesHere, TEXT_BYTES_MAX};
use crate::domain::time::day_text;
use crate::evidence::signatures::{SignatureError, Signatures};
use crate::store::digest::sha256_of;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::worker::scan::name_of;
use chrono::NaiveDate;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What one scan uses.
#[derive(Debug, Clone, Copy)]
pub(super) struct InUse<'a> {
    /// The signatures.
    pub signatures: &'a Signatures,
    /// Why they are the program's own although others were chosen; `None` where nothing is wrong.
    pub why_built_in: Option<&'a str>,
}

/// The chosen signatures, read when they change and not for each scan.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    mark: Option<SignatureMark>,
    signatures: Option<Signatures>,
    why_built_in: Option<String>,
}

impl Chosen {
    /// What the next scan uses. One look at the file; its signatures are read if they are others.
    pub fn look(&mut self, reader: &Reader) -> InUse<'_> {
        match reader.signature_mark() {
            Ok(mark) if mark == self.mark && self.why_built_in.is_none() => (),
            Ok(_) => self.read(reader),
            Err(why) => self.fall_back(&why.to_string()),
        }
        InUse {
            signatures: self.signatures.as_ref().unwrap_or_else(|| Signatures::builtin()),
            why_built_in: self.why_built_in.as_deref(),
        }
    }

    fn read(&mut self, reader: &Reader) {
        *self = Self::default();
        match reader.signature_file() {
            Ok(None) => (),
            Ok(Some(file)) => {
                match Signatures::newer_from_json(&file.text) {
                    Ok(signatures) => self.signatures = Some(signatures),
                    // A newer program brought newer ones. Settings say so.
                    Err(SignatureError::Older { .. }) => (),
                    Err(why) => self.fall_back(&why.to_string()),
                }
                self.mark = Some(file.mark);
            }
            Err(why) => self.fall_back(&why.to_string()),
        }
    }

    /// The scan goes on with the program's own, and says so.
    fn fall_back(&mut self, why: &str) {
        log::warn!("the chosen signatures can't be used: {why}");
        let words = format!("Read with the built-in signatures: the chosen ones failed ({why})");
        *self = Self { why_built_in: Some(words), ..Self::default() };
    }
}

/// The program's own signatures, and those that were chosen.
pub(super) fn here(reader: &Reader) -> Result<SignaturesHere, StoreError> {
    let (own_day, n_own) = Signatures::builtin_summary();
    Ok(SignaturesHere {
        own_day: own_day.parse().unwrap_or_default(),
        n_own: u32::try_from(n_own).unwrap_or(u32::MAX),
        chosen: reader.signature_mark()?,
    })
}

/// Reads a file that is to be used instead of those in use, or says why it can't be.
pub(super) fn read(path: &Path, here: &SignaturesHere) -> Result<Box<SignatureFile>, String> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(TEXT_BYTES_MAX).unwrap_or(u64::MAX);
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|why| format!("it can't be read: {why}"))?;
    if bytes.len() > TEXT_BYTES_MAX {
        return Err("it is larger than 2 MB, which no file of signatures is".to_owned());
    }
    let sha256 = sha256_of(bytes.as_slice()).map_err(|why| why.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not text".to_owned())?;
    let signatures = Signatures::newer_from_json(&text).map_err(|why| why.to_string())?;
    let Ok(day) = signatures.date().parse::<NaiveDate>() else {
        return Err(format!("{:?} is not a day of the calendar", signatures.date()));
    };
    match here.chosen_in_use() {
        Some(chosen) if chosen.file.sha256 == sha256 => {
            return Err("it is in use already".to_owned());
        }
        Some(chosen) if day < chosen.day => {
            let (day, in_use) = (day_text(day), day_text(chosen.day));
            return Err(format!("it is of {day}, older than the one in use of {in_use}"));
        }
        Some(_) | None => (),
    }
    let file = FileMark { name: name_of(path), sha256 };
    let n_entries = u32::try_from(signatures.entries().len()).unwrap_or(u32::MAX);
    let mark = SignatureMark { file, day, n_entries };
    Ok(Box::new(SignatureFile { mark, text }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> SignaturesHere {
        let own_day = Signatures::builtin().date().parse().expect("a day");
        SignaturesHere { own_day, n_own: 1, chosen: None }
    }

    fn read_text(text: &[u8], here: &SignaturesHere) -> Result<Box<SignatureFile>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("newer.json");
        std::fs::write(&path, text).expect("written");
        read(&path, here)
    }

    fn text(day: &str) -> String {
        format!(
            r#"{{"schema": "swapdesk-signatures/1", "date": "{day}", "entries": [
                {{"subject": "program", "pattern": "Made-up Guard", "match": "exact",
                  "product": "Made-up Guard", "confidence": "seen", "source": "a test"}}]}}"#
        )
    }

    #[test]
    fn a_newer_file_is_marked_with_name_digest_day_and_count() {
        let file = read_text(text("2017-12-01").as_bytes(), &own()).expect("good");
        assert_eq!((file.mark.file.name.as_str(), file.mark.n_entries), ("newer.json", 1));
        assert_eq!(Some(file.mark.day), NaiveDate::from_ymd_opt(2017, 12, 1));
        assert_eq!(file.mark.file.sha256, sha256_of(file.text.as_bytes()).expect("memory"));
        let saved_by_an_editor = format!("\u{feff}{}", text("2017-12-01"));
        assert!(read_text(saved_by_an_editor.as_bytes(), &own()).is_ok());
    }

    #[test]
    fn what_can_not_be_used_is_refused_with_its_reason() {
        let in_use = read_text(text("2017-12-01").as_bytes(), &own()).expect("good");
        let newer = SignaturesHere { chosen: Some(in_use.mark), ..own() };
        let table: [(Vec<u8>, &SignaturesHere, &str); 7] = [
            (text("2017-09-01").into_bytes(), &own(), "older than the program's own"),
            (text("2017-11-30").into_bytes(), &newer, "older than the one in use of 1 Dec 2017"),
            (text("2017-12-01").into_bytes(), &newer, "in use already"),
            (text("2017-13-41").into_bytes(), &own(), "not a day of the calendar"),
            (b"product,key,lot\n".to_vec(), &own(), "no signature file"),
            (b"\xFF\xFE{".to_vec(), &own(), "not text"),
            (vec![b' '; TEXT_BYTES_MAX + 1], &own(), "larger than 2 MB"),
        ];
        for (bytes, here, why) in table {
            let refused = read_text(&bytes, here).expect_err(why);
            assert!(refused.contains(why), "{refused}");
        }
        let nowhere = read(Path::new("/no/such/file.json"), &own()).expect_err("no file");
        assert!(nowhere.contains("can't be read"), "{nowhere}");
    }
}
