//! Facts: a quiet label and a value that can be copied.

use egui::{Align, Color32, Layout, Response, Ui, UiBuilder, vec2};

use super::draw;
use super::icon::{Icon, icon};
use super::row::{row, tight};
use super::text::{line_to_copy, text_line};
use crate::ui::theme::{Ink, Type, scale};

/// Labels and their values, one below the other.
pub fn facts(ui: &mut Ui, facts: &[(&str, &str)]) {
    tight(ui, |ui| {
        for (label, value) in facts {
            fact(ui, label, value);
        }
    });
}

/// A label and its value, in a row; stack several with [`super::row::tight`].
pub fn fact(ui: &mut Ui, label: &str, value: &str) -> Response {
    fact_ui(ui, label, |ui| line_to_copy(ui, Type::Body, Ink::Strong, value))
}

/// A label and a value in letters of one width: serial numbers, keys, hashes.
pub fn fact_mono(ui: &mut Ui, label: &str, value: &str) -> Response {
    fact_ui(ui, label, |ui| line_to_copy(ui, Type::Mono, Ink::Strong, value))
}

/// A label and anything beside it.
pub fn fact_ui<R>(ui: &mut Ui, label: &str, value: impl FnOnce(&mut Ui) -> R) -> R {
    row(ui, scale::FACT_HEIGHT, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (_, place) = ui.allocate_space(vec2(scale::FACT_LABEL_WIDTH, scale::FACT_HEIGHT));
        let row = UiBuilder::new()
            .max_rect(place.with_max_x(place.right() - scale::SPACE_2))
            .layout(Layout::left_to_right(Align::Center));
        text_line(&mut ui.new_child(row), Type::Secondary, Ink::Muted, label);
        value(ui)
    })
}

/// An icon and a line of text: a phone number, an e-mail address, a rule that is met.
pub fn icon_line(ui: &mut Ui, mark: (Icon, Ink), words: &str) -> Response {
    let look = (Type::Secondary, Color32::PLACEHOLDER);
    // A point more than the letters, so that rounding cuts none of them.
    let letters = draw::line(ui, words, look, f32::INFINITY).size().x.ceil() + 1.0;
    let width = letters + scale::ICON + scale::SPACE_2;
    let size = vec2(width.min(ui.available_width()), scale::TARGET_MIN);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(size.y);
        ui.spacing_mut().item_spacing.x = scale::SPACE_2;
        icon(ui, mark.0, scale::ICON, mark.1);
        line_to_copy(ui, Type::Secondary, Ink::Body, words)
    })
    .inner
}
