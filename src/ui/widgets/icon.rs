//! Lucide's icons. An icon never stands alone: a word beside it, or a tooltip and a name.

use egui::{Response, Role, Sense, Ui, Vec2, WidgetInfo};
pub use lucide_icons::Icon;

use super::draw;
use crate::ui::theme::{Ink, palette, scale};

/// Draws an icon that only repeats what the word beside it says; screen readers skip it.
pub fn icon(ui: &mut Ui, icon: Icon, size: f32, ink: Ink) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    if ui.is_rect_visible(rect) {
        draw::icon_at(ui, rect.center(), icon, (size, ink.color(palette(ui))));
    }
    response
}

/// A square button with an icon; `name` is its tooltip and what a screen reader says.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    square(ui, icon, name, scale::CONTROL_HEIGHT)
}

/// The same as small as it may be: on a strip.
pub fn small_icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    square(ui, icon, name, scale::TARGET_MIN)
}

fn square(ui: &mut Ui, icon: Icon, name: &str, size: f32) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::splat(size));
    let id = ui.unique_id().with(("icon button", name));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    super::focus::follow(&response);
    if ui.is_rect_visible(rect) {
        let palette = palette(ui);
        if response.hovered() {
            ui.painter().rect_filled(rect, scale::RADIUS_CONTROL, palette.row_hover);
        }
        draw::icon_at(ui, rect.center(), icon, (scale::ICON, palette.text_muted));
        if response.has_focus() {
            draw::focus_ring(ui, rect, scale::RADIUS_CONTROL);
        }
    }
    response.on_hover_text(name)
}
