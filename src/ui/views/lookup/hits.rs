//! The left half of home: who matches and why, a new customer, what is open on this desk.

use egui::{Key, Response, ScrollArea, Ui};

use super::items::{self, Item, Opening};
use super::{LookupData, LookupView, Start};
use crate::domain::hit::{Found, Hit};
use crate::domain::time::count_text;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Page, Split};
use crate::ui::theme::{Ink, Tone, Type, scale};
use crate::ui::views::chips;
use crate::ui::widgets::Selection;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{list_card, section_title};
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::list_row::ListRow;
use crate::ui::widgets::row::row;
use crate::ui::widgets::text::{announce, text};

/// What the card under the list wants at least: name, a few facts, buttons.
const CARD_HEIGHT_MIN: f32 = 290.0;
/// Three customers with their number are always seen.
const LIST_HEIGHT_MIN: f32 = 3.0 * scale::LIST_ROW_HEIGHT + scale::TARGET_MIN + scale::SPACE_3;

impl LookupView {
    pub(super) fn left_ui(&mut self, ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
        // In a narrow window the card goes under the list, so the list leaves room for it.
        let is_stacked = Split::is_stacked(ui);
        let room = ui.available_height();
        let below = if is_stacked && self.card(data).is_some() { CARD_HEIGHT_MIN } else { 0.0 };
        let height = (room - below).max(LIST_HEIGHT_MIN);
        let area = ScrollArea::vertical().id_salt("hits").max_height(height);
        area.auto_shrink([false, is_stacked])
            .show(ui, |ui| {
                let hits = self.found_ui(ui, data);
                let new = self.new_ui(ui, data);
                let open = super::open::ui(ui, data);
                hits.or(new).or(open)
            })
            .inner
    }

    fn found_ui(&mut self, ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
        if self.text.trim().is_empty() {
            return (data.n_customers == Some(0)).then(|| import_ui(ui)).flatten();
        }
        // An older answer stays while the new one is looked for, so that nothing flickers.
        let Some(found) = data.found.filter(|found| !found.query.trim().is_empty()) else {
            section_title(ui, "Looking …", "");
            return None;
        };
        let is_current = found.query == self.text;
        let items = items::items(found, self.opened(), data.namesakes);
        // Not under the bar that scrolls.
        let bar = ui.spacing().scroll.bar_width;
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width() - bar);
            section_title(ui, &title(found, items::counts(&items)), &took(found));
        });
        if found.hits.is_empty() {
            if let Some(note) = &found.note {
                note_ui(ui, note);
            }
            nobody_ui(ui, &self.text);
            return None;
        }
        if let Some(note) = &found.note {
            note_ui(ui, note);
        }
        let turned = list_card(ui, "Customers", |ui| self.rows_ui(ui, found, &items)).inner;
        if found.has_more {
            let words = "More match. Add a first name, or the last four digits of the phone";
            text(ui, Type::Secondary, Ink::Muted, words);
        }
        if !is_current {
            self.is_moved = false;
        }
        turned
    }

    fn rows_ui(&mut self, ui: &mut Ui, found: &Found, items: &[Item<'_>]) -> Option<Action> {
        let n_rows = items.len();
        let mut turned = None;
        for (row_idx, item) in items.iter().enumerate() {
            let is_selected = row_idx == self.selected;
            let place = (row_idx, n_rows);
            let response = match item {
                Item::Hit(hit) => hit_ui(ui, hit, (found, items), (place, is_selected.into())),
                Item::More { of, n_more, opening } => {
                    let words = more_words(*n_more, &of.name, *opening);
                    let key = UiCommand::Namesakes.key_text();
                    let row = ListRow::compact("", &words.0).subtitle(&words.1).key(&key);
                    row.selected(is_selected).position(row_idx, n_rows).show(ui)
                }
            };
            if response.gained_focus() || response.clicked() {
                self.selected = row_idx;
            }
            let by_enter = ui.input(|input| input.key_pressed(Key::Enter));
            match item {
                Item::More { of, .. } if response.clicked() => {
                    turned = self.turn(&of.customer, row_idx);
                }
                Item::Hit(_) if response.double_clicked() || (response.clicked() && by_enter) => {
                    self.start = Start::Seen;
                }
                Item::Hit(_) | Item::More { .. } => (),
            }
            if row_idx == self.selected && self.is_moved {
                response.scroll_to_me(None);
            }
        }
        turned
    }

    fn new_ui(&self, ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
        let is_nobody = self.answer(data).is_some_and(|found| found.hits.is_empty());
        let button = if is_nobody {
            Button::primary("New customer")
        } else {
            Button::secondary("New customer")
        };
        let pressed = button.icon(Icon::UserPlus).key("Ctrl+N").salt("new").show(ui).clicked();
        ui.add_space(scale::SPACE_2);
        pressed.then_some(Action::Open(Dialog::NewCustomer))
    }
}

