//! Keys become commands, before any widget sees them.

use crate::ui::command::UiCommand;
use egui::{Context, KeyboardShortcut};

/// The command whose key was pressed in this frame, if any; its key is taken out of the input.
///
/// A text field keeps plain letters and signs, and its own Ctrl+Z unless `undo` says that the
/// window means something by it. While a dialog is open only
/// finishing and going back are commands: the rest belongs to its fields.
pub(super) fn pressed(ctx: &Context, has_dialog: Scope, undo: UndoIs) -> Option<UiCommand> {
    let is_text_focused = ctx.text_edit_focused();
    let mut keys: Vec<(KeyboardShortcut, UiCommand)> = UiCommand::ALL
        .into_iter()
        .filter(|command| has_dialog == Scope::Page || works_in_dialog(*command))
        .flat_map(|command| command.keys().iter().map(move |key| (*key, command)))
        .filter(|(key, command)| {
            let is_of_field = *command == UiCommand::Undo && undo == UndoIs::OfTheField;
            !is_text_focused || !(UiCommand::is_plain_key(*key) || is_of_field)
        })
        .collect();
    // `Ctrl+P` matches `Ctrl+Shift+P` as well, so the longer ones are asked first.
    keys.sort_by_key(|(key, _)| std::cmp::Reverse(u8::from(key.modifiers.shift)));
    ctx.input_mut(|input| {
        keys.into_iter().find(|(key, _)| input.consume_shortcut(key)).map(|(_, command)| command)
    })
}

/// What Ctrl+Z takes back while a text field has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UndoIs {
    /// What was typed in it.
    OfTheField,
    /// What the toast tells.
    OfTheWindow,
}

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The page.
    Page,
    /// A dialog over it.
    Dialog,
}

fn works_in_dialog(command: UiCommand) -> bool {
    matches!(command, UiCommand::Finish | UiCommand::Back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Event, Key, Modifiers, RawInput};

    /// What is asked when this key comes.
    fn ask(key: Key, modifiers: Modifiers, scope: Scope) -> Option<UiCommand> {
        let ctx = Context::default();
        let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        let events = vec![Event::ModifiersChanged(modifiers), event];
        let mut asked = None;
        let input = RawInput { events, ..RawInput::default() };
        let mut output =
            ctx.run_ui(input, |ui| asked = asked.or(pressed(ui.ctx(), scope, UndoIs::OfTheField)));
        output.textures_delta.clear();
        asked
    }

    #[test]
    fn the_longer_key_wins_and_dialogs_keep_their_letters() {
        let ctrl = Modifiers::COMMAND | Modifiers::CTRL;
        let table = [
            (Key::P, ctrl, Scope::Page, Some(UiCommand::Print)),
            (Key::P, ctrl | Modifiers::SHIFT, Scope::Page, Some(UiCommand::KeySheet)),
            (Key::N, Modifiers::NONE, Scope::Page, Some(UiCommand::Note)),
            (Key::N, Modifiers::NONE, Scope::Dialog, None),
            (Key::Enter, ctrl, Scope::Dialog, Some(UiCommand::Finish)),
            (Key::Escape, Modifiers::NONE, Scope::Dialog, Some(UiCommand::Back)),
            (Key::F2, Modifiers::NONE, Scope::Page, Some(UiCommand::Lookup)),
            (Key::Enter, Modifiers::NONE, Scope::Page, None),
        ];
        for (key, modifiers, scope, expected) in table {
            assert_eq!(ask(key, modifiers, scope), expected, "{key:?} {modifiers:?} {scope:?}");
        }
    }
}
