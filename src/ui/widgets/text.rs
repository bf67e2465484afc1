//! Text in a step of the type scale and an ink.

use std::ops::Range;

use egui::accesskit::Live;
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, Response, RichText, Ui};

use crate::ui::theme::{Ink, Palette, Type, palette};

/// Text that goes on to the next line where it must.
pub fn text(ui: &mut Ui, style: Type, ink: Ink, text: &str) -> Response {
    ui.label(rich(ui, style, ink, text))
}

/// Text on one line, cut with "…" where it is too long; then a tooltip has all of it.
pub fn text_line(ui: &mut Ui, style: Type, ink: Ink, text: &str) -> Response {
    let rich = rich(ui, style, ink, text);
    ui.add(Label::new(rich).truncate())
}

/// Text whose letters can be marked with the pointer and copied: case numbers, serial numbers.
pub fn text_to_copy(ui: &mut Ui, style: Type, ink: Ink, text: &str) -> Response {
    let rich = rich(ui, style, ink, text);
    ui.add(Label::new(rich).selectable(true))
}

/// The same on one line, cut with "…" where it is too long; then a tooltip has all of it.
pub fn line_to_copy(ui: &mut Ui, style: Type, ink: Ink, text: &str) -> Response {
    let rich = rich(ui, style, ink, text);
    ui.add(Label::new(rich).selectable(true).truncate())
}

/// Lets screen readers say this text again when it changes: "3 customers match".
pub fn announce(response: &Response) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// Text on one line with the letters of `marks` (byte ranges) on the ground of a match, so that
/// the technician sees why a row was found.
pub fn marked_text(ui: &mut Ui, style: Type, text: &str, marks: &[Range<usize>]) -> Response {
    let palette = palette(ui);
    let job = marked_job(palette, (style, Ink::Strong), text, marks);
    ui.add(Label::new(job).truncate())
}

/// `text` laid out with the letters of `marks` on the ground of a match. Ranges that are not on
/// letter boundaries, overlap or run backwards are left out.
pub(super) fn marked_job(
    palette: &Palette,
    look: (Type, Ink),
    text: &str,
    marks: &[Range<usize>],
) -> LayoutJob {
    let plain = TextFormat::simple(look.0.font(), look.1.color(palette));
    let matched = TextFormat {
        background: palette.text_match,
        color: palette.text_strong,
        expand_bg: 0.0,
        ..plain.clone()
    };
    let mut job = LayoutJob::default();
    let mut done = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(done..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        job.append(before, 0.0, plain.clone());
        job.append(inside, 0.0, matched.clone());
        done = mark.end;
    }
    job.append(text.get(done..).unwrap_or_default(), 0.0, plain);
    job
}

fn rich(ui: &Ui, style: Type, ink: Ink, text: &str) -> RichText {
    RichText::new(text).font(style.font()).color(ink.color(palette(ui)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::tokens::LIGHT;

    #[test]
    fn marks_keep_every_letter_and_skip_what_does_not_fit() {
        // Text, marks, and how many of its letters end up on the ground of a match.
        let one = |range: Range<usize>| vec![range];
        let table: [(&str, Vec<Range<usize>>, usize); 8] = [
            ("", vec![], 0),
            ("Okafor", vec![], 0),
            ("Okafor", one(0..3), 3),
            ("Okafor", one(0..6), 6),
            ("Okafor", vec![0..2, 4..6], 4),
            ("Okafor", vec![0..4, 2..6], 4), // The second overlaps.
            ("Okafor", one(3..99), 0),       // Past the end.
            ("Zoë", one(2..3), 0),           // Inside a letter.
        ];
        for (text, marks, n_matched) in table {
            let job = marked_job(&LIGHT, (Type::Body, Ink::Body), text, &marks);
            assert_eq!(job.text, text, "{marks:?}");
            let matched: usize = job
                .sections
                .iter()
                .filter(|section| section.format.background == LIGHT.text_match)
                .map(|section| section.byte_range.end.0 - section.byte_range.start.0)
                .sum();
            assert_eq!(matched, n_matched, "{text} {marks:?}");
        }
    }
}
