//! A message about something that can be undone. For everything else a row or a page stays.

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Role, Ui, Vec2};

use super::button::Button;
use super::draw;
use super::icon::{Icon, icon, small_icon_button};
use super::row::row;
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

/// Draws a toast on the strip at the bottom of the window, where it covers nothing of the page;
/// with `undo_key` it has an Undo button. The caller decides how long it stays: nothing here reads
/// a clock.
pub fn toast(
    ctx: &Context,
    (tone, words): (Tone, &str),
    undo_key: Option<&str>,
) -> Option<ToastClick> {
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, Vec2::ZERO)
        .fade_in(false)
        .show(ctx, |ui| {
            let palette = palette(ui);
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Status);
                node.set_label(words);
                node.set_live(Live::Polite);
            });
            Frame::new()
                .fill(palette.tone(tone).bg)
                .inner_margin(Margin::symmetric(scale::SPACE_4 as i8, 0))
                .show(ui, |ui| {
                    let width = ui.ctx().content_rect().width() - 2.0 * scale::SPACE_4;
                    ui.set_max_width(width.min(scale::TOAST_WIDTH_MAX));
                    row(ui, scale::STATUS_BAR_HEIGHT, |ui| contents_ui(ui, (tone, words), undo_key))
                })
                .inner
        })
        .inner
}

fn contents_ui(
    ui: &mut Ui,
    (tone, words): (Tone, &str),
    undo_key: Option<&str>,
) -> Option<ToastClick> {
    ui.spacing_mut().item_spacing.x = scale::SPACE_2;
    let undo = undo_key.map(|key| Button::link("Undo").key(key).low());
    let links = undo.map_or(0.0, |link| link.width(ui) + scale::SPACE_2) + scale::TARGET_MIN;
    // As wide as it must be, and no wider than there is room beside what can be pressed.
    let look = (Type::SecondaryStrong, palette(ui).text_strong);
    let wanted = draw::line(ui, words, look, f32::INFINITY).size().x.ceil() + 1.0;
    let room = ui.available_width() - scale::ICON - 2.0 * scale::SPACE_2 - links;
    icon(ui, draw::tone_icon(tone), scale::ICON, Ink::Tone(tone));
    ui.scope(|ui| {
        ui.set_max_width(wanted.min(room));
        text_line(ui, Type::SecondaryStrong, Ink::Strong, words);
    });
    let is_undone = undo.is_some_and(|link| link.show(ui).clicked());
    let is_dismissed = small_icon_button(ui, Icon::X, "Dismiss").clicked();
    match (is_undone, is_dismissed) {
        (true, _) => Some(ToastClick::Undo),
        (false, true) => Some(ToastClick::Dismiss),
        (false, false) => None,
    }
}
