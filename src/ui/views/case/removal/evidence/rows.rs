//! A scan as a row of the checklist: what it found and when, or how to take it.

use super::super::super::data::CaseData;
use super::{Evidence, traces};
use crate::domain::evidence::kept::{KeptScan, Side};
use crate::ui::action::{Action, ScanTarget};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone};
use crate::ui::widgets::Selection;
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::icon::Icon;
use egui::{Response, Ui};

/// Which side S takes for this device: shown in its row before it is taken.
pub(in super::super) fn side_shown(data: &CaseData<'_>, evidence: &Evidence<'_>) -> Side {
    data.file.case.side_next(evidence.device)
}

/// Draws the row of one side. A click takes a scan for this side, whichever S would take.
pub(in super::super) fn row_ui(
    ui: &mut Ui,
    data: &CaseData<'_>,
    evidence: &Evidence<'_>,
    (side, selection): (Side, Selection),
) -> (Response, Option<Action>) {
    let label = match side {
        Side::Before => "Scan before removal",
        Side::After => "Scan after removal",
    };
    let is_next = side_shown(data, evidence) == side;
    let note = note(data, evidence, side, is_next.into());
    let key = if is_next { UiCommand::TakeScan } else { UiCommand::TakeOtherScan }.key_text();
    let is_done = match side {
        Side::Before => evidence.before.is_some(),
        Side::After => evidence.shown.is_ok(),
    };
    let mark = match (is_done, evidence.scan(side)) {
        (true, _) => (Icon::CircleCheck, Ink::Tone(Tone::Ok)),
        (false, Some(_)) => (Icon::TriangleAlert, Ink::Tone(Tone::Warn)),
        (false, None) => (Icon::ScanLine, Ink::Muted),
    };
    let mut row = CheckRow::new(label).mark(mark).note(&note).selected(selection);
    if is_next || (side == Side::Before && evidence.before.is_none()) {
        row = row.key(&key);
    }
    // Before the removal runs there is no scan after it.
    let is_time = is_next || side == Side::Before;
    let response = row.show(ui);
    let is_asked = response.clicked() && is_time && data.file.case.closed.is_none();
    let target = ScanTarget { case: data.file.case.id, device: evidence.device, side };
    (response, is_asked.then_some(Action::TakeScan(target)))
}

/// Whether S takes this side now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Now,
    Later,
}

impl From<bool> for Turn {
    fn from(is_next: bool) -> Self {
        if is_next { Self::Now } else { Self::Later }
    }
}

fn note(data: &CaseData<'_>, evidence: &Evidence<'_>, side: Side, turn: Turn) -> String {
    let offered = data.intake.offer(side);
    if let Some(kept) = evidence.scan(side) {
        let taken = format!("{} · {}", found(evidence, kept), data.clock(kept.kept_at));
        return match turn {
            Turn::Now if !offered.is_empty() => format!("{taken} · new: {offered}"),
            Turn::Now | Turn::Later => taken,
        };
    }
    match (side, turn) {
        (_, Turn::Now) if !offered.is_empty() => format!("New: {offered}. Press S to take it"),
        (Side::After, Turn::Now) if data.file.case.side_now(evidence.device) == Side::Before => {
            "After the uninstall and the restart".to_owned()
        }
        (_, Turn::Now) => "Drop the exports here or press S".to_owned(),
        (Side::Before, Turn::Later) => "Not taken".to_owned(),
        (Side::After, Turn::Later) => "After the uninstall and the restart".to_owned(),
    }
}

/// What a scan found, in a few words.
fn found(evidence: &Evidence<'_>, kept: &KeptScan) -> String {
    match (kept.side, &evidence.comparison) {
        (Side::After, Some(comparison)) => comparison.summary(),
        _ => match kept.scan.found().count() {
            0 => super::super::super::data::sentence(kept.scan.verdict.label()),
            n_found => format!("{} found", traces(n_found)),
        },
    }
}
