//! A numbered step: done, open or waiting. All steps stay visible; one is open.

use egui::{Align2, Frame, Margin, Pos2, Rect, Response, Role, Stroke, Ui, UiBuilder, pos2, vec2};

use super::button::Button;
use super::card::{open_edge, paper};
use super::draw;
use super::icon::Icon;
use crate::ui::theme::{Palette, Type, palette, scale};

/// The center of the mark and the start of the title, from the left edge.
const MARK_X: f32 = 26.0;
const TITLE_X: f32 = 52.0;
/// How far the two lines stand from the middle of the row.
const LINE_OFFSET: f32 = 10.5;
/// The head of an open step.
const HEAD_HEIGHT: f32 = 44.0;
/// What an open step adds to the height of its body: head, margin and lines.
pub const OPEN_FRAME_HEIGHT: f32 = HEAD_HEIGHT + scale::SPACE_4;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepState {
    /// Nothing more to do here.
    Done,
    /// The step at hand.
    Open,
    /// Opens later.
    #[default]
    Waiting,
}

/// A step that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct StepCard<'a> {
    number: usize,
    title: &'a str,
    state: StepState,
    subtitle: &'a str,
    right: &'a str,
    edit: Option<(&'a str, &'a str)>,
}

/// What came of drawing a step.
#[derive(Debug)]
pub struct StepResponse<R> {
    /// What the body returned, if the step is open.
    pub inner: Option<R>,
    /// The link at the right edge was pressed.
    pub is_edit_asked: bool,
}

impl<'a> StepCard<'a> {
    /// A step that waits.
    pub const fn new(number: usize, title: &'a str) -> Self {
        Self { number, title, state: StepState::Waiting, subtitle: "", right: "", edit: None }
    }

    /// How far the step is.
    pub const fn state(self, state: StepState) -> Self {
        Self { state, ..self }
    }

    /// The step at hand.
    pub const fn open(self) -> Self {
        self.state(StepState::Open)
    }

    /// What was done, or what is suggested, in one line; not shown while the step is open.
    pub const fn subtitle(self, subtitle: &'a str) -> Self {
        Self { subtitle, ..self }
    }

    /// A note at the right edge: "3 of 5 done", "Opens after step 2".
    pub const fn right(self, right: &'a str) -> Self {
        Self { right, ..self }
    }

    /// A link at the right edge instead of a note, with its key: ("Edit", "Alt+1").
    pub const fn edit(self, label: &'a str, key: &'a str) -> Self {
        Self { edit: Some((label, key)), ..self }
    }

    /// Draws the step; `body` only if it is open.
    pub fn show<R>(self, ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> StepResponse<R> {
        let number = format!("Step {}", self.number);
        let more = if self.state == StepState::Open { "" } else { self.subtitle };
        let parts = [number.as_str(), self.title, self.state.words(), more, self.right];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        let name = parts.collect::<Vec<_>>().join(", ");
        let group = UiBuilder::new()
            .id_salt(("step", self.number))
            .accessibility_role(Role::Group)
            .accessibility_label(name);
        ui.scope_builder(group, |ui| match self.state {
            StepState::Open => self.open_ui(ui, body),
            StepState::Done | StepState::Waiting => self.closed_ui(ui),
        })
        .inner
    }

    fn closed_ui<R>(&self, ui: &mut Ui) -> StepResponse<R> {
        let palette = palette(ui);
        let is_edit_asked = paper(palette, Margin::ZERO)
            .show(ui, |ui| {
                let size = vec2(ui.available_width(), scale::LIST_ROW_HEIGHT - 2.0 * scale::LINE);
                let (_, rect) = ui.allocate_space(size);
                self.mark(ui, pos2(rect.left() + MARK_X, rect.center().y));
                let right = rect.shrink2(vec2(scale::SPACE_3, 0.0)).right_center();
                let (edit, text_right) = self.right_ui(ui, right);
                self.titles(ui, rect.with_max_x(text_right));
                edit.is_some_and(|response| response.clicked())
            })
            .inner;
        StepResponse { inner: None, is_edit_asked }
    }

    fn open_ui<R>(&self, ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> StepResponse<R> {
        let palette = palette(ui);
        let shown = paper(palette, Margin::ZERO).show(ui, |ui| {
            let (_, head) = ui.allocate_space(vec2(ui.available_width(), HEAD_HEIGHT));
            let middle = head.center().y + scale::SPACE_1;
            self.mark(ui, pos2(head.left() + scale::SPACE_8, middle));
            let right = pos2(head.right() - scale::SPACE_4, middle);
            let (edit, text_right) = self.right_ui(ui, right);
            let title = draw::line(
                ui,
                self.title,
                (Type::RowTitle, palette.text_strong),
                text_right - head.left() - TITLE_X,
            );
            draw::put(ui, pos2(head.left() + TITLE_X, middle), Align2::LEFT_CENTER, title);
            let margin = Margin { top: 0, ..Margin::same(scale::SPACE_4 as i8) };
            ui.add_space(-scale::SPACE_1);
            let inner = Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                body(ui)
            });
            (inner.inner, edit.is_some_and(|response| response.clicked()))
        });
        open_edge(ui, shown.response.rect);
        let (inner, is_edit_asked) = shown.inner;
        StepResponse { inner: Some(inner), is_edit_asked }
    }

