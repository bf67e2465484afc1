//! The checklist of a removal: Space ticks, and the cursor moves on.

use super::super::data::CaseData;
use super::super::draft::CaseDraft;
use crate::domain::device::Device;
use crate::domain::entry::Change;
use crate::domain::removal::{Check, Removal};
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::widgets::Selection;
use crate::ui::widgets::check_row::CheckRow;
use crate::ui::widgets::focus::at_first_sight;
use egui::Ui;

/// Draws the rows of `ahead`, the removal with ticks that are on their way.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    shown: (&Device, &Removal),
) -> Option<Action> {
    let (device, ahead) = shown;
    ui.spacing_mut().item_spacing.y = 0.0;
    let next = Check::ALL.into_iter().find(|check| ahead.ticked_at(*check).is_none());
    let w = UiCommand::ProtectionSeen.key_text();
    let mut asked = None;
    for check in Check::ALL {
        let is_next = next == Some(check);
        let note = note(ahead, check, device, data);
        let is_ticked = ahead.ticked_at(check).is_some();
        let mut row = CheckRow::new(check.label(ahead.method))
            .checked(is_ticked)
            .note(&note)
            .selected(Selection::from(is_next));
        if check == Check::ProtectionOn && !is_ticked {
            row = row.key(&w);
        } else if is_next {
            row = row.key("Space");
        }
        let response = row.show(ui);
        if is_next {
            at_first_sight(&response);
        }
        if !response.clicked() {
            continue;
        }
        if !is_ticked && ahead.why_not_yet(check).is_none() {
            draft.ticks.ask(ahead.id, check);
        } else if is_ticked && !data.is_busy {
            asked = Some(Action::Record(Change::CheckUnticked {
                case: data.file.case.id,
                removal: ahead.id,
                check,
            }));
        }
    }
    asked
}

/// When it was done, why it can't be done yet, or what to look at.
fn note(ahead: &Removal, check: Check, device: &Device, data: &CaseData<'_>) -> String {
    let in_file = data.file.case.removal(ahead.id).and_then(|removal| removal.ticked_at(check));
    match (in_file, ahead.why_not_yet(check)) {
        (Some(at), _) => data.clock(at),
        (None, Some(why)) => why.to_owned(),
        (None, None) => check.hint(device.platform).to_owned(),
    }
}
