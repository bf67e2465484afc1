//! What lookup asks of the file: ranges of keys, rows to show, and everybody's name.
//!
//! What is meant by what was typed is decided above; here each question is one range of one index,
//! or rows by their number.

mod directory;
mod ranges;
mod shown;

pub use directory::DirectoryRow;
pub use ranges::NameOrder;
pub use shown::Shown;
