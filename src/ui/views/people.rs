//! The dialog that asks who is at the desk. Every entry of the journal then names that person.

use egui::{Context, Modifiers, Ui};

use crate::domain::people::Person;
use crate::ui::action::Action;
use crate::ui::command::{DIGITS, UiCommand};
use crate::ui::theme::{Ink, Type};
use crate::ui::views::chips;
use crate::ui::views::word::Staff;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::list_card;
use crate::ui::widgets::focus;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::text;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct PeopleData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// Who can be chosen, and who is chosen.
    pub staff: Staff<'a>,
}

/// The dialog that asks who is at the desk.
#[derive(Debug, Default)]
pub struct PeopleView;

impl PeopleView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &PeopleData<'_>) -> Option<Action> {
        let people: Vec<&Person> =
            data.staff.people.iter().filter(|person| person.is_active).collect();
        let by_key = ctx.input_mut(|input| {
            let mut pairs = people.iter().zip(DIGITS);
            pairs.find(|(_, key)| input.consume_key(Modifiers::NONE, *key))
        });
        if let Some((person, _)) = by_key {
            return Some(Action::ChooseMe(person.id));
        }
        let shown = dialog(ctx, "Who is at the desk?", |ui| body_ui(ui, data, &people));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        shown.inner.or(is_back.then_some(Action::CloseDialog))
    }
}

fn body_ui(ui: &mut Ui, data: &PeopleData<'_>, people: &[&Person]) -> Option<Action> {
    let words = "Your name stands beside everything that you do. Press your number";
    text(ui, Type::Secondary, Ink::Muted, words);
    let me = people.iter().position(|person| Some(person.id) == data.staff.me);
    let picked = list_card(ui, "People", |ui| {
        let mut picked = None;
        for (row_idx, person) in people.iter().enumerate() {
            let state = chips::of_role(person.role);
            let row = ListRow::new(&person.name)
                .number(row_idx + 1)
                .chip(state.chip())
                .selected(me == Some(row_idx))
                .position(row_idx, people.len());
            let response = row.show(ui);
            if me.unwrap_or(0) == row_idx {
                focus::at_first_sight(&response);
            }
            if response.clicked() {
                picked = Some(Action::ChooseMe(person.id));
            }
        }
        picked
    });
    let close = Button::secondary("Close").key("Esc").salt("close").show(ui);
    picked.inner.or(close.clicked().then_some(Action::CloseDialog))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::shell::Page;
    use crate::ui::views::testing::{self, Window};
    use egui::Key;

    fn draw(me: &mut usize, ui: &mut Ui) -> Option<Action> {
        let people = testing::people();
        let staff = Staff { people: &people, me: people.get(*me).map(|person| person.id) };
        PeopleView.ui(ui.ctx(), &PeopleData { command: None, staff })
    }

    #[test]
    fn one_digit_says_who_is_at_the_desk_and_who_left_is_not_asked_for() {
        let mut window = Window::new(0, draw);
        assert_eq!(window.rows().len(), 3, "{:?}", window.rows());
        assert_eq!(window.focused(), "Dana Reyes, Technician");
        window.press(Modifiers::NONE, Key::Num2);
        assert_eq!(window.actions(), [Action::ChooseMe(testing::people()[1].id)]);
    }

    #[test]
    fn with_nobody_chosen_the_first_has_the_focus() {
        let mut window = Window::new(99, draw);
        window.enter();
        assert_eq!(window.actions(), [Action::ChooseMe(testing::people()[0].id)]);
    }

    #[test]
    fn pictures() {
        testing::pictures("people", Page::Lookup, |ui| {
            draw(&mut 0, ui);
        });
    }
}
