//! May a scan be kept or dropped, and may a removal end as the scans of its device say?
//!
//! Decided: an after-scan before the uninstall is ticked is refused, not taken as one before: which
//! side a scan stands on is the technician's word, and the refusal says what to do. It can prove
//! nothing anyway, but the table of before and after would lie. What a finished removal rests on
//! stays until its end is taken back; newer scans may follow, and count. A scan whose alert nobody
//! answered is not taken back.

use super::Refusal;
use crate::domain::case::Case;
use crate::domain::evidence::kept::{KeptScan, ScanGap, Side};
use crate::domain::evidence::proof::NotShown;
use crate::domain::evidence::trace::Verdict;
use crate::domain::id::ScanId;
use crate::domain::removal::{Outcome, Removal};

/// Why scans of a device do not allow a change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceRefusal {
    /// The scan can't be kept as it is.
    #[error("the scan can't be kept: {0}")]
    Scan(ScanGap),
    /// Another scan under the same id.
    #[error("another scan is kept under this number")]
    Differs,
    /// More scans than a case keeps.
    #[error("this case keeps no more scans; drop one first")]
    TooMany,
    /// An after-scan before the uninstall.
    #[error(
        "an after-scan comes after the uninstall; tick that first, or keep this scan as before"
    )]
    AfterTooEarly,
    /// Its alert stands.
    #[error(
        "the alert of this scan stands until a later scan shows the filter mended, or a lead says that it may go on"
    )]
    Alarming,
    /// A removal ended by this scan.
    #[error("the removal has ended by this scan; take back its end first")]
    InUse,
    /// The scans do not show that nothing is left.
    #[error("it is not shown to be gone: {0}")]
    NotShown(NotShown),
    /// The scans show something else than was said.
    #[error("the scans have changed; look at them again")]
    ProofDiffers,
    /// The after-scan shows that it is there.
    #[error("the after-scan shows that it is still installed")]
    StillInstalled,
    /// The after-scan shows what is left.
    #[error("the after-scan still shows {0}, so nobody can state that nothing is left")]
    StillLeft(String),
}

/// Scans that one case keeps.
const SCANS_MAX: usize = 64;

pub(super) fn kept(case: &Case, scan: &KeptScan) -> Result<(), Refusal> {
    scan.check().map_err(EvidenceRefusal::Scan)?;
    if let Some(old) = case.scan(scan.id) {
        // Pinned or let go: the lines alone differ.
        return if old.is_same_reading(scan) {
            Ok(())
        } else {
            Err(EvidenceRefusal::Differs.into())
        };
    }
    if case.closed.is_some() {
        return Err(Refusal::CaseClosed);
    }
    if case.scans.len() >= SCANS_MAX {
        return Err(EvidenceRefusal::TooMany.into());
    }
    if !case.devices().iter().any(|device| device.id == scan.device) {
        return Err(Refusal::Missing("the device"));
    }
    if scan.side == Side::After && case.side_now(scan.device) == Side::Before {
        return Err(EvidenceRefusal::AfterTooEarly.into());
    }
    Ok(())
}

pub(super) fn dropped(case: &Case, scan: ScanId) -> Result<(), Refusal> {
    let kept = case.scan(scan).ok_or(Refusal::Missing("the scan"))?;
    // Taking it back would silence the alert, and nobody would have mended anything.
    if kept.scan.danger().is_some() && !case.is_danger_answered(kept.device) {
        return Err(EvidenceRefusal::Alarming.into());
    }
    let rests_on_it = |removal: &Removal| match removal.finish.as_ref().map(|end| &end.outcome) {
        Some(Outcome::RemovedAsShown { proof }) => {
            proof.after == scan || proof.before == Some(scan)
        }
        Some(_) | None => false,
    };
    if case.removals.iter().any(rests_on_it) { Err(EvidenceRefusal::InUse.into()) } else { Ok(()) }
}

/// Whether the outcome says no more than the scans, and nothing that they speak against.
pub(super) fn fits(case: &Case, removal: &Removal, outcome: &Outcome) -> Result<(), Refusal> {
    if !outcome.has_reason() && !case.is_danger_answered(removal.device) {
        return Err(Refusal::Danger);
    }
    match outcome {
        Outcome::RemovedAsShown { proof } => match case.shown(removal.device) {
            Ok(shown) if shown == *proof => Ok(()),
            Ok(_) => Err(EvidenceRefusal::ProofDiffers.into()),
            Err(why) => Err(EvidenceRefusal::NotShown(why).into()),
        },
        Outcome::RemovedAsStated { .. } | Outcome::RemovedByCustomer => {
            let after = case.scan_of(removal.device, Side::After);
            if after.is_some_and(|after| after.scan.verdict == Verdict::Installed) {
                return Err(EvidenceRefusal::StillInstalled.into());
            }
            match case.leftovers(removal.device) {
                Some(left) => Err(EvidenceRefusal::StillLeft(left).into()),
                None => Ok(()),
            }
        }
        Outcome::LeftoversRemain { .. } | Outcome::LeftToCustomer | Outcome::NotRemoved { .. } => {
            Ok(())
        }
    }
}
