//! A dialog over the page. Destroying something is asked for here, and only here.

use egui::{Context, CornerRadius, Frame, Id, Margin, Modal, Role, Stroke};

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

/// Draws a dialog called `title`. In `body`, give the safe button the focus with
/// [`super::focus::at_first_sight`], and end with [`super::button::buttons_right`] or with buttons
/// one by one. Draw it after the page, while it is open.
pub fn dialog<R>(
    ctx: &Context,
    title: &str,
    body: impl FnOnce(&mut egui::Ui) -> R,
) -> DialogResponse<R> {
    let palette = tokens::palette_in(ctx);
    let frame = Frame::new()
        .fill(palette.bg_raised)
        .stroke(Stroke::new(scale::LINE, palette.line_subtle))
        .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
        .shadow(ctx.global_style().visuals.popup_shadow)
        .inner_margin(Margin::same(scale::SPACE_6 as i8));
    let shown = Modal::new(Id::unique("dialog").with(title))
        .frame(frame)
        .backdrop_color(palette.scrim)
        .show(ctx, |ui| {
            ui.set_width(scale::DIALOG_WIDTH.min(ui.ctx().content_rect().width() - scale::SPACE_8));
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::Dialog);
                node.set_label(title);
                node.set_modal();
            });
            ui.spacing_mut().item_spacing.y = scale::SPACE_3;
            text(ui, Type::Section, Ink::Strong, title);
            body(ui)
        });
    let is_close_asked = shown.should_close();
    DialogResponse { inner: shown.inner, is_close_asked }
}
