//! The dialog that lists a customer's visits.

use egui::{Context, Ui};

use crate::domain::card::CustomerCard;
use crate::domain::time::day_text;
use crate::ui::action::Action;
use crate::ui::command::UiCommand;
use crate::ui::theme::{Ink, Type};
use crate::ui::views::chips;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::list_card;
use crate::ui::widgets::focus;
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::modal::dialog;
use crate::ui::widgets::text::text;
use chrono_tz::Tz;

/// What the dialog draws.
#[derive(Debug, Clone, Copy)]
pub struct HistoryData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The store's clock.
    pub zone: Tz,
    /// Whose visits.
    pub card: &'a CustomerCard,
}

/// The dialog that lists a customer's visits.
#[derive(Debug, Default)]
pub struct HistoryView;

impl HistoryView {
    /// Draws the dialog over the page.
    pub fn ui(&mut self, ctx: &Context, data: &HistoryData<'_>) -> Option<Action> {
        let title = format!("History of {}", data.card.customer.full_name());
        let shown = dialog(ctx, &title, |ui| body_ui(ui, data));
        let is_back = shown.is_close_asked || data.command == Some(UiCommand::Back);
        shown.inner.or(is_back.then_some(Action::CloseDialog))
    }
}

fn body_ui(ui: &mut Ui, data: &HistoryData<'_>) -> Option<Action> {
    let cases = &data.card.cases;
    let mut action = None;
    if cases.is_empty() {
        text(ui, Type::Body, Ink::Body, "No visit is on file");
    } else {
        text(ui, Type::Secondary, Ink::Muted, "Tab or ↑ ↓ choose, Enter opens the case");
        list_card(ui, "Visits", |ui| {
            let n_rows = cases.len();
            for (row_idx, line) in cases.iter().enumerate() {
                let title =
                    format!("{} · {}", line.number, day_text(line.opened_at.day(data.zone)));
                let state = chips::of_step(line);
                let row = ListRow::new(&title)
                    .subtitle(if line.device.is_empty() { "no device" } else { &line.device })
                    .chip(state.chip())
                    .position(row_idx, n_rows);
                let response = row.show(ui);
                if row_idx == 0 {
                    focus::at_first_sight(&response);
                }
                if response.clicked() {
                    action = Some(Action::OpenCase(line.id));
                }
            }
        });
    }
    let close = Button::secondary("Close").key("Esc").salt("close").show(ui);
    if cases.is_empty() {
        focus::at_first_sight(&close);
    }
    action.or(close.clicked().then_some(Action::CloseDialog))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::shell::Page;
    use crate::ui::views::testing::{self, Window};

    fn draw(card: &mut CustomerCard, ui: &mut Ui) -> Option<Action> {
        let zone = testing::settings().desk.time_zone;
        HistoryView.ui(ui.ctx(), &HistoryData { command: None, zone, card })
    }

    #[test]
    fn the_latest_visit_has_the_focus_and_enter_opens_it() {
        let mut card = testing::card("M1");
        card.cases = testing::cases();
        let mut window = Window::new(card, draw);
        assert!(window.focused().starts_with("D2-00418 · 5 Oct 2017"), "{}", window.focused());
        window.enter();
        assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(418))]);
    }

    #[test]
    fn without_a_visit_the_dialog_says_so_and_enter_closes_it() {
        let mut window = Window::new(testing::card("M1"), draw);
        assert!(window.sees("No visit is on file"));
        window.enter();
        assert_eq!(window.actions(), [Action::CloseDialog]);
    }

    #[test]
    fn pictures() {
        let mut card = testing::card("M1");
        card.cases = testing::cases();
        testing::pictures("history", Page::Lookup, |ui| {
            draw(&mut card, ui);
        });
    }
}
