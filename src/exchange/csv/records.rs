//! Records: lines put together where a quoted field goes over several, and taken apart again
//! where a quote was never closed.
//!
//! A quote that never closes would swallow the rest of the file. So when the line after an open
//! quote is a whole row by itself (the right number of columns, every quote in its place), the
//! record before it is refused, and reading goes on with that line. The same when the quote
//! closes but the fields then don't fit the header.

use crate::domain::intake::{LineProblem, RefusedLine};
use crate::exchange::csv::decode;
use crate::exchange::csv::lines::{LINE_BYTES_MAX, Line, Lines};
use csv_core::ReadRecordResult;
use std::io;

/// The most lines that one record may go over.
const RECORD_LINES_MAX: usize = 64;

/// The most columns that a file may have.
const COLUMNS_MAX: usize = 256;

/// A record's fields as text.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line on which it begins.
    pub line_no: u64,
    /// How many bytes of the file were read with it.
    pub at_byte: u64,
    /// Whether it had to be read as Windows-1252.
    pub is_1252: bool,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// How many fields it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The field at `idx`, without blanks around it; empty when there is none.
    pub(super) fn field(&self, idx: usize) -> &str {
        let begin = idx.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let end = self.ends.get(idx).copied().unwrap_or_default();
        self.text.get(begin.unwrap_or_default()..end).unwrap_or_default().trim()
    }

    /// All fields.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|idx| self.field(idx))
    }
}

/// The records of a file.
pub(super) struct Records {
    lines: Lines,
    parser: csv_core::Reader,
    delimiter: u8,
    /// The header's number of columns; `None` until it was read.
    n_columns: Option<usize>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    record: Record,
}

enum Parsed {
    Whole,
    QuoteOpen,
    TooLarge,
}

impl Records {
    pub(super) fn new(lines: Lines, delimiter: u8) -> Self {
        Self {
            lines,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            n_columns: None,
            bytes: vec![0; 2 * LINE_BYTES_MAX],
            ends: vec![0; COLUMNS_MAX],
            record: Record::default(),
        }
    }

    /// From here on every record must have as many fields as the header.
    pub(super) fn expect_columns(&mut self, n_columns: usize) {
        self.n_columns = Some(n_columns);
    }

    /// The digest of the whole file. Call it after the last record.
    pub(super) fn digest(&self) -> String {
        self.lines.digest()
    }

    /// The next record or refused line; `None` after the last.
    pub(super) fn next_record(&mut self) -> io::Result<Option<Result<&Record, RefusedLine>>> {
        let first = loop {
            match self.lines.next_line()? {
                None => return Ok(None),
                Some(line) if line.is_too_long || !line.bytes.trim_ascii().is_empty() => {
                    break line;
                }
                Some(_) => (),
            }
        };
        let line_no = first.no;
        let problem = match problem_of(&first) {
            Some(problem) => Some(problem),
            None => self.read_from(&first)?,
        };
        Ok(Some(match problem {
            Some(why) => Err(RefusedLine { line_no, why }),
            None => Ok(&self.record),
        }))
    }

