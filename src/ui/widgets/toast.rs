//! A message about something that can be undone. For everything else a row or a page stays.

use egui::accesskit::Live;
use egui::{Align2, Area, Context, CornerRadius, Frame, Id, Margin, Order, Role, Stroke, vec2};

use super::button::Button;
use super::icon::{Icon, icon, icon_button};
use super::text::text_line;
use crate::ui::theme::{Ink, Tone, Type, palette, scale};

/// What was pressed on a toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastClick {
    /// Take it back.
    Undo,
    /// Away with it.
    Dismiss,
}

/// Draws a toast over the bottom of the page; with `undo_key` it has an Undo button. The caller
/// decides how long it stays: nothing here reads a clock.
pub fn toast(ctx: &Context, words: &str, undo_key: Option<&str>) -> Option<ToastClick> {
    let up = scale::STATUS_BAR_HEIGHT + scale::ACTION_BAR_HEIGHT + scale::SPACE_4;
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -up))
        .fade_in(false)
        .show(ctx, |ui| {
            let palette = palette(ui);
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Status);
                node.set_label(words);
                node.set_live(Live::Polite);
            });
            Frame::new()
                .fill(palette.bg_raised)
                .stroke(Stroke::new(scale::LINE, palette.line_subtle))
                .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
                .shadow(ui.visuals().popup_shadow)
                .inner_margin(Margin::symmetric(scale::SPACE_4 as i8, scale::SPACE_2 as i8))
                .show(ui, |ui| {
                    ui.set_max_width(scale::TOAST_WIDTH_MAX);
                    contents_ui(ui, words, undo_key)
                })
                .inner
        })
        .inner
}

fn contents_ui(ui: &mut egui::Ui, words: &str, undo_key: Option<&str>) -> Option<ToastClick> {
    ui.horizontal(|ui| {
        icon(ui, Icon::CircleCheck, scale::ICON, Ink::Tone(Tone::Ok));
        text_line(ui, Type::Body, Ink::Strong, words);
        let undo = undo_key.is_some_and(|key| Button::link("Undo").key(key).show(ui).clicked());
        let dismiss = icon_button(ui, Icon::X, "Dismiss").clicked();
        match (undo, dismiss) {
            (true, _) => Some(ToastClick::Undo),
            (false, true) => Some(ToastClick::Dismiss),
            (false, false) => None,
        }
    })
    .inner
}
