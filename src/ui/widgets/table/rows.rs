//! The rows of a table and what stands in their cells.

use std::borrow::Cow;

use egui::{Color32, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::columns::{Column, Span};
use crate::ui::theme::{Palette, Tone, Type, palette};
use crate::ui::widgets::chip::Chip;
use crate::ui::widgets::draw::Cut;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::{Place, Selection, draw};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text or a number; the column says where it stands.
    Text(Cow<'a, str>),
    /// Text that matters less.
    Muted(Cow<'a, str>),
    /// Text that matters more.
    Strong(Cow<'a, str>),
    /// Letters of one width: serial numbers, keys, times.
    Mono(Cow<'a, str>),
    /// What the row leads to.
    Link(Cow<'a, str>),
    /// A state.
    Chip(Tone, Icon, Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// Text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Text that matters less.
    pub fn muted(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Muted(text.into())
    }

    /// Text that matters more.
    pub fn strong(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Strong(text.into())
    }

    /// Letters of one width.
    pub fn mono(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Mono(text.into())
    }

    /// What the row leads to.
    pub fn link(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Link(text.into())
    }

    /// A state.
    pub fn chip(tone: Tone, icon: Icon, text: impl Into<Cow<'a, str>>) -> Self {
        Self::Chip(tone, icon, text.into())
    }

    fn words(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text)
            | Self::Muted(text)
            | Self::Strong(text)
            | Self::Mono(text)
            | Self::Link(text)
            | Self::Chip(_, _, text) => text,
        }
    }

    fn look(&self, palette: &Palette) -> (Type, Color32) {
        match self {
            Self::Empty | Self::Text(_) | Self::Chip(..) => (Type::Body, palette.text_body),
            Self::Muted(_) => (Type::Body, palette.text_muted),
            Self::Strong(_) => (Type::BodyStrong, palette.text_strong),
            Self::Mono(_) => (Type::Mono, palette.text_body),
            Self::Link(_) => (Type::Mono, palette.accent_text),
        }
    }
}

/// A row: a cell for each column, from the left.
#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    cells: Vec<Cell<'a>>,
}

/// Where a row stands in its table.
pub(super) struct Slot<'a> {
    pub(super) rect: Rect,
    pub(super) id: Id,
    pub(super) place: Place,
    pub(super) columns: &'a [Column<'a>],
    pub(super) spans: &'a [Span],
    pub(super) selection: Selection,
    pub(super) stops_tab: bool,
}

impl<'a> Row<'a> {
    /// A row of `cells`.
    pub const fn new(cells: Vec<Cell<'a>>) -> Self {
        Self { cells }
    }

    pub(super) fn show(&self, ui: &Ui, slot: &Slot<'_>) -> Response {
        let has_focus = ui.memory(|memory| memory.has_focus(slot.id));
        let sense = if slot.stops_tab || has_focus { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(slot.rect, slot.id, sense);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ListItem, ui.is_enabled(), self.name(slot.columns))
        });
        ui.ctx().accesskit_node_builder(slot.id, |node| {
            node.set_selected(slot.selection == Selection::On);
            node.set_position_in_set(slot.place.row_idx + 1);
            node.set_size_of_set(slot.place.n_rows);
        });
        if ui.is_rect_visible(slot.rect) && self.paint(ui, slot, &response) == Cut::Yes {
            return response.on_hover_text(self.name(slot.columns));
        }
        response
    }

    /// What screen readers say: the head and the cell of each column that has one.
    fn name(&self, columns: &[Column<'_>]) -> String {
        let cells = self.cells.iter().zip(columns).filter(|(cell, _)| !cell.words().is_empty());
        let parts: Vec<String> =
            cells.map(|(cell, column)| format!("{} {}", column.title, cell.words())).collect();
        parts.join(", ")
    }

    fn paint(&self, ui: &Ui, slot: &Slot<'_>, response: &Response) -> Cut {
        let is_last = slot.place.row_idx + 1 == slot.place.n_rows;
        if !is_last && slot.selection == Selection::Off {
            draw::row_line(ui, slot.rect, palette(ui));
        }
        let ground = slot.rect.shrink2(vec2(2.0, 0.0));
        draw::row_ground(ui, ground, slot.selection, response);
        let cells = self.cells.iter().zip(slot.columns).zip(slot.spans);
        cells.fold(Cut::No, |cut, ((cell, column), span)| {
            cut.or(paint_cell(ui, cell, (column, *span), slot))
        })
    }
}

fn paint_cell(ui: &Ui, cell: &Cell<'_>, place: (&Column<'_>, Span), slot: &Slot<'_>) -> Cut {
    let (column, span) = place;
    let (x, anchor) = span.anchor(column.align);
    let pos = pos2(x, slot.rect.center().y);
    if let Cell::Chip(tone, icon, text) = cell {
        Chip::new(*tone, *icon, text).paint(ui, pos, slot.selection);
        return Cut::No;
    }
    let galley = draw::line(ui, cell.words(), cell.look(palette(ui)), span.width());
    let cut = Cut::from(galley.elided);
    draw::put(ui, pos, anchor, galley);
    cut
}
