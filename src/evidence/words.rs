//! Small pieces of text: paths and their parts, numbers in braces, comparisons without case.

use super::piece::Piece;

/// Whether `text` contains `part`, ASCII case ignored. `part` must not be empty.
pub(super) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// How seldom each letter from `a` to `z` stands in names and paths of logs: 1 is `e`, 26 is `z`.
const RARITIES: [u8; 26] =
    [3, 18, 10, 11, 1, 15, 16, 17, 4, 24, 22, 9, 12, 5, 6, 13, 25, 7, 8, 2, 14, 21, 20, 23, 19, 26];

/// Bytes of a text that is looked for among which the rarest is chosen.
const HEAD_BYTES: usize = 8;

/// Counts the bytes of a text that is looked at, in tests.
pub(super) fn looked_at(text: &str) {
    #[cfg(test)]
    super::steps::add(text.len());
    #[cfg(not(test))]
    let _ = text;
}

/// Where `part` first occurs in `text`, ASCII case ignored.
pub(super) fn find(text: &str, part: &str) -> Option<usize> {
    let found = find_rare(text, part);
    looked_at(text.get(..found.unwrap_or(text.len())).unwrap_or(text));
    found
}

/// Where `part` first occurs in `text`, letter for letter; nowhere if it is empty.
pub(super) fn find_as_written(text: &str, part: &str) -> Option<usize> {
    let text = text.as_bytes();
    let mut places = memchr::memchr_iter(*part.as_bytes().first()?, text);
    places.find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(part.as_bytes())))
}

fn find_rare(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let last = text.len().checked_sub(part.len())?;
    // Places are looked for by the letter of `part` that stops at the fewest.
    let rarity = |byte: &u8| {
        let letter = byte.to_ascii_lowercase().wrapping_sub(b'a');
        RARITIES.get(usize::from(letter)).copied().unwrap_or(0)
    };
    let head = part.iter().enumerate().take(HEAD_BYTES);
    let (offset, rare) = head.max_by_key(|(_, byte)| rarity(byte))?;
    let (lower, upper) = (rare.to_ascii_lowercase(), rare.to_ascii_uppercase());
    let places = text.get(offset..=last + offset)?;
    memchr::memchr2_iter(lower, upper, places).find(|at| {
        text.get(*at..at + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part))
    })
}

/// What stands up to a part of a path, that part included, and what stands below it.
pub(super) fn split_behind<'t>(path: &'t str, part: &str) -> Option<(&'t str, &'t str)> {
    let (head, below) = path.split_at_checked(find(path, part)? + part.len())?;
    Some((head, below.strip_prefix('\\')?))
}

