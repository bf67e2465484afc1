//! Where something lies, or shall lie, typed: for systems without a dialog for files.

use crate::ui::action::{Action, PathFor};
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::at_first_sight;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::text;
use egui::{Context, Key, Modifiers, Ui};
use std::path::PathBuf;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct PathData {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// What for.
    pub what_for: PathFor,
}

/// The dialog. Keeps what is typed.
#[derive(Debug, Default)]
pub struct PathView {
    path: String,
}

impl PathView {
    /// Begins with this name; empty for what is there already.
    pub fn begin_with(&mut self, name: &str) {
        name.clone_into(&mut self.path);
    }

    /// Draws the dialog over the page. Returns [`Action::PathTyped`] for what was entered.
    pub fn ui(&mut self, ctx: &Context, data: PathData) -> Option<Action> {
        let shown = dialog(ctx, title(data.what_for), |ui| self.body_ui(ui, data));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        shown.inner.or_else(|| is_back.then_some(Action::CloseDialog))
    }

    fn body_ui(&mut self, ui: &mut Ui, data: PathData) -> Option<Action> {
        text(ui, Type::Secondary, Ink::Muted, words(data.what_for));
        let is_entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let field = Field::new("Where it is").hint(hint(data.what_for)).width(f32::INFINITY);
        at_first_sight(&field.show(ui, &mut self.path));
        ui.add_space(scale::SPACE_1);
        let row = [Button::secondary("Cancel").key("Esc"), Button::primary("Go on").key("Enter")];
        let pressed = buttons_right(ui, &row);
        if pressed == Some(0) {
            return Some(Action::CloseDialog);
        }
        let is_asked = is_entered || pressed == Some(1) || data.command == Some(UiCommand::Finish);
        let path = self.path.trim().trim_matches('"');
        (is_asked && !path.is_empty()).then(|| Action::PathTyped(PathBuf::from(path)))
    }
}

const fn title(what_for: PathFor) -> &'static str {
    match what_for {
        PathFor::Exports => "Exports of the device",
        PathFor::Import => "Import a file",
        PathFor::WatchedFolder => "Folder to watch",
        PathFor::Signatures => "Newer signatures",
        PathFor::Backup => "Back up the file",
        PathFor::Export => "Export as CSV",
        PathFor::Sheet => "Save the sheet",
    }
}

const fn words(what_for: PathFor) -> &'static str {
    match what_for {
        PathFor::Exports => {
            "No file dialog on this system: drop the files on the page, paste what they say, or \
             type where they are"
        }
        PathFor::Import | PathFor::Signatures => {
            "No file dialog on this system: drop the file on the page, or type where it is"
        }
        PathFor::WatchedFolder => "No file dialog on this system: type where the folder is",
        PathFor::Backup | PathFor::Export | PathFor::Sheet => {
            "No file dialog on this system: type where it shall lie"
        }
    }
}

const fn hint(what_for: PathFor) -> &'static str {
    match what_for {
        PathFor::Exports | PathFor::WatchedFolder => "E:\\evidence-20171005110402",
        PathFor::Import => "C:\\Exports\\customers.csv",
        PathFor::Signatures => "E:\\signatures.json",
        PathFor::Backup => "E:\\swapdesk.backup",
        PathFor::Export => "C:\\Exports\\cases.csv",
        PathFor::Sheet => "C:\\Sheets\\handoff.pdf",
    }
}
