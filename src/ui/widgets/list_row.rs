//! A row of a list: what it is, what tells it apart, and its state.

use std::ops::Range;

use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::chip::Chip;
use super::draw::Cut;
use super::key_hint::paint_box_right;
use super::text::marked_job;
use super::{Place, Selection, draw};
use crate::ui::theme::{Ink, Type, palette, scale};

/// Where the center of the number stands, from the left edge.
const NUMBER_X: f32 = 26.0;
/// Where the text starts when a number stands before it.
const TEXT_X: f32 = 46.0;
/// Where the second text of a compact row starts.
const COMPACT_NOTE_X: f32 = 190.0;
/// How far the two lines of a row stand from its middle.
const LINE_OFFSET: f32 = 10.5;
/// Between the edge of the card and the ground of a selected row.
const GROUND_INSET: f32 = 2.0;

/// A row that is about to be drawn.
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is drawn before `show`"]
pub struct ListRow<'a> {
    title: &'a str,
    title_marks: &'a [Range<usize>],
    subtitle: &'a str,
    subtitle_marks: &'a [Range<usize>],
    number: Option<usize>,
    lead: &'a str,
    chip: Option<Chip<'a>>,
    key: &'a str,
    selection: Selection,
    place: Option<Place>,
    is_compact: bool,
}

impl<'a> ListRow<'a> {
    /// A row of two lines.
    pub const fn new(title: &'a str) -> Self {
        Self {
            title,
            title_marks: &[],
            subtitle: "",
            subtitle_marks: &[],
            number: None,
            lead: "",
            chip: None,
            key: "",
            selection: Selection::Off,
            place: None,
            is_compact: false,
        }
    }

    /// A row of one line: a case number, a name, a quiet note.
    pub const fn compact(lead: &'a str, title: &'a str) -> Self {
        Self { lead, is_compact: true, ..Self::new(title) }
    }

    /// The digit that picks this row.
    pub const fn number(self, number: usize) -> Self {
        Self { number: Some(number), ..self }
    }

    /// The second line, or the note of a compact row.
    pub const fn subtitle(self, subtitle: &'a str) -> Self {
        Self { subtitle, ..self }
    }

    /// The letters of the title (byte ranges) that matched what was typed.
    pub const fn title_marks(self, marks: &'a [Range<usize>]) -> Self {
        Self { title_marks: marks, ..self }
    }

    /// The letters of the subtitle (byte ranges) that matched what was typed.
    pub const fn subtitle_marks(self, marks: &'a [Range<usize>]) -> Self {
        Self { subtitle_marks: marks, ..self }
    }

    /// The state at the right edge.
    pub const fn chip(self, chip: Chip<'a>) -> Self {
        Self { chip: Some(chip), ..self }
    }

    /// The key that does what the row does, at the right edge where no chip stands.
    pub const fn key(self, key: &'a str) -> Self {
        Self { key, ..self }
    }

    /// Whether keys act on this row.
    pub fn selected(self, selection: impl Into<Selection>) -> Self {
        Self { selection: selection.into(), ..self }
    }

    /// The place among its siblings: counted from 0, of how many. The last row has no line below.
    pub const fn position(self, row_idx: usize, n_rows: usize) -> Self {
        Self { place: Some(Place { row_idx, n_rows }), ..self }
    }

