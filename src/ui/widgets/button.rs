//! Buttons. One main button a page; each shows its key; a blocked one stays, with the reason.

use egui::{
    Align, Align2, Color32, CornerRadius, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Ink, Palette, Type, palette, scale};

/// Left and right of what stands in a button.
const PAD: f32 = 14.0;
/// Left and right of what stands in a link, so that its ring does not touch it.
const LINK_PAD: f32 = 6.0;
/// Between icon, label and key.
const GAP: f32 = scale::SPACE_2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Danger,
    Link,
}

/// A button that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct Button<'a> {
    kind: Kind,
    label: &'a str,
    icon: Option<Icon>,
    key: Option<&'a str>,
    blocked: Option<&'a str>,
    salt: Option<&'a str>,
    height: f32,
    takes_focus: bool,
    rests_focus: bool,
}

impl<'a> Button<'a> {
    /// The one filled button of a page: what Enter or Ctrl+Enter does.
    pub const fn primary(label: &'a str) -> Self {
        Self::of(Kind::Primary, label)
    }

    /// An outlined button.
    pub const fn secondary(label: &'a str) -> Self {
        Self::of(Kind::Secondary, label)
    }

    /// The red button of a confirming dialog. Its label says the act: "Void key …9KLD".
    pub const fn danger(label: &'a str) -> Self {
        Self::of(Kind::Danger, label)
    }

    /// Blue text without an edge, such as "Edit Alt+1".
    pub const fn link(label: &'a str) -> Self {
        Self::of(Kind::Link, label)
    }

    const fn of(kind: Kind, label: &'a str) -> Self {
        let height = scale::CONTROL_HEIGHT;
        Self {
            kind,
            label,
            icon: None,
            key: None,
            blocked: None,
            salt: None,
            height,
            takes_focus: false,
            rests_focus: false,
        }
    }

    /// Shows `icon` before the label.
    pub const fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Shows `key` after the label. The view listens to it.
    pub const fn key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// With a reason, the button stays visible but cannot be pressed, and the reason stands
    /// beside it: "Opens after step 2".
    pub const fn blocked(self, reason: Option<&'a str>) -> Self {
        Self { blocked: reason, ..self }
    }

    /// Makes the button as high as the main one of a page.
    pub const fn main(self) -> Self {
        Self { height: scale::MAIN_BUTTON_HEIGHT, ..self }
    }

    /// Makes the button as low as it may be: on a strip.
    pub const fn low(self) -> Self {
        Self { height: scale::TARGET_MIN, ..self }
    }

    /// Names the button, so that it keeps the focus when its label changes or something appears
    /// above it. Must not stand twice in one named card.
    pub const fn salt(self, salt: &'a str) -> Self {
        Self { salt: Some(salt), ..self }
    }

    /// Gives the button the focus when it appears: the safe one of a dialog.
    pub const fn focus_first(self) -> Self {
        Self { takes_focus: true, ..self }
    }

    /// Gives the button the focus while nothing has it: the main one of a page that has no field.
    pub const fn focus_when_nowhere(self) -> Self {
        Self { rests_focus: true, ..self }
    }

    /// Draws the button, and the reason beside it if it is blocked.
    pub fn show(self, ui: &mut Ui) -> Response {
        let reason = self.blocked.map(|reason| {
            let look = (Type::Secondary, palette(ui).text_muted);
            draw::line(ui, reason, look, f32::INFINITY)
        });
        let (_, rect) = ui.allocate_space(vec2(self.width(ui), self.height));
        let button = Rect::from_min_size(rect.min, vec2(self.own_width(ui), self.height));
        let id = match self.salt {
            Some(salt) => ui.make_persistent_id(("button", salt)),
            None => ui.unique_id().with(("button", self.label)),
        };
        let is_open = self.blocked.is_none() && ui.is_enabled();
        let sense = if is_open { Sense::click() } else { Sense::hover() };
        let response = ui.interact(button, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_open, self.label));
        ui.ctx().accesskit_node_builder(id, |node| {
            if let Some(key) = self.key {
                node.set_keyboard_shortcut(key);
            }
            if let Some(reason) = self.blocked {
                node.set_description(reason);
            }
        });
        super::focus::follow(&response);
        if self.takes_focus {
            super::focus::at_first_sight(&response);
        }
        if self.rests_focus && is_open {
            super::focus::when_nowhere(&response);
        }
        if ui.is_rect_visible(rect) {
            self.paint(ui, button, &response);
            if let Some(galley) = reason {
                let pos = button.right_center() + vec2(GAP, 0.0);
                draw::put(ui, pos, Align2::LEFT_CENTER, galley);
            }
        }
        response
    }

    /// How wide the button is, with the reason beside it.
    pub fn width(self, ui: &Ui) -> f32 {
        let look = (Type::Secondary, Color32::PLACEHOLDER);
        let reason = self
            .blocked
            .filter(|reason| !reason.is_empty())
            .map_or(0.0, |reason| GAP + draw::line(ui, reason, look, f32::INFINITY).size().x);
        self.own_width(ui) + reason.ceil()
    }

    fn own_width(self, ui: &Ui) -> f32 {
        let width = |text: &str, style| {
            draw::line(ui, text, (style, Color32::PLACEHOLDER), f32::INFINITY).size().x
        };
        let icon = self.icon.map_or(0.0, |_| scale::ICON + GAP);
        let key = self.key.map_or(0.0, |key| GAP + width(key, Type::MonoSmall));
        (2.0 * self.pad() + icon + width(self.label, self.style()) + key).ceil()
    }

    const fn pad(self) -> f32 {
        match self.kind {
            Kind::Link => LINK_PAD,
            Kind::Primary | Kind::Secondary | Kind::Danger => PAD,
        }
    }

    const fn style(self) -> Type {
        match self.kind {
            Kind::Link => Type::Secondary,
            Kind::Primary | Kind::Secondary | Kind::Danger => Type::BodyStrong,
        }
    }

    fn paint(self, ui: &Ui, rect: Rect, response: &Response) {
        let palette = palette(ui);
        let look = Look::of(self.kind, palette, response);
        let radius = CornerRadius::same(scale::RADIUS_CONTROL);
        ui.painter().rect(rect, radius, look.fill, look.edge, StrokeKind::Inside);
        let y = rect.center().y;
        let mut x = rect.left() + self.pad();
        if let Some(icon) = self.icon {
            let center = pos2(x + scale::ICON / 2.0, y);
            draw::icon_at(ui, center, icon, (scale::ICON, look.label));
            x += scale::ICON + GAP;
        }
        let label = draw::line(ui, self.label, (self.style(), look.label), f32::INFINITY);
        let label = draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, label);
        if self.kind == Kind::Link && response.hovered() {
            draw::hairline(ui, label.x_range(), label.bottom() - scale::LINE, look.label);
        }
        if let Some(key) = self.key {
            let key = draw::line(ui, key, (Type::MonoSmall, look.key), f32::INFINITY);
            draw::put(ui, pos2(label.right() + GAP, y), Align2::LEFT_CENTER, key);
        }
        if response.has_focus() {
            match self.kind {
                Kind::Link => draw::inner_ring(ui, rect, scale::RADIUS_CONTROL),
                // A gap, so that the ring is seen around a filled button too.
                _ => draw::focus_ring(ui, rect.expand(scale::FOCUS_RING), scale::RADIUS_CARD),
            }
        }
    }
}

