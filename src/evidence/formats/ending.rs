//! How an output ends, which tells whether it was cut short.

/// How an output ends, as far as its last bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) enum Ending {
    /// With a blank line, or another output or a prompt follows.
    Blank,
    /// With the end of a line.
    Line,
    /// Within a line, or before the end that such an output has.
    Torn,
    /// With the last line of a text that was pasted: of a table half as likely as the whole.
    Pasted,
}

impl Ending {
    /// The same of an output that has a blank line behind what it lists.
    pub(super) fn of_closed(self) -> Self {
        match self {
            Self::Blank => self,
            Self::Line | Self::Torn | Self::Pasted => Self::Torn,
        }
    }

    /// Whether an output without an end of its own may have come to its end.
    pub(super) fn is_end(self) -> bool {
        matches!(self, Self::Blank | Self::Line)
    }
}
