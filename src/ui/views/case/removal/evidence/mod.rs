//! The scans before and after a removal: their rows in the checklist, the table of what became of
//! each trace, and what limits what they say.

mod detail;
mod limits;
mod rows;
mod table;

pub(super) use rows::{row_ui, side_shown};
pub(super) use table::pin_action;

use super::super::data::CaseData;
use crate::domain::case::DeviceEvidence;
use crate::domain::evidence::compare::Comparison;
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::domain::evidence::proof::{NotShown, Proof};
use crate::domain::evidence::trace::{Kind, Trace};
use crate::domain::id::{DeviceId, ScanId};
use crate::domain::removal::Check;
use crate::ui::action::Action;
use egui::Ui;

/// What the scans say about one device, put together once a frame.
pub(super) struct Evidence<'a> {
    pub(super) device: DeviceId,
    pub(super) before: Option<&'a KeptScan>,
    pub(super) after: Option<&'a KeptScan>,
    /// What became of each trace, where there are both.
    pub(super) comparison: Option<Comparison>,
    /// Whether they show that nothing is left.
    pub(super) shown: Result<Proof, NotShown>,
    /// Whether the restart is done: ticked, or shown to be after the uninstall.
    pub(super) is_restarted: bool,
    /// Whether an alert stands: the device must not be restarted as it is.
    pub(super) is_danger: bool,
}

impl<'a> Evidence<'a> {
    pub(super) fn of(data: &CaseData<'a>, device: DeviceId) -> Self {
        let case = &data.file.case;
        let (before, after, comparison) = match case.evidence_of(device) {
            DeviceEvidence::None => (None, None, None),
            DeviceEvidence::BeforeOnly(before) => (Some(before), None, None),
            DeviceEvidence::AfterOnly(after) => (None, Some(after), None),
            DeviceEvidence::Both { before, after, comparison } => {
                (Some(before), Some(after), Some(comparison))
            }
        };
        let removal = case.removal_of(device);
        let is_restarted =
            removal.is_some_and(|removal| case.done_at(removal, Check::Restarted).is_some());
        let is_danger = case.danger_of(device).is_some();
        let shown = case.shown(device);
        Self { device, before, after, comparison, shown, is_restarted, is_danger }
    }

    pub(super) fn scan(&self, side: Side) -> Option<&'a KeptScan> {
        match side {
            Side::Before => self.before,
            Side::After => self.after,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }

    /// How many traces the after-scan still shows, new ones too; `None` without one.
    pub(super) fn n_left(&self) -> Option<usize> {
        let after = self.after?;
        Some(match &self.comparison {
            Some(comparison) => {
                use crate::domain::evidence::compare::Fate::{New, StillThere};
                comparison.count(StillThere) + comparison.count(New)
            }
            None => after.scan.found().count(),
        })
    }
}

/// What is shown and opened of one device's scans.
#[derive(Debug, Clone, Default)]
pub(super) struct ScansDraft {
    /// The trace that is open.
    opened: Option<OpenTrace>,
    /// Whether all lines are shown of a long table, or of a scan that is not compared yet.
    is_long: bool,
    /// Whether that was asked for by a key in this frame: then they are scrolled to.
    is_turned: bool,
    /// The scans that were there in the last frame.
    seen: Seen,
}

/// Shows all lines, or fewer again.
pub(super) fn turn(draft: &mut ScansDraft) {
    draft.is_long ^= true;
    draft.is_turned = draft.is_long;
}

/// What the last frame showed, so that what came since can be scrolled to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Seen {
    /// There was no frame yet.
    #[default]
    Nothing,
    /// These, before and after.
    Scans(Option<ScanId>, Option<ScanId>),
}

/// Names a trace among the others of its device, however they are sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OpenTrace {
    kind: Kind,
    key: String,
    line: u64,
}

impl OpenTrace {
    fn of(trace: &Trace) -> Self {
        Self { kind: trace.kind, key: trace.key.clone(), line: trace.line }
    }
}

/// Whether the first line is to be looked at next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    /// It is left on the device, and has just been told.
    Focused,
    Quiet,
}

/// Draws the table and what stands under it; nothing while there is no scan.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut ScansDraft,
    data: &CaseData<'_>,
    evidence: &Evidence<'_>,
) -> Option<Action> {
    let before = evidence.before.map(|before| before.id);
    let after = evidence.after.map(|after| after.id);
    let seen = std::mem::replace(&mut draft.seen, Seen::Scans(before, after));
    let is_news = seen != Seen::Nothing && seen != draft.seen;
    let is_turned = std::mem::take(&mut draft.is_turned);
    if evidence.is_empty() {
        return None;
    }
    let is_left = evidence.n_left().is_some_and(|n_left| n_left > 0);
    let first = if is_news && is_left { First::Focused } else { First::Quiet };
    let shown = table::ui(ui, draft, data, (evidence, first));
    if is_news || is_turned {
        // What came of it is the next thing to read. After a scan before, the checklist goes on.
        let align = (after.is_some() || is_turned).then_some(egui::Align::Min);
        ui.scroll_to_rect(shown.response.rect, align);
    }
    shown.inner
}

/// `1 trace`, `7 traces`.
pub(super) fn traces(n_traces: usize) -> String {
    super::super::data::count(n_traces, "trace")
}
