//! How far something is that takes longer than a second, and the way out of it.

use egui::{CornerRadius, Role, Sense, Ui, WidgetInfo, vec2};

use super::button::Button;
use super::icon::{Icon, icon};
use super::row::row;
use super::text::{text, text_line};
use crate::ui::theme::{Ink, Type, palette, scale};

/// Draws a bar with what is being done, how far it is (0 to 1) and a note ("41 of 120"); with
/// `cancel_key` also a Cancel button. True when that was pressed.
pub fn progress(
    ui: &mut Ui,
    what: &str,
    fraction: f32,
    note: &str,
    cancel_key: Option<&str>,
) -> bool {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = scale::SPACE_1;
        row(ui, scale::TARGET_MIN, |ui| {
            text(ui, Type::BodyStrong, Ink::Strong, what);
            text_line(ui, Type::Secondary, Ink::Muted, note);
        });
        ui.horizontal(|ui| {
            let cancel = cancel_key.map(|key| Button::secondary("Cancel").key(key));
            let button = cancel.map_or(0.0, |button| button.width(ui) + scale::SPACE_3);
            bar(ui, what, fraction.clamp(0.0, 1.0), ui.available_width() - button);
            cancel.is_some_and(|button| button.show(ui).clicked())
        })
        .inner
    })
    .inner
}

/// Says what is being waited for, after 300 ms and before a bar is worth it. Nothing turns.
pub fn busy(ui: &mut Ui, what: &str) {
    row(ui, scale::TARGET_MIN, |ui| {
        icon(ui, Icon::Hourglass, scale::ICON, Ink::Muted);
        text(ui, Type::Secondary, Ink::Muted, what);
    });
}

fn bar(ui: &mut Ui, what: &str, fraction: f32, width: f32) {
    let size = vec2(width.max(scale::SPACE_8), scale::PROGRESS_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, what);
        info.value = Some(f64::from(fraction));
        info
    });
    let palette = palette(ui);
    let radius = CornerRadius::same(scale::RADIUS_INNER);
    ui.painter().rect_filled(rect, radius, palette.neutral.bg);
    let done = rect.with_max_x(rect.left() + rect.width() * fraction);
    ui.painter().rect_filled(done, radius, palette.accent_fill);
}
