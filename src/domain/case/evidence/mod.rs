//! What the scans of a case say about its devices: shown to be gone or not, protected or not, and
//! the alert that stands above all.

mod placing;
mod product;

pub use placing::{ADDS_MS, Placing};
pub use product::ProductSeen;

use super::{Case, OverrideKind};
use crate::domain::evidence::compare::{Comparison, Doubt, Restart, compare_kept, platform_of};
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::evidence::proof::{self, NotShown, Proof};
use crate::domain::evidence::trace::{Alert, Area, Kind, Protection, State, Verdict};
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::removal::{Check, Method, Outcome, Removal, RemovedBy};
use crate::domain::time::Moment;
use chrono::NaiveDateTime;

/// What there is of one device. Comparing costs a copy of the traces: hold on to it while drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceEvidence<'a> {
    /// No scan.
    None,
    /// Only one before.
    BeforeOnly(&'a KeptScan),
    /// Only one after.
    AfterOnly(&'a KeptScan),
    /// Both.
    Both {
        /// The latest before.
        before: &'a KeptScan,
        /// The latest after.
        after: &'a KeptScan,
        /// What became of each trace.
        comparison: Comparison,
    },
}

/// A device's antivirus, as an after-scan shows it: exactly one is on, and it is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtectionShown<'a> {
    /// Its name as the export spells it.
    pub name: &'a str,
    /// When the scan was kept.
    pub at: Moment,
    /// The scan.
    pub scan: ScanId,
}

impl Case {
    /// A scan by its id.
    pub fn scan(&self, id: ScanId) -> Option<&KeptScan> {
        self.scans.iter().find(|scan| scan.id == id)
    }

    /// The scan of a device and side that counts: the latest.
    pub fn scan_of(&self, device: DeviceId, side: Side) -> Option<&KeptScan> {
        let mut latest = self.scans.iter().rev();
        latest.find(|scan| scan.device == device && scan.side == side)
    }

