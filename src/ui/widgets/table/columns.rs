//! The columns of a table and where they stand.

use egui::{Align, Align2, Rect, emath::Rangef};

use crate::ui::theme::scale;

/// Between two columns.
const GAP: f32 = scale::SPACE_6;
/// A column that takes the rest is never narrower than this.
const REST_MIN: f32 = 160.0;

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// This wide, in points, at most.
    Fixed(f32),
    /// What is left, shared by all columns that say so.
    Rest,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column<'a> {
    /// Stands in the head.
    pub title: &'a str,
    /// How wide.
    pub width: Width,
    /// Where the cells stand: numbers at the right.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// A column of text.
    pub const fn text(title: &'a str, width: Width) -> Self {
        Self { title, width, align: Align::Min }
    }

    /// A column of numbers: right-aligned.
    pub const fn number(title: &'a str, width: f32) -> Self {
        Self { title, width: Width::Fixed(width), align: Align::Max }
    }
}

/// From where to where a column reaches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span(Rangef);

impl Span {
    pub(super) fn width(self) -> f32 {
        self.0.span().max(1.0)
    }

    /// Where text stands in the column.
    pub(super) fn anchor(self, align: Align) -> (f32, Align2) {
        let x = match align {
            Align::Min => self.0.min,
            Align::Center => self.0.center(),
            Align::Max => self.0.max,
        };
        (x, super::anchor_of(align))
    }
}

/// Where the columns stand in `room`. If they want more than there is, all shrink alike.
pub(super) fn spans(columns: &[Column<'_>], room: Rect) -> Vec<Span> {
    let gaps = GAP * columns.len().saturating_sub(1) as f32;
    let available = (room.width() - gaps).max(1.0);
    let wanted = |width| match width {
        Width::Fixed(points) => points,
        Width::Rest => REST_MIN,
    };
    let least: f32 = columns.iter().map(|column| wanted(column.width)).sum();
    let shrink = (available / least).min(1.0);
    let n_rest = columns.iter().filter(|column| column.width == Width::Rest).count().max(1);
    let extra = (available - least).max(0.0) / n_rest as f32;
    let mut x = room.left();
    columns
        .iter()
        .map(|column| {
            let width = match column.width {
                Width::Fixed(points) => points * shrink,
                Width::Rest => REST_MIN * shrink + extra,
            };
            let span = Span(Rangef::new(x, x + width));
            x += width + GAP;
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Width::{Fixed, Rest};

    #[test]
    fn columns_fill_the_room_and_never_leave_it() {
        // Widths of the columns, of the room, and what they come to.
        let table: [(&[Width], f32, &[f32]); 6] = [
            (&[], 100.0, &[]),
            (&[Rest], 300.0, &[300.0]),
            (&[Fixed(100.0)], 300.0, &[100.0]),
            (&[Fixed(100.0), Rest], 424.0, &[100.0, 300.0]),
            (&[Rest, Rest], 624.0, &[300.0, 300.0]),
            (&[Fixed(160.0), Rest], 184.0, &[80.0, 80.0]), // Half of what both want.
        ];
        for (widths, room, expect) in table {
            let columns: Vec<Column<'_>> =
                widths.iter().map(|&width| Column::text("", width)).collect();
            let room = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(room, 32.0));
            let spans = spans(&columns, room);
            let got: Vec<f32> = spans.iter().map(|span| span.width().round()).collect();
            assert_eq!(got, expect, "{widths:?}");
            assert!(spans.iter().all(|span| span.0.max <= room.right() + 0.5), "{widths:?}");
        }
    }
}
