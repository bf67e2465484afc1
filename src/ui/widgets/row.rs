//! Things side by side on one line.

use egui::{Align, Layout, Ui, vec2};

/// Lays things side by side, centered on a line of `height` points. egui's own `horizontal` is
/// never lower than a control, which drives lines of text apart.
pub fn row<R>(ui: &mut Ui, height: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        contents(ui)
    })
    .inner
}

/// Lays things at the right edge of a [`row`], the last one first.
pub fn at_right<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), contents).inner
}

/// Stacks lines without gaps: facts, rules, traces.
pub fn tight<R>(ui: &mut Ui, lines: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        lines(ui)
    })
    .inner
}
