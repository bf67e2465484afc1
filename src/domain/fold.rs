//! Folding: the forms in which names, numbers and codes are compared and kept as search keys.
//!
//! Importer, desk and search fold with the same functions, so what was stored is found however it
//! was written: accents, capitals, hyphens, blanks and look-alike letters never decide.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case words without accents, one blank between: `O’Brien-Núñez, Zoë` is
/// `obrien nunez zoe`. An apostrophe joins; anything else that is no letter or digit divides.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_gap = false;
    for letter in text.chars() {
        let before = folded.len();
        push_folded(letter, &mut folded);
        if folded.len() == before {
            is_gap = is_gap || !is_inside_word(letter);
        } else if is_gap && before > 0 {
            folded.insert(before, ' ');
            is_gap = false;
        } else {
            is_gap = false;
        }
    }
    folded
}

/// Appends the folded form of `letter`, in ASCII where it has an ASCII spelling. Anything that is
/// neither letter nor digit folds to nothing.
pub fn push_folded(letter: char, into: &mut String) {
    if letter.is_ascii() {
        if letter.is_ascii_alphanumeric() {
            into.push(letter.to_ascii_lowercase());
        }
        return;
    }
    for part in std::iter::once(letter).nfkd().filter(|part| !is_combining_mark(*part)) {
        match part {
            'ß' | 'ẞ' => into.push_str("ss"),
            'Æ' | 'æ' => into.push_str("ae"),
            'Œ' | 'œ' => into.push_str("oe"),
            'Ø' | 'ø' => into.push('o'),
            'Đ' | 'đ' | 'Ð' | 'ð' => into.push('d'),
            'Ł' | 'ł' => into.push('l'),
            'Þ' | 'þ' => into.push_str("th"),
            'ı' => into.push('i'),
            'Ħ' | 'ħ' => into.push('h'),
            _ => into.extend(part.to_lowercase().filter(|lower| lower.is_alphanumeric())),
        }
    }
}

/// Whether `letter` stands inside a word without parting it: "O'Brien", "D’Angelo", a bare accent.
pub fn is_inside_word(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´' | 'ʼ') || is_combining_mark(letter)
}

/// The digits of a phone number without the country code of the US and without an extension:
/// `+1 (612) 555-0142 x3` is `6125550142`. Empty when there are none.
pub fn phone(text: &str) -> String {
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if (c.is_alphabetic() || c == '#') && digits.len() >= 7 {
            // An extension: `x13`, `ext. 13`, `#13`.
            break;
        }
    }
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        Some(_) | None => digits,
    }
}

/// An e-mail address as it is compared: lower-case, no blanks around it.
pub fn email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The digits of `text`.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Capital letters and digits alone: receipts, member ids, license keys.
pub fn letters_and_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Capital letters and digits, look-alikes as one: `O Q D` are `0`, `I L` `1`, `Z` `2`, `S` `5`,
/// `G` `6`, `B` `8`, `V` `U`. For codes that are read from a card or a label.
pub fn code(text: &str) -> String {
    letters_and_digits(text)
        .chars()
        .map(|c| match c {
            'O' | 'Q' | 'D' => '0',
            'I' | 'L' => '1',
            'Z' => '2',
            'S' => '5',
            'G' => '6',
            'B' => '8',
            'V' => 'U',
            other => other,
        })
        .collect()
}

/// `text` from its end, so that endings are found as beginnings.
pub fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_plain_words() {
        let table = [
            ("Okafor", "okafor"),
            ("O'Brien", "obrien"),
            ("O’Brien-Núñez, Zoë", "obrien nunez zoe"),
            ("  Smith -  Jones ", "smith jones"),
            ("Straße Ærø", "strasse aero"),
            ("Łukasz", "lukasz"),
            ("Zoe\u{308}", "zoe"),
            ("李 明", "李 明"),
            ("- ' -", ""),
            ("", ""),
        ];
        for (text, folded) in table {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn phones_are_ten_digits_however_they_are_written() {
        let table = [
            ("(612) 555-0142", "6125550142"),
            ("+1 612.555.0142", "6125550142"),
            ("16125550142", "6125550142"),
            ("612 555 0142 x13", "6125550142"),
            ("612 555 0142 ext. 13", "6125550142"),
            ("612 555 0142 #13", "6125550142"),
            ("Cell: 612 555 0142", "6125550142"),
            ("+49 30 901820", "4930901820"),
            ("0142", "0142"),
            ("1555", "1555"),
            ("", ""),
        ];
        for (text, digits) in table {
            assert_eq!(phone(text), digits, "{text:?}");
        }
    }

    #[test]
    fn look_alike_letters_make_one_code() {
        assert_eq!(code("hst6a-vv5db"), code("H5T6A VUSD8"));
        assert_eq!(code("HST6A-VV5DB"), "H5T6AUU508");
        assert_eq!(letters_and_digits("bby01-80 6"), "BBY01806");
        assert_eq!(reversed("0142"), "2410");
        assert_eq!(email(" Amara.O@Example.com "), "amara.o@example.com");
    }
}
