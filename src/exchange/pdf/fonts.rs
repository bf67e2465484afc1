//! The three typefaces of the sheets: shaping, measuring, wrapping.
//!
//! What is measured is what is drawn: both go through the same shaped glyphs. A character that no
//! typeface has is drawn as an empty box, never left out.

use super::PdfError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans_400Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexSans_600SemiBold.ttf");
const MONO: &[u8] = include_bytes!("../../../assets/fonts/IBMPlexMono_500Medium.ttf");

/// More lines than any page holds.
const LINES_MAX: usize = 150;

/// Which typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// IBM Plex Sans 400.
    Regular,
    /// IBM Plex Sans 600.
    Semibold,
    /// IBM Plex Mono 500: where each character counts.
    Mono,
}

struct Typeface {
    face: Face<'static>,
    font: Font,
}

impl Typeface {
    fn load(bytes: &'static [u8], name: &'static str) -> Result<Self, PdfError> {
        let face = Face::from_slice(bytes, 0).ok_or(PdfError::Font(name))?;
        let font = Font::new(bytes.into(), 0).ok_or(PdfError::Font(name))?;
        Ok(Self { face, font })
    }
}

/// The typefaces, read once for each document.
pub(super) struct Fonts {
    regular: Typeface,
    semibold: Typeface,
    mono: Typeface,
}

/// Glyphs in a row, and how far they reach.
pub(super) struct Shaped {
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In ems: times the size it is the width in points.
    pub(super) width_em: f32,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, PdfError> {
        Ok(Self {
            regular: Typeface::load(REGULAR, "IBM Plex Sans")?,
            semibold: Typeface::load(SEMIBOLD, "IBM Plex Sans SemiBold")?,
            mono: Typeface::load(MONO, "IBM Plex Mono")?,
        })
    }

    fn typeface(&self, typeface: Type) -> &Typeface {
        match typeface {
            Type::Regular => &self.regular,
            Type::Semibold => &self.semibold,
            Type::Mono => &self.mono,
        }
    }

    /// The font as krilla embeds it.
    pub(super) fn font(&self, typeface: Type) -> Font {
        self.typeface(typeface).font.clone()
    }

    /// Shapes one line, from left to right: no typeface here has a script that runs the other way.
    pub(super) fn shape(&self, typeface: Type, line: &str) -> Shaped {
        let face = &self.typeface(typeface).face;
        let em = f64::from(face.units_per_em()) as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(line);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let infos = shaped.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut width_em = 0.0;
        // From the end, because a glyph's text reaches to where the next one's begins; several
        // glyphs of one letter share its text.
        let (mut end, mut next) = (line.len(), line.len());
        for (info, place) in infos.iter().zip(shaped.glyph_positions()).rev() {
            let start = info.cluster as usize;
            if start < next {
                (end, next) = (next, start);
            }
            let advance = place.x_advance as f32 / em;
            width_em += advance;
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                place.x_offset as f32 / em,
                place.y_offset as f32 / em,
                place.y_advance as f32 / em,
                start..end,
                None,
            ));
        }
        glyphs.reverse();
        Shaped { glyphs, width_em }
    }

    /// The width of one line in points.
    pub(super) fn width(&self, typeface: Type, size: f32, line: &str) -> f32 {
        self.shape(typeface, line).width_em * size
    }

    /// Breaks `text` into lines of at most `width` points: at blanks, and inside a word only when
    /// the word alone is too long. With more than `lines_max` lines the last one ends in `…`.
    pub(super) fn wrap(
        &self,
        (typeface, size): (Type, f32),
        text: &str,
        width: f32,
        lines_max: Option<usize>,
    ) -> Vec<String> {
        let fits = |line: &str| self.width(typeface, size, line) <= width;
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in printable(text).split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if !fits(&line) && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
                // Nobody waits for the rest of a text that won't fit anyway.
                if lines.len() > lines_max.unwrap_or(LINES_MAX) {
                    break;
                }
            }
            if lines.len() > lines_max.unwrap_or(LINES_MAX) {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        match lines_max {
            Some(max) if lines.len() > max => {
                lines.truncate(max);
                if let Some(last) = lines.last_mut() {
                    while !fits(&format!("{last}…")) && last.pop().is_some() {}
                    let kept = last.trim_end().len();
                    last.truncate(kept);
                    last.push('…');
                }
                lines
            }
            _ => lines,
        }
    }
}

/// `text` without control characters and without marks that turn or hide what stands beside them.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| {
            !matches!(*c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_it_may_be_and_no_word_is_lost() {
        let fonts = Fonts::load().expect("fonts");
        let style = (Type::Regular, 9.0);
        let texts = [
            "Programs, services, drivers and browsers were looked at one by one",
            "https://www.example.com/a/very/long/address/without/any/blank/in/it/at/all",
            "Ünïcödé — Nguyễn Thị Ánh, Ольга, Ελένη 李小龙 🙂",
            "one\ttwo\nthree\u{0}four\u{202e}five",
            "",
        ];
        for text in texts {
            for width in [40.0, 90.0, 300.0] {
                let lines = fonts.wrap(style, text, width, None);
                for line in &lines {
                    let drawn = fonts.width(style.0, style.1, line);
                    assert!(drawn <= width || line.chars().count() == 1, "{line:?} at {width}");
                }
                let letters = |text: &str| -> String {
                    text.chars().filter(|c| !c.is_whitespace()).collect()
                };
                assert_eq!(letters(&lines.concat()), letters(&printable(text)), "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_cut_ends_in_dots() {
        let fonts = Fonts::load().expect("fonts");
        let style = (Type::Regular, 9.0);
        let text = "alpha beta gamma delta epsilon zeta eta theta ".repeat(2_000);
        let lines = fonts.wrap(style, &text, 100.0, Some(2));
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && fonts.width(style.0, style.1, &lines[1]) <= 100.0);
        assert_eq!(fonts.wrap(style, "alpha", 100.0, Some(2)), ["alpha"]);
    }
}
