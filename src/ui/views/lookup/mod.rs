//! Home: one box that finds everything, the hits, the customer who is chosen, and what is open.
//!
//! The box has the focus whenever nothing else wants it. Digits are text there, so hits are picked
//! with the arrows or with Alt and a digit. Enter acts on what the box says: when the answer is
//! not there yet, it waits for it; when what was typed names no record, an Enter that came before
//! the hits were seen starts nothing: the technician chooses.

mod card;
mod hits;
mod items;
mod open;
mod start;
#[cfg(test)]
mod start_tests;
#[cfg(test)]
mod tests;

pub use items::Namesakes;

use chrono::NaiveDate;
use egui::{Id, Key, Modifiers, Ui};

use self::items::Item;
use crate::domain::card::{CaseLine, CustomerCard};
use crate::domain::hit::Found;
use crate::domain::id::ExternalId;
use crate::domain::settings::Settings;
use crate::domain::time::Moment;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::{DIGITS, UiCommand};
use crate::ui::shell::{Actions, PageArea, Split};
use crate::ui::theme::{Ink, Type, scale};
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::search_box::SearchBox;
use crate::ui::widgets::text::text_line;

/// How wide the customer's card is.
const CARD_WIDTH: f32 = 522.0;
/// What the page draws.
#[derive(Debug, Clone, Copy)]
pub struct LookupData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame.
    pub now: Moment,
    /// The store's day.
    pub today: NaiveDate,
    /// The campaign and the store's clock.
    pub settings: &'a Settings,
    /// Customers in the file; `None` until the file has said.
    pub n_customers: Option<u64>,
    /// The last answer; it may be to an earlier text than the box holds.
    pub found: Option<&'a Found>,
    /// The last answer to [`Action::Namesakes`].
    pub namesakes: Option<Namesakes<'a>>,
    /// The last card that was asked for with [`Action::Look`].
    pub card: Option<&'a CustomerCard>,
    /// The open cases of this desk.
    pub open_cases: &'a [CaseLine],
}

/// Whether Enter was pressed and is still to be acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Start {
    #[default]
    NotAsked,
    /// With the hits in sight: the selected one is meant.
    Seen,
    /// Before the answer came, as a scanner or a fast typist does.
    Early,
}

/// Home. Keeps the text, which hit is selected, and an Enter that waits.
#[derive(Debug, Default)]
pub struct LookupView {
    text: String,
    selected: usize,
    /// The selection was moved by a key: the row is scrolled to.
    is_moved: bool,
    start: Start,
    /// An early Enter met several alike: say so until something is typed or pressed.
    is_choice_wanted: bool,
    looked_at: Option<ExternalId>,
    /// By whom the others of a name are open, and on which row they were opened.
    opened: Option<(ExternalId, usize)>,
    /// Whether what the box can take back with Ctrl+Z was typed for this customer.
    has_own_undo: bool,
    /// The last pass that drew the page.
    drawn_in_pass: u64,
}

impl LookupView {
    /// What stands in the box.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Empties the box; for when a case was opened from here.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts `text` into the box, as a scan does, and acts as if Enter followed. The window sends
    /// [`Action::Find`] itself.
    pub fn take_scan(&mut self, text: &str) {
        *self = Self { text: text.to_owned(), start: Start::Early, ..Self::default() };
    }

    /// Empties the box and shows the card of `customer`, who was just added; Enter starts a case.
    /// The window asks for the card itself.
    pub fn show(&mut self, customer: ExternalId) {
        *self = Self { looked_at: Some(customer), ..Self::default() };
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
        let refreshed = self.refresh(ui.ctx().cumulative_pass_nr());
        self.take_keys(ui, data);
        let by_command = self.do_command(ui, data).or(refreshed);
        let drawn = PageArea::new(ui, Actions::None).body(ui, |ui| {
            let typed = self.box_ui(ui, data);
            let split = Split::new(ui, CARD_WIDTH);
            let left = split.main(ui, |ui| self.left_ui(ui, data));
            let right = split.side(ui, |ui| card::ui(ui, data, self.card(data)));
            typed.or(left).or(right)
        });
        let was_choice_wanted = self.is_choice_wanted;
        let action = by_command.or(drawn).or_else(|| self.settle(data));
        if action.is_some() || self.is_choice_wanted != was_choice_wanted {
            // What waits has its turn in the next frame, and a new hint is shown.
            ui.ctx().request_repaint();
        }
        action
    }

