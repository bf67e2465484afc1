//! Before and after, of one device: what is gone, what is left, what is new, and what can't be known.

mod to_show;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::domain::device::Platform;
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::kept::KeptScan;
use super::trace::{Area, Kind, Scan, Trace};

/// The digest of a file without a byte.
const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// How far a correction of the clock may move the time of a start.
const CLOCK_MOVES: TimeDelta = TimeDelta::minutes(5);

/// What became of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Found before and after.
    StillThere,
    /// Found only after.
    New,
    /// Found before; the after-files don't show its kind.
    Unknown,
    /// Found before, and not in after-files that would show it.
    Gone,
}

impl Fate {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::StillThere => "still_there",
            Self::New => "new",
            Self::Unknown => "unknown",
            Self::Gone => "gone",
        }
    }
}

/// One line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceChange {
    /// What became of it.
    pub fate: Fate,
    /// The trace, as found after if it is still there or new, else as found before.
    pub trace: Trace,
}

/// Whether the device was restarted between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restart {
    /// It was started after the before-files were taken.
    Done,
    /// It still runs since before then.
    NotDone,
    /// The files don't tell.
    NotTold,
}

impl Restart {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not_done",
            Self::NotTold => "not_told",
        }
    }
}

/// Why two scans may not be what they are taken for. With a doubt nothing is proven by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Every file after is one of those before: nothing was exported anew.
    SameFile,
    /// They name different computers.
    OtherMachine,
    /// They are of different systems, or of another than the device: Windows, macOS, Android.
    OtherSystem,
    /// By the device's own clock, the one after was taken first.
    AfterIsEarlier,
    /// There were more traces than are kept.
    TooMany,
}

impl Doubt {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameFile => "same_file",
            Self::OtherMachine => "other_machine",
            Self::OtherSystem => "other_system",
            Self::AfterIsEarlier => "after_is_earlier",
            Self::TooMany => "too_many",
        }
    }

    /// What is the matter, and what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::SameFile => {
                "The after-files are files of before. Export again after the removal, and take those."
            }
            Self::OtherMachine => {
                "Before and after name different computers. Check that both are of this device."
            }
            Self::OtherSystem => {
                "The scans are of different systems, or not of this device's. Check what was scanned."
            }
            Self::AfterIsEarlier => {
                "By the device's clock, the after-files are older than the before-files. Check that they are not swapped."
            }
            Self::TooMany => "There were more traces than are kept, so not all can be compared.",
        }
    }
}

/// Two scans of one device side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Every trace of either scan: what is left first.
    pub changes: Vec<TraceChange>,
    /// Whether the device was restarted in between.
    pub restart: Restart,
    /// Traces found before, tools and other brands not counted.
    pub n_found: usize,
    /// Of these, gone.
    pub n_gone: usize,
    /// Kinds found before that the after-files don't show.
    pub not_covered: Vec<Kind>,
    /// Why the two may not be what they are taken for.
    pub doubts: Vec<Doubt>,
}

impl Comparison {
    /// Whether everything found before is known to be gone, nothing new appeared, the device is
    /// not known to run since before, and nothing speaks against the two being of one device.
    pub fn is_proof(&self) -> bool {
        self.n_found > 0
            && self.n_found == self.n_gone
            && self.left().next().is_none()
            && self.restart != Restart::NotDone
            && self.doubts.is_empty()
    }

    /// What is not known to be gone: still there, new, or not shown. Tools and other brands are
    /// not counted.
    pub fn left(&self) -> impl Iterator<Item = &TraceChange> {
        self.changes
            .iter()
            .filter(|change| change.fate != Fate::Gone && change.trace.kind.is_counted())
    }

    /// How many traces have this fate, tools and other brands not counted.
    pub fn count(&self, fate: Fate) -> usize {
        let counted = self.changes.iter().filter(|change| change.trace.kind.is_counted());
        counted.filter(|change| change.fate == fate).count()
    }

