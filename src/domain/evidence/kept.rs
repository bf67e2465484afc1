//! A scan that is kept with a case: what was found, and which files it was read from.
//!
//! The files themselves are never kept. The lines they were read from are, masked, when a
//! technician pins them; otherwise the list of traces alone, because the table of before and after
//! must be shown again later. An entry of the journal holds the whole of it, so it is bounded.

use super::trace::{Kind, Scan, Trace};
use crate::domain::file_mark::FileMark;
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::privacy::holds_card_number;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Traces that are kept of one scan. A real device has under a hundred.
pub const TRACES_MAX: usize = 1_000;
/// Files that one scan is read from.
pub const FILES_MAX: usize = 200;
/// Bytes of a name, a path, a line.
const TEXT_BYTES_MAX: usize = 400;
/// Other antivirus, alerts and notes that are kept.
const LINES_MAX: usize = 64;

/// Which side of the removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Taken before the uninstall.
    Before,
    /// Taken after it.
    After,
}

impl Side {
    /// As it stands above its column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Before => "Before",
            Self::After => "After",
        }
    }
}

/// A scan of one device, kept with its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptScan {
    /// Its row. Kept again under the same id, it takes the place of the one before.
    pub id: ScanId,
    /// Of which device.
    pub device: DeviceId,
    /// Before or after.
    pub side: Side,
    /// When it was kept.
    pub kept_at: Moment,
    /// The files, in the order in which they were read.
    pub files: Vec<FileMark>,
    /// What they say. Without the lines, unless they are pinned.
    pub scan: Scan,
    /// Whether the masked lines are kept.
    pub is_pinned: bool,
}

/// Whether the masked lines are kept with a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lines {
    /// They are not: the list of traces is enough.
    #[default]
    Dropped,
    /// They are.
    Pinned,
}

/// Why a scan can't be kept as it is. [`KeptScan::new`] makes none of these but the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ScanGap {
    /// It was read from nothing.
    #[error("no file was read")]
    NoFile,
    /// More files, traces or notes than are kept, or longer ones.
    #[error("the scan is larger than what is kept of one")]
    TooLarge,
    /// Lines that nobody pinned.
    #[error("lines are kept only when they are pinned")]
    Lines,
    /// A digest that is none.
    #[error("the digest of a file is not a SHA-256")]
    Digest,
    /// What looks like a card number.
    #[error("a file's name or a line holds what looks like a card number")]
    CardNumber,
}

impl KeptScan {
    /// What is kept of `scan`: bounded, without control characters, without lines unless pinned.
    /// Traces that do not fit are counted in the scan; tools and other brands go first.
    pub fn new(
        (id, kept_at): (ScanId, Moment),
        (device, side): (DeviceId, Side),
        files: Vec<FileMark>,
        scan: Scan,
        lines: Lines,
    ) -> Self {
        let is_pinned = lines == Lines::Pinned;
        let mut scan = scan;
        // Stable: of each half the order of the file stays.
        scan.traces.sort_by_key(|trace| matches!(trace.kind, Kind::Tool | Kind::OtherBrand));
        let n_over = scan.traces.len().saturating_sub(TRACES_MAX);
        scan.traces.truncate(TRACES_MAX);
        scan.n_left_out += u64::try_from(n_over).unwrap_or(u64::MAX);
        for trace in &mut scan.traces {
            bound_trace(trace, lines);
        }
        scan.formats.truncate(LINES_MAX);
        scan.alerts.truncate(LINES_MAX);
        scan.notes.truncate(LINES_MAX);
        scan.other_antivirus.truncate(LINES_MAX);
        scan.hosts.truncate(LINES_MAX);
        let lists = [&mut scan.formats, &mut scan.notes];
        lists.into_iter().flatten().for_each(bound);
        scan.alerts.iter_mut().for_each(|alert| bound(&mut alert.text));
        for known in &mut scan.other_antivirus {
            bound(&mut known.name);
            bound(&mut known.vendor);
        }
        [&mut scan.taken, &mut scan.booted, &mut scan.clock].into_iter().flatten().for_each(bound);
        // The files' marks hold them, with their names.
        scan.digests.clear();
        let mut files = files;
        files.truncate(FILES_MAX);
        for file in &mut files {
            bound(&mut file.name);
            if holds_card_number(&file.name) {
                hide_digits(&mut file.name);
            }
        }
        Self { id, device, side, kept_at, files, scan, is_pinned }
    }

