//! CSV out, safe to open in a spreadsheet.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe before it. Reading takes
//! exactly that apostrophe off again, so that nothing is lost on the way out and in.

use crate::exchange::error::WriteError;
use std::borrow::Cow;
use std::io::Write;

/// A CSV file being written.
pub struct CsvOut<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> CsvOut<W> {
    /// Begins with the header.
    pub fn new(out: W, header: &[&str]) -> Result<Self, WriteError> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
        writer.write_record(header).map_err(from_csv)?;
        Ok(Self { writer })
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<(), WriteError> {
        for cell in cells {
            self.writer.write_field(guarded(cell.as_ref()).as_bytes()).map_err(from_csv)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(from_csv)
    }

    /// Writes out what is still held back.
    pub fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.writer.flush()?)
    }
}

fn from_csv(err: csv::Error) -> WriteError {
    match err.into_kind() {
        csv::ErrorKind::Io(err) => WriteError::Io(err),
        // Everything else is about reading, or about rows of uneven length, which are allowed.
        other => WriteError::Io(std::io::Error::other(format!("{other:?}"))),
    }
}

/// `text` as a spreadsheet shows it and never runs it.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// `text` without the apostrophe that [`guarded`] put before it.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Whether a spreadsheet might run it: blanks, then `= + - @`, also full-width, or what begins
/// with a tab, a line end or a NUL. Apostrophes before that count too: without that, reading
/// back would take off an apostrophe that was always there.
///
/// Source: reliability rules, "Input".
fn is_formula(text: &str) -> bool {
    let inner = text.trim_start_matches('\'');
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}');
    inner.starts_with(['\t', '\r', '\n', '\0'])
        || inner
            .trim_start_matches(is_blank)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '\t', '\r', '\n', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        let table = [
            ("=1+1", true),
            ("+1 612 555 0142", true),
            ("-5", true),
            ("@SUM(A1)", true),
            ("  =1", true),
            ("\u{a0}=1", true),
            ("\u{3000}＝1", true),
            ("＋1", true),
            ("\t=1", true),
            ("\rx", true),
            ("\0=1", true),
            ("'=1", true),
            ("Okafor", false),
            ("O'Brien", false),
            ("'quoted'", false),
            ("a=1", false),
            ("", false),
        ];
        for (text, is_guarded) in table {
            assert_eq!(guarded(text) != text, is_guarded, "{text:?}");
            assert_eq!(unguarded(&guarded(text)), text, "{text:?}");
        }
    }

    #[test]
    fn a_row_is_quoted_where_it_must_be() {
        let mut out = Vec::new();
        let mut csv = CsvOut::new(&mut out, &["a", "b"]).expect("memory");
        csv.row(&["=cmd|' /C calc'!A0", "x, \"y\"\nz"]).expect("memory");
        csv.finish().expect("memory");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text, "a,b\n'=cmd|' /C calc'!A0,\"x, \"\"y\"\"\nz\"\n");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_on_the_way_out_and_in(text in "['=+@ \t\na-]{0,6}") {
            let out = guarded(&text);
            prop_assert_eq!(unguarded(&out), text.as_str());
        }
    }
}
