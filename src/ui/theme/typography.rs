//! The type scale (sizes in points at 100 %) and the inks that text is set in.
//!
//! Two weights only. IBM Plex, because its digits are of one width without asking for it, and
//! egui cannot ask a font for tabular digits; so columns of numbers stand still.

use egui::{Color32, FontFamily, FontId};

use super::tokens::{Palette, Tone};

/// The family of weight 600.
pub(super) const SEMIBOLD: &str = "semibold";
/// The family of the icons.
pub(super) const ICONS: &str = "icon";

/// A step of the type scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Type {
    /// 12: notes, the status bar.
    Small,
    /// 12, weight 600: labels of fields, heads of columns, chips.
    Label,
    /// 13: second lines, facts.
    Secondary,
    /// 13, weight 600: titles inside cards.
    SecondaryStrong,
    /// 14: running text, table cells.
    #[default]
    Body,
    /// 14, weight 600: buttons, section titles.
    BodyStrong,
    /// 15, weight 600: titles of rows and steps.
    RowTitle,
    /// 16, weight 600: the program's name, dialogs.
    Section,
    /// 18: what is typed into the search box.
    Search,
    /// 20, weight 600: the title of a page or of a person's card.
    Page,
    /// 28, weight 600: numbers on tiles.
    Number,
    /// 12, one width: keys on the keyboard.
    MonoSmall,
    /// 13, one width: times, serial numbers, license keys.
    Mono,
    /// 20, one width: the license key at the moment it is handed over.
    MonoLarge,
}

impl Type {
    /// The font of this step.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Self::Small => (12.0, FontFamily::Proportional),
            Self::Label => (12.0, semibold()),
            Self::Secondary => (13.0, FontFamily::Proportional),
            Self::SecondaryStrong => (13.0, semibold()),
            Self::Body => (14.0, FontFamily::Proportional),
            Self::BodyStrong => (14.0, semibold()),
            Self::RowTitle => (15.0, semibold()),
            Self::Section => (16.0, semibold()),
            Self::Search => (18.0, FontFamily::Proportional),
            Self::Page => (20.0, semibold()),
            Self::Number => (28.0, semibold()),
            Self::MonoSmall => (12.0, FontFamily::Monospace),
            Self::Mono => (13.0, FontFamily::Monospace),
            Self::MonoLarge => (20.0, FontFamily::Monospace),
        };
        FontId::new(size, family)
    }
}

/// The font of an icon of `size` points.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ICONS.into()))
}

fn semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// What text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Titles and values.
    Strong,
    /// Running text.
    #[default]
    Body,
    /// Labels and notes.
    Muted,
    /// What leads elsewhere when pressed.
    Accent,
    /// On the main button.
    OnAccent,
    /// A state, told in words.
    Tone(Tone),
}

impl Ink {
    /// The color of this ink in `palette`.
    pub const fn color(self, palette: &Palette) -> Color32 {
        match self {
            Self::Strong => palette.text_strong,
            Self::Body => palette.text_body,
            Self::Muted => palette.text_muted,
            Self::Accent => palette.accent_text,
            Self::OnAccent => palette.accent_on,
            Self::Tone(tone) => palette.tone(tone).fg,
        }
    }
}
