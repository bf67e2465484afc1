//! What went wrong, told in the order that is needed with a customer waiting.

use egui::accesskit::Live;
use egui::{Align2, CornerRadius, Frame, Margin, Role, Ui, UiBuilder, Vec2, vec2};

use super::button::Button;
use super::draw;
use super::icon::{Icon, icon, icon_button};
use super::row::row;
use super::text::text;
use crate::ui::theme::{Ink, Tone, Type, palette, scale};

/// A banner over a page.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// How bad it is.
    pub tone: Tone,
    /// What happened, in the desk's words.
    pub what: &'a str,
    /// What is safe, and what is lost if anything. May be empty.
    pub safe: &'a str,
    /// What to do now. May be empty.
    pub next: &'a str,
}

impl Notice<'_> {
    /// Draws the banner; true when it was dismissed.
    pub fn show(self, ui: &mut Ui) -> bool {
        let alert = UiBuilder::new()
            .id_salt(self.what)
            .accessibility_role(Role::Alert)
            .accessibility_label(self.what);
        ui.scope_builder(alert, |ui| {
            announce(ui, Live::Assertive);
            ground(ui, self.tone).show(ui, |ui| self.contents_ui(ui)).inner
        })
        .inner
    }

    fn contents_ui(self, ui: &mut Ui) -> bool {
        ui.set_min_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let corner = ui.max_rect().right_top();
            let sides =
                scale::ICON_LARGE + scale::CONTROL_HEIGHT + 2.0 * ui.spacing().item_spacing.x;
            let text_width = ui.available_width() - sides;
            icon(ui, draw::tone_icon(self.tone), scale::ICON_LARGE, Ink::Tone(self.tone));
            ui.vertical(|ui| {
                ui.set_width(text_width.max(scale::SPACE_8));
                ui.spacing_mut().item_spacing.y = scale::SPACE_1;
                text(ui, Type::BodyStrong, Ink::Tone(self.tone), self.what);
                for words in [self.safe, self.next] {
                    if !words.is_empty() {
                        text(ui, Type::Secondary, Ink::Strong, words);
                    }
                }
            });
            // Larger than a line of text: hung so that its cross stands on the first one.
            let hang = (scale::CONTROL_HEIGHT - scale::ICON_LARGE) / 2.0;
            let corner = corner + vec2(hang, -hang);
            let place = Align2::RIGHT_TOP.anchor_size(corner, Vec2::splat(scale::CONTROL_HEIGHT));
            let dismiss = UiBuilder::new().max_rect(place);
            icon_button(&mut ui.new_child(dismiss), Icon::X, "Dismiss").clicked()
        })
        .inner
    }
}

/// Several errors of a form at once: each line leads to its field. The first line is given the
/// focus when the list appears. Returns the index of the line that was pressed.
pub fn error_list(ui: &mut Ui, title: &str, errors: &[&str]) -> Option<usize> {
    let alert =
        UiBuilder::new().id_salt(title).accessibility_role(Role::Alert).accessibility_label(title);
    ui.scope_builder(alert, |ui| {
        announce(ui, Live::Assertive);
        ground(ui, Tone::Danger)
            .show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing = vec2(scale::SPACE_2, scale::SPACE_1);
                row(ui, scale::TARGET_MIN, |ui| {
                    icon(ui, Icon::CircleAlert, scale::ICON_LARGE, Ink::Tone(Tone::Danger));
                    text(ui, Type::BodyStrong, Ink::Tone(Tone::Danger), title);
                });
                let mut pressed = None;
                for (idx, error) in errors.iter().enumerate() {
                    let response = Button::link(error).show(ui);
                    if idx == 0 {
                        super::focus::at_first_sight(&response);
                    }
                    if response.clicked() {
                        pressed = Some(idx);
                    }
                }
                pressed
            })
            .inner
    })
    .inner
}

/// Lets screen readers say what appears.
fn announce(ui: &Ui, live: Live) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_live(live));
}

fn ground(ui: &Ui, tone: Tone) -> Frame {
    Frame::new()
        .fill(palette(ui).tone(tone).bg)
        .corner_radius(CornerRadius::same(scale::RADIUS_CARD))
        .inner_margin(Margin::symmetric(scale::SPACE_4 as i8, scale::SPACE_3 as i8))
}
