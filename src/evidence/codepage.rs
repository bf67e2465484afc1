//! Single-byte code pages: which one a text was written in, and its characters.
//!
//! Names and paths that matter are ASCII in every page, so a wrong guess costs readability, no trace.

use encoding_rs::{Encoding, IBM866, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use oem_cp::code_table::{DECODING_TABLE_CP437, DECODING_TABLE_CP850, DECODING_TABLE_CP852};

/// Bytes of a text that are looked at to tell its code page.
const SAMPLE_BYTES_MAX: usize = 16 * 1024;

/// A code page of Windows (1250–1252) or of its console (437, 850, 852, 866).
#[derive(Debug, Clone, Copy)]
pub(super) enum CodePage {
    /// One that browsers know too.
    Web(&'static Encoding),
    /// A console's: the upper half, byte 0x80 first.
    Console(&'static [char; 128]),
}

impl CodePage {
    /// The code page in which `bytes` read most like words. Earlier ones win a tie.
    pub(super) fn guess(bytes: &[u8]) -> Self {
        let pages = [
            Self::Web(WINDOWS_1252),
            Self::Web(WINDOWS_1251),
            Self::Console(&DECODING_TABLE_CP850),
            Self::Web(WINDOWS_1250),
            Self::Web(IBM866),
            Self::Console(&DECODING_TABLE_CP852),
            Self::Console(&DECODING_TABLE_CP437),
        ];
        let sample = bytes.get(..SAMPLE_BYTES_MAX).unwrap_or(bytes);
        let mut best = (i64::MIN, Self::Web(WINDOWS_1252));
        for page in pages {
            let mut text = String::with_capacity(sample.len() * 2);
            page.decode_into(sample, &mut text);
            let score = likeness(&text);
            if score > best.0 {
                best = (score, page);
            }
        }
        best.1
    }

    /// Appends `bytes` as text. Every byte has a character in every page.
    pub(super) fn decode_into(self, bytes: &[u8], out: &mut String) {
        match self {
            Self::Web(encoding) => {
                out.push_str(&encoding.decode_without_bom_handling(bytes).0);
            }
            Self::Console(upper) => {
                out.extend(bytes.iter().map(|byte| match byte.checked_sub(0x80) {
                    None => char::from(*byte),
                    Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
                }));
            }
        }
    }
}

/// How much a text looks like words: lower-case letters beside letters speak for it; signs within
/// words and capitals after small letters against it.
fn likeness(text: &str) -> i64 {
    let mut score = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if !char.is_ascii() {
            score += match char {
                _ if COMMON.contains(char) => 4,
                'а'..='я' | 'А'..='Я' => {
                    3 - i64::from(char.is_uppercase() && before.is_lowercase()) * 5
                }
                _ if char.is_lowercase() && (before.is_alphabetic() || after.is_alphabetic()) => 1,
                _ if char.is_uppercase() && before.is_lowercase() => -4,
                _ if char.is_alphabetic() => 0,
                '\u{A0}' | '®' | '©' | '™' | '–' | '’' | '«' | '»' | '„' | '“' | '”' => {
                    0
                }
                _ => -3,
            };
        }
        before = char;
    }
    score
}

/// Letters that German, French, Polish, Spanish, Czech and Italian texts are full of.
const COMMON: &str = "äöüßéèàçêñáíóúąćęłńśźżěščřžůýãõò";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_reads_as_words_is_taken() {
        let table: [(&[u8], &str); 6] = [
            (b"Gr\xF6\xDFe und \xFCberpr\xFCfen", "Größe und überprüfen"),
            (b"Gr\x94\xE1e und \x81berpr\x81fen", "Größe und überprüfen"),
            (b"Us\xB3ugi zako\xF1czone, b\xB3\xB9d", "Usługi zakończone, błąd"),
            (b"Us\x88ugi zako\xE4czone, b\x88\xA5d", "Usługi zakończone, błąd"),
            (b"\xC8\xEC\xFF \xEE\xE1\xF0\xE0\xE7\xE0", "Имя образа"),
            (b"\x88\xAC\xEF \xAE\xA1\xE0\xA0\xA7\xA0", "Имя образа"),
        ];
        for (bytes, said) in table {
            let mut text = String::new();
            CodePage::guess(bytes).decode_into(bytes, &mut text);
            assert_eq!(text, said);
        }
    }
}
