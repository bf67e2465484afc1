//! The loudest thing in the program: a band that nobody overlooks and that cannot be dismissed.

use egui::accesskit::Live;
use egui::{CornerRadius, Frame, Margin, Role, Ui, UiBuilder};

use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Type, palette, scale};

/// The mark before the words.
const MARK_SIZE: f32 = 28.0;

/// Draws the band across its parent: what it is about, and what is the matter and what to do. It
/// stays as long as it is drawn; only the thing itself ends it.
pub fn alarm(ui: &mut Ui, about: &str, words: &str) {
    let name = format!("{about}. {words}");
    let alert =
        UiBuilder::new().id_salt(about).accessibility_role(Role::Alert).accessibility_label(name);
    ui.scope_builder(alert, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_live(Live::Assertive);
        });
        let palette = palette(ui);
        let band = Frame::new()
            .fill(palette.danger_fill)
            .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
            .inner_margin(Margin::symmetric(scale::SPACE_4 as i8, scale::SPACE_3 as i8));
        band.show(ui, |ui| {
            let mark_room = MARK_SIZE + scale::SPACE_4;
            let width = ui.available_width() - mark_room;
            let on = palette.danger_on;
            let title = draw::wrapped(ui, about, (Type::RowTitle, on), width);
            let body = draw::wrapped(ui, words, (Type::BodyStrong, on), width);
            let height = title.size().y + scale::SPACE_1 + body.size().y;
            let size = egui::vec2(ui.available_width(), height.max(MARK_SIZE));
            let (_, rect) = ui.allocate_space(size);
            let mark = egui::pos2(rect.left() + MARK_SIZE / 2.0, rect.center().y);
            draw::icon_at(ui, mark, Icon::OctagonAlert, (MARK_SIZE, on));
            let left = rect.left() + mark_room;
            let below = draw::put(ui, egui::pos2(left, rect.top()), egui::Align2::LEFT_TOP, title);
            let at = egui::pos2(left, below.bottom() + scale::SPACE_1);
            draw::put(ui, at, egui::Align2::LEFT_TOP, body);
        });
    });
}
