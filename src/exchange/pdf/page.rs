//! A page as a list of shapes and lines of text, and how it becomes a PDF.
//!
//! Layout writes the list, and tests read it: what does not fit shows here as numbers. Shapes are
//! drawn first, as artifacts; text after them in reading order, tagged, so that a screen reader
//! reads headings and paragraphs as they stand.

use super::PdfError;
use super::fonts::{Fonts, Type};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use std::num::NonZeroU16;

/// US Letter, in points.
pub(super) const WIDTH: f32 = 612.0;
/// US Letter, in points.
pub(super) const HEIGHT: f32 = 792.0;

/// The colors of the sheets: they stay apart on a black-and-white printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Headings and bars.
    Strong,
    /// Text.
    Body,
    /// Labels.
    Muted,
    /// Rules between rows.
    Rule,
    /// The ground of the header.
    Band,
    /// The one color.
    Accent,
    /// The ground of a warning.
    Caution,
    /// Paper.
    White,
}

impl Ink {
    fn color(self) -> rgb::Color {
        let (red, green, blue) = match self {
            Self::Strong => (0x11, 0x15, 0x1d),
            Self::Body => (0x2b, 0x33, 0x41),
            Self::Muted => (0x56, 0x60, 0x72),
            Self::Rule => (0xc4, 0xcb, 0xd6),
            Self::Band => (0xec, 0xee, 0xf2),
            Self::Accent => (0x1d, 0x5b, 0xb8),
            Self::Caution => (0xfc, 0xef, 0xd7),
            Self::White => (0xff, 0xff, 0xff),
        };
        rgb::Color::new(red, green, blue)
    }
}

/// What a paragraph is to a screen reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The sheet's title.
    Title,
    /// The title of a part.
    Heading,
    /// A paragraph, a fact, a box to tick.
    Text,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Filled.
    Fill,
    /// Drawn around, with a line of this width.
    Frame(f32),
    /// Two strokes of a tick inside the box.
    Tick(f32),
    /// A circle inside the box.
    Ring(f32),
    /// Bars of a barcode, one module a flag, from left to right.
    Bars(Vec<bool>),
}

/// A box on the page, in points from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) w: f32,
    pub(super) h: f32,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) baseline: f32,
    pub(super) typeface: Type,
    pub(super) size: f32,
    pub(super) ink: Ink,
    pub(super) text: String,
}

/// A page that is being laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) shapes: Vec<(Area, Ink, Shape)>,
    /// Paragraphs in reading order.
    pub(super) paragraphs: Vec<(Role, Vec<Line>)>,
}

impl Page {
    pub(super) fn shape(&mut self, area: Area, ink: Ink, shape: Shape) {
        self.shapes.push((area, ink, shape));
    }

    /// A rule of `w` points.
    pub(super) fn rule(&mut self, (x, y): (f32, f32), w: f32, thick: f32, ink: Ink) {
        self.shape(Area { x, y, w, h: thick }, ink, Shape::Fill);
    }

