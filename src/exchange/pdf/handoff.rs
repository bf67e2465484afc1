//! The handoff sheet on one page: as large as its contents allow, cut with honest words when even
//! the smallest size does not hold them.

use super::PdfError;
use super::fonts::Fonts;
use super::page::{Area, Ink, Page, Role, Shape};
use super::set::{
    BODY, HEADING, LABEL, LEAD, MARGIN, MEASURE, Piece, SMALL, STRONG, Setter, Style, TITLE, start,
};
use crate::domain::handoff::{HandoffSheet, Mark, Part, ToDo, Weight};

const GUTTER: f32 = 24.0;
const COLUMN: f32 = (MEASURE - GUTTER) / 2.0;
const LABEL_WIDTH: f32 = 76.0;
/// More than this no page holds at any size, so nothing is tried in full.
const CHARS_MAX: usize = 8_000;
const TRIED_PARTS_MAX: usize = 10;
const SIGNATURES: f32 = 66.0;

/// How a full sheet is made to fit: first smaller, then long values cut, then details left to the
/// file, and only then whole rows.
const FITS: [Fit; 10] = [
    Fit { scale: 1.0, ..FULL },
    Fit { scale: 0.97, ..FULL },
    Fit { scale: 0.94, ..FULL },
    Fit { scale: 0.88, ..FULL },
    Fit { scale: 0.82, ..FULL },
    Fit { scale: 0.82, lines_max: Some(3), ..FULL },
    Fit { scale: 0.76, lines_max: Some(2), ..FULL },
    Fit { scale: 0.82, lines_max: Some(2), cut: Cut::Details },
    Fit { scale: 0.76, lines_max: Some(2), cut: Cut::Details },
    Fit { scale: 0.76, lines_max: Some(2), cut: Cut::Rows },
];
const FULL: Fit = Fit { scale: 1.0, lines_max: None, cut: Cut::Nothing };

/// What is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Nothing,
    /// Times and circumstances; one line says so.
    Details,
    /// Those, and the rows for which there is no room; a line counts them.
    Rows,
}

/// One way to make it fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    pub(super) scale: f32,
    pub(super) lines_max: Option<usize>,
    pub(super) cut: Cut,
}

/// How it came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    /// The way that was taken.
    pub(super) fit: Fit,
    /// How many points the contents reach beyond their end; 0 when they fit.
    pub(super) overflow: f32,
    /// Rows that were left out, and that the sheet counts.
    pub(super) n_rows_cut: usize,
}

/// Lays the sheet out in the first way that fits.
pub(super) fn lay_out(fonts: &Fonts, sheet: &HandoffSheet) -> Result<(Page, Outcome), PdfError> {
    let is_long = n_chars(sheet) > CHARS_MAX;
    for fit in FITS.into_iter().filter(|fit| !is_long || fit.lines_max.is_some()) {
        let (page, outcome) = lay_out_as(fonts, sheet, fit)?;
        if outcome.overflow <= 0.0 {
            return Ok((page, outcome));
        }
    }
    Err(PdfError::DoesNotFit)
}

/// How much was typed, roughly.
fn n_chars(sheet: &HandoffSheet) -> usize {
    let facts = sheet.visit.iter().chain(sheet.parts.iter().flat_map(|part| &part.facts));
    let facts: usize = facts.map(|fact| fact.value.len()).sum();
    let titles: usize = sheet.parts.iter().map(|part| part.title.len()).sum();
    let left: usize = sheet.left.iter().map(|to_do| to_do.what.len() + to_do.how.len()).sum();
    facts + titles + left + sheet.summary.len() + sheet.help.len()
}