/// The colors of a button at rest, hovered, pressed or blocked.
struct Look {
    fill: Color32,
    edge: Stroke,
    label: Color32,
    key: Color32,
}

impl Look {
    fn of(kind: Kind, palette: &Palette, response: &Response) -> Self {
        let outline = |color| Stroke::new(scale::LINE, color);
        let is_lit = response.hovered() || response.is_pointer_button_down_on();
        if !response.sense.senses_click() {
            let muted = palette.text_muted;
            return match kind {
                Kind::Link => Self {
                    fill: Color32::TRANSPARENT,
                    edge: Stroke::NONE,
                    label: muted,
                    key: muted,
                },
                _ => Self {
                    fill: palette.bg_sunken,
                    edge: outline(palette.line_subtle),
                    label: muted,
                    key: muted,
                },
            };
        }
        match kind {
            Kind::Primary => Self {
                fill: if is_lit { palette.accent_hover } else { palette.accent_fill },
                edge: Stroke::NONE,
                label: palette.accent_on,
                key: palette.accent_on,
            },
            Kind::Secondary => Self {
                fill: if is_lit { palette.row_hover } else { palette.bg_panel },
                edge: outline(palette.line_control),
                label: palette.text_strong,
                key: palette.text_muted,
            },
            Kind::Danger => Self {
                fill: palette.danger_fill,
                edge: outline(if is_lit { palette.danger_on } else { palette.danger_fill }),
                label: palette.danger_on,
                key: palette.danger_on,
            },
            Kind::Link => {
                let label = Ink::Accent.color(palette);
                Self { fill: Color32::TRANSPARENT, edge: Stroke::NONE, label, key: label }
            }
        }
    }
}

/// Draws buttons side by side from the left; the index of the one that was pressed.
pub fn buttons(ui: &mut Ui, buttons: &[Button<'_>]) -> Option<usize> {
    ui.horizontal_wrapped(|ui| row(ui, buttons)).inner
}

/// Draws buttons side by side, ending at the right edge, in reading order. A right-to-left layout
/// would turn the order of the Tab key around.
pub fn buttons_right(ui: &mut Ui, buttons: &[Button<'_>]) -> Option<usize> {
    let before = (ui.available_width() - total_width(ui, buttons)).max(0.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(before);
        row(ui, buttons)
    })
    .inner
}

/// Draws fields or words at the left and buttons at the right, standing on one line; where there
/// is no room for both, the buttons go under. What the left returned, and the index of the button
/// that was pressed.
pub fn toolbar<R>(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui) -> R,
    buttons: &[Button<'_>],
) -> (R, Option<usize>) {
    let wanted = total_width(ui, buttons);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = scale::SPACE_3;
        let left = ui.vertical(left);
        let room = ui.max_rect().right() - left.response.rect.right() - scale::SPACE_3;
        if room < wanted {
            ui.end_row();
            return (left.inner, row(ui, buttons));
        }
        let size = vec2(wanted, scale::CONTROL_HEIGHT);
        let corner = pos2(ui.max_rect().right(), left.response.rect.bottom());
        let place = Align2::RIGHT_BOTTOM.anchor_size(corner, size);
        let place = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
        let pressed = ui.scope_builder(place, |ui| row(ui, buttons)).inner;
        (left.inner, pressed)
    })
    .inner
}

/// How wide the buttons are side by side.
fn total_width(ui: &Ui, buttons: &[Button<'_>]) -> f32 {
    let gaps = scale::SPACE_3 * buttons.len().saturating_sub(1) as f32;
    buttons.iter().map(|button| button.width(ui)).sum::<f32>() + gaps
}

fn row(ui: &mut Ui, buttons: &[Button<'_>]) -> Option<usize> {
    ui.spacing_mut().item_spacing.x = scale::SPACE_3;
    let mut pressed = None;
    for (idx, button) in buttons.iter().enumerate() {
        if button.show(ui).clicked() {
            pressed = Some(idx);
        }
    }
    pressed
}
