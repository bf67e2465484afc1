//! Tiles: a number that is worth a glance, with its words.

use egui::{
    Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Tone, Type, palette, scale};

/// A tile, with the gap after it, is never narrower than this.
const WIDTH_MIN: f32 = 240.0;
/// Where the label stands, from the left edge.
const LABEL_X: f32 = 40.0;
/// Where the label and the number stand, from the top.
const LABEL_Y: f32 = 22.0;
const NUMBER_Y: f32 = 54.0;

/// A number with its words.
#[derive(Debug, Clone, Copy)]
pub struct Tile<'a> {
    /// Stands before the label, in the color of `tone`.
    pub icon: Icon,
    /// What the number means.
    pub tone: Tone,
    /// What is counted: "Keys free here".
    pub label: &'a str,
    /// The number: "42".
    pub number: &'a str,
    /// More about it: "leased to desk 2 until 6 Oct".
    pub note: &'a str,
}

/// Draws tiles of the same width side by side, across the parent; in several
/// lines where they would be too narrow for their words.
pub fn tiles(ui: &mut Ui, tiles: &[Tile<'_>]) {
    let room = ui.available_width() + scale::SPACE_3;
    let n_columns = ((room / WIDTH_MIN) as usize).clamp(1, tiles.len().max(1));
    let pitch = room / n_columns as f32;
    for line in tiles.chunks(n_columns) {
        let (_, strip) = ui.allocate_space(vec2(ui.available_width(), scale::TILE_HEIGHT));
        for (idx, tile) in line.iter().enumerate() {
            // On whole points, so that edges stay sharp and the last one ends with the page.
            let left = (strip.left() + idx as f32 * pitch).round();
            let right = (strip.left() + (idx + 1) as f32 * pitch).round() - scale::SPACE_3;
            tile.show(ui, strip.with_min_x(left).with_max_x(right));
        }
    }
}

impl Tile<'_> {
    fn show(&self, ui: &Ui, rect: Rect) {
        let response = ui.interact(rect, ui.unique_id().with(self.label), Sense::hover());
        let name = format!("{} {}, {}", self.label, self.number, self.note);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect);
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect) {
        let palette = palette(ui);
        let radius = CornerRadius::same(scale::RADIUS_CARD);
        let edge = Stroke::new(scale::LINE, palette.line_subtle);
        ui.painter().rect(rect, radius, palette.bg_panel, edge, StrokeKind::Inside);
        let left = rect.left() + scale::SPACE_4;
        let right = rect.right() - scale::SPACE_4;
        let icon = pos2(left + scale::ICON / 2.0, rect.top() + LABEL_Y);
        draw::icon_at(ui, icon, self.icon, (scale::ICON, palette.tone(self.tone).fg));
        let put = |text: &str, look: (Type, Color32), pos: egui::Pos2, anchor| {
            let galley = draw::line(ui, text, look, right - pos.x);
            draw::put(ui, pos, anchor, galley)
        };
        let label = pos2(rect.left() + LABEL_X, rect.top() + LABEL_Y);
        put(self.label, (Type::Secondary, palette.text_muted), label, Align2::LEFT_CENTER);
        let number = pos2(left, rect.top() + NUMBER_Y);
        let look = (Type::Number, palette.text_strong);
        let number = put(self.number, look, number, Align2::LEFT_CENTER);
        // The note stands on the number's base line, not on its middle.
        let note = pos2(number.right() + scale::SPACE_3, rect.top() + NUMBER_Y + scale::SPACE_1);
        put(self.note, (Type::Secondary, palette.text_muted), note, Align2::LEFT_CENTER);
    }
}
