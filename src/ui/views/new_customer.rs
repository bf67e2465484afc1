//! The dialog for a customer who is in no file: three required fields, and a warning while typing
//! when somebody alike is there already.

use egui::{Context, Id, Key, Modifiers, Ui};

use crate::domain::customer::{Customer, CustomerDraft, CustomerGap};
use crate::domain::hit::Hit;
use crate::domain::id::ExternalId;
use crate::domain::time::Moment;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::chips;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::list_card;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::{announce, text};

/// Those alike that are shown; each is opened by Alt and its digit.
const ALIKE_MAX: usize = 3;
const ALIKE_KEYS: [Key; ALIKE_MAX] = [Key::Num1, Key::Num2, Key::Num3];

/// The score from which two are more likely one person than not.
const PROBABLE: u16 = 500;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct NewCustomerData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame; the new id is minted with it.
    pub now: Moment,
    /// Customers who are probably the same person; the answer to [`Action::FindAlike`].
    pub alike: &'a [Hit],
}

/// The dialog for a new customer. Keeps the draft until it is added, also while it is closed.
#[derive(Debug, Default)]
pub struct NewCustomerView {
    draft: CustomerDraft,
    /// Errors are shown after the first try, not while typing.
    is_tried: bool,
    /// What was typed when it was said that somebody is probably the same: Enter again adds it.
    warned: Option<CustomerDraft>,
}

impl NewCustomerView {
    /// Starts with what was looked for in vain, unless a draft is kept: a phone number or e-mail
    /// address as contact, else first and last name.
    pub fn begin_with(&mut self, looked_for: &str) {
        if !self.draft.is_empty() {
            return;
        }
        let typed = looked_for.trim();
        let n_digits = typed.chars().filter(char::is_ascii_digit).count();
        if typed.contains('@') || n_digits >= 7 {
            typed.clone_into(&mut self.draft.contact);
        } else if n_digits == 0 {
            let (given, surname) = typed.rsplit_once(' ').unwrap_or((typed, ""));
            given.trim().clone_into(&mut self.draft.given_name);
            surname.clone_into(&mut self.draft.surname);
        }
    }

    /// Forgets the draft; for when the customer was added.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &NewCustomerData<'_>) -> Option<Action> {
        let alike = data.alike.get(..ALIKE_MAX).unwrap_or(data.alike);
        if let Some(hit) = picked_by_key(ctx, alike, data.command) {
            return Some(Action::ShowCustomer(hit.customer.clone()));
        }
        let before = self.draft.clone();
        let shown = dialog(ctx, "New customer", |ui| self.body_ui(ui, data, alike));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        let asked = shown.inner.or(is_back.then_some(Action::CloseDialog));
        let is_typed = self.draft != before;
        asked.or_else(|| is_typed.then(|| Action::FindAlike(self.draft.clone())))
    }

    fn body_ui(
        &mut self,
        ui: &mut Ui,
        data: &NewCustomerData<'_>,
        alike: &[Hit],
    ) -> Option<Action> {
        // Taken before the fields see it: Enter would take the focus out of them.
        let is_typing = ui.ctx().text_edit_focused();
        let by_enter = ui.input_mut(|input| {
            let is_ctrl = input.consume_key(Modifiers::COMMAND, Key::Enter);
            is_ctrl || (is_typing && input.consume_key(Modifiers::NONE, Key::Enter))
        }) || data.command == Some(UiCommand::Finish);
        let gaps = if self.is_tried { self.check(data.now).err() } else { None };
        let gaps = gaps.unwrap_or_default();
        self.fields_ui(ui, &gaps);
        let is_warned = self.warned.as_ref() == Some(&self.draft);
        let words = if is_warned {
            "Enter again adds a second one. Alt and the number opens the one who is there"
        } else {
            "Probably in the file already. Alt and the number opens the one you mean"
        };
        let looked = ui.push_id("alike", |ui| alike_ui(ui, alike, words)).inner;
        if gaps.contains(&CustomerGap::CardNumber) {
            let words = CustomerGap::CardNumber.to_string();
            text(ui, Type::Secondary, Ink::Tone(Tone::Danger), &words);
        }
        let add = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_3;
            let add = Button::primary("Add customer").key("Enter").salt("add").show(ui);
            let cancel = Button::secondary("Back, the draft is kept").key("Esc").salt("back");
            (add.clicked(), cancel.show(ui).clicked())
        });
        match add.inner {
            (_, true) => Some(Action::CloseDialog),
            (pressed, false) if pressed || by_enter => looked.or_else(|| self.add(ui, data, alike)),
            (_, false) => looked,
        }
    }

    fn fields_ui(&mut self, ui: &mut Ui, gaps: &[CustomerGap]) {
        let error = |gap: CustomerGap| gaps.contains(&gap).then(|| gap.to_string());
        let draft = &mut self.draft;
        let half = (ui.available_width() - scale::SPACE_3) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_3;
            let wrong = error(CustomerGap::GivenName);
            let field = Field::new("First name").required().error(wrong.as_deref()).width(half);
            let given = field.id(field_id(CustomerGap::GivenName)).show(ui, &mut draft.given_name);
            focus::at_first_sight(&given);
            let wrong = error(CustomerGap::Surname);
            let field = Field::new("Last name").required().error(wrong.as_deref()).width(half);
            field.id(field_id(CustomerGap::Surname)).show(ui, &mut draft.surname);
        });
        let wrong = error(CustomerGap::Contact);
        let field = Field::new("Phone or e-mail").hint("612 555 0142").required();
        let field = field.error(wrong.as_deref()).width(f32::INFINITY);
        field.id(field_id(CustomerGap::Contact)).show(ui, &mut draft.contact);
        let third = (ui.available_width() - 2.0 * scale::SPACE_3) / 3.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_3;
            for (label, typed) in [
                ("Town", &mut draft.city),
                ("ZIP", &mut draft.postcode),
                ("Member id", &mut draft.member_id),
            ] {
                let id = Id::unique("new customer").with(label);
                Field::new(label).width(third).id(id).show(ui, typed);
            }
        });
    }

    fn check(&self, now: Moment) -> Result<Customer, Vec<CustomerGap>> {
        self.draft.check(ExternalId::mint(now))
    }

    /// The customer, or the focus in the first field that wants something. Somebody who is probably
    /// the same is a question first.
    fn add(&mut self, ui: &Ui, data: &NewCustomerData<'_>, alike: &[Hit]) -> Option<Action> {
        match self.check(data.now) {
            Ok(_) if is_probable(alike) && self.warned.as_ref() != Some(&self.draft) => {
                self.warned = Some(self.draft.clone());
                ui.ctx().request_repaint();
                None
            }
            Ok(customer) => Some(Action::AddCustomer(customer)),
            Err(gaps) => {
                self.is_tried = true;
                if let Some(gap) = gaps.first() {
                    ui.memory_mut(|memory| memory.request_focus(field_id(*gap)));
                }
                ui.ctx().request_repaint();
                None
            }
        }
    }
}

