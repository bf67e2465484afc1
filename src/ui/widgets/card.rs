//! Cards and what stands in them: titles, dividers, wells.

use egui::{
    CornerRadius, Frame, InnerResponse, Margin, Rect, Response, Role, Stroke, Ui, UiBuilder,
};

use super::draw;
use super::row::{at_right, row};
use super::text::{text, text_line};
use crate::ui::theme::{Ink, Palette, Type, palette, scale};

/// White paper with a thin edge. As tall as its content.
pub fn card<R>(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let margin = Margin::same(scale::SPACE_4 as i8);
    paper(palette(ui), margin).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = scale::SPACE_2;
        add_contents(ui)
    })
}

/// A card with a title, named by it for screen readers.
pub fn titled_card<R>(
    ui: &mut Ui,
    title: &str,
    add_contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let group =
        UiBuilder::new().id_salt(title).accessibility_role(Role::Group).accessibility_label(title);
    ui.scope_builder(group, |ui| {
        card(ui, |ui| {
            section_title(ui, title, "");
            add_contents(ui)
        })
        .inner
    })
}

/// A card whose rows reach from edge to edge: a list that screen readers call `name`.
pub fn list_card<R>(
    ui: &mut Ui,
    name: &str,
    add_rows: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let list =
        UiBuilder::new().id_salt(name).accessibility_role(Role::List).accessibility_label(name);
    ui.scope_builder(list, |ui| {
        paper(palette(ui), Margin::same(1))
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 0.0;
                add_rows(ui)
            })
            .inner
    })
}

/// A sunken box inside a card, for what was measured rather than typed.
pub fn well<R>(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(palette(ui).bg_sunken)
        .corner_radius(CornerRadius::same(scale::RADIUS_CONTROL))
        .inner_margin(Margin::same(scale::SPACE_3 as i8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            add_contents(ui)
        })
}

/// A title over a section, with a quiet note at the right edge ("" for none).
pub fn section_title(ui: &mut Ui, title: &str, note: &str) -> Response {
    row(ui, scale::TARGET_MIN, |ui| {
        let response = text(ui, Type::BodyStrong, Ink::Strong, title);
        if !note.is_empty() {
            at_right(ui, |ui| text_line(ui, Type::Secondary, Ink::Muted, note));
        }
        response
    })
}

/// A line across a card from edge to edge, between two of its sections.
pub fn divider(ui: &mut Ui) {
    let (_, rect) = ui.allocate_space(egui::vec2(ui.available_width(), scale::SPACE_2));
    let x = rect.left() - scale::SPACE_4..=rect.right() + scale::SPACE_4;
    draw::hairline(ui, x, rect.center().y, palette(ui).line_subtle);
}

/// The frame of a card.
pub(super) fn paper(palette: &Palette, margin: Margin) -> Frame {
    Frame::new()
        .fill(palette.bg_panel)
        .stroke(Stroke::new(scale::LINE, palette.line_subtle))
        .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
        .inner_margin(margin)
}

/// Paints the bar at the left edge that says: this one is open.
pub(super) fn open_edge(ui: &Ui, card: Rect) {
    let edge = card.with_max_x(card.left() + scale::EDGE_WIDTH);
    let round = (scale::EDGE_WIDTH / 2.0) as u8;
    ui.painter().rect_filled(edge, CornerRadius::same(round), palette(ui).accent_text);
}
