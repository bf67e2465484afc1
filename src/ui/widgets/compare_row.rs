//! What was found before the removal, and what became of it: a line that opens.

use egui::{Align2, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::draw::Cut;
use super::icon::Icon;
use super::{Place, Selection, draw};
use crate::ui::theme::{Tone, Type, palette, scale};

/// Where the two columns at the right start, from the right edge.
const BEFORE_X: f32 = 190.0;
const AFTER_X: f32 = 110.0;

/// A trace that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct CompareRow<'a> {
    trace: &'a str,
    before: &'a str,
    after: (Tone, &'a str),
    place: Option<Place>,
    opening: Opening,
}

/// Whether more stands under the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Opening {
    #[default]
    Closed,
    Open,
}

impl<'a> CompareRow<'a> {
    /// What it is, how it was, how it is. With [`Tone::Ok`] it gets a tick, with [`Tone::Danger`] a
    /// cross, else a warning or a note.
    pub const fn new(trace: &'a str, before: &'a str, after: (Tone, &'a str)) -> Self {
        Self { trace, before, after, place: None, opening: Opening::Closed }
    }

    /// The place among its siblings: counted from 0, of how many.
    pub const fn position(self, row_idx: usize, n_rows: usize) -> Self {
        Self { place: Some(Place { row_idx, n_rows }), ..self }
    }

    /// More about it stands below.
    pub const fn open(self) -> Self {
        Self { opening: Opening::Open, ..self }
    }

    /// Draws the line across its parent. A click or Enter asks to open or close it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), scale::FACT_HEIGHT));
        let row_idx = self.place.map_or(0, |place| place.row_idx);
        let id = ui.make_persistent_id(("trace", row_idx, self.trace));
        let response = ui.interact(rect, id, Sense::click());
        let name = self.name();
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, ui.is_enabled(), &name));
        let is_open = self.opening == Opening::Open;
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_selected(is_open);
            node.set_expanded(is_open);
            if let Some(place) = self.place {
                node.set_position_in_set(place.row_idx + 1);
                node.set_size_of_set(place.n_rows);
            }
        });
        super::focus::follow(&response);
        if ui.is_rect_visible(rect) && self.paint(ui, rect, &response) == Cut::Yes {
            return response.on_hover_text(name);
        }
        response
    }

    /// What screen readers say.
    fn name(&self) -> String {
        let parts = [self.trace, self.before, self.after.1];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn paint(&self, ui: &Ui, rect: egui::Rect, response: &Response) -> Cut {
        let (tone, words) = self.after;
        let palette = palette(ui);
        draw::row_ground(ui, rect.expand2(vec2(scale::SPACE_1, 0.0)), Selection::Off, response);
        let color = palette.tone(tone).fg;
        let icon = match tone {
            Tone::Ok => Icon::Check,
            Tone::Danger => Icon::X,
            Tone::Warn | Tone::Info | Tone::Neutral => draw::tone_icon(tone),
        };
        let y = rect.center().y;
        let put = |x: f32, text: &str, look, width: f32| {
            let galley = draw::line(ui, text, look, width);
            let is_cut = galley.elided;
            draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, galley);
            is_cut
        };
        draw::icon_at(ui, pos2(rect.left() + scale::SPACE_2, y), icon, (scale::ICON, color));
        let trace_x = rect.left() + scale::SPACE_6;
        let before_x = rect.right() - BEFORE_X;
        let after_x = rect.right() - AFTER_X;
        let room = before_x - trace_x - scale::SPACE_2;
        let is_cut = put(trace_x, self.trace, (Type::Mono, palette.text_body), room);
        put(before_x, self.before, (Type::Secondary, palette.text_muted), BEFORE_X - AFTER_X);
        let room = AFTER_X - scale::SPACE_6;
        put(after_x, words, (Type::SecondaryStrong, color), room);
        let arrow = if self.opening == Opening::Open { Icon::ChevronUp } else { Icon::ChevronDown };
        let arrow_x = rect.right() - scale::SPACE_2;
        draw::icon_at(ui, pos2(arrow_x, y), arrow, (scale::ICON, palette.text_muted));
        Cut::from(is_cut)
    }
}
