//! The dialog that lets frozen keys go: after a restore, their fate is unknown until a lead says.

use egui::{Context, Ui};

use crate::domain::entry::Change;
use crate::domain::id::KeyId;
use crate::domain::time::count_text;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type};
use crate::ui::views::word::{Confirmed, LeadChoice, Reason, Staff, confirm_ui};
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::text;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseFrozenData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// Every frozen key.
    pub keys: &'a [KeyId],
    /// Who can say so.
    pub staff: Staff<'a>,
}

/// The dialog that lets frozen keys go. Keeps the reason until they are free.
#[derive(Debug, Default)]
pub struct ReleaseFrozenView {
    reason: Reason,
    lead: LeadChoice,
}

impl ReleaseFrozenView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &ReleaseFrozenData<'_>) -> Option<Action> {
        let shown = dialog(ctx, "Release frozen keys", |ui| self.body_ui(ui, data));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        shown.inner.or(is_back.then_some(Action::CloseDialog))
    }

    /// Forgets what was typed; for when the keys are free.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn body_ui(&mut self, ui: &mut Ui, data: &ReleaseFrozenData<'_>) -> Option<Action> {
        let n_keys = i64::try_from(data.keys.len()).unwrap_or(i64::MAX);
        let words = format!(
            "{} may have been handed out between the copy and the restore. Compare with the \
             printed sheets, then say how you know that none was",
            count_text(n_keys, "key")
        );
        text(ui, Type::Body, Ink::Body, &words);
        self.reason.ui(ui, "How you know", "no sheet is newer than the copy");
        self.lead.ui(ui, data.staff);
        let gap = self.reason.gap().or(self.lead.gap(data.staff));
        let act = format!("Release {}", count_text(n_keys, "key"));
        match confirm_ui(ui, &act, gap, data.command)? {
            Confirmed::Cancel => Some(Action::CloseDialog),
            Confirmed::Act => self.record(data),
        }
    }

    fn record(&self, data: &ReleaseFrozenData<'_>) -> Option<Action> {
        let change =
            Change::FrozenReleased { keys: data.keys.to_vec(), reason: self.reason.trimmed() };
        self.lead.record(data.staff, change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, Window};

    #[test]
    fn a_lead_at_the_desk_releases_all_keys_with_a_reason() {
        let mut window = Window::new(ReleaseFrozenView::default(), |view, ui| {
            let people = testing::people();
            let keys = [testing::key_id(1), testing::key_id(2)];
            let staff = Staff { people: &people, me: Some(people[1].id) };
            view.ui(ui.ctx(), &ReleaseFrozenData { command: None, keys: &keys, staff })
        });
        window.click("Release 2 keys");
        assert_eq!(window.actions(), [], "no reason yet");
        window.type_into("How you know", "sheets compared");
        window.click("Release 2 keys");
        let keys = vec![testing::key_id(1), testing::key_id(2)];
        let change = Change::FrozenReleased { keys, reason: "sheets compared".to_owned() };
        assert_eq!(window.actions(), [Action::Record(change)]);
    }
}
