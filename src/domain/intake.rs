//! What comes in from files: kinds, rows with their line numbers, and why a line was refused.
//!
//! A file is read as a stream of [`Intake`]: rows and refused lines as they come, and
//! [`Intake::End`] with the file's digest once every byte was read. A stream that stops without
//! an end was broken off or canceled, and nothing of it is kept.

use crate::domain::entry::{FileMark, ImportCounts};
use crate::domain::id::ExternalId;
use crate::domain::privacy::Secret;
use crate::domain::subscription::Channel;
use chrono::NaiveDate;
use std::fmt;

/// What a CSV file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// The store's customers.
    Customers,
    /// Their subscriptions.
    Subscriptions,
    /// A delivery of license keys.
    Keys,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Customers, Self::Subscriptions, Self::Keys];

    /// `customers`, as on the command line.
    pub fn label(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Subscriptions => "subscriptions",
            Self::Keys => "keys",
        }
    }

    /// The columns that a file of this kind must have, in any order.
    ///
    /// Source: product rules, "CSV columns".
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Self::Customers => &[
                "external_id",
                "given_name",
                "surname",
                "phone",
                "email",
                "street",
                "city",
                "state",
                "postcode",
            ],
            Self::Subscriptions => &[
                "external_id",
                "product",
                "activation_code",
                "receipt_no",
                "purchased_on",
                "expires_on",
                "channel",
            ],
            Self::Keys => &["product", "key", "lot"],
        }
    }

    /// The columns that it may have.
    pub fn optional(self) -> &'static [&'static str] {
        match self {
            Self::Customers => &["member_id", "phone2"],
            Self::Subscriptions => &["seats", "term_months"],
            Self::Keys => &["expires_on"],
        }
    }

    /// Whether a column holds what only its owner should see.
    pub fn is_secret(self, column: &str) -> bool {
        matches!((self, column), (Self::Keys, "key") | (Self::Subscriptions, "activation_code"))
    }
}

/// How a file's bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, as older spreadsheets save.
    Windows1252,
}

impl Encoding {
    /// `UTF-8`, `Windows-1252`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The next thing in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intake<R> {
    /// A row that can be taken.
    Row {
        /// The line on which it begins, counted from 1.
        line_no: u64,
        /// How many bytes of the file were read with it.
        at_byte: u64,
        /// The row.
        row: R,
    },
    /// A line that can't.
    Refused(RefusedLine),
    /// All was read.
    End(FileMark),
}

/// A subscription as a directory lists it: the number that names it is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionLine {
    /// Whose.
    pub customer: ExternalId,
    /// The product as the file has it.
    pub product: String,
    /// The activation code.
    pub activation_code: Option<Secret>,
    /// The receipt's number.
    pub receipt_no: Option<String>,
    /// The day of purchase.
    pub purchased_on: Option<NaiveDate>,
    /// The last day of the term.
    pub expires_on: Option<NaiveDate>,
    /// Where it was bought.
    pub channel: Channel,
    /// Devices covered, when the file has the column.
    pub seats: Option<u16>,
    /// Length of the term in months, when the file has the column.
    pub term_months: Option<u16>,
}

/// A key as a delivery lists it: the product is only a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The product's whole name.
    pub product: String,
    /// The key as delivered.
    pub key: Secret,
    /// The delivery; may be empty.
    pub lot: String,
    /// The last day on which it can be activated; `None` when the delivery does not say.
    pub expires_on: Option<NaiveDate>,
}

/// A line that was not taken. The lines around it were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// The physical line, counted from 1. In a JSON file the product, counted from 1.
    pub line_no: u64,
    /// Why.
    pub why: LineProblem,
}

impl fmt::Display for RefusedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line_no, self.why)
    }
}

