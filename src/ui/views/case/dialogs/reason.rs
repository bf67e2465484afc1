//! Dialogs that want one text: a note, a reason, a name.

use super::super::data::CaseData;
use crate::domain::entry::Change;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus::at_first_sight;
use crate::ui::widgets::text::text;
use egui::Ui;

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: Option<String>,
    is_tried: bool,
}

/// The words of one such dialog.
pub(super) struct Words {
    /// What it does, in a sentence.
    about: &'static str,
    label: &'static str,
    hint: &'static str,
    /// What stands there beforehand.
    usual: &'static str,
    n_rows: usize,
    act: &'static str,
}

pub(super) const NOTE: Words = Words {
    about: "Everybody who opens the case reads it. No passwords and no card numbers",
    label: "Note",
    hint: "Customer calls back on Friday",
    usual: "",
    n_rows: 3,
    act: "Add note",
};

pub(super) const WITHDRAW: Words = Words {
    about: "Nothing is handed out, and a key that is held goes back. The case can be reopened",
    label: "Why",
    hint: "Customer wants to wait until the subscription ends",
    usual: "Customer changed their mind",
    n_rows: 1,
    act: "End the case",
};

pub(super) const REOPEN: Words = Words {
    about: "The case goes on where it stood. What was decided on its first day still holds",
    label: "Why",
    hint: "Customer is back: the key was rejected at home",
    usual: "",
    n_rows: 1,
    act: "Reopen",
};

pub(super) const DROP_SCAN: Words = Words {
    about: "It counts no longer; the one before it does again. The reason stands in the timeline",
    label: "Why",
    hint: "It was of another device",
    usual: "",
    n_rows: 1,
    act: "Remove the scan",
};

pub(super) const PROTECTION: Words = Words {
    about: "This ends the time without protection. Confirm it on the customer's screen",
    label: "Which",
    hint: "Windows Security",
    usual: "Windows Security",
    n_rows: 1,
    act: "Seen on",
};

/// Draws the dialog's body. Ctrl+Enter records, Esc keeps what was typed.
pub(super) fn ui(
    ui: &mut Ui,
    draft: &mut Draft,
    data: &CaseData<'_>,
    dialog: (&Words, &dyn Fn(String) -> Change),
) -> Option<Action> {
    let (words, change) = dialog;
    text(ui, Type::Secondary, Ink::Muted, words.about);
    let typed = draft.text.get_or_insert_with(|| words.usual.to_owned());
    let now = change(typed.trim().to_owned());
    let why = data.refusal(&now);
    // A card number is told at once, the rest once it was tried.
    let is_told = draft.is_tried || crate::domain::privacy::holds_card_number(typed);
    let error = why.as_deref().filter(|_| is_told);
    let field = Field::new(words.label).hint(words.hint).rows(words.n_rows).error(error);
    at_first_sight(&field.width(f32::INFINITY).show(ui, typed));
    ui.add_space(scale::SPACE_1);
    let key = UiCommand::Finish.key_text();
    let row = [Button::secondary("Cancel").key("Esc"), Button::primary(words.act).key(&key)];
    let pressed = buttons_right(ui, &row);
    if pressed == Some(0) {
        return Some(Action::CloseDialog);
    }
    let is_asked = pressed == Some(1) || data.command == Some(UiCommand::Finish);
    if !is_asked || data.is_busy {
        return None;
    }
    draft.is_tried = true;
    why.is_none().then_some(Action::Record(now))
}