    /// Whether it may be kept as it is.
    pub fn check(&self) -> Result<(), ScanGap> {
        let scan = &self.scan;
        let fits = scan.traces.len() <= TRACES_MAX
            && self.files.len() <= FILES_MAX
            && [scan.formats.len(), scan.alerts.len(), scan.notes.len()]
                .into_iter()
                .chain([scan.other_antivirus.len(), scan.hosts.len(), scan.covers.len()])
                .all(|n_lines| n_lines <= LINES_MAX)
            && scan.digests.is_empty()
            && self.texts().all(|text| text.len() <= TEXT_BYTES_MAX);
        let is_digest = |file: &FileMark| {
            file.sha256.len() == 64 && file.sha256.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let mut free = self
            .files
            .iter()
            .map(|file| &file.name)
            .chain(scan.traces.iter().map(|trace| &trace.text));
        let is_bare = scan.traces.iter().all(|trace| trace.text.is_empty());
        match () {
            () if self.files.is_empty() => Err(ScanGap::NoFile),
            () if !fits => Err(ScanGap::TooLarge),
            () if !self.is_pinned && !is_bare => Err(ScanGap::Lines),
            () if !self.files.iter().all(is_digest) => Err(ScanGap::Digest),
            () if free.any(|text| holds_card_number(text)) => Err(ScanGap::CardNumber),
            () => Ok(()),
        }
    }

    /// Whether `other` is the same reading of the same files, with or without its lines.
    pub fn is_same_reading(&self, other: &Self) -> bool {
        let without_lines = |kept: &Self| {
            let mut kept = kept.clone();
            kept.is_pinned = false;
            kept.scan.traces.iter_mut().for_each(|trace| trace.text.clear());
            kept
        };
        without_lines(self) == without_lines(other)
    }

    /// `1 file`, `3 files`, and the first letters of each digest: `2 files (1f3a09bc, 77d0e21a)`.
    pub fn files_text(&self) -> String {
        let n_files = i64::try_from(self.files.len()).unwrap_or(i64::MAX);
        let marks: Vec<&str> =
            self.files.iter().map(|file| file.sha256.get(..8).unwrap_or_default()).collect();
        let count = crate::domain::time::count_text(n_files, "file");
        match marks.get(..DIGESTS_SHOWN).map(|shown| shown.join(", ")) {
            Some(shown) if marks.len() > DIGESTS_SHOWN => format!("{count} ({shown} …)"),
            _ => format!("{count} ({})", marks.join(", ")),
        }
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let scan = &self.scan;
        let traces = scan.traces.iter().flat_map(|trace| {
            [&trace.name, &trace.text, &trace.key].into_iter().chain(
                [&trace.product, &trace.generation, &trace.path]
                    .into_iter()
                    .filter_map(Option::as_ref),
            )
        });
        let others = scan.other_antivirus.iter().flat_map(|known| [&known.name, &known.vendor]);
        let times = [&scan.taken, &scan.booted, &scan.clock].into_iter().filter_map(Option::as_ref);
        self.files
            .iter()
            .map(|file| &file.name)
            .chain(traces)
            .chain(others)
            .chain(times)
            .chain(scan.alerts.iter().map(|alert| &alert.text))
            .chain(scan.formats.iter().chain(&scan.notes).chain(&scan.hosts))
    }
}

/// Digests that are told of one scan.
const DIGESTS_SHOWN: usize = 3;

fn bound_trace(trace: &mut Trace, lines: Lines) {
    if lines == Lines::Dropped {
        trace.text.clear();
    }
    let maybe = [&mut trace.product, &mut trace.generation, &mut trace.path];
    let texts = [&mut trace.name, &mut trace.key, &mut trace.text];
    texts.into_iter().chain(maybe.into_iter().flatten()).for_each(bound);
    if holds_card_number(&trace.text) {
        hide_digits(&mut trace.text);
    }
}

/// Cuts a text, and takes out what would turn or break the line that shows it.
fn bound(text: &mut String) {
    if text.contains(is_disturbing) {
        text.retain(|c| !is_disturbing(c));
    }
    if text.len() > TEXT_BYTES_MAX {
        text.truncate(text.floor_char_boundary(TEXT_BYTES_MAX));
    }
}

/// Control characters, and those that write backwards or join lines in secret.
fn is_disturbing(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn hide_digits(text: &mut String) {
    *text = text.chars().map(|c| if c.is_ascii_digit() { '•' } else { c }).collect();
    // A bullet is longer than a digit.
    bound(text);
}
