//! A row of a checklist: done or not, what to do, what came of it, and its key.

use egui::{
    Align2, CornerRadius, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::draw::Cut;
use super::icon::Icon;
use super::key_hint::{box_width, paint_box_right};
use super::{Selection, draw};
use crate::ui::theme::{Ink, Type, palette, scale};

/// The center of the box and the start of the text, from the left edge.
const BOX_X: f32 = 16.0;
const TEXT_X: f32 = 36.0;
/// The tick, from the middle of its box.
const TICK: [Vec2; 3] = [vec2(-4.0, 0.0), vec2(-1.0, 3.0), vec2(4.0, -2.5)];
/// The row with the line of its ring.
const HEIGHT: f32 = 36.0;

/// How far a row of a checklist is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Check {
    /// Not yet.
    #[default]
    Open,
    /// Done.
    Done,
}

impl From<bool> for Check {
    fn from(is_done: bool) -> Self {
        if is_done { Self::Done } else { Self::Open }
    }
}

/// A row of a checklist that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct CheckRow<'a> {
    text: &'a str,
    note: &'a str,
    key: Option<&'a str>,
    check: Check,
    mark: Option<(Icon, Ink)>,
    selection: Selection,
}

impl<'a> CheckRow<'a> {
    /// A row that says what to do.
    pub const fn new(text: &'a str) -> Self {
        let (check, selection) = (Check::Open, Selection::Off);
        Self { text, note: "", key: None, check, mark: None, selection }
    }

    /// Whether it is done.
    pub fn checked(self, check: impl Into<Check>) -> Self {
        Self { check: check.into(), ..self }
    }

    /// Shows an icon where the box would be: what is pressed here does something, and is not ticked.
    pub const fn mark(self, mark: (Icon, Ink)) -> Self {
        Self { mark: Some(mark), ..self }
    }

    /// What came of it, or what to do for it, at the right edge.
    pub const fn note(self, note: &'a str) -> Self {
        Self { note, ..self }
    }

    /// The key that does it. The view listens to it.
    pub const fn key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Whether this is what comes next.
    pub fn selected(self, selection: impl Into<Selection>) -> Self {
        Self { selection: selection.into(), ..self }
    }

    /// Draws the row across its parent. A click or Space asks to change it; the view decides.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
        let id = ui.make_persistent_id(("check", self.text));
        let response = ui.interact(rect, id, Sense::click());
        let is_done = self.check == Check::Done;
        response.widget_info(|| match self.mark {
            Some(_) => WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.text),
            None => WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_done, self.text),
        });
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_description(self.note);
            if let Some(key) = self.key {
                node.set_keyboard_shortcut(key);
            }
        });
        super::focus::follow(&response);
        if ui.is_rect_visible(rect) && self.paint(ui, rect, &response) == Cut::Yes {
            return response.on_hover_text(format!("{}\n{}", self.text, self.note));
        }
        response
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) -> Cut {
        let palette = palette(ui);
        draw::row_ground(ui, rect, self.selection, response);
        let y = rect.center().y;
        let box_at = pos2(rect.left() + BOX_X, y);
        match self.mark {
            Some((icon, ink)) => {
                draw::icon_at(ui, box_at, icon, (scale::ICON + 1.0, ink.color(palette)));
            }
            None => check_box(ui, box_at, self.check),
        }
        let mut right = rect.right() - scale::SPACE_3;
        if let Some(key) = self.key {
            paint_box_right(ui, pos2(right, y), key);
            right -= box_width(ui, key) + scale::SPACE_2;
        }
        let x = rect.left() + TEXT_X;
        let style = match self.selection {
            Selection::On => Type::BodyStrong,
            Selection::Off => Type::Body,
        };
        let text = draw::line(ui, self.text, (style, palette.text_strong), right - x);
        let cut = Cut::from(text.elided);
        let text = draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, text);
        let room = right - text.right() - scale::SPACE_4;
        if room > scale::SPACE_8 && !self.note.is_empty() {
            let note = draw::line(ui, self.note, (Type::Secondary, palette.text_muted), room);
            let cut = cut.or(note.elided);
            draw::put(ui, pos2(right, y), Align2::RIGHT_CENTER, note);
            return cut;
        }
        cut.or(!self.note.is_empty())
    }
}

/// Paints a box around `center`: green with a tick, or empty.
pub(super) fn check_box(ui: &Ui, center: Pos2, check: Check) {
    let palette = palette(ui);
    let rect = Rect::from_center_size(center, Vec2::splat(scale::CHECK_SIZE));
    let color = match check {
        Check::Done => palette.ok.fg,
        Check::Open => palette.line_control,
    };
    let radius = CornerRadius::same(scale::RADIUS_INNER - 1);
    let stroke = Stroke::new(1.5, color);
    ui.painter().rect(rect, radius, palette.bg_field, stroke, StrokeKind::Inside);
    if check == Check::Done {
        // Drawn, not set: an icon this small would have hairlines.
        let tick = TICK.map(|step| center + step).to_vec();
        ui.painter().line(tick, Stroke::new(2.0, color));
    }
}