    /// One line for the case: "7 found, 7 gone" only when every kind found before is covered after.
    pub fn summary(&self) -> String {
        let mut said = format!("{} found, {} gone", self.n_found, self.n_gone);
        for (fate, words) in
            [(Fate::StillThere, "still there"), (Fate::New, "new"), (Fate::Unknown, "unknown")]
        {
            let n_traces = self.count(fate);
            if n_traces > 0 {
                // Writing to a string cannot fail.
                write!(said, ", {n_traces} {words}").ok();
            }
        }
        said
    }
}

/// Sets the scan after a removal against the one before it.
pub fn compare(before: &Scan, after: &Scan) -> Comparison {
    let mut comparison = of_traces(before, after);
    if is_copy(&before.digests, &after.digests) {
        comparison.doubts.insert(0, Doubt::SameFile);
    }
    comparison
}

/// Sets two scans of a case side by side.
pub fn compare_kept(before: &KeptScan, after: &KeptScan) -> Comparison {
    let mut comparison = of_traces(&before.scan, &after.scan);
    let digests = |kept: &KeptScan| -> Vec<String> {
        kept.files.iter().map(|file| file.sha256.clone()).collect()
    };
    if is_copy(&digests(before), &digests(after)) {
        comparison.doubts.insert(0, Doubt::SameFile);
    }
    comparison
}

fn of_traces(before: &Scan, after: &Scan) -> Comparison {
    let there: Vec<&Trace> = after.traces.iter().filter(|trace| trace.is_there()).collect();
    let found: Vec<&Trace> = before.traces.iter().filter(|trace| trace.is_there()).collect();
    let (known, new) = (Index::of(&found), Index::of(&there));
    let mut changes = Vec::new();
    let mut not_covered = BTreeSet::new();
    for old in &found {
        let (fate, trace) = match new.find(old) {
            Some(new) => (Fate::StillThere, new),
            None if after.would_show(old) => (Fate::Gone, *old),
            None => {
                if old.kind.is_counted() {
                    not_covered.insert(old.kind);
                }
                (Fate::Unknown, *old)
            }
        };
        changes.push(TraceChange { fate, trace: trace.clone() });
    }
    for new in there.iter().filter(|new| known.find(new).is_none()) {
        changes.push(TraceChange { fate: Fate::New, trace: (*new).clone() });
    }
    changes.sort_by_key(|change| change.fate);
    let counted = |change: &&TraceChange| change.trace.kind.is_counted();
    let n_found = changes.iter().filter(counted).filter(|change| change.fate != Fate::New).count();
    let n_gone = changes.iter().filter(counted).filter(|change| change.fate == Fate::Gone).count();
    Comparison {
        changes,
        restart: restart(before, after),
        n_found,
        n_gone,
        not_covered: not_covered.into_iter().collect(),
        doubts: doubts(before, after),
    }
}

/// Whether the files after are all among those before, by their digests. One alone that is the
/// same says nothing: many lists stay as they are in a removal. Empty files are all alike.
fn is_copy(before: &[String], after: &[String]) -> bool {
    let mut new = after.iter().filter(|digest| *digest != EMPTY_SHA256).peekable();
    new.peek().is_some() && new.all(|digest| before.contains(digest))
}

/// The traces of a scan, by what two scans are compared by.
struct Index<'a> {
    by_key: HashMap<(Kind, &'a str), &'a Trace>,
    /// Programs are told with and without their version.
    programs: HashMap<(&'a str, Option<&'a str>), &'a Trace>,
    /// Security Center is told with and without its number: its entries by name.
    centers: HashMap<String, Vec<&'a Trace>>,
}

