//! The list of cases: open ones or all, found by number, name or device.

use chrono_tz::Tz;
use egui::{Id, Ui};

use crate::domain::card::CaseLine;
use crate::domain::id::CaseId;
use crate::domain::time::{Moment, short_day_text};
use crate::ui::action::{Action, CaseScope};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Actions, Page, PageArea, Span};
use crate::ui::theme::scale;
use crate::ui::views::chips;
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::Choice;
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Cell, Column, Row, Table, Width};

const COLUMNS: [Column<'static>; 6] = [
    Column::text("Case", Width::Fixed(110.0)),
    Column::text("Customer", Width::Rest),
    Column::text("Device", Width::Rest),
    Column::text("Step", Width::Fixed(130.0)),
    Column::text("Opened", Width::Fixed(120.0)),
    Column::text("Unprotected for", Width::Fixed(130.0)),
];

/// What the page draws.
#[derive(Debug, Clone, Copy)]
pub struct CasesData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame.
    pub now: Moment,
    /// The store's clock.
    pub zone: Tz,
    /// The cases that were asked for last, as they are to be listed.
    pub cases: &'a [CaseLine],
    /// Which were asked for.
    pub scope: CaseScope,
}

/// The list of cases. Keeps the filter and which case is selected.
#[derive(Debug, Default)]
pub struct CasesView {
    text: String,
    /// The list was asked for from the filter.
    goes_down: bool,
    selected: Option<CaseId>,
}

impl CasesView {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, data: &CasesData<'_>) -> Option<Action> {
        PageArea::new(ui, Actions::None).span(Span::Full).body(ui, |ui| {
            let filtered = self.filter_ui(ui, data);
            let exported =
                (data.command == Some(UiCommand::Export)).then_some(Action::Export(Page::Cases));
            let opened = if data.cases.is_empty() {
                self.empty_ui(ui, data)
            } else {
                self.table_ui(ui, data)
            };
            filtered.or(exported).or(opened)
        })
    }

    fn filter_ui(&mut self, ui: &mut Ui, data: &CasesData<'_>) -> Option<Action> {
        self.goes_down |= focus::leaves_down(ui, filter_id());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = scale::SPACE_4;
            let field = Field::new("Filter").hint("Number, name, device…").id(filter_id());
            let typed = field.show(ui, &mut self.text);
            focus::at_first_sight(&typed);
            if data.command == Some(UiCommand::Find) {
                typed.request_focus();
            }
            let mut picked = Some(usize::from(data.scope == CaseScope::All));
            let chosen = ui
                .vertical(|ui| {
                    ui.spacing_mut().item_spacing.x = scale::SPACE_2;
                    Choice::new("Cases", &["Open", "All"]).show(ui, &mut picked)
                })
                .inner;
            let exported = ui
                .vertical(|ui| {
                    ui.add_space(scale::SPACE_4 + scale::SPACE_1);
                    let button = Button::secondary("Export").icon(Icon::Download).key("Ctrl+E");
                    buttons_right(ui, &[button])
                })
                .inner;
            if typed.changed() || chosen.changed() {
                let scope = if picked == Some(1) { CaseScope::All } else { CaseScope::Open };
                return Some(Action::CasesFilter { text: self.text.clone(), scope });
            }
            exported.map(|_| Action::Export(Page::Cases))
        })
        .inner
    }

    fn empty_ui(&mut self, ui: &mut Ui, data: &CasesData<'_>) -> Option<Action> {
        let (words, button) = match (self.text.trim(), data.scope) {
            ("", CaseScope::Open) => {
                ("No case is open. Find the customer to begin one", Button::primary("Lookup"))
            }
            ("", CaseScope::All) => (
                "No case was opened yet. Find the customer to begin one",
                Button::primary("Lookup"),
            ),
            (_, CaseScope::Open) => {
                ("No open case has these letters", Button::primary("Look in all cases"))
            }
            (_, CaseScope::All) => ("No case has these letters", Button::secondary("Clear filter")),
        };
        let is_lookup = self.text.trim().is_empty();
        let button = if is_lookup { button.icon(Icon::Search).key("F2") } else { button };
        let shown = card(ui, |ui| empty_state(ui, Icon::FolderOpen, words, Some(button)));
        if !shown.inner {
            return None;
        }
        if is_lookup {
            return Some(Action::Go(Page::Lookup));
        }
        if data.scope == CaseScope::All {
            self.text.clear();
        }
        Some(Action::CasesFilter { text: self.text.clone(), scope: CaseScope::All })
    }

    fn table_ui(&mut self, ui: &mut Ui, data: &CasesData<'_>) -> Option<Action> {
        let mut selected = data.cases.iter().position(|line| Some(line.id) == self.selected);
        let table = Table::new("Cases", &COLUMNS);
        let table = if std::mem::take(&mut self.goes_down) { table.focused() } else { table };
        let shown = table.show(ui, data.cases.len(), &mut selected, |row_idx| {
            data.cases.get(row_idx).map(|line| row_of(line, data)).unwrap_or_default()
        });
        self.selected = selected.and_then(|idx| data.cases.get(idx)).map(|line| line.id);
        let opened = shown.opened.and_then(|idx| data.cases.get(idx));
        opened.map(|line| Action::OpenCase(line.id))
    }
}

