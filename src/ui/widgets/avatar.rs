//! Who works at the desk, as initials in a circle.

use egui::{Align2, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::draw;
use crate::ui::theme::{Type, palette, scale};

/// Draws `initials`; `name` is the tooltip and what screen readers say. Pressing it asks for
/// another person or for the lock.
pub fn avatar(ui: &mut Ui, initials: &str, name: &str) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::splat(scale::AVATAR_SIZE));
    let id = ui.make_persistent_id("person at the desk");
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    super::focus::follow(&response);
    if ui.is_rect_visible(rect) {
        let palette = palette(ui);
        let colors = palette.neutral;
        ui.painter().circle_filled(rect.center(), scale::AVATAR_SIZE / 2.0, colors.bg);
        let initials = draw::line(ui, initials, (Type::Label, colors.fg), scale::AVATAR_SIZE);
        draw::put(ui, rect.center(), Align2::CENTER_CENTER, initials);
        if response.has_focus() {
            draw::focus_ring(ui, rect, (scale::AVATAR_SIZE / 2.0) as u8);
        }
    }
    response.on_hover_text(name)
}
