//! What is open on this desk, the customer who has been unprotected longest first.

use egui::Ui;

use super::LookupData;
use crate::domain::card::CaseLine;
use crate::domain::case::Step;
use crate::ui::action::Action;
use crate::ui::shell::Page;
use crate::ui::views::chips;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{list_card, section_title};
use crate::ui::widgets::list_row::ListRow;

/// Cases shown here; the rest is one key away.
const ROWS_MAX: usize = 6;

pub(super) fn ui(ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
    if data.open_cases.is_empty() {
        return None;
    }
    section_title(ui, "Open on this desk", "Ctrl+Tab turns to the next");
    let cases = oldest_gap_first(data.open_cases);
    let n_rows = cases.len().min(ROWS_MAX);
    let mut action = None;
    list_card(ui, "Open on this desk", |ui| {
        for (row_idx, line) in cases.iter().take(ROWS_MAX).enumerate() {
            let number = line.number.to_string();
            let state = chips::of_open_case(line, data.now);
            let note = note(line);
            let row = ListRow::compact(&number, &line.customer_name)
                .subtitle(&note)
                .chip(state.chip())
                .position(row_idx, n_rows);
            if row.show(ui).clicked() {
                action = Some(Action::OpenCase(line.id));
            }
        }
    });
    let n_more = cases.len() - n_rows;
    if n_more > 0 {
        let words = format!("{n_more} more…");
        let button = Button::link(&words).key("F3").salt("more cases");
        if button.show(ui).clicked() {
            action = Some(Action::Go(Page::Cases));
        }
    }
    action
}

/// The cases, those first whose customer has been unprotected longest, then the oldest.
pub(super) fn oldest_gap_first(cases: &[CaseLine]) -> Vec<&CaseLine> {
    let mut sorted: Vec<&CaseLine> = cases.iter().collect();
    sorted.sort_by_key(|line| {
        (line.unprotected_since.is_none(), line.unprotected_since, line.opened_at)
    });
    sorted
}

fn note(line: &CaseLine) -> String {
    let doing = match line.step {
        Step::CheckIn => "not checked in yet",
        Step::Removal => "removal",
        Step::Replacement => "waits for its key",
        Step::HandOver => "ready to hand over",
        Step::Closed => "closed",
    };
    // The serial number would push what is being done out of the row.
    match line.device.split(" · ").next() {
        None | Some("") => doing.to_owned(),
        Some(model) => format!("{model} · {doing}"),
    }
}
