//! The room of a page: its margin, its width, its buttons at the bottom, and a panel at its side.

use egui::{Align2, Rect, Role, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::ui::theme::{Tone, Type, palette, scale};
use crate::ui::widgets::button::{Button, buttons_right};
use crate::ui::widgets::draw;
use crate::ui::widgets::icon::Icon;

/// Above and below a page.
const PAGE_TOP: f32 = scale::SPACE_6 - scale::SPACE_1;

/// Whether a page has a strip with its buttons at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Actions {
    /// No buttons, or buttons within the page.
    #[default]
    None,
    /// [`PageArea::actions`] will be called.
    Bar,
}

/// How wide a page may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// As wide as can be read; in wider windows the margins grow.
    #[default]
    Content,
    /// As wide as the window: tables.
    Full,
}

/// What the action bar says at the left: why it is so, or what comes next.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// How bad it is.
    pub tone: Tone,
    /// Stands before the words.
    pub icon: Icon,
    /// One sentence or two.
    pub words: &'a str,
}

/// The room of a page. Draw the body first, then the actions: the Tab key follows.
#[must_use = "nothing is drawn before `body`"]
#[derive(Debug, Clone, Copy)]
pub struct PageArea {
    body: Rect,
    bar: Rect,
    span: Span,
}

impl PageArea {
    /// Takes all the room of `ui`.
    pub fn new(ui: &mut Ui, actions: Actions) -> Self {
        let room = ui.available_rect_before_wrap();
        let height = match actions {
            Actions::None => 0.0,
            Actions::Bar => scale::ACTION_BAR_HEIGHT,
        };
        let edge = room.bottom() - height;
        Self { body: room.with_max_y(edge), bar: room.with_min_y(edge), span: Span::Content }
    }

    /// How wide body and actions may grow.
    pub const fn span(self, span: Span) -> Self {
        Self { span, ..self }
    }

    /// Draws the page within its margin. Nothing scrolls but what scrolls by itself, such as a
    /// table; only where the window is too low for that, the page does.
    pub fn body<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        if within_margin(self.body, self.span).height() < scale::BODY_HEIGHT_MIN {
            return self.scrolling_body(ui, |ui| {
                // A table in here fills this height; without an end it would draw all its rows.
                ui.set_max_height(scale::BODY_HEIGHT_MIN);
                contents(ui)
            });
        }
        self.still_body(ui, contents)
    }

    /// Draws the page within its margin, however low the window is: what is in it scrolls.
    pub fn still_body<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        let room = within_margin(self.body, self.span);
        let page = UiBuilder::new().max_rect(room).accessibility_role(Role::Main);
        ui.scope_builder(page, |ui| {
            ui.spacing_mut().item_spacing.y = scale::SPACE_3;
            contents(ui)
        })
        .inner
    }

    /// Draws the page within its margin; what does not fit is scrolled to.
    pub fn scrolling_body<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        let page = UiBuilder::new().max_rect(self.body).accessibility_role(Role::Main);
        ui.scope_builder(page, |ui| {
            ui.shrink_clip_rect(self.body);
            let area = ScrollArea::vertical().auto_shrink(false);
            area.show(ui, |ui| {
                let width = within_margin(self.body, self.span).width();
                let room = ui.available_rect_before_wrap();
                let left =
                    (room.center().x - width / 2.0).max(room.left() + scale::SPACE_6).round();
                let page = Rect::from_x_y_ranges(
                    left..=left + width.min(room.width() - scale::SPACE_6),
                    room.top() + PAGE_TOP..=room.bottom(),
                );
                let inner = ui.scope_builder(UiBuilder::new().max_rect(page), |ui| {
                    ui.spacing_mut().item_spacing.y = scale::SPACE_3;
                    contents(ui)
                });
                ui.add_space(PAGE_TOP);
                inner.inner
            })
            .inner
        })
        .inner
    }

    /// Draws the strip with the page's buttons, the main one last; the index of the one pressed.
    pub fn actions(
        &self,
        ui: &mut Ui,
        message: Option<Message<'_>>,
        buttons: &[Button<'_>],
    ) -> Option<usize> {
        let palette = palette(ui);
        ui.painter().rect_filled(self.bar, 0.0, palette.bg_panel);
        draw::hairline(ui, self.bar.x_range(), self.bar.top(), palette.line_subtle);
        let x = within_margin(self.bar, self.span).x_range();
        let room = Rect::from_x_y_ranges(x, self.bar.y_range());
        let gaps = scale::SPACE_3 * buttons.len().saturating_sub(1) as f32;
        let width: f32 = buttons.iter().map(|button| button.width(ui)).sum::<f32>() + gaps;
        if let Some(message) = message {
            let words_room = room.with_max_x(room.right() - width - scale::SPACE_6);
            paint_message(ui, words_room, message);
        }
        let inset = (scale::ACTION_BAR_HEIGHT - scale::MAIN_BUTTON_HEIGHT) / 2.0;
        let row = room.shrink2(vec2(0.0, inset));
        ui.scope_builder(UiBuilder::new().max_rect(row).id_salt("actions"), |ui| {
            buttons_right(ui, buttons)
        })
        .inner
    }
}