/// Whether `text` starts with `part`, ASCII case ignored.
pub(super) fn starts(text: &str, part: &str) -> bool {
    text.as_bytes().get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether `text` ends with `part`, ASCII case ignored.
pub(super) fn ends(text: &str, part: &str) -> bool {
    let text = text.as_bytes();
    let tail = text.len().checked_sub(part.len()).and_then(|from| text.get(from..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a text is empty or all blanks.
pub(super) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// The text without these ASCII signs at its ends.
pub(super) fn trim_signs(text: &str, is_sign: impl Fn(u8) -> bool) -> &str {
    let bytes = text.as_bytes();
    let is_other = |byte: &u8| !is_sign(*byte);
    let start = bytes.iter().position(is_other).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(is_other).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default()
}

/// The last part of a path, whichever way its slashes lean.
pub(super) fn file_name(path: &str) -> &str {
    path.trim_end_matches(['\\', '/']).rsplit(['\\', '/']).next().unwrap_or(path)
}

/// The first `{…}` of 38 characters that looks like a GUID.
pub(super) fn guid(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        rest = rest.get(at..)?;
        if let Some(found) = rest.get(..38)
            && found.ends_with('}')
            && found.bytes().skip(1).take(36).all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
        {
            return Some(found);
        }
        rest = rest.get(1..)?;
    }
    None
}

/// File endings after which a path ends, when arguments may follow.
const ENDINGS: [&str; 12] = [
    ".exe", ".sys", ".dll", ".com", ".msi", ".lnk", ".htm", ".srv", ".xpi", ".crx", ".plist",
    ".ocx",
];

/// The first Windows path in `text`, without quotes and arguments; empty where there is none.
pub(super) fn path(text: &str) -> &str {
    looked_at(text);
    let Some(start) = path_start(text) else { return "" };
    let is_quoted = start > 0 && text.as_bytes().get(start - 1) == Some(&b'"');
    let rest = text.get(start..).unwrap_or_default();
    let end = if is_quoted { rest.find('"') } else { path_end(rest) };
    let found = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest).trim_end();
    let found = cut_arguments(found).trim_end_matches(['"', ',', ';', ')', '.']);
    // "Program Files (x86)" keeps what it opened.
    let n_open = found.matches('(').count();
    let end = start + found.len();
    match text.get(end..end + 1) {
        Some(")") if n_open > found.matches(')').count() => text.get(start..=end).unwrap_or(found),
        _ => found,
    }
}

fn path_start(text: &str) -> Option<usize> {
    const IN_VARIABLES: [Piece; 3] =
        [Piece::new("%Program"), Piece::new("%SystemRoot%"), Piece::new("%windir%")];
    const IN_WINDOWS: [Piece; 3] =
        [Piece::new("\\SystemRoot\\"), Piece::new("system32\\"), Piece::new("\\Windows\\")];
    let bytes = text.as_bytes();
    let drive = memchr::memchr_iter(b':', bytes).find_map(|at| {
        let letter = at.checked_sub(1)?;
        let is_drive =
            bytes.get(at + 1) == Some(&b'\\') && bytes.get(letter)?.is_ascii_alphabetic();
        is_drive.then_some(letter)
    });
    if drive.is_some() {
        return drive;
    }
    let first = |sign: u8, heads: &[Piece]| {
        memchr::memchr(sign, bytes)?;
        heads.iter().filter_map(|head| head.find_any_case(text)).min()
    };
    let (variable, windows) = (first(b'%', &IN_VARIABLES), first(b'\\', &IN_WINDOWS));
    variable.into_iter().chain(windows).min()
}

/// Where an unquoted path ends: at signs that logs put after it.
fn path_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    bytes.iter().enumerate().position(|(at, byte)| match byte {
        b'"' | b'|' | b'<' | b'\t' | b';' | b'*' => true,
        b',' => bytes.get(at + 1) == Some(&b' '),
        b' ' => match bytes.get(at + 1..at + 3) {
            // A drive's own parentheses ("Program Files (x86)") are part of the path.
            Some([b'(', _]) => !rest.get(at..).is_some_and(|tail| starts(tail, " (x86)")),
            Some([b'[' | b' ', _] | [b'-' | b'=', b'>']) => true,
            Some([b'-', b' ']) => true,
            _ => matches!(bytes.get(at + 1), Some(b'[' | b' ' | b'(')),
        },
        _ => false,
    })
}

fn cut_arguments(path: &str) -> &str {
    // Most paths end with their ending.
    let bytes = path.as_bytes();
    let dot = memchr::memchr(b'.', bytes).unwrap_or(bytes.len());
    let is_sign = |byte: &u8| matches!(byte, b' ' | b',' | b'"' | b'/');
    if !bytes.get(dot..).is_some_and(|rest| rest.iter().any(is_sign)) {
        return path;
    }
    for ending in ENDINGS {
        if let Some(at) = find(path, ending) {
            let end = at + ending.len();
            let next = path.as_bytes().get(end);
            if matches!(next, Some(b' ' | b',' | b'"' | b'/')) {
                return path.get(..end).unwrap_or(path);
            }
        }
    }
    path
}

/// The part of `text` between `open` and the next `close` after it.
pub(super) fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let rest = text.get(find_as_written(text, open)? + open.len()..)?;
    rest.get(..find_as_written(rest, close)?)
}

/// `text` cut to at most `max` bytes, at a character's border.
pub(super) fn cut(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text;
    }
    let end = (0..=max).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// `text` cut to at most `max` bytes, at the end of a word: half a name could not be masked.
pub(super) fn cut_words(text: &str, max: usize) -> &str {
    let cut = cut(text, max);
    if cut.len() == text.len() {
        return text;
    }
    cut.trim_end_matches(|char: char| !char.is_whitespace() && !"\\/\"'()<>[]{}|,;=".contains(char))
}

/// The digits of a date and time in `text`, `YYYYMMDDhhmmss`, from WMI's own form
/// (`20171005083012.500000-240`).
pub(super) fn wmi_time(text: &str) -> Option<&str> {
    let digits = text.trim().get(..14)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_end_where_their_arguments_and_dates_begin() {
        let table = [
            (
                "R2 AVP; C:\\Program Files (x86)\\Kaspersky Lab\\avp.exe [3 2017-01-01] (x)",
                "C:\\Program Files (x86)\\Kaspersky Lab\\avp.exe",
            ),
            ("\"C:\\Program Files\\K L\\avp.exe\" -r", "C:\\Program Files\\K L\\avp.exe"),
            ("C:\\K L\\avp.exe -r", "C:\\K L\\avp.exe"),
            (
                "\\SystemRoot\\system32\\DRIVERS\\klif.sys",
                "\\SystemRoot\\system32\\DRIVERS\\klif.sys",
            ),
            ("system32\\DRIVERS\\klim6.sys", "system32\\DRIVERS\\klim6.sys"),
            (
                "\\??\\C:\\ProgramData\\Kaspersky Lab\\klids.sys",
                "C:\\ProgramData\\Kaspersky Lab\\klids.sys",
            ),
            (" Directory of C:\\Program Files (x86)", "C:\\Program Files (x86)"),
            ("(see C:\\Program Files\\Kaspersky Lab)", "C:\\Program Files\\Kaspersky Lab"),
            ("no path here", ""),
        ];
        for (text, said) in table {
            assert_eq!(path(text), said);
        }
    }

    #[test]
    fn a_guid_is_found_among_other_braces() {
        let text = "{x} {86367591-4BE4-AE08-2FD9-7FCB8259CD98}";
        assert_eq!(guid(text), Some("{86367591-4BE4-AE08-2FD9-7FCB8259CD98}"));
        assert_eq!(guid("{86367591"), None);
    }
}
