//! `reg export` (version 4 and 5) and `reg query`: keys, values, and what they say of the device.

use super::Ending;
use super::registry_section::{Named, Section, Seen};
use super::registry_value::read_value;
use crate::evidence::collector::Collector;
use crate::evidence::fact::Line;
use crate::evidence::words;

/// Bytes of one value that are put together from its lines.
const VALUE_BYTES_MAX: usize = 64 * 1024;
/// Values of one key that are looked at.
const VALUES_MAX: usize = 256;
/// Bytes of a key that are kept: Windows allows 255 characters a part, and Kaspersky's are short.
const KEY_BYTES_MAX: usize = 2_000;
/// Bytes of a value's line that are shown with a trace: more than are kept of it, so that it is cut
/// where it is masked as a whole.
const SAID_BYTES_MAX: usize = 4_000;
/// Bytes of the last line that are kept, to see whether it is torn.
const LAST_BYTES_MAX: usize = 2_000;
/// Values that say something in a key whose lines name nothing of Kaspersky's.
const WANTED: [&str; 15] = [
    "DisplayName",
    "Publisher",
    "DisplayVersion",
    "InstallLocation",
    "UninstallString",
    "ImagePath",
    "Start",
    "Type",
    "UpperFilters",
    "LowerFilters",
    "STATE",
    "PRODUCTEXE",
    "ProductName",
    "Description",
    "Blob",
];

/// Whether all values of a key were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Whole,
    Partly,
}

/// Reads a registry export key by key.
#[derive(Default)]
pub(super) struct Registry {
    key: String,
    key_line: u64,
    is_hit: bool,
    /// The key's lines that could matter, and where each ends and stands. Most keys are never parsed.
    lines: String,
    ends: Vec<(usize, u64)>,
    has_hex: bool,
    /// A value whose data goes on in the next line.
    open: String,
    open_line: u64,
    last: String,
    seen: Seen,
}

impl Registry {
    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text;
        if !words::is_blank(text) {
            self.last.clear();
            self.last.push_str(words::cut(text, LAST_BYTES_MAX));
        }
        if !self.open.is_empty() {
            // A page can show each line with a blank one behind it.
            if !words::is_blank(text) {
                self.go_on(text);
            }
            return;
        }
        if let Some(key) = key_in(text) {
            self.flush(Shown::Whole, out);
            self.key.clear();
            self.key.push_str(words::cut(key, KEY_BYTES_MAX));
            self.key_line = line.no;
            self.is_hit = line.is_hit;
            return;
        }
        self.is_hit |= line.is_hit;
        if let Some(head) = text.strip_suffix('\\')
            && name_in(text).is_some_and(|(_, data)| data.starts_with("hex"))
        {
            self.open.push_str(head);
            self.open_line = line.no;
            return;
        }
        self.value(text, line.no);
    }

    fn go_on(&mut self, text: &str) {
        let piece = text.trim();
        let head = piece.strip_suffix('\\');
        if self.open.len() + piece.len() <= VALUE_BYTES_MAX {
            self.open.push_str(head.unwrap_or(piece));
        }
        if head.is_none() {
            let whole = std::mem::take(&mut self.open);
            self.value(&whole, self.open_line);
        }
    }

    fn value(&mut self, text: &str, no: u64) {
        if self.ends.len() >= VALUES_MAX {
            return;
        }
        let Some((name, data)) = name_in(text) else {
            self.seen.has_remark |= !words::is_blank(text) && !is_head(text);
            return;
        };
        let is_wanted = WANTED.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
        if !self.is_hit && !is_wanted {
            return;
        }
        self.has_hex |= data.starts_with("REG_MULTI_SZ") || hides_a_name(name, data);
        self.lines.push_str(text);
        self.ends.push((self.lines.len(), no));
    }

    /// The values of the key that ends here.
    fn values(&self) -> Vec<Named<'_>> {
        let mut values = Vec::with_capacity(self.ends.len());
        let mut start = 0;
        for (end, no) in &self.ends {
            let text = self.lines.get(start..*end).unwrap_or_default();
            if let Some((name, data)) = name_in(text) {
                let said = words::cut(text.trim(), SAID_BYTES_MAX);
                values.push(Named { name, value: read_value(data), no: *no, said });
            }
            start = *end;
        }
        values
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        let is_torn = !self.open.is_empty() || is_torn(&self.last);
        if is_torn {
            let whole = std::mem::take(&mut self.open);
            self.value(&whole, self.open_line);
        }
        // A blank line follows every key that has values; `reg query` lists the others line by line.
        let is_value = name_in(&self.last).is_some() || self.last.starts_with(['[', ' ']);
        let is_name = key_in(&self.last).is_some() && !is_value;
        let is_closed = ending == Ending::Blank;
        let is_cut = is_torn || (is_value && !is_closed);
        let is_whole = !is_cut && (!is_name || is_closed);
        self.flush(if is_whole { Shown::Whole } else { Shown::Partly }, out);
        if is_cut {
            out.is_cut_short();
        } else {
            self.seen.end(out);
        }
        out.format("reg_export");
    }

    /// Says what the key that ends here lists.
    fn flush(&mut self, shown: Shown, out: &mut Collector<'_>) {
        if self.key.is_empty() {
            return;
        }
        let mut seen = std::mem::take(&mut self.seen);
        // What names nothing and hides nothing in numbers is only counted.
        let is_parsed = self.is_hit || self.has_hex;
        let values = if is_parsed { self.values() } else { Vec::new() };
        let (no, is_hit) = (self.key_line, self.is_hit);
        let n_values = self.ends.len();
        let section = Section { key: &self.key, no, is_hit, shown, n_values, values: &values };
        section.tell(&mut seen, out);
        self.seen = seen;
        self.key.clear();
        self.lines.clear();
        self.ends.clear();
        (self.has_hex, self.is_hit) = (false, false);
    }
}

