//! The keys of this desk: figures, and each key with its state.

#[cfg(test)]
mod tests;

use egui::{Id, Ui};

use crate::domain::id::KeyId;
use crate::domain::stock::{KeyRow, KeyState, LOW_STOCK_MAX, ProductStock, StockCounts};
use crate::domain::time::Moment;
use crate::ui::action::{Action, Dialog};
use crate::ui::command::UiCommand;
use crate::ui::shell::{Actions, Page, PageArea, Span};
use crate::ui::theme::{Tone, scale};
use crate::ui::views::chips;
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::card::card;
use crate::ui::widgets::empty_state::empty_state;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::focus;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::table::{Cell, Column, Row, Table, Width};
use crate::ui::widgets::tile::{Tile, tiles};

const COLUMNS: [Column<'static>; 7] = [
    Column::text("Product", Width::Rest),
    Column::text("Key ends", Width::Fixed(90.0)),
    Column::text("Covers", Width::Fixed(120.0)),
    Column::text("Term", Width::Fixed(80.0)),
    Column::text("Lot", Width::Fixed(110.0)),
    Column::text("State", Width::Fixed(130.0)),
    Column::text("Case", Width::Fixed(110.0)),
];

/// What the page draws.
#[derive(Debug, Clone, Copy)]
pub struct StockData<'a> {
    /// The command that was given in this frame.
    pub command: Option<UiCommand>,
    /// The moment of this frame.
    pub now: Moment,
    /// The figures.
    pub counts: StockCounts,
    /// Each product with its free keys.
    pub products: &'a [ProductStock],
    /// The first keys that fit the filter.
    pub rows: &'a [KeyRow],
    /// Whether more fit.
    pub has_more: bool,
    /// `false` until the file has answered.
    pub is_read: bool,
}

/// The keys of this desk. Keeps the filter and which key is selected.
#[derive(Debug, Default)]
pub struct StockView {
    text: String,
    /// The list was asked for from the filter.
    goes_down: bool,
    selected: Option<KeyId>,
    /// How many rows there were when more were asked for last.
    n_asked: usize,
}

impl StockView {
    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, data: &StockData<'_>) -> Option<Action> {
        let by_command = self.do_command(data);
        let drawn = PageArea::new(ui, Actions::None).span(Span::Full).body(ui, |ui| {
            tiles_ui(ui, data);
            let pressed = ui.push_id("filter", |ui| self.filter_ui(ui, data)).inner;
            let opened = if data.rows.is_empty() {
                self.empty_ui(ui, data)
            } else {
                self.table_ui(ui, data)
            };
            pressed.or(opened)
        });
        by_command.or(drawn)
    }

    fn do_command(&self, data: &StockData<'_>) -> Option<Action> {
        match data.command? {
            UiCommand::Export => Some(Action::Export(Page::Stock)),
            UiCommand::Import => Some(Action::Open(Dialog::Import)),
            UiCommand::VoidKey => self.void(data).ok(),
            _ => None,
        }
    }

    /// Opens the dialog that voids the selected key, or says why not.
    fn void(&self, data: &StockData<'_>) -> Result<Action, &'static str> {
        let row = data.rows.iter().find(|row| Some(row.id) == self.selected);
        let Some(row) = row else { return Err("Choose a key") };
        match &row.state {
            KeyState::Voided { .. } => Err("It is voided already"),
            KeyState::Leased { .. } => Err("Another desk has it"),
            KeyState::Held { case, .. }
            | KeyState::Issued { case }
            | KeyState::Activated { case } => {
                Ok(Action::Open(Dialog::VoidKey(row.id, Some(*case))))
            }
            KeyState::Free | KeyState::Frozen => Ok(Action::Open(Dialog::VoidKey(row.id, None))),
        }
    }

    fn filter_ui(&mut self, ui: &mut Ui, data: &StockData<'_>) -> Option<Action> {
        self.goes_down |= focus::leaves_down(ui, Id::unique("stock filter"));
        ui.horizontal_top(|ui| {
            let field = Field::new("Filter").hint("Key ending, product, case…");
            let typed = field.id(Id::unique("stock filter")).show(ui, &mut self.text);
            focus::at_first_sight(&typed);
            if data.command == Some(UiCommand::Find) {
                typed.request_focus();
            }
            let pressed = ui
                .vertical(|ui| {
                    ui.add_space(scale::SPACE_4 + scale::SPACE_1);
                    self.buttons_ui(ui, data)
                })
                .inner;
            if typed.changed() {
                self.n_asked = 0;
                return Some(Action::StockFilter { text: self.text.clone() });
            }
            pressed
        })
        .inner
    }

    fn buttons_ui(&self, ui: &mut Ui, data: &StockData<'_>) -> Option<Action> {
        let void = self.void(data);
        let void_button = Button::secondary("Void key…").icon(Icon::Ban).key("Ctrl+D");
        let mut shown = vec![
            (void_button.blocked(void.as_ref().err().copied()), void.ok()),
            (
                Button::secondary("Export").icon(Icon::Download).key("Ctrl+E"),
                Some(Action::Export(Page::Stock)),
            ),
            (
                Button::secondary("Import keys").icon(Icon::Upload).key("Ctrl+I"),
                Some(Action::Open(Dialog::Import)),
            ),
        ];
        if data.counts.n_frozen > 0 {
            let release = Button::secondary("Release frozen keys…").icon(Icon::Snowflake);
            shown.insert(0, (release, Some(Action::Open(Dialog::ReleaseFrozen))));
        }
        let buttons: Vec<Button<'_>> = shown.iter().map(|(button, _)| *button).collect();
        let pressed = buttons_right(ui, &buttons)?;
        shown.into_iter().nth(pressed).and_then(|(_, action)| action)
    }

    fn empty_ui(&mut self, ui: &mut Ui, data: &StockData<'_>) -> Option<Action> {
        if !data.is_read {
            return None;
        }
        let is_filtered = !self.text.is_empty();
        let (words, button) = if is_filtered {
            ("No key has these letters", Button::secondary("Clear filter"))
        } else {
            let button = Button::primary("Import").icon(Icon::Upload).key("Ctrl+I");
            ("No keys on this desk. Import keys, or drop the file here", button)
        };
        let shown = card(ui, |ui| empty_state(ui, Icon::KeyRound, words, Some(button)));
        shown.inner.then(|| {
            if is_filtered {
                self.text.clear();
                Action::StockFilter { text: String::new() }
            } else {
                Action::Open(Dialog::Import)
            }
        })
    }

    fn table_ui(&mut self, ui: &mut Ui, data: &StockData<'_>) -> Option<Action> {
        let mut selected = data.rows.iter().position(|row| Some(row.id) == self.selected);
        let mut last_seen = 0;
        let table = Table::new("Keys", &COLUMNS);
        let table = if std::mem::take(&mut self.goes_down) { table.focused() } else { table };
        let shown = table.show(ui, data.rows.len(), &mut selected, |row_idx| {
            last_seen = last_seen.max(row_idx);
            data.rows.get(row_idx).map(|row| row_of(row, data.now)).unwrap_or_default()
        });
        self.selected = selected.and_then(|idx| data.rows.get(idx)).map(|row| row.id);
        let opened = shown.opened.and_then(|idx| data.rows.get(idx));
        if let Some(
            KeyState::Held { case, .. } | KeyState::Issued { case } | KeyState::Activated { case },
        ) = opened.map(|row| &row.state)
        {
            return Some(Action::OpenCase(*case));
        }
        let n_rows = data.rows.len();
        let is_end_seen = last_seen + 1 >= n_rows;
        (data.has_more && is_end_seen && self.n_asked != n_rows).then(|| {
            self.n_asked = n_rows;
            Action::MoreStock
        })
    }
}

