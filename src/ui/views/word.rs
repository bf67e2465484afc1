//! A lead's word: a reason, and which lead gives it. Shared by every dialog that asks for both.

use egui::Ui;

use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::people::{Person, Role};
use crate::domain::privacy::holds_card_number;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::text::text;

/// Leads that can be picked by a digit.
const LEADS_MAX: usize = 9;

/// Who is here, and who is at the desk.
#[derive(Debug, Clone, Copy)]
pub struct Staff<'a> {
    /// Everybody in the file.
    pub people: &'a [Person],
    /// Who is at the desk.
    pub me: Option<PersonId>,
}

impl<'a> Staff<'a> {
    /// The person at the desk.
    pub fn me(&self) -> Option<&'a Person> {
        self.people.iter().find(|person| Some(person.id) == self.me)
    }

    /// The leads that are here, in the order of the list.
    pub fn leads(&self) -> impl Iterator<Item = &'a Person> {
        let is_lead = |person: &&Person| person.is_active && person.role == Role::Lead;
        self.people.iter().filter(is_lead).take(LEADS_MAX)
    }

    /// Whether the person at the desk is a lead.
    pub fn am_lead(&self) -> bool {
        self.me().is_some_and(|me| me.role == Role::Lead)
    }
}

/// Which lead stands for a change. When the person at the desk is a lead, it is they.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LeadChoice {
    picked: Option<PersonId>,
    /// The cursor is sent here in the next frame: nobody was picked and it was tried.
    is_wanted: bool,
}

impl LeadChoice {
    /// Draws the choice, or nothing when the person at the desk is a lead.
    pub fn ui(&mut self, ui: &mut Ui, staff: Staff<'_>) {
        if staff.am_lead() {
            return;
        }
        let names: Vec<&str> = staff.leads().map(|lead| lead.name.as_str()).collect();
        if names.is_empty() {
            let words = "No lead is in the file. Add one in Settings, People";
            text(ui, Type::Secondary, Ink::Tone(Tone::Warn), words);
            return;
        }
        let mut picked = staff.leads().position(|lead| Some(lead.id) == self.picked);
        let mut choice = Choice::new("Lead who says so", &names);
        if std::mem::take(&mut self.is_wanted) {
            choice = choice.focused();
        }
        choice.show(ui, &mut picked);
        self.picked = picked.and_then(|idx| staff.leads().nth(idx)).map(|lead| lead.id);
    }

    /// Sends the cursor to the choice, where nobody was picked.
    pub fn want(&mut self, staff: Staff<'_>) {
        self.is_wanted = self.gap(staff).is_some();
    }

    /// Forgets who was picked.
    pub fn clear(&mut self) {
        self.picked = None;
    }

    /// Records `change` in the name of the lead; `None` while nobody is picked.
    pub fn record(&self, staff: Staff<'_>, change: Change) -> Option<Action> {
        if staff.am_lead() {
            return Some(Action::Record(change));
        }
        self.picked.map(|lead| Action::RecordAs { lead, change })
    }

    /// The lead, who may be the person at the desk; `None` while nobody is picked.
    pub fn who(&self, staff: Staff<'_>) -> Option<PersonId> {
        if staff.am_lead() { staff.me } else { self.picked }
    }

    /// What is missing, as the reason beside a blocked button.
    pub fn gap(&self, staff: Staff<'_>) -> Option<&'static str> {
        (!staff.am_lead() && self.picked.is_none()).then_some("Choose the lead")
    }
}

/// What was answered at the bottom of a dialog that destroys or overrides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// Nothing changes.
    Cancel,
    /// Do it.
    Act,
}

/// Draws what is missing, Cancel (which has the focus first) and the red button that says the
/// act; Ctrl+Enter does it too. While something is missing the act can't be pressed.
pub fn confirm_ui(
    ui: &mut Ui,
    act: &str,
    gap: Option<&str>,
    command: Option<UiCommand>,
) -> Option<Confirmed> {
    text(ui, Type::Secondary, Ink::Muted, gap.unwrap_or("Ctrl+Enter does it"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let cancel = Button::secondary("Cancel").key("Esc").salt("cancel").focus_first();
        if cancel.show(ui).clicked() {
            return Some(Confirmed::Cancel);
        }
        let button = Button::danger(act).key("Ctrl+Enter").salt("act");
        let is_pressed = ui.add_enabled_ui(gap.is_none(), |ui| button.show(ui).clicked()).inner;
        let is_asked = is_pressed || command == Some(UiCommand::Finish);
        (is_asked && gap.is_none()).then_some(Confirmed::Act)
    })
    .inner
}

/// A reason that a person must give. Kept until it is recorded.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Reason {
    /// As typed.
    pub text: String,
}

impl Reason {
    /// Draws the field called `label`, with an example.
    pub fn ui(&mut self, ui: &mut Ui, label: &str, example: &str) {
        let card = holds_card_number(&self.text);
        let error = card.then_some("Card numbers are never stored here. Take it out");
        let field = Field::new(label).hint(example).required().error(error);
        field.width(f32::INFINITY).show(ui, &mut self.text);
    }

    /// The reason without blanks around it.
    pub fn trimmed(&self) -> String {
        self.text.trim().to_owned()
    }

    /// What is missing, as the reason beside a blocked button.
    pub fn gap(&self) -> Option<&'static str> {
        if self.text.trim().is_empty() {
            Some("Enter the reason")
        } else if holds_card_number(&self.text) {
            Some("Take the card number out")
        } else {
            None
        }
    }
}
