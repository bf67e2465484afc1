//! Who works here: added, renamed, given another role, let go. A name stays in the journal.

use egui::Ui;

use super::SettingsData;
use crate::domain::entry::Change;
use crate::domain::id::PersonId;
use crate::domain::people::{Person, Role};
use crate::domain::privacy::holds_card_number;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type};
use crate::ui::views::chips;
use crate::ui::views::word::{LeadChoice, Staff};
use crate::ui::widgets::button::{Button, buttons};
use crate::ui::widgets::card::{card, list_card, section_title};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::text::text;

/// The roles in the order in which they are offered.
const ROLES: [Role; 3] = [Role::Technician, Role::Lead, Role::Auditor];

/// What is typed of a person: a new one, or the one that is changed.
#[derive(Debug, Default)]
pub(super) struct PeopleForm {
    /// Who is changed; `None` for a new person.
    id: Option<PersonId>,
    name: String,
    role_idx: usize,
}

impl PeopleForm {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        data: &SettingsData<'_>,
        lead: &mut LeadChoice,
    ) -> Option<Action> {
        self.list_ui(ui, data.staff);
        card(ui, |ui| self.form_ui(ui, data, lead)).inner
    }

    fn list_ui(&mut self, ui: &mut Ui, staff: Staff<'_>) {
        let mut people: Vec<&Person> = staff.people.iter().collect();
        people.sort_by_key(|person| !person.is_active);
        list_card(ui, "People", |ui| {
            for (row_idx, person) in people.iter().enumerate() {
                let state = chips::of_role(person.role);
                let gone = Chip::new(Tone::Neutral, Icon::CircleMinus, "Has left");
                let row = ListRow::compact("", &person.name)
                    .subtitle(if Some(person.id) == staff.me { "at the desk now" } else { "" })
                    .chip(if person.is_active { state.chip() } else { gone })
                    .selected(Some(person.id) == self.id)
                    .position(row_idx, people.len());
                if row.show(ui).clicked() {
                    self.edit(person);
                }
            }
        });
    }

    fn edit(&mut self, person: &Person) {
        self.id = Some(person.id);
        person.name.clone_into(&mut self.name);
        self.role_idx = ROLES.iter().position(|role| *role == person.role).unwrap_or_default();
    }

    fn form_ui(
        &mut self,
        ui: &mut Ui,
        data: &SettingsData<'_>,
        lead: &mut LeadChoice,
    ) -> Option<Action> {
        let person = data.staff.people.iter().find(|person| Some(person.id) == self.id);
        let title = person.map(|person| format!("Change {}", person.name));
        section_title(ui, title.as_deref().unwrap_or("Add a person"), "");
        let card_number = holds_card_number(&self.name);
        let error = card_number.then_some("Card numbers are never stored here. Take it out");
        Field::new("Name").required().error(error).show(ui, &mut self.name);
        let mut picked = Some(self.role_idx);
        Choice::new("Role", &ROLES.map(Role::label)).show(ui, &mut picked);
        self.role_idx = picked.unwrap_or_default();
        text(ui, Type::Small, Ink::Muted, what_a_role_may(self.role()));
        lead.ui(ui, data.staff);
        let gap = self.gap(person, data.staff).or(lead.gap(data.staff));
        let leave_gap = person.and_then(|person| Self::leave_gap(person, data.staff));
        let pressed = Self::buttons_ui(ui, person, (gap, leave_gap.or(lead.gap(data.staff))));
        let by_key =
            (data.command == Some(UiCommand::Finish) && gap.is_none()).then_some(Press::Save);
        let changed = match pressed.or(by_key)? {
            Press::Save => Person {
                id: self.id.unwrap_or_else(|| PersonId::mint(data.now)),
                name: self.name.trim().to_owned(),
                role: self.role(),
                is_active: person.is_none_or(|person| person.is_active),
            },
            Press::Leave => Person { is_active: !person?.is_active, ..person?.clone() },
            Press::New => {
                *self = Self::default();
                return None;
            }
        };
        let action = lead.record(data.staff, Change::PersonSet { person: changed });
        if action.is_some() {
            *self = Self::default();
        }
        action
    }

    fn buttons_ui(
        ui: &mut Ui,
        person: Option<&Person>,
        (gap, leave_gap): (Option<&str>, Option<&str>),
    ) -> Option<Press> {
        let save = if person.is_some() { "Save" } else { "Add person" };
        let save = Button::primary(save).icon(Icon::Check).key("Ctrl+Enter").salt("save");
        let save = save.blocked(gap);
        let Some(person) = person else {
            return buttons(ui, &[save]).map(|_| Press::Save);
        };
        let leave = if person.is_active { "Has left" } else { "Is back" };
        let leave = Button::secondary(leave).icon(Icon::UserMinus).salt("leave");
        let new = Button::secondary("Add another person").icon(Icon::UserPlus).salt("new");
        // A reason beside each button would be said twice.
        let leave_gap = leave_gap.filter(|why| Some(*why) != gap);
        match buttons(ui, &[save, leave.blocked(leave_gap), new])? {
            0 => Some(Press::Save),
            1 => Some(Press::Leave),
            _ => Some(Press::New),
        }
    }

    fn role(&self) -> Role {
        ROLES.get(self.role_idx).copied().unwrap_or(Role::Technician)
    }

    /// Why it can't be saved.
    fn gap(&self, person: Option<&Person>, staff: Staff<'_>) -> Option<&'static str> {
        let name = self.name.trim();
        let is_taken = staff
            .people
            .iter()
            .any(|other| Some(other.id) != self.id && other.name.trim().eq_ignore_ascii_case(name));
        if name.is_empty() {
            Some("Enter the name")
        } else if holds_card_number(name) {
            Some("Take the card number out")
        } else if is_taken {
            Some("Somebody has this name already")
        } else if person.is_some_and(|person| person.name == name && person.role == self.role()) {
            Some("Nothing was changed")
        } else if person.is_some_and(|person| is_last_lead(person, staff))
            && self.role() != Role::Lead
        {
            Some("The last lead stays one")
        } else {
            None
        }
    }

    /// Why the person can't be let go.
    fn leave_gap(person: &Person, staff: Staff<'_>) -> Option<&'static str> {
        if person.is_active && is_last_lead(person, staff) {
            Some("The last lead stays")
        } else if person.is_active && Some(person.id) == staff.me {
            Some("Is at the desk now")
        } else {
            None
        }
    }
}

/// What was pressed below the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Press {
    Save,
    Leave,
    New,
}

/// Without a lead nobody could change anything here any more.
fn is_last_lead(person: &Person, staff: Staff<'_>) -> bool {
    person.role == Role::Lead && staff.leads().all(|lead| lead.id == person.id)
}

const fn what_a_role_may(role: Role) -> &'static str {
    match role {
        Role::Technician => "Serves customers",
        Role::Lead => "Serves customers, overrides rules, voids keys, manages people and settings",
        Role::Auditor => "Reads everything and changes nothing",
    }
}