fn tiles_ui(ui: &mut Ui, data: &StockData<'_>) {
    let counts = data.counts;
    let number = |n: u32| n.to_string();
    let low = low_products(data.products);
    let low_note = match low.first() {
        Some(first) => format!("{} left of {}", first.n_free, first.product.name),
        None => format!("every product has more than {LOW_STOCK_MAX}"),
    };
    let held_note = match counts.n_held {
        0 => "none is held by a case".to_owned(),
        n => format!("{n} held by a case"),
    };
    let numbers = [
        number(counts.n_free),
        number(counts.n_issued_today),
        low.len().to_string(),
        number(counts.n_voided),
        number(counts.n_frozen),
    ];
    let [free, issued, n_low, voided, frozen] = &numbers;
    let issued_note = format!("{} in all", counts.n_issued);
    let low_tone = if low.is_empty() { Tone::Neutral } else { Tone::Warn };
    let shown = [
        tile((Icon::KeyRound, Tone::Ok), "Keys free here", free, &held_note),
        tile((Icon::PackageCheck, Tone::Info), "Issued today", issued, &issued_note),
        tile((Icon::TriangleAlert, low_tone), "Low products", n_low, &low_note),
        // Four fit beside each other; keys that wait for a lead matter more than those that are gone.
        if counts.n_frozen > 0 {
            tile((Icon::Snowflake, Tone::Warn), "Frozen", frozen, "until a lead decides")
        } else {
            tile((Icon::Ban, Tone::Neutral), "Voided", voided, "never handed out again")
        },
    ];
    tiles(ui, &shown);
}

fn tile<'a>(mark: (Icon, Tone), label: &'a str, number: &'a str, note: &'a str) -> Tile<'a> {
    Tile { icon: mark.0, tone: mark.1, label, number, note }
}

/// Products with few keys left, the fewest first.
fn low_products(products: &[ProductStock]) -> Vec<&ProductStock> {
    let mut low: Vec<&ProductStock> = products.iter().filter(|product| product.is_low()).collect();
    low.sort_by_key(|product| product.n_free);
    low
}

fn row_of(row: &KeyRow, now: Moment) -> Row<'_> {
    let case = match (&row.case_number, &row.state) {
        (Some(number), _) => Cell::link(number.to_string()),
        (None, KeyState::Leased { desk }) => Cell::muted(format!("Desk {desk}")),
        (None, KeyState::Voided { reason }) => Cell::muted(reason.as_str()),
        (None, _) => Cell::Empty,
    };
    Row::new(vec![
        Cell::text(row.product.as_str()),
        Cell::mono(row.ending.as_str()),
        Cell::text(row.seats.label()),
        Cell::text(format!("{} mo", row.term_months)),
        Cell::mono(row.lot.as_str()),
        chips::of_key(&row.state, now).cell(),
        case,
    ])
}