/// Where the focus goes for a gap.
fn field_id(gap: CustomerGap) -> Id {
    let field = if gap == CustomerGap::CardNumber { CustomerGap::Contact } else { gap };
    Id::unique("new customer").with(field)
}

fn picked_by_key<'a>(
    ctx: &Context,
    alike: &'a [Hit],
    command: Option<UiCommand>,
) -> Option<&'a Hit> {
    let by_command = match command {
        Some(UiCommand::Step1) => alike.first(),
        Some(UiCommand::Step2) => alike.get(1),
        Some(UiCommand::Step3) => alike.get(2),
        _ => None,
    };
    by_command.or_else(|| {
        ctx.input_mut(|input| {
            let pairs = alike.iter().zip(ALIKE_KEYS);
            pairs.into_iter().find(|(_, key)| input.consume_key(Modifiers::ALT, *key))
        })
        .map(|(hit, _)| hit)
    })
}

/// Whether one of them is more likely the same person than not.
fn is_probable(alike: &[Hit]) -> bool {
    alike.iter().any(|hit| hit.score >= PROBABLE)
}

/// The end of the phone number first, so that it is never cut; then why, then the rest.
fn line_of(hit: &Hit) -> String {
    let (phone, rest) = hit.details.split_once(" · ").unwrap_or((&hit.details, ""));
    let parts = [phone, &hit.why, rest];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn alike_ui(ui: &mut Ui, alike: &[Hit], words: &str) -> Option<Action> {
    if alike.is_empty() {
        return None;
    }
    announce(&text(ui, Type::Secondary, Ink::Tone(Tone::Warn), words));
    list_card(ui, "Customers alike", |ui| {
        let n_rows = alike.len();
        let mut looked = None;
        for (row_idx, hit) in alike.iter().enumerate() {
            let state = chips::of_hit(hit);
            let line = line_of(hit);
            let row = ListRow::new(&hit.name)
                .title_marks(&hit.marks)
                .number(row_idx + 1)
                .subtitle(&line)
                .chip(state.chip())
                .position(row_idx, n_rows);
            if row.show(ui).clicked() {
                looked = Some(Action::ShowCustomer(hit.customer.clone()));
            }
        }
        looked
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::shell::Page;
    use crate::ui::views::testing::{self, NOW, Window};

    #[derive(Default)]
    struct Desk {
        view: NewCustomerView,
        alike: Vec<Hit>,
    }

    fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
        let data = NewCustomerData { command: None, now: NOW, alike: &desk.alike };
        desk.view.ui(ui.ctx(), &data)
    }

    fn added(actions: Vec<Action>) -> Option<Customer> {
        actions.into_iter().find_map(|action| match action {
            Action::AddCustomer(customer) => Some(customer),
            _ => None,
        })
    }

    #[test]
    fn three_fields_and_enter_add_a_customer_without_the_pointer() {
        let mut window = Window::new(Desk::default(), draw);
        assert_eq!(window.focused(), "First name");
        for (idx, words) in ["Amara", "Okafor", "612 555 0142"].into_iter().enumerate() {
            if idx > 0 {
                window.tab();
            }
            window.type_text(words);
        }
        window.enter();
        let customer = added(window.actions()).expect("added");
        assert_eq!(customer.full_name(), "Amara Okafor");
        assert_eq!(customer.phone, "612 555 0142");
    }

    #[test]
    fn errors_stand_at_their_fields_after_the_first_try_and_the_focus_goes_there() {
        let mut window = Window::new(Desk::default(), draw);
        window.type_text("Amara");
        assert!(!window.sees("Enter the last name"), "not while typing");
        window.enter();
        assert!(added(window.actions()).is_none());
        assert!(window.sees("Enter the last name"));
        assert!(window.sees("Enter a phone number"));
        assert_eq!(window.focused(), "Last name");
        window.type_text("Okafor");
        assert!(!window.sees("Enter the last name"), "mended");
    }

    #[test]
    fn somebody_alike_is_shown_while_typing_and_opened_by_a_key() {
        let mut window = Window::new(Desk::default(), draw);
        window.type_text("A");
        let asked = window.actions();
        assert!(matches!(asked.as_slice(), [Action::FindAlike(draft)] if draft.given_name == "A"));
        window.state().alike = testing::found().hits;
        window.run();
        assert!(window.sees("Probably in the file already"));
        window.press(Modifiers::ALT, Key::Num2);
        assert_eq!(window.actions(), [Action::ShowCustomer(ExternalId("M2".to_owned()))]);
    }

    #[test]
    fn a_second_one_of_somebody_is_added_only_by_a_second_enter() {
        // How likely it is that they are the same, and how many times Enter is pressed.
        for (score, n_enters) in [(PROBABLE, 2), (PROBABLE - 1, 1)] {
            let mut window = Window::new(Desk::default(), draw);
            for (idx, words) in ["Amara", "Okafor", "612 555 0142"].into_iter().enumerate() {
                if idx > 0 {
                    window.tab();
                }
                window.type_text(words);
            }
            window.state().alike = vec![Hit { score, ..testing::found().hits[0].clone() }];
            window.run();
            for n_pressed in 1..=n_enters {
                window.actions();
                window.enter();
                assert_eq!(added(window.actions()).is_some(), n_pressed == n_enters, "{score}");
            }
            assert_eq!(window.sees("Enter again adds a second one"), n_enters > 1);
        }
    }

    #[test]
    fn the_digits_that_tell_two_apart_stand_first() {
        for (details, why, line) in [
            (
                "•••• 0003 · m@example.com · Edina",
                "same name",
                "•••• 0003 · same name · m@example.com · Edina",
            ),
            ("•••• 0003", "same name", "•••• 0003 · same name"),
            ("", "same name", "same name"),
        ] {
            let hit = Hit {
                details: details.to_owned(),
                why: why.to_owned(),
                ..testing::found().hits[0].clone()
            };
            assert_eq!(line_of(&hit), line);
        }
    }

    #[test]
    fn esc_closes_and_keeps_the_draft() {
        let mut window = Window::new(Desk::default(), draw);
        window.type_text("Amara");
        window.actions();
        window.press(Modifiers::NONE, Key::Escape);
        assert_eq!(window.actions(), [Action::CloseDialog]);
        assert_eq!(window.state().view.draft.given_name, "Amara");
    }

    #[test]
    fn what_was_looked_for_in_vain_is_not_typed_again() {
        // Looked for; first name, last name, contact.
        for (typed, given, surname, contact) in [
            ("amara okafor", "amara", "okafor", ""),
            ("ana maria lopez", "ana maria", "lopez", ""),
            ("amara", "amara", "", ""),
            ("612 555 0142", "", "", "612 555 0142"),
            ("a@b.com", "", "", "a@b.com"),
            ("D2-00419", "", "", ""),
            ("", "", "", ""),
        ] {
            let mut view = NewCustomerView::default();
            view.begin_with(typed);
            let draft = &view.draft;
            let got = (&*draft.given_name, &*draft.surname, &*draft.contact);
            assert_eq!(got, (given, surname, contact), "{typed}");
        }
    }

    #[test]
    fn pictures() {
        let mut desk = Desk { alike: testing::found().hits, ..Desk::default() };
        desk.view.begin_with("amara okafor");
        desk.view.is_tried = true;
        testing::pictures("new-customer", Page::Lookup, |ui| {
            draw(&mut desk, ui);
        });
    }
}