/// The key a line opens: `[HKEY_…]`, or `HKEY_…` as `reg query` writes it.
fn key_in(text: &str) -> Option<&str> {
    let text = text.trim_end();
    if let Some(rest) = text.strip_prefix('[') {
        let key = rest.strip_suffix(']').unwrap_or(rest);
        return key.trim_start_matches('-').starts_with("HKEY_").then_some(key);
    }
    text.starts_with("HKEY_").then_some(text)
}

/// Whether a line heads a file.
fn is_head(text: &str) -> bool {
    text.starts_with("Windows Registry Editor") || text.starts_with("REGEDIT4")
}

/// Whether a line ends before its key or text does.
fn is_torn(text: &str) -> bool {
    let text = text.trim_end();
    let is_open_text =
        text.rsplit_once("\"=\"").is_some() && (!text.ends_with('"') || text.ends_with("\"=\""));
    (text.starts_with("[HKEY") && !text.ends_with(']')) || (is_open_text && !text.ends_with("\"\""))
}

/// Whether numbers could spell a name of Kaspersky's: always where filters and certificates are, and
/// elsewhere (`ImagePath`) where they spell a part of its folder or of its drivers' names.
fn hides_a_name(name: &str, data: &str) -> bool {
    const PARTS: [&[u8]; 4] = [
        b"61,00,73,00,70,00,65,00,72,00", // asper
        b"41,00,53,00,50,00,45,00,52,00", // ASPER
        b"5c,00,6b,00",                   // \k
        b"5c,00,4b,00",                   // \K
    ];
    let is_list = words::ends(name, "Filters") || name.eq_ignore_ascii_case("Blob");
    data.starts_with("hex")
        && (is_list
            || PARTS.iter().any(|part| memchr::memmem::find(data.as_bytes(), part).is_some()))
}

/// A value's name and data, in either form.
fn name_in(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix('"') {
        // A quote within a name is written with a backslash before it.
        let quotes = memchr::memchr_iter(b'"', rest.as_bytes());
        let mut ends = quotes.filter(|at| rest.as_bytes().get(at + 1) == Some(&b'='));
        let end = ends.next()?;
        return Some((rest.get(..end)?, rest.get(end + 2..)?));
    }
    if let Some(data) = text.strip_prefix("@=") {
        return Some(("", data));
    }
    // Four blanks on Windows of today, tabs on XP, one blank where a page showed it.
    let at = memchr::memmem::find(text.as_bytes(), b"REG_")?;
    let (name, rest) = text.split_at_checked(at)?;
    let is_name = name.ends_with([' ', '\t']) && !name.contains(['\\', '"', '=']);
    is_name.then(|| (name.trim(), rest))
}

#[cfg(test)]
mod tests {
    use super::{key_in, name_in};

    #[test]
    fn both_forms_of_keys_and_values_are_read() {
        assert_eq!(key_in("[HKEY_LOCAL_MACHINE\\X]"), Some("HKEY_LOCAL_MACHINE\\X"));
        assert_eq!(key_in("HKEY_LOCAL_MACHINE\\X"), Some("HKEY_LOCAL_MACHINE\\X"));
        assert_eq!(key_in("[Version]"), None);
        assert_eq!(name_in("\"A\"=\"B\""), Some(("A", "\"B\"")));
        assert_eq!(name_in("    A    REG_SZ    B"), Some(("A", "REG_SZ    B")));
        assert_eq!(name_in("    <NO NAME>\tREG_SZ\tB"), Some(("<NO NAME>", "REG_SZ\tB")));
        assert_eq!(name_in("A REG_SZ B"), Some(("A", "REG_SZ B")));
        for text in ["A", "REG_SZ", "reg add C:\\x /t REG_SZ", "A=REG_SZ"] {
            assert_eq!(name_in(text), None, "{text}");
        }
    }
}