    /// What there is of a device.
    pub fn evidence_of(&self, device: DeviceId) -> DeviceEvidence<'_> {
        match (self.scan_of(device, Side::Before), self.scan_of(device, Side::After)) {
            (None, None) => DeviceEvidence::None,
            (Some(before), None) => DeviceEvidence::BeforeOnly(before),
            (None, Some(after)) => DeviceEvidence::AfterOnly(after),
            (Some(before), Some(after)) => {
                DeviceEvidence::Both { before, after, comparison: compare_kept(before, after) }
            }
        }
    }

    /// Before and after of a device; `None` unless there are both.
    pub fn comparison(&self, device: DeviceId) -> Option<Comparison> {
        match self.evidence_of(device) {
            DeviceEvidence::Both { comparison, .. } => Some(comparison),
            DeviceEvidence::None | DeviceEvidence::BeforeOnly(_) | DeviceEvidence::AfterOnly(_) => {
                None
            }
        }
    }

    /// On which side the next scan of a device stands: after, once the uninstall is ticked or the
    /// customer is said to have removed it.
    pub fn side_now(&self, device: DeviceId) -> Side {
        match self.removal_of(device) {
            Some(removal) if has_uninstalled(removal) => Side::After,
            Some(_) | None => Side::Before,
        }
    }

    /// What shows that a device's removal left nothing, or why nothing does.
    pub fn shown(&self, device: DeviceId) -> Result<Proof, NotShown> {
        let after = self.scan_of(device, Side::After).ok_or(NotShown::NoAfterScan)?;
        let removal = self.removal_of(device);
        let uninstalled_at = removal.and_then(|removal| removal.ticked_at(Check::Uninstalled));
        if uninstalled_at.is_some_and(|at| after.kept_at < at) {
            return Err(NotShown::TooEarly);
        }
        if let Some(alert) = self.danger_of(device) {
            return Err(NotShown::Danger(alert.text.clone()));
        }
        let mut here = self.devices().iter().filter(|one| one.id == device);
        let platform = here.next().map(|one| one.platform);
        let is_other =
            platform_of(&after.scan).is_some_and(|told| platform.is_some_and(|is| is != told));
        if is_other {
            return Err(NotShown::Doubt(Doubt::OtherSystem));
        }
        proof::proof(self.scan_of(device, Side::Before), after, self.forgiven(device))
    }

    /// What the after-scan of a device still shows, named: the reason of
    /// [`Outcome::LeftoversRemain`]. `None` when it shows nothing, or there is none.
    pub fn leftovers(&self, device: DeviceId) -> Option<String> {
        match self.evidence_of(device) {
            DeviceEvidence::Both { comparison, .. } => proof::left_names(&comparison),
            DeviceEvidence::AfterOnly(after) => proof::found_names(after),
            DeviceEvidence::None | DeviceEvidence::BeforeOnly(_) => None,
        }
    }

    /// When an item of the checklist was done: ticked, or shown by the scans. An after-scan that
    /// shows enough is a look for leftovers, and the files may tell of a restart after the
    /// uninstall.
    pub fn done_at(&self, removal: &Removal, check: Check) -> Option<Moment> {
        removal.ticked_at(check).or_else(|| {
            let uninstalled_at = removal.ticked_at(Check::Uninstalled)?;
            let after = self.scan_of(removal.device, Side::After)?;
            let is_shown = match check {
                Check::LeftoversChecked => self.is_look(after),
                Check::Restarted => {
                    started_at(after).is_some_and(|at| at >= uninstalled_at)
                        && self
                            .comparison(removal.device)
                            .is_some_and(|it| it.restart == Restart::Done && it.doubts.is_empty())
                }
                Check::DataSaved | Check::Uninstalled | Check::ProtectionOn => false,
            };
            (is_shown && after.kept_at >= uninstalled_at).then_some(after.kept_at)
        })
    }

    /// Whether a scan after is a look for leftovers: it shows all that can hold some, or at least
    /// that what was found before is gone.
    fn is_look(&self, after: &KeptScan) -> bool {
        let device = self.devices().iter().find(|device| device.id == after.device);
        let asked = device.map_or(&[][..], |device| Area::whole_of(device.platform));
        let is_whole = !asked.is_empty() && asked.iter().all(|area| after.scan.shows(*area));
        is_whole || self.shown(after.device).is_ok()
    }

    /// The first needed item of the checklist that is neither ticked nor shown.
    pub fn next_needed(&self, removal: &Removal) -> Option<Check> {
        Check::NEEDED.into_iter().find(|check| self.done_at(removal, *check).is_none())
    }

    /// What a scan that was kept after the end of a removal says against it: it is there again, or
    /// still. `None` when none does.
    pub fn contradiction(&self, removal: &Removal) -> Option<String> {
        let finish = removal.finish.as_ref()?;
        let after = self.scan_of(removal.device, Side::After)?;
        let is_against = match &finish.outcome {
            Outcome::RemovedAsShown { proof } => {
                after.id != proof.after && after.scan.found().next().is_some()
            }
            Outcome::RemovedAsStated { .. } | Outcome::RemovedByCustomer => {
                after.kept_at >= finish.at && after.scan.found().next().is_some()
            }
            Outcome::LeftoversRemain { .. }
            | Outcome::LeftToCustomer
            | Outcome::NotRemoved { .. } => false,
        };
        proof::found_names(after).filter(|_| is_against)
    }

    /// The alert that stands for a device: until a later scan shows its filters without it.
    pub fn danger_of(&self, device: DeviceId) -> Option<&Alert> {
        self.alarming(device)?.scan.danger()
    }

    /// The devices of the case with the alert that stands for each.
    pub fn dangers(&self) -> impl Iterator<Item = (DeviceId, &Alert)> {
        self.devices().iter().filter_map(|device| Some((device.id, self.danger_of(device.id)?)))
    }

    /// The first device that may not go home as it is: an alert stands, and no lead has said since
    /// that it may.
    pub fn unanswered_danger(&self) -> Option<(DeviceId, &Alert)> {
        self.dangers().find(|(device, _)| !self.is_danger_answered(*device))
    }

    /// Whether no alert stands for the device, or a lead gave a word since it does.
    pub fn is_danger_answered(&self, device: DeviceId) -> bool {
        let Some(alarming) = self.alarming(device) else { return true };
        let mut words = self.overrides.iter();
        words.any(|word| word.what == OverrideKind::Danger && word.at >= alarming.kept_at)
    }

    /// The latest scan of a device whose alert stands.
    pub fn alarming(&self, device: DeviceId) -> Option<&KeptScan> {
        let mut alarming: Option<&KeptScan> = None;
        for kept in self.scans.iter().filter(|kept| kept.device == device) {
            let is_over = |alarming| self.is_mended(alarming, kept);
            if kept.scan.danger().is_some() {
                alarming = Some(kept);
            } else if alarming.is_some_and(is_over) {
                alarming = None;
            }
        }
        alarming
    }

    /// Whether a scan that was kept later shows that the filters are in order again. It must be of
    /// this device and a later time: one that was taken before, and kept only now, says nothing.
    fn is_mended(&self, alarming: &KeptScan, kept: &KeptScan) -> bool {
        let is_later = match (&alarming.scan.clock, &kept.scan.clock) {
            (Some(old), Some(new)) => new >= old,
            (None, _) | (_, None) => kept.side == Side::After || alarming.side == Side::Before,
        };
        let forgiven = self.forgiven(kept.device);
        let is_of_it = || {
            let doubts = compare_kept(alarming, kept).doubts;
            doubts.iter().all(|doubt| *doubt == Doubt::TooMany || forgiven.contains(doubt))
        };
        kept.scan.shows(Area::ClassFilters) && is_later && is_of_it()
    }

    /// The doubts that the way of a removal explains: a system that was installed anew has another
    /// name.
    fn forgiven(&self, device: DeviceId) -> &'static [Doubt] {
        match self.removal_of(device).map(|removal| removal.method) {
            Some(Method::SystemReinstalled) => &[Doubt::OtherMachine, Doubt::OtherSystem],
            Some(_) | None => &[],
        }
    }

    /// The antivirus that protects a device now, as its latest after-scan that tells shows it:
    /// exactly one is on and current, and the withdrawn one is not.
    pub fn protection_shown(&self, device: DeviceId) -> Option<ProtectionShown<'_>> {
        let uninstalled_at =
            self.removal_of(device).and_then(|removal| removal.ticked_at(Check::Uninstalled));
        let mut latest = self.scans.iter().rev().filter(|kept| {
            kept.device == device
                && kept.side == Side::After
                && uninstalled_at.is_none_or(|at| kept.kept_at >= at)
        });
        let kept = latest.find(|kept| kept.scan.protection() != Protection::NotShown)?;
        let known = &kept.scan.other_antivirus;
        let one = known.iter().find(|known| known.state == State::Enabled)?;
        let is_alone =
            matches!(kept.scan.protection(), Protection::One { current: Some(true), .. });
        let old_is_off = kept.scan.verdict != Verdict::Installed
            && !kept
                .scan
                .found()
                .any(|trace| trace.kind == Kind::SecurityCenter && trace.state == State::Enabled);
        (is_alone && old_is_off).then_some(ProtectionShown {
            name: &one.name,
            at: kept.kept_at,
            scan: kept.id,
        })
    }

    /// Since when a device of the customer is without its old protection and no other was seen on
    /// since; `None` when all are protected, or the case is closed. What was seen by eye before a
    /// removal ended says nothing about the time after it. An after-scan does: it was taken of this
    /// device when the old one was gone, and names what is on.
    ///
    /// Source: product rules, "Protection gap".
    pub fn unprotected_since(&self) -> Option<Moment> {
        if self.closed.is_some() {
            return None;
        }
        let active_at = self.replacement().and_then(|replacement| replacement.active_at);
        let seen_at = self.protection_seen.as_ref().map(|(at, _)| *at);
        let protected_at = active_at.max(seen_at);
        self.removals
            .iter()
            .filter_map(|removal| Some((removal.device, removal.finish.as_ref()?)))
            .filter(|(_, finish)| finish.outcome.leaves_unprotected())
            .filter(|(_, finish)| protected_at.is_none_or(|seen| seen < finish.at))
            .filter(|(device, _)| self.protection_shown(*device).is_none())
            .map(|(_, finish)| finish.at)
            .min()
    }
}

/// When the device was started, on the desk's clock: as long before the scan as it ran by its own,
/// which may go wrong. Later than it was, where the files lay about before they were read.
fn started_at(after: &KeptScan) -> Option<Moment> {
    let time = |text: &Option<String>| {
        NaiveDateTime::parse_from_str(text.as_deref()?, "%Y%m%d%H%M%S").ok()
    };
    let ran = time(&after.scan.clock)?.signed_duration_since(time(&after.scan.booted)?);
    Some(after.kept_at.plus_ms(ran.num_milliseconds().checked_neg()?))
}

/// Whether the product is said to be off the device.
pub(super) fn has_uninstalled(removal: &Removal) -> bool {
    removal.by == RemovedBy::Customer || removal.ticked_at(Check::Uninstalled).is_some()
}

#[cfg(test)]
mod tests;
