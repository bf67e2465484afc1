//! The strip at the bottom: what comes next or is in the way, and the buttons that do it.

use super::data::CaseData;
use super::draft::CaseDraft;
use super::stage::Stage;
use super::{check_in, done, removal, replacement};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Message, PageArea};
use crate::ui::theme::Tone;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::icon::Icon;
use egui::Ui;

/// What the strip shows. The last button is the main one.
#[derive(Default)]
pub(super) struct Bar {
    pub(super) message: Option<(Tone, String)>,
    pub(super) buttons: Vec<BarButton>,
}

/// Whether the main button can be pressed; the message says why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Main {
    Ready,
    Waits,
}

/// A button that gives a command.
pub(super) struct BarButton {
    pub(super) command: UiCommand,
    pub(super) label: String,
    pub(super) icon: Icon,
    pub(super) is_ready: bool,
}

impl Bar {
    /// A strip that says this.
    pub(super) fn saying(tone: Tone, words: impl Into<String>) -> Self {
        Self { message: Some((tone, words.into())), buttons: Vec::new() }
    }

    /// Adds a button.
    pub(super) fn with(mut self, command: UiCommand, icon: Icon, label: &str) -> Self {
        let label = label.to_owned();
        self.buttons.push(BarButton { command, label, icon, is_ready: true });
        self
    }

    /// Adds the main button.
    pub(super) fn with_main(self, main: Main, icon: Icon, label: &str) -> Self {
        let mut bar = self.with(UiCommand::Finish, icon, label);
        if let Some(button) = bar.buttons.last_mut() {
            button.is_ready = main == Main::Ready;
        }
        bar
    }
}

/// Draws the strip; the command of the button that was pressed.
pub(super) fn ui(
    ui: &mut Ui,
    area: &PageArea,
    draft: &CaseDraft,
    data: &CaseData<'_>,
) -> Option<UiCommand> {
    let bar = match draft.stage(data) {
        Stage::CheckIn => check_in::bar(draft, data),
        Stage::Removal => removal::bar(draft, data),
        Stage::Replacement => replacement::bar(draft, data),
        Stage::HandOver => done::bar(data),
        Stage::Closed => done::closed_bar(),
    };
    let message = bar.message.as_ref().map(|(tone, words)| Message {
        tone: *tone,
        icon: match tone {
            Tone::Ok => Icon::CircleCheck,
            Tone::Warn => Icon::TriangleAlert,
            Tone::Danger => Icon::CircleAlert,
            Tone::Info | Tone::Neutral => Icon::Info,
        },
        words,
    });
    let keys: Vec<String> = bar.buttons.iter().map(|button| button.command.key_text()).collect();
    let n_buttons = bar.buttons.len();
    let buttons: Vec<Button<'_>> = bar
        .buttons
        .iter()
        .zip(&keys)
        .enumerate()
        .map(|(idx, (button, key))| {
            let look = if idx + 1 == n_buttons { Button::primary } else { Button::secondary };
            let blocked = if button.is_ready { None } else { Some("") };
            let drawn = look(&button.label).icon(button.icon).key(key).main().blocked(blocked);
            // Enter goes on where no field or row wants it.
            if idx + 1 == n_buttons { drawn.focus_when_nowhere() } else { drawn }
        })
        .collect();
    let pressed = area.actions(ui, message, &buttons)?;
    bar.buttons.get(pressed).map(|button| button.command)
}