    /// When the page is turned to again, hits and card are asked for anew: cases may have changed.
    fn refresh(&mut self, pass: u64) -> Option<Action> {
        // A pass that egui throws away and repeats counts too, hence not exactly one.
        let is_back = self.drawn_in_pass + 2 < pass && self.drawn_in_pass != 0;
        self.drawn_in_pass = pass;
        if !is_back || self.text.trim().is_empty() {
            return None;
        }
        self.looked_at = None;
        Some(Action::Find(self.text.clone()))
    }

    /// The answer to what the box says now.
    fn answer<'a>(&self, data: &LookupData<'a>) -> Option<&'a Found> {
        data.found.filter(|found| !self.text.trim().is_empty() && found.query == self.text)
    }

    /// The rows of the answer to what the box says now.
    fn items<'a>(&self, data: &LookupData<'a>) -> Vec<Item<'a>> {
        let rows = |found| items::items(found, self.opened(), data.namesakes);
        self.answer(data).map(rows).unwrap_or_default()
    }

    fn opened(&self) -> Option<&ExternalId> {
        self.opened.as_ref().map(|(of, _)| of)
    }

    /// Opens the others of a name, by the row that says how many there are, or closes them again.
    /// The first of them is selected, or that row.
    fn turn(&mut self, of: &ExternalId, row_idx: usize) -> Option<Action> {
        if let Some((_, row_idx)) = self.opened.take_if(|(open, _)| open == of) {
            self.selected = row_idx;
            return None;
        }
        self.selected = row_idx;
        self.opened = Some((of.clone(), row_idx));
        Some(Action::Namesakes(of.clone()))
    }

    /// The card to show: the one that was last asked for from here.
    fn card<'a>(&self, data: &LookupData<'a>) -> Option<&'a CustomerCard> {
        let wanted = self.looked_at.as_ref()?;
        data.card.filter(|card| card.customer.external_id == *wanted)
    }

    /// Takes arrows, Alt with a digit, and Enter before the widgets see them.
    fn take_keys(&mut self, ui: &Ui, data: &LookupData<'_>) {
        let focused = ui.memory(egui::Memory::focused);
        if ui.memory(|memory| memory.top_modal_layer().is_some()) {
            return;
        }
        let items = self.items(data);
        let n_rows = items.len();
        let before = self.selected;
        let is_in_box = focused.is_none() || focused == Some(box_id());
        ui.input_mut(|input| {
            for (idx, key) in DIGITS.into_iter().enumerate() {
                if let Some(row_idx) = items::row_of(&items, idx + 1)
                    && input.consume_key(Modifiers::ALT, key)
                {
                    self.selected = row_idx;
                }
            }
            if is_in_box && n_rows > 0 {
                let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
                if pressed(Key::ArrowDown) {
                    self.selected = (self.selected + 1).min(n_rows - 1);
                }
                if pressed(Key::ArrowUp) {
                    self.selected = self.selected.saturating_sub(1);
                }
            }
            if is_in_box && input.consume_key(Modifiers::NONE, Key::Enter) {
                self.ask_start(data);
            }
        });
        self.is_moved = self.selected != before;
    }

    fn do_command(&mut self, ui: &Ui, data: &LookupData<'_>) -> Option<Action> {
        let items = self.items(data);
        let mut pick = |number: usize| {
            if let Some(row_idx) = items::row_of(&items, number) {
                self.selected = row_idx;
            }
        };
        match data.command? {
            UiCommand::Step1 => pick(1),
            UiCommand::Step2 => pick(2),
            UiCommand::Step3 => pick(3),
            UiCommand::Finish => self.ask_start(data),
            UiCommand::Find => {
                ui.memory_mut(|memory| memory.request_focus(box_id()));
                select_all(ui, &self.text);
            }
            UiCommand::Namesakes => return self.turn_selected(data),
            UiCommand::NewCustomer => return Some(Action::Open(Dialog::NewCustomer)),
            UiCommand::Import => return Some(Action::Open(Dialog::Import)),
            UiCommand::Back if !self.text.is_empty() => {
                self.clear();
                return Some(Action::Find(String::new()));
            }
            UiCommand::History if self.card(data).is_some() => {
                return Some(Action::Open(Dialog::History));
            }
            _ => (),
        }
        None
    }

    /// Opens the others of the selected row's name, else those of the first name with others.
    fn turn_selected(&mut self, data: &LookupData<'_>) -> Option<Action> {
        let items = self.items(data);
        let name = match items.get(self.selected)? {
            Item::Hit(hit) | Item::More { of: hit, .. } => &hit.name,
        };
        let more = |is_it: &dyn Fn(&str) -> bool| {
            items.iter().enumerate().find_map(|(row_idx, item)| match item {
                Item::More { of, .. } if is_it(&of.name) => Some((of.customer.clone(), row_idx)),
                Item::More { .. } | Item::Hit(_) => None,
            })
        };
        let (of, row_idx) = more(&|other| other == name).or_else(|| more(&|_| true))?;
        self.turn(&of, row_idx)
    }

    fn ask_start(&mut self, data: &LookupData<'_>) {
        let is_seen = self.answer(data).is_some() || self.text.trim().is_empty();
        self.start = if is_seen { Start::Seen } else { Start::Early };
        self.is_choice_wanted = false;
    }

    fn box_ui(&mut self, ui: &mut Ui, data: &LookupData<'_>) -> Option<Action> {
        ui.spacing_mut().item_spacing.y = scale::SPACE_2;
        let response = SearchBox::new("Find a customer, case or key")
            .hint("Name, phone, receipt, serial …")
            .trailing(Icon::ScanLine, "Scanner ready")
            .id(box_id())
            .show(ui, &mut self.text);
        if !std::mem::replace(&mut self.has_own_undo, true) {
            forget_undo(ui);
        }
        let had_focus = response.has_focus();
        focus::at_first_sight(&response);
        let has_modal = ui.memory(|memory| memory.top_modal_layer().is_some());
        if !has_modal && ui.memory(egui::Memory::focused).is_none() {
            response.request_focus();
        }
        if !had_focus && ui.memory(|memory| memory.has_focus(box_id())) {
            // Typing goes over what stood there.
            select_all(ui, &self.text);
        }
        text_line(ui, Type::Small, Ink::Muted, &self.hint(data));
        response.changed().then(|| {
            self.selected = 0;
            self.is_choice_wanted = false;
            self.looked_at = None;
            self.opened = None;
            if self.start == Start::Seen {
                self.start = Start::NotAsked;
            }
            Action::Find(self.text.clone())
        })
    }

    fn hint(&self, data: &LookupData<'_>) -> String {
        let enter = items::enter_words(self.items(data).get(self.selected));
        match self.answer(data).map_or(0, |found| found.hits.len()) {
            1.. if self.named_case(self.card(data)).is_some() => {
                "Enter opens this case.".to_owned()
            }
            0 => "Name, phone or its last four digits, e-mail, receipt, activation code, device \
                 serial, case number. Typing finds as you go; a scan opens at once."
                .to_owned(),
            1 => enter,
            _ if self.is_choice_wanted => {
                "Several customers match. Choose with ↑ ↓ or Alt+1…9, then press Enter.".to_owned()
            }
            _ => format!("Choose with ↑ ↓ or Alt+1…9. {enter}"),
        }
    }
}

/// Forgets what was typed for the customer before: Ctrl+Z must not bring it back.
fn forget_undo(ui: &Ui) {
    if let Some(mut state) = egui::TextEdit::load_state(ui.ctx(), box_id()) {
        state.clear_undoer();
        state.store(ui.ctx(), box_id());
    }
}

fn box_id() -> Id {
    Id::unique("lookup box")
}

fn select_all(ui: &Ui, text: &str) {
    use egui::text::CCursorRange;
    let mut state = egui::TextEdit::load_state(ui.ctx(), box_id()).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(ui.ctx(), box_id());
}