/// Why a line was refused. Never tells a whole key or code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineProblem {
    /// Longer than any honest line.
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// A quote is opened here, and no later line closes it in a way that makes a row.
    #[error("a quote (\") is opened here and never closed")]
    QuoteNeverCloses,
    /// A NUL byte: not text.
    #[error("holds a NUL byte, so it is not text")]
    Nul,
    /// A character that has no place in a text.
    #[error("{0} holds a control character")]
    ControlCharacter(&'static str),
    /// Too few or too many fields.
    #[error("has {found} columns, and the header has {wanted}")]
    ColumnCount {
        /// In this line.
        found: usize,
        /// In the header.
        wanted: usize,
    },
    /// A field without which the row means nothing.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A customer who can be neither named nor reached.
    #[error("has neither a name, a phone nor an e-mail")]
    Nobody,
    /// A subscription that nothing tells from another one.
    #[error("has neither a product, an activation code nor a receipt")]
    NoSubscription,
    /// Longer than any honest value.
    #[error("{column} is longer than {max} characters")]
    FieldTooLong {
        /// Which.
        column: &'static str,
        /// The most that is taken.
        max: usize,
    },
    /// Neither ISO nor US, or a day that no calendar has.
    #[error("{column} \"{text}\" is not a day that exists (YYYY-MM-DD or MM/DD/YYYY)")]
    NoSuchDay {
        /// Which.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// Not a whole number in the range.
    #[error("{column} \"{text}\" is not a number from 1 to {max}")]
    NotANumber {
        /// Which.
        column: &'static str,
        /// What stands there.
        text: String,
        /// The largest that is taken.
        max: u16,
    },
    /// Stands in the file twice; the first one counts.
    #[error("{what} stands on line {first_line} already")]
    Duplicate {
        /// What is the same.
        what: &'static str,
        /// Where the first one stands.
        first_line: u32,
    },
    /// Card numbers are never stored.
    #[error("{0} holds what looks like a card number, and card numbers are never stored")]
    CardNumber(&'static str),
    /// A subscription of nobody.
    #[error("no customer has the external_id \"{0}\"; import customers first")]
    UnknownCustomer(String),
    /// A key of a product that is not in the catalog, and whose name does not say enough.
    #[error(
        "the product \"{0}\" is not in the catalog, and its name does not tell devices and term"
    )]
    UnknownProduct(String),
    /// A key of the withdrawn vendor.
    #[error("\"{0}\" is of the withdrawn vendor, which is never handed out")]
    WithdrawnVendor(String),
    /// A key that is on file under another product.
    #[error("this key is on file as one of \"{0}\"")]
    OtherProduct(String),
    /// A product whose id is another product's: taking it would rename that one under its keys.
    #[error("its id is that of \"{0}\"; leave the id out to add another product")]
    OtherName(String),
    /// An entry of a JSON file that does not say what it should.
    #[error("{0}")]
    NotAProduct(String),
}

/// Makes what stands in a file fit to be shown: at most 40 characters, no control characters.
pub fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

/// What an import tells while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportNews {
    /// A line was refused.
    Refused(RefusedLine),
    /// Something worth knowing that stops nothing.
    Noted(String),
    /// It is under way.
    Progress {
        /// Rows so far.
        n_read: u64,
        /// Bytes of the file so far.
        at_byte: u64,
    },
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportEnd {
    /// All that could be taken is in the file.
    Done(ImportCounts),
    /// Somebody canceled, or the file could not be read to its end. Nothing was changed.
    Stopped,
}

/// A column of a file, and what it is read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewColumn {
    /// As the header has it.
    pub heading: String,
    /// The column's name here; `None` for one that is skipped.
    pub read_as: Option<&'static str>,
}

/// One of a file's first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Where it begins.
    pub line_no: u64,
    /// Its fields, keys and codes masked.
    pub cells: Vec<String>,
    /// Why it will be refused; `None` when it can be taken as far as this file tells.
    pub problem: Option<LineProblem>,
}

/// A file before it is imported: how its columns are read, and its first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The file's name without folders.
    pub name: String,
    /// What it is about.
    pub kind: FileKind,
    /// How its bytes are read.
    pub encoding: Encoding,
    /// Its size; `None` when nobody knows.
    pub n_bytes: Option<u64>,
    /// Its columns, in the file's order.
    pub columns: Vec<PreviewColumn>,
    /// Its first rows.
    pub rows: Vec<PreviewRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_file_is_short_and_harmless() {
        assert_eq!(quoted("2017-02-30"), "2017-02-30");
        assert_eq!(quoted("\u{1b}[2J"), "\\u{1b}[2J");
        assert_eq!(quoted(&"x".repeat(41)), format!("{}…", "x".repeat(40)));
    }

    #[test]
    fn no_column_is_both_required_and_optional() {
        for kind in FileKind::ALL {
            assert!(kind.optional().iter().all(|column| !kind.required().contains(column)));
        }
    }
}
