//! What the technician is told when something went wrong: in the order that is needed with a
//! customer waiting.

/// A message that stays until it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How loud it is.
    pub kind: NoticeKind,
    /// What happened: `No key of this product is free`.
    pub what: String,
    /// What is safe, and what is lost if anything.
    pub safe: String,
    /// What to do now.
    pub next: String,
    /// The cause, for support; empty for none.
    pub cause: String,
}

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something is refused or needs a word.
    Warning,
    /// Something failed.
    Error,
    /// Something was done that is worth reading.
    Done,
}
