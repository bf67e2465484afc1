//! CSV: `wmic … /format:csv`, `Export-Csv`, `tasklist` and `driverquery /fo csv`, Autoruns.

use std::cell::RefCell;
use std::iter::repeat;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::Ending;
use super::record::{Record, complete_wmi, fold_key};
use super::tally::Tally;
use crate::evidence::collector::Collector;
use crate::evidence::fact::{Line, Role};
use crate::evidence::words;

/// Rows that are read whole even if nothing of Kaspersky's is in them.
const ROWS_READ: usize = 40;
/// Bytes of one row, over all its lines.
const ROW_BYTES_MAX: usize = 32 * 1024;
/// What fields are divided by, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Fields of one row.
const FIELDS_MAX: usize = 128;

/// Reads CSV row by row.
pub(super) struct Csv {
    delimiter: u8,
    cells: Vec<u8>,
    header: Vec<String>,
    /// A row whose quotes are still open.
    open: String,
    open_no: u64,
    is_open_hit: bool,
    n_rows: usize,
    role: Role,
    tally: Tally,
    is_wmic: bool,
    /// Fields of the last row, as far as it was looked at.
    n_last: usize,
    /// Whether a column is spelled as only Security Center spells it.
    is_center: bool,
}

impl Csv {
    /// CSV whose first row is this line, if it looks like one.
    pub(super) fn from_first(text: &str, role: Role) -> Option<Self> {
        let text = text.trim_start_matches('\u{FEFF}');
        let is_quoted = text.starts_with('"') && !text.contains("\"=");
        let known = ["Node,", "Time,Entry", "Time\tEntry", "#TYPE "];
        if !is_quoted && !known.iter().any(|head| words::starts(text, head)) {
            return None;
        }
        let count = |sign: u8| text.bytes().filter(|byte| *byte == sign).count();
        let delimiter =
            DELIMITERS.into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',');
        let is_type = text.starts_with("#TYPE");
        // Behind a quoted first field comes the delimiter, or nothing: else it is a command line.
        let behind =
            text.get(1..).and_then(|rest| rest.split_once('"')).map_or("", |(_, rest)| rest);
        // A header without names is none: Autoruns' text heads each key's entries so.
        if behind.starts_with("\t\"\"\t\"\"") {
            return None;
        }
        let is_field =
            !is_quoted || behind.trim_end().is_empty() || behind.starts_with([',', ';', '\t', '"']);
        let is_row =
            is_type || (is_field && (count(delimiter) > 0 || text.matches('"').count() == 2));
        let delimiter = if is_type { b',' } else { delimiter };
        is_row.then(|| Self {
            delimiter,
            cells: Vec::new(),
            header: Vec::new(),
            open: String::new(),
            open_no: 0,
            is_open_hit: false,
            n_rows: 0,
            role,
            tally: Tally::default(),
            is_wmic: words::starts(text, "Node,"),
            n_last: 0,
            is_center: words::starts(text, "Node,") && text.contains("displayName"),
        })
    }

    pub(super) fn line(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        let text = line.text.trim_start_matches('\u{FEFF}');
        if self.open.is_empty() && (words::is_blank(text) || text.starts_with("#TYPE")) {
            return;
        }
        let n_quotes = memchr::memchr_iter(b'"', text.as_bytes()).count();
        if self.open.is_empty() && n_quotes.is_multiple_of(2) {
            self.row(Line { text, ..line }, out);
            return;
        }
        self.go_on(Line { text, ..line }, n_quotes, out);
    }

    /// A quoted field runs over the end of its line.
    fn go_on(&mut self, line: Line<'_>, n_quotes: usize, out: &mut Collector<'_>) {
        let is_first = self.open.is_empty();
        if is_first {
            self.open_no = line.no;
            self.is_open_hit = false;
        }
        self.is_open_hit |= line.is_hit;
        self.open.push_str(if is_first { "" } else { " " });
        self.open.push_str(line.text);
        let closes = !is_first && !n_quotes.is_multiple_of(2);
        if closes || self.open.len() > ROW_BYTES_MAX {
            self.flush(out);
        }
    }

    fn flush(&mut self, out: &mut Collector<'_>) {
        let whole = std::mem::take(&mut self.open);
        if !whole.is_empty() {
            self.row(Line { no: self.open_no, text: &whole, is_hit: self.is_open_hit }, out);
        }
    }

    fn row(&mut self, line: Line<'_>, out: &mut Collector<'_>) {
        self.n_rows += 1;
        if !line.is_hit && self.n_rows > ROWS_READ {
            self.tally.pass(value_at(line.text, self.tally.name_at()));
            // A quoted row that is whole ends as it began.
            let is_torn =
                line.text.starts_with('"') && !line.text.trim_end().ends_with(['"', ',', ';']);
            self.n_last = if is_torn { 0 } else { self.header.len() };
            return;
        }
        let fields = split(line.text, self.delimiter, &mut self.cells);
        self.n_last = fields.len();
        // `wmic` repeats its header for every class it is asked for.
        let is_header = self.header.is_empty() || fields.first() == Some(&"Node");
        if is_header && !is_data(&fields) {
            self.header = fields.iter().map(|field| fold_key(field)).collect();
            return;
        }
        // A field behind the header's last has its number for a key.
        let numbers: Vec<String> =
            (self.header.len()..fields.len()).map(|at| at.to_string()).collect();
        let keys = self.header.iter().chain(&numbers).map(String::as_str);
        // A row that was cut has its other fields, too: by them it is known what it lists.
        let values = fields.iter().copied().chain(repeat(""));
        let mut pairs: Vec<(&str, &str)> = keys.zip(values).collect();
        if self.is_center {
            complete_wmi(&mut pairs);
        }
        let area = Record::new(&pairs, line, self.role).tell(out);
        self.tally.count(area, &pairs);
    }

    pub(super) fn end(&mut self, ending: Ending, out: &mut Collector<'_>) {
        let is_open = !self.open.is_empty();
        self.flush(out);
        if !self.tally.is_known() {
            out.unknown_text();
            return;
        }
        let is_torn = is_open || self.n_last < self.header.len();
        self.tally.tell(if is_torn { Ending::Torn } else { ending }, out);
        out.format(if self.is_wmic {
            "wmic_csv"
        } else {
            self.tally.tool().unwrap_or("powershell_csv")
        });
    }
}

