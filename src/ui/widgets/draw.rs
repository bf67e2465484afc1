//! Strokes that widgets share: a line of text, an icon, the ground of a selected row.

use std::sync::Arc;

use egui::emath::Rangef;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, CornerRadius, Galley, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use super::Selection;
use super::icon::Icon;
use crate::ui::theme::typography::icon_font;
use crate::ui::theme::{Palette, Tone, Type, scale};

/// Whether something was too long for its place; then a tooltip has all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Cut {
    Yes,
    No,
}

impl From<bool> for Cut {
    fn from(is_cut: bool) -> Self {
        if is_cut { Self::Yes } else { Self::No }
    }
}

impl Cut {
    pub(in crate::ui) fn or(self, other: impl Into<Self>) -> Self {
        if self == Self::Yes { self } else { other.into() }
    }
}

/// One line of text, cut with "…" where it would be wider than `width_max`.
pub(in crate::ui) fn line(
    ui: &Ui,
    text: &str,
    look: (Type, Color32),
    width_max: f32,
) -> Arc<Galley> {
    let format = TextFormat::simple(look.0.font(), look.1);
    cut(ui, LayoutJob::single_section(text.to_owned(), format), width_max)
}

/// A prepared job as one line, cut with "…" where it would be wider than `width_max`.
pub(in crate::ui) fn cut(ui: &Ui, mut job: LayoutJob, width_max: f32) -> Arc<Galley> {
    job.wrap = TextWrapping::truncate_at_width(width_max.max(1.0));
    job.break_on_newline = false;
    ui.painter().layout_job(job)
}

/// Text that goes on to the next line at `width`.
pub(in crate::ui) fn wrapped(
    ui: &Ui,
    text: &str,
    look: (Type, Color32),
    width: f32,
) -> Arc<Galley> {
    let job = LayoutJob::simple(text.to_owned(), look.0.font(), look.1, width.max(1.0));
    ui.painter().layout_job(job)
}

/// Paints `galley` with its `anchor` at `pos`; returns where it stands.
pub(in crate::ui) fn put(ui: &Ui, pos: Pos2, anchor: Align2, galley: Arc<Galley>) -> Rect {
    let rect = anchor.anchor_size(pos, galley.size());
    // Text that already has its color ignores the fallback.
    ui.painter().galley(rect.min, galley, Color32::PLACEHOLDER);
    rect
}

/// Paints an icon of `size` points around `center`.
pub(in crate::ui) fn icon_at(ui: &Ui, center: Pos2, icon: Icon, look: (f32, Color32)) {
    let (size, color) = look;
    let glyph = char::from(icon);
    ui.painter().text(center, Align2::CENTER_CENTER, glyph, icon_font(size), color);
}

/// The ring around what has the focus: two points, drawn outside.
pub(in crate::ui) fn focus_ring(ui: &Ui, rect: Rect, radius: u8) {
    let palette = crate::ui::theme::palette(ui);
    let stroke = Stroke::new(scale::FOCUS_RING, palette.focus_ring);
    ui.painter().rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Outside);
}

/// The ring, inside: for what fills its parent, where an outer ring would be cut off.
pub(in crate::ui) fn inner_ring(ui: &Ui, rect: Rect, radius: u8) {
    let palette = crate::ui::theme::palette(ui);
    let stroke = Stroke::new(scale::FOCUS_RING, palette.focus_ring);
    ui.painter().rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Inside);
}

/// The ground of a row: filled with a bar at its left where keys act on it, hovered, or none. The
/// ring is the focus and nothing else, so that there is never more than one.
pub(in crate::ui) fn row_ground(
    ui: &Ui,
    rect: Rect,
    selection: Selection,
    response: &egui::Response,
) {
    let palette = crate::ui::theme::palette(ui);
    let radius = CornerRadius::same(scale::RADIUS_CONTROL);
    match selection {
        Selection::On => {
            ui.painter().rect_filled(rect, radius, palette.row_selected);
            // Seen in grayscale too.
            let edge = rect.with_max_x(rect.left() + scale::EDGE_WIDTH - scale::LINE);
            let edge = edge.shrink2(vec2(0.0, scale::SPACE_2));
            ui.painter().rect_filled(edge, CornerRadius::same(1), palette.accent_text);
        }
        Selection::Off if response.hovered() => {
            ui.painter().rect_filled(rect, radius, palette.row_hover);
        }
        Selection::Off => (),
    }
    if response.has_focus() {
        inner_ring(ui, rect, scale::RADIUS_CONTROL);
    }
}

/// A line across, its top edge at `y`: whole pixels at every scale, else one line in two would
/// look twice as thick at 150 %.
pub(in crate::ui) fn hairline(ui: &Ui, x: impl Into<Rangef>, y: f32, color: Color32) {
    let scale = ui.pixels_per_point();
    let top = (y * scale).round() / scale;
    let height = scale.floor().max(1.0) / scale;
    let rect = Rect::from_x_y_ranges(x, top..=top + height);
    ui.painter().rect_filled(rect, CornerRadius::ZERO, color);
}

/// The line under a row, from edge to edge of its text.
pub(in crate::ui) fn row_line(ui: &Ui, rect: Rect, palette: &Palette) {
    let x = rect.left() + scale::SPACE_4..=rect.right() - scale::SPACE_4;
    hairline(ui, x, rect.bottom() - scale::LINE, palette.line_subtle);
}

/// The icon that stands for a tone where a widget has none of its own.
pub(in crate::ui) const fn tone_icon(tone: Tone) -> Icon {
    match tone {
        Tone::Ok => Icon::CircleCheck,
        Tone::Warn => Icon::TriangleAlert,
        Tone::Danger => Icon::CircleAlert,
        Tone::Info | Tone::Neutral => Icon::Info,
    }
}
