//! A state as an icon and a word on a tinted ground; it reads in grayscale too.

use egui::{Align2, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::icon::Icon;
use super::{Selection, draw};
use crate::ui::theme::{Tone, Type, palette, scale};

/// Before the icon and after the word.
const PAD: f32 = scale::SPACE_2;
/// Between icon and word.
const GAP: f32 = 5.0;

/// A state that is told as icon and word.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct Chip<'a> {
    /// What it means.
    pub tone: Tone,
    /// Repeats the word for those who look, not read.
    pub icon: Icon,
    /// One to three words.
    pub text: &'a str,
}

impl<'a> Chip<'a> {
    /// A chip.
    pub const fn new(tone: Tone, icon: Icon, text: &'a str) -> Self {
        Self { tone, icon, text }
    }

    /// Draws the chip at the cursor. It cannot be pressed.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(self.width(ui), scale::CHIP_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        self.paint(ui, rect.left_center(), Selection::Off);
        response
    }

    /// How wide the chip is.
    pub fn width(self, ui: &Ui) -> f32 {
        let word =
            draw::line(ui, self.text, (Type::Label, egui::Color32::PLACEHOLDER), f32::INFINITY);
        (PAD + scale::ICON_SMALL + GAP + word.size().x + PAD).ceil()
    }

    /// Paints the chip with its left edge at `left_center`. On a selected row it takes the
    /// ground of a card, else its tint would vanish in the row's.
    pub(super) fn paint(self, ui: &Ui, left_center: Pos2, selection: Selection) -> Rect {
        let palette = palette(ui);
        let colors = palette.tone(self.tone);
        let size = vec2(self.width(ui), scale::CHIP_HEIGHT);
        let rect = Align2::LEFT_CENTER.anchor_size(left_center, size);
        let ground = match selection {
            Selection::On => palette.bg_panel,
            Selection::Off => colors.bg,
        };
        ui.painter().rect_filled(rect, scale::RADIUS_CONTROL, ground);
        let icon_x = rect.left() + PAD + scale::ICON_SMALL / 2.0;
        draw::icon_at(ui, pos2(icon_x, rect.center().y), self.icon, (scale::ICON_SMALL, colors.fg));
        let word = draw::line(ui, self.text, (Type::Label, colors.fg), f32::INFINITY);
        let word_x = rect.left() + PAD + scale::ICON_SMALL + GAP;
        draw::put(ui, pos2(word_x, rect.center().y), Align2::LEFT_CENTER, word);
        rect
    }

    /// Paints the chip with its right edge at `right_center`.
    pub(super) fn paint_right(self, ui: &Ui, right_center: Pos2, selection: Selection) -> Rect {
        let left_center = right_center - vec2(self.width(ui), 0.0);
        self.paint(ui, left_center, selection)
    }
}
