//! A table whose rows are drawn only while they can be seen, so that 100,000 keys cost no more
//! than twenty.
//!
//! Each row is one thing to press and one stop for the arrows; its cells are not. The Tab key
//! stops once, at the selected row.

mod columns;
mod rows;

pub use columns::{Column, Width};
use rows::Slot;
pub use rows::{Cell, Row};

use egui::{Align2, EventFilter, Id, Key, Modifiers, Rect, Role, ScrollArea, Ui, UiBuilder, vec2};

use super::card::paper;
use super::draw;
use crate::ui::theme::{Type, palette, scale};

/// How tall a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fit {
    /// As tall as there is room.
    #[default]
    Fill,
    /// As tall as its rows, up to what there is room for.
    Rows,
}

/// A table that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct Table<'a> {
    name: &'a str,
    columns: &'a [Column<'a>],
    fit: Fit,
    takes_focus: bool,
}

/// What came of drawing a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableResponse {
    /// Another row was selected, by the pointer or by keys.
    pub is_selection_changed: bool,
    /// The row that was opened, by Enter or a double click.
    pub opened: Option<usize>,
}

impl<'a> Table<'a> {
    /// A table that screen readers call `name`. The name also tells tables of one page apart.
    pub const fn new(name: &'a str, columns: &'a [Column<'a>]) -> Self {
        Self { name, columns, fit: Fit::Fill, takes_focus: false }
    }

    /// How tall the table is.
    pub const fn fit(self, fit: Fit) -> Self {
        Self { fit, ..self }
    }

    /// Gives the selected row, else the first, the focus in this frame.
    pub const fn focused(self) -> Self {
        Self { takes_focus: true, ..self }
    }

    /// Draws `n_rows` rows, of which `row` tells what they show; it is asked only for those that
    /// can be seen. A row that is selected from elsewhere is scrolled to.
    pub fn show<'r>(
        self,
        ui: &mut Ui,
        n_rows: usize,
        selected: &mut Option<usize>,
        row: impl FnMut(usize) -> Row<'r>,
    ) -> TableResponse {
        let grid = UiBuilder::new().accessibility_role(Role::List).accessibility_label(self.name);
        ui.scope_builder(grid, |ui| {
            paper(palette(ui), egui::Margin::same(1))
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                    let (_, head) =
                        ui.allocate_space(vec2(ui.available_width(), scale::TABLE_HEAD_HEIGHT));
                    // Head and rows share one set of columns, whether there is a scroll bar or not.
                    let bar = ui.spacing().scroll.allocated_width();
                    let room = head.shrink2(vec2(scale::SPACE_4, 0.0));
                    let spans = columns::spans(self.columns, room.with_max_x(room.right() - bar));
                    self.paint_head(ui, head, &spans);
                    self.rows_ui(ui, n_rows, selected, (&spans, row))
                })
                .inner
        })
        .inner
    }

    fn paint_head(&self, ui: &Ui, head: Rect, spans: &[columns::Span]) {
        let palette = palette(ui);
        for (column, span) in self.columns.iter().zip(spans) {
            let look = (Type::Label, palette.text_muted);
            let title = draw::line(ui, column.title, look, span.width());
            let (x, anchor) = span.anchor(column.align);
            draw::put(ui, egui::pos2(x, head.center().y), anchor, title);
        }
        let y = head.bottom() - scale::LINE;
        draw::hairline(ui, head.x_range(), y, palette.line_subtle);
    }

    fn rows_ui<'r>(
        &self,
        ui: &mut Ui,
        n_rows: usize,
        selected: &mut Option<usize>,
        rows: (&[columns::Span], impl FnMut(usize) -> Row<'r>),
    ) -> TableResponse {
        let (spans, mut row) = rows;
        let base = ui.make_persistent_id(("table", self.name));
        let before = *selected;
        let entered = (self.takes_focus && n_rows > 0).then(|| selected.unwrap_or_default());
        *selected = entered.or(*selected);
        let moved_by_key = keys(ui, base, n_rows, selected).or(entered);
        let mut response = TableResponse::default();
        let area = ScrollArea::vertical()
            .id_salt(("table", self.name))
            .auto_shrink([false, self.fit == Fit::Rows]);
        let area = match scroll_target(ui, base, *selected) {
            Some(target) => area.vertical_scroll_offset(target),
            None => area,
        };
        let output = area.show_rows(ui, scale::ROW_HEIGHT, n_rows, |ui, range| {
            for row_idx in range {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), scale::ROW_HEIGHT));
                let stop = selected.unwrap_or(0) == row_idx;
                let place = super::Place { row_idx, n_rows };
                let shown = row(row_idx).show(
                    ui,
                    &Slot {
                        rect,
                        id: base.with(row_idx),
                        place,
                        columns: self.columns,
                        spans,
                        selection: (*selected == Some(row_idx)).into(),
                        stops_tab: stop,
                    },
                );
                if shown.clicked() || shown.gained_focus() {
                    *selected = Some(row_idx);
                }
                if shown.clicked() {
                    shown.request_focus();
                }
                let by_enter = shown.has_focus()
                    && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
                if by_enter || shown.double_clicked() {
                    response.opened = Some(row_idx);
                }
            }
        });
        remember_view(ui, base, output.state.clamped_offset().y, output.inner_rect.height());
        if let Some(row_idx) = moved_by_key {
            ui.memory_mut(|memory| memory.request_focus(base.with(row_idx)));
        }
        response.is_selection_changed = *selected != before;
        response
    }
}

