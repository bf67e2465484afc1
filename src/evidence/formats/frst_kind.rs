//! The forms of lines in FRST's files: what a line lists, told without reading it.

use super::frst_part::{APPS, ARROW, DRIVE, SEMICOLON};
use crate::evidence::fact::Line;
use crate::evidence::words;

/// What a line lists, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Process,
    Service,
    Center,
    Program,
    Browser,
    File,
    Account,
    /// An address on a list of the browser's.
    Address,
    Event,
    Other,
}

const BROWSERS: [&str; 15] = [
    "FF ",
    "CHR ",
    "OPR ",
    "Edge ",
    "BRA ",
    "VIV ",
    "YAN ",
    "BHO:",
    "BHO-",
    "Toolbar:",
    "Toolbar-",
    "Handler",
    "Filter",
    "IE ",
    "StartMenuInternet",
];

/// Whether a line could be one of Security Center.
pub(super) fn may_be_center(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A' | b'F' | b'S', b'V' | b'S' | b'W' | b'P', b':', b' ', ..])
}

/// The form of a line. Forms that need a closer look are only told apart on a hit.
pub(super) fn kind_of(line: Line<'_>) -> Kind {
    let text = line.text;
    let parentheses = Parentheses::of(text);
    match text.as_bytes() {
        [b'A' | b'F' | b'S', b'V' | b'S' | b'W' | b'P', b':', b' ', ..] if text.contains('{') => {
            Kind::Center
        }
        [b'R' | b'S' | b'U', b'0'..=b'9', b' ', ..] | [b'0'..=b'5', b' ', ..]
            if SEMICOLON.is_in(text) =>
        {
            Kind::Service
        }
        [b'(', ..] if DRIVE.is_in(text) => Kind::Process,
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'-', ..] => Kind::File,
        _ if parentheses.has(Parentheses::PERSON) => Kind::Account,
        _ if parentheses.has(Parentheses::SOURCE) && parentheses.has(Parentheses::USER) => {
            Kind::Event
        }
        _ if text.starts_with("IE ") && text.contains(" site: ") => Kind::Address,
        [b'B'..=b'Y', ..] if BROWSERS.iter().any(|head| text.starts_with(head)) => Kind::Browser,
        _ if is_program(text, parentheses) => Kind::Program,
        _ if line.is_hit
            && words::ends(text, ".exe")
            && text.contains("-> ")
            && !DRIVE.is_in(text) =>
        {
            Kind::Process
        }
        _ => Kind::Other,
    }
}

fn is_program(text: &str, parentheses: Parentheses) -> bool {
    parentheses.has(Parentheses::VERSION)
        || parentheses.has(Parentheses::KEY) && text.contains("\\...\\")
        // Apps of the store are listed with their folder.
        || ARROW.is_in(text) && APPS.is_in(text)
}

/// What a line's parentheses begin with, a bit each: one look instead of six.
#[derive(Debug, Clone, Copy)]
struct Parentheses(u8);

impl Parentheses {
    const PERSON: u8 = 1;
    const SOURCE: u8 = 2;
    const USER: u8 = 4;
    const KEY: u8 = 8;
    const VERSION: u8 = 16;

    fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let begins = |at: usize| {
            let is_apart = at > 0 && text.get(at - 1) == Some(&b' ');
            match text.get(at + 1..)? {
                [b'S', b'-', rest @ ..] if is_apart && rest.starts_with(b"1-5-21-") => {
                    Some(Self::PERSON)
                }
                [b'S', b'o', rest @ ..] if rest.starts_with(b"urce: ") => Some(Self::SOURCE),
                [b'U', rest @ ..] if rest.starts_with(b"ser: ") => Some(Self::USER),
                [b'H', b'K', ..] if is_apart => Some(Self::KEY),
                [b'V', rest @ ..] if is_apart && rest.starts_with(b"ersion: ") => {
                    Some(Self::VERSION)
                }
                [b'x', rest @ ..] if is_apart && rest.starts_with(b"32 Version: ") => {
                    Some(Self::VERSION)
                }
                _ => None,
            }
        };
        Self(memchr::memchr_iter(b'(', text).filter_map(begins).fold(0, |bits, bit| bits | bit))
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}
