//! Lists of fields: `wmic … /format:list`, PowerShell's list output, `sc query`, `tasklist /fo list`,
//! `driverquery /fo list`. One field a line, `=` or `:` between, records divided by blank lines.

use super::Ending;
use super::record::{Record, complete_wmi, fold_key, push_folded};
use super::tally::Tally;
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Line, Role};
use crate::evidence::words;

/// Fields of one record that are kept.
const PAIRS_MAX: usize = 80;
/// Bytes of one value that are kept.
const VALUE_BYTES_MAX: usize = 4_000;

/// Bytes of the line that is shown with a trace: more than are kept of it, so that it is cut where it
/// is masked as a whole.
const TEXT_BYTES_MAX: usize = 4_000;

/// Records that are read whole even if nothing of Kaspersky's is in them.
const RECORDS_READ: usize = 60;

/// What tells whether the list goes to its end.
#[derive(Default)]
struct Signs {
    /// PowerShell fills keys up with blanks before the colon.
    is_padded: bool,
    /// A field of this record was indented, as all of `sc` are but the names.
    was_indented: bool,
    /// Fields of the shortest record before the last, and of the last.
    n_fewest: usize,
    n_last: usize,
    /// The first key of the first record, and of the last.
    head: String,
    last_head: String,
    is_cut: bool,
}

/// Puts records together from lines.
#[derive(Default)]
pub(super) struct Fields {
    /// Keys and values of the record, one behind the other, and where each key and value ends.
    said: String,
    ends: Vec<(usize, usize)>,
    n_records: usize,
    no: u64,
    /// The first line that names Kaspersky; empty while none does.
    text: String,
    /// Two fields on neighboring lines were seen, so a blank line ends a record.
    is_single_spaced: bool,
    was_field: bool,
    /// Whether a field is spelled as only Security Center spells it.
    is_center: bool,
    role: Role,
    tally: Tally,
    separator: Option<char>,
    signs: Signs,
}

impl Fields {
    pub(super) fn with_role(role: Role) -> Self {
        Self { role, ..Self::default() }
    }

    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text;
        if words::is_blank(text) {
            if self.is_single_spaced {
                self.flush(out);
            }
            self.was_field = false;
            return;
        }
        let Some((key, value, separator)) = raw_field_in(text) else {
            // PowerShell wraps a long value onto lines that start with blanks.
            if text.starts_with("    ") && self.separator == Some(':') {
                self.go_on(line);
            }
            return;
        };
        let first = self.ends.first().and_then(|(end, _)| self.said.get(..*end));
        let is_indented = text.starts_with([' ', '\t']);
        if first == Some(key) {
            self.flush(out);
        } else if self.signs.was_indented && !is_indented && self.tally.is_service_control() {
            // "Enum: more data, need 71586 bytes start resume at index 79", in any language.
            self.signs.is_cut = true;
            return;
        }
        self.signs.was_indented |= is_indented;
        self.signs.is_padded |= separator == ':' && !is_indented && is_padded(text);
        self.is_single_spaced |= self.was_field;
        self.was_field = true;
        self.separator = Some(separator);
        self.is_center |= text.starts_with("displayName=") || text.starts_with("displayName ");
        if self.ends.is_empty() {
            self.no = line.no;
        }
        self.show(line);
        if self.ends.len() < PAIRS_MAX {
            self.said.push_str(key);
            let key_end = self.said.len();
            self.said.push_str(words::cut(value, VALUE_BYTES_MAX));
            self.ends.push((key_end, self.said.len()));
        }
    }

    /// Keeps the line that is shown with a trace.
    fn show(&mut self, line: Line<'_>) {
        if line.is_hit && self.text.is_empty() {
            self.no = line.no;
            self.text.push_str(words::cut(line.text, TEXT_BYTES_MAX));
        }
    }

    fn go_on(&mut self, line: Line<'_>) {
        let piece = line.text.trim();
        if let Some((start, end)) = self.ends.last_mut()
            && *end - *start + piece.len() <= VALUE_BYTES_MAX
        {
            self.said.push_str(piece);
            *end = self.said.len();
            self.show(line);
        }
    }

    fn flush(&mut self, out: &mut Collector<'_>) {
        if self.ends.is_empty() {
            return;
        }
        self.n_records += 1;
        if self.n_records > 1 {
            let is_second = self.n_records == 2;
            self.signs.n_fewest = if is_second {
                self.signs.n_last
            } else {
                self.signs.n_fewest.min(self.signs.n_last)
            };
        }
        self.signs.n_last = self.ends.len();
        let key = self.ends.first().and_then(|(end, _)| self.said.get(..*end)).unwrap_or_default();
        if self.n_records == 1 {
            self.signs.head.push_str(key);
        }
        key.clone_into(&mut self.signs.last_head);
        self.signs.was_indented = false;
        if !self.text.is_empty() || self.is_center || self.n_records <= RECORDS_READ {
            self.tell(out);
        } else {
            let named = self.ends.get(self.tally.name_at());
            let name = named.and_then(|(start, end)| self.said.get(*start..*end));
            self.tally.pass(name.unwrap_or_default());
        }
        self.said.clear();
        self.ends.clear();
        self.text.clear();
        self.is_center = false;
    }

    fn tell(&mut self, out: &mut Collector<'_>) {
        let mut keys = String::with_capacity(self.said.len());
        let mut pairs = pairs_in(&self.said, &self.ends, &mut keys);
        if self.is_center {
            complete_wmi(&mut pairs);
        }
        // A service's display name whose other fields were cut off says too little.
        if self.separator == Some('=') && pairs.iter().all(|(key, _)| *key == "displayname") {
            return;
        }
        let line = Line { no: self.no, text: &self.text, is_hit: !self.text.is_empty() };
        let area = Record::new(&pairs, line, self.role).tell(out);
        self.tally.count(area, &pairs);
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        self.flush(out);
        if !self.tally.is_known() {
            out.unknown_text();
            return;
        }
        // `wmic` and PowerShell put a blank line behind every record.
        let is_closed = self.separator == Some('=') || self.signs.is_padded;
        let is_short = self.signs.n_last < self.signs.n_fewest;
        let ending = match () {
            () if is_short => Ending::Torn,
            () if is_closed => ending.of_closed(),
            () => ending,
        };
        self.tally.tell(ending, out);
        // A short record of another kind is a remark: not all was listed.
        if self.signs.is_cut || (is_short && self.signs.last_head != self.signs.head) {
            out.cut_short();
        }
        out.format(self.tally.list_format(self.separator));
    }
}

