//! The dialog that voids a key: spoiled, rejected by the vendor, or seen by the wrong person.

use egui::{Context, Ui};

use crate::domain::entry::Change;
use crate::domain::id::{CaseId, KeyId};
use crate::domain::stock::KeyState;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type};
use crate::ui::views::word::{Confirmed, LeadChoice, Reason, Staff, confirm_ui};
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::text;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct VoidKeyData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// Which key.
    pub key: KeyId,
    /// `…9KLD`.
    pub ending: &'a str,
    /// The product's whole name.
    pub product: &'a str,
    /// Where it stands.
    pub state: &'a KeyState,
    /// The case in which it was found bad, if any.
    pub case: Option<CaseId>,
    /// Who can say so.
    pub staff: Staff<'a>,
}

/// The dialog that voids a key. Keeps the reason until the key is voided.
#[derive(Debug, Default)]
pub struct VoidKeyView {
    key: Option<KeyId>,
    reason: Reason,
    lead: LeadChoice,
}

impl VoidKeyView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &VoidKeyData<'_>) -> Option<Action> {
        if self.key != Some(data.key) {
            *self = Self { key: Some(data.key), ..Self::default() };
        }
        let title = format!("Void key {}", data.ending);
        let shown = dialog(ctx, &title, |ui| self.body_ui(ui, &title, data));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        shown.inner.or(is_back.then_some(Action::CloseDialog))
    }

    fn body_ui(&mut self, ui: &mut Ui, title: &str, data: &VoidKeyData<'_>) -> Option<Action> {
        text(ui, Type::Body, Ink::Body, data.product);
        text(ui, Type::Secondary, Ink::Muted, what_follows(data.state));
        self.reason.ui(ui, "Reason", "the vendor says it is used already");
        self.lead.ui(ui, data.staff);
        let gap = self.reason.gap().or(self.lead.gap(data.staff));
        match confirm_ui(ui, title, gap, data.command)? {
            Confirmed::Cancel => Some(Action::CloseDialog),
            Confirmed::Act => self.record(data),
        }
    }

    fn record(&self, data: &VoidKeyData<'_>) -> Option<Action> {
        let reason = self.reason.trimmed();
        self.lead.record(data.staff, Change::KeyVoided { key: data.key, case: data.case, reason })
    }
}

fn what_follows(state: &KeyState) -> &'static str {
    match state {
        KeyState::Issued { .. } | KeyState::Activated { .. } => {
            "It stays in the journal. The case can then be given another key"
        }
        KeyState::Held { .. } => "The case that holds it can then take another key",
        KeyState::Free | KeyState::Voided { .. } | KeyState::Leased { .. } | KeyState::Frozen => {
            "It stays in the journal and is never handed out again"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, Window};
    use egui::{Key, Modifiers};

    #[derive(Default)]
    struct Desk {
        view: VoidKeyView,
        command: Option<UiCommand>,
    }

    fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
        let people = testing::people();
        let data = VoidKeyData {
            command: desk.command.take(),
            key: testing::key_id(7),
            ending: "…9KLD",
            product: "Webroot SecureAnywhere",
            state: &KeyState::Free,
            case: None,
            staff: Staff { people: &people, me: Some(people[0].id) },
        };
        desk.view.ui(ui.ctx(), &data)
    }

    #[test]
    fn the_focus_starts_on_cancel_and_a_key_is_voided_only_with_reason_and_lead() {
        let mut window = Window::new(Desk::default(), draw);
        assert_eq!(window.focused(), "Cancel");
        window.state().command = Some(UiCommand::Finish);
        window.run();
        assert_eq!(window.actions(), []);
        window.type_into("Reason", "spoiled");
        window.state().command = Some(UiCommand::Finish);
        window.run();
        assert_eq!(window.actions(), [], "no lead was chosen");
        window.click("M. Lee");
        window.click("Void key …9KLD");
        let change =
            Change::KeyVoided { key: testing::key_id(7), case: None, reason: "spoiled".to_owned() };
        let lead = testing::people()[1].id;
        assert_eq!(window.actions(), [Action::RecordAs { lead, change }]);
    }

    #[test]
    fn enter_right_away_cancels() {
        let mut window = Window::new(Desk::default(), draw);
        window.press(Modifiers::NONE, Key::Enter);
        assert_eq!(window.actions(), [Action::CloseDialog]);
    }
}
