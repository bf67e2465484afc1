//! One of a few: segments side by side, picked by digit keys, arrows or the pointer.

use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::text::text;
use super::{Selection, draw, key_hint};
use crate::ui::theme::{Ink, Type, palette, scale};

/// Left and right of a segment's words.
const PAD: f32 = scale::SPACE_3;
/// The digits that pick a segment.
const DIGITS: [(Key, &str); 9] = [
    (Key::Num1, "1"),
    (Key::Num2, "2"),
    (Key::Num3, "3"),
    (Key::Num4, "4"),
    (Key::Num5, "5"),
    (Key::Num6, "6"),
    (Key::Num7, "7"),
    (Key::Num8, "8"),
    (Key::Num9, "9"),
];

/// Whether a digit picks now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    Shown,
    Hidden,
}

/// A choice that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct Choice<'a> {
    label: &'a str,
    options: &'a [&'a str],
    takes_focus: bool,
}

impl<'a> Choice<'a> {
    /// A choice called `label` between at most nine `options`.
    pub const fn new(label: &'a str, options: &'a [&'a str]) -> Self {
        Self { label, options, takes_focus: false }
    }

    /// Gives the picked segment, else the first, the focus from the next frame on.
    pub const fn focused(self) -> Self {
        Self { takes_focus: true, ..self }
    }

    /// Draws label and segments. The response is marked as changed when `picked` was. While a
    /// segment has the focus, digits pick; the Tab key stops once, at the picked segment.
    pub fn show(self, ui: &mut Ui, picked: &mut Option<usize>) -> Response {
        let before = *picked;
        let group =
            UiBuilder::new().accessibility_role(Role::RadioGroup).accessibility_label(self.label);
        let mut response = ui
            .scope_builder(group, |ui| {
                ui.spacing_mut().item_spacing.y = scale::SPACE_1;
                text(ui, Type::Label, Ink::Body, self.label);
                let base = ui.make_persistent_id(("choice", self.label));
                let digits = self.keys(ui, base, picked);
                ui.horizontal_wrapped(|ui| {
                    for (idx, option) in self.options.iter().enumerate() {
                        let option = (idx, *option, digits);
                        if self.segment(ui, base, option, *picked).clicked() {
                            *picked = Some(idx);
                            ui.memory_mut(|memory| memory.request_focus(base.with(idx)));
                        }
                    }
                });
                // After the segments: what gets the focus is scrolled to only in the next frame, so
                // that a step that comes into sight is not scrolled away from its head.
                if self.takes_focus {
                    let first = base.with(picked.unwrap_or_default());
                    ui.memory_mut(|memory| memory.request_focus(first));
                }
            })
            .response;
        if *picked != before {
            response.mark_changed();
        }
        response
    }

    /// Digits pick while the focus is in the group, and are shown only then; arrows pick the
    /// neighbor.
    fn keys(&self, ui: &Ui, base: Id, picked: &mut Option<usize>) -> Digits {
        let focused = (0..self.options.len())
            .find(|&idx| ui.memory(|memory| memory.has_focus(base.with(idx))));
        let Some(focused) = focused else { return Digits::Hidden };
        let last = self.options.len().saturating_sub(1);
        let target = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            if pressed(Key::ArrowRight) || pressed(Key::ArrowDown) {
                return Some((focused + 1).min(last));
            }
            if pressed(Key::ArrowLeft) || pressed(Key::ArrowUp) {
                return Some(focused.saturating_sub(1));
            }
            let digits = DIGITS.iter().take(self.options.len());
            digits.enumerate().find(|(_, digit)| pressed(digit.0)).map(|(idx, _)| idx)
        });
        if let Some(target) = target {
            *picked = Some(target);
            ui.memory_mut(|memory| memory.request_focus(base.with(target)));
        }
        Digits::Shown
    }

    fn segment(
        &self,
        ui: &mut Ui,
        base: Id,
        option: (usize, &str, Digits),
        picked: Option<usize>,
    ) -> Response {
        let (idx, words, digits) = option;
        let digit = DIGITS.get(idx).map_or("", |digit| digit.1);
        let look = (Type::Body, palette(ui).text_strong);
        let galley = draw::line(ui, words, look, f32::INFINITY);
        let digit_width = key_hint::box_width(ui, digit);
        let width = PAD + galley.size().x + scale::SPACE_2 + digit_width + scale::SPACE_2;
        let (_, rect) = ui.allocate_space(vec2(width.ceil(), scale::CONTROL_HEIGHT));
        let is_picked = picked == Some(idx);
        let id = base.with(idx);
        let stops_tab = is_picked || (picked.is_none() && idx == 0);
        let sense = if stops_tab || ui.memory(|memory| memory.has_focus(id)) {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id, sense);
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_picked, words)
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_keyboard_shortcut(digit);
            node.set_position_in_set(idx + 1);
            node.set_size_of_set(self.options.len());
        });
        super::focus::follow(&response);
        if ui.is_rect_visible(rect) {
            paint_segment(ui, rect, is_picked.into(), &response);
            let y = rect.center().y;
            match digits {
                // The room for the digit stays, so that nothing moves when the focus comes.
                Digits::Hidden => draw::put(ui, rect.center(), Align2::CENTER_CENTER, galley),
                Digits::Shown => {
                    let right = pos2(rect.right() - scale::SPACE_2, y);
                    key_hint::paint_box_right(ui, right, digit);
                    draw::put(ui, pos2(rect.left() + PAD, y), Align2::LEFT_CENTER, galley)
                }
            };
        }
        response
    }
}

fn paint_segment(ui: &Ui, rect: Rect, selection: Selection, response: &Response) {
    let palette = palette(ui);
    let (fill, edge) = match selection {
        Selection::On => (palette.row_selected, Stroke::new(1.5, palette.accent_text)),
        Selection::Off if response.hovered() => {
            (palette.row_hover, Stroke::new(scale::LINE, palette.line_control))
        }
        Selection::Off => (palette.bg_panel, Stroke::new(scale::LINE, palette.line_control)),
    };
    let radius = CornerRadius::same(scale::RADIUS_CONTROL);
    ui.painter().rect(rect, radius, fill, edge, StrokeKind::Inside);
    if response.has_focus() {
        draw::focus_ring(ui, rect.expand(1.0), scale::RADIUS_CONTROL);
    }
}