/// A value of a row, without looking for more than that.
fn value_at(row: &str, at: usize) -> &str {
    let value = if row.starts_with('"') {
        row.split('"').nth(2 * at + 1)
    } else {
        row.split(DELIMITERS.map(char::from)).nth(at)
    };
    value.unwrap_or_default()
}

thread_local! {
    /// A reader for each delimiter: building one costs more than reading many rows.
    static READERS: RefCell<[Reader; 3]> = RefCell::new(
        DELIMITERS.map(|delimiter| ReaderBuilder::new().delimiter(delimiter).build())
    );
}

/// The fields of one row, put into `cells`.
fn split<'c>(text: &str, delimiter: u8, cells: &'c mut Vec<u8>) -> Vec<&'c str> {
    let at = DELIMITERS.iter().position(|known| *known == delimiter).unwrap_or_default();
    READERS.with_borrow_mut(|readers| {
        readers.get_mut(at).map_or_else(Vec::new, |reader| split_with(reader, text, cells))
    })
}

fn split_with<'c>(reader: &mut Reader, text: &str, cells: &'c mut Vec<u8>) -> Vec<&'c str> {
    reader.reset();
    cells.clear();
    cells.resize(text.len() + 1, 0);
    let mut ends = [0; FIELDS_MAX];
    let (result, _, n_bytes, mut n_ends) = reader.read_record(text.as_bytes(), cells, &mut ends);
    if result == ReadRecordResult::InputEmpty {
        // The end of the input ends the last field.
        let rest = cells.get_mut(n_bytes..).unwrap_or_default();
        let more = ends.get_mut(n_ends..).unwrap_or_default();
        let (_, _, _, n_more) = reader.read_record(&[], rest, more);
        n_ends += n_more;
    }
    let mut start = 0;
    let mut fields = Vec::with_capacity(n_ends);
    for end in ends.iter().take(n_ends) {
        let field = cells.get(start..*end).unwrap_or_default();
        // Quotes alone were left out: what is left are the text's own characters.
        fields.push(std::str::from_utf8(field).unwrap_or_default());
        start = *end;
    }
    fields
}

/// Whether a first row is no header: `/nh` leaves it away, and so does a file cut at its head.
fn is_data(fields: &[&str]) -> bool {
    let first = fields.first().copied().unwrap_or_default();
    words::ends(first, ".exe") || fields.iter().any(|field| words::ends(field, ".sys"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_split_with_quotes_and_without() {
        let table: [(&str, u8, &[&str]); 4] = [
            ("a,\"b \"\"c\"\", d\",e", b',', &["a", "b \"c\", d", "e"]),
            ("\"a\";\"b,c\"", b';', &["a", "b,c"]),
            ("a,,", b',', &["a", "", ""]),
            ("\"open, and cut", b',', &["open, and cut"]),
        ];
        for (text, delimiter, said) in table {
            assert_eq!(split(text, delimiter, &mut Vec::new()), said, "{text}");
        }
    }

    #[test]
    fn a_registry_value_is_no_row() {
        assert!(Csv::from_first("\"DisplayName\"=\"x\"", Role::Antivirus).is_none());
        assert!(Csv::from_first("\"Abbildname\",\"PID\"", Role::Antivirus).is_some());
        assert!(Csv::from_first("plain, text", Role::Antivirus).is_none());
    }
}
