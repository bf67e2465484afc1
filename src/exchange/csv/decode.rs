//! Bytes to text: UTF-8, and Windows-1252 where that fails.

use crate::domain::intake::Encoding;
use crate::exchange::error::ReadError;

/// The byte order mark of UTF-8, which spreadsheets put before the first line.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What a file is written in, by its first bytes.
pub(super) fn sniff(first: &[u8]) -> Result<Encoding, ReadError> {
    match first {
        [] => Err(ReadError::Empty),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(ReadError::Utf16),
        [b'P', b'K', 3, 4, ..] => Err(ReadError::NotText("a workbook or a zip archive")),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(ReadError::NotText("an old workbook")),
        [b'%', b'P', b'D', b'F', ..] => Err(ReadError::NotText("a PDF")),
        _ if is_unmarked_utf16(first) => Err(ReadError::Utf16),
        _ if first.starts_with(b"SQLite format 3\0") => Err(ReadError::NotText("a database file")),
        _ => Ok(match std::str::from_utf8(first) {
            Ok(_) => Encoding::Utf8,
            // The end of what was looked at may stand within a letter.
            Err(err) if err.error_len().is_none() && err.valid_up_to() > 0 => Encoding::Utf8,
            Err(_) => Encoding::Windows1252,
        }),
    }
}

/// Whether the first letters are plain ones with a zero byte each, always before or always after.
fn is_unmarked_utf16(first: &[u8]) -> bool {
    let (pairs, _) = first.as_chunks::<2>();
    let pairs = pairs.get(..8.min(pairs.len())).unwrap_or_default();
    pairs.len() >= 4
        && (pairs.iter().all(|[letter, zero]| *letter != 0 && *zero == 0)
            || pairs.iter().all(|[zero, letter]| *letter != 0 && *zero == 0))
}

/// Decodes a record's fields, which end at `ends` in `bytes`, into `text` and its own ends.
/// Returns whether it took Windows-1252: bytes that happen to be UTF-8 are UTF-8 in any file,
/// because names in Windows-1252 never are.
pub(super) fn fields(
    bytes: &[u8],
    ends: &[usize],
    text: &mut String,
    text_ends: &mut Vec<usize>,
) -> bool {
    text.clear();
    text_ends.clear();
    if let Ok(all) = std::str::from_utf8(bytes) {
        text.push_str(all);
        text_ends.extend_from_slice(ends);
        return false;
    }
    let mut begin = 0;
    for end in ends {
        let field = bytes.get(begin..*end).unwrap_or_default();
        text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(field).0);
        text_ends.push(text.len());
        begin = *end;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_the_first_bytes() {
        let table: [(&[u8], Option<Encoding>); 11] = [
            (b"a,b", Some(Encoding::Utf8)),
            (b"\xEF\xBB\xBFa,b", Some(Encoding::Utf8)),
            ("a,Jos\u{e9}".as_bytes(), Some(Encoding::Utf8)),
            (b"a,Jos\xE9,b", Some(Encoding::Windows1252)),
            (b"a,Jos\xC3", Some(Encoding::Utf8)),
            (b"\xFF\xFEa\0", None),
            (b"e\0x\0t\0e\0r\0n\0", None),
            (b"\0e\0x\0t\0e\0r\0n", None),
            (b"e\0xternal_id,name", Some(Encoding::Utf8)),
            (b"PK\x03\x04", None),
            (b"", None),
        ];
        for (bytes, expected) in table {
            assert_eq!(sniff(bytes).ok(), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_record_that_is_not_utf8_is_read_as_windows_1252() {
        let (mut text, mut ends) = (String::new(), Vec::new());
        assert!(fields(b"Jos\xE9\x80b", &[4, 5, 6], &mut text, &mut ends));
        assert_eq!((text.as_str(), ends.as_slice()), ("José€b", [5, 8, 9].as_slice()));
        assert!(!fields("Joséb".as_bytes(), &[5, 6], &mut text, &mut ends));
        assert_eq!((text.as_str(), ends.as_slice()), ("Joséb", [5, 6].as_slice()));
    }
}