fn import_ui(ui: &mut Ui) -> Option<Action> {
    let words = "No customers are in this file. Import customers, subscriptions and keys, \
                 or drop the files here";
    let button = Button::primary("Import").icon(Icon::Upload).key("Ctrl+I");
    let is_import =
        list_card(ui, "Customers", |ui| empty_state(ui, Icon::Inbox, words, Some(button))).inner;
    // Its name and number are printed on every sheet.
    let settings = UiCommand::Settings.key_text();
    let store = Button::link("Set up the store").icon(Icon::Settings).key(&settings);
    let is_store = store.salt("set up").show(ui).clicked();
    is_import
        .then_some(Action::Open(Dialog::Import))
        .or(is_store.then_some(Action::Go(Page::Settings)))
}

fn nobody_ui(ui: &mut Ui, typed: &str) {
    list_card(ui, "Customers", |ui| {
        let words = format!(
            "Nobody matches \"{}\". Try fewer letters or the phone, or add the customer",
            typed.trim()
        );
        empty_state(ui, Icon::SearchX, &words, None);
    });
}

/// A customer's row.
fn hit_ui(
    ui: &mut Ui,
    hit: &Hit,
    (found, items): (&Found, &[Item<'_>]),
    (place, selection): ((usize, usize), Selection),
) -> Response {
    let state = chips::of_hit(hit);
    let double = hit.duplicate_of.as_ref().and_then(|other| items::shown_number(items, other));
    let line = second_line(hit, double);
    let number = items::number(items, place.0).unwrap_or_default();
    let row = ListRow::new(&hit.name).title_marks(items::marks(hit, found)).number(number);
    row.subtitle(&line).chip(state.chip()).selected(selection).position(place.0, place.1).show(ui)
}

/// `12 more of this name`, and what the row does.
fn more_words(n_more: u32, name: &str, opening: Opening) -> (String, String) {
    match opening {
        Opening::Open => {
            ("Fewer of this name".to_owned(), format!("Closes the others called {name}"))
        }
        Opening::Closed => {
            (format!("{n_more} more of this name"), format!("Opens all called {name}"))
        }
    }
}

/// What was left out of the search.
fn note_ui(ui: &mut Ui, note: &str) {
    row(ui, scale::TARGET_MIN, |ui| {
        icon(ui, Icon::Info, scale::ICON, Ink::Tone(Tone::Warn));
        announce(&text(ui, Type::Secondary, Ink::Body, note));
    });
}

/// What tells the customer apart, and why the row is here.
fn second_line(hit: &Hit, double: Option<usize>) -> String {
    let double = double.map(|row| format!("possible duplicate of row {row}"));
    let number = hit.open_case.as_ref().map(|(_, number)| number.to_string());
    // The reason first: it is never cut.
    let parts = [Some(hit.why.clone()), double, number, Some(hit.details.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// How many match, and how many of them are shown where that is not all.
fn title(found: &Found, (n_all, n_shown): (usize, usize)) -> String {
    let customers = count_text(i64::try_from(n_all).unwrap_or(i64::MAX), "customer");
    match (n_all, found.has_more) {
        (0, _) => "No customer matches".to_owned(),
        (_, true) => format!("The best {n_shown} of many that match"),
        (1, false) => "1 customer matches".to_owned(),
        (_, false) if n_shown < n_all => format!("{customers} match, {n_shown} are shown"),
        (_, false) => format!("{customers} match"),
    }
}

fn took(found: &Found) -> String {
    match found.took_us {
        0..1_000 => "under 1 ms".to_owned(),
        us => format!("{} ms", us.div_ceil(1_000)),
    }
}