fn row_of<'a>(line: &'a CaseLine, data: &CasesData<'_>) -> Row<'a> {
    let local = line.opened_at.local(data.zone);
    let is_today = local.date() == data.now.day(data.zone);
    let clock = line.opened_at.clock_text(data.zone);
    let opened = if is_today {
        format!("today {clock}")
    } else {
        format!("{} {clock}", short_day_text(local.date()))
    };
    let gap = chips::of_gap(line, data.now).map_or(Cell::Empty, chips::State::cell);
    Row::new(vec![
        Cell::link(line.number.to_string()),
        Cell::strong(line.customer_name.as_str()),
        Cell::muted(if line.device.is_empty() { "no device yet" } else { &line.device }),
        chips::of_step(line).cell(),
        Cell::text(opened),
        gap,
    ])
}

fn filter_id() -> Id {
    Id::unique("cases filter")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::views::testing::{self, NOW, Window};
    use egui::{Key, Modifiers};

    #[derive(Default)]
    struct Desk {
        view: CasesView,
        cases: Vec<CaseLine>,
        command: Option<UiCommand>,
        scope: CaseScope,
    }

    fn draw(desk: &mut Desk, ui: &mut Ui) -> Option<Action> {
        let zone = testing::settings().desk.time_zone;
        let command = desk.command.take();
        let data = CasesData { command, now: NOW, zone, cases: &desk.cases, scope: desk.scope };
        desk.view.ui(ui, &data)
    }

    fn with_cases() -> Window<Desk> {
        Window::new(Desk { cases: testing::cases(), ..Desk::default() }, draw)
    }

    #[test]
    fn a_case_is_opened_by_tab_arrow_and_enter() {
        let mut window = with_cases();
        assert_eq!(window.focused(), "Filter");
        while !window.focused().starts_with("Case D2-00418") {
            window.tab();
        }
        window.press(Modifiers::NONE, Key::ArrowDown);
        window.enter();
        assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(417))]);
    }

    #[test]
    fn down_and_enter_lead_from_the_filter_into_the_list() {
        for key in [Key::ArrowDown, Key::Enter] {
            let mut window = with_cases();
            window.press(Modifiers::NONE, key);
            assert!(window.focused().starts_with("Case D2-00418"), "{}", window.focused());
            assert_eq!(window.actions(), [], "nothing is opened yet");
            window.enter();
            assert_eq!(window.actions(), [Action::OpenCase(testing::case_id(418))]);
        }
    }

    #[test]
    fn rows_tell_the_step_and_the_gap() {
        let rows = with_cases().rows();
        assert!(rows[0].starts_with("1/5 Case D2-00418, Customer Ivo Hristov"), "{rows:?}");
        assert!(rows[1].contains("Step Step 3 of 3"), "{rows:?}");
        assert!(rows[1].ends_with("Unprotected for 26 min"), "{rows:?}");
        assert!(rows[4].contains("Handed over"), "{rows:?}");
    }

    #[test]
    fn typing_filters_and_all_cases_are_one_choice_away() {
        let mut window = with_cases();
        window.type_text("w");
        let text = "w".to_owned();
        let open = Action::CasesFilter { text: text.clone(), scope: CaseScope::Open };
        assert_eq!(window.actions(), [open]);
        window.click("All");
        assert_eq!(window.actions(), [Action::CasesFilter { text, scope: CaseScope::All }]);
    }

    #[test]
    fn an_empty_list_says_what_to_do() {
        let mut window = Window::new(Desk::default(), draw);
        assert!(window.sees("No case is open"));
        window.click("Lookup");
        assert_eq!(window.actions(), [Action::Go(Page::Lookup)]);
        window.state().view.text = "zz".to_owned();
        window.run();
        window.click("Look in all cases");
        let text = "zz".to_owned();
        assert_eq!(window.actions(), [Action::CasesFilter { text, scope: CaseScope::All }]);
    }

    #[test]
    fn pictures() {
        let mut desk = Desk { cases: testing::cases(), scope: CaseScope::All, ..Desk::default() };
        desk.view.selected = Some(testing::case_id(417));
        testing::pictures("cases", Page::Cases, |ui| {
            draw(&mut desk, ui);
        });
        let mut empty = Desk::default();
        testing::pictures("cases-empty", Page::Cases, |ui| {
            draw(&mut empty, ui);
        });
    }
}
