//! A scan that is kept with a case: what was found, and which files it was read from.
//!
//! The files themselves are never kept. The lines they were read from are, masked, when a
//! technician pins them; otherwise the list of traces alone, because the table of before and after
//! must be shown again later. An entry of the journal holds the whole of it, so it is bounded.

use super::trace::{Scan, Trace};
use crate::domain::file_mark::FileMark;
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::privacy::holds_card_number;
use crate::domain::time::Moment;
use serde::{Deserialize, Serialize};

/// Traces that are kept of one scan. A real device has under a hundred.
pub const TRACES_MAX: usize = 1_000;
/// Files that one scan is read from.
pub const FILES_MAX: usize = 200;
/// Places that one scan lists whole: device classes, sections of logs, folders, keys.
pub const PLACES_MAX: usize = 128;
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
        scan.traces.sort_by_key(|trace| !trace.kind.is_counted());
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
        scan.places.truncate(PLACES_MAX);
        let lists = [&mut scan.formats, &mut scan.notes, &mut scan.places];
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
                .chain(scan.traces.iter().map(|trace| trace.places.len()))
                .all(|n_lines| n_lines <= LINES_MAX)
            && scan.places.len() <= PLACES_MAX
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

    /// The name of the file in which a trace of this scan was found; empty where that is not known.
    pub fn file_of(&self, trace: &Trace) -> &str {
        let first = self.files.first().filter(|_| self.files.len() == 1);
        let told = trace.file.and_then(|no| self.files.get(usize::try_from(no).ok()?));
        told.or(first).map_or("", |file| &file.name)
    }

    /// `1 file`, `3 files`.
    pub fn count_text(&self) -> String {
        let n_files = i64::try_from(self.files.len()).unwrap_or(i64::MAX);
        crate::domain::time::count_text(n_files, "file")
    }

    /// `1 file`, `3 files`, and the first letters of each digest: `2 files (1f3a09bc, 77d0e21a)`.
    pub fn files_text(&self) -> String {
        let marks: Vec<&str> =
            self.files.iter().map(|file| file.sha256.get(..8).unwrap_or_default()).collect();
        let count = self.count_text();
        if marks.is_empty() {
            return "no file".to_owned();
        }
        match marks.get(..DIGESTS_SHOWN).map(|shown| shown.join(", ")) {
            Some(shown) if marks.len() > DIGESTS_SHOWN => format!("{count} ({shown} …)"),
            _ => format!("{count} ({})", marks.join(", ")),
        }
    }

    fn texts(&self) -> impl Iterator<Item = &String> {
        let scan = &self.scan;
        let traces = scan.traces.iter().flat_map(|trace| {
            [&trace.name, &trace.text, &trace.key].into_iter().chain(&trace.places).chain(
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
            .chain(scan.formats.iter().chain(&scan.notes).chain(&scan.hosts).chain(&scan.places))
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
    texts.into_iter().chain(maybe.into_iter().flatten()).chain(&mut trace.places).for_each(bound);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::samples::{kept, scan, trace};
    use crate::domain::evidence::trace::Kind;
    use uuid::Uuid;

    const DEVICE: DeviceId = DeviceId(Uuid::nil());

    fn keep(scan: Scan, lines: Lines) -> KeptScan {
        let file = FileMark { name: "a.txt".to_owned(), sha256: "a".repeat(64) };
        KeptScan::new(
            (ScanId(Uuid::nil()), Moment(0)),
            (DEVICE, Side::After),
            vec![file],
            scan,
            lines,
        )
    }

    #[test]
    fn what_does_not_fit_is_counted_and_tools_go_first() {
        let mut many = scan(&[(Kind::Tool, "kavremover"), (Kind::OtherBrand, "ZoneAlarm")], &[]);
        many.traces.extend((0..TRACES_MAX).map(|n| trace(Kind::Folder, &format!("{n:04}"))));
        many.n_left_out = 7;
        let kept = keep(many, Lines::Dropped);
        assert_eq!((kept.scan.traces.len(), kept.scan.n_left_out), (TRACES_MAX, 9));
        assert!(kept.scan.traces.iter().all(|trace| trace.kind == Kind::Folder));
        assert_eq!(kept.scan.traces[0].name, "0000", "the order of the file stays");
        assert_eq!(kept.check(), Ok(()));
    }

    #[test]
    fn only_pinned_lines_are_kept_and_only_they_may_differ() {
        let found = || scan(&[(Kind::Driver, "klif")], &[]);
        let (bare, pinned) = (keep(found(), Lines::Dropped), keep(found(), Lines::Pinned));
        assert_eq!(bare.scan.traces[0].text, "");
        assert_eq!(pinned.scan.traces[0].text, "a line with klif");
        assert!(bare.is_same_reading(&pinned));
        let other = keep(scan(&[(Kind::Driver, "klflt")], &[]), Lines::Pinned);
        assert!(!bare.is_same_reading(&other));
    }

    type Spoil = fn(&mut KeptScan);

    #[test]
    fn a_scan_that_did_not_come_through_here_is_looked_at() {
        let good = keep(scan(&[(Kind::Driver, "klif")], &[]), Lines::Dropped);
        let spoiled = |spoil: Spoil| {
            let mut scan = good.clone();
            spoil(&mut scan);
            scan.check()
        };
        let table: [(Spoil, ScanGap); 8] = [
            (|kept| kept.files.clear(), ScanGap::NoFile),
            (|kept| kept.files[0].sha256.clear(), ScanGap::Digest),
            (|kept| kept.files[0].sha256 = "é".repeat(32), ScanGap::Digest),
            (|kept| kept.scan.traces[0].text = "a line".to_owned(), ScanGap::Lines),
            (|kept| kept.scan.traces[0].name = "x".repeat(401), ScanGap::TooLarge),
            (|kept| kept.scan.notes = vec![String::new(); 65], ScanGap::TooLarge),
            (
                |kept| kept.scan.traces = vec![trace(Kind::Tool, "x"); TRACES_MAX + 1],
                ScanGap::TooLarge,
            ),
            (|kept| kept.files[0].name = "4111111111111111".to_owned(), ScanGap::CardNumber),
        ];
        for (spoil, gap) in table {
            assert_eq!(spoiled(spoil), Err(gap));
        }
    }

    #[test]
    fn texts_are_cut_at_a_letter_and_cannot_turn_a_line_around() {
        let table = [
            ("klif\u{202e}sys", "klifsys".to_owned()),
            ("a\u{0}b\r\nc\u{feff}", "abc".to_owned()),
            (&*"é".repeat(300), "é".repeat(200)),
            ("Ольга", "Ольга".to_owned()),
        ];
        for (name, expected) in table {
            let kept = keep(scan(&[(Kind::Folder, name)], &[]), Lines::Dropped);
            assert_eq!(kept.scan.traces[0].name, expected);
        }
    }

    #[test]
    fn a_trace_tells_its_file_where_that_is_known() {
        let mut scan = kept(DEVICE, Side::Before, 1, scan(&[(Kind::Driver, "klif")], &[]));
        let mut found = scan.scan.traces[0].clone();
        assert_eq!(scan.file_of(&found), "1.txt", "there is no other");
        scan.files.push(FileMark { name: "drivers.csv".to_owned(), sha256: "b".repeat(64) });
        assert_eq!(scan.file_of(&found), "", "kept before that was recorded");
        for (no, name) in [(0, "1.txt"), (1, "drivers.csv"), (2, "")] {
            found.file = Some(no);
            assert_eq!(scan.file_of(&found), name);
        }
    }

    #[test]
    fn files_are_told_by_the_first_letters_of_their_digests() {
        let mut scan = kept(DEVICE, Side::Before, 0x1f3a, Scan::default());
        scan.files[0].sha256 = "1f3a09bc".repeat(8);
        assert_eq!(scan.files_text(), "1 file (1f3a09bc)");
        scan.files = vec![scan.files[0].clone(); 4];
        assert_eq!(scan.files_text(), "4 files (1f3a09bc, 1f3a09bc, 1f3a09bc …)");
        scan.files.clear();
        assert_eq!(scan.files_text(), "no file");
    }
}