fn lay_out_as(fonts: &Fonts, sheet: &HandoffSheet, fit: Fit) -> Result<(Page, Outcome), PdfError> {
    let set = Setter { fonts, scale: fit.scale, lines_max: fit.lines_max };
    let foot = "One page · no whole key, code or serial number is on it";
    let (mut page, top, bottom) = start(fonts, &sheet.head, foot)?;
    let (opening, opening_h) = opening(&set, sheet);
    page.place(opening, MARGIN, top);
    let body_top = top + opening_h + set.len(12.0);

    let signatures_top = bottom - SIGNATURES;
    let (closing, closing_h) = closing(&set, sheet);
    let body_end = signatures_top - set.len(10.0) - closing_h;

    let (parts, note) = match fit.cut {
        Cut::Nothing => (sheet.parts.clone(), None),
        Cut::Details | Cut::Rows => without_details(&sheet.parts),
    };
    let note_h = if note.is_some() { set.len(BODY.leading + 6.0) } else { 0.0 };
    let room = (fit.cut == Cut::Rows).then_some(body_end - body_top - note_h);
    let (body, mut body_h, n_rows_cut) = columns(&set, &parts, room);
    page.place(body, MARGIN, body_top);
    if let Some(note) = note {
        let at = (MARGIN, body_top + body_h);
        set.paragraph(&mut page, (Role::Text, STRONG, &note), at, MEASURE);
        body_h += note_h;
    }
    page.place(closing, MARGIN, body_top + body_h);
    page.place(signatures(&Setter { scale: 1.0, ..set }, sheet), MARGIN, signatures_top);
    let overflow = (body_top + body_h - body_end).max(0.0);
    Ok((page, Outcome { fit, overflow, n_rows_cut }))
}

/// Title, summary, and the strip with day, customer and technician.
fn opening(set: &Setter<'_>, sheet: &HandoffSheet) -> Piece {
    let mut page = Page::default();
    let mut y = set.paragraph(&mut page, (Role::Title, TITLE, &sheet.title), (0.0, 0.0), MEASURE);
    y += set.len(4.0);
    // The summary is what must be read: it is capped later than values are.
    let wide = Setter { lines_max: set.lines_max.map(|n| n + 2), ..*set };
    y += wide.paragraph(&mut page, (Role::Text, LEAD, &sheet.summary), (0.0, y), MEASURE);
    y += set.len(11.0);
    page.rule((0.0, y), MEASURE, 0.8, Ink::Strong);
    y += set.len(5.0);
    let mut x = 0.0;
    let mut strip_h: f32 = 0.0;
    for (fact, w) in sheet.visit.iter().zip(strip_widths(set, sheet)) {
        let (mut lines, label_h) = set.lines(LABEL, fact.label, (x, y), w - 8.0);
        let (value, value_h) = set.lines(STRONG, &fact.value, (x, y + label_h), w - 8.0);
        lines.extend(value);
        page.paragraph(Role::Text, lines);
        strip_h = strip_h.max(label_h + value_h);
        x += w;
    }
    y += strip_h + set.len(5.0);
    page.rule((0.0, y), MEASURE, 0.5, Ink::Rule);
    (page, y)
}

/// Each cell as wide as it needs, the rest shared out; all the same when they need too much.
fn strip_widths(set: &Setter<'_>, sheet: &HandoffSheet) -> Vec<f32> {
    let needs: Vec<f32> = sheet
        .visit
        .iter()
        .map(|fact| {
            let value = set.width_of(STRONG, &fact.value);
            value.max(set.width_of(LABEL, fact.label)) + 9.0
        })
        .collect();
    let n = needs.len().max(1) as f32;
    let spare = MEASURE - needs.iter().sum::<f32>();
    if spare >= 0.0 {
        needs.iter().map(|need| need + spare / n).collect()
    } else {
        needs.iter().map(|_| MEASURE / n).collect()
    }
}

/// The parts with what must stand on paper, and how many facts were left to the file.
fn without_details(parts: &[Part]) -> (Vec<Part>, Option<String>) {
    let n_before: usize = parts.iter().map(|part| part.facts.len()).sum();
    let mut parts = parts.to_vec();
    for part in &mut parts {
        part.facts.retain(|fact| fact.weight == Weight::Main);
    }
    let n_left = n_before - parts.iter().map(|part| part.facts.len()).sum::<usize>();
    let note = format!("… and {n_left} more details, on file under the case number");
    (parts, (n_left > 0).then_some(note))
}

