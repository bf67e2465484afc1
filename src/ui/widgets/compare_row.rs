//! What was found before the removal, and what became of it.

use egui::{Align2, Sense, Ui, WidgetInfo, pos2, vec2};

use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Tone, Type, palette, scale};

/// Where the two columns at the right start, from the right edge.
const BEFORE_X: f32 = 178.0;
const AFTER_X: f32 = 88.0;

/// Draws one trace: what it is, how it was, how it is. With [`Tone::Ok`] it gets a tick, else a
/// cross or a warning.
pub fn compare_row(ui: &mut Ui, trace: &str, before: &str, after: (Tone, &str)) {
    let (tone, words) = after;
    let size = vec2(ui.available_width(), scale::FACT_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = format!("{trace}, {before}, {words}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ListItem, true, &name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let palette = palette(ui);
    let color = palette.tone(tone).fg;
    let icon = match tone {
        Tone::Ok => Icon::Check,
        Tone::Danger => Icon::X,
        Tone::Warn | Tone::Info | Tone::Neutral => draw::tone_icon(tone),
    };
    let y = rect.center().y;
    let put = |x: f32, text: &str, look, width: f32| {
        let galley = draw::line(ui, text, look, width);
        draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, galley);
    };
    draw::icon_at(ui, pos2(rect.left() + scale::SPACE_2, y), icon, (scale::ICON, color));
    let trace_x = rect.left() + scale::SPACE_6;
    let before_x = rect.right() - BEFORE_X;
    put(trace_x, trace, (Type::Mono, palette.text_body), before_x - trace_x - scale::SPACE_2);
    put(before_x, before, (Type::Secondary, palette.text_muted), BEFORE_X - AFTER_X);
    put(rect.right() - AFTER_X, words, (Type::SecondaryStrong, color), AFTER_X);
}
