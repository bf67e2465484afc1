//! Where exports of devices are looked for.

use egui::Ui;

use super::SettingsData;
use super::form::Form;
use crate::ui::action::Action;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::section_title;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::text::text;

/// Draws the part; the folder counts once it is saved.
pub(super) fn ui(ui: &mut Ui, form: &mut Form, data: &SettingsData<'_>) -> Option<Action> {
    section_title(ui, "Scans", "takes effect when it is saved");
    let field = Field::new("Watched folder").hint("E:\\ or another folder of a USB stick");
    let help =
        "What is new in it is offered on the page of a case: S takes it. The stick may come and go";
    let is_saved = form.watched_folder.trim() == data.settings.watched_folder;
    let is_gone = is_saved && data.is_folder_there == Some(false);
    let gone = is_gone.then_some("Not there now. What it holds is offered once it is");
    field.warning(gone).help(help).width(scale::TEXT_WIDTH_MAX).show(ui, &mut form.watched_folder);
    let off = Button::secondary("Off").icon(Icon::FolderX).salt("off");
    let is_off = form.watched_folder.trim().is_empty();
    let browse = Button::secondary("Browse…").icon(Icon::FolderSearch).salt("browse");
    let off = off.blocked(is_off.then_some("No folder is watched"));
    let pressed = buttons(ui, &[browse, off]);
    ui.add_space(scale::SPACE_1);
    let words = "Only text in a format that is known is offered. collect.cmd on the stick writes one \
                 folder for each run; before and after the removal make two";
    text(ui, Type::Small, Ink::Muted, words);
    if pressed? == 0 {
        return Some(Action::PickWatched);
    }
    form.watched_folder.clear();
    None
}