    /// The note or the link, ending at `right`; returns where the text before it must end.
    fn right_ui(&self, ui: &mut Ui, right: Pos2) -> (Option<Response>, f32) {
        if let Some((label, key)) = self.edit {
            let button = Button::link(label).key(key);
            let size = vec2(button.width(ui), scale::CONTROL_HEIGHT);
            let rect = Align2::RIGHT_CENTER.anchor_size(right, size);
            let place = UiBuilder::new().max_rect(rect).id_salt(("step", self.number));
            let response = ui.new_child(place).scope(|ui| button.show(ui)).inner;
            return (Some(response), rect.left() - scale::SPACE_3);
        }
        let look = (Type::Secondary, palette(ui).text_muted);
        let note = draw::line(ui, self.right, look, f32::INFINITY);
        let rect = draw::put(ui, right, Align2::RIGHT_CENTER, note);
        (None, rect.left() - scale::SPACE_3)
    }

    fn titles(&self, ui: &Ui, rect: Rect) {
        let palette = palette(ui);
        let x = rect.left() + TITLE_X;
        let width = rect.right() - x;
        let title = format!("{}  {}", self.number, self.title);
        let title = draw::line(ui, &title, (Type::RowTitle, palette.text_strong), width);
        let y = rect.center().y;
        if self.subtitle.is_empty() {
            draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, title);
            return;
        }
        draw::put(ui, pos2(x, y - LINE_OFFSET), Align2::LEFT_CENTER, title);
        let subtitle = draw::line(ui, self.subtitle, (Type::Secondary, palette.text_muted), width);
        draw::put(ui, pos2(x, y + LINE_OFFSET), Align2::LEFT_CENTER, subtitle);
    }

    fn mark(&self, ui: &Ui, center: Pos2) {
        let palette: &Palette = palette(ui);
        let radius = scale::STEP_MARK_SIZE / 2.0;
        match self.state {
            StepState::Done => {
                let look = (scale::STEP_MARK_SIZE - 2.0, palette.ok.fg);
                draw::icon_at(ui, center, Icon::CircleCheck, look);
            }
            StepState::Waiting => {
                let stroke = Stroke::new(2.0, palette.line_control);
                ui.painter().circle_stroke(center, radius - 2.0, stroke);
            }
            StepState::Open => {
                ui.painter().circle_filled(center, radius, palette.accent_fill);
                let look = (Type::BodyStrong, palette.accent_on);
                let number = draw::line(ui, &self.number.to_string(), look, f32::INFINITY);
                draw::put(ui, center, Align2::CENTER_CENTER, number);
            }
        }
    }
}

impl StepState {
    const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::Waiting => "waiting",
        }
    }
}
