//! The key sheet on one page: the whole key, large enough to be typed from across a desk.

use super::PdfError;
use super::fonts::{Fonts, Type};
use super::page::{Area, Ink, Line, Page, Role, Shape};
use super::set::{HEADING, LEAD, MARGIN, MEASURE, STRONG, Setter, Style, TITLE, start};
use crate::domain::handoff::KeySheet;

const KEY_SIZE_MAX: f32 = 30.0;
const KEY_SIZE_MIN: f32 = 15.0;
const PADDING: f32 = 18.0;

/// Lays the sheet out. Everything on it is short but the key, the names and the address: values
/// are cut after three lines, the key never.
pub(super) fn lay_out(fonts: &Fonts, sheet: &KeySheet) -> Result<Page, PdfError> {
    let set = Setter { fonts, scale: 1.12, lines_max: Some(3) };
    let foot = "One page · holds a whole license key";
    let (mut page, top, bottom) = start(fonts, &sheet.head, foot)?;
    let mut y = top;
    y += set.paragraph(&mut page, (Role::Title, TITLE, &sheet.title), (MARGIN, y), MEASURE);
    y += 10.0;
    y = warning(&set, &mut page, &sheet.warning, y) + 18.0;
    for fact in &sheet.facts {
        let (row, h) = set.fact(fact, 92.0, MEASURE);
        page.place(row, MARGIN, y);
        y += h + 2.0;
    }
    y = key(fonts, &mut page, sheet.key.reveal(), y + 14.0) + 22.0;
    y += set.paragraph(&mut page, (Role::Heading, HEADING, "What to do"), (MARGIN, y), MEASURE);
    y += 4.0;
    for (idx, step) in sheet.steps.iter().enumerate() {
        let number = format!("{}.", idx + 1);
        let strong = Style { size: LEAD.size, leading: LEAD.leading, ..STRONG };
        let (mut lines, _) = set.lines(strong, &number, (MARGIN, y), MEASURE);
        let (words, h) = set.lines(LEAD, step, (MARGIN + 20.0, y), MEASURE - 20.0);
        lines.extend(words);
        page.paragraph(Role::Text, lines);
        y += h + 5.0;
    }
    y += 12.0;
    y += set.paragraph(&mut page, (Role::Heading, HEADING, "Questions?"), (MARGIN, y), MEASURE);
    y += set.paragraph(&mut page, (Role::Text, LEAD, &sheet.help), (MARGIN, y + 2.0), MEASURE);
    if y > bottom { Err(PdfError::DoesNotFit) } else { Ok(page) }
}

fn warning(set: &Setter<'_>, page: &mut Page, text: &str, y: f32) -> f32 {
    let mut words = Page::default();
    let style = Style { ink: Ink::Strong, ..LEAD };
    let inner = MEASURE - 2.0 * PADDING;
    let h = set.paragraph(&mut words, (Role::Text, style, text), (0.0, 0.0), inner);
    let area = Area { x: MARGIN, y, w: MEASURE, h: h + 16.0 };
    page.shape(area, Ink::Caution, Shape::Fill);
    page.shape(Area { w: 4.0, ..area }, Ink::Strong, Shape::Fill);
    page.place(words, MARGIN + PADDING, y + 8.0);
    y + area.h
}

/// The key in a frame, in one line if it can be, else broken after hyphens.
fn key(fonts: &Fonts, page: &mut Page, key: &str, y: f32) -> f32 {
    let inner = MEASURE - 2.0 * PADDING;
    let width_em = fonts.width(Type::Mono, 1.0, key).max(0.1);
    let size = (inner / width_em).clamp(KEY_SIZE_MIN, KEY_SIZE_MAX);
    let leading = size * 1.4;
    let texts = key_lines(fonts, key, size, inner);
    let h = leading * texts.len() as f32 + 2.0 * PADDING;
    page.shape(Area { x: MARGIN, y, w: MEASURE, h }, Ink::Accent, Shape::Frame(1.6));
    let lines = texts.into_iter().enumerate().map(|(idx, text)| Line {
        x: MARGIN + (MEASURE - fonts.width(Type::Mono, size, &text)) / 2.0,
        baseline: y + PADDING + leading * (idx as f32 + 0.5) + size * 0.35,
        typeface: Type::Mono,
        size,
        ink: Ink::Strong,
        text,
    });
    page.paragraph(Role::Text, lines.collect());
    y + h
}

fn key_lines(fonts: &Fonts, key: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for group in key.split_inclusive('-') {
        match lines.last_mut() {
            Some(line) if fonts.width(Type::Mono, size, &format!("{line}{group}")) <= width => {
                line.push_str(group);
            }
            _ => lines.extend(fonts.wrap((Type::Mono, size), group, width, None)),
        }
    }
    lines
}