/// Whether a colon has a blank before it.
fn is_padded(text: &str) -> bool {
    text.split_once(':').is_some_and(|(key, _)| key.ends_with(' '))
}

/// A record's keys, folded into `keys`, and values.
fn pairs_in<'s>(
    said: &'s str,
    ends: &[(usize, usize)],
    keys: &'s mut String,
) -> Vec<(&'s str, &'s str)> {
    let mut start = 0;
    let mut key_ends = Vec::with_capacity(ends.len());
    for (key_end, end) in ends {
        push_folded(said.get(start..*key_end).unwrap_or_default(), keys);
        key_ends.push(keys.len());
        start = *end;
    }
    let mut start = 0;
    let pairs = ends.iter().zip(key_ends).map(|((value_start, value_end), key_end)| {
        let key = keys.get(start..key_end).unwrap_or_default();
        start = key_end;
        (key, said.get(*value_start..*value_end).unwrap_or_default())
    });
    pairs.collect()
}

/// A field's key, value and separator. Keys are short and have no path in them.
pub(super) fn field_in(text: &str) -> Option<(String, &str, char)> {
    raw_field_in(text).map(|(key, value, separator)| (fold_key(key), value, separator))
}

/// The same, with the key as it is written.
fn raw_field_in(text: &str) -> Option<(&str, &str, char)> {
    let at = memchr::memchr2(b'=', b':', text.as_bytes())?;
    let (key, rest) = text.split_at_checked(at)?;
    let separator = rest.chars().next()?;
    let value = rest.get(1..)?;
    let key = key.trim().trim_start_matches("__");
    let is_key = is_key(key) && !(separator == ':' && value.starts_with('\\'));
    is_key.then(|| (key, value.trim(), separator))
}

/// One to five words of letters, digits and a few signs.
fn is_key(key: &str) -> bool {
    if key.len() <= 48 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return !key.is_empty();
    }
    // A character has four bytes at most.
    key.len() <= 48 * 4
        // What a wrong code page made of letters can be any sign.
        && key.chars().all(|char| {
            char.is_alphanumeric() || !char.is_ascii() || " _-/()#.%'".contains(char)
        })
        && key.chars().count() <= 48
        && (1..=5).contains(&key.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::field_in;

    #[test]
    fn fields_are_told_from_paths_and_prose() {
        let key = |text| field_in(text).map(|(key, value, _)| format!("{key}|{value}"));
        let table = [
            ("displayName=Kaspersky", Some("displayname|Kaspersky")),
            ("DisplayName    : Kaspersky", Some("displayname|Kaspersky")),
            ("Имя_службы: AVP", Some("имяслужбы|AVP")),
            (
                "        TYPE               : 10  WIN32_OWN_PROCESS  ",
                Some("type|10  WIN32_OWN_PROCESS"),
            ),
            ("C:\\Program Files", None),
            ("no field", None),
        ];
        for (text, said) in table {
            assert_eq!(key(text).as_deref(), said, "{text}");
        }
    }
}
