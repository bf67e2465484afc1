//! Setting text: styles, paragraphs, rows of label and value, and what every sheet has in common.

use super::PdfError;
use super::barcode;
use super::fonts::{Fonts, Type};
use super::page::{Area, HEIGHT, Ink, Line, Page, Role, Shape, WIDTH};
use crate::domain::handoff::{Fact, FactKind, Letterhead};

/// White on the left and right of every sheet, in points: 0.6 inch.
pub(super) const MARGIN: f32 = 43.0;
/// The width between the margins.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;

const BAND: f32 = 58.0;
const TRAINING_BAND: f32 = 18.0;

/// How a line looks, at full size and in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) typeface: Type,
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) ink: Ink,
}

const fn style(typeface: Type, size: f32, leading: f32, ink: Ink) -> Style {
    Style { typeface, size, leading, ink }
}

pub(super) const TITLE: Style = style(Type::Semibold, 21.0, 25.0, Ink::Strong);
pub(super) const LEAD: Style = style(Type::Regular, 11.0, 15.4, Ink::Body);
pub(super) const HEADING: Style = style(Type::Semibold, 11.6, 15.0, Ink::Strong);
pub(super) const BODY: Style = style(Type::Regular, 9.4, 12.1, Ink::Body);
pub(super) const STRONG: Style = style(Type::Semibold, 9.4, 12.1, Ink::Strong);
pub(super) const CODE: Style = style(Type::Mono, 9.0, 12.1, Ink::Strong);
pub(super) const LABEL: Style = style(Type::Regular, 8.6, 12.1, Ink::Muted);
pub(super) const SMALL: Style = style(Type::Regular, 7.6, 10.0, Ink::Muted);

/// A piece of a page, from 0,0 on, and how high it is.
pub(super) type Piece = (Page, f32);

/// How a sheet is set this time.
pub(super) struct Setter<'a> {
    pub(super) fonts: &'a Fonts,
    /// 1 for full size.
    pub(super) scale: f32,
    /// Lines of a value, at most; `None` for as many as it takes.
    pub(super) lines_max: Option<usize>,
}

impl Setter<'_> {
    /// A length at this scale.
    pub(super) fn len(&self, points: f32) -> f32 {
        points * self.scale
    }

    pub(super) fn width_of(&self, style: Style, text: &str) -> f32 {
        self.fonts.width(style.typeface, self.len(style.size), text)
    }

    /// The lines of `text` from `x` and `top` on, at most `width` wide, and their height.
    pub(super) fn lines(
        &self,
        style: Style,
        text: &str,
        (x, top): (f32, f32),
        width: f32,
    ) -> (Vec<Line>, f32) {
        let size = self.len(style.size);
        let leading = self.len(style.leading);
        let texts = self.fonts.wrap((style.typeface, size), text, width, self.lines_max);
        let n_lines = texts.len();
        let lines = texts.into_iter().enumerate().map(|(idx, text)| Line {
            x,
            // Capitals, 0.7 em high, stand in the middle of their line.
            baseline: top + leading * (idx as f32 + 0.5) + size * 0.35,
            typeface: style.typeface,
            size,
            ink: style.ink,
            text,
        });
        (lines.collect(), leading * n_lines as f32)
    }

    /// One paragraph on `page`; returns its height.
    pub(super) fn paragraph(
        &self,
        page: &mut Page,
        (role, style, text): (Role, Style, &str),
        at: (f32, f32),
        width: f32,
    ) -> f32 {
        let (lines, h) = self.lines(style, text, at, width);
        page.paragraph(role, lines);
        h
    }

    /// One line that ends at `right`, cut if it is wider than `width`.
    pub(super) fn right(&self, page: &mut Page, style: Style, text: &str, at: (f32, f32)) {
        let (right, top) = at;
        let w = self.width_of(style, text);
        let (lines, _) = self.lines(style, text, (right - w, top), w + 1.0);
        page.paragraph(Role::Text, lines);
    }

    /// A label and its value side by side.
    pub(super) fn fact(&self, fact: &Fact, label_w: f32, width: f32) -> Piece {
        let mut page = Page::default();
        let label_w = self.len(label_w);
        let value_style = match fact.kind {
            FactKind::Text => BODY,
            FactKind::Code => CODE,
        };
        let (mut lines, label_h) = self.lines(LABEL, fact.label, (0.0, 0.0), label_w - 4.0);
        let (value, h) = self.lines(value_style, &fact.value, (label_w, 0.0), width - label_w);
        lines.extend(value);
        page.paragraph(Role::Text, lines);
        (page, h.max(label_h) + self.len(1.4))
    }
}

/// The sheet's head and foot. Returns the page, where the contents may begin, and where they end.
pub(super) fn start(
    fonts: &Fonts,
    head: &Letterhead,
    foot: &str,
) -> Result<(Page, f32, f32), PdfError> {
    let set = Setter { fonts, scale: 1.0, lines_max: Some(1) };
    let mut page = Page::default();
    let (mut top, mut bottom) = (30.0, HEIGHT - 26.0);
    if let Some(mark) = head.training {
        training(&set, &mut page, mark, 16.0);
        training(&set, &mut page, mark, HEIGHT - 16.0 - TRAINING_BAND);
        top += 12.0;
        bottom -= 16.0;
    }
    page.shape(Area { x: MARGIN, y: top, w: MEASURE, h: BAND }, Ink::Band, Shape::Fill);
    page.rule((MARGIN, top), MEASURE, 3.0, Ink::Accent);
    let mut code = Page::default();
    let code_w = barcode::draw(&mut code, &head.number, 26.0)?;
    let code_x = MARGIN + MEASURE - code_w - 8.0;
    let paper = Area { x: code_x, y: top + 8.0, w: code_w, h: 44.0 };
    page.shape(paper, Ink::White, Shape::Fill);
    page.place(code, code_x, top + 11.0);
    let store = Style { size: 15.0, leading: 20.0, ..HEADING };
    let at = MARGIN + 12.0;
    let store_w = code_x - at - 8.0;
    set.paragraph(&mut page, (Role::Text, store, &head.store), (at, top + 11.0), store_w);
    let desk = format!("Geek Squad · {}", head.desk);
    set.paragraph(&mut page, (Role::Text, BODY, &desk), (at, top + 32.0), store_w);
    let number = Style { size: 10.6, leading: 13.0, ..CODE };
    let number_x = code_x + (code_w - set.width_of(number, &head.number)) / 2.0;
    set.paragraph(&mut page, (Role::Text, number, &head.number), (number_x, top + 38.0), code_w);
    page.rule((MARGIN, bottom - 14.0), MEASURE, 0.5, Ink::Rule);
    set.paragraph(&mut page, (Role::Text, SMALL, &head.printed), (MARGIN, bottom - 11.0), 200.0);
    set.right(&mut page, SMALL, foot, (MARGIN + MEASURE, bottom - 11.0));
    Ok((page, top + BAND + 14.0, bottom - 20.0))
}

fn training(set: &Setter<'_>, page: &mut Page, mark: &str, top: f32) {
    let area = Area { x: MARGIN, y: top, w: MEASURE, h: TRAINING_BAND };
    page.shape(area, Ink::Caution, Shape::Fill);
    page.shape(area, Ink::Strong, Shape::Frame(0.6));
    let x = MARGIN + (MEASURE - set.width_of(STRONG, mark)) / 2.0;
    set.paragraph(page, (Role::Text, STRONG, mark), (x, top + 2.7), MEASURE);
}
