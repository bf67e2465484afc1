//! Where exports belong that may be more of the scan before, a better one, or the one after.

use super::super::data::{CaseData, ScanAsked, count};
use crate::domain::removal::Check;
use crate::ui::action::{Action, ScanPlace};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::text::text;
use egui::Ui;

/// What is picked; `None` for what is offered first.
#[derive(Debug, Default)]
pub(super) struct Draft {
    picked: Option<ScanPlace>,
}

/// Draws the dialog's body.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut Draft,
    data: &CaseData<'_>,
    asked: &ScanAsked<'_>,
) -> Option<Action> {
    let case = &data.file.case;
    let before = case.scan(asked.before)?;
    let words = format!(
        "{} shows {}. A scan before was taken at {}, with {}.",
        asked.names,
        count(asked.n_found, "trace"),
        data.clock(before.kept_at),
        count(before.scan.found().count(), "trace"),
    );
    text(ui, Type::Body, Ink::Body, &words);
    let ticks = case.ticks_to_after(before.device);
    let removal = if ticks.is_some() { Removal::Runs } else { Removal::RunsNot };
    let places = places(asked, removal);
    let labels: Vec<&str> = places.iter().map(|place| label(*place)).collect();
    let wanted = draft.picked.filter(|place| places.contains(place));
    let mut picked = places.iter().position(|place| Some(*place) == wanted).or(Some(0));
    let mut choice = Choice::new("Which scan is it", &labels);
    if draft.picked.is_none() {
        choice = choice.focused();
    }
    choice.show(ui, &mut picked);
    draft.picked = picked.and_then(|idx| places.get(idx)).copied();
    let method = case.removal_of(before.device).map(|removal| removal.method);
    if let (Some(ScanPlace::After), Some(ticks), Some(method)) = (draft.picked, ticks, method) {
        let ticked: Vec<&str> = ticks.iter().map(|check: &Check| check.label(method)).collect();
        let words = format!("You say with it, and it is ticked: {}", ticked.join(", "));
        text(ui, Type::Secondary, Ink::Muted, &words);
    }
    ui.add_space(scale::SPACE_1);
    let key = UiCommand::Finish.key_text();
    let row = [Button::secondary("Keep nothing").key("Esc"), Button::primary("Keep it").key(&key)];
    let pressed = buttons_right(ui, &row);
    if pressed == Some(0) {
        return Some(Action::CloseDialog);
    }
    let is_asked = pressed == Some(1) || data.command == Some(UiCommand::Finish);
    let place = draft.picked.filter(|_| is_asked && !data.is_busy)?;
    draft.picked = None;
    Some(Action::PlaceScan(place))
}

/// Whether there can be a scan after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Removal {
    Runs,
    RunsNot,
}

/// What can be picked, what is likely first. While no removal runs there is no scan after it.
fn places(asked: &ScanAsked<'_>, removal: Removal) -> Vec<ScanPlace> {
    let mut places = Vec::new();
    if removal == Removal::Runs {
        places.push(ScanPlace::After);
    }
    if asked.can_add {
        places.push(ScanPlace::MoreOfBefore);
    }
    places.push(ScanPlace::Before);
    places
}

const fn label(place: ScanPlace) -> &'static str {
    match place {
        ScanPlace::After => "The scan after",
        ScanPlace::MoreOfBefore => "More of the scan before",
        ScanPlace::Before => "Instead of the scan before",
    }
}
