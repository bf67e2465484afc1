//! A dialog over the page. Destroying something is asked for here, and only here.

use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Modal, Role, Stroke, Ui};

use super::text::text;
use crate::ui::theme::{Ink, Type, scale, tokens};

/// What came of drawing a dialog.
#[derive(Debug)]
pub struct DialogResponse<R> {
    /// What the body returned.
    pub inner: R,
    /// Esc was pressed, or the page behind: close, and change nothing.
    pub is_close_asked: bool,
}

/// Draws a dialog called `title`. In `body`, end with [`super::button::buttons_right`], of which
/// the safe button is [`super::button::Button::focus_first`]. Draw it after the page, while it is
/// open; the page behind gets neither keys nor clicks.
pub fn dialog<R>(ctx: &Context, title: &str, body: impl FnOnce(&mut Ui) -> R) -> DialogResponse<R> {
    let area = Modal::default_area(Id::unique("dialog").with(title));
    overlay(ctx, area, (title, scale::DIALOG_WIDTH), |ui| {
        Frame::new()
            .inner_margin(Margin::same(scale::SPACE_4 as i8))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = scale::SPACE_3;
                text(ui, Type::Section, Ink::Strong, title);
                body(ui)
            })
            .inner
    })
}

/// What lies over the page and keeps the focus: a raised sheet of `size` = (name, width).
pub(super) fn overlay<R>(
    ctx: &Context,
    area: Area,
    size: (&str, f32),
    body: impl FnOnce(&mut Ui) -> R,
) -> DialogResponse<R> {
    let (name, width) = size;
    let palette = tokens::palette_in(ctx);
    let frame = Frame::new()
        .fill(palette.bg_raised)
        .stroke(Stroke::new(scale::LINE, palette.line_subtle))
        .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
        .shadow(ctx.global_style().visuals.popup_shadow)
        .inner_margin(Margin::same(scale::SPACE_2 as i8));
    let modal =
        Modal { area: area.fade_in(false), backdrop_color: palette.scrim, frame: Some(frame) };
    let shown = modal.show(ctx, |ui| {
        let room = ui.ctx().content_rect().width() - 2.0 * scale::SPACE_8;
        ui.set_width(width.min(room));
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Dialog);
            node.set_label(name);
            node.set_modal();
        });
        body(ui)
    });
    let is_close_asked = shown.should_close();
    DialogResponse { inner: shown.inner, is_close_asked }
}
