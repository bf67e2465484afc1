//! Before and after, of one device: what is gone, what is left, what is new, and what can't be known.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::trace::{Kind, Scan, State, Trace};

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
}

impl Comparison {
    /// Whether everything found before is known to be gone, and nothing new appeared.
    pub fn is_proof(&self) -> bool {
        let is_left = |change: &TraceChange| {
            !matches!(change.fate, Fate::Gone)
                && !matches!(change.trace.kind, Kind::Tool | Kind::OtherBrand)
        };
        self.n_found > 0 && !self.changes.iter().any(is_left)
    }

    /// One line for the case: "7 found, 7 gone" only when every kind found before is covered after.
    pub fn summary(&self) -> String {
        let count = |fate: Fate| {
            self.changes
                .iter()
                .filter(|change| change.fate == fate && is_counted(&change.trace))
                .count()
        };
        let mut said = format!("{} found, {} gone", self.n_found, self.n_gone);
        for (fate, words) in
            [(Fate::StillThere, "still there"), (Fate::New, "new"), (Fate::Unknown, "unknown")]
        {
            if count(fate) > 0 {
                // Writing to a string cannot fail.
                write!(said, ", {} {words}", count(fate)).ok();
            }
        }
        said
    }
}

/// Sets the scan after a removal against the one before it.
pub fn compare(before: &Scan, after: &Scan) -> Comparison {
    let there: Vec<&Trace> = after.traces.iter().filter(|trace| is_there(trace)).collect();
    let found: Vec<&Trace> = before.traces.iter().filter(|trace| is_there(trace)).collect();
    let mut changes = Vec::new();
    let mut not_covered = BTreeSet::new();
    for old in &found {
        let fate = match there.iter().find(|new| same(old, new)) {
            Some(new) => (Fate::StillThere, (*new).clone()),
            None if is_covered(old.kind, after) => (Fate::Gone, (*old).clone()),
            None => {
                if is_counted(old) {
                    not_covered.insert(old.kind);
                }
                (Fate::Unknown, (*old).clone())
            }
        };
        changes.push(TraceChange { fate: fate.0, trace: fate.1 });
    }
    for new in &there {
        if !found.iter().any(|old| same(old, new)) {
            changes.push(TraceChange { fate: Fate::New, trace: (*new).clone() });
        }
    }
    changes.sort_by_key(|change| change.fate);
    let counted = |change: &&TraceChange| is_counted(&change.trace);
    let n_found = changes.iter().filter(counted).filter(|change| change.fate != Fate::New).count();
    let n_gone = changes.iter().filter(counted).filter(|change| change.fate == Fate::Gone).count();
    let restart = restart(before, after);
    Comparison { changes, restart, n_found, n_gone, not_covered: not_covered.into_iter().collect() }
}

fn is_there(trace: &Trace) -> bool {
    trace.state != State::Removed
}

fn is_counted(trace: &Trace) -> bool {
    !matches!(trace.kind, Kind::Tool | Kind::OtherBrand)
}

/// Whether two traces are the same thing. A service found as a driver's key elsewhere is.
fn same(old: &Trace, new: &Trace) -> bool {
    old.kind == new.kind && (old.key == new.key || is_same_entry(old, new))
}

/// Programs are told with and without their version, Security Center with and without its number.
fn is_same_entry(old: &Trace, new: &Trace) -> bool {
    match old.kind {
        Kind::Program => {
            old.product.is_some() && old.product == new.product && old.generation == new.generation
        }
        Kind::SecurityCenter => {
            old.name.eq_ignore_ascii_case(&new.name)
                && (!old.key.contains('{') || !new.key.contains('{'))
        }
        _ => false,
    }
}

/// Whether the after-scan would show this kind. Tools are told wherever they are seen.
fn is_covered(kind: Kind, after: &Scan) -> bool {
    kind.area().is_some_and(|area| after.shows(area))
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
}
