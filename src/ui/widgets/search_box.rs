//! The box that everything is found with.

use egui::{
    Align2, CornerRadius, Frame, Id, Response, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2,
    vec2,
};

use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Type, palette, scale};

/// Where the typed text starts, from the left edge.
const TEXT_X: f32 = 46.0;

/// A search box that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct SearchBox<'a> {
    name: &'a str,
    hint: &'a str,
    trailing: Option<(Icon, &'a str)>,
    id: Option<Id>,
}

impl<'a> SearchBox<'a> {
    /// A box that screen readers call `name`.
    pub const fn new(name: &'a str) -> Self {
        Self { name, hint: "", trailing: None, id: None }
    }

    /// Shows what can be typed while nothing is.
    pub const fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Shows a state at the right edge: "Scanner ready".
    pub const fn trailing(self, icon: Icon, words: &'a str) -> Self {
        Self { trailing: Some((icon, words)), ..self }
    }

    /// The id to give the focus to from elsewhere.
    pub const fn id(self, id: Id) -> Self {
        Self { id: Some(id), ..self }
    }

    /// Draws the box as wide as there is room; the response is the text edit's.
    pub fn show(self, ui: &mut Ui, typed: &mut String) -> Response {
        let palette = palette(ui);
        let id = self.id.unwrap_or_else(|| ui.make_persistent_id(("search box", self.name)));
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), scale::SEARCH_HEIGHT));
        let radius = CornerRadius::same(scale::RADIUS_CARD);
        ui.painter().rect_filled(rect, radius, palette.bg_field);
        let icon = pos2(rect.left() + scale::SPACE_6, rect.center().y);
        draw::icon_at(ui, icon, Icon::Search, (scale::ICON_LARGE, palette.text_muted));
        let right = self.paint_trailing(ui, rect);
        let room = rect.with_min_x(rect.left() + TEXT_X).with_max_x(right);
        let row = room.shrink2(vec2(0.0, (scale::SEARCH_HEIGHT - scale::CONTROL_HEIGHT) / 2.0));
        let response = ui
            .scope_builder(UiBuilder::new().max_rect(row), |ui| {
                ui.add_sized(
                    row.size(),
                    TextEdit::singleline(typed)
                        .id(id)
                        .frame(Frame::NONE)
                        .font(Type::Search.font())
                        .align(Align2::LEFT_CENTER)
                        .hint_text(self.hint)
                        .desired_width(f32::INFINITY),
                )
            })
            .inner;
        ui.advance_cursor_after_rect(rect);
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(self.name));
        if response.has_focus() {
            draw::inner_ring(ui, rect, scale::RADIUS_CARD);
        } else {
            let stroke = Stroke::new(scale::LINE, palette.line_control);
            ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
        response
    }

    /// Paints the state; returns where the text must end.
    fn paint_trailing(&self, ui: &Ui, rect: egui::Rect) -> f32 {
        let right = rect.right() - scale::SPACE_4;
        let Some((icon, words)) = self.trailing else {
            return right;
        };
        let muted = palette(ui).text_muted;
        let words = draw::line(ui, words, (Type::Secondary, muted), f32::INFINITY);
        let words = draw::put(ui, pos2(right, rect.center().y), Align2::RIGHT_CENTER, words);
        let center = pos2(words.left() - scale::SPACE_4, rect.center().y);
        draw::icon_at(ui, center, icon, (scale::ICON, muted));
        center.x - scale::SPACE_6
    }
}