/// The parts in two columns as even as can be; their height, and the rows that were cut. `room` is
/// the height that they may take; `None` for any.
fn columns(set: &Setter<'_>, parts: &[Part], room: Option<f32>) -> (Page, f32, usize) {
    let parts: Vec<Vec<Piece>> = parts.iter().map(|part| part_rows(set, part)).collect();
    let heights: Vec<f32> = parts.iter().map(|rows| rows.iter().map(|(_, h)| h).sum()).collect();
    let sides = sides(&heights);
    let mut columns: [Vec<Piece>; 2] = Default::default();
    for (rows, is_right) in parts.into_iter().zip(sides) {
        let [left, right] = &mut columns;
        if is_right { right } else { left }.extend(rows);
    }
    let mut page = Page::default();
    let (mut h_max, mut n_cut): (f32, usize) = (0.0, 0);
    for (idx, rows) in columns.into_iter().enumerate() {
        let x = idx as f32 * (COLUMN + GUTTER);
        let (h, cut) = fill(set, &mut page, rows, x, room);
        h_max = h_max.max(h);
        n_cut += cut;
    }
    (page, h_max, n_cut)
}

/// Which parts stand on the right, the first never. Up to [`TRIED_PARTS_MAX`] parts every way is
/// tried; more go one by one to the shorter column.
fn sides(heights: &[f32]) -> Vec<bool> {
    let all: f32 = heights.iter().sum();
    let n = heights.len();
    if n > TRIED_PARTS_MAX {
        let (mut left, mut right) = (0.0, 0.0);
        return heights
            .iter()
            .map(|h| {
                let is_right = right < left;
                *(if is_right { &mut right } else { &mut left }) += h;
                is_right
            })
            .collect();
    }
    let right_of = |way: u32| -> f32 {
        let on_right = heights.iter().enumerate().filter(|(idx, _)| way >> idx & 1 == 1);
        on_right.map(|(_, h)| h).sum()
    };
    let taller = |way: u32| right_of(way).max(all - right_of(way));
    // Even numbers leave the first part on the left.
    let ways = (0..1_u32 << n).step_by(2);
    let best = ways.min_by(|a, b| taller(*a).total_cmp(&taller(*b))).unwrap_or(0);
    (0..n).map(|idx| best >> idx & 1 == 1).collect()
}

/// One column. What does not fit is counted in a last line.
fn fill(
    set: &Setter<'_>,
    page: &mut Page,
    rows: Vec<Piece>,
    x: f32,
    room: Option<f32>,
) -> (f32, usize) {
    let all: f32 = rows.iter().map(|(_, h)| h).sum();
    let last_line = set.len(BODY.leading);
    let room = match room {
        Some(room) if all > room => room - last_line - set.len(4.0),
        Some(_) | None => f32::INFINITY,
    };
    let n_rows = rows.len();
    let mut y = 0.0;
    for (idx, (row, h)) in rows.into_iter().enumerate() {
        if y + h > room {
            let n_cut = n_rows - idx;
            let more = format!("… and {n_cut} more lines, on file under the case number");
            set.paragraph(page, (Role::Text, STRONG, &more), (x, y), COLUMN);
            return (y + last_line + set.len(4.0), n_cut);
        }
        page.place(row, x, y);
        y += h;
    }
    (y, 0)
}

/// A part's title with its status, then a row a fact.
fn part_rows(set: &Setter<'_>, part: &Part) -> Vec<Piece> {
    let mut page = Page::default();
    let mut title_w = COLUMN;
    if let Some((mark, text)) = part.status {
        let w = set.width_of(STRONG, text);
        let (x, side) = (COLUMN - w, set.len(6.6));
        let area = Area { x: x - side - 4.0, y: set.len(4.4), w: side, h: side };
        match mark {
            Mark::Done => page.shape(area, Ink::Accent, Shape::Tick(1.5)),
            Mark::Open => page.shape(area, Ink::Strong, Shape::Ring(1.2)),
        }
        title_w = area.x - 8.0;
        let at = (x, set.len(1.4));
        let (lines, _) = set.lines(STRONG, text, at, w + 1.0);
        let h =
            set.paragraph(&mut page, (Role::Heading, HEADING, &part.title), (0.0, 0.0), title_w);
        page.paragraph(Role::Text, lines);
        return with_facts(set, page, h, part);
    }
    let h = set.paragraph(&mut page, (Role::Heading, HEADING, &part.title), (0.0, 0.0), title_w);
    with_facts(set, page, h, part)
}

