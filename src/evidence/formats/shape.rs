//! The shapes of lines that list one thing each.

use crate::domain::evidence::trace::Area;
use crate::evidence::coverage::Part;
use crate::evidence::words;

/// A shape of line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A loaded kernel module: addresses, and a name or a path.
    Module = 0,
    /// A line of `kextstat`.
    Kext = 1,
    /// A line of `launchctl list`.
    Launchd = 2,
    /// A line of `pm list packages`.
    Package = 3,
    /// A line of kavremover's log.
    Removal = 4,
    /// A line of `dir`.
    Directory = 5,
    /// A line that divides certificates of `certutil`.
    Certificate = 6,
}

impl Shape {
    pub(super) const ALL: [Self; 7] = [
        Self::Module,
        Self::Kext,
        Self::Launchd,
        Self::Package,
        Self::Removal,
        Self::Directory,
        Self::Certificate,
    ];

    /// The format's name.
    pub(super) fn format(self) -> &'static str {
        match self {
            Self::Module => "kernel_modules",
            Self::Kext => "kextstat",
            Self::Launchd => "launchctl_list",
            Self::Package => "android_packages",
            Self::Removal => "kavremover_log",
            Self::Directory => "dir",
            Self::Certificate => "certutil",
        }
    }

    /// How many lines such a line may stand for, itself included.
    pub(super) fn lines_each(self) -> usize {
        match self {
            Self::Certificate => 20,
            Self::Directory => 6,
            _ => 2,
        }
    }

    /// What a list of such lines shows whole.
    pub(super) fn shows(self) -> Option<Shows> {
        match self {
            // What is not loaded can lie ready for the next start.
            Self::Kext => Some(Shows::Part(Part::KextsLoaded)),
            Self::Launchd => Some(Shows::Part(Part::LaunchdLoaded)),
            Self::Package => Some(Shows::Area(Area::AndroidPackages)),
            Self::Certificate => Some(Shows::Area(Area::Certificates)),
            // Modules are drivers that are loaded, not all that there are; `dir` says itself where it ends.
            Self::Module | Self::Directory | Self::Removal => None,
        }
    }
}

/// An area, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shows {
    Area(Area),
    Part(Part),
}

/// The shape of a line, if it has one.
pub(super) fn shape_of(text: &str) -> Option<Shape> {
    let trimmed = text.trim();
    if words::starts(trimmed, "package:") || is_package(trimmed) {
        return Some(Shape::Package);
    }
    // `LoadedModule[7]=C:\…\x.dll`, in what Windows reports of a crash.
    if trimmed.starts_with("LoadedModule[") {
        return Some(Shape::Module);
    }
    if is_removal(trimmed) {
        return Some(Shape::Removal);
    }
    if text.starts_with("================ ")
        && text.trim_matches('=').trim().ends_with(|char: char| char.is_ascii_digit())
    {
        return Some(Shape::Certificate);
    }
    if trimmed.contains("<DIR>") || trimmed.contains("<REP>") || is_dir_head(text) {
        return Some(Shape::Directory);
    }
    let mut parts = trimmed.split_whitespace();
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let is_id = first == "-" || is_number(first);
    if is_id
        && is_number(second.trim_start_matches('-'))
        && third.contains('.')
        && parts.next().is_none()
    {
        return Some(Shape::Launchd);
    }
    let n_addresses = trimmed.split_whitespace().take(6).filter(|word| is_address(word)).count();
    if n_addresses >= 2
        && trimmed.contains(" (")
        && trimmed.split_whitespace().any(|word| word.matches('.').count() >= 2)
        && first.len() < 6
    {
        return Some(Shape::Kext);
    }
    let has_file = trimmed.split(['\\', ' ', '\t']).any(|word| {
        words::ends(word, ".sys") || words::ends(word, ".exe") || words::ends(word, ".dll")
    });
    // TDSSKiller: time, number, `[ digest ] name  path`.
    let is_entry = third == "[" && second.starts_with("0x");
    let is_module = is_entry
        || (n_addresses >= 1 && has_file)
        || is_dated_module(first, trimmed)
        || (n_addresses >= 2 && is_address(first) && !third.is_empty());
    is_module.then_some(Shape::Module)
}

