//! What happened to a case, newest first.

use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use super::draw;
use crate::ui::theme::{Type, palette, scale};

/// Where what happened starts, after the time.
const TEXT_X: f32 = 48.0;

/// Draws one entry: the time of day, what happened, who did it.
pub fn entry(ui: &mut Ui, time: &str, what: &str, who: &str) -> egui::Response {
    let palette = palette(ui);
    let width = ui.available_width();
    let what_galley = draw::wrapped(ui, what, (Type::Secondary, palette.text_body), width - TEXT_X);
    let who_galley = draw::line(ui, who, (Type::Small, palette.text_muted), width - TEXT_X);
    let height = what_galley.size().y + who_galley.size().y + scale::SPACE_2;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let name = format!("{time}, {what}, {who}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, &name));
    if ui.is_rect_visible(rect) {
        let time = draw::line(ui, time, (Type::Mono, palette.text_muted), TEXT_X);
        draw::put(ui, rect.left_top(), Align2::LEFT_TOP, time);
        let what = pos2(rect.left() + TEXT_X, rect.top());
        let what = draw::put(ui, what, Align2::LEFT_TOP, what_galley);
        draw::put(ui, what.left_bottom(), Align2::LEFT_TOP, who_galley);
    }
    response
}