fn with_facts(set: &Setter<'_>, mut title: Page, h: f32, part: &Part) -> Vec<Piece> {
    title.rule((0.0, h + 1.5), COLUMN, 0.5, Ink::Rule);
    let mut rows = vec![(title, h + set.len(5.0))];
    rows.extend(part.facts.iter().map(|fact| set.fact(fact, LABEL_WIDTH, COLUMN)));
    if let Some((_, h)) = rows.last_mut() {
        *h += set.len(10.0);
    }
    rows
}

/// What is left for the customer in two columns, and whom to ask.
fn closing(set: &Setter<'_>, sheet: &HandoffSheet) -> Piece {
    let mut page = Page::default();
    let mut y = 0.0;
    if !sheet.left.is_empty() {
        y += set.paragraph(
            &mut page,
            (Role::Heading, HEADING, "Left for you to do"),
            (0.0, y),
            MEASURE,
        );
        page.rule((0.0, y + 1.5), MEASURE, 0.8, Ink::Strong);
        y += set.len(6.0);
        let boxes: Vec<Piece> = sheet.left.iter().map(|to_do| to_do_box(set, to_do)).collect();
        let heights: Vec<f32> = boxes.iter().map(|(_, h)| *h).collect();
        let n_left = split(&heights);
        let (mut left, mut right) = (y, y);
        for (idx, (piece, h)) in boxes.into_iter().enumerate() {
            let (x, column) =
                if idx < n_left { (0.0, &mut left) } else { (COLUMN + GUTTER, &mut right) };
            page.place(piece, x, *column);
            *column += h;
        }
        y = left.max(right) + set.len(4.0);
    }
    let (mut lines, _) = set.lines(STRONG, "Questions?", (0.0, y), MEASURE);
    let x = set.width_of(STRONG, "Questions?") + 6.0;
    let (help, h) = set.lines(BODY, &sheet.help, (x, y), MEASURE - x);
    lines.extend(help);
    page.paragraph(Role::Text, lines);
    (page, y + h)
}

/// How many of the boxes stand on the left, so that both columns are as even as can be.
fn split(heights: &[f32]) -> usize {
    let all: f32 = heights.iter().sum();
    let mut best = (f32::INFINITY, heights.len());
    let mut left = 0.0;
    for (idx, h) in heights.iter().enumerate() {
        left += h;
        let taller = left.max(all - left);
        if taller < best.0 {
            best = (taller, idx + 1);
        }
    }
    best.1
}

fn to_do_box(set: &Setter<'_>, to_do: &ToDo) -> Piece {
    let mut page = Page::default();
    let side = set.len(8.4);
    let area = Area { x: 0.4, y: set.len(2.0), w: side, h: side };
    page.shape(area, Ink::Strong, Shape::Frame(0.9));
    let x = side + set.len(6.0);
    let (mut lines, what_h) = set.lines(STRONG, &to_do.what, (x, 0.0), COLUMN - x);
    let how_style = Style { size: 8.9, leading: 11.6, ..BODY };
    let (how, how_h) = set.lines(how_style, &to_do.how, (x, what_h), COLUMN - x);
    lines.extend(how);
    page.paragraph(Role::Text, lines);
    (page, what_h + how_h + set.len(5.0))
}

/// What is signed, and a line for each who signs.
fn signatures(set: &Setter<'_>, sheet: &HandoffSheet) -> Page {
    let mut page = Page::default();
    let set = Setter { lines_max: Some(1), ..*set };
    let receipt = Style { size: 8.9, ..BODY };
    set.paragraph(&mut page, (Role::Text, receipt, &sheet.receipt), (0.0, 0.0), MEASURE);
    let line_y = 42.0;
    for (idx, signature) in sheet.signatures.iter().enumerate() {
        let x = idx as f32 * (COLUMN + GUTTER);
        page.rule((x, line_y), COLUMN, 0.8, Ink::Strong);
        let text = if signature.name.is_empty() {
            signature.role.to_owned()
        } else {
            format!("{} · {}", signature.name, signature.role)
        };
        let at = (x, line_y + 3.0);
        // A long name and what they are take two lines.
        let set = Setter { lines_max: Some(2), ..set };
        set.paragraph(&mut page, (Role::Text, SMALL, &text), at, COLUMN - 60.0);
        let date_at = (x + COLUMN - 56.0, line_y + 3.0);
        set.paragraph(&mut page, (Role::Text, SMALL, "Date"), date_at, 56.0);
    }
    page
}