    /// Draws the row across its parent.
    pub fn show(self, ui: &mut Ui) -> Response {
        let height =
            if self.is_compact { scale::COMPACT_ROW_HEIGHT } else { scale::LIST_ROW_HEIGHT };
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let row_idx = self.place.map_or(0, |place| place.row_idx);
        let id = ui.make_persistent_id(("row", row_idx, self.lead, self.title));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, ui.is_enabled(), self.name()));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_selected(self.selection == Selection::On);
            if !self.key.is_empty() {
                node.set_keyboard_shortcut(self.key);
            }
            if let Some(place) = self.place {
                node.set_position_in_set(place.row_idx + 1);
                node.set_size_of_set(place.n_rows);
            }
        });
        super::focus::follow(&response);
        if ui.is_rect_visible(rect) && self.paint(ui, rect, &response) == Cut::Yes {
            return response.on_hover_text(self.name());
        }
        response
    }

    /// What screen readers say: all that the row shows.
    fn name(&self) -> String {
        let chip = self.chip.map_or("", |chip| chip.text);
        let parts = [self.lead, self.title, self.subtitle, chip];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) -> Cut {
        let palette = palette(ui);
        let is_last = self.place.is_some_and(|place| place.row_idx + 1 == place.n_rows);
        // The ground of a selected row is line enough.
        if !is_last && self.selection == Selection::Off {
            draw::row_line(ui, rect, palette);
        }
        draw::row_ground(ui, rect.shrink(GROUND_INSET), self.selection, response);
        let mut right = rect.right() - scale::SPACE_4;
        if let Some(chip) = self.chip {
            let chip = chip.paint_right(ui, pos2(right, rect.center().y), self.selection);
            right = chip.left() - scale::SPACE_3;
        } else if !self.key.is_empty() {
            let key = paint_box_right(ui, pos2(right, rect.center().y), self.key);
            right = key.left() - scale::SPACE_3;
        }
        if self.is_compact {
            self.paint_one_line(ui, rect, right)
        } else {
            self.paint_two_lines(ui, rect, right)
        }
    }

    fn paint_two_lines(&self, ui: &Ui, rect: Rect, right: f32) -> Cut {
        let palette = palette(ui);
        let mut x = rect.left() + scale::SPACE_4;
        if let Some(number) = self.number {
            let look = (Type::MonoSmall, palette.text_muted);
            let number = draw::line(ui, &number.to_string(), look, f32::INFINITY);
            let center = pos2(rect.left() + NUMBER_X, rect.center().y);
            draw::put(ui, center, Align2::CENTER_CENTER, number);
            x = rect.left() + TEXT_X;
        }
        let title = (Type::RowTitle, Ink::Strong);
        let title = marked_job(palette, title, self.title, self.title_marks);
        let title = draw::cut(ui, title, right - x);
        let y = rect.center().y;
        let cut = Cut::from(title.elided);
        if self.subtitle.is_empty() {
            draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, title);
            return cut;
        }
        draw::put(ui, pos2(x, y - LINE_OFFSET), Align2::LEFT_CENTER, title);
        let subtitle = (Type::Secondary, Ink::Muted);
        let subtitle = marked_job(palette, subtitle, self.subtitle, self.subtitle_marks);
        let subtitle = draw::cut(ui, subtitle, right - x);
        let cut = cut.or(subtitle.elided);
        draw::put(ui, pos2(x, y + LINE_OFFSET), Align2::LEFT_CENTER, subtitle);
        cut
    }

    fn paint_one_line(&self, ui: &Ui, rect: Rect, right: f32) -> Cut {
        let palette = palette(ui);
        let y = rect.center().y;
        let mut x = rect.left() + scale::SPACE_4;
        let note_x = rect.left() + COMPACT_NOTE_X;
        if !self.lead.is_empty() {
            let look = (Type::SecondaryStrong, palette.text_strong);
            let lead = draw::line(ui, self.lead, look, right - x);
            x = draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, lead).right() + scale::SPACE_2;
        }
        let title = (Type::SecondaryStrong, Ink::Strong);
        let title = marked_job(palette, title, self.title, self.title_marks);
        let note = (Type::Secondary, Ink::Muted);
        let note = marked_job(palette, note, self.subtitle, self.subtitle_marks);
        // Notes of several rows stand below each other; a long title pushes its own to the right
        // as far as there is room for all of it.
        let note_width = draw::cut(ui, note.clone(), f32::INFINITY).size().x;
        let title_right = (right - note_width).max(right.min(note_x)) - scale::SPACE_2;
        let title_right = if self.subtitle.is_empty() { right } else { title_right };
        let title = draw::cut(ui, title, title_right - x);
        let cut = Cut::from(title.elided);
        let title = draw::put(ui, pos2(x, y), Align2::LEFT_CENTER, title);
        let note_x = note_x.max(title.right() + scale::SPACE_2);
        if right > note_x && !self.subtitle.is_empty() {
            let note = draw::cut(ui, note, right - note_x);
            let cut = cut.or(note.elided);
            draw::put(ui, pos2(note_x, y), Align2::LEFT_CENTER, note);
            return cut;
        }
        cut.or(!self.subtitle.is_empty())
    }
}