impl<'a> Index<'a> {
    fn of(traces: &[&'a Trace]) -> Self {
        let mut index = Self {
            by_key: HashMap::with_capacity(traces.len()),
            programs: HashMap::new(),
            centers: HashMap::new(),
        };
        for trace in traces {
            index.by_key.entry((trace.kind, &trace.key)).or_insert(trace);
            match (trace.kind, &trace.product) {
                (Kind::Program, Some(product)) => {
                    let program = (product.as_str(), trace.generation.as_deref());
                    index.programs.entry(program).or_insert(trace);
                }
                (Kind::SecurityCenter, _) => {
                    index.centers.entry(trace.name.to_lowercase()).or_default().push(trace);
                }
                _ => (),
            }
        }
        index
    }

    /// The trace of the same thing: of the same kind and key, or what only its kind tells alike.
    fn find(&self, trace: &Trace) -> Option<&'a Trace> {
        let same = self.by_key.get(&(trace.kind, trace.key.as_str())).copied();
        same.or_else(|| match (trace.kind, &trace.product) {
            (Kind::Program, Some(product)) => {
                self.programs.get(&(product.as_str(), trace.generation.as_deref())).copied()
            }
            (Kind::SecurityCenter, _) => {
                let named = self.centers.get(&trace.name.to_lowercase())?;
                let has_number = |one: &Trace| one.key.contains('{');
                named.iter().copied().find(|one| !has_number(one) || !has_number(trace))
            }
            _ => None,
        })
    }
}

/// What speaks against the two being one device before and after.
fn doubts(before: &Scan, after: &Scan) -> Vec<Doubt> {
    let is_named_alike = before.hosts.iter().any(|name| after.hosts.contains(name));
    let has_names = !before.hosts.is_empty() && !after.hosts.is_empty();
    let is_earlier = match (&before.clock, &after.clock, &before.booted, &after.booted) {
        (Some(old), Some(new), _, _) => new < old,
        (_, _, Some(old), Some(new)) => new < old,
        _ => false,
    };
    let systems = (platform_of(before), platform_of(after));
    [
        (has_names && !is_named_alike, Doubt::OtherMachine),
        (matches!(systems, (Some(old), Some(new)) if old != new), Doubt::OtherSystem),
        (is_earlier, Doubt::AfterIsEarlier),
        (before.n_left_out > 0 || after.n_left_out > 0, Doubt::TooMany),
    ]
    .into_iter()
    .filter_map(|(is_so, doubt)| is_so.then_some(doubt))
    .collect()
}

/// What kind of system the exports are of, as far as what they list belongs to one alone. `None`
/// when they don't tell, or tell of several.
pub fn platform_of(scan: &Scan) -> Option<Platform> {
    let mut told = scan.covers.iter().filter_map(|area| match area {
        Area::Services
        | Area::Drivers
        | Area::SecurityCenter
        | Area::ClassFilters
        | Area::NetworkFilters
        | Area::Registry => Some(Platform::Windows),
        Area::MacApps | Area::MacKexts | Area::MacLaunchd => Some(Platform::MacOs),
        Area::AndroidPackages => Some(Platform::Android),
        Area::Programs | Area::Processes | Area::Browsers | Area::Certificates | Area::Folders => {
            None
        }
    });
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

/// The device's own clock and start, both in its local time.
fn restart(before: &Scan, after: &Scan) -> Restart {
    match (&before.booted, &before.clock, &after.booted) {
        (_, Some(taken), Some(started)) if started > taken => Restart::Done,
        (Some(old), _, Some(new)) if old == new => Restart::NotDone,
        (_, Some(taken), Some(started)) if started <= taken => Restart::NotDone,
        (Some(old), None, Some(new)) if is_another_start(old, new) => Restart::Done,
        (Some(_), None, Some(_)) => Restart::NotDone,
        _ => Restart::NotTold,
    }
}

/// Whether the second start is another than the first. Windows counts back from now to tell when it
/// was started, so that each correction of its clock moves the same start by seconds.
fn is_another_start(old: &str, new: &str) -> bool {
    let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok();
    time(old).zip(time(new)).is_some_and(|(old, new)| new - old > CLOCK_MOVES)
}

#[cfg(test)]
mod tests;
