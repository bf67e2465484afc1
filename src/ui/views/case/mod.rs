//! One customer's visit on one screen: check-in, removal, replacement, handing over.
//!
//! All steps are visible and one is open; the message and the main button stand at the bottom, the
//! timeline at the side. The view keeps what is typed, by case, so that a draft survives leaving
//! the page. What may happen is asked of [`crate::domain::guard`], the same that the file asks.

mod alarms;
mod bar;
mod check_in;
mod data;
mod dialogs;
mod done;
mod draft;
mod header;
mod obey;
mod removal;
mod replacement;
mod stage;
mod subscription_card;
mod timeline;
mod why_not;

pub use data::{CaseData, ScanAsked, ScanIntake, ScanReading};

#[cfg(test)]
mod keyboard_tests;
#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod scan_samples;
#[cfg(test)]
mod tests;

use crate::domain::id::CaseId;
use crate::ui::action::{Action, Dialog, ScanTarget};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Actions, PageArea, Split};
use crate::ui::theme::scale;
use crate::ui::widgets::step_card::{OPEN_FRAME_HEIGHT, StepCard, StepState};
use draft::{CaseDraft, Sight};
use egui::{Align, Rect, ScrollArea, Ui, vec2};
use stage::Stage;
use std::collections::BTreeMap;
use timeline::Length;

/// Subscription and timeline fit into this; in a lower window they scroll together.
const SIDE_HEIGHT_MIN: f32 = 440.0;

/// The page of a case. Keeps what is typed until it is recorded.
#[derive(Default)]
pub struct CaseView {
    drafts: BTreeMap<CaseId, CaseDraft>,
    /// What the last frame showed; the head of another step is scrolled to.
    seen: Option<(CaseId, Stage)>,
}

impl CaseView {
    /// Draws the case; at most one thing is asked for.
    pub fn ui(&mut self, ui: &mut Ui, data: &CaseData<'_>) -> Option<Action> {
        let seen = self.seen;
        let draft = self.draft(data);
        let from_keys =
            draft.take_command(data).and_then(|command| obey::obey(draft, data, command));
        let now_seen = Some((data.file.case.id, draft.stage(data)));
        draft.sight = if seen == now_seen { Sight::Known } else { Sight::New };
        let area = PageArea::new(ui, Actions::Bar);
        let from_page = if Split::is_stacked(ui) {
            area.scrolling_body(ui, |ui| stacked_ui(ui, draft, data))
        } else {
            area.still_body(ui, |ui| split_ui(ui, draft, data))
        };
        let from_bar = bar::ui(ui, &area, draft, data)
            .filter(|_| !data.is_busy)
            .and_then(|command| obey::obey(draft, data, command));
        let asked = from_keys.or(from_page).or(from_bar).or_else(|| draft.next_wish(data));
        self.seen = now_seen;
        asked
    }

    /// What can't be done in the case as it stands, and why.
    pub fn blocked(&mut self, data: &CaseData<'_>) -> Vec<(UiCommand, &'static str)> {
        let draft = self.draft(data);
        let why = |command| Some((command, why_not::why_not(draft, data, command)?));
        UiCommand::ALL.into_iter().filter_map(why).collect()
    }

    /// Draws a dialog of the case over the page. [`Action::CloseDialog`] closes it; what was typed
    /// stays until [`Self::dialog_recorded`]. `None` also for dialogs of other pages.
    pub fn dialog_ui(
        &mut self,
        ctx: &egui::Context,
        dialog: &Dialog,
        data: &CaseData<'_>,
    ) -> Option<Action> {
        let draft = self.draft(data);
        dialogs::ui(ctx, dialog, draft, data)
    }

    /// What the open dialog asked for is in the file: its draft is done with.
    pub fn dialog_recorded(&mut self, case: CaseId) {
        if let Some(draft) = self.drafts.get_mut(&case) {
            draft.dialogs = dialogs::Drafts::default();
        }
    }

    /// A code was scanned. Whether the case took it: only where the cursor stands in a serial
    /// number, and then it replaces what was there.
    pub fn take_scan(&mut self, case: CaseId, code: &str) -> bool {
        let check_in = self.drafts.get_mut(&case).and_then(|draft| draft.check_in.as_mut());
        check_in.is_some_and(|check_in| check_in.take_scan(code))
    }

    /// Of what a scan is taken that is dropped or pasted now, or why none can be.
    pub fn scan_target(&mut self, data: &CaseData<'_>) -> Result<ScanTarget, &'static str> {
        let draft = self.draft(data);
        removal::scan_target(draft, data)
    }

    fn draft(&mut self, data: &CaseData<'_>) -> &mut CaseDraft {
        let draft = self.drafts.entry(data.file.case.id).or_default();
        draft.keep_up(data);
        draft
    }
}

/// One below the other, in the page's own scroll area.
fn stacked_ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    alarms::ui(ui, data);
    ui.scope(|ui| header::ui(ui, data));
    let main = ui.scope(|ui| steps_ui(ui, draft, data, 0.0)).inner;
    let side = side_ui(ui, draft, data, Length::Grows);
    main.or(side)
}