    /// Reads the record that begins with `first` into `self.record`.
    fn read_from(&mut self, first: &Line) -> io::Result<Option<LineProblem>> {
        let mut taken: Vec<Line> = Vec::new();
        let (mut n_bytes, mut n_ends) = (0, 0);
        self.parser.reset();
        let mut parsed = self.feed(&first.bytes, &mut n_bytes, &mut n_ends);
        while matches!(parsed, Parsed::QuoteOpen) && taken.len() < RECORD_LINES_MAX {
            let Some(next) = self.lines.next_line()? else { break };
            let goes_on = problem_of(&next).is_none()
                && self
                    .n_columns
                    .is_none_or(|n| strict_columns(&next.bytes, self.delimiter) != Some(n));
            if !goes_on {
                taken.push(next);
                break;
            }
            parsed = self.feed(&next.bytes, &mut n_bytes, &mut n_ends);
            taken.push(next);
        }
        let at_byte = taken.last().map_or(first.at_byte, |line| line.at_byte);
        let is_strict = taken.is_empty() || {
            let lines = std::iter::once(first).chain(&taken);
            let whole: Vec<&[u8]> = lines.map(|line| line.bytes.as_slice()).collect();
            strict_columns(&whole.join(&b'\n'), self.delimiter).is_some()
        };
        let fields = self.ends.get(..n_ends).unwrap_or_default();
        let bytes = self.bytes.get(..n_bytes).unwrap_or_default();
        let n_found = n_without_empty_tail(fields, self.n_columns.unwrap_or(0));
        let problem = match (parsed, self.n_columns) {
            (Parsed::TooLarge, _) if taken.is_empty() => Some(LineProblem::TooLong(LINE_BYTES_MAX)),
            (Parsed::TooLarge | Parsed::QuoteOpen, _) => Some(LineProblem::QuoteNeverCloses),
            (Parsed::Whole, Some(wanted)) if n_found != wanted => {
                let found = n_found;
                Some(LineProblem::ColumnCount { found, wanted })
            }
            (Parsed::Whole, _) if !is_strict => Some(LineProblem::QuoteNeverCloses),
            (Parsed::Whole, _) => None,
        };
        if problem.is_some() {
            let is_one_line = taken.is_empty();
            self.lines.put_back(taken);
            return Ok(
                problem.map(|why| if is_one_line { why } else { LineProblem::QuoteNeverCloses })
            );
        }
        decode::fields(bytes, fields, &mut self.record.text, &mut self.record.ends)
            .clone_into(&mut self.record.is_1252);
        self.record.ends.truncate(n_found);
        self.record.line_no = first.no;
        self.record.at_byte = at_byte;
        Ok(None)
    }

    /// Gives one line to the parser; fields are added behind those of the lines before.
    fn feed(&mut self, line: &[u8], n_bytes: &mut usize, n_ends: &mut usize) -> Parsed {
        // An empty piece would mean the end of the file to the parser.
        for input in [line, b"\n"].into_iter().filter(|input| !input.is_empty()) {
            let mut rest = input;
            loop {
                let (Some(bytes), Some(ends)) =
                    (self.bytes.get_mut(*n_bytes..), self.ends.get_mut(*n_ends..))
                else {
                    return Parsed::TooLarge;
                };
                let (result, n_in, n_out, n_new) = self.parser.read_record(rest, bytes, ends);
                *n_bytes += n_out;
                *n_ends += n_new;
                rest = rest.get(n_in..).unwrap_or_default();
                match result {
                    ReadRecordResult::Record | ReadRecordResult::End => return Parsed::Whole,
                    ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                        return Parsed::TooLarge;
                    }
                    ReadRecordResult::InputEmpty if rest.is_empty() => break,
                    ReadRecordResult::InputEmpty => (),
                }
            }
        }
        Parsed::QuoteOpen
    }
}

fn problem_of(line: &Line) -> Option<LineProblem> {
    if line.is_too_long {
        Some(LineProblem::TooLong(LINE_BYTES_MAX))
    } else if line.bytes.contains(&0) {
        Some(LineProblem::Nul)
    } else {
        None
    }
}

/// Fields without empty ones behind the last column: spreadsheets like to add commas.
fn n_without_empty_tail(ends: &[usize], n_columns: usize) -> usize {
    let mut n = ends.len();
    while n > n_columns && n > 1 && ends.get(n - 1) == ends.get(n - 2) {
        n -= 1;
    }
    n
}