/// `klif.sys   Wed Aug 07 08:40:58 2013 (52024082)`: what a debugger tells of a driver, without addresses.
fn is_dated_module(first: &str, text: &str) -> bool {
    let stamp = text.rsplit_once(" (").and_then(|(_, stamp)| stamp.strip_suffix(')'));
    words::ends(first, ".sys")
        && stamp.is_some_and(|stamp| stamp.len() == 8 && u32::from_str_radix(stamp, 16).is_ok())
}

/// A package's bare name: small letters and points, nothing else in the line.
fn is_package(text: &str) -> bool {
    let heads = ["com.", "org.", "android", "net.", "de.", "ru.", "io."];
    heads.iter().any(|head| text.starts_with(head))
        && text.contains('.')
        && ![".plist", ".kext", ".app"].iter().any(|ending| text.ends_with(ending))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'))
}

/// `2776:0910 10:34:54.931 text`.
fn is_removal(text: &str) -> bool {
    let Some((ids, rest)) = text.split_once(' ') else { return false };
    let Some((process, thread)) = ids.split_once(':') else { return false };
    let is_hex =
        |id: &str| (1..=8).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let time = rest.get(..12).unwrap_or_default();
    is_hex(process)
        && is_hex(thread)
        && time.bytes().filter(u8::is_ascii_digit).count() == 9
        && time.contains('.')
}

/// ` Directory of C:\…` in any language.
pub(super) fn is_dir_head(text: &str) -> bool {
    text.starts_with(' ')
        && !text.starts_with("  ")
        && text.contains(":\\")
        && text.split_whitespace().count() <= 12
        && !text.contains(['=', '>'])
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A kernel address: hexadecimal, with or without `0x` and the mark in its middle.
fn is_address(word: &str) -> bool {
    let has_head = word.starts_with("0x") || word.starts_with("0X");
    let digits = word.trim_start_matches("0x").trim_start_matches("0X");
    let n_digits = digits.bytes().filter(u8::is_ascii_hexdigit).count();
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'`');
    is_hex && ((has_head && n_digits >= 3) || (8..=16).contains(&n_digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_shape() {
        let table = [
            (
                "98 FFFFF80124D90000 110592 \\SystemRoot\\System32\\drivers\\klif.sys",
                Some(Shape::Module),
            ),
            ("fffff801`5c600000 fffff801`5c700000   klif       (deferred)", Some(Shape::Module)),
            ("klif.sys 0xFFFFF80124D90000 0x000D0000", Some(Shape::Module)),
            (
                "   95    0 0xffffff7f82e5c000 0x9000     0x9000     com.kaspersky.kext.klif (3.0.5a45) 1A <7 5 4>",
                Some(Shape::Kext),
            ),
            ("-\t0\tcom.kaspersky.kav", Some(Shape::Launchd)),
            ("412\t-9\tcom.apple.x", Some(Shape::Launchd)),
            ("package:com.kms.free", Some(Shape::Package)),
            ("com.kms.free", Some(Shape::Package)),
            ("2776:0910 10:34:54.931 KAVRemover tool version 1.0.2686", Some(Shape::Removal)),
            ("10/05/2017  08:30 AM    <DIR>          Kaspersky Lab", Some(Shape::Directory)),
            (" Verzeichnis von C:\\ProgramData", Some(Shape::Directory)),
            ("klif.sys      Wed Aug 07 08:40:58 2013 (52024082)", Some(Shape::Module)),
            ("klif.sys was loaded (yesterday)", None),
            ("LoadedModule[7]=C:\\WINDOWS\\System32\\x.dll", Some(Shape::Module)),
            ("a sentence about Kaspersky", None),
            ("", None),
        ];
        for (text, shape) in table {
            assert_eq!(shape_of(text), shape, "{text}");
        }
    }
}
