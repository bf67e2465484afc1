//! What is typed about a removal, and ticks that are on their way to the file.

use super::super::data::{CaseData, lowered};
use super::evidence::{Evidence, ScansDraft};
use crate::domain::device::{Device, Platform};
use crate::domain::entry::Change;
use crate::domain::evidence::kept::KeptScan;
use crate::domain::id::{RemovalId, ScanId};
use crate::domain::removal::{Check, Finish, Method, Outcome, Removal, RemovedBy};
use crate::ui::action::Action;
use std::collections::VecDeque;

/// How a removal ended, before the words are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Shown,
    Removed,
    Leftovers,
    ByCustomer,
    AtHome,
    NotRemoved,
}

impl End {
    /// What can be chosen, by who removes and what the scans show: nobody states that nothing is
    /// left where a scan shows it, or shows what is.
    pub(super) fn all(by: RemovedBy, evidence: &Evidence<'_>) -> &'static [Self] {
        let is_left = evidence.n_left().is_some_and(|n_left| n_left > 0);
        match by {
            RemovedBy::Technician if evidence.shown.is_ok() => {
                &[Self::Shown, Self::Leftovers, Self::NotRemoved]
            }
            RemovedBy::Technician if is_left => &[Self::Leftovers, Self::NotRemoved],
            RemovedBy::Technician => &[Self::Removed, Self::Leftovers, Self::NotRemoved],
            RemovedBy::Customer if evidence.shown.is_ok() => {
                &[Self::Shown, Self::AtHome, Self::NotRemoved]
            }
            RemovedBy::Customer if is_left => &[Self::Leftovers, Self::AtHome, Self::NotRemoved],
            RemovedBy::Customer => &[Self::ByCustomer, Self::AtHome, Self::NotRemoved],
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Shown => "Removed, shown by the scan",
            Self::Removed => "Nothing is left",
            Self::Leftovers => "Leftovers remain",
            Self::ByCustomer => "Removed by the customer",
            Self::AtHome => "Will remove it at home",
            Self::NotRemoved => "Not removed",
        }
    }
}

/// Whether it is asked how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// After the restart.
    Later,
    /// Now, and the cursor is sent there, once.
    Sent,
    /// Now: before the restart it could not be removed.
    Open,
}

/// What is typed about the removal from one device.
#[derive(Debug, Clone)]
pub(in crate::ui::views::case) struct RemovalDraft {
    pub(super) by: RemovedBy,
    pub(super) method: Method,
    pub(super) product: String,
    pub(super) version: String,
    /// Whether a removal that runs is being described anew.
    pub(super) is_form_open: bool,
    /// What was chosen; see [`Self::end`] for what follows where nothing was.
    pub(super) chosen: Option<End>,
    pub(super) question: Question,
    pub(super) statement: String,
    pub(super) reason: String,
    pub(super) notes: String,
    pub(super) scans: ScansDraft,
    /// Whether starting or finishing was tried, so that errors are shown.
    pub(super) is_tried: bool,
    /// The scan that last told which product it is.
    told_by: Option<ScanId>,
}

impl RemovalDraft {
    /// Begins with what is in the file, else with the usual way and the subscription's product.
    pub(super) fn new(device: &Device, data: &CaseData<'_>) -> Self {
        let known = data.file.case.removal_of(device.id);
        let usual = Method::for_platform(device.platform).first().copied();
        let product = data.file.subscription.as_ref().map(|subscription| &subscription.product);
        let vendor = &data.settings.campaign.withdrawn_vendor;
        let by = known.map_or(RemovedBy::Technician, |removal| removal.by);
        Self {
            by,
            method: known.map_or(usual.unwrap_or(Method::SystemReinstalled), |known| known.method),
            product: known.map_or(product.unwrap_or(vendor), |known| &known.product).clone(),
            version: known.map(|known| known.version.clone()).unwrap_or_default(),
            is_form_open: false,
            chosen: None,
            question: Question::Later,
            statement: statement(device.platform),
            reason: String::new(),
            notes: String::new(),
            scans: ScansDraft::default(),
            is_tried: false,
            told_by: None,
        }
    }

