//! The checklist of a removal: Space ticks, and the cursor moves on.

use super::super::data::CaseData;
use super::super::draft::CaseDraft;
use super::evidence::{Evidence, row_ui, side_shown};
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::evidence::kept::Side;
use crate::domain::removal::{Check, Removal};
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::widgets::Selection;
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::focus::{at_first_sight, when_nowhere};
use egui::{Key, Ui};

/// Draws the rows of `ahead`, the removal with ticks that are on their way, and the scans among
/// them. What the scans show needs no tick.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    (device, ahead, evidence): (&Device, &Removal, &Evidence<'_>),
) -> Option<Action> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let next = Check::ALL.into_iter().find(|check| !is_done(ahead, *check, data));
    let scan = scan_next(data, evidence, next);
    let mut asked = None;
    for check in Check::ALL {
        let side = match check {
            Check::DataSaved => Some(Side::Before),
            Check::LeftoversChecked => Some(Side::After),
            Check::Uninstalled | Check::Restarted | Check::ProtectionOn => None,
        };
        if let Some(side) = side {
            let is_next = scan == Some(side);
            let (row, taken) = row_ui(ui, data, evidence, (side, is_next.into()));
            if is_next {
                at_first_sight(&row);
                when_nowhere(&row);
            }
            // Space ticks, wherever the focus is in the list; S and Enter take the scan.
            let is_tick = row.has_focus() && ui.input(|input| input.key_pressed(Key::Space));
            match next.filter(|_| is_next && is_tick) {
                Some(check) => asked = asked.or(pressed(draft, data, (ahead, check))),
                None => asked = asked.or(taken),
            }
        }
        if is_hidden(ahead, check, data) {
            continue;
        }
        let turn = match (next == Some(check), scan) {
            (false, _) => Turn::Later,
            (true, Some(_)) => Turn::Beside,
            (true, None) => Turn::Next,
        };
        if check_ui(ui, data, (device, ahead, check), turn) {
            asked = asked.or(pressed(draft, data, (ahead, check)));
        }
    }
    asked
}

/// Whether a scan stands in the place of an item: the after-scan is the look for leftovers, if it
/// shows enough.
fn is_hidden(ahead: &Removal, check: Check, data: &CaseData<'_>) -> bool {
    let is_shown = check == Check::LeftoversChecked && is_done(ahead, check, data);
    is_shown && ahead.ticked_at(check).is_none()
}

/// `3 of 5 done`, of the boxes that are shown.
pub(super) fn progress(ahead: &Removal, data: &CaseData<'_>) -> String {
    let is_shown = |check: &Check| !is_hidden(ahead, *check, data);
    let shown: Vec<Check> = Check::ALL.into_iter().filter(is_shown).collect();
    let n_done = shown.iter().filter(|check| is_done(ahead, **check, data)).count();
    format!("{n_done} of {} done", shown.len())
}

/// Whether an item of the checklist is what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Next,
    /// It is, but a scan is the better way.
    Beside,
    Later,
}

/// Draws an item; true when it was pressed.
fn check_ui(
    ui: &mut Ui,
    data: &CaseData<'_>,
    (device, ahead, check): (&Device, &Removal, Check),
    turn: Turn,
) -> bool {
    let w = UiCommand::ProtectionSeen.key_text();
    let note = note(ahead, check, device, data);
    let is_done = is_done(ahead, check, data);
    let mut row = CheckRow::new(check.label(ahead.method))
        .checked(is_done)
        .note(&note)
        .selected(Selection::from(turn == Turn::Next));
    if check == Check::ProtectionOn && !is_done {
        row = row.key(&w);
    } else if turn != Turn::Later {
        row = row.key("Space");
    }
    let response = row.show(ui);
    if turn == Turn::Next {
        at_first_sight(&response);
        when_nowhere(&response);
    }
    response.clicked()
}

/// Ticks, or takes a tick back.
fn pressed(
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    (ahead, check): (&Removal, Check),
) -> Option<Action> {
    let is_ticked = ahead.ticked_at(check).is_some();
    if !is_ticked && ahead.why_not_yet(check).is_none() {
        draft.ticks.ask(ahead.id, check);
        return None;
    }
    let (case, removal) = (data.file.case.id, ahead.id);
    let unticked = Change::CheckUnticked { case, removal, check };
    (is_ticked && !data.is_busy).then_some(Action::Record(unticked))
}

/// The scan that is to be taken now: something new lies in the watched folder, or it is time to
/// look for leftovers.
pub(super) fn scan_next(
    data: &CaseData<'_>,
    evidence: &Evidence<'_>,
    next: Option<Check>,
) -> Option<Side> {
    let side = side_shown(data, evidence);
    let is_time = match side {
        Side::Before => false,
        Side::After => next == Some(Check::LeftoversChecked) && evidence.after.is_none(),
    };
    (is_time || !data.intake.offer(side).is_empty()).then_some(side)
}

/// Whether it is ticked, or the scans show it.
pub(super) fn is_done(ahead: &Removal, check: Check, data: &CaseData<'_>) -> bool {
    let case = &data.file.case;
    case.done_at(ahead, check).is_some()
        || (check == Check::ProtectionOn && case.protection_shown(ahead.device).is_some())
}

/// When it was done, what shows it, why it can't be done yet, or what to look at.
fn note(ahead: &Removal, check: Check, device: &Device, data: &CaseData<'_>) -> String {
    let case = &data.file.case;
    let in_file = case.removal(ahead.id).and_then(|removal| removal.ticked_at(check));
    let by_scan = match check {
        Check::ProtectionOn => case
            .protection_shown(ahead.device)
            .map(|shown| format!("{}, shown by the scan {}", shown.name, data.clock(shown.at))),
        _ if ahead.ticked_at(check).is_none() => {
            case.done_at(ahead, check).map(|at| format!("shown by the scan {}", data.clock(at)))
        }
        _ => None,
    };
    match (in_file, by_scan, ahead.why_not_yet(check)) {
        (Some(at), ..) => data.clock(at),
        (None, Some(shown), _) => shown,
        (None, None, Some(why)) => why.to_owned(),
        (None, None, None) => check.hint(device.platform).to_owned(),
    }
}
