//! How an output ends, which tells whether it was cut short.

/// How an output ends, as far as its last bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) enum Ending {
    /// With a blank line, or another output follows.
    Blank,
    /// With the end of a line.
    Line,
    /// Within a line.
    Torn,
    /// Pasted text. Blank lines and the last line's end are often left out.
    Pasted,
}

impl Ending {
    /// Whether tools that put a blank line behind what they list have come to their end.
    pub(super) fn is_closed(self) -> bool {
        matches!(self, Self::Blank | Self::Pasted)
    }
}