    /// Fills in once what a scan before tells, where nobody typed it; it can be typed over.
    pub(super) fn tell(&mut self, before: Option<&KeptScan>, vendor: &str) {
        let Some(before) = before.filter(|before| self.told_by != Some(before.id)) else { return };
        self.told_by = Some(before.id);
        let Some(seen) = before.product_seen() else { return };
        if self.version.trim().is_empty() {
            self.version = seen.version;
        }
        if self.product.trim().is_empty() || self.product.trim() == vendor {
            self.product = seen.name;
        }
    }

    /// How it ended, as far as that is clear: what was chosen, or what the scan shows. A word is
    /// asked for, never assumed.
    pub(super) fn end(&self, evidence: &Evidence<'_>) -> Option<End> {
        let all = End::all(self.by, evidence);
        let chosen = self.chosen.filter(|end| all.contains(end));
        chosen.or(evidence.shown.as_ref().ok().map(|_| End::Shown))
    }

    /// Takes what was chosen. What the scan still shows is the reason beforehand.
    pub(super) fn choose(&mut self, end: Option<End>, leftovers: Option<String>) {
        self.chosen = end;
        if end == Some(End::Leftovers) && self.reason.trim().is_empty() {
            self.reason = leftovers.unwrap_or_default();
        }
    }

    /// The removal as it is typed.
    pub(super) fn removal(&self, id: RemovalId, device: &Device, data: &CaseData<'_>) -> Removal {
        Removal {
            id,
            device: device.id,
            by: self.by,
            method: self.method,
            product: self.product.trim().to_owned(),
            version: self.version.trim().to_owned(),
            started_at: data.now,
            checks: Vec::new(),
            finish: None,
        }
    }

    /// The end as it is typed; `None` until one is chosen.
    pub(super) fn finish(&self, data: &CaseData<'_>, evidence: &Evidence<'_>) -> Option<Finish> {
        let text = |text: &String| text.trim().to_owned();
        let outcome = match self.end(evidence)? {
            End::Shown => Outcome::RemovedAsShown { proof: evidence.shown.clone().ok()? },
            End::Removed => Outcome::RemovedAsStated { statement: text(&self.statement) },
            End::Leftovers => Outcome::LeftoversRemain { reason: text(&self.reason) },
            End::ByCustomer => Outcome::RemovedByCustomer,
            End::AtHome => Outcome::LeftToCustomer,
            End::NotRemoved => Outcome::NotRemoved { reason: text(&self.reason) },
        };
        Some(Finish { at: data.now, outcome, notes: text(&self.notes) })
    }
}

/// What a technician usually states, to be changed where it was otherwise.
fn statement(platform: Platform) -> String {
    format!("Looked at {}: nothing is left", lowered(Check::LeftoversChecked.hint(platform)))
}

/// Ticks that were asked for and are not in the file yet, so that a fast hand loses none.
#[derive(Debug, Default)]
pub(in crate::ui::views::case) struct Ticks {
    asked: VecDeque<(RemovalId, Check)>,
    is_sent: bool,
}

impl Ticks {
    /// Asks for a tick.
    pub(super) fn ask(&mut self, removal: RemovalId, check: Check) {
        self.asked.push_back((removal, check));
    }

    /// The removal with the ticks that are on their way.
    pub(super) fn ahead(&self, removal: &Removal) -> Removal {
        let mut ahead = removal.clone();
        for (id, check) in &self.asked {
            if *id == removal.id && ahead.ticked_at(*check).is_none() {
                ahead.checks.push((*check, removal.started_at));
            }
        }
        ahead
    }

    /// The next tick to send. One that was sent and did not arrive was refused: the rest is
    /// dropped with it.
    pub(super) fn next(&mut self, data: &CaseData<'_>) -> Option<Action> {
        let case = &data.file.case;
        while let Some((id, check)) = self.asked.front().copied() {
            let removal = case.removal(id);
            if removal.is_some_and(|removal| removal.ticked_at(check).is_some()) {
                self.asked.pop_front();
                self.is_sent = false;
                continue;
            }
            if data.is_busy {
                return None;
            }
            let is_allowed = removal.is_some_and(|removal| removal.why_not_yet(check).is_none());
            if self.is_sent || !is_allowed {
                *self = Self::default();
                return None;
            }
            self.is_sent = true;
            return Some(Action::Record(Change::CheckTicked { case: case.id, removal: id, check }));
        }
        None
    }
}
