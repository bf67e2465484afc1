//! The palette (Ctrl+K): everything that can be done, found by typing.

use std::ops::Range;

use egui::{Align2, Context, Id, Modal, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::icon::Icon;
use super::modal::{DialogResponse, overlay};
use super::text::marked_job;
use super::{Place, Selection, draw, key_hint};
use crate::ui::theme::{Ink, Type, palette, scale};

/// How far below the top of the window the palette hangs.
const DROP: f32 = 72.0;
/// Where the words of a row start.
const TEXT_X: f32 = 40.0;

/// Draws the sheet of the palette over the page: put a [`super::search_box::SearchBox`] and rows
/// into it. The page behind gets neither keys nor clicks.
pub fn palette_frame<R>(ctx: &Context, body: impl FnOnce(&mut Ui) -> R) -> DialogResponse<R> {
    let area = Modal::default_area(Id::unique("palette"));
    let area = area.anchor(Align2::CENTER_TOP, vec2(0.0, DROP));
    overlay(ctx, area, ("Commands", scale::PALETTE_WIDTH), |ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        body(ui)
    })
}

/// A row of the palette that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct PaletteRow<'a> {
    icon: Icon,
    words: &'a str,
    marks: &'a [Range<usize>],
    key: &'a str,
    why_not: Option<&'a str>,
    selection: Selection,
    place: Option<Place>,
}

impl<'a> PaletteRow<'a> {
    /// A row that says what will be done.
    pub const fn new(icon: Icon, words: &'a str) -> Self {
        let selection = Selection::Off;
        Self { icon, words, marks: &[], key: "", why_not: None, selection, place: None }
    }

    /// The key that does the same without the palette.
    pub const fn key(self, key: &'a str) -> Self {
        Self { key, ..self }
    }

    /// The letters (byte ranges) that matched what was typed.
    pub const fn marks(self, marks: &'a [Range<usize>]) -> Self {
        Self { marks, ..self }
    }

    /// Why it can't be done here and now.
    pub const fn why_not(self, why_not: Option<&'a str>) -> Self {
        Self { why_not, ..self }
    }

    /// Whether Enter does this.
    pub fn selected(self, selection: impl Into<Selection>) -> Self {
        Self { selection: selection.into(), ..self }
    }

    /// The place among its siblings: counted from 0, of how many.
    pub const fn position(self, row_idx: usize, n_rows: usize) -> Self {
        Self { place: Some(Place { row_idx, n_rows }), ..self }
    }

    /// Draws the row. Keys stay in the box above, so the row is no stop of the Tab key.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), scale::MAIN_BUTTON_HEIGHT));
        let id = ui.make_persistent_id(("command", self.words));
        let response = ui.interact(rect, id, Sense::CLICK);
        let role = Role::ListBoxOption;
        response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), self.words));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_selected(self.selection == Selection::On);
            node.set_keyboard_shortcut(self.key);
            if let Some(why) = self.why_not {
                node.set_description(why);
            }
            if let Some(place) = self.place {
                node.set_position_in_set(place.row_idx + 1);
                node.set_size_of_set(place.n_rows);
            }
        });
        if ui.is_rect_visible(rect) {
            let palette = palette(ui);
            draw::row_ground(ui, rect, self.selection, &response);
            let y = rect.center().y;
            let icon = pos2(rect.left() + scale::SPACE_4 + scale::SPACE_1, y);
            draw::icon_at(ui, icon, self.icon, (scale::ICON, palette.text_muted));
            let mut right = rect.right() - scale::SPACE_3;
            if !self.key.is_empty() {
                key_hint::paint_box_right(ui, pos2(right, y), self.key);
                right -= key_hint::box_width(ui, self.key) + scale::SPACE_2;
            }
            if let Some(why) = self.why_not {
                let look = (Type::Secondary, palette.text_muted);
                let why = draw::line(ui, why, look, rect.width() / 2.0);
                right = draw::put(ui, pos2(right, y), Align2::RIGHT_CENTER, why).left();
                right -= scale::SPACE_2;
            }
            let x = rect.left() + TEXT_X;
            let words = marked_job(palette, (Type::Body, Ink::Strong), self.words, self.marks);
            draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, draw::cut(ui, words, right - x));
        }
        response
    }
}
