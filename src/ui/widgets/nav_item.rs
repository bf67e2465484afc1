//! An entry of the navigation: icon, word, key.

use egui::accesskit::AriaCurrent;
use egui::{Align2, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::icon::Icon;
use super::{Selection, draw, tooltip};
use crate::ui::theme::{Type, palette, scale};

/// Where the icon's center and the word stand, from the left edge of the entry.
const ICON_X: f32 = 22.0;
const TEXT_X: f32 = 42.0;
/// Above and below the bar of the open page.
const EDGE_INSET: f32 = 8.0;

/// An entry of the navigation that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct NavItem<'a> {
    /// Stands first; alone when the window is narrow.
    pub icon: Icon,
    /// The page.
    pub label: &'a str,
    /// The key that turns to it.
    pub key: &'a str,
    /// Whether it is the page that is open.
    pub selection: Selection,
}

impl NavItem<'_> {
    /// Draws the entry across its parent. Too narrow for words, the word and the key become a
    /// tooltip.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(ui.available_width(), scale::MAIN_BUTTON_HEIGHT);
        let (_, rect) = ui.allocate_space(size);
        let id = ui.make_persistent_id(("page", self.label));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), self.label));
        ui.ctx().accesskit_node_builder(id, |node| {
            if self.selection == Selection::On {
                node.set_aria_current(AriaCurrent::Page);
            }
            node.set_keyboard_shortcut(self.key);
        });
        super::focus::follow(&response);
        let has_words = rect.width() > scale::NAV_NARROW_WIDTH;
        if ui.is_rect_visible(rect) {
            self.paint_ground(ui, rect, &response);
            if has_words {
                self.paint_words(ui, rect);
            }
        }
        if has_words { response } else { tooltip::with_key(response, self.label, self.key) }
    }

    fn paint_ground(&self, ui: &Ui, rect: Rect, response: &Response) {
        let palette = palette(ui);
        let radius = CornerRadius::same(scale::RADIUS_CONTROL);
        let is_open = self.selection == Selection::On;
        if is_open {
            ui.painter().rect_filled(rect, radius, palette.row_selected);
            let edge = rect.with_max_x(rect.left() + scale::EDGE_WIDTH - 1.0);
            let edge = edge.shrink2(vec2(0.0, EDGE_INSET));
            ui.painter().rect_filled(edge, CornerRadius::same(1), palette.accent_text);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, radius, palette.row_hover);
        }
        let ink = if is_open { palette.accent_text } else { palette.text_muted };
        let has_words = rect.width() > scale::NAV_NARROW_WIDTH;
        let x = if has_words { rect.left() + ICON_X } else { rect.center().x };
        draw::icon_at(ui, pos2(x, rect.center().y), self.icon, (scale::ICON + 1.0, ink));
        if response.has_focus() {
            draw::inner_ring(ui, rect, scale::RADIUS_CONTROL);
        }
    }

    fn paint_words(&self, ui: &Ui, rect: Rect) {
        let palette = palette(ui);
        let y = rect.center().y;
        let look = match self.selection {
            Selection::On => (Type::BodyStrong, palette.text_strong),
            Selection::Off => (Type::Body, palette.text_body),
        };
        let right = pos2(rect.right() - scale::SPACE_2 - 2.0, y);
        let key = draw::line(ui, self.key, (Type::MonoSmall, palette.text_muted), f32::INFINITY);
        let key = draw::put(ui, right, Align2::RIGHT_CENTER, key);
        let x = rect.left() + TEXT_X;
        let label = draw::line(ui, self.label, look, key.left() - x - scale::SPACE_1);
        draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, label);
    }
}