fn split_ui(ui: &mut Ui, draft: &mut CaseDraft, data: &CaseData<'_>) -> Option<Action> {
    alarms::ui(ui, data);
    let split = Split::new(ui, scale::SIDE_WIDTH);
    let main = split.main(ui, |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_2;
        ui.scope(|ui| header::ui(ui, data));
        let room = ui.available_height();
        let area = ScrollArea::vertical().id_salt("steps").auto_shrink(false);
        area.show(ui, |ui| steps_ui(ui, draft, data, room)).inner
    });
    let side = split.side(ui, |ui| {
        if ui.available_height() >= SIDE_HEIGHT_MIN {
            return side_ui(ui, draft, data, Length::Fills);
        }
        let area = ScrollArea::vertical().id_salt("side").auto_shrink(false);
        area.show(ui, |ui| side_ui(ui, draft, data, Length::Grows)).inner
    });
    main.or(side)
}

fn side_ui(ui: &mut Ui, draft: &CaseDraft, data: &CaseData<'_>, length: Length) -> Option<Action> {
    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
    let card = match draft.stage(data) {
        Stage::CheckIn | Stage::Replacement => subscription_card::ui(ui, data),
        Stage::Removal | Stage::HandOver | Stage::Closed => None,
    };
    let timeline = timeline::ui(ui, data, length);
    card.or(timeline)
}

/// The three steps, filling `height`; after them, what is left to do with the customer.
fn steps_ui(
    ui: &mut Ui,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
    height: f32,
) -> Option<Action> {
    // A step's head and body stand close together; the space between steps is added by hand.
    ui.spacing_mut().item_spacing.y = 0.0;
    let shown = draft.stage(data);
    let n_closed = if matches!(shown, Stage::HandOver | Stage::Closed) { 3.0 } else { 2.0 };
    let closed = n_closed * (scale::LIST_ROW_HEIGHT + scale::SPACE_3);
    let room = (height - closed - OPEN_FRAME_HEIGHT).max(0.0);
    let mut asked = None;
    for stage in [Stage::CheckIn, Stage::Removal, Stage::Replacement] {
        let line = stage::line(stage, draft, data);
        let state = match (stage == shown, line.is_done) {
            (true, _) => StepState::Open,
            (false, true) => StepState::Done,
            (false, false) => StepState::Waiting,
        };
        let mut card = StepCard::new(stage.number(), line.title)
            .state(state)
            .subtitle(&line.subtitle)
            .right(&line.right);
        let key = line.edit.map(|(_, command)| command.key_text()).unwrap_or_default();
        if let Some((label, _)) = line.edit {
            card = card.edit(label, &key);
        }
        if state == StepState::Open && draft.sight == Sight::New {
            to_top(ui);
        }
        let response = card.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = scale::SPACE_2;
            ui.set_min_height(room);
            step_ui(ui, stage, draft, data)
        });
        if response.is_edit_asked
            && let Some((_, command)) = line.edit
        {
            asked = asked.or(obey::obey(draft, data, command));
        }
        asked = asked.or(response.inner.flatten());
        if stage != Stage::Replacement {
            ui.add_space(scale::SPACE_3);
        }
    }
    if matches!(shown, Stage::HandOver | Stage::Closed) {
        ui.add_space(scale::SPACE_3);
        if draft.sight == Sight::New {
            to_top(ui);
        }
        asked = asked.or(done::ui(ui, data, shown));
    }
    asked
}

/// Scrolls so that what is drawn next begins at the top: after a step the eye looks there. What
/// gets the focus is scrolled to a frame later, and only as far as it must be.
fn to_top(ui: &Ui) {
    let head = Rect::from_min_size(ui.cursor().min, vec2(1.0, OPEN_FRAME_HEIGHT));
    ui.scroll_to_rect(head, Some(Align::Min));
}

fn step_ui(
    ui: &mut Ui,
    stage: Stage,
    draft: &mut CaseDraft,
    data: &CaseData<'_>,
) -> Option<Action> {
    match stage {
        Stage::CheckIn => {
            check_in::ui(ui, draft.check_in_mut(data), data);
            None
        }
        Stage::Removal => removal::ui(ui, draft, data),
        Stage::Replacement => replacement::ui(ui, draft, data),
        Stage::HandOver | Stage::Closed => None,
    }
}