    pub(super) fn paragraph(&mut self, role: Role, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.paragraphs.push((role, lines));
        }
    }

    /// Appends `other`, moved by `dx` and `dy`.
    pub(super) fn place(&mut self, other: Page, dx: f32, dy: f32) {
        let shapes = other.shapes.into_iter().map(|(area, ink, shape)| {
            (Area { x: area.x + dx, y: area.y + dy, ..area }, ink, shape)
        });
        self.shapes.extend(shapes);
        for (role, mut lines) in other.paragraphs {
            for line in &mut lines {
                line.x += dx;
                line.baseline += dy;
            }
            self.paragraphs.push((role, lines));
        }
    }

    /// Writes the page: fonts embedded, no dates, so that the same page gives the same bytes.
    pub(super) fn into_pdf(
        self,
        fonts: &Fonts,
        title: &str,
        barcode: &str,
    ) -> Result<Vec<u8>, PdfError> {
        let mut document = Document::new();
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Page)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut tree = TagTree::new().with_lang(Some("en-US".to_owned()));
        for (area, ink, shape) in &self.shapes {
            let is_barcode = matches!(shape, Shape::Bars(_));
            if is_barcode {
                let id = surface.start_tagged(ContentTag::Other);
                let mut figure = TagGroup::new(Tag::Figure(Some(format!("Barcode {barcode}"))));
                figure.push(id);
                tree.push(figure);
            } else {
                surface
                    .start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            }
            draw_shape(&mut surface, *area, *ink, shape)?;
            surface.end_tagged();
        }
        for (role, lines) in &self.paragraphs {
            let mut group = match role {
                Role::Title => TagGroup::new(Tag::Hn(NonZeroU16::MIN, None)),
                Role::Heading => TagGroup::new(Tag::Hn(NonZeroU16::MIN.saturating_add(1), None)),
                Role::Text => TagGroup::new(Tag::P),
            };
            for line in lines {
                group.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                draw_line(&mut surface, fonts, line);
                surface.end_tagged();
            }
            tree.push(group);
        }
        surface.finish();
        page.finish();
        document.set_tag_tree(tree);
        let metadata = Metadata::new().title(title.to_owned()).language("en-US".to_owned());
        document.set_metadata(metadata.creator("Swapdesk".to_owned()));
        document.finish().map_err(|err| PdfError::Write(format!("{err:?}")))
    }
}

fn draw_line(surface: &mut Surface<'_>, fonts: &Fonts, line: &Line) {
    let shaped = fonts.shape(line.typeface, &line.text);
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: line.ink.color().into(), ..Fill::default() }));
    surface.draw_glyphs(
        Point::from_xy(line.x, line.baseline),
        &shaped.glyphs,
        fonts.font(line.typeface),
        &line.text,
        line.size,
        false,
    );
}

fn draw_shape(
    surface: &mut Surface<'_>,
    area: Area,
    ink: Ink,
    shape: &Shape,
) -> Result<(), PdfError> {
    let path = path(area, shape).ok_or(PdfError::Page)?;
    let paint = ink.color().into();
    match shape {
        Shape::Fill | Shape::Bars(_) => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint, ..Fill::default() }));
        }
        Shape::Frame(width) | Shape::Tick(width) | Shape::Ring(width) => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint, width: *width, ..Stroke::default() }));
        }
    }
    surface.draw_path(&path);
    Ok(())
}

fn path(area: Area, shape: &Shape) -> Option<Path> {
    let Area { x, y, w, h } = area;
    let mut builder = PathBuilder::new();
    match shape {
        Shape::Fill | Shape::Frame(_) => builder.push_rect(Rect::from_xywh(x, y, w, h)?),
        Shape::Tick(_) => {
            builder.move_to(x, y + h * 0.55);
            builder.line_to(x + w * 0.38, y + h * 0.9);
            builder.line_to(x + w, y + h * 0.1);
        }
        Shape::Ring(_) => {
            // Four curves make a circle with this share of the radius.
            let (rx, ry, k) = (w / 2.0, h / 2.0, 0.552_3);
            let (cx, cy) = (x + rx, y + ry);
            let (kx, ky) = (rx * k, ry * k);
            builder.move_to(cx + rx, cy);
            builder.cubic_to(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
            builder.cubic_to(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
            builder.cubic_to(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
            builder.cubic_to(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
            builder.close();
        }
        Shape::Bars(modules) => {
            let module = w / modules.len() as f32;
            for (idx, run) in runs(modules) {
                let bar = Rect::from_xywh(x + idx as f32 * module, y, run as f32 * module, h)?;
                builder.push_rect(bar);
            }
        }
    }
    builder.finish()
}

/// Bars side by side as one: where each begins, and how many modules it is wide. Seams between
/// rectangles show as hairlines on some screens and printers.
fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (idx, _) in modules.iter().enumerate().filter(|(_, is_bar)| **is_bar) {
        match runs.last_mut() {
            Some((start, n)) if *start + *n == idx => *n += 1,
            _ => runs.push((idx, 1)),
        }
    }
    runs
}