/// How many columns a text has in which quotes stand only around whole fields; `None` when one
/// stands elsewhere or is open at the end.
fn strict_columns(text: &[u8], delimiter: u8) -> Option<usize> {
    let mut n_found = 1;
    let mut at_begin = true;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' && at_begin {
            while bytes.next()? != b'"' || bytes.next_if_eq(&b'"').is_some() {}
            if bytes.peek().is_some_and(|next| *next != delimiter) {
                return None;
            }
            at_begin = false;
        } else if byte == b'"' {
            return None;
        } else {
            at_begin = byte == delimiter;
            n_found += usize::from(at_begin);
        }
    }
    Some(n_found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records as `line: a|b|c`, refused lines as `line! reason`.
    fn read(text: &str, n_columns: usize) -> Vec<String> {
        let lines = Lines::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let mut records = Records::new(lines, b',');
        records.expect_columns(n_columns);
        let mut found = Vec::new();
        while let Some(next) = records.next_record().expect("memory does not fail") {
            found.push(match next {
                Ok(record) => {
                    let fields: Vec<_> = record.fields().collect();
                    format!("{}: {}", record.line_no, fields.join("|").replace('\n', "/"))
                }
                Err(RefusedLine { line_no, why: LineProblem::QuoteNeverCloses }) => {
                    format!("{line_no}! quote")
                }
                Err(RefusedLine { line_no, why: LineProblem::ColumnCount { found, .. } }) => {
                    format!("{line_no}! {found}")
                }
                Err(refused) => refused.to_string(),
            });
        }
        found
    }

    #[test]
    fn an_open_quote_costs_its_own_line_and_no_other() {
        let table: [(&str, &[&str]); 12] = [
            ("a,b,c", &["1: a|b|c"]),
            ("a,\"b,c\nd,e,f\ng,h,i", &["1! quote", "2: d|e|f", "3: g|h|i"]),
            // The quote of the next line closes it: the columns don't fit then.
            ("a,\"b,c\nd,\"e\",f\ng,h,i", &["1! quote", "2: d|e|f", "3: g|h|i"]),
            ("a,\"b,c\nd,\"e,f\ng,h,i", &["1! quote", "2! quote", "3: g|h|i"]),
            ("a,b,c\nd,\"e,f", &["1: a|b|c", "2! quote"]),
            // An honest field over several lines stays whole, wherever it stands.
            ("a,\"b1\nb2\",c\nd,e,f", &["1: a|b1/b2|c", "3: d|e|f"]),
            ("\"a1\na2\",b,c\nd,e,f", &["1: a1/a2|b|c", "3: d|e|f"]),
            ("a,b,\"c1\n\nc2, c3\"\nd,e,f", &["1: a|b|c1//c2, c3", "4: d|e|f"]),
            ("a,\"say \"\"hi\"\"\",c", &["1: a|say \"hi\"|c"]),
            ("a,b 5\" wide,c", &["1: a|b 5\" wide|c"]),
            ("a,b\na,b,c,d\n\n  \na,b,c,,", &["1! 2", "2! 4", "5: a|b|c"]),
            ("\"\n\"\n\"\n", &["1! quote", "2! quote", "3! quote"]),
        ];
        for (text, expected) in table {
            assert_eq!(read(text, 3), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_over_very_many_lines_is_given_up() {
        let mut text = "a,\"b,c\n".to_owned();
        text.push_str(&"just words\n".repeat(RECORD_LINES_MAX * 2));
        text.push_str("d,e,f\n");
        let found = read(&text, 3);
        assert_eq!(found.first().map(String::as_str), Some("1! quote"));
        assert_eq!(found.last(), Some(&format!("{}: d|e|f", RECORD_LINES_MAX * 2 + 2)));
    }

    #[test]
    fn a_row_is_whole_only_with_every_quote_in_its_place() {
        let table = [
            ("a,b,c", Some(3)),
            ("\"a\",\"b,b\",\"c\"\"\"", Some(3)),
            ("\"a\nb\",c", Some(2)),
            (",,", Some(3)),
            ("", Some(1)),
            ("\"a,b,c", None),
            ("a\",b,c", None),
            ("\"a\"x,b,c", None),
            ("a,\"b\"\"", None),
        ];
        for (line, expected) in table {
            assert_eq!(strict_columns(line.as_bytes(), b','), expected, "{line:?}");
        }
    }
}