/// Moves the selection by keys while a row has the focus; the row that is to get it.
fn keys(ui: &Ui, base: Id, n_rows: usize, selected: &mut Option<usize>) -> Option<usize> {
    let current = (*selected)?;
    let id = base.with(current);
    if n_rows == 0 || !ui.memory(|memory| memory.has_focus(id)) {
        return None;
    }
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let page = view(ui, base).map_or(1, |(_, height)| (height / scale::ROW_HEIGHT) as usize).max(1);
    let target = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            Some(current.saturating_add(1))
        } else if pressed(Key::ArrowUp) {
            Some(current.saturating_sub(1))
        } else if pressed(Key::PageDown) {
            Some(current.saturating_add(page))
        } else if pressed(Key::PageUp) {
            Some(current.saturating_sub(page))
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            Some(n_rows)
        } else {
            None
        }
    })?;
    let target = target.min(n_rows - 1);
    *selected = Some(target);
    Some(target)
}

/// Where to scroll to so that a newly selected row can be seen; `None` to stay.
fn scroll_target(ui: &Ui, base: Id, selected: Option<usize>) -> Option<f32> {
    let known: Option<Option<usize>> = ui.data(|data| data.get_temp(base));
    ui.data_mut(|data| data.insert_temp(base, selected));
    let row_idx = selected?;
    if known == Some(selected) {
        return None;
    }
    let (offset, height) = view(ui, base)?;
    let top = row_idx as f32 * scale::ROW_HEIGHT;
    if top < offset {
        Some(top)
    } else if top + scale::ROW_HEIGHT > offset + height {
        Some(top + scale::ROW_HEIGHT - height)
    } else {
        None
    }
}

/// Offset and height of what was seen of the rows in the last pass.
fn view(ui: &Ui, base: Id) -> Option<(f32, f32)> {
    ui.data(|data| data.get_temp(base.with("view")))
}

fn remember_view(ui: &Ui, base: Id, offset: f32, height: f32) {
    ui.data_mut(|data| data.insert_temp(base.with("view"), (offset, height)));
}

/// The anchor of a cell for its alignment.
const fn anchor_of(align: egui::Align) -> Align2 {
    match align {
        egui::Align::Min => Align2::LEFT_CENTER,
        egui::Align::Center => Align2::CENTER_CENTER,
        egui::Align::Max => Align2::RIGHT_CENTER,
    }
}