fn paint_message(ui: &mut Ui, room: Rect, message: Message<'_>) {
    let palette = palette(ui);
    let y = room.center().y;
    let center = pos2(room.left() + scale::ICON / 2.0, y);
    draw::icon_at(ui, center, message.icon, (scale::ICON, palette.tone(message.tone).fg));
    let x = room.left() + scale::SPACE_6;
    let look = (Type::Body, palette.text_body);
    let width = room.right() - x;
    let mut words = draw::line(ui, message.words, look, width);
    if words.elided {
        words = draw::wrapped(ui, message.words, (Type::Small, palette.text_body), width);
    }
    let rect = draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, words);
    let id = ui.make_persistent_id("message of the actions");
    let response = ui.interact(rect, id, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, message.words));
}

/// The room of a page within its margin, centered where the window is wider than can be read.
fn within_margin(room: Rect, span: Span) -> Rect {
    let room = room.shrink2(vec2(scale::SPACE_6, PAGE_TOP));
    let width = match span {
        Span::Content => room.width().min(scale::CONTENT_WIDTH_MAX),
        Span::Full => room.width(),
    };
    Rect::from_center_size(room.center(), vec2(width.round(), room.height()))
}

/// A page with a panel at its side; in a narrow window the panel goes under.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    main: Rect,
    side: Option<Rect>,
}

impl Split {
    /// Splits the room of `ui`: a side panel of `side_width` points at the right.
    pub fn new(ui: &Ui, side_width: f32) -> Self {
        let room = ui.available_rect_before_wrap();
        if Self::is_stacked(ui) {
            return Self { main: room, side: None };
        }
        let edge = room.right() - side_width;
        let main = room.with_max_x(edge - scale::SPACE_4);
        Self { main, side: Some(room.with_min_x(edge)) }
    }

    /// Whether the window is so narrow that the panel goes under.
    pub fn is_stacked(ui: &Ui) -> bool {
        ui.ctx().content_rect().width() < scale::SPLIT_STACKS_BELOW
    }

    /// Draws what the page is about. Nothing of it reaches under the panel.
    pub fn main<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        let room = self.side.map(|_| self.main);
        ui.scope_builder(place(room, "main"), |ui| {
            if let Some(room) = room {
                // Half of the gap, for rings that are drawn outside.
                let right = room.right() + scale::SPACE_2;
                ui.shrink_clip_rect(ui.clip_rect().with_max_x(right));
                ui.set_max_width(room.width());
            }
            contents(ui)
        })
        .inner
    }

    /// Draws the panel.
    pub fn side<R>(&self, ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
        ui.scope_builder(place(self.side, "side"), contents).inner
    }
}

/// A child at `rect`, or below what is already there.
fn place(rect: Option<Rect>, salt: &'static str) -> UiBuilder {
    let place = UiBuilder::new().id_salt(salt);
    match rect {
        Some(rect) => place.max_rect(rect),
        None => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_stays_readable_and_tables_stay_wide() {
        // Width of the window's room, how wide the page may grow, how wide it is.
        let table = [
            (800.0, Span::Content, 752.0),
            (1182.0, Span::Content, 1134.0),
            (1488.0, Span::Content, 1440.0),
            (3840.0, Span::Content, 1440.0),
            (3840.0, Span::Full, 3792.0),
        ];
        for (window, span, width) in table {
            let room = Rect::from_min_size(egui::Pos2::ZERO, vec2(window, 700.0));
            let got = within_margin(room, span);
            assert!((got.width() - width).abs() < 0.5, "{window} {span:?}: {}", got.width());
            assert!((got.center().x - window / 2.0).abs() < 1.0, "{window} {span:?}");
        }
    }
}
