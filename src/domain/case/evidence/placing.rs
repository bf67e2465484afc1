//! Where exports that were just read belong: a first scan, more of one that is there, one in its
//! place, or the technician is asked.
//!
//! Decided: exports that show other areas than a scan of a few minutes ago are more of it (FRST.txt,
//! then Addition.txt); those that show the same areas again were taken again, so they count in its
//! place. Both are told and can be taken back. Where nobody said yet that the product is off the
//! device, a second export may as well be the one after it: nothing takes the place of the scan
//! before then without the technician's word.

use super::Case;
use crate::domain::evidence::kept::Side;
use crate::domain::evidence::trace::Scan;
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::removal::Check;
use crate::domain::time::Moment;

/// How long after a scan other exports may be more of it, in milliseconds: ten minutes.
pub const ADDS_MS: i64 = 10 * 60_000;

/// Where exports belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// The first scan of this side.
    First(Side),
    /// More of this scan: read together with it, they make one.
    Adds(ScanId),
    /// Taken again: they count in the place of this scan.
    Replaces(ScanId),
    /// This scan before is there, and nobody said that the product is off the device.
    Asks {
        /// The scan before.
        before: ScanId,
        /// Whether they may be more of it.
        can_add: bool,
    },
}

impl Case {
    /// On which side the next export of a device probably stands: after, once the uninstall is
    /// ticked, or while the removal runs and there is a scan before.
    pub fn side_next(&self, device: DeviceId) -> Side {
        let is_running = self.removal_of(device).is_some();
        match self.scan_of(device, Side::Before) {
            Some(_) if is_running => Side::After,
            Some(_) | None => self.side_now(device),
        }
    }

    /// Where exports of a device belong that say `scan` and are meant for `side`, `now`. A scan can
    /// be added to while `is_known` says that its files are.
    pub fn placing(
        &self,
        (device, side): (DeviceId, Side),
        scan: &Scan,
        now: Moment,
        is_known: impl Fn(ScanId) -> bool,
    ) -> Placing {
        // Meant for the other side on purpose, it needs no question.
        let is_open = self.side_now(device) == Side::Before && side == self.side_next(device);
        let against = if is_open { Side::Before } else { side };
        let Some(earlier) = self.scan_of(device, against) else { return Placing::First(side) };
        let can_add = now.0 - earlier.kept_at.0 <= ADDS_MS
            && is_known(earlier.id)
            && may_be_one_device(&earlier.scan, scan);
        match (is_open, Share::of(&earlier.scan, scan)) {
            (_, Share::Nothing) if can_add => Placing::Adds(earlier.id),
            (true, share) => {
                Placing::Asks { before: earlier.id, can_add: can_add && share == Share::Some }
            }
            (false, Share::Some) if can_add => Placing::Adds(earlier.id),
            (false, _) => Placing::Replaces(earlier.id),
        }
    }

    /// What is to be ticked before an after-scan of the device can be kept; `None` while no removal
    /// runs.
    pub fn ticks_to_after(&self, device: DeviceId) -> Option<Vec<Check>> {
        let removal = self.removal_of(device).filter(|removal| removal.finish.is_none())?;
        let is_open = |check: &Check| removal.ticked_at(*check).is_none();
        let is_needed = self.side_now(device) == Side::Before;
        let ticks = [Check::DataSaved, Check::Uninstalled].into_iter().filter(is_open);
        Some(if is_needed { ticks.collect() } else { Vec::new() })
    }
}

/// How much of what two exports show is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    Nothing,
    /// Each shows something that the other does not.
    Some,
    /// One shows all that the other does: it was taken again.
    All,
}

impl Share {
    fn of(earlier: &Scan, later: &Scan) -> Self {
        let shows_all = |one: &Scan, of: &Scan| of.covers.iter().all(|area| one.shows(*area));
        let shows_none = !later.covers.iter().any(|area| earlier.shows(*area));
        let is_bare = earlier.covers.is_empty() && later.covers.is_empty();
        match () {
            // Neither shows anything whole: the same kind of file was taken again.
            () if is_bare && earlier.formats == later.formats => Self::All,
            () if shows_none => Self::Nothing,
            () if shows_all(earlier, later) || shows_all(later, earlier) => Self::All,
            () => Self::Some,
        }
    }
}

/// Whether the names of the computer allow it.
fn may_be_one_device(one: &Scan, other: &Scan) -> bool {
    let is_told = !one.hosts.is_empty() && !other.hosts.is_empty();
    !is_told || one.hosts.iter().any(|host| other.hosts.contains(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::evidence::trace::Area;

    fn of(formats: &[&str], covers: &[Area]) -> Scan {
        let formats = formats.iter().map(|&format| format.to_owned()).collect();
        Scan { formats, covers: covers.to_vec(), ..Scan::default() }
    }

    #[test]
    fn what_shows_the_same_areas_was_taken_again_and_what_shows_others_is_more() {
        use Area::{Browsers, Drivers, Programs, Services};
        let frst = || of(&["frst"], &[Services, Drivers, Browsers]);
        let addition = || of(&["frst_addition"], &[Programs, Browsers]);
        let log = || of(&["kavremover"], &[]);
        let services = || of(&["sc_query"], &[Services]);
        let table = [
            (frst(), addition(), Share::Some),
            (addition(), frst(), Share::Some),
            (services(), of(&["sc_query"], &[Drivers]), Share::Nothing),
            (frst(), frst(), Share::All),
            (frst(), services(), Share::All),
            (services(), frst(), Share::All),
            (frst(), log(), Share::Nothing),
            (log(), frst(), Share::Nothing),
            (log(), log(), Share::All),
            (log(), of(&["text"], &[]), Share::Nothing),
        ];
        for (earlier, later, expected) in table {
            assert_eq!(Share::of(&earlier, &later), expected, "{earlier:?} {later:?}");
        }
    }

    #[test]
    fn two_computers_are_never_one_scan() {
        let named = |hosts: &[&str]| Scan {
            hosts: hosts.iter().map(|&host| host.to_owned()).collect(),
            ..Scan::default()
        };
        let table: [(&[&str], &[&str], bool); 4] = [
            (&[], &[], true),
            (&["1f3a"], &[], true),
            (&["1f3a"], &["1f3a", "77d0"], true),
            (&["1f3a"], &["77d0"], false),
        ];
        for (one, other, expected) in table {
            assert_eq!(
                may_be_one_device(&named(one), &named(other)),
                expected,
                "{one:?} {other:?}"
            );
        }
    }
}
