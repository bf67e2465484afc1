//! What was done in the case, the latest first, with a link to add a note.

use super::data::CaseData;
use crate::domain::time::short_day_text;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card, divider};
use crate::ui::widgets::text::text;
use crate::ui::widgets::timeline::entry;
use egui::{Role, ScrollArea, Ui, UiBuilder};

/// How long the timeline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Down to the bottom of the page; its list scrolls.
    Fills,
    /// As long as its list; what is around it scrolls.
    Grows,
}

/// Draws the timeline.
pub(super) fn ui(ui: &mut Ui, data: &CaseData<'_>, length: Length) -> Option<Action> {
    let grows = length == Length::Grows;
    let room = ui.available_height() - 2.0 * (scale::SPACE_4 + scale::LINE);
    let room = if grows { 0.0 } else { room };
    let case = &data.file.case;
    let can_withdraw = case.closed.is_none() && case.replacement().is_none();
    card(ui, |ui| {
        ui.set_min_height(room.max(scale::LIST_ROW_HEIGHT));
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        let note = head_ui(ui);
        divider(ui);
        let foot = if can_withdraw { scale::CONTROL_HEIGHT + scale::SPACE_1 } else { 0.0 };
        let height = (ui.available_height() - foot).max(scale::LIST_ROW_HEIGHT);
        if grows {
            list_ui(ui, data);
        } else {
            let area = ScrollArea::vertical().id_salt("timeline").auto_shrink(false);
            area.max_height(height).show(ui, |ui| list_ui(ui, data));
        }
        let key = UiCommand::Withdraw.key_text();
        let withdraw = Button::link("Changed their mind…").key(&key);
        let is_over = can_withdraw && withdraw.show(ui).clicked();
        let note = note.then_some(Action::Open(Dialog::Note(case.id)));
        note.or(is_over.then_some(Action::Open(Dialog::Withdraw(case.id))))
    })
    .inner
}

fn head_ui(ui: &mut Ui) -> bool {
    let key = UiCommand::Note.key_text();
    let link = Button::link("+ Note").key(&key);
    ui.horizontal(|ui| {
        text(ui, Type::BodyStrong, Ink::Strong, "Timeline");
        let before = ui.available_width() - link.width(ui);
        ui.add_space(before.max(0.0));
        link.show(ui).clicked()
    })
    .inner
}

fn list_ui(ui: &mut Ui, data: &CaseData<'_>) {
    let list = UiBuilder::new().accessibility_role(Role::List).accessibility_label("Timeline");
    ui.scope_builder(list, |ui| entries_ui(ui, data));
}

fn entries_ui(ui: &mut Ui, data: &CaseData<'_>) {
    let zone = data.settings.desk.time_zone;
    let mut day = data.now.day(zone);
    let n_lines = data.file.timeline.len();
    for (idx, line) in data.file.timeline.iter().enumerate() {
        let on = line.at.day(zone);
        if on != day {
            text(ui, Type::Label, Ink::Muted, &short_day_text(on));
            day = on;
        }
        let shown = entry(ui, &data.clock(line.at), &line.what, &line.who);
        ui.ctx().accesskit_node_builder(shown.id, |node| {
            node.set_position_in_set(idx + 1);
            node.set_size_of_set(n_lines);
        });
    }
}
