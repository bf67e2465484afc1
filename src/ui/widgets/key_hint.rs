//! Every action shows its key: small and quiet in a button, or boxed in a row.

use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::draw;
use crate::ui::theme::{Ink, Type, palette, scale};

/// Left and right of a boxed key.
const BOX_PAD: f32 = 5.0;

/// A key as quiet text, such as `Ctrl+N`. Screen readers skip it: the action names its key.
pub fn key_hint(ui: &mut Ui, key: &str) -> Response {
    let galley = draw::line(ui, key, (Type::MonoSmall, palette(ui).text_muted), f32::INFINITY);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    draw::put(ui, rect.left_center(), Align2::LEFT_CENTER, galley);
    response
}

/// A key in a box, such as `S`.
pub fn key_box(ui: &mut Ui, key: &str) -> Response {
    let size = vec2(box_width(ui, key), scale::KEY_BOX_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_box_right(ui, rect.right_center(), key);
    response
}

/// How wide the box of `key` is; at least square.
pub(super) fn box_width(ui: &Ui, key: &str) -> f32 {
    let text = draw::line(ui, key, (Type::MonoSmall, Color32::PLACEHOLDER), f32::INFINITY);
    (text.size().x + 2.0 * BOX_PAD).max(scale::KEY_BOX_HEIGHT).ceil()
}

/// Paints the boxed key with its right edge at `right_center`.
pub(super) fn paint_box_right(ui: &Ui, right_center: Pos2, key: &str) -> Rect {
    let palette = palette(ui);
    let size = vec2(box_width(ui, key), scale::KEY_BOX_HEIGHT);
    let rect = Align2::RIGHT_CENTER.anchor_size(right_center, size);
    let radius = CornerRadius::same(scale::RADIUS_INNER);
    let stroke = Stroke::new(scale::LINE, palette.line_subtle);
    ui.painter().rect(rect, radius, palette.bg_panel, stroke, StrokeKind::Inside);
    let look = (Type::MonoSmall, Ink::Muted.color(palette));
    let text = draw::line(ui, key, look, f32::INFINITY);
    draw::put(ui, pos2(rect.center().x, rect.center().y), Align2::CENTER_CENTER, text);
    rect
}
