//! Before and after, of one device: what is gone, what is left, what is new, and what can't be known.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::kept::KeptScan;
use super::trace::{Area, Kind, Scan, Trace};

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
    /// A file is on both sides.
    SameFile,
    /// They name different computers.
    OtherMachine,
    /// They are of different systems: Windows, macOS, Android.
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
            Self::SameFile => "The same file is on both sides. Take the after-files again.",
            Self::OtherMachine => {
                "Before and after name different computers. Check that both are of this device."
            }
            Self::OtherSystem => {
                "Before and after are of different systems. Check that both are of this device."
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
    let there: Vec<&Trace> = after.traces.iter().filter(|trace| trace.is_there()).collect();
    let found: Vec<&Trace> = before.traces.iter().filter(|trace| trace.is_there()).collect();
    let (known, new) = (Index::of(&found), Index::of(&there));
    let mut changes = Vec::new();
    let mut not_covered = BTreeSet::new();
    for old in &found {
        let (fate, trace) = match new.find(old) {
            Some(new) => (Fate::StillThere, new),
            None if is_covered(old.kind, after) => (Fate::Gone, *old),
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

/// Sets two scans of a case side by side.
pub fn compare_kept(before: &KeptScan, after: &KeptScan) -> Comparison {
    let mut comparison = compare(&before.scan, &after.scan);
    let is_on_both =
        before.files.iter().any(|old| after.files.iter().any(|new| new.sha256 == old.sha256));
    if is_on_both {
        comparison.doubts.insert(0, Doubt::SameFile);
    }
    comparison
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

    /// The trace of the same thing. A service found as a driver's key elsewhere is.
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

/// Whether the after-scan would show this kind. Tools are told wherever they are seen.
fn is_covered(kind: Kind, after: &Scan) -> bool {
    kind.area().is_some_and(|area| after.shows(area))
}

/// What speaks against the two being one device before and after.
fn doubts(before: &Scan, after: &Scan) -> Vec<Doubt> {
    let shares = |old: &[String], new: &[String]| old.iter().any(|one| new.contains(one));
    let has_names = !before.hosts.is_empty() && !after.hosts.is_empty();
    let is_earlier = match (&before.clock, &after.clock, &before.booted, &after.booted) {
        (Some(old), Some(new), _, _) => new < old,
        (_, _, Some(old), Some(new)) => new < old,
        _ => false,
    };
    let systems = (System::of(before), System::of(after));
    [
        (shares(&before.digests, &after.digests), Doubt::SameFile),
        (has_names && !shares(&before.hosts, &after.hosts), Doubt::OtherMachine),
        (matches!(systems, (Some(old), Some(new)) if old != new), Doubt::OtherSystem),
        (is_earlier, Doubt::AfterIsEarlier),
        (before.n_left_out > 0 || after.n_left_out > 0, Doubt::TooMany),
    ]
    .into_iter()
    .filter_map(|(is_so, doubt)| is_so.then_some(doubt))
    .collect()
}

/// What kind of system the exports are of, as far as what they list belongs to one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Windows,
    MacOs,
    Android,
}

impl System {
    /// `None` when they don't tell, or tell of several.
    fn of(scan: &Scan) -> Option<Self> {
        let mut told = scan.covers.iter().filter_map(|area| match area {
            Area::Services
            | Area::Drivers
            | Area::SecurityCenter
            | Area::ClassFilters
            | Area::NetworkFilters
            | Area::Registry => Some(Self::Windows),
            Area::MacApps | Area::MacKexts | Area::MacLaunchd => Some(Self::MacOs),
            Area::AndroidPackages => Some(Self::Android),
            Area::Programs
            | Area::Processes
            | Area::Browsers
            | Area::Certificates
            | Area::Folders => None,
        });
        let first = told.next()?;
        told.all(|other| other == first).then_some(first)
    }
}

/// The device's own clock and start, both in its local time.
fn restart(before: &Scan, after: &Scan) -> Restart {
    match (&before.booted, &before.clock, &after.booted) {
        (_, Some(taken), Some(started)) if started > taken => Restart::Done,
        (Some(old), _, Some(new)) if old == new => Restart::NotDone,
        (_, Some(taken), Some(started)) if started <= taken => Restart::NotDone,
        (Some(old), None, Some(new)) if new > old => Restart::Done,
        _ => Restart::NotTold,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restart_is_told_by_the_devices_own_clock() {
        let scan = |booted: Option<&str>, clock: Option<&str>| Scan {
            booted: booted.map(str::to_owned),
            clock: clock.map(str::to_owned),
            ..Scan::default()
        };
        let (early, late) = (Some("20171005080000"), Some("20171005090000"));
        let table = [
            (scan(early, late), scan(Some("20171005093000"), None), Restart::Done),
            (scan(early, late), scan(early, None), Restart::NotDone),
            (scan(early, None), scan(late, None), Restart::Done),
            (scan(early, late), scan(None, late), Restart::NotTold),
        ];
        for (before, after, said) in table {
            assert_eq!(compare(&before, &after).restart, said);
        }
    }

    #[test]
    fn two_scans_that_may_not_be_of_one_device_prove_nothing() {
        use crate::domain::evidence::samples::scan;
        let before = || scan(&[(Kind::Program, "KIS")], &[Area::Programs, Area::Services]);
        let after = || scan(&[], &[Area::Programs, Area::Services]);
        let some = |text: &str| Some(text.to_owned());
        type Change = fn(&mut Scan, &mut Scan);
        let table: [(Change, &[Doubt]); 9] = [
            (|_, _| (), &[]),
            (
                |old, new| {
                    (old.hosts, new.hosts) = (vec!["1f3a".to_owned()], vec!["77d0".to_owned()]);
                },
                &[Doubt::OtherMachine],
            ),
            (|old, _| old.hosts = vec!["1f3a".to_owned()], &[]),
            (
                |old, new| {
                    old.hosts = vec!["1f3a".to_owned(), "77d0".to_owned()];
                    new.hosts = vec!["77d0".to_owned()];
                },
                &[],
            ),
            (|_, new| new.covers = vec![Area::Programs, Area::MacApps], &[Doubt::OtherSystem]),
            (|_, new| new.covers = vec![Area::Programs], &[]),
            (
                |old, new| {
                    (old.digests, new.digests) = (vec!["a".repeat(64)], vec!["a".repeat(64)]);
                },
                &[Doubt::SameFile],
            ),
            (|old, _| old.n_left_out = 1, &[Doubt::TooMany]),
            (|_, new| new.n_left_out = 1, &[Doubt::TooMany]),
        ];
        for (change, doubts) in table {
            let (mut old, mut new) = (before(), after());
            change(&mut old, &mut new);
            let comparison = compare(&old, &new);
            assert_eq!(comparison.doubts, doubts);
            assert_eq!(comparison.is_proof(), doubts.is_empty(), "{doubts:?}");
        }
        let times = [
            (some("20171005110000"), some("20171005105959"), true),
            (some("20171005110000"), some("20171005110000"), false),
            (some("20171005110000"), None, false),
        ];
        for (old_clock, new_clock, is_earlier) in times {
            let (mut old, mut new) = (before(), after());
            (old.clock, new.clock) = (old_clock, new_clock);
            assert_eq!(compare(&old, &new).doubts.contains(&Doubt::AfterIsEarlier), is_earlier);
        }
    }

    #[test]
    fn a_device_that_still_runs_since_before_is_not_proven() {
        use crate::domain::evidence::samples::scan;
        let mut before = scan(&[(Kind::Program, "KIS")], &[Area::Programs]);
        let mut after = scan(&[], &[Area::Programs]);
        before.booted = Some("20171005080000".to_owned());
        after.booted = before.booted.clone();
        let comparison = compare(&before, &after);
        assert_eq!(comparison.summary(), "1 found, 1 gone");
        assert!(!comparison.is_proof());
    }

    #[test]
    fn comparing_takes_no_longer_than_it_must() {
        let many = |kind: Kind| {
            let mut many = Scan { covers: vec![Area::Programs], ..Scan::default() };
            many.traces.extend((0..20_000).map(|n| {
                let mut one = crate::domain::evidence::samples::trace(kind, &format!("KIS {n}"));
                (one.product, one.generation) = (Some("KIS".to_owned()), Some(n.to_string()));
                one
            }));
            many
        };
        let comparison = compare(&many(Kind::Program), &many(Kind::Program));
        assert_eq!(comparison.count(Fate::StillThere), 20_000);
        let comparison = compare(&many(Kind::Program), &many(Kind::Folder));
        assert_eq!((comparison.n_gone, comparison.count(Fate::New)), (20_000, 20_000));
    }
}
