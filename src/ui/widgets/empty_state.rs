//! An empty page: one line that says what belongs here, and the one thing to do.

use egui::Ui;

use super::button::Button;
use super::icon::{Icon, icon};
use super::text::text;
use crate::ui::theme::{Ink, Type, scale};

/// Draws the line and the button in the middle; true when the button was pressed.
pub fn empty_state(ui: &mut Ui, mark: Icon, words: &str, action: Option<Button<'_>>) -> bool {
    ui.vertical_centered(|ui| {
        ui.add_space(scale::SPACE_8);
        icon(ui, mark, scale::SPACE_8, Ink::Muted);
        text(ui, Type::Body, Ink::Body, words);
        ui.add_space(scale::SPACE_1);
        let is_pressed = action.is_some_and(|button| button.show(ui).clicked());
        ui.add_space(scale::SPACE_8);
        is_pressed
    })
    .inner
}
